"""Swedish numbers in running text: words up to twelve, agreement in number and gender, and shares in words.

In one comparison figures and words are not mixed: "ett av fem", but "8 av 14".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bokslut import tal
from bokslut.fras import Fras, flertal, fogad, fras

STORST_I_ORD: Final = 12
_I_ORD: Final = (
    fras("noll"),
    fras("en"),
    fras("två"),
    fras("tre"),
    fras("fyra"),
    fras("fem"),
    fras("sex"),
    fras("sju"),
    fras("åtta"),
    fras("nio"),
    fras("tio"),
    fras("elva"),
    fras("tolv"),
)


@dataclass(frozen=True, slots=True)
class Substantiv:
    """A noun. antal: as one or many, "ett resultat" and "två resultat" without the number. de: "de resultaten"."""

    antal: Callable[[int], Fras]
    de: Fras
    neutrum: bool = False


RESULTAT: Final = Substantiv(lambda antal: flertal("resultat", "resultat", antal), fras("resultaten"), neutrum=True)
EXEMPEL: Final = Substantiv(lambda antal: flertal("exempel", "exempel", antal), fras("exemplen"), neutrum=True)
CELL: Final = Substantiv(lambda antal: flertal("cell", "celler", antal), fras("cellerna"))


def rakneord(antal: int, neutrum: bool = False) -> Fras:
    """A whole number as it is written in a sentence: "noll", "en" or "ett", "tolv", "13", "1 437"."""
    if antal == 1 and neutrum:
        return fras("ett")
    return _I_ORD[antal] if 0 <= antal <= STORST_I_ORD else tal.antal(antal)


def antal_av(antal: int, ord_: Substantiv) -> Fras:
    """So many of something: "inga resultat", "ett resultat", "två resultat", "13 resultat"."""
    if antal == 0:
        return fras("inga {vad}", vad=ord_.antal(antal))
    return fogad(rakneord(antal, ord_.neutrum), " ", ord_.antal(antal))


def par(del_: int, hela: int, neutrum: bool = False) -> Fras:
    """A part of a whole: "en av två", "noll av fem", "8 av 14"."""
    i_siffror = hela > STORST_I_ORD
    delen, helheten = (tal.antal(n) if i_siffror else rakneord(n, neutrum) for n in (del_, hela))
    return fras("{delen} av {helheten}", delen=delen, helheten=helheten)


def andel_av(del_: int, hela: int, ord_: Substantiv) -> Fras:
    """The subject of a sentence that says how many of a whole do something.

    "inget av de fem resultaten", "ett av fem resultat", "båda resultaten", "alla fem resultaten", "det enda resultatet"
    is for the caller, since the verb then needs a "not". hela must be above 1.
    """
    if del_ == 0:
        inget = fras("inget av de {antal} {vad}", antal=rakneord(hela), vad=ord_.de)
        return inget if ord_.neutrum else fras("ingen av de {antal} {vad}", antal=rakneord(hela), vad=ord_.de)
    if del_ == hela:
        alla = fras("alla {antal} {vad}", antal=rakneord(hela), vad=ord_.de)
        return fras("båda {vad}", vad=ord_.de) if hela == 2 else alla
    return fogad(par(del_, hela, ord_.neutrum), " ", ord_.antal(hela))


# --- Reading words back ---------------------------------------------------------------------------------------------

_ENTAL: Final = ("noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio")
_TONTAL: Final = ("tio", "elva", "tolv", "tretton", "fjorton", "femton", "sexton", "sjutton", "arton", "nitton")
_TIOTAL: Final = ("tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio")


def _under_hundra() -> dict[str, int]:
    ord_ = {o: n for n, o in enumerate((*_ENTAL, *_TONTAL))} | {"en": 1}
    for tio, namn in enumerate(_TIOTAL, 2):
        ord_[namn] = 10 * tio
        ord_ |= {f"{namn}{ental}": 10 * tio + n for n, ental in enumerate(_ENTAL) if n}
        ord_[f"{namn}en"] = 10 * tio + 1
    return ord_


UNDER_HUNDRA: Final = _under_hundra()


def las_rakneord(text: str) -> int | None:
    """The number that a Swedish word says, up to 99 999: "tolv", "trettiotvå", "tvåhundra"; None for other words."""
    rest, summa = text.casefold(), 0
    for enhet, varde in (("tusen", 1000), ("hundra", 100)):
        fore, skilje, efter = rest.partition(enhet)
        if skilje:
            antal = 1 if not fore else UNDER_HUNDRA.get(fore)
            if antal is None:
                return None
            summa, rest = summa + antal * varde, efter
    if not rest:
        return summa or None
    return None if rest not in UNDER_HUNDRA else summa + UNDER_HUNDRA[rest]
