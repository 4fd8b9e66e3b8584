"""Everything that compares: years, enheter, kommuner and other förbund."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bokslut.diagram import ar
from bokslut.diagram.spec import ChartSpec
from bokslut.jamforelse.arsserie import folj
from bokslut.jamforelse.enheter import Enhetsvy, build_enheter
from bokslut.jamforelse.grannfil import Grannbokslut
from bokslut.jamforelse.grannvy import Grannvy, build_grannar
from bokslut.jamforelse.over_aren import OverAren, build_over_aren
from bokslut.resultatvy import Underlagsfakta
from indikatorer.resultat import Utvardering


@dataclass(frozen=True, slots=True)
class Jamforelse:
    """What the comparing pages show; None or empty where there is nothing to compare. kommuner: (area, chart)."""

    over_aren: OverAren | None
    enheter: tuple[Enhetsvy, ...]
    kommuner: tuple[tuple[str, ChartSpec], ...]
    grannar: Grannvy | None

    def diagram(self) -> Iterator[ChartSpec]:
        """Every chart of them."""
        if self.over_aren is not None:
            yield from (v.diagram for o in self.over_aren.omraden for v in o.vyer)
        yield from (e.diagram for e in self.enheter if e.diagram is not None)
        yield from (spec for _, spec in self.kommuner)
        if self.grannar is not None:
            yield from (i.diagram for o in self.grannar.omraden for i in o.indikatorer)


def build_jamforelse(
    u: Utvardering, fakta: Underlagsfakta, sidor: Mapping[str, str], andra: Sequence[Grannbokslut] = ()
) -> Jamforelse:
    """All comparisons. sidor: the page of each area, by id. andra: what other förbund have published."""
    serier = folj(u)
    return Jamforelse(
        over_aren=build_over_aren(u, serier, fakta, sidor),
        enheter=build_enheter(u, serier, fakta, sidor),
        kommuner=ar.kommuner(u.serier),
        grannar=build_grannar(u, andra, fakta, sidor),
    )
