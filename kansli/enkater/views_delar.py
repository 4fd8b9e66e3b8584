"""The other parts of a questionnaire: its head, its scales, its spelling, and the whole of it as text."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import unified_diff
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from enkat.sprak import sprak
from grund.forms import text
from grund.session import get_session
from indikatorer.diagnos import utdrag
from kansli.enkater import filer, redigera, store
from kansli.enkater.bord import Oppnad, Utfall, andra, last_text
from kansli.enkater.forms import TOMMA_RADER, AndringForm, HuvudForm, SkalaForm, TomlForm, rent, som_id, texter_form
from kansli.enkater.redigera import Andring
from kansli.enkater.stavning import rattad, stavningsrader
from kansli.enkater.views import mappen, oppna_har
from kansli.enkater.vy import skalrader
from kansli.inne import jag, nu
from kansli.sprak import gettext as _
from kansli.sprak import svenska

bp = Blueprint("enkatdelar", __name__, url_prefix="/kansli/enkater")


@bp.route("/<enkat_id>/huvud", methods=["GET", "POST"])
def huvud(enkat_id: str) -> ResponseReturnValue:
    """Title, introduction, källa, and the question about the enhet."""
    o = oppna_har(enkat_id)
    enhet = {f"enhet_{n}": v for n, v in (o.tabell("enhet") or {}).items()}
    stampel = filer.summa(repr((o.tabell("enkat"), o.tabell("enhet"))))
    form = HuvudForm(data={**(o.tabell("enkat") or {}), **enhet, "version": stampel})
    if form.validate_on_submit() and _ar_ororda(form, stampel):
        egen = form.enhet()

        def gor(text: str) -> str:
            text = redigera.satt(text, ("enkat",), form.huvud())
            if egen["text"] or egen["hjalp"]:
                return redigera.satt(text, ("enhet",), egen)
            return redigera.ta_bort(text, "enhet") if o.tabell("enhet") is not None else text

        if _sparat(form, _genomfor(form, {enkat_id: gor}), "enkat"):
            flash(_("Sparat."))
            return redirect(url_for("enkater.visa", enkat_id=enkat_id), 303)
    return _svar("huvud", o, form)


@bp.route("/<enkat_id>/skala/<skala_id>", methods=["GET", "POST"])
def skala(enkat_id: str, skala_id: str) -> ResponseReturnValue:
    """A scale, in every questionnaire that has it: one id means one scale."""
    o = oppna_har(enkat_id)
    falt = o.tabell("skala", skala_id)
    if falt is None:
        abort(404)
    form = _skalform(falt, {"id": skala_id, "version": o.stampel("skala", skala_id)})
    if form.validate_on_submit() and _ar_ororda(form, o.stampel("skala", skala_id)):
        gor: Andring = lambda text: redigera.satt(text, ("skala", skala_id), form.falt())  # noqa: E731
        if _sparat(form, _genomfor(form, dict.fromkeys(o.skalor()[skala_id], gor)), "skala", skala_id):
            flash(_("Skalan är sparad."))
            return redirect(url_for("enkater.visa", enkat_id=enkat_id, _anchor=f"skala-{skala_id}"), 303)
    return _svar("skala", o, form, rad=next(r for r in skalrader(o) if r.id == skala_id))


@bp.route("/<enkat_id>/ny-skala", methods=["GET", "POST"])
def ny_skala(enkat_id: str) -> ResponseReturnValue:
    o = oppna_har(enkat_id)
    form = _skalform({}, {"version": ""})
    if form.validate_on_submit():
        id_ = rent(form.id.data) or som_id(" ".join(map(str, form.falt()["text"] or ())))  # type: ignore[arg-type]
        if id_ in o.skalor():
            form.id.errors = [_("Kort namn: det finns redan en skala som heter %(id)s.", id=id_)]
        else:
            egna = list(o.tabell("skala") or {})
            gor: Andring = lambda text: redigera.lagg_till(  # noqa: E731
                text, "skala", id_, form.falt(), egna[-1] if egna else None
            )
            if _sparat(form, _genomfor(form, {enkat_id: gor}), "skala", id_):
                flash(_("Skalan är tillagd."))
                return redirect(url_for("enkater.visa", enkat_id=enkat_id, _anchor=f"skala-{id_}"), 303)
    return _svar("skala", o, form, rad=None)


@bp.route("/<enkat_id>/skala/<skala_id>/ta-bort", methods=["POST"])
def ta_bort_skala(enkat_id: str, skala_id: str) -> ResponseReturnValue:
    """Take away a scale that no question uses."""
    o, form = oppna_har(enkat_id), AndringForm()
    if o.tabell("skala", skala_id) is None:
        abort(404)
    if not form.validate_on_submit():
        abort(400)
    utfall = _genomfor(form, {enkat_id: lambda text: redigera.ta_bort(text, "skala", skala_id)})
    flash(
        _("Skalan är borttagen.")
        if utfall.sparat
        else Markup(" ").join([utfall.besked, *(svenska(d.mening()) for d in utfall.fel)])
    )
    return redirect(url_for("enkater.visa", enkat_id=enkat_id, _anchor="skalor"), 303)


@bp.route("/<enkat_id>/stavning", methods=["GET", "POST"])
def stavning(enkat_id: str) -> ResponseReturnValue:
    """Every text on one page. Translations follow, and so do the open rounds: only words may be mended here."""
    o = oppna_har(enkat_id)
    if o.provad.enkat is None:
        abort(404)
    rader = stavningsrader(o.provad.enkat)
    form = texter_form([r.namn for r in rader])(data={"version": o.stampel(), **{r.namn: r.text for r in rader}})
    if form.validate_on_submit() and _ar_ororda(form, o.stampel()):
        nya = {r.vag: rent(form[r.namn].data) for r in rader if rent(form[r.namn].data) not in ("", r.text)}
        utfall = _genomfor(form, {enkat_id: lambda text: rattad(text, nya)}, stavning=True, kod="enkat-stavning")
        if _sparat(form, utfall, "enkat"):
            namn = [s.namn for s in map(sprak, utfall.foljde) if s is not None]
            flash(_("Stavningen är rättad."))
            if namn:
                flash(_("Översättningarna följer med: %(namn)s.", namn=", ".join(namn)))
            return redirect(url_for("enkater.visa", enkat_id=enkat_id), 303)
    return _svar("stavning", o, form, rader=rader)


@bp.route("/<enkat_id>/text", methods=["GET", "POST"])
def som_text(enkat_id: str) -> ResponseReturnValue:
    """The file itself, for whoever would rather write; checked in the same way."""
    o = oppna_har(enkat_id)
    form = TomlForm(data={"toml": o.text, "version": o.stampel()})
    skrivet = (form.toml.data or "").replace("\r\n", "\n")
    utfall, skillnad = Utfall(), ""
    if form.validate_on_submit():
        if form.version.data != o.stampel():
            skillnad = "\n".join(unified_diff(skrivet.split("\n"), o.text.split("\n"), _("Din"), _("Nu"), lineterm=""))
        if _ar_ororda(form, o.stampel()):
            utfall = _genomfor(form, {enkat_id: lambda _text: skrivet.rstrip("\n") + "\n"})
            if _sparat(form, utfall, "enkat"):
                flash(_("Enkäten är sparad."))
                return redirect(url_for("enkater.visa", enkat_id=enkat_id), 303)
    visade = [(d, utdrag(skrivet, d.plats)) for d in utfall.fel]
    return _svar("text", o, form, visade=visade, skillnad=skillnad)


@bp.get("/<enkat_id>/versioner")
def versioner(enkat_id: str) -> ResponseReturnValue:
    o = oppna_har(enkat_id)
    alla = store.versioner(get_session(), enkat_id)
    return render_template("kansli/enkater/versioner.html", o=o, versioner=alla)


@bp.get("/<enkat_id>/versioner/<int:versionsnr>")
def version(enkat_id: str, versionsnr: int) -> ResponseReturnValue:
    """What a version changed, and a way back to it."""
    o = oppna_har(enkat_id)
    return _visa_version(o, versionsnr, AndringForm(data={"version": o.stampel()}))


@bp.post("/<enkat_id>/versioner/<int:versionsnr>/tillbaka")
def atergang(enkat_id: str, versionsnr: int) -> ResponseReturnValue:
    """The questionnaire as a version had it, as a new version."""
    o, form = oppna_har(enkat_id), AndringForm()
    vald = store.version(get_session(), enkat_id, versionsnr) or abort(404)
    if form.validate_on_submit() and _ar_ororda(form, o.stampel()):
        innehall = vald.text
        form.orsak.data = text(form.orsak) or _("Tillbaka till version %(nr)s", nr=versionsnr)
        if _sparat(form, _genomfor(form, {enkat_id: lambda _text: innehall}), "enkat"):
            flash(_("Version %(nr)s gäller igen, som en ny version.", nr=versionsnr))
            return redirect(url_for("enkater.visa", enkat_id=enkat_id), 303)
    return _visa_version(o, versionsnr, form)


def _visa_version(o: Oppnad, nr: int, form: AndringForm) -> ResponseReturnValue:
    vald = store.version(get_session(), o.id, nr) or abort(404)
    fore = store.version(get_session(), o.id, nr - 1)
    skillnad = list(unified_diff(fore.text.split("\n") if fore else [], vald.text.split("\n"), lineterm="", n=2))[2:]
    return _svar("version", o, form, vald=vald, skillnad=skillnad, ar_nu=vald.text == o.text)


def _skalform(falt: Mapping[str, Any], data: Mapping[str, Any]) -> SkalaForm:
    par = zip(falt.get("svar") or (), falt.get("text") or (), strict=False)
    rader = [{"svar": svar, "text": ord_} for svar, ord_ in par]
    tomma: list[dict[str, str]] = [{} for _nr in range(TOMMA_RADER if rader else 6)]
    return SkalaForm(
        data={**data, "rader": [*rader, *tomma], "ordnad": falt.get("ordnad", True), "bild": falt.get("bild", "")}
    )


def _ar_ororda(form: AndringForm, stampel: str) -> bool:
    """Whether nobody else has changed it since the form was opened; else it is told, and what was typed stays."""
    if form.version.data == stampel:
        return True
    form.version.data = stampel
    form.form_errors.append(
        _(
            "Någon annan har ändrat det här sedan du öppnade sidan. Inget är sparat, och det du skrev finns kvar."
            " Sparar du igen gäller det som står här."
        )
    )
    return False


def _genomfor(
    form: AndringForm, andringar: Mapping[str, Andring], stavning: bool = False, kod: str = "enkat-andrad"
) -> Utfall:
    return andra(get_session(), nu(), jag(), mappen(), andringar, form.skal, stavning, kod)


def _sparat(form: AndringForm, utfall: Utfall, *tabell: str) -> bool:
    form.visa(utfall.fel, *tabell)
    if utfall.besked:
        form.form_errors.append(utfall.besked)
    return utfall.sparat


def _svar(mall: str, o: Oppnad, form: AndringForm, **falt: Any) -> ResponseReturnValue:
    last = last_text(o.last_av) if o.last_av else ""
    sida = render_template(f"kansli/enkater/{mall}.html", o=o, form=form, last=last, **falt)
    return sida, 422 if form.errors else 200
