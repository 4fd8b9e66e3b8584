"""Holds every number that an author wrote against the figures that the bokslut shows.

A number that agrees with no figure of this or earlier years is told, with the nearest figure and the call that gives
it. In a comment the figures are those of its own indicator, and of any other whose nummer the comment names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from bokslut.text.kandasiffror import Siffra
from bokslut.text.talfynd import Fynd, Slag
from bokslut.text.textanrop import skriv_anrop
from indikatorer.diagnos import Diagnos, Niva
from indikatorer.toml.fel import Rader
from indikatorer.visning import avrunda

# Counts up to this are said of so many things ("två kommuner") that it is no news whose figure they are.
SMA_ANTAL: Final = 12


@dataclass(frozen=True, slots=True)
class Sammanhang:
    """What a text is about. egen: its indicator's id, None for a text about the whole. namnda: ids that it names."""

    fil: str
    text: str
    egen: str | None = None
    namnda: frozenset[str] = frozenset()


def granska_siffror(s: Sammanhang, fynd: Iterable[Fynd], siffror: Sequence[Siffra]) -> list[Diagnos]:
    """A warning for each number that no figure bears out. siffror: this year's first."""
    rader, sokta = Rader(s.text), {}
    ut: list[Diagnos] = []
    for f in fynd:
        nyckel = (f.slag, f.varde, f.decimaler, f.par)  # the same number is looked up once
        if nyckel not in sokta:
            sokta[nyckel] = [k for k in siffror if _stammer(f, k)]
        d = _granska(s, rader, f, sokta[nyckel], siffror)
        ut += [d] if d is not None else []
    return ut


def _granska(
    s: Sammanhang, rader: Rader, f: Fynd, stammer: Sequence[Siffra], siffror: Sequence[Siffra]
) -> Diagnos | None:
    if not stammer:
        return _diagnos_okand(s, rader, f, _narmast(s, f, siffror))
    if s.egen is None or any(_hor_hit(s, f, k) for k in stammer):
        return None
    if f.slag is Slag.ANTAL and f.varde <= SMA_ANTAL:
        return None
    return _diagnos_annan(s, rader, f, stammer[0], _narmast(s, f, [k for k in siffror if k.indikator == s.egen]))


def _hor_hit(s: Sammanhang, f: Fynd, k: Siffra) -> bool:
    """Whether a figure is this comment's to use: its own, one that it names, or a count or exact share of the whole.

    A whole percent of some table agrees with almost anything, so that alone bears nothing out.
    """
    av_helheten = k.indikator is None and (f.slag is not Slag.PROCENT or f.decimaler > 0)
    return av_helheten or k.indikator == s.egen or k.indikator in s.namnda


def _stammer(f: Fynd, k: Siffra) -> bool:
    """Whether the number is the figure: as shown, or with more decimals and rightly rounded.

    A part of a whole must be the same two counts, or exactly the same share: "8 av 10" is 80 %, never 78 %.
    """
    if f.slag is Slag.DEL:
        if f.par is not None:
            return k.par is not None and f.varde == k.varde and f.par[1] <= k.par[1]
        return f.varde == k.varde if k.slag is Slag.DEL else k.slag is Slag.PROCENT and _avrundad(f.varde) == k.varde
    if f.slag is not k.slag:
        return False
    if f.slag is Slag.ANTAL or k.exakt is None or f.decimaler <= k.decimaler:
        return f.varde == k.varde
    return avrunda(k.exakt, f.decimaler) == f.varde


def _avrundad(andel: Fraction) -> Fraction:
    """A share in words is whole percent only where it is so exactly, or is a third ("en tredjedel" is 33 %)."""
    return avrunda(andel) if andel.denominator in (1, 3) else andel


def _narmast(s: Sammanhang, f: Fynd, siffror: Sequence[Siffra]) -> Siffra | None:
    slag = {Slag.DEL: (Slag.DEL,)}.get(f.slag, (f.slag,))
    if f.slag is Slag.DEL and f.par is None:
        slag = (Slag.PROCENT,)
    mojliga = [k for k in siffror if k.slag in slag and k.anrop]
    hela = f.par[1] if f.par else 0

    def avstand(k: Siffra) -> tuple[bool, bool, Fraction]:
        annan_helhet = k.par is not None and f.slag is Slag.DEL and k.par[1] != hela
        return (s.egen is not None and k.indikator != s.egen, annan_helhet, abs(k.varde - f.varde))

    return min(mojliga, key=avstand, default=None)


def _diagnos_okand(s: Sammanhang, rader: Rader, f: Fynd, nara: Siffra | None) -> Diagnos:
    slut = f"; närmast är {nara.visat} i {nara.vad}" if nara else ""
    regel = f"stämmer inte med någon siffra som bokslutet visar{slut}"
    return _diagnos("tal-stammer-inte", s, rader, f, regel, nara)


def _diagnos_annan(s: Sammanhang, rader: Rader, f: Fynd, traff: Siffra, nara: Siffra | None) -> Diagnos:
    slut = f"; här är närmast {nara.visat}" if nara else ""
    regel = f"är ingen siffra för den här indikatorn men för {traff.vad}{slut}"
    return _diagnos("tal-fran-annan-indikator", s, rader, f, regel, nara)


def _diagnos(kod: str, s: Sammanhang, rader: Rader, f: Fynd, regel: str, nara: Siffra | None) -> Diagnos:
    eget = skriv_anrop("eget", f.text, "källan")
    return Diagnos(
        kod=kod,
        fil=s.fil,
        plats=rader.plats(f.start, f.slut),
        fann=f"”{f.text}”",
        regel=regel,
        atgard=f"Är talet kontrollerat för hand, skriv {eget}.",
        kandidat=nara.anrop if nara else None,
        niva=Niva.VARNING,
    )
