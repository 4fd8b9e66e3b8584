"""The English catalogue of the staff's pages kept in step with them: `python -m kansli.katalog`.

A developer's and translator's tool; the running program only reads the catalogue (`sprak`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir

from bokslut.ordval import ORSAK_ORD, SIGNAL_NAMN, SIGNAL_ORD
from bokslut.publicering.godkannande import ROLLER
from enkat.lage import LAGE_I_ORD
from grund.i18n import las_po, ooversatta, uppdatera_po
from insatser import koder
from kansli.logg.store import HANDELSER
from kansli.mal.store import UTIFRAN_ORD
from kansli.sprak import DOMAN, KATALOG

# Tables that every room adds to, or that have their words where no catalogue is: the register, the rounds, the signals.
_TABELLER: Final = (
    HANDELSER,
    koder.KON,
    koder.ALDER,
    koder.UTFALL,
    koder.ANSTALLNING,
    koder.FORE,
    koder.TID,
    koder.UTBILDNING,
    koder.HANDLINGSPLAN,
    koder.SKAL,
    LAGE_I_ORD,
    SIGNAL_NAMN,
    SIGNAL_ORD,
    ORSAK_ORD,
    ROLLER,
    UTIFRAN_ORD,
)
ROT: Final = Path(__file__).resolve().parent.parent
_METODER: Final = [("kansli/**.py", "python"), ("templates/kansli/**.html", "jinja2")]
_NYCKELORD: Final = {"_": None, "_l": None, "mark": None, "gettext": None, "ngettext": (1, 2)}
_VAL: Final = {"templates/kansli/**.html": {"encoding": "utf-8", "newstyle_gettext": "true"}}


def extrahera(rot: Path = ROT) -> Catalog:
    """Every text that the pages look up, as a template."""
    mall = Catalog(project="bokslut", domain=DOMAN)
    for _, _, text, _, _ in extract_from_dir(rot, _METODER, _VAL, keywords=_NYCKELORD, directory_filter=_ar_egen):
        mall.add(text)
    for text in (text for tabell in _TABELLER for text in tabell.values()):
        mall.add(str(text))
    return mall


def _ar_egen(mapp: str | Path) -> bool:
    """Whether a folder may hold pages of ours, so that nobody else's code is read."""
    del_ = Path(mapp).relative_to(ROT).parts if Path(mapp).is_relative_to(ROT) else ()
    return not del_ or del_[0] == "kansli" or (del_[0] == "templates" and del_[1:2] in ((), ("kansli",)))


def main() -> None:
    """Bring the catalogue up to date, and say what is left to translate."""
    mall, katalog = extrahera(), las_po(KATALOG, "en", DOMAN)
    uppdatera_po(KATALOG, katalog, mall, "bokslut", "# English: the staff's pages")
    saknas = list(ooversatta(katalog))
    print(f"en       {DOMAN:9} {len(mall) - len(saknas)} av {len(mall)}")
    for text in saknas:
        print(f"    saknas: {text.id}")


if __name__ == "__main__":
    main()
