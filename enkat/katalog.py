"""The catalogues kept in step with the texts: `python -m enkat.katalog` writes new texts in and takes old ones out.

A developer's and translator's tool; the running program only reads catalogues (`sprak`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg

from enkat.sprak import DOMANER, KALLSPRAK, ROT, SPRAK, Sprak, po_fil
from grund.i18n import las_po, ooversatta, uppdatera_po

_NYCKELORD: Final = {**DEFAULT_KEYWORDS, "nflertal": (1, 2)}


def extrahera(rot: Path = ROT) -> dict[str, Catalog]:
    """Every text that is looked up, as one template per domain. A text in both belongs to both."""
    mallar = {doman: Catalog(project="bokslut", domain=doman) for doman in DOMANER}
    with (rot / "babel.cfg").open(encoding="utf-8") as fil:
        metoder, val = parse_mapping_cfg(fil)  # type: ignore[no-untyped-call]
    for namn, _, text, kommentarer, _ in extract_from_dir(
        rot, metoder, val, keywords=_NYCKELORD, comment_tags=("Översättare:",)
    ):
        doman = "enkater" if namn.endswith(".toml") else "messages"
        mallar[doman].add(text, auto_comments=kommentarer)
    return mallar


def las_katalog(sprak: Sprak, doman: str, rot: Path = ROT) -> Catalog:
    """A catalogue as it lies in translations/; empty when there is none."""
    return las_po(po_fil(sprak, doman, rot), sprak.katalog, doman)


def uppdatera(sprak: Sprak, mall: Catalog, rot: Path = ROT) -> Catalog:
    """Write a catalogue with exactly the texts of the template, keeping what is translated. Returns it."""
    katalog = las_katalog(sprak, str(mall.domain), rot)
    uppdatera_po(po_fil(sprak, str(mall.domain), rot), katalog, mall, "enkat", f"# {sprak.namn}: {mall.domain}")
    return katalog


def main() -> None:
    """Bring every catalogue up to date, and say what is left to translate."""
    mallar = extrahera()
    for sprak in SPRAK:
        if sprak == KALLSPRAK:
            continue
        for doman, mall in mallar.items():
            saknas = list(ooversatta(uppdatera(sprak, mall)))
            print(f"{sprak.kod:8} {doman:9} {len(mall) - len(saknas)} av {len(mall)}")
            for text in saknas:
                print(f"    saknas: {text.id}")


if __name__ == "__main__":
    main()
