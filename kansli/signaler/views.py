"""The signals of a year as they stand today, what differs from what is published, and what other goals would give."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bokslut import ordval
from grund.session import get_session
from kansli.inne import nu
from kansli.mal import store as store_mal
from kansli.signaler import tankom
from kansli.signaler.jamfort import jamfor_med_publicerat
from kansli.signaler.stapel import SIGNALORD, build_stapel, signalformer
from kansli.signaler.tavla import VALEN, las_tavla
from kansli.signaler.utkastet import las_utkastlage
from kansli.sprak import gettext as _
from kansli.texter.lasning import lagen
from kansli.texter.oppna import mappen, oppna

bp = Blueprint("signaler", __name__, url_prefix="/kansli/signaler")


@bp.get("")
def start() -> ResponseReturnValue:
    """The signals of this year, or of the latest before it that has goals."""
    aren = mappen().ar()
    if not aren:
        return render_template("kansli/signaler/inget_ar.html")
    return redirect(url_for(".visa", ar=next((ar for ar in aren if ar <= nu().year), aren[-1])), 303)


@bp.get("/<int:ar>")
def visa(ar: int) -> ResponseReturnValue:
    """The board, whole or limited to a choice."""
    aret, valt, mapp = oppna(ar), request.args.get("signal", ""), mappen()
    jamfort = jamfor_med_publicerat(aret)
    roda = lagen(mapp.underlag(ar), aret).roda
    tavla = las_tavla(aret, mapp.rot, jamfort.vilka if jamfort else frozenset(), roda)
    valt = valt if valt in VALEN else ""
    return render_template(
        "kansli/signaler/visa.html",
        ar=ar,
        aren=mapp.ar(),
        u=aret.utvardering,
        tavla=tavla,
        omraden=tavla.begransad(valt),
        valt=valt,
        valen=VALEN,
        stapel=build_stapel(tavla.signaler),
        jamfort=jamfort,
        utkastet=las_utkastlage(get_session(), mapp, ar),
        skyddstext=ordval.skyddstext(aret.utvardering.minsta_grupp) if aret.utvardering.minsta_grupp else "",
        signalformer=signalformer(),
        fel=aret.forberett.fel(),
    )


@bp.get("/<int:ar>/andringar")
def andringar(ar: int) -> ResponseReturnValue:
    """Every figure that differs from the latest published version."""
    aret = oppna(ar)
    return render_template(
        "kansli/signaler/andringar.html",
        ar=ar,
        jamfort=jamfor_med_publicerat(aret),
        ord=SIGNALORD,
        grupper=aret.utvardering.kallas(),
        utfall=ordval.UTFALL_ORD,
        kon=ordval.KON_ORD,
        signalformer=signalformer(),
    )


@bp.get("/<int:ar>/tank-om")
def tank_om(ar: int) -> ResponseReturnValue:
    """What other targets would give. All that is tried stands in the address, and nothing is stored."""
    aret, flyttar = oppna(ar), tankom.las_flyttar(request.args)
    tanke = tankom.prova(aret, flyttar)
    flera, enskilda = tankom.val(aret.forberett.definitioner, ar)
    sida = render_template(
        "kansli/signaler/tank_om.html",
        ar=ar,
        tanke=tanke,
        flera=flera,
        enskilda=enskilda,
        ord_for={vad: ord_ for vad, ord_, *_rest in (*flera, *enskilda)},
        adress=lambda kvar: f"{url_for('.tank_om', ar=ar)}?{tankom.som_adress(kvar)}",
        titlar={id_: (i.nummer or "", i.titel) for id_, i in aret.forberett.definitioner.giltiga(ar).items()},
        stapel=build_stapel,
        grupper=aret.utvardering.kallas(),
        beslutade=ar in store_mal.beslutade(get_session()),
        ord=SIGNALORD,
        signalformer=signalformer(),
        sida_titel=_("Tänk om målen vore andra"),
    )
    return sida, 422 if tanke.fel else 200
