"""What the pages of a round share: finding it, its folder, its time, and the page that tells that it is too late."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any, Final

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from enkat.lage import LAGE_I_ORD, Lage, lage
from enkat.nycklar import NyckelFel
from enkat.omgang import OmgangFel, enkat_i
from enkat.views_sida import Installning
from grund.forms import BaseForm
from grund.session import get_session
from indikatorer.diagnos import UnderlagFel
from kansli.arbetsmapp import Arbetsmapp
from kansli.enkat_installning import las_installning
from kansli.inne import nu
from kansli.logg.store import HANDELSER
from kansli.omgangar import store
from kansli.sprak import gettext as _
from kansli.sprak import kand, mark, svenska

STORST_FIL: Final = 10 << 20
_INGET: Final = mark("Inget har ändrats.")
# A mapping has a field for each column, and for each word in them.
FLEST_FALT: Final = 5000


def mapp() -> Arbetsmapp:
    """Where the files of this installation lie."""
    arbetsmapp: Arbetsmapp = current_app.extensions["kansli"].mapp
    return arbetsmapp


def nycklar() -> Path:
    """The folder of the rounds' keys."""
    return mapp().nycklar


def installning() -> Installning:
    """What the installation says of itself; only its name when it has not said anything, or not so that it is read."""
    try:
        return las_installning(mapp().rot)
    except (FileNotFoundError, UnderlagFel):
        return Installning(current_app.extensions["kansli"].forbund, "")


def omgang_i(omgang_id: str, *lagen: Lage) -> Any:
    """The round of the address, or a page that says it is not there. lagen: those that it must be in; none is any.

    Raises:
        OmgangFel: it is in another; somebody else may have come first.
    """
    rad = store.hamta(get_session(), omgang_id) or abort(404)
    krav_lage(rad, lagen)
    return rad


def krav_lage(rad: Any, lagen: Collection[Lage]) -> None:
    """Stop unless the round is in one of these.

    Raises:
        OmgangFel: it is not.
    """
    nuvarande = lage(rad, nu())
    if lagen and nuvarande not in lagen:
        mal = _(" eller ").join(_(LAGE_I_ORD[tillaten]) for tillaten in lagen)
        raise OmgangFel(
            rad.id,
            escape(_("det går när omgången %(lage)s", lage=mal)),
            escape(_("den %(lage)s", lage=_(LAGE_I_ORD[nuvarande]))),
            _INGET,
        )


def fel_i_ord(fel: Exception) -> Markup:
    """A fault of a round in the reader's language, as far as the catalogue has its parts; the rest stays Swedish."""
    if not isinstance(fel, OmgangFel):
        return svenska(str(fel))
    regel, fick, gor = (d if isinstance(d, Markup) else kand(d) for d in (fel.rule, fel.got, fel.remedy))
    return Markup("{}: {}, {} {}. {}").format(fel.where, regel, _("men"), fick, gor)


def inte_nu(omgang_id: str, fel: str) -> ResponseReturnValue:
    """The page for whoever came second, or too early, or too late."""
    get_session().rollback()
    rad = store.hamta(get_session(), omgang_id)
    senast = store.handelser(get_session(), omgang_id)[:1] if rad is not None else []
    return render_template(
        "kansli/omgangar/inte_nu.html", rad=rad, fel=fel, senast=senast, handelser_ord=HANDELSER
    ), 409


def koppla(bp: Blueprint) -> None:
    """Let a blueprint's pages tell it when somebody came first, and when the keys of a round are gone."""
    for slag in (OmgangFel, NyckelFel):
        bp.register_error_handler(
            slag, lambda fel: inte_nu(str((request.view_args or {}).get("omgang_id", "")), fel_i_ord(fel))
        )


def som_fil(data: bytes, mimetype: str, namn: str) -> Response:
    """A file made for this answer alone: the browser asks where to put it, and nothing on the way keeps it."""
    svar = current_app.response_class(data, mimetype=mimetype)
    svar.headers["Content-Disposition"] = f'attachment; filename="{namn}"'
    svar.headers["Cache-Control"] = "no-store"
    return svar


def klart(omgang_id: str, besked: str) -> ResponseReturnValue:
    """Back to the round, with what was done."""
    flash(besked)
    return redirect(url_for("omgangar.visa", omgang_id=omgang_id), 303)


def formular(mall: str, form: BaseForm, rad: Any, **mer: object) -> ResponseReturnValue:
    """A page with one form; with faults in it, 422."""
    status = 422 if form.errors else 200
    titel = enkat_i(rad).titel
    return render_template(f"kansli/omgangar/{mall}.html", form=form, rad=rad, titel=titel, **mer), status


def tillat_stort(bp: Blueprint, *sidor: str) -> None:
    """Let these pages take an upload. It is said before anything reads the form, which the check of its token does."""

    @bp.url_value_preprocessor
    def hoj(sida: str | None, _varden: object) -> None:
        if sida in sidor:
            request.max_content_length = STORST_FIL
            request.max_form_parts = FLEST_FALT


def for_stort() -> ResponseReturnValue:
    """The page for a file that is too large."""
    return render_template("kansli/omgangar/for_stort.html", mb=STORST_FIL >> 20), 413
