"""A first mapping, for a person to go through: what is plain is filled in, what is only likely is left open.

A number is never guessed to be an option: whether 1 is the best or the worst answer, only a person knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from enkat.formular import Enkat
from enkat.inlasning.mappning import OBESTAMD, Malkolumn, kandidat, malkolumner, tolka
from enkat.inlasning.tabell import Importtabell, rensad
from indikatorer.diagnos import narmast

# Columns that tools add and that say when or who, which must not be taken in.
_TA_BORT: Final = (
    "tid",
    "datum",
    "date",
    "time",
    "stamp",
    "e-post",
    "epost",
    "email",
    "namn",
    "name",
    "ip",
    "id",
    "user",
)
_FLEST_VARDEN: Final = 200


def foresla(tabell: Importtabell, enkat: Enkat, period: str) -> str:
    """The mapping as TOML."""
    mal = malkolumner(enkat)
    val = {rubrik: _valj(rubrik, mal) for rubrik in tabell.kolumner}
    return "\n".join([*_inledning(tabell, enkat, period), *_kolumner(val, mal), *_ordlistor(tabell, val, mal)])


def _inledning(tabell: Importtabell, enkat: Enkat, period: str) -> Iterator[str]:
    yield f'# Förslag till mappning av {tabell.fil}. Gå igenom varje rad, och byt varje "?" mot ett svar.'
    yield '# "" betyder: ska inte med. Till vänster står det som i filen, till höger namnen i enkäten.'
    yield ""
    yield "[import]"
    yield f"enkat = {_strang(enkat.id)}"
    yield f"period = {_strang(period)}"
    if tabell.blad is not None:
        yield f"blad = {_strang(tabell.blad)}"
    yield f"rubrikrader = [{', '.join(map(str, tabell.rubrikrader))}]"
    yield 'fler_svar = ";"                        # står mellan svaren där man fick välja flera'
    yield "# utdelade = 0                         # hur många som fick enkäten, om ni vet det"
    yield "# population_antal = 0"


def _valj(rubrik: str, mal: dict[str, Malkolumn]) -> str:
    """Our column for a header that is its name or its text; else undecided."""
    jamford = rensad(rubrik).rstrip("?.: ").casefold()
    for m in mal.values():
        if jamford in (m.namn.casefold(), rensad(m.text).rstrip("?.: ").casefold()):
            return m.namn
    if jamford in ("kön", "är du"):
        return "kon" if "kon" in mal else OBESTAMD
    if jamford in ("verksamhet", "insats", "enhet"):
        return "enhet"
    return OBESTAMD


def _kolumner(val: dict[str, str], mal: dict[str, Malkolumn]) -> Iterator[str]:
    yield ""
    yield "[kolumn]"
    texter = {m.text: m.namn for m in mal.values()}
    for rubrik, namn in val.items():
        hjalp = ""
        if namn == OBESTAMD:
            text = narmast(rubrik, texter)
            hjalp = f"   # närmast: {texter[text]} ({text})" if text else ""
            if any(ord_ in rubrik.casefold() for ord_ in _TA_BORT) and text is None:
                hjalp = '   # tid, namn och nummer ska inte med: skriv ""'
        yield f"{_strang(rubrik)} = {_strang(namn)}{hjalp}"


def _ordlistor(tabell: Importtabell, val: dict[str, str], mal: dict[str, Malkolumn]) -> Iterator[str]:
    """A table for each scale, with the texts that stand in its columns."""
    for skala_id in dict.fromkeys(m.skala_id for m in mal.values() if m.skala_id is not None):
        kolumner = [
            (r, mal[n]) for r, n in val.items() if n in mal and mal[n].skala_id == skala_id and not mal[n].flera
        ]
        varden = list(dict.fromkeys(v for r, _ in kolumner for v in tabell.kolumner[r].varden if v))
        if kolumner and varden:
            yield ""
            yield f"[skala.{skala_id}]"
            yield from (_ordrad(v, kolumner[0][1]) for v in varden[:_FLEST_VARDEN])


def _ordrad(text: str, mal: Malkolumn) -> str:
    svar = tolka(mal, {}, text)
    if svar is not None:
        return f"{_strang(text)} = {_strang(svar)}"
    return f"{_strang(text)} = {_strang(OBESTAMD)}   # {hjalp(text, mal)}"


def hjalp(text: str, mal: Malkolumn) -> str:
    """What a text that is no option may mean: a number either way, the nearest option, or all there are."""
    skala, tal = mal.skala, nummer(text, mal)
    if skala is not None and tal is not None:
        return f"{skala.svar[tal - 1]} om 1 är sämst, {skala.svar[-tal]} om 1 är bäst"
    nara = kandidat(mal, text)
    return f"närmast: {nara}" if nara else f"svaren är {', '.join(skala.svar) if skala else ''}"


def nummer(text: str, mal: Malkolumn) -> int | None:
    """The number of an option of an ordered scale, from 1; None when the text is no such number."""
    skala = mal.skala
    tal = int(text[:4]) if text.isascii() and text.isdigit() else 0
    return tal if skala is not None and skala.ordnad and 1 <= tal <= len(skala.svar) else None


def _strang(text: str) -> str:
    tecken = {"\\": "\\\\", '"': '\\"'}
    return '"' + "".join(tecken.get(t, t if t >= " " and t != "\x7f" else f"\\u{ord(t):04x}") for t in text) + '"'
