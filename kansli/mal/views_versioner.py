"""The goals as text, their versions and what differs between them, and the board's decision."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grund.forms import text as ren
from grund.session import get_session
from indikatorer.diagnos import Diagnos
from indikatorer.redigera import andra_tabell as skriv_tabell
from kansli.forhandsvisning import Forhandsvisning
from kansli.inne import jag, nu
from kansli.mal import store as store_mal
from kansli.mal.forms import BeslutForm, SkalForm, TextForm
from kansli.mal.redigering import nya_fel
from kansli.mal.sidan import Oppet, andra_tabell, knapp, oppna, prova, spara
from kansli.mal.visning import provning, skillnad
from kansli.sprak import gettext as _
from kansli.sprak import kand

bp = Blueprint("malversioner", __name__, url_prefix="/kansli/mal")


@bp.route("/<int:ar>/text", methods=["GET", "POST"])
def text(ar: int) -> ResponseReturnValue:
    """The whole file as text, with the same checks."""
    o = oppna(ar)
    borjan = _borjan(o)
    form = TextForm(version=str(o.lage.version.nr), text=borjan)
    hennes, f, nya = None, None, list[Diagnos]()
    if request.method == "POST":
        skrivet = str(form["text"].data or "").replace("\r\n", "\n")
        giltig = form.validate() if knapp() == "spara" else form.csrf_token.validate(form)
        hennes = _hennes(o, form, skrivet)
        f = prova(o, form, skrivet)
        nya = nya_fel(o.aret.forberett.alla_diagnoser(), f.diagnoser)
        if giltig and knapp() == "spara" and not form.errors and _gick(o, form, skrivet, nya):
            return redirect(url_for("mal.lista", ar=ar), 303)
    return _textsida(o, form, f, nya, hennes)


def _borjan(o: Oppet) -> str:
    """What the editor holds at first: the latest version, or an earlier one to go back to."""
    nr = request.args.get("version", type=int)
    vald = None if nr is None else store_mal.version(get_session(), o.lage.ar, nr)
    return o.lage.text if vald is None else vald.text


def _hennes(o: Oppet, form: TextForm, skrivet: str) -> list[object] | None:
    """What the other's version has against what was typed, when somebody was first; told once."""
    if form.gjord_av() in (0, o.lage.version.nr):
        return None
    form.version.data = str(o.lage.version.nr)
    fel = _(
        "%(vem)s har sparat version %(nr)s medan du skrev. Det du skrev står kvar. Jämför nedan, för över det som ska"
        " vara med, och spara igen.",
        vem=kand(o.lage.version.vem),
        nr=o.lage.version.nr,
    )
    form.form_errors.append(fel)
    return list(skillnad(o.lage.text, skrivet))


def _gick(o: Oppet, form: TextForm, skrivet: str, nya: list[Diagnos]) -> bool:
    if nya or skrivet == o.lage.text:
        form.form_errors.append(
            _("Texten har fel som inte fanns förut. De står under texten, och inget är sparat.")
            if nya
            else _("Inget är ändrat.")
        )
        return False
    ny = spara(o, form, skrivet)
    if ny is not None:
        flash(_("Sparat som version %(nr)s.", nr=ny.nr))
    return ny is not None


def _textsida(
    o: Oppet, form: TextForm, f: Forhandsvisning | None, nya: list[Diagnos], hennes: list[object] | None
) -> ResponseReturnValue:
    fel = list(f.diagnoser if f is not None else o.aret.forberett.alla_diagnoser())
    svar = render_template(
        "kansli/mal/text.html",
        o=o,
        form=form,
        fel=sorted(fel, key=lambda d: (d not in nya, d.plats.rad)),
        nya=nya,
        p=None if f is None else provning(f, ""),
        hennes=hennes,
        rader=None if f is None else skillnad(o.lage.text, str(form["text"].data or "").replace("\r\n", "\n")),
    )
    return svar, 422 if form.errors else 200


@bp.get("/<int:ar>/versioner")
def lista(ar: int) -> ResponseReturnValue:
    """Every version, with who, when and why."""
    return render_template("kansli/mal/versioner.html", o=oppna(ar), versioner=store_mal.versioner(get_session(), ar))


@bp.get("/<int:ar>/versioner/<int:nr>")
def visa(ar: int, nr: int) -> ResponseReturnValue:
    """A version as it was saved, to read or to keep."""
    version = store_mal.version(get_session(), ar, nr) or abort(404)
    if "fil" in request.args:
        namn = f'attachment; filename="mal-{ar}-version-{nr}.toml"'
        return Response(version.text, mimetype="text/plain", headers={"Content-Disposition": namn})
    return render_template("kansli/mal/version.html", o=oppna(ar), version=version)


@bp.get("/<int:ar>/skillnad")
def skillnaden(ar: int) -> ResponseReturnValue:
    """What differs between two versions: the two latest when nothing else is asked for."""
    o, alla = oppna(ar), store_mal.versioner(get_session(), ar)
    efter = request.args.get("efter", alla[0].nr, type=int)
    fore = request.args.get("fore", max(1, efter - 1), type=int)
    par = [store_mal.version(get_session(), ar, nr) or abort(404) for nr in (fore, efter)]
    rader = skillnad(par[0].text, par[1].text)
    return render_template("kansli/mal/skillnad.html", o=o, fore=par[0], efter=par[1], rader=rader, versioner=alla)


@bp.route("/<int:ar>/beslut", methods=["GET", "POST"])
def besluta(ar: int) -> ResponseReturnValue:
    """The board has decided: from now on the goals are only read."""
    o = oppna(ar)
    form = BeslutForm(version=str(o.lage.version.nr), skal=_("Styrelsens beslut om målen"))
    if form.validate_on_submit():
        if o.aret.forberett.definitioner.trasiga or o.aret.forberett.definitioner.dok.diagnoser:
            form.form_errors.append(_("Målen har fel som måste rättas först. De står på sidan Som text."))
        text = andra_tabell(o, form, ("bokslut",), lambda t: _med_beslut(t, form)) if not form.errors else None
        if text is not None and spara(o, form, text, beslut=ren(form.beslut), datum=form.datum.data) is not None:
            flash(_("Målen för %(ar)s är beslutade. De går nu bara att läsa.", ar=ar))
            return redirect(url_for("mal.lista", ar=ar), 303)
    return render_template("kansli/mal/besluta.html", o=o, form=form), 422 if form.errors else 200


def _med_beslut(text: str, form: BeslutForm) -> str:
    """The text with the decision in it, as it is printed."""
    return skriv_tabell(text, ("bokslut",), {"beslut": f"{ren(form.beslut)}, {form.datum.data}"})


@bp.route("/<int:ar>/oppna", methods=["GET", "POST"])
def oppna_igen(ar: int) -> ResponseReturnValue:
    """Let decided goals be changed again, for a reason that is kept."""
    o, form = oppna(ar), SkalForm()
    if not o.last:
        return redirect(url_for("mal.lista", ar=ar), 303)
    if form.validate_on_submit():
        store_mal.oppna(get_session(), nu(), jag(), ar, ren(form.skal))
        flash(_("Målen för %(ar)s går att ändra igen.", ar=ar))
        return redirect(url_for("mal.lista", ar=ar), 303)
    return render_template("kansli/mal/oppna.html", o=o, form=form), 422 if form.errors else 200
