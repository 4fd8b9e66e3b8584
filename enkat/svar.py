"""What counts as an answer: what is wrong with one, and what is left when all that is no answer is taken away."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from enkat.formular import INGET, VILL_INTE_SVARA, Enkat, Fraga, Svar, ar_synlig

# Codes of `fel_i_svar`; texter.FEL_I_SVAR has a sentence for each.
FELKODER: Final = (
    "saknas",
    "inte_ett_alternativ",
    "motsager",
    "inte_ett_tal",
    "utanfor",
    "inte_ett_datum",
    "for_langt",
)
_DATUM: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_TAL: Final = re.compile(r"[+-]?\d{1,12}")
# Categories of characters that no one types and that can turn a line around or hide text.
_OSYNLIGA: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
# Cf that words need: zero-width joiner and non-joiner (Persian), the marks of direction.
_BEHOVS: Final = frozenset("\u200c\u200d\u200e\u200f")


def fel_i_svar(enkat: Enkat, fraga: Fraga, varde: object) -> str | None:
    """What is wrong with an answer, as a stable code of FELKODER; None when nothing is.

    varde: text; of a flera_val a list of texts (one text is a list of one); of a matris row id → text, or
    vill_inte_svara for all of it. An absent answer is None, "" or empty, and is wrong: one says vill_inte_svara.
    """
    if varde == VILL_INTE_SVARA:
        return None
    if fraga.typ == "matris":
        rader = varde if isinstance(varde, Mapping) else {}
        fel = [_fel(enkat, fraga, rader.get(rad)) for rad, _ in fraga.rader]
        return next((f for f in fel if f is not None), None)
    return _fel(enkat, fraga, varde)


def rensa(enkat: Enkat, ra: Mapping[str, object]) -> Svar:
    """The valid answers to the questions that those very answers show, in one form; everything else is left out.

    ra: as `fel_i_svar` takes them, by question id; of a matris also by "id.rad".
    """
    svar: dict[str, str | tuple[str, ...]] = {}
    visade: set[str] = set()
    for fraga in enkat.fragor:
        if not ar_synlig(fraga, visade, svar):
            continue
        visade.add(fraga.id)
        if fraga.typ == "matris":
            svar |= _rensa_rader(enkat, fraga, ra)
        elif fel_i_svar(enkat, fraga, ra.get(fraga.id)) is None:
            svar[fraga.id] = _normal(enkat, fraga, ra[fraga.id])
    return svar


def _rensa_rader(enkat: Enkat, fraga: Fraga, ra: Mapping[str, object]) -> dict[str, str | tuple[str, ...]]:
    samlat = ra.get(fraga.id)
    rader: Mapping[object, object] = samlat if isinstance(samlat, Mapping) else {}
    svar: dict[str, str | tuple[str, ...]] = {}
    for rad, _ in fraga.rader:
        nyckel = f"{fraga.id}.{rad}"
        varde = VILL_INTE_SVARA if samlat == VILL_INTE_SVARA else ra.get(nyckel, rader.get(rad))
        if isinstance(varde, str) and (varde == VILL_INTE_SVARA or varde in enkat.alternativ(fraga)):
            svar[nyckel] = varde
    return svar


def _fel(enkat: Enkat, fraga: Fraga, varde: object) -> str | None:
    """The same for one answer that is not a whole matris."""
    if fraga.typ == "flera_val":
        return _fel_i_flera(enkat, fraga, varde)
    if varde is None or varde == "" or (isinstance(varde, str) and not varde.strip()):
        return "saknas"
    if not isinstance(varde, str):
        return "inte_ett_alternativ"
    if varde == VILL_INTE_SVARA:
        return None
    if fraga.typ == "tal":
        return _fel_i_tal(fraga, varde)
    if fraga.typ == "datum":
        return None if _las_datum(varde) is not None else "inte_ett_datum"
    if fraga.typ == "text":
        return "for_langt" if fraga.langst is not None and len(_text(varde)) > fraga.langst else _fel_i_tom(varde)
    return None if varde in enkat.alternativ(fraga) else "inte_ett_alternativ"


def _fel_i_tom(varde: str) -> str | None:
    return None if _text(varde) else "saknas"


def _fel_i_flera(enkat: Enkat, fraga: Fraga, varde: object) -> str | None:
    valda = _lista(varde)
    if not valda:
        return "saknas"
    if valda == (VILL_INTE_SVARA,):
        return None
    if VILL_INTE_SVARA in valda or (INGET in valda and len(set(valda)) > 1):
        return "motsager"
    return None if all(v in enkat.alternativ(fraga) for v in valda) else "inte_ett_alternativ"


def _fel_i_tal(fraga: Fraga, varde: str) -> str | None:
    tal = _las_tal(varde)
    if tal is None:
        return "inte_ett_tal"
    for_litet = fraga.minst is not None and tal < fraga.minst
    for_stort = fraga.hogst is not None and tal > fraga.hogst
    return "utanfor" if for_litet or for_stort else None


def _normal(enkat: Enkat, fraga: Fraga, varde: object) -> str | tuple[str, ...]:
    """A valid answer in the one form that is stored: ASCII digits, options once each in the order of the scale."""
    if varde == VILL_INTE_SVARA or (fraga.typ == "flera_val" and _lista(varde) == (VILL_INTE_SVARA,)):
        return VILL_INTE_SVARA
    if fraga.typ == "flera_val":
        valda = _lista(varde)
        return tuple(a for a in enkat.alternativ(fraga) if a in valda)
    text = str(varde)
    if fraga.typ == "tal":
        return str(_las_tal(text))
    if fraga.typ == "datum":
        return str(_las_datum(text))
    return _text(text) if fraga.typ == "text" else text


def _lista(varde: object) -> tuple[object, ...]:
    """The chosen options, whatever they are."""
    if isinstance(varde, str):
        return (varde,) if varde else ()
    return tuple(varde) if isinstance(varde, Sequence) else ()


def _las_tal(text: str) -> int | None:
    """A whole number in any script's digits; the minus may be the typographic one."""
    rensat = "".join(_siffra(t) for t in text if not t.isspace() and t not in _BEHOVS).replace("\u2212", "-")
    return int(rensat) if _TAL.fullmatch(rensat) else None


def _las_datum(text: str) -> date | None:
    """A date as YYYY-MM-DD in any script's digits."""
    rensat = "".join(_siffra(t) for t in text.strip() if t not in _BEHOVS)
    try:
        return date.fromisoformat(rensat) if _DATUM.fullmatch(rensat) else None
    except ValueError:  # 2026-02-30
        return None


def _siffra(tecken: str) -> str:
    varde = unicodedata.decimal(tecken, None)
    return tecken if varde is None else str(varde)


def _text(text: str) -> str:
    """Text without characters that cannot be seen, with plain line ends, and without space around it."""
    rader = text.replace("\r\n", "\n").replace("\r", "\n")
    synligt = (t for t in rader if t in "\n\t" or t in _BEHOVS or unicodedata.category(t) not in _OSYNLIGA)
    return unicodedata.normalize("NFC", "".join(synligt)).strip()
