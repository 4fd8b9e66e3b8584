"""The first page after logging in: what to do now, how the year stands, and the wheel of the year."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grund.session import get_session
from kansli.hem.arshjul import uppgifter
from kansli.hem.hjulbild import rita
from kansli.hem.hjulet import TILLSTAND, delar
from kansli.hem.kom_igang import steg
from kansli.hem.lage import Arslage, Lage
from kansli.hem.las import las_lage
from kansli.hem.uppgift import Grad, dag_i_ord
from kansli.inne import jag, nu
from kansli.omgangar.oversikt import LAGESORD
from kansli.publicering.views import lank_till
from kansli.roller import LEDNING, Roll
from kansli.signaler.stapel import build_stapel, signalformer
from kansli.sprak import mark
from kansli.texter.oppna import mappen

bp = Blueprint("hem", __name__, url_prefix="/kansli")
GRADORD: Final = {Grad.FORSENAD: mark("Försenat"), Grad.NU: mark("Nu"), Grad.SNART: mark("Snart")}
# Where those who have nothing to do may go on to, in the order of what most of them come for.
VIDARE: Final = (
    ("signaler.start", mark("Signaler"), mark("Hur det går, mål för mål, ner till antalen")),
    ("mal.lista", mark("Mål"), mark("Vad som ska uppnås, och hur det mäts")),
    ("omgangar.lista", mark("Omgångar"), mark("Enkäter som är öppna, och de som har varit")),
    ("register.start", mark("Register"), mark("De som deltar, insats för insats")),
    ("exempel.start", mark("Goda exempel"), mark("Berättelser att skriva, granska och läsa")),
    ("oversattningar.lista", mark("Översättningar"), mark("Enkäternas språk, och vem som har läst dem")),
    ("publicering.start", mark("Publicering"), mark("Utkast, godkännanden och publicerade versioner")),
    ("logg.visa", mark("Logg"), mark("Vem som har gjort vad, och när")),
)


@bp.get("")
def hem() -> ResponseReturnValue:
    """What there is to do here."""
    vem = jag()
    lage = las_lage(get_session(), mappen(), nu(), vem)
    roll, ar = Roll(vem.roll), _valt_ar(lage)
    stationer = delar(lage)
    return render_template(
        "kansli/hem.html",
        lage=lage,
        uppgifter=[(u, lank_till(u.lankar)) for u in uppgifter(lage, roll, vem.namn)],
        steg=[(s, lank_till(s.lankar)) for s in steg(lage)] if roll in LEDNING else [],
        ar=ar,
        omgangar=[o for o in lage.omgangar if ar is not None and o.ar == ar.ar and not o.provomgang],
        lagesord=LAGESORD,
        stapel=build_stapel(ar.signaler) if ar is not None else (),
        signalformer=signalformer(),
        stationer=[(d, lank_till(d.station.lankar)) for d in stationer],
        tillstand=TILLSTAND,
        hjul=rita(stationer, lage.idag),
        gradord=GRADORD,
        dag=lambda dag: dag_i_ord(dag, lage.idag),
        vidare=[(_plats(sida), namn, text) for sida, namn, text in VIDARE if _plats(sida)],
        signallank=lambda kod: url_for("signaler.visa", ar=ar.ar if ar else 0, signal=kod),
    )


def _plats(sida: str) -> str | None:
    return lank_till(((sida, {}),))


def _valt_ar(lage: Lage) -> Arslage | None:
    """The year that was asked for, else the one to account for."""
    valt = request.args.get("ar", "")
    return next((a for a in lage.aren if str(a.ar) == valt), None) or lage.bokslutsar()
