"""Good examples: the list, writing one, going through somebody else's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grund.forms import text as skrivet
from grund.session import get_session
from kansli.aret import Aret
from kansli.exempel import skrivning
from kansli.exempel.berattelsefil import AVSNITT, Berattelse, Berattelsefil, hitta, nytt_namn
from kansli.exempel.forms import ExempelForm, GranskaForm, TaBortForm
from kansli.exempel.granskning import FRAGOR, ar_skribent, ga_igenom
from kansli.exempel.samling import LAGEN, Exempel, alla, kolumner, las, mapp_for, se_till_kalla
from kansli.inne import jag, nu
from kansli.lista import build_lista
from kansli.publicering.slag import publiceras_nu
from kansli.sprak import gettext as _
from kansli.sprak import mark
from kansli.texter import store
from kansli.texter.oppna import mappen, oppna, till_senaste

bp = Blueprint("exempel", __name__, url_prefix="/kansli/exempel")


@bp.get("")
def start() -> ResponseReturnValue:
    """The examples of the latest year."""
    return till_senaste("exempel.lista", mark("Goda exempel"))


@bp.get("/<int:ar>")
def lista(ar: int) -> ResponseReturnValue:
    """Every example, what waits for somebody first."""
    aret, valt = oppna(ar), request.args.get("lage", "")
    exempel = alla(aret, mappen())
    visas = [e for e in exempel if valt not in LAGEN or e.lage == valt]
    return render_template(
        "kansli/exempel/lista.html",
        ar=ar,
        aren=mappen().ar(),
        lista=build_lista(visas, kolumner(), request.args, {"lage": valt} if valt in LAGEN else {}),
        antal={kod: sum(e.lage == kod for e in exempel) for kod in LAGEN},
        alla=len(exempel),
        lagen=LAGEN,
        valt=valt,
    )


@bp.route("/<int:ar>/nytt", methods=["GET", "POST"])
def nytt(ar: int) -> ResponseReturnValue:
    """Write an example that is not there yet."""
    aret, form = oppna(ar), ExempelForm()
    _fyll_val(form, aret, {})
    if request.method == "GET":
        form.grund.data = store.summa(None)
    if form.validate_on_submit() and _far_andras(form):
        se_till_kalla(aret, mappen())
        rot = mapp_for(oppna(ar), mappen())
        fil = hitta(rot, ar, nytt_namn(rot, skrivet(form.titel))) or abort(404)
        return _spara(form, fil, Berattelse(""))
    return render_template("kansli/exempel/skriv.html", form=form, ar=ar, exempel=None), 422 if form.errors else 200


@bp.get("/<int:ar>/<namn>")
def visa(ar: int, namn: str) -> ResponseReturnValue:
    """An example as it reads, with what may point somebody out marked, and what its reviewer is to look for."""
    aret, fil, exempel = _oppna(ar, namn)
    form = GranskaForm(grund=store.summa(fil.las()), formdata=None)
    return _visa(aret, exempel, form)


@bp.post("/<int:ar>/<namn>/granska")
def granska(ar: int, namn: str) -> ResponseReturnValue:
    """Say that it points out nobody, or hand it back to the one who wrote it."""
    aret, fil, exempel = _oppna(ar, namn)
    form, tillbaka = GranskaForm(), "aterlamna" in request.form
    if form.validate_on_submit() and _far_andras(form) and _gar_att_granska(form, exempel, tillbaka):
        b, grund, anteckning = exempel.berattelse, form.grund.data or "", skrivet(form.anteckning)
        andring = (
            skrivning.aterlamnad(b, anteckning, grund)
            if tillbaka
            else skrivning.granskad(b, jag().namn, anteckning, grund)
        )
        if _skriv(form, fil, andring):
            flash(_("Exemplet är lämnat tillbaka.") if tillbaka else _("Exemplet är granskat av dig."))
            return redirect(url_for(".visa", ar=ar, namn=namn), 303)
        form.grund.data = store.summa(fil.las())
        exempel = las(oppna(ar), fil)
    return _visa(aret, exempel, form)


@bp.route("/<int:ar>/<namn>/andra", methods=["GET", "POST"])
def andra(ar: int, namn: str) -> ResponseReturnValue:
    """Write on."""
    aret, fil, exempel = _oppna(ar, namn)
    form = ExempelForm()
    _fyll_val(form, aret, exempel.berattelse.uppgifter)
    if request.method == "GET":
        _fyll(form, exempel.berattelse, fil)
    andras = None
    if form.validate_on_submit() and _far_andras(form):
        if form.grund.data == store.summa(fil.las()):
            return _spara(form, fil, exempel.berattelse)
        andras = exempel.berattelse
        _sag_konflikt(form, store.senaste(get_session(), ar, fil.fil))
        form.grund.data = store.summa(fil.las())
    sida = render_template(
        "kansli/exempel/skriv.html", form=form, ar=ar, exempel=exempel, andras=andras, avsnitt=AVSNITT
    )
    return sida, 422 if form.errors else 200


@bp.route("/<int:ar>/<namn>/ta-bort", methods=["GET", "POST"])
def ta_bort(ar: int, namn: str) -> ResponseReturnValue:
    """Take an example away, after a question."""
    _aret, fil, exempel = _oppna(ar, namn)
    form = TaBortForm(grund=store.summa(fil.las()))
    bort = skrivning.borttagen(form.grund.data or "")
    if form.validate_on_submit() and _far_andras(form) and _skriv(form, fil, bort):
        flash(_("Exemplet är borttaget. Det som är publicerat ändras inte av det."))
        return redirect(url_for(".lista", ar=ar), 303)
    return render_template(
        "kansli/exempel/ta_bort.html", form=form, ar=ar, exempel=exempel
    ), 422 if form.errors else 200


def _oppna(ar: int, namn: str) -> tuple[Aret, Berattelsefil, Exempel]:
    aret = oppna(ar)
    fil = hitta(mapp_for(aret, mappen()), ar, namn) or abort(404)
    if not fil.stig.is_file():
        abort(404)
    return aret, fil, las(aret, fil)


def _visa(aret: Aret, exempel: Exempel, form: GranskaForm) -> ResponseReturnValue:
    fil = exempel.fil
    sida = render_template(
        "kansli/exempel/visa.html",
        ar=aret.ar,
        form=form,
        exempel=exempel,
        lagen=LAGEN,
        fragor=FRAGOR,
        genomgang=ga_igenom(exempel.titel, exempel.berattelse, aret.utvardering),
        skribent=ar_skribent(jag(), store.skribenter(get_session(), aret.ar, fil.fil)),
        sagt=store.granskningar(get_session(), aret.ar, fil.fil),
        skrivare=store.skribenter(get_session(), aret.ar, fil.fil),
    )
    return sida, 422 if form.errors else 200


def _gar_att_granska(form: GranskaForm, exempel: Exempel, tillbaka: bool) -> bool:
    """Whether this person may say this of this story; if not, why is told, and a refusal stands in the log."""
    fil = exempel.fil
    if tillbaka:
        if not skrivet(form.anteckning):
            form.anteckning.errors = [_("Skriv vad som ska ändras, så att den som skrivit vet.")]
    elif ar_skribent(jag(), store.skribenter(get_session(), fil.ar, fil.fil)):
        store.anteckna(get_session(), nu(), jag(), "exempel-granskning-nekad", f"{fil.ar} {fil.fil}")
        form.form_errors.append(_("Du har själv skrivit i berättelsen. Någon annan behöver granska den."))
    elif exempel.lage == "fel" or not exempel.berattelse.kropp:
        form.form_errors.append(_("Berättelsen är inte hel än. Lämna tillbaka den med vad som saknas."))
    else:
        for slag, (namn, _fraga) in FRAGOR.items():
            if not form[slag].data:
                form[slag].errors = [_("Gå igenom berättelsen för %(vad)s och kryssa i.", vad=_(namn).lower())]
    return not form.errors


def _far_andras(form: ExempelForm | GranskaForm | TaBortForm) -> bool:
    if publiceras_nu(get_session(), nu()):
        form.form_errors.append(_("Bokslutet publiceras just nu. Vänta någon minut och spara igen."))
    return not form.errors


def _spara(form: ExempelForm, fil: Berattelsefil, tidigare: Berattelse) -> ResponseReturnValue:
    uppgifter: dict[str, Any] = {namn: skrivet(form[namn]) for namn in ("titel", "indikator", "enhet")}
    uppgifter |= {namn: bool(form[namn].data) for namn in ("samtycke", "publicerad")}
    listor = {namn: list(form[namn].data or []) for namn in ("fler_indikatorer", "mal")}
    listor["fler_indikatorer"] = [i for i in listor["fler_indikatorer"] if i != uppgifter["indikator"]]
    avsnitt = {falt: form[falt].data or "" for falt in AVSNITT}
    andring = skrivning.skriven(tidigare, uppgifter | listor, avsnitt, form.grund.data or "")
    if not _skriv(form, fil, andring):
        sida = render_template("kansli/exempel/skriv.html", form=form, ar=fil.ar, exempel=None)
        return sida, 422
    flash(_("Exemplet är sparat."))
    return redirect(url_for(".visa", ar=fil.ar, namn=fil.namn), 303)


def _skriv(form: ExempelForm | GranskaForm | TaBortForm, fil: Berattelsefil, andring: store.Andring) -> bool:
    """Write it; if somebody else was before, or the disk is full, that is told and nothing is changed."""
    try:
        store.spara(get_session(), nu(), jag(), fil, andring)
    except store.Konflikt as fel:
        _sag_konflikt(form, fel.senast)
    except OSError as fel:
        form.form_errors.append(_("Exemplet gick inte att spara: %(fel)s.", fel=fel.strerror or fel))
    return not form.errors


def _sag_konflikt(form: ExempelForm | GranskaForm | TaBortForm, senast: Any) -> None:
    vem = store.UTANFOR if senast is None else senast.vem
    form.form_errors.append(
        _(
            "%(vem)s ändrade exemplet medan du hade sidan öppen. Inget av ditt är sparat än, och inget är borta.",
            vem=vem,
        )
    )


def _fyll_val(form: ExempelForm, aret: Aret, egna: Mapping[str, Any]) -> None:
    giltiga = aret.forberett.definitioner.giltiga(aret.ar).values()
    grupper: dict[str, list[tuple[str, str]]] = {_("Räknar goda exempel"): [], _("Övriga"): []}
    for i in giltiga:
        grupp = _("Räknar goda exempel") if i.regel == "goda_exempel" else _("Övriga")
        grupper[grupp].append((i.id, f"{i.nummer or ''} {i.titel}".strip()))
    mal = [(id_, m.text) for id_, m in aret.forberett.definitioner.mal.items()]
    form.valj(grupper, mal, egna)


def _fyll(form: ExempelForm, b: Berattelse, fil: Berattelsefil) -> None:
    """The form as the file is, also when something in it is faulty."""
    form.grund.data = store.summa(fil.las())
    for falt in AVSNITT:
        form[falt].data = b.avsnitt.get(falt, "")
    for namn in ("titel", "indikator", "enhet"):
        form[namn].data = str(b.uppgifter.get(namn, ""))
    for namn in ("samtycke", "publicerad"):
        form[namn].data = b.uppgifter.get(namn) is True
    for namn in ("fler_indikatorer", "mal"):
        varde = b.uppgifter.get(namn, [])
        form[namn].data = [str(v) for v in varde] if isinstance(varde, list) else []
