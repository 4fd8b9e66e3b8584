"""One edition per enhet: its rows of the participant tables and its part of each split, beside the whole förbund.

Only figures that stand elsewhere in the bokslut already are placed here, each as it was protected there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bokslut import ordval, tal
from bokslut.diagram.ar import brott_text, bruten
from bokslut.diagram.build import Sammanhang
from bokslut.diagram.spec import ChartSpec, Diagramtyp, Rad, Serie, Varde
from bokslut.fras import fogad, fras, stor
from bokslut.jamforelse.arsserie import Arspunkt, Arsserie
from bokslut.jamforelse.over_aren import visade_delar
from bokslut.resultatvy import Underlagsfakta, ankare, slugg
from bokslut.tabellvy import Cell, Tabell, deltagartabeller
from indikatorer.flode import BASER
from indikatorer.resultat import Tabellcell, Uppdelningsrad, Utvardering

SIDA = "enheter.html"
DIMENSION = "enhet"


@dataclass(frozen=True, slots=True)
class Enhetsrad:
    """An indicator's part for one enhet. ar: its figure each year, oldest first. hela: the whole förbund this year."""

    namn: str
    lank: str
    ar: tuple[Cell, ...]
    signal: str
    ord: str
    hela: Cell


@dataclass(frozen=True, slots=True)
class Enhetsvy:
    """A page. mening: what it holds, or why nothing. ar: the columns of `rader`. dolt: what is hidden whole.

    olika: why a share is hidden in a row and shown in the table, where that is so.
    """

    namn: str
    sida: str
    mening: str
    tabell: Tabell | None
    diagram: ChartSpec | None
    ar: tuple[int, ...]
    rader: tuple[Enhetsrad, ...]
    dolt: str
    olika: str


@dataclass(frozen=True, slots=True)
class _Delade:
    """This year's split results over the years, their names, and where they stand."""

    serier: Sequence[Arsserie]
    sammanhang: Sammanhang
    lankar: Mapping[tuple[str, str | None], str]

    def namn(self, s: Arsserie) -> str:
        return self.sammanhang.namn(s.nu)

    def med(self, enhet: str) -> _Delade:
        """Those that have a part for an enhet."""
        har = [s for s in self.serier if any(d.del_ == enhet for d in _delar(s.punkter[-1]))]
        return replace(self, serier=har)


def build_enheter(
    u: Utvardering, serier: Sequence[Arsserie], fakta: Underlagsfakta, sidor: Mapping[str, str]
) -> tuple[Enhetsvy, ...]:
    """A page per enhet of this year's tables and splits.

    serier: all results over the years. sidor: the page of each area, by id.
    """
    lankar = {(r.id, r.grupp): f"{sidor[o.id]}#{ankare(r)}" for o in u.malomraden for r in o.resultat()}
    delade = _Delade([s for s in serier if _delar(s.punkter[-1])], fakta.sammanhang, lankar)
    namn = dict.fromkeys([c.enhet for c in u.tabeller if c.enhet])
    namn |= dict.fromkeys(d.del_ for s in delade.serier for d in _delar(s.punkter[-1]) if d.del_)
    return tuple(_vy(n, fil, u, delade.med(n)) for n, fil in _sidnamn(list(namn)))


def _delar(p: Arspunkt) -> list[Uppdelningsrad]:
    return [d for d in p.uppdelning if d.dimension == DIMENSION]


