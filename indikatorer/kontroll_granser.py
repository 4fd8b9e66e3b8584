"""Whether limits make sense: of a kind that the rule takes, within reach, yellow weaker than green."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indikatorer.gransvarde import PROCENT, Grans, Granstyp, gissa_fras
from indikatorer.indikator import Indikator
from indikatorer.schema import uppraknat
from indikatorer.tal import skriv_exakt

if TYPE_CHECKING:
    from indikatorer.kontroll import Kontroll


def kontrollera_granser(k: Kontroll, indikator: Indikator) -> None:
    """Check gron and gul."""
    for nyckel, grans in (("gron", indikator.gron), ("gul", indikator.gul)):
        if grans is not None:
            _grans(k, indikator, nyckel, grans)
    if indikator.gul is None:
        return
    if indikator.gron is None:
        if not k.skriven(indikator, "gron"):
            regel = "kan inte stå ensam: det gula är det som inte riktigt når det gröna"
            k.fel(indikator, ("gul",), "gul-utan-gron", "”gul”", regel, "Lägg till gron = och en gräns.")
    elif {indikator.gul.typ, indikator.gron.typ} <= indikator.granser - {Granstyp.SVAR} and not (
        indikator.gul.ar_svagare_an(indikator.gron)
    ):
        k.fel(
            indikator,
            ("gul",),
            "gul-inte-svagare",
            f"”{indikator.gul.text}”",
            f"ska vara lättare att nå än den gröna gränsen ”{indikator.gron.text}”",
            "Sänk kravet för gult, eller ta bort raden.",
        )


def _grans(k: Kontroll, indikator: Indikator, nyckel: str, grans: Grans) -> None:
    if grans.typ not in indikator.granser:
        _fel_sorts_grans(k, indikator, nyckel, grans)
    elif (
        grans.typ in PROCENT
        and any(t is not None and t > 100 for t in (grans.lag, grans.hog))
        and indikator.hogst_hundra
    ):
        k.fel(
            indikator,
            (nyckel,),
            "grans-utanfor",
            f"”{grans.text}”",
            "ska ligga mellan 0 och 100 %, för ingen andel kan vara större",
            "Rätta talet.",
        )
    elif grans.lag is not None and grans.hog is not None and grans.lag > grans.hog:
        text = f"mellan {skriv_exakt(grans.hog)} och {skriv_exakt(grans.lag)} %"
        regel, atgard = "ska ha det lägre talet först", f'Skriv "{text}".'
        k.fel(indikator, (nyckel,), "zon-upp-och-ner", f"”{grans.text}”", regel, atgard, f'"{text}"')


def _fel_sorts_grans(k: Kontroll, indikator: Indikator, nyckel: str, grans: Grans) -> None:
    forslag = gissa_fras(grans.text, indikator.granser)
    if indikator.granser:
        tar = f"som tar {uppraknat(sorted(f'”{t.value}”' for t in indikator.granser), 'eller')}"
        atgard = f'Skriv "{forslag}".' if forslag else "Skriv om gränsen, eller välj en annan regel."
    else:
        tar, atgard = "som inte har någon gräns", "Ta bort raden, eller välj en annan regel."
    regel = f"passar inte regeln {indikator.regel}, {tar}"
    fix = f'"{forslag}"' if forslag else None
    k.fel(indikator, (nyckel,), "fel-sorts-grans", f"”{grans.text}”", regel, atgard, fix)
