"""An installation's own translations: its catalogues are written here, and who has reviewed each language.

What the program reads them with is `enkat.oversattningar`. Every write is whole or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import tomlkit
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from enkat import texter
from enkat.formular import Enkat
from enkat.oversattningar import GRANSKNING, anvand, egen_po
from enkat.sprak import DOMANER, SPRAK, Sprak, gettext_for, granskning, granssnitt, oversatta, textsumma
from grund.i18n import las_po
from grund.settings import ersatt_privat, skapa_mapp
from kansli.arbetsmapp import Arbetsmapp
from kansli.sprak import gettext as _

_PLATS: Final = re.compile(r"\{(\w*)\}")
LANGST: Final = 3000


@dataclass(frozen=True)
class Rad:
    """A text to translate. doman: the catalogue it belongs to. vad: what it is, in words. finns: its translation."""

    doman: str
    vad: str
    text: str
    finns: str


@dataclass(frozen=True)
class Sprakvy:
    """How a language is doing. saknas: of all texts asked about, those without a translation."""

    sprak: Sprak
    antal: int
    saknas: int
    granskad_av: str
    datum: str
    undantag: str
    galler: bool

    @property
    def hel(self) -> bool:
        """Whether nothing lacks."""
        return self.saknas == 0

    @property
    def erbjuds(self) -> bool:
        """Whether a live round offers it."""
        return self.hel and (self.galler or bool(self.undantag))


def sprakvyer(enkater: Iterable[Enkat]) -> list[Sprakvy]:
    """Every language but Swedish, for these questionnaires and the pages that they need."""
    texter_ = list(dict.fromkeys((*granssnitt(), *(t for e in enkater for _, t in e.texter()))))
    lagen = granskning()
    vyer = []
    for s in SPRAK[1:]:
        finns, lage = oversatta(s.kod), lagen.get(s.kod)
        saknas = sum(t not in finns for t in texter_)
        galler = lage is not None and lage.granskad(textsumma(s.kod))
        av, dag, skal = (lage.granskad_av, lage.datum, lage.undantag) if lage is not None else ("", "", "")
        vyer.append(Sprakvy(s, len(texter_), saknas, av.strip(), dag, skal.strip(), galler))
    return vyer


def rader_i(enkat: Enkat, kod: str) -> list[Rad]:
    """The texts of a questionnaire, each once, in the order they are met."""
    finns, oversatt = oversatta(kod), gettext_for(kod)
    forst: dict[str, str] = {}
    for vag, text in enkat.texter():
        forst.setdefault(text, vad_ar(enkat, vag))
    return [Rad("enkater", vad, text, oversatt(text) if text in finns else "") for text, vad in forst.items()]


def rader_i_granssnittet(kod: str) -> list[Rad]:
    """The texts of the pages themselves. Those that go by a number have several forms, and are left to the program."""
    finns, oversatt = oversatta(kod), gettext_for(kod)
    return [Rad("messages", "", text, oversatt(text) if text in finns else "") for text in _enkla()]


def brister(svensk: str, ny: str) -> str | None:
    """What is wrong with a translation, as a sentence; None when nothing is.

    The names within braces are filled in by the page: one too few loses a date, one too many stops the page.
    """
    if len(ny) > LANGST:
        return _("Texten är för lång: högst %(antal)s tecken får plats.", antal=LANGST)
    if svensk in _enkla() and sorted(_PLATS.findall(svensk)) != sorted(_PLATS.findall(ny)):
        namn = ", ".join(f"{{{n}}}" for n in _PLATS.findall(svensk)) or _("inget")
        return _("Det inom klamrar fylls i av programmet och ska stå kvar som det är: %(namn)s.", namn=namn)
    if svensk in _enkla() and not {"{", "}"}.isdisjoint(_PLATS.sub("", ny)):
        return _("Det finns en klammer för mycket i texten.")
    return None


def skriv(mapp: Arbetsmapp, kod: str, nya: Mapping[tuple[str, str], str]) -> None:
    """Put translations in the installation's catalogues. nya: by (catalogue, Swedish text); "" takes one away."""
    vald = next(s for s in SPRAK if s.kod == kod)
    for doman in DOMANER:
        egna = {text: oversatt for (d, text), oversatt in nya.items() if d == doman}
        if egna:
            _skriv_en(mapp, vald, doman, egna)
    anvand(mapp.oversattningar)


