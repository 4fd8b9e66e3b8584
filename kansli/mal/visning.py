"""What the pages of the goals show of results, signals and versions: finished values, in words."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Final

from markupsafe import Markup

from bokslut.diagram import penna
from bokslut.ordval import signal_kod, signal_text
from indikatorer.forberedelse import Forberett
from indikatorer.resultat import Orsak, Resultat, Signal, Utvardering
from indikatorer.visning import SAKNAS, skriv_tal
from kansli.forhandsvisning import Forhandsvisning, Signalandring
from kansli.mal.behov import Behov, behov
from kansli.sprak import gettext as _
from kansli.sprak import ngettext, svenska

# The shapes of the signals, by their code.
SIGNALFORMER: Final = {kod: Markup(form) for kod, form in penna.FORMER.items()}
_LANGT: Final = 3000


@dataclass(frozen=True)
class Visat:
    """A result to be seen. hallen: held back until the change is saved."""

    visat: str
    antal: str
    kod: str
    signal: str
    hallen: bool = False


@dataclass(frozen=True)
class Provrad:
    """A result of a year, as saved and as tried; None where it is not there. grupp: "" when there is only one."""

    ar: int
    grupp: str
    fore: Visat | None
    efter: Visat | None
    behov: str


@dataclass(frozen=True)
class Andringsrad:
    """A signal that turns."""

    namn: str
    fore: Visat
    efter: Visat


@dataclass(frozen=True)
class Provar:
    """What a change does to the signals of a year. hallna: names of results whose signal is held back."""

    ar: int
    mening: str
    andrade: Sequence[Andringsrad]
    hallna: Sequence[str]


@dataclass(frozen=True)
class Provning:
    """Everything that stands beside the form."""

    mening: str
    rader: Sequence[Provrad]
    ar: Sequence[Provar]
    index: Sequence[tuple[str, Visat | None, Visat | None]]
    gick: bool

    def hallna(self) -> bool:
        """Whether anything is held back."""
        return any(a.hallna for a in self.ar) or any(r.efter is not None and r.efter.hallen for r in self.rader)


@dataclass(frozen=True)
class Indikatorrad:
    """An indicator in the list. resultat: as saved, one per group. galler: whether it is valid this year."""

    id: str
    nummer: str
    titel: str
    regel: str
    mening: str
    galler: bool
    trasig: bool
    resultat: Sequence[tuple[str, Visat]]
    forra: Sequence[str]


def visat(r: Resultat, hallen: bool = False) -> Visat:
    """A result to be seen, with its counts and its signal in words."""
    signal = _("visas när du har sparat") if hallen else _(signal_text(r.signal, r.orsak))
    antal = (
        _("%(taljare)s av %(namnare)s", taljare=_tal(r.taljare), namnare=_tal(r.namnare))
        if r.taljare is not None and r.namnare is not None
        else ""
    )
    return Visat(r.visat, antal, "ingen" if hallen else signal_kod(r.signal), signal, hallen)


def provning(f: Forhandsvisning, indikator: str) -> Provning:
    """What the tried config does, with the results of one indicator first."""
    rader = [rad for ar in f.ar_med_resultat()[:2] for rad in _rader(f, indikator, ar)]
    index = [(_namn(efter or fore), _kanske(f, fore, False), _kanske(f, efter, True)) for fore, efter in f.index()]
    return Provning(
        mening(f.forberett, indikator), rader, [_ar(f, ar) for ar in f.ar_med_resultat()], index, bool(f.efter)
    )


def mening(forberett: Forberett | None, indikator: str) -> str:
    """The sentence of an indicator; "" while it cannot be said."""
    if forberett is None or indikator not in forberett.definitioner.indikatorer:
        return ""
    if any(d.indikator == indikator for d in forberett.fel()):
        return ""
    return forberett.mening(indikator)


def _rader(f: Forhandsvisning, indikator: str, ar: int) -> Iterator[Provrad]:
    par = f.par(indikator, ar)
    for fore, efter in par:
        r = efter or fore
        if r is None:
            continue
        hallen = efter is not None and (ar, efter.id, efter.grupp) in f.hallna
        egen = None if efter is None or hallen else behov(efter)
        yield Provrad(
            ar,
            r.grupp or "",
            None if fore is None else visat(fore),
            None if efter is None else visat(efter, hallen),
            "" if efter is None or egen is None else behov_i_ord(efter, egen),
        )


def behov_i_ord(r: Resultat, b: Behov) -> str:
    """How many answers the signal needs, and what that means."""
    if b.behovs is None:
        return _("Värdet ligger precis vid gränsen. Då räcker inget antal svar: slumpen avgör vilken signal det blir.")
    har = ngettext("%(num)s har svarat", "%(num)s har svarat", b.har)
    if b.racker():
        return _(
            "Signalen går att lita på: %(har)s, och %(behovs)s räcker när resultatet är %(visat)s.",
            har=har,
            behovs=skriv_tal(b.behovs, 0),
            visat=svenska(r.visat),
        )
    return _(
        "Signalen kan bero på slumpen: %(har)s, och det behövs %(behovs)s när resultatet är %(visat)s.",
        har=har,
        behovs=skriv_tal(b.behovs, 0),
        visat=svenska(r.visat),
    )


def _ar(f: Forhandsvisning, ar: int) -> Provar:
    andrade = f.andrade(ar)
    hallna = [r for r in f.hallna_signaler(ar) if r.gron is not None]
    antal = f.antal_signaler(ar)
    if not andrade:
        text = _("%(ar)s: ingen av %(antal)s signaler ändras.", ar=ar, antal=antal)
    else:
        text = _("%(ar)s: %(andrade)s av %(antal)s signaler ändras.", ar=ar, andrade=len(andrade), antal=antal)
    return Provar(ar, text, [_andring(a) for a in andrade], [_namn(r) for r in hallna])


def _andring(a: Signalandring) -> Andringsrad:
    namn = f"{a.nummer or ''} {a.titel}{f' ({a.grupp})' if a.grupp else ''}".strip()
    return Andringsrad(namn, _bara_signal(a.fore), _bara_signal(a.efter))


def _bara_signal(signal: Signal | None) -> Visat:
    if signal is None:
        return Visat("", "", "ingen", _("finns inte"))
    return Visat("", "", signal_kod(signal), _(signal_text(signal, None)))


def _kanske(f: Forhandsvisning, r: Resultat | None, efter: bool) -> Visat | None:
    return None if r is None else visat(r, efter and (f.ar, r.id, r.grupp) in f.hallna)


def _namn(r: Resultat | None) -> str:
    return "" if r is None else f"{r.nummer or ''} {r.titel}{f' ({r.grupp})' if r.grupp else ''}".strip()


def _tal(tal: int | Fraction | None) -> str:
    return "" if tal is None else str(tal) if isinstance(tal, int) else f"{float(tal):g}".replace(".", ",")


def omraden(forberett: Forberett, u: Utvardering) -> list[tuple[str, str, list[tuple[str, str, list[Indikatorrad]]]]]:
    """(id, heading, goals) of every area in order; a goal is (id, text, indicators). What has no goal comes last."""
    d = forberett.definitioner
    resultat = {id_: list(r) for id_, r in groupby(sorted(u.resultat(), key=lambda r: r.id), key=lambda r: r.id)}
    per_mal: dict[str, list[Indikatorrad]] = {}
    for id_, ra in d.ra_indikatorer():
        mal = d.indikatorer[id_].mal if id_ in d.indikatorer else str(ra.get("mal", ""))
        per_mal.setdefault(mal if mal in d.mal else "", []).append(
            _indikatorrad(forberett, id_, ra.get("titel"), resultat)
        )
    alla = sorted(d.malomraden.items(), key=lambda par: par[1].nummer)
    ut = [
        (
            id_,
            f"{o.nummer} {o.titel}",
            [(m_id, m.text, per_mal.get(m_id, [])) for m_id, m in d.mal.items() if m.malomrade == id_],
        )
        for id_, o in alla
    ]
    hemlosa = [(m_id, m.text, per_mal.get(m_id, [])) for m_id, m in d.mal.items() if m.malomrade not in d.malomraden]
    if per_mal.get("") or hemlosa:
        ut.append(("", _("Utan målområde"), [*hemlosa, ("", _("Utan mål"), per_mal.get("", []))]))
    return ut


def _indikatorrad(forberett: Forberett, id_: str, titel: object, resultat: dict[str, list[Resultat]]) -> Indikatorrad:
    i, egna = forberett.definitioner.indikatorer.get(id_), resultat.get(id_, [])
    return Indikatorrad(
        id_,
        (i.nummer or "") if i is not None else "",
        i.titel if i is not None else str(titel or id_),
        i.regel if i is not None else "",
        mening(forberett, id_),
        i is None or i.galler(forberett.ar),
        i is None or any(r.orsak is Orsak.FEL_I_DEFINITIONEN for r in egna),
        [(r.grupp or "", visat(r)) for r in egna],
        [
            f"{r.foregaende.ar}: {r.foregaende.visat}"
            for r in egna
            if r.foregaende is not None and r.foregaende.visat != SAKNAS
        ],
    )


@dataclass(frozen=True)
class Diffrad:
    """A line of a difference. slag: "borta", "ny", "samma" or "lucka" (lines that are left out). ord_: said aloud."""

    slag: str
    nr_fore: int | None
    nr_efter: int | None
    text: str


def skillnad(fore: str, efter: str, kring: int = 3) -> list[Diffrad]:
    """What differs between two texts, with a few lines around each change."""
    a, b = fore.splitlines(), efter.splitlines()
    rader: list[Diffrad] = []
    # On a text far longer than any goals are, lines that are often there are not looked at first: it must be quick.
    for grupp in difflib.SequenceMatcher(None, a, b, autojunk=len(a) > _LANGT).get_grouped_opcodes(kring):
        if rader or grupp[0][1]:
            rader.append(Diffrad("lucka", None, None, ""))
        for slag, i1, i2, j1, j2 in grupp:
            if slag == "equal":
                rader += [Diffrad("samma", i + 1, j1 + i - i1 + 1, a[i]) for i in range(i1, i2)]
                continue
            rader += [Diffrad("borta", i + 1, None, a[i]) for i in range(i1, i2)]
            rader += [Diffrad("ny", None, j + 1, b[j]) for j in range(j1, j2)]
    return rader
