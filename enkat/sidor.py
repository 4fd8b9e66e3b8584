"""What the survey's pages show, worked out: the templates are handed finished values in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from babel.dates import format_date
from markupsafe import Markup

from enkat import texter
from enkat.bilder import bild
from enkat.forms import SKRIVS
from enkat.formular import VILL_INTE_SVARA, Enkat, Fraga
from enkat.gang import Vag, givet
from enkat.sealed_state import Tillstand
from enkat.sprak import KALLSPRAK, Gettext, Sprak, gettext_for, ngettext_for, textsumma
from enkat.tid import hela_minuter


@dataclass(frozen=True)
class Ord:
    """A passage: in the reader's language, and in Swedish when that is another."""

    text: str
    svenska: str = ""


@dataclass(frozen=True)
class Val:
    """An option to choose."""

    id: str
    ord: Ord
    bild: Markup
    vald: bool


@dataclass(frozen=True)
class Rad:
    """One row of a matris, or the whole of another question: its options under one name."""

    falt: str
    ord: Ord
    val: tuple[Val, ...]
    fel: bool = False
    vill_inte: bool = False


@dataclass(frozen=True)
class Fragevy:
    """A page with one question. rader: one, but for a matris. skriv: what stands in the text field.

    varning, skild: of free text, what not to write, and where and for how long it is kept.
    """

    typ: str
    ord: Ord
    hjalp: Ord
    instruktion: str
    varning: str
    rader: tuple[Rad, ...]
    skriv: str
    inputmode: str
    langst: int | None
    vill_inte: bool
    forlopp: str
    andel: int
    fel: str = ""
    skild: str = ""

    @property
    def fokus(self) -> str:
        """The id of the field that an error leads to."""
        rad = next((rad for rad in self.rader if rad.fel), None) or next(iter(self.rader), None)
        return f"{rad.falt}-0" if rad is not None else "svar"

    @property
    def svenska(self) -> bool:
        """Whether there is Swedish to show beside."""
        return bool(self.ord.svenska)


@dataclass(frozen=True)
class Svarsrad:
    """A line of the check: a question, what was answered, and the page to change it on."""

    fraga: str
    svar: tuple[str, ...]
    sida: int
    andra: str


def fragevy(
    vag: Vag, t: Tillstand, sprak: Sprak, varde: object = None, fel: str | None = None, gallras: date | None = None
) -> Fragevy:
    """The page of a question. varde: what to show as given, instead of what the state holds; fel: a code.

    gallras: the day on which free text is gone at the latest.
    """
    nr, antal = vag.forlopp(t)
    _ = gettext_for(sprak.kod)
    fraga = vag.fraga(t.sida)
    framsteg: dict[str, Any] = {
        "forlopp": _(texter.FRAGA_AV).format(n=nr, antal=antal),
        "andel": round(100 * (nr - 1) / max(antal, 1)),
    }
    if fraga is None:
        return _enhetsvy(vag, t, sprak, fel, framsteg)
    varde = givet(fraga, t.svar) if varde is None else varde
    skrivs = fraga.typ in SKRIVS
    return Fragevy(
        typ=fraga.typ,
        ord=_ord(fraga.text, sprak),
        hjalp=_ord(fraga.hjalp, sprak),
        instruktion=_instruktion(fraga, _),
        varning=_(texter.FRITEXT_VARNING) if fraga.typ == "text" else "",
        skild=_(texter.FRITEXT_SKILD).format(datum=datum(gallras, sprak)) if gallras and fraga.typ == "text" else "",
        rader=() if skrivs else _rader(vag.enkat, fraga, sprak, varde, fel is not None),
        skriv=_skrivet(varde) if skrivs else "",
        inputmode=SKRIVS.get(fraga.typ, ""),
        langst=fraga.langst,
        vill_inte=_vill_inte(fraga, varde),
        fel=felmening(fraga, fel, _) if fel else "",
        **framsteg,
    )


def felmening(fraga: Fraga, kod: str, _: Gettext) -> str:
    """What is wrong, as a sentence that names its question and can stand alone."""
    mall = texter.FEL_SAKNAS_I.get(fraga.typ) if kod == "saknas" else None
    falt = {"minst": fraga.minst, "hogst": fraga.hogst, "antal": fraga.langst}
    return _(mall or texter.FEL_I_SVAR[kod]).format(fraga=_(fraga.text), **falt)


def svarsrader(vag: Vag, t: Tillstand, sprak: Sprak) -> list[Svarsrad]:
    """All that a person has answered, in order."""
    _ = gettext_for(sprak.kod)
    rader = []
    for sida in vag.fragesidor(t):
        fraga = vag.fraga(sida)
        if fraga is None:
            text = _(vag.enkat.enhet.text) if vag.enkat.enhet is not None else ""
            svar: tuple[str, ...] = (t.enhet or _(texter.VILL_INTE_SVARA),)
        else:
            text, svar = _(fraga.text), _svar_i_ord(vag.enkat, fraga, t, _)
        rader.append(Svarsrad(text, svar, sida, _(texter.ANDRA_SVARET).format(fraga=text)))
    return rader


def tid(enkat: Enkat, sprak: Sprak) -> str:
    """How long it takes."""
    minuter = hela_minuter(enkat, sprak)
    return ngettext_for(sprak.kod)(*texter.FORE_TID, minuter).format(n=minuter)


