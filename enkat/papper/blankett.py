"""The paper twin of a questionnaire: the same questions, from the same file, in any language of the survey.

As HTML it prints from any browser, with its fonts inside. As PDF it needs pango, which WeasyPrint draws with; where
that is missing the HTML says the same. Free text is not asked on paper: a handwriting points to a person.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final, Literal

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from enkat import texter
from enkat.bilder import bild
from enkat.formular import VILL_INTE_SVARA, Enkat, Fraga, Skala
from enkat.sprak import KALLSPRAK, ROT, Sprak, gettext_for, ngettext_for, sprak
from enkat.tid import hela_minuter
from enkat.typsnitt import fil, skrift
from enkat.utskick import brevtexter

Sort = Literal["ett", "flera", "rutor", "matris"]
# Boxes to write one figure each in: a number of at most so many, or year, month and day.
_FLEST_SIFFROR: Final = 4
_DATUMRUTOR: Final = (4, 2, 2)


class PangoSaknas(RuntimeError):
    """This machine cannot make a PDF of the questionnaire; the HTML can be printed from a browser."""

    def __init__(self) -> None:
        super().__init__(
            "Datorn saknar pango, som behövs för att göra PDF. På Debian och Ubuntu: apt install libpango-1.0-0 "
            "libpangoft2-1.0-0 libharfbuzz-subset0. Eller skriv ut HTML-filen från en webbläsare."
        )


@dataclass(frozen=True)
class Uppgifter:
    """What the page before question 1 tells of this round.

    gallras: the last day that answers are kept. liten_grupp: these people are so few that their answers are merged.
    retur: how the paper is handed in, when that is not the envelope and the box.
    """

    forbund: str
    kontakt: str
    gallras: date
    minsta_grupp: int = 5
    ombud: str = ""
    liten_grupp: bool = False
    retur: str = ""


@dataclass(frozen=True)
class Pappersfraga:
    """One question as it stands on paper. villkor: who is to answer it, in words. rutor: of a number or date."""

    nummer: int
    text: str
    hjalp: str
    villkor: str
    hur: str
    sort: Sort
    alternativ: tuple[str, ...] = ()
    bilder: tuple[Markup, ...] = ()
    rader: tuple[str, ...] = ()
    rutor: tuple[int, ...] = ()


def som_html(enkat: Enkat, kod: str, uppgifter: Uppgifter) -> str:
    """The questionnaire in a language, as one HTML file that fetches nothing."""
    valt = sprak(kod) or KALLSPRAK
    return (
        _miljo()
        .get_template("enkat/papper.html")
        .render(
            enkat=enkat,
            sprak=valt,
            _=gettext_for(valt.kod),
            t=texter,
            b=brevtexter,
            fore=_fore(enkat, valt, uppgifter),
            fragor=list(pappersfragor(enkat, valt)),
            retur=uppgifter.retur or gettext_for(valt.kod)(texter.PAPPER_LAMNA),
            typsnitt=[
                (_inbaddat(namn, False), _inbaddat(namn, True)) for namn in dict.fromkeys((skrift(valt.kod), "sans"))
            ],
        )
    )


def som_pdf(enkat: Enkat, kod: str, uppgifter: Uppgifter) -> bytes:
    """The same as PDF.

    Raises:
        PangoSaknas: the machine lacks what WeasyPrint draws with.
    """
    try:
        from weasyprint import HTML
    except OSError as fel:
        raise PangoSaknas from fel
    pdf: bytes = HTML(string=som_html(enkat, kod, uppgifter)).write_pdf(pdf_tags=True)
    return pdf


def pappersfragor(enkat: Enkat, valt: Sprak) -> Iterator[Pappersfraga]:
    """The questions in order, numbered as on the paper."""
    _ = gettext_for(valt.kod)
    nummer = {f.id: n for n, f in enumerate(med_pa_papper(enkat), start=1)}
    for fraga in med_pa_papper(enkat):
        skala = enkat.skala(fraga)
        svar = tuple(_(text) for text in skala.text) if skala is not None else ()
        yield Pappersfraga(
            nummer=nummer[fraga.id],
            text=_(fraga.text),
            hjalp=_(fraga.hjalp) if fraga.hjalp else "",
            villkor=_villkor(enkat, fraga, nummer, _),
            hur=_hur(fraga, _),
            sort=_sort(fraga),
            alternativ=(*svar, _(texter.VILL_INTE_SVARA)),
            bilder=_bilder(skala),
            rader=tuple(_(text) for _id, text in fraga.rader),
            rutor=_rutor(fraga),
        )


def med_pa_papper(enkat: Enkat) -> tuple[Fraga, ...]:
    """The questions that are put on paper."""
    return tuple(f for f in enkat.fragor if f.typ != "text")


def _sort(fraga: Fraga) -> Sort:
    if fraga.typ in ("tal", "datum"):
        return "rutor"
    return "flera" if fraga.typ == "flera_val" else "matris" if fraga.typ == "matris" else "ett"


def _bilder(skala: Skala | None) -> tuple[Markup, ...]:
    """The pictures beside the options, drawn so that they need no style sheet; of yes and no there are none."""
    if skala is None or skala.bild in (None, "ja_nej"):  # a tick or a cross beside a box looks like an answer
        return ()
    stil = 'fill="none" stroke="#000" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"'
    ritade = (bild(skala.bild, nummer, len(skala.svar)) for nummer in range(len(skala.svar)))
    return tuple(Markup(str(b).replace("<svg ", f"<svg {stil} ").replace('class="f"', 'fill="#000"')) for b in ritade)


def _rutor(fraga: Fraga) -> tuple[int, ...]:
    if fraga.typ == "datum":
        return _DATUMRUTOR
    siffror = len(str(fraga.hogst)) if fraga.hogst is not None else _FLEST_SIFFROR
    return (siffror,) if fraga.typ == "tal" else ()


def _hur(fraga: Fraga, _: Callable[[str], str]) -> str:
    """How to answer, where it is not one cross."""
    if fraga.typ == "flera_val":
        return _(texter.VALJ_FLERA)
    if fraga.typ == "datum":
        return _(texter.SKRIV_DATUM)
    if fraga.typ == "tal" and fraga.minst is not None and fraga.hogst is not None:
        return _(texter.SKRIV_TAL).format(minst=fraga.minst, hogst=fraga.hogst)
    return ""


def _villkor(enkat: Enkat, fraga: Fraga, nummer: dict[str, int], _: Callable[[str], str]) -> str:
    """Who is to answer it, as words with the number of the earlier question; "" is everyone."""
    villkor = fraga.visas_om
    if villkor is None:
        return ""
    skala = enkat.skala(enkat.fraga(villkor.fraga))
    svar = [
        _(texter.VILL_INTE_SVARA) if s == VILL_INTE_SVARA or skala is None else _(skala.text_for(s))
        for s in villkor.svar
    ]
    ihop = f"”{svar[0]}”"
    for nasta in svar[1:]:
        ihop = _(texter.PAPPER_ELLER).format(a=ihop, b=f"”{nasta}”")
    return _(texter.PAPPER_HOPPA).format(svar=ihop, n=nummer[villkor.fraga])


def _fore(enkat: Enkat, valt: Sprak, u: Uppgifter) -> list[tuple[str, list[str]]]:
    """What one must know before question 1: headings, each with its sentences. The web page says the same."""
    _, ngettext = gettext_for(valt.kod), ngettext_for(valt.kod)
    tid = hela_minuter(enkat, valt)
    kontakt = [_(texter.KONTAKT).format(kontakt=_for_sig(u.kontakt, valt))]
    kontakt += [_(texter.OMBUD).format(ombud=_for_sig(u.ombud, valt))] if u.ombud else []
    ser = [_(brevtexter.PAPPER_VEM_SER).format(n=u.minsta_grupp)]
    ser += [_(texter.LITEN_GRUPP)] if u.liten_grupp else []
    lagras = _(brevtexter.PAPPER_LAGRAS).format(datum=som_datum(u.gallras, valt))
    return [
        (_(texter.FRIVILLIGT_RUBRIK), [_(texter.FRIVILLIGT), ngettext(*texter.FORE_TID, tid).format(n=tid)]),
        (_(texter.ANONYMT_RUBRIK), [_(brevtexter.PAPPER_INGET_NAMN), _(brevtexter.PAPPER_BARA_ETT)]),
        (_(texter.VEM_SER_RUBRIK), ser),
        (_(texter.LAGRAS_RUBRIK), [lagras, _(brevtexter.PAPPER_EFTERAT)]),
        (_(texter.ANSVAR_RUBRIK), [_(texter.ANSVAR).format(forbund=_for_sig(u.forbund, valt)), _(texter.RATTIGHETER)]),
        (_(texter.FRAGOR_RUBRIK), kontakt),
    ]


def _for_sig(text: str, valt: Sprak) -> str:
    """A Swedish name or address within a line that runs the other way: isolated, so that it does not turn it around."""
    return f"\u2068{text}\u2069" if valt.dir == "rtl" else text


def som_datum(dag: date, valt: Sprak) -> str:
    """A day in words."""
    return format_date(dag, "long", locale=valt.katalog.partition("@")[0])


@cache
def _inbaddat(namn: Literal["sans", "arab", "etiop"], fet: bool) -> Markup:
    """A font as an address that holds it."""
    return Markup("data:font/ttf;base64,") + base64.b64encode(fil(namn, fet).read_bytes()).decode()


@cache
def _miljo() -> Environment:
    return Environment(
        loader=FileSystemLoader(ROT / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
