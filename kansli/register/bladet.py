"""The blueprint of the register, which several files of views share."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, request

from insatser import koder, rubriker
from insatser.datum import manader
from insatser.importera_fil import STORST_BYTE
from kansli.sprak import gettext as _

bp = Blueprint("register", __name__, url_prefix="/kansli/register")
LISTOR: Final = dict(rubriker.LISTOR)
# A form around a file is some lines more than the file.
_RAM = 100_000
# Larger files are read too, so far that the page itself can say that they are too large.
_LASES = 2 * STORST_BYTE


@bp.context_processor
def ord_i_mallar() -> dict[str, object]:
    """What the register's templates say codes and days with."""
    return {"koder": koder, "manader": manader, "ordet": _ordet}


def _ordet(falt: str, varde: str) -> str:
    """A value of a field in words."""
    return _(LISTOR[falt][varde]) if varde in LISTOR.get(falt, {}) else varde


@bp.url_value_preprocessor
def slapp_in_filer(_andpunkt: str | None, _varden: dict[str, Any] | None) -> None:
    """Let the page of the import, and no other, take a whole file; asked before anything reads what was sent."""
    if request.endpoint == "register.importera":
        request.max_content_length = _LASES + _RAM