def _sidnamn(namn: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each enhet with a file name of its own, though two names may look alike in ASCII."""
    antal: Counter[str] = Counter()
    for n in namn:
        slug = slugg(n) or "utan-namn"
        antal[slug] += 1
        yield n, f"enhet-{slug}{f'--{antal[slug]}' if antal[slug] > 1 else ''}.html"


def _vy(namn: str, fil: str, u: Utvardering, delade: _Delade) -> Enhetsvy:
    celler = [c for c in u.tabeller if c.enhet == namn]
    rader = tuple(_rad(s, namn, delade) for s in delade.serier)
    i_tabell = any(c.antal is not None for c in celler)
    i_rader = any(not c.skyddad and c.visat != "–" for r in rader for c in r.ar)
    return Enhetsvy(
        namn=namn,
        sida=fil,
        mening=fogad(
            _mening(namn, i_tabell, i_rader),
            *(ordval.tillsammans(s) for s in u.sammanslagna if s.namn == namn),
            skilje=" ",
        ),
        tabell=_tabell(celler, u) if i_tabell else None,
        diagram=_diagram(fil.removesuffix(".html"), namn, delade, u),
        ar=tuple(p.ar for p in delade.serier[0].punkter) if i_rader else (),
        rader=rader if i_rader else (),
        dolt=_dolt(namn, bool(celler) and not i_tabell, bool(rader) and not i_rader) if i_tabell or i_rader else "",
        olika=_olika(celler, delade, u) if i_rader else "",
    )


def _mening(namn: str, tabell: bool, rader: bool) -> str:
    if not tabell and not rader:
        return fras(
            "För {namn} visas inga siffror. Så få har deltagit eller svarat att siffrorna kunde säga något om någon "
            "av dem. Det de har varit med om räknas ändå: det ingår i siffrorna för hela förbundet.",
            namn=namn,
        )
    vad = tal.rakna_upp(([fras("deltagarna")] if tabell else []) + ([fras("svaren")] if rader else []))
    return fras("{vad} i {namn}, bredvid hela förbundet.", vad=stor(vad), namn=namn)


def _dolt(namn: str, tabell: bool, rader: bool) -> str:
    """What is hidden whole while the rest shows, in a sentence."""
    if not tabell and not rader:
        return ""
    vad = fras("Hur många som deltog och vad det ledde till") if tabell else fras("Svaren, uppdelade efter enhet,")
    return fras(
        "{vad} visas inte för {namn}, eftersom gruppen är så liten att någon kunde kännas igen.", vad=vad, namn=namn
    )


def _olika(celler: Sequence[Tabellcell], delade: _Delade, u: Utvardering) -> str:
    """Why a row is hidden whose share stands in the table of participants: a split is hidden whole, a table by cell."""
    alla = {c.utfall: c.antal for c in u.tabeller if c.enhet is None and c.kon is None}
    visade = {(alla.get(c.utfall), alla.get(BASER[c.utfall])) for c in celler if c.procent is not None}
    dolda = [s for s in delade.serier if s.nu.fraga == "utfall" and visade_delar(s.punkter[-1], DIMENSION) is None]
    vilka = [delade.namn(s) for s in dolda if s.nu.varde is not None and (s.nu.taljare, s.nu.namnare) in visade]
    if not vilka:
        return ""
    return fras(
        "Siffran för {vilka} är skyddad i tabellen nedan. Den delas upp på alla enheter eller inte alls, och "
        "tillsammans kan delarna avslöja enskilda personer. I tabellen över deltagarna skyddas varje siffra för sig, "
        "så där kan samma andel ändå stå.",
        vilka=tal.rakna_upp(vilka),
    )


def _tabell(celler: Sequence[Tabellcell], u: Utvardering) -> Tabell:
    """The enhet's own table, with the whole förbund's share of the same row in a column more."""
    (tabell,) = deltagartabeller(celler)
    hela = {(c.utfall, c.kon): c for c in u.tabeller if c.enhet is None}
    utfall = dict.fromkeys(c.utfall for c in celler)
    rader = tuple(
        replace(rad, celler=(*rad.celler, _hela(hela.get((rad_utfall, None)))))
        for rad, rad_utfall in zip(tabell.rader, utfall, strict=True)
    )
    return replace(tabell, kolumner=(*tabell.kolumner, fras("Förbundet")), rader=rader)


def _hela(c: Tabellcell | None) -> Cell:
    if c is None:
        return Cell("–")
    return Cell(tal.visat(c.visat), c.antal is None) if c.procent is None else Cell(tal.procent(c.procent))


def _rad(s: Arsserie, namn: str, delade: _Delade) -> Enhetsrad:
    nu = (visade_delar(s.punkter[-1], DIMENSION) or {}).get(namn)
    return Enhetsrad(
        namn=delade.namn(s),
        lank=delade.lankar[s.nu.id, s.nu.grupp],
        ar=tuple(_cell(p, namn) for p in s.punkter),
        signal="" if nu is None or nu.signal is None else nu.signal.value,
        ord="" if nu is None or nu.signal is None else ordval.signal_text(nu.signal, nu.orsak),
        hela=Cell(tal.visat("–" if s.nu.visat == "-" else s.nu.visat), s.nu.visat == ".."),
    )


def _cell(p: Arspunkt, namn: str) -> Cell:
    delar = visade_delar(p, DIMENSION)
    if delar is None:
        return Cell("..", True)
    # The note is told once, with the year that differs: the figure before it was of something else.
    return Cell(tal.visat(delar[namn].visat), anm=brott_text(p) if bruten(p) else "") if namn in delar else Cell("–")


def _diagram(id_: str, namn: str, delade: _Delade, u: Utvardering) -> ChartSpec | None:
    """This year's figures of the enhet against the goals, with the whole förbund as a ring."""
    rader = tuple(r for s in delade.serier if (r := _diagramrad(s, namn, delade)) is not None)
    if not rader:
        return None
    return ChartSpec(
        id=id_,
        typ=Diagramtyp.ANDEL,
        titel=fras("{namn} mot målen", namn=namn),
        las=fras(
            "Stapeln är {namn}, ringen hela förbundet. Strecket tvärs över är målet. Bakom en stapel kan det finnas "
            "få svar, så små skillnader säger inget.",
            namn=namn,
        ),
        enhet="%",
        kalla=fras("Källa: svar och register {ar}, uppdelade efter enhet.", ar=u.ar),
        serier=(Serie(f"{namn} {u.ar}", "resultat"), Serie(fras("Hela förbundet"), "fore")),
        rader=rader,
        axel=(0, 100),
        ritade=2,
    )


def _diagramrad(s: Arsserie, namn: str, delade: _Delade) -> Rad | None:
    del_ = (visade_delar(s.punkter[-1], DIMENSION) or {}).get(namn)
    if del_ is None or del_.varde is None:
        return None
    return Rad(
        delade.namn(s),
        (
            Varde(float(del_.varde), tal.visat(del_.visat)),
            Varde(None if s.nu.varde is None else float(s.nu.varde), tal.visat(s.nu.visat)),
        ),
        signal=ordval.signal_kod(del_.signal),
        ord=ordval.signal_text(del_.signal, del_.orsak),
        under="" if s.nu.krav is None else fras("mål {krav}", krav=tal.visat(s.nu.krav)),
        grans=tuple(float(g) for g in (s.nu.gron.lag, s.nu.gron.hog) if g is not None) if s.nu.gron else (),
    )
