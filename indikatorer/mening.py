"""One sentence per definition, written and read by the same templates, so that the two cannot drift apart.

Quoted texts stand within ”…”; a ” within them is doubled, so that every character that carries meaning is visible.
`Sprak` knows what things are called; `skriv_mening` and `las_mening` are each other's inverse.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from indikatorer.beskrivning import Kalla, Skala
from indikatorer.gransvarde import Grans, Granstyp, las_grans
from indikatorer.schema import uppraknat

if TYPE_CHECKING:
    from indikatorer.indikator import Indikator

CITAT: Final = "”(?:[^”]|””)*”"
# What `skriv_namn` may have written.
NAMN: Final = rf"(?:\w+|{CITAT})"
_NAMN_I_RAD: Final = f"(?:^|, | eller )({NAMN})"
_BINDEORD: Final = frozenset({"och", "eller", "är"})
CITATLISTA: Final = f"{CITAT}(?:, {CITAT})*(?: (?:eller|och) {CITAT})?"

# The name of a källa stands without marks where it is plain words that no template uses around a name.
_SLATT_NAMN: Final = re.compile(r"\w[\w–/-]*(?: [\w–/-]+)*")
_MALLORD: Final = re.compile(
    r"^(?:alla|antalet|andelen|skillnaden|det senaste)\b|\brespektive\b|\bska\b|\bsom (?:har|hade|svara)", re.IGNORECASE
)


@dataclass(frozen=True)
class Sprak:
    """The words of one config and underlag: what sources, questions, answers and indicators are called.

    medlemmar: the ids that the `av` of each index means. raknas_inte, vid_liten_rest: the standard, which a sentence
    need not repeat. Everything unknown is written by its id, so that a faulty definition has a sentence too.
    """

    kallor: Mapping[str, Kalla]
    skalor: Mapping[str, Skala]
    indikatorer: Mapping[str, Indikator]
    medlemmar: Mapping[str, tuple[str, ...]]
    raknas_inte: tuple[str, ...] = ()
    vid_liten_rest: str = "dolj_uppdelning"
    minsta_grupp: int = 5

    @cached_property
    def _kalla_for_ord(self) -> Mapping[str, str]:
        return {self.kallas(id_).casefold(): id_ for id_ in self.kallor}

    @cached_property
    def _indikator_for_titel(self) -> Mapping[str, str]:
        return {i.titel: i.id for i in self.indikatorer.values()}

    @cached_property
    def grupp(self) -> str:
        """What matches the name of any källa in a sentence, as a regular expression."""
        namn = {re.escape(self.kallas(id_)) for id_ in self.kallor}
        return f"(?:{'|'.join(sorted(namn, key=len, reverse=True)) or '(?!)'})"

    def kallas(self, kalla: str) -> str:
        """How those that a källa is about are named."""
        namn = self.kallor[kalla].kallas if kalla in self.kallor else kalla
        return namn if _SLATT_NAMN.fullmatch(namn) and not _MALLORD.search(namn) else citera(namn)

    def kalla_med_ord(self, ord_: str) -> str:
        """The källa that is named so."""
        return self._kalla_for_ord.get(ord_.casefold(), ord_)

    def titel(self, indikator: str) -> str:
        """The titel of an indicator, quoted."""
        return citera(self.indikatorer[indikator].titel if indikator in self.indikatorer else indikator)

    def indikator_med_titel(self, citat: str) -> str:
        """The indicator that has this quoted titel."""
        titel = avcitera(citat)
        return self._indikator_for_titel.get(titel, titel)

    def fraga(self, kalla: str, fraga: str) -> str:
        """The words of a question, quoted; its id where källa or question is unknown."""
        fragor = self.kallor[kalla].fraga if kalla in self.kallor else {}
        return citera(fragor[fraga].text if fraga in fragor else fraga)

    def fraga_med_text(self, kalla: str, citat: str) -> str:
        """The question of a källa that has these quoted words."""
        text = avcitera(citat)
        fragor = self.kallor[kalla].fraga if kalla in self.kallor else {}
        return next((id_ for id_, f in fragor.items() if f.text == text), text)

    def skala(self, kalla: str, fraga: str) -> Skala | None:
        """The scale of a question; None when the question or its scale is unknown."""
        fragor = self.kallor[kalla].fraga if kalla in self.kallor else {}
        return self.skalor.get(fragor[fraga].skala) if fraga in fragor else None

    def svar(self, kalla: str, fraga: str, svar: str) -> str:
        """The words of an answer, quoted."""
        skala = self.skala(kalla, fraga)
        return citera(svar if skala is None else skala.text_for(svar))

    def svar_med_text(self, kalla: str, fraga: str, citat: str) -> str:
        """The answer that has these quoted words."""
        text = avcitera(citat)
        skala = self.skala(kalla, fraga)
        return skala.svar[skala.text.index(text)] if skala is not None and text in skala.text else text

    def ar_enkat(self, kalla: str) -> bool:
        """Whether people answered, so that the sentence says "svara", and not "ha"."""
        return kalla not in self.kallor or self.kallor[kalla].typ == "enkat"


def skriv_mening(indikator: Indikator, sprak: Sprak) -> str:
    """The definition in Swedish: its main sentence, and one for each thing that differs from the ordinary."""
    tillagg = [
        indikator.gul and f"Gul signal: {_skriv_gul(indikator.gul)}.",
        indikator.urval and f"Räknas bara där {_skriv_urval(indikator.urval)}.",
        indikator.raknas_inte != sprak.raknas_inte and _skriv_raknas_inte(indikator.raknas_inte),
        indikator.fran and f"Gäller från och med {indikator.fran}.",
        indikator.till and f"Gäller till och med {indikator.till}.",
        indikator.vid_liten_rest != sprak.vid_liten_rest and f"Vid liten rest: {citera(indikator.vid_liten_rest)}.",
    ]
    return " ".join([stor_bokstav(indikator.huvudmening(sprak)), *(t for t in tillagg if t)])


def las_mening(mening: str, sprak: Sprak, regler: Mapping[str, type[Indikator]]) -> dict[str, Any] | None:
    """The meaning that a sentence of `skriv_mening` carries, as `betydelse` gives it; None when no rule wrote it."""
    delar = dela_meningar(mening)
    for regel, klass in regler.items():
        nycklar = klass.las_huvudmening(delar[0], sprak)
        if nycklar is not None:
            grund = {"regel": regel, "raknas_inte": sprak.raknas_inte, "vid_liten_rest": sprak.vid_liten_rest}
            tillagg = (_las_tillagg(d) for d in delar[1:])
            return _ren(grund | nycklar | {k: v for t in tillagg for k, v in t.items()})
    return None


def betydelse(indikator: Indikator, sprak: Sprak) -> dict[str, Any]:
    """Everything in a definition that decides its result, in one normal form, without what is only shown."""
    gemensamt = {
        "regel": indikator.regel,
        "gron": indikator.gron,
        "gul": indikator.gul,
        "urval": dict(indikator.urval),
        "raknas_inte": indikator.raknas_inte,
        "vid_liten_rest": indikator.vid_liten_rest,
        "fran": indikator.fran,
        "till": indikator.till,
    }
    return _ren(gemensamt | indikator.egen_betydelse(sprak))


def citera(text: str) -> str:
    """A text within Swedish quotation marks."""
    return f"”{text.replace('”', '””')}”"


def avcitera(citat: str) -> str:
    """The text within quotation marks."""
    return citat[1:-1].replace("””", "”")


def citat(text: str) -> list[str]:
    """All quoted texts, with their marks, in order."""
    return re.findall(CITAT, text)


def skriv_namn(namn: str) -> str:
    """The name of a column, a value or a period: as it is when it is one plain word, else quoted."""
    return namn if re.fullmatch(r"\w+", namn) and namn not in _BINDEORD else citera(namn)


def las_namn(text: str) -> str:
    """The name that `skriv_namn` wrote."""
    return avcitera(text) if text.startswith("”") else text


def stor_bokstav(text: str) -> str:
    """The text with a capital first."""
    return text[:1].upper() + text[1:]


def skriv_grans(grans: Grans | None, utan: str) -> str:
    """A limit in a sentence, or the words that stand there while none is decided."""
    return utan if grans is None else grans.text


def las_grans_eller(text: str, utan: str) -> Grans | None:
    """The limit that a sentence says; None where it says that none is decided."""
    return None if text.casefold() == utan.casefold() else las_grans(text)


def passar(monster: str, mening: str) -> dict[str, str] | None:
    """The named groups of a sentence, written with or without its first capital; None when it does not match."""
    for forsta in (mening[:1], mening[:1].lower()):
        traff = re.fullmatch(monster, forsta + mening[1:])
        if traff is not None:
            return {k: v or "" for k, v in traff.groupdict().items()}
    return None


def dela_meningar(text: str) -> list[str]:
    """A text cut after each full stop that ends a sentence: outside quotation marks, before a space or the end."""
    delar = re.findall(rf"((?:{CITAT}|[^”.]|\.(?! [A-ZÅÄÖ]|$))+\.)(?: |$)", text)
    return [str(d) for d in delar]


def _ren(nycklar: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in nycklar.items() if v not in (None, (), {}, "")}


def _skriv_gul(gul: Grans) -> str:
    return citera(gul.text) if gul.typ is Granstyp.SVAR else gul.text


def _las_gul(text: str) -> Grans | None:
    return Grans(Granstyp.SVAR, None, None, avcitera(text)) if text.startswith("”") else las_grans(text)


def _skriv_urval(urval: Mapping[str, Sequence[str]]) -> str:
    delar = (f"{skriv_namn(k)} är {uppraknat(map(skriv_namn, varden), 'eller')}" for k, varden in urval.items())
    return " och ".join(delar)


def _skriv_raknas_inte(svar: Sequence[str]) -> str:
    return f"Räknas inte som svar: {uppraknat(map(citera, svar))}." if svar else "Alla svar räknas."


def _las_tillagg(mening: str) -> dict[str, Any]:
    if mening == "Alla svar räknas.":
        return {"raknas_inte": ()}
    inledning, resten = next((i, mening[len(i) : -1]) for i in _TILLAGG if mening.startswith(i))
    return _TILLAGG[inledning](resten)


def _las_urval(text: str) -> dict[str, Any]:
    delar = re.findall(f"({NAMN}) är ({NAMN}(?:, {NAMN})*(?: eller {NAMN})?)", text)
    return {"urval": {las_namn(k): tuple(map(las_namn, re.findall(_NAMN_I_RAD, varden))) for k, varden in delar}}


_TILLAGG: Final[Mapping[str, Callable[[str], dict[str, Any]]]] = {
    "Gul signal: ": lambda text: {"gul": _las_gul(text)},
    "Räknas bara där ": _las_urval,
    "Räknas inte som svar: ": lambda text: {"raknas_inte": tuple(map(avcitera, citat(text)))},
    "Gäller från och med ": lambda text: {"fran": int(text)},
    "Gäller till och med ": lambda text: {"till": int(text)},
    "Vid liten rest: ": lambda text: {"vid_liten_rest": avcitera(text)},
}
