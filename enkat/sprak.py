"""The languages of the survey: which there are, which may be offered, and the words of each.

Swedish is the source: its texts are their own translation. The others are looked up in the installation's own folder
(`oversattningar`), then in translations/. Catalogues are read from their .po files at first use and kept in memory
until a file of the installation's changes, so that nothing compiled has to be committed or built.
"""

from __future__ import annotations

import gettext
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal, TypeAlias

from babel.messages.catalog import Message

from enkat import texter
from enkat.formular import Enkat
from enkat.granskning import Granskning, las_granskning
from enkat.oversattningar import Egna, egna
from grund.i18n import las_po, oversattning

ROT: Final = Path(__file__).resolve().parent.parent
DOMANER: Final = ("messages", "enkater")
# So much of a sum is written in granskning.toml.
TEXTSUMMA: Final = 16
# What a browser can ask for, before the rest of the header is somebody's joke.
_FLEST_ONSKADE: Final = 50
_LANGSTA_HUVUD: Final = 2000

Gettext: TypeAlias = Callable[[str], str]
Ngettext: TypeAlias = Callable[[str, str, int], str]


@dataclass(frozen=True, slots=True, eq=False)  # there is one of each, in SPRAK
class Sprak:
    """A language. lang, dir: HTML attributes. namn: its own name. katalog: its folder. taggar: what browsers call it.

    Of taggar only the first part of a browser's tag counts: "fa-IR" asks for fa.
    """

    kod: str
    lang: str
    dir: Literal["ltr", "rtl"]
    namn: str
    katalog: str
    taggar: tuple[str, ...]


SPRAK: Final = (
    Sprak("sv", "sv", "ltr", "Svenska", "sv", ("sv",)),
    Sprak("sv@latt", "sv", "ltr", "Lätt svenska", "sv@latt", ()),  # chosen by the reader, never by the browser
    Sprak("en", "en", "ltr", "English", "en", ("en",)),
    Sprak("ar", "ar", "rtl", "العربية", "ar", ("ar",)),
    Sprak("fa_AF", "prs", "rtl", "دری", "fa_AF", ("prs", "fa")),
    Sprak("so", "so", "ltr", "Soomaali", "so", ("so",)),
    Sprak("ti", "ti", "ltr", "ትግርኛ", "ti", ("ti",)),
    Sprak("uk", "uk", "ltr", "Українська", "uk", ("uk",)),
)
KALLSPRAK: Final = SPRAK[0]
_EFTER_KOD: Final[Mapping[str, Sprak]] = {s.kod: s for s in SPRAK}


def sprak(kod: str) -> Sprak | None:
    """The language of a code, or None: codes come from forms and addresses."""
    return _EFTER_KOD.get(kod)


def po_fil(sprak: Sprak, doman: str, rot: Path = ROT) -> Path:
    """Where a catalogue lies."""
    return rot / "translations" / sprak.katalog / "LC_MESSAGES" / f"{doman}.po"


def gettext_for(kod: str) -> Gettext:
    """Translate to a language. An unknown code, or an untranslated text, gives Swedish."""
    return _katalog(kod, egna()).gettext


def ngettext_for(kod: str) -> Ngettext:
    """The same for texts about a number of something."""
    return _katalog(kod, egna()).ngettext


def saknade(enkat: Enkat, sprak: Sprak) -> tuple[str, ...]:
    """The texts, of the interface and the questionnaire, that lack a translation; in the order they are met."""
    if sprak == KALLSPRAK:
        return ()
    ids = [*granssnitt(), *(text for _, text in enkat.texter())]
    finns = oversatta(sprak.kod)
    return tuple(text for text in dict.fromkeys(ids) if text not in finns)


def erbjudna(enkat: Enkat, krav_granskad: bool) -> tuple[Sprak, ...]:
    """The languages that a respondent may choose: whole for this questionnaire and, for a live round, reviewed."""
    provade = granskning() if krav_granskad else {}
    return tuple(
        s
        for s in SPRAK
        if s == KALLSPRAK
        or (
            not saknade(enkat, s)
            and (not krav_granskad or (s.kod in provade and provade[s.kod].godkand(textsumma(s.kod))))
        )
    )


def granskning() -> Mapping[str, Granskning]:
    """Who has reviewed each language, as the installation says, else the program. What cannot be read is no review."""
    return _granskning(egna())


def granskningsfiler() -> tuple[Path, ...]:
    """The files that say so: the program's, and the installation's where it has one."""
    fil, egen = ROT / "translations" / "granskning.toml", egna().granskning()
    return tuple(f for f in (fil, egen) if f is not None and f.is_file())


@lru_cache(maxsize=8)
def _granskning(_: Egna) -> Mapping[str, Granskning]:
    lasta: dict[str, Granskning] = {}
    for fil in granskningsfiler():
        lasta |= las_granskning(fil.as_posix(), fil.read_bytes(), textsummor())[0]
    return lasta


