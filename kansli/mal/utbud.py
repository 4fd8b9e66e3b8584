"""What there is to choose among in the form of an indicator: källor, questions, answers, columns, indicators, goals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from bokslut.ordval import DIMENSION_ORD, KALLTYP_ORD
from indikatorer.andelsregel import Andelsregel
from indikatorer.forberedelse import Forberett
from indikatorer.underlag import Kalldata
from kansli.sprak import gettext as _
from kansli.sprak import mark


class Val(NamedTuple):
    """A choice. svenskt: its words are Swedish in every language, as those of a förbund and of its files are."""

    varde: str
    ord_: str
    svenskt: bool = True


# What a rule can read. A rule that is not here reads any.
_KALLTYPER: Final = {
    "andel": ("enkat", "register"),
    "information": ("enkat", "register"),
    "nolltolerans": ("enkat", "register"),
    "konszon": ("enkat", "register"),
    "forandring": ("statistik",),
    "goda_exempel": ("berattelser",),
    "antal": ("enkat", "register"),
    "progression": ("enkat", "register"),
    "nulage": ("enkat", "register"),
    "kvot": ("enkat", "register", "statistik"),
}
# Columns that a källa has by CONTRACT section 1 when its table is not there yet.
_VANLIGA_KOLUMNER: Final = {
    "enkat": ("enhet", "kon"),
    "register": ("enhet", "kon", "ny", "avslutad", "insats", "period", "utfall", "budget", "grupp"),
    "statistik": ("kommun", "period", "andel"),
    "berattelser": (),
}
_FASTA: Final[Mapping[str, Sequence[tuple[str, str]]]] = {
    "bas": (
        ("taljare", mark("av dem som räknades med där")),
        ("namnare", mark("av alla som den räknade bland")),
    ),
    "raknad_pa": (("exakta", mark("exakta andelar")), ("avrundade", mark("hela procent"))),
    "kon": (("kvinna", mark("kvinnor")), ("man", mark("män"))),
    "rest": (
        ("dolj_uppdelning", mark("visa inte kvinnor och män var för sig")),
        ("bas_kand_kon", mark("räkna bara dem vars kön är känt")),
    ),
    "namnare": (("besvarat", mark("dem som svarat på frågan")), ("alla", mark("alla, också de som inte svarat"))),
}


class Utbud:
    """The choices of one year. valda: what is chosen so far, by key, which later choices go by."""

    def __init__(self, forberett: Forberett, regel: str, indikator: str, valda: Mapping[str, Sequence[str]]) -> None:
        self._f, self._regel, self._indikator, self._valda = forberett, regel, indikator, valda
        self._kallor = forberett.underlag.kallor

    def val(self, namn: str) -> Sequence[Val]:
        """The choices of that name."""
        if namn in _FASTA:
            return [Val(varde, _(text), svenskt=False) for varde, text in _FASTA[namn]]
        return self._sorter()[namn]()

    def _sorter(self) -> dict[str, Callable[[], list[Val]]]:
        return {
            "mal": self._mal,
            "kallor": self._valbara_kallor,
            "fragor": self._fragor,
            "svar": self._svar,
            "svar_minst": self._svar_i_ordning,
            "kolumner": self._kolumner,
            "foraldrar": lambda: self._indikatorer(med_kallor=False),
            "andelar": lambda: self._indikatorer(med_kallor=False, utom=("konszon",)),
            "indikatorer": lambda: self._indikatorer(bara_andelar=False),
        }

    def _mal(self) -> list[Val]:
        d = self._f.definitioner
        nummer = {id_: omrade.nummer for id_, omrade in d.malomraden.items()}
        alla = sorted(d.mal.items(), key=lambda par: nummer.get(par[1].malomrade, 0))
        return _svenska((id_, f"{nummer.get(m.malomrade, '')} {m.text}".strip()) for id_, m in alla)

    def _valbara_kallor(self) -> list[Val]:
        typer = _KALLTYPER.get(self._regel)
        passande = ((id_, k.kalla) for id_, k in self._kallor.items() if typer is None or k.kalla.typ in typer)
        return _svenska(
            (id_, f"{k.kallas[:1].upper()}{k.kallas[1:]} ({KALLTYP_ORD[k.typ].lower()}: {id_})") for id_, k in passande
        )

    def _valda_kallor(self) -> list[Kalldata]:
        """The källor that are chosen, or those of the parent."""
        ids = [*self._valda.get("kalla", ()), *self._valda.get("kallor", ())]
        giltiga = self._f.definitioner.giltiga(self._f.ar)
        for id_ in self._valda.get("under", ()):
            ids += giltiga[id_].kallor_(giltiga) if not ids and id_ in giltiga else ()
        return [self._kallor[id_] for id_ in dict.fromkeys(ids) if id_ in self._kallor]

    def _fragor(self) -> list[Val]:
        """The questions that every chosen källa has."""
        kallor = self._valda_kallor()
        forsta = kallor[0].kalla.fraga if kallor else {}
        return _svenska((id_, f.text) for id_, f in forsta.items() if all(id_ in k.kalla.fraga for k in kallor))

    def _svar(self) -> list[Val]:
        for kalla in self._valda_kallor():
            for id_ in self._valda.get("fraga", ()):
                fraga = kalla.kalla.fraga.get(id_)
                skala = None if fraga is None else self._f.underlag.beskrivning.skala.get(fraga.skala)
                if skala is not None:
                    return _svenska(zip(skala.svar, skala.text, strict=False))
        return []

    def _svar_i_ordning(self) -> list[Val]:
        """The answers of an ordered scale; none where no answer is higher than another."""
        for kalla in self._valda_kallor():
            for id_ in self._valda.get("fraga", ()):
                fraga = kalla.kalla.fraga.get(id_)
                skala = None if fraga is None else self._f.underlag.beskrivning.skala.get(fraga.skala)
                if skala is not None and not skala.ordnad:
                    return []
        return self._svar()

    def _kolumner(self) -> list[Val]:
        kolumner = dict[str, None]()
        for data in self._valda_kallor():
            egna = _VANLIGA_KOLUMNER[data.kalla.typ] if data.tabell is None else tuple(data.tabell.kolumner)
            kolumner |= dict.fromkeys(k for k in egna if self._ar_valbar(k, data))
        return [Val(k, _(DIMENSION_ORD[k]), svenskt=False) if k in DIMENSION_ORD else Val(k, k) for k in kolumner]

    def _ar_valbar(self, kolumn: str, data: Kalldata) -> bool:
        """A split is by what a row is about, never by an answer, and a källa of money has no use for who."""
        return self._regel in ("kvot", "forandring", "nulage") or (kolumn not in data.kalla.fraga and kolumn != "antal")

    def _indikatorer(self, med_kallor: bool = True, utom: Sequence[str] = (), bara_andelar: bool = True) -> list[Val]:
        return _svenska(
            (id_, f"{i.nummer or ''} {i.titel}".strip())
            for id_, i in self._f.definitioner.indikatorer.items()
            if id_ != self._indikator
            and i.regel not in utom
            and (not bara_andelar or (isinstance(i, Andelsregel) and (med_kallor or i.kallor is None)))
        )


def _svenska(par: Iterable[tuple[str, str]]) -> list[Val]:
    return [Val(*ett) for ett in par]
