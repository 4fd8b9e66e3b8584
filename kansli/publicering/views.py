"""Publishing a year: what stands in the way, a draft to read, two approvals, the publication, and its correction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.routing import BuildError

from bokslut.grind.hinder import Hinder
from bokslut.publicering.godkannande import ROLLER, GodkannandeFel
from bokslut.publicering.kontrollsumma import SaltFel
from bokslut.publicering.manifest import ManifestFel
from bokslut.publicering.utgava import build_rattelser
from bokslut.publicering.versioner import versionsmappar
from grund.forms import text
from grund.session import get_session
from indikatorer.diagnos import UnderlagFel
from kansli.exempel.samling import alla as alla_exempel
from kansli.inne import jag, nu
from kansli.jobb import kor
from kansli.jobb import store as store_jobb
from kansli.publicering import arbeten, store
from kansli.publicering.forms import KnappForm, PubliceraForm, RattaForm
from kansli.publicering.fynd import Grupp, av_data, gruppera, gruppera_fel
from kansli.publicering.slag import FORHANDSVISNING, PUBLICERING
from kansli.publicering.utgivna import las_utgivna
from kansli.publicering.utkastet import Utkastet, las_utkastet
from kansli.roller import Roll, far
from kansli.sprak import gettext as _
from kansli.sprak import mark, svenska
from kansli.texter.oppna import mappen, till_senaste, visa_malfel

bp = Blueprint("publicering", __name__, url_prefix="/kansli/publicering")
# Any page that shows a figure reads the goals, and what has been published: what it must not tell follows from both.
bp.app_errorhandler(UnderlagFel)(visa_malfel)


@bp.app_errorhandler(GodkannandeFel)
@bp.app_errorhandler(SaltFel)
@bp.app_errorhandler(ManifestFel)
def visa_stopp(fel: Exception) -> ResponseReturnValue:
    """What cannot be trusted on the disk: what it is, and what to do."""
    return render_template("kansli/publicering/stopp.html", text=svenska(mappen().utan_rot(str(fel)))), 422


@bp.get("")
def start() -> ResponseReturnValue:
    """The publishing of the latest year."""
    return till_senaste("publicering.visa", mark("Publicering"))


@bp.get("/<int:ar>")
def visa(ar: int) -> ResponseReturnValue:
    """Where the year stands on its way to be published, and what to do next."""
    mapp = mappen()
    utkastet, utgivna = oppna_utkast(ar), las_utgivna(mapp, ar)
    if utkastet is None:
        return render_template("kansli/publicering/utan_underlag.html", ar=ar, aren=mapp.ar(), utgivna=utgivna)
    sparat = store.utkast(get_session(), ar)
    return render_template(
        "kansli/publicering/visa.html",
        ar=ar,
        aren=mapp.ar(),
        u=utkastet,
        sparat=sparat,
        inaktuellt=sparat is not None and sparat.stampel != utkastet.akt,
        gamla=_grupper(utkastet, av_data(sparat.fynd)) if sparat is not None and sparat.stampel != utkastet.akt else [],
        finns_utkast=arbeten.utkastmapp(mapp, ar).is_dir(),
        hindrar=_hindrande(utkastet, sparat),
        varnar=_varnande(utkastet, sparat),
        lank=lank_till,
        roller=ROLLER,
        utgivna=utgivna,
        form=KnappForm(),
        pagar=store_jobb.pagaende(get_session(), nu()),
    )


@bp.post("/<int:ar>/utkast")
def forhandsgranska(ar: int) -> ResponseReturnValue:
    """Build the draft, for those who approve to read."""
    form = KnappForm()
    if not form.validate_on_submit():
        abort(400)
    return borja_arbete(ar, FORHANDSVISNING, arbeten.bygg_utkast, bestall(ar, _skal(ar)))


@bp.route("/<int:ar>/ratta", methods=["GET", "POST"])
def ratta(ar: int) -> ResponseReturnValue:
    """Say why a version that is published is to be corrected, with what would change before the eyes."""
    utkastet = oppna_utkast(ar) or abort(404)
    rattelse, version = utkastet.utkast.rattelse, utkastet.utkast.akt.version
    if rattelse is None:
        abort(404)
    form = RattaForm(skal=rattelse.skal)
    if form.validate_on_submit():
        store.satt_skal(get_session(), nu(), jag(), (ar, version), text(form.skal))
        flash(_("Skälet är sparat. Nu kan version %(version)s godkännas av två personer.", version=version))
        return redirect(url_for(".visa", ar=ar), 303)
    andringar = build_rattelser(utkastet.utkast.utgava(), utkastet.utkast.utvardering.kallas())[0]
    sida = render_template("kansli/publicering/ratta.html", ar=ar, form=form, u=utkastet, andringar=andringar)
    return sida, 422 if form.errors else 200


@bp.route("/<int:ar>/publicera", methods=["GET", "POST"])
def publicera(ar: int) -> ResponseReturnValue:
    """The last step: answer for the warnings, and publish exactly what has been approved."""
    utkastet = oppna_utkast(ar) or abort(404)
    varnar = _varnande(utkastet, store.utkast(get_session(), ar))
    form = PubliceraForm(sum(len(g.fynd) for g in varnar), akt=utkastet.akt)
    if form.validate_on_submit():
        form.form_errors += _fore_publicering(utkastet, form.akt.data)
        if not form.errors:
            b = bestall(ar, _skal(ar), text(form.trots))
            return borja_arbete(ar, PUBLICERING, arbeten.publicera_version, b)
        form.akt.data = utkastet.akt
    sida = render_template(
        "kansli/publicering/publicera.html", ar=ar, form=form, u=utkastet, varnar=varnar, lank=lank_till
    )
    return sida, 422 if form.errors else 200


def oppna_utkast(ar: int) -> Utkastet | None:
    """The version to come; None when no underlag has come in. A year without goals is no page."""
    if not mappen().mal(ar).is_file():
        abort(404)
    return las_utkastet(mappen(), ar, _skal(ar))


def _skal(ar: int) -> str:
    """Why the version to come is to come, when somebody has said."""
    mappar = versionsmappar(mappen().publicerat / str(ar))
    rad = store.skal(get_session(), ar, int(mappar[-1].name[1:]) + 1) if mappar else None
    return "" if rad is None else rad.skal


def bestall(ar: int, skal: str = "", trots: str = "", till: str = "") -> arbeten.Bestallning:
    """Work that this person asks for."""
    return arbeten.Bestallning(mappen(), ar, jag().id, till or url_for("publicering.visa", ar=ar), skal, trots)


def borja_arbete(
    ar: int, slag: str, arbete: Callable[[arbeten.Bestallning], kor.Arbete], b: arbeten.Bestallning
) -> ResponseReturnValue:
    """Begin, and on to the page that follows it; one of a kind at a time, so that a second press begins nothing."""
    jobb = store_jobb.borja(get_session(), nu(), slag, jag().id, jag().namn)
    if jobb is None:
        jobb = next((j for j in store_jobb.pagaende(get_session(), nu()) if j.slag == slag), None)
        flash(_("Det pågår redan. Här ser du hur långt det har kommit."))
    else:
        kor.starta(current_app.extensions["databas"], jobb, arbete(b))
    if jobb is None or not far(Roll(jag().roll), "jobb.visa"):
        return redirect(b.till, 303)
    return redirect(url_for("jobb.visa", jobb_id=jobb.id), 303)


def _hindrande(u: Utkastet, sparat: store.Sparat | None) -> list[Grupp]:
    fel = gruppera_fel(u.fel, u.aret.ar)
    return [*fel, *_grupper(u, [h for h in _hinder(u, sparat) if h.blockerar])]


def _varnande(u: Utkastet, sparat: store.Sparat | None) -> list[Grupp]:
    return _grupper(u, [h for h in _hinder(u, sparat) if not h.blockerar])


def _hinder(u: Utkastet, sparat: store.Sparat | None) -> list[Hinder]:
    """What stands in the way in the content as it is now, and in its pages when they were built of exactly this."""
    av_sidorna = av_data(sparat.fynd) if sparat is not None and sparat.stampel == u.akt else []
    return [*u.hinder, *av_sidorna]


def _grupper(u: Utkastet, hinder: Sequence[Hinder]) -> list[Grupp]:
    titlar = {e.fil.namn: e.titel for e in alla_exempel(u.aret, mappen())}
    return gruppera(hinder, u.utkast.utvardering, u.aret.ar, titlar)


def _fore_publicering(u: Utkastet, akt: str | None) -> list[str]:
    """What is told at once, before the work begins; the gate tells all the rest."""
    if akt != u.akt:
        return [_("Något har ändrats sedan sidan visades. Läs igenom den igen.")]
    fel = [_("Två personer behöver godkänna först, och en av dem ange styrelsens beslut.")] if not u.racker else []
    if u.stoppande or any(h.kod == "rattelse-utan-skal" for h in u.hinder):
        fel.append(_("Något hindrar fortfarande. Listan står på sidan om publicering."))
    return [] if u.utkast.redan_publicerad() else fel


def lank_till(platser: tuple[tuple[str, Mapping[str, object]], ...]) -> str | None:
    """The address of the first of these pages that there is and that this person may open."""
    for sida, delar in platser:
        if far(Roll(jag().roll), sida):
            try:
                return url_for(sida, **delar)  # type: ignore[arg-type]  # arguments of an address, of any kind
            except BuildError:  # the page takes other arguments than we know of
                continue
    return None
