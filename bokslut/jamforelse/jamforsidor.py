"""The pages that compare, and the files that hold their figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from bokslut import saknas, tal
from bokslut.diagram import table
from bokslut.diagram.spec import ChartSpec
from bokslut.fras import flertal, fras
from bokslut.jamforelse import enheter, grannvy
from bokslut.jamforelse.arsserie import INGET_UNDERLAG, MATTES_INTE, Arspunkt, Arsserie
from bokslut.jamforelse.over_aren import visade_delar
from bokslut.jamforelse.samlad import Jamforelse
from bokslut.oppna_data import bild
from bokslut.oppna_data.filer_att_hamta import MAPP, Fil, Filgrupp, diagram_json
from bokslut.resultatvy import OVER_AREN
from indikatorer.resultat import Utvardering

# Of a Sida: file, template, title, its name in the menu ("" keeps it out), description, data.
Siddel: TypeAlias = tuple[str, str, str, str, str, dict[str, Any]]


def build_jamforsidor(j: Jamforelse, u: Utvardering) -> Iterator[Siddel]:
    """The pages in the order of the menu; one that would be empty is left out."""
    if j.over_aren is not None:
        ar = j.over_aren.ar
        text = fras("Varje resultat {fran}–{till}, med det som har ändrats mellan åren.", fran=ar[0], till=ar[-1])
        yield OVER_AREN, "over-aren.html", fras("Över åren"), fras("Över åren"), text, {"over": j.over_aren}
    if j.enheter:
        text = fras("En sida för varje enhet, bredvid hela förbundet.")
        yield enheter.SIDA, "enheter.html", fras("Enhet för enhet"), fras("Enheter"), text, {"enheter": j.enheter}
        for e in j.enheter:
            yield e.sida, "enhet.html", e.namn, "", e.mening, {"enhet": e, "enheter": j.enheter}
    if j.grannar is not None:
        antal = len(j.grannar.grannar)
        text = flertal(
            "Resultaten {ar} bredvid {antal} annat bokslut.",
            "Resultaten {ar} bredvid {antal} andra bokslut.",
            antal,
            ar=u.ar,
            antal=antal,
        )
        yield grannvy.SIDA, "jamfor.html", fras("Jämför med andra"), fras("Jämför"), text, {"grannar": j.grannar}


def build_jamforgrupper(j: Jamforelse) -> tuple[Filgrupp, ...]:
    """The whole sets, to be listed."""
    grupper = []
    if j.over_aren is not None:
        hela = Fil(f"{MAPP}/over-aren.csv", _ar_csv(j.over_aren.serier))
        delat = Fil(f"{MAPP}/over-aren-uppdelat.csv", _uppdelat_csv(j.over_aren.serier))
        grupper.append(Filgrupp(fras("Över åren: ett resultat och år per rad"), "", (hela,), "Resultat över åren"))
        grupper.append(
            Filgrupp(
                fras("Över åren, uppdelat: en del och ett år per rad"), "", (delat,), "Uppdelade resultat över åren"
            )
        )
    return tuple(grupper)


def build_jamforfiler(j: Jamforelse, u: Utvardering) -> tuple[Fil, ...]:
    """Each chart's own files, which stand beside it in its page."""
    avsandare = f"{u.forbund}, socialt bokslut {u.ar}"
    return tuple(fil for spec in j.diagram() for fil in _diagramfiler(spec, avsandare))


def _diagramfiler(spec: ChartSpec, avsandare: str) -> tuple[Fil, ...]:
    """As the other charts, without the PNG: there are many, and a PNG takes as long as everything else together."""
    innehall = {"csv": table.to_csv(spec), "json": diagram_json(spec), "svg": bild.som_svg(spec, avsandare)}
    return tuple(Fil(f"{MAPP}/{spec.id}.{typ}", data) for typ, data in innehall.items())


def _ar_csv(serier: tuple[Arsserie, ...]) -> str:
    huvud = ["id", "nummer", "grupp", "titel", "ar", "varde", "visat", "krav", "signal", "orsak", "brott", "saknas"]
    return table.write_csv([huvud, *([*_vilket(s), *_ar_rad(p)] for s in serier for p in s.punkter)])


def _vilket(s: Arsserie) -> list[str]:
    return [s.nu.id, s.nu.nummer or "", s.nu.grupp or "", s.nu.titel]


def _ar_rad(p: Arspunkt) -> list[object]:
    """A year by column. Where there is no number `saknas` has the code of why, and `orsak` the reason."""
    brott = " ".join(b.value for b in p.brott)
    orsak = p.orsak or {INGET_UNDERLAG: "inget_underlag", MATTES_INTE: "mattes_inte"}.get(p.saknas, "")
    kod = saknas.BORTFALL if p.saknas == INGET_UNDERLAG else saknas.kod(p.varde, p.orsak)
    return [p.ar, tal.decimal(p.varde), p.visat, p.krav or "", p.signal or "", orsak, brott, kod]


def _uppdelat_csv(serier: tuple[Arsserie, ...]) -> str:
    huvud = ["id", "nummer", "grupp", "titel", "ar", "dimension", "del", "varde", "visat", "signal"]
    return table.write_csv([huvud, *(rad for s in serier for p in s.punkter for rad in _delar(s, p))])


def _delar(s: Arsserie, p: Arspunkt) -> Iterator[list[object]]:
    """The parts of a year; a hidden split has its rows and no figures."""
    for u in p.uppdelning:
        visas = visade_delar(p, u.dimension) is not None
        figur = [tal.decimal(u.varde), u.visat, u.signal or ""] if visas else ["", "..", ""]
        yield [*_vilket(s), p.ar, u.dimension, u.del_, *figur]