def datum(dag: date, sprak: Sprak) -> str:
    """A day in words."""
    return format_date(dag, "long", locale=sprak.kod.split("@")[0])


def _svar_i_ord(enkat: Enkat, fraga: Fraga, t: Tillstand, _: Gettext) -> tuple[str, ...]:
    skala = enkat.skala(fraga)

    def i_ord(varde: object) -> str:
        if varde is None:
            return _(texter.INGET_SVAR)
        if varde == VILL_INTE_SVARA:
            return _(texter.VILL_INTE_SVARA)
        return _(skala.text_for(str(varde))) if skala is not None else str(varde)

    if fraga.typ == "matris":
        return tuple(f"{_(text)}: {i_ord(t.svar.get(f'{fraga.id}.{rad}'))}" for rad, text in fraga.rader)
    varde = t.svar.get(fraga.id)
    return tuple(map(i_ord, varde)) if isinstance(varde, tuple) else (i_ord(varde),)


def _rader(enkat: Enkat, fraga: Fraga, sprak: Sprak, varde: object, ar_fel: bool) -> tuple[Rad, ...]:
    if fraga.typ != "matris":
        valda = {varde} if isinstance(varde, str) else set(varde) if isinstance(varde, Collection) else set()
        return (Rad("svar", _ord(fraga.text, sprak), _val(enkat, fraga, sprak, valda), ar_fel),)
    givna: Mapping[str, object] = varde if isinstance(varde, Mapping) else {}
    return tuple(
        Rad(
            f"svar.{rad}",
            _ord(text, sprak),
            _val(enkat, fraga, sprak, {givna.get(rad)}),
            ar_fel and givna.get(rad) not in (*enkat.alternativ(fraga), VILL_INTE_SVARA),
            varde == VILL_INTE_SVARA or givna.get(rad) == VILL_INTE_SVARA,
        )
        for rad, text in fraga.rader
    )


def _val(enkat: Enkat, fraga: Fraga, sprak: Sprak, valda: Collection[object]) -> tuple[Val, ...]:
    fasta = _fasta_val(enkat.skala(fraga), sprak, textsumma(sprak.kod))
    return tuple(Val(id_, ord_, bild_, id_ in valda) for id_, ord_, bild_ in fasta)


def _skrivet(varde: object) -> str:
    """What was written, also beside "Vill inte svara"."""
    texter_ = [varde] if isinstance(varde, str) else varde if isinstance(varde, list) else []
    return next((text for text in texter_ if text != VILL_INTE_SVARA), "")


def _vill_inte(fraga: Fraga, varde: object) -> bool:
    if fraga.typ == "matris" and isinstance(varde, Mapping):
        return all(varde.get(rad) == VILL_INTE_SVARA for rad, _ in fraga.rader)
    return varde == VILL_INTE_SVARA or (isinstance(varde, list | tuple) and VILL_INTE_SVARA in varde)


@lru_cache(maxsize=1024)
def _fasta_val(skala: Any, sprak: Sprak, _: str) -> tuple[tuple[str, Ord, Markup], ...]:
    """Id, words and picture of each option: the same for everyone, for as long as the language is."""
    par = zip(skala.svar, skala.text, strict=True)
    return tuple((id_, _ord(text, sprak), bild(skala.bild, nr, len(skala.svar))) for nr, (id_, text) in enumerate(par))


def _enhetsvy(vag: Vag, t: Tillstand, sprak: Sprak, fel: str | None, framsteg: dict[str, Any]) -> Fragevy:
    """The page where the enhet is chosen. The names of enheter are not translated."""
    _ = gettext_for(sprak.kod)
    enhet = vag.enkat.enhet
    text, hjalp = (enhet.text, enhet.hjalp) if enhet is not None else ("", "")
    val = tuple(Val(namn, Ord(namn), Markup(), t.enhet == namn) for namn in vag.enheter)
    return Fragevy(
        typ="ett_val",
        ord=_ord(text, sprak),
        hjalp=_ord(hjalp, sprak),
        instruktion="",
        varning="",
        rader=(Rad("svar", _ord(text, sprak), val, fel is not None),),
        skriv="",
        inputmode="",
        langst=None,
        vill_inte=t.enhet == "",
        fel=_(texter.FEL_SAKNAS).format(fraga=_(text)) if fel else "",
        **framsteg,
    )


def _instruktion(fraga: Fraga, _: Callable[[str], str]) -> str:
    if fraga.typ == "flera_val":
        return _(texter.VALJ_FLERA)
    if fraga.typ == "tal" and fraga.minst is not None and fraga.hogst is not None:
        return _(texter.SKRIV_TAL).format(minst=fraga.minst, hogst=fraga.hogst)
    if fraga.typ == "datum":
        return _(texter.SKRIV_DATUM)
    if fraga.typ == "text" and fraga.langst is not None:
        return _(texter.SKRIV_TEXT).format(antal=fraga.langst)
    return ""


def _ord(text: str, sprak: Sprak) -> Ord:
    oversatt = gettext_for(sprak.kod)(text) if text else ""
    return Ord(oversatt, "" if sprak.lang == KALLSPRAK.lang or not text else text)