def satt_granskning(mapp: Arbetsmapp, kod: str, granskad_av: str, datum: str, undantag: str) -> None:
    """Note who has reviewed a language as it is now, or the written exception."""
    fil = mapp.oversattningar / GRANSKNING
    dok = tomlkit.parse(fil.read_text("utf-8") if fil.is_file() else "")
    summa = textsumma(kod) if granskad_av else ""
    dok[kod] = {"granskad_av": granskad_av, "datum": datum, "texter": summa, "undantag": undantag}
    skapa_mapp(fil.parent)
    ersatt_privat(fil, tomlkit.dumps(dok).encode())
    anvand(mapp.oversattningar)


def for_over(mapp: Arbetsmapp, fore: Enkat, efter: Enkat) -> list[str]:
    """Let translations follow a Swedish text of which only the spelling was mended; a review that held, holds on.

    Returns the codes of the languages that followed.
    """
    gamla = dict(fore.texter())
    par = {text: gamla[vag] for vag, text in efter.texter() if vag in gamla and gamla[vag] != text}
    foljde = []
    for s in SPRAK[1:]:
        finns, oversatt = oversatta(s.kod), gettext_for(s.kod)
        nya = {("enkater", t): oversatt(g) for t, g in par.items() if g in finns and t not in finns}
        lage = granskning().get(s.kod)
        gallde = lage is not None and lage.granskad(textsumma(s.kod))
        if nya:
            skriv(mapp, s.kod, nya)
            foljde.append(s.kod)
            if lage is not None and gallde:
                satt_granskning(mapp, s.kod, lage.granskad_av, lage.datum, lage.undantag)
    return foljde


def _skriv_en(mapp: Arbetsmapp, vald: Sprak, doman: str, nya: Mapping[str, str]) -> None:
    fil = egen_po(mapp.oversattningar, vald.katalog, doman)
    fanns = {str(m.id): str(m.string) for m in las_po(fil, vald.katalog, doman) if m.id and isinstance(m.id, str)}
    katalog = Catalog(locale=vald.katalog, domain=doman, project="bokslut", fuzzy=False)
    for text, oversatt in sorted({**fanns, **nya}.items()):
        if oversatt:
            katalog.add(text, oversatt)
    ut = BytesIO()
    write_po(ut, katalog, width=110, omit_header=False)
    skapa_mapp(fil.parent)
    ersatt_privat(fil, ut.getvalue())


def _enkla() -> list[str]:
    return [text for text in texter.ALLA.values() if isinstance(text, str)]


def vad_ar(enkat: Enkat, vag: tuple[str | int, ...]) -> str:
    """What a text is, for the one who translates it."""
    match vag:
        case ("enkat", "titel"):
            return _("Enkätens namn")
        case ("enkat", "ingress"):
            return _("Inledningen")
        case ("enhet", "text"):
            return _("Frågan om enhet")
        case ("enhet", "hjalp"):
            return _("Hjälp till frågan om enhet")
        case ("fraga", id_, "text"):
            return _("Fråga %(nr)s", nr=_nummer(enkat, str(id_)))
        case ("fraga", id_, "hjalp"):
            return _("Hjälp till fråga %(nr)s", nr=_nummer(enkat, str(id_)))
        case ("fraga", id_, "rader", _rad):
            return _("Rad i fråga %(nr)s", nr=_nummer(enkat, str(id_)))
    return _("Svar på en skala")


def _nummer(enkat: Enkat, id_: str) -> int:
    return next(nr for nr, f in enumerate(enkat.fragor, 1) if f.id == id_)