def textsumma(kod: str) -> str:
    """What changes whenever a text of a language does, also a Swedish one that it is a translation of."""
    return _katalog(kod, egna()).summa


def textsummor() -> dict[str, str]:
    """The same for every language, by its code."""
    return {s.kod: textsumma(s.kod) for s in SPRAK}


def valj(accept_language: str | None, erbjudna: Sequence[Sprak]) -> Sprak:
    """The language that a browser asks for most among those offered; else Swedish. Any header is understood."""
    delar = (accept_language or "")[:_LANGSTA_HUVUD].split(",")[:_FLEST_ONSKADE]
    onskade = sorted(((_vikt(del_), -nummer, del_) for nummer, del_ in enumerate(delar)), reverse=True)
    for vikt, _, del_ in onskade:
        tagg = del_.split(";")[0].strip().casefold().replace("_", "-").split("-")[0]
        traff = next((s for s in erbjudna if tagg in s.taggar), None)
        if traff is not None and vikt > 0:
            return traff
    return KALLSPRAK


def oversatta(kod: str) -> frozenset[str]:
    """The Swedish texts that a language has a translation of."""
    return _katalog(kod, egna()).ids


@dataclass(frozen=True)
class _Lager:
    """One catalogue as it was read. ids: the texts that are whole. texter, hela: what all, and those, say, by id."""

    oversattning: gettext.GNUTranslations
    ids: frozenset[str]
    texter: Mapping[str, str]
    hela: Mapping[str, str]


class _Katalog:
    """The catalogues of a language, one looked up after the other: the first wins."""

    def __init__(self, lager: Sequence[_Lager], summa: str) -> None:
        kedja: gettext.NullTranslations = gettext.NullTranslations()
        for ett in reversed(lager):
            lank = copy(ett.oversattning)  # what has been read is shared, the chain is not
            lank.add_fallback(kedja)
            kedja = lank
        self.gettext: Gettext = kedja.gettext
        self.ngettext: Ngettext = kedja.ngettext
        self.ids, self.summa = frozenset[str]().union(*(ett.ids for ett in lager)), summa


@lru_cache(maxsize=64)
def _katalog(kod: str, egna: Egna) -> _Katalog:
    """A language as it is with what the installation has written; its sum tells of both."""
    vald = _EFTER_KOD.get(kod, KALLSPRAK)
    lasta = []
    texter_: dict[tuple[str, str], str] = {}
    for doman, fil in _po_filer(vald, egna):
        ar_egen = egna.mapp is not None and fil.is_relative_to(egna.mapp)
        lager = _lager(fil, fil.stat().st_mtime_ns if fil.is_file() else None, vald.katalog, doman)
        texter_ |= {(doman, id_): text for id_, text in (lager.hela if ar_egen else lager.texter).items()}
        lasta.append(lager)
    summor = sorted((*nyckel, text) for nyckel, text in texter_.items())
    summa = hashlib.sha256(repr(summor).encode()).hexdigest()[:TEXTSUMMA]
    return _Katalog(lasta[::-1], summa)


@lru_cache(maxsize=64)
def _lager(fil: Path, _andrad: int | None, katalog: str, doman: str) -> _Lager:
    """A file, read once for as long as it is not changed: the program's own outlive what an installation writes."""
    po = las_po(fil, katalog, doman)
    texter_ = [m for m in po if m.id]
    hela = [m for m in texter_ if not m.fuzzy and _helt(m.string)]
    ids = frozenset(_id(m.id) for m in hela)
    return _Lager(oversattning(po), ids, _sager(texter_), _sager(hela))


def _sager(texter_: Sequence[Message]) -> dict[str, str]:
    return {str(m.id): str(m.string) for m in texter_}


def _po_filer(vald: Sprak, egna: Egna) -> Iterator[tuple[str, Path]]:
    """The catalogues of a language, those that win last."""
    if vald == KALLSPRAK:
        return
    for doman in DOMANER:
        yield doman, po_fil(vald, doman)
    for doman in DOMANER:
        egen = egna.po_fil(vald.katalog, doman)
        if egen is not None:
            yield doman, egen


def _id(id_: str | Sequence[str]) -> str:
    return id_ if isinstance(id_, str) else id_[0]


def _helt(string: str | Sequence[str] | None) -> bool:
    return bool(string) and (isinstance(string, str) or all(string or ()))


def granssnitt() -> tuple[str, ...]:
    """The texts of the pages themselves, which every questionnaire needs."""
    return tuple(_id(text) for text in texter.ALLA.values())


def _vikt(del_: str) -> float:
    """The q of one wish; 1 when it has none, 0 when it is no number."""
    for parameter in del_.split(";")[1:]:
        namn, _, varde = parameter.partition("=")
        if namn.strip().casefold() == "q":
            try:
                return min(max(float(varde), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0
