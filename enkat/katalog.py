"""The catalogues kept in step with the texts: `python -m enkat.katalog` writes new texts in and takes old ones out.

A developer's and translator's tool; the running program only reads catalogues (`sprak`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from enkat.sprak import DOMANER, KALLSPRAK, ROT, SPRAK, Sprak, po_fil

_NYCKELORD: Final = {**DEFAULT_KEYWORDS, "nflertal": (1, 2)}
# Of a header only what readers of the file need: who and when stand in granskning.toml and in the history.
_OVERFLOD: Final = re.compile(
    rb'^"(?:POT-Creation-Date|PO-Revision-Date|Report-Msgid-Bugs-To|Last-Translator|Language-Team|Generated-By):.*\n',
    re.MULTILINE,
)


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
    fil = po_fil(sprak, doman, rot)
    if not fil.is_file():
        return Catalog(locale=sprak.katalog, domain=doman)
    return read_po(BytesIO(fil.read_bytes()), locale=sprak.katalog, domain=doman)


def uppdatera(sprak: Sprak, mall: Catalog, rot: Path = ROT) -> Catalog:
    """Write a catalogue with exactly the texts of the template, keeping what is translated. Returns it."""
    katalog = las_katalog(sprak, str(mall.domain), rot)
    katalog.update(mall, no_fuzzy_matching=True, update_creation_date=False)
    katalog.obsolete.clear()
    katalog.fuzzy, katalog.version = False, "enkat"
    katalog.project, katalog.header_comment = "bokslut", f"# {sprak.namn}: {mall.domain}"
    ut = BytesIO()
    write_po(ut, katalog, width=110, no_location=True, ignore_obsolete=True)
    fil = po_fil(sprak, str(mall.domain), rot)
    fil.parent.mkdir(parents=True, exist_ok=True)
    fil.write_bytes(_OVERFLOD.sub(b"", ut.getvalue()))  # the same texts give the same bytes, whenever they are written
    return katalog


def ooversatta(katalog: Catalog) -> Iterator[Message]:
    """The texts that lack a translation, or some plural form of it."""
    for text in katalog:
        former = text.string if isinstance(text.string, tuple | list) else (text.string,)
        if text.id and (text.fuzzy or not all(former)):
            yield text


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
