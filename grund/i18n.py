"""Catalogues of translations, read from their .po files: nothing compiled has to be committed or built.

The source is Swedish, so a text that a catalogue lacks is shown as it is written.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

# Of a header only what readers of the file need: who and when stand in the history.
_OVERFLOD: Final = re.compile(
    rb'^"(?:POT-Creation-Date|PO-Revision-Date|Report-Msgid-Bugs-To|Last-Translator|Language-Team|Generated-By):.*\n',
    re.MULTILINE,
)


def las_po(fil: Path, katalog: str, doman: str) -> Catalog:
    """A catalogue as it lies on the disk; empty when there is none. katalog: the language, as its folder is called."""
    if not fil.is_file():
        return Catalog(locale=katalog, domain=doman)
    return read_po(BytesIO(fil.read_bytes()), locale=katalog, domain=doman)


def oversattning(katalog: Catalog) -> gettext.GNUTranslations:
    """A catalogue, ready to look texts up in."""
    mo = BytesIO()
    write_mo(mo, katalog)
    mo.seek(0)
    return gettext.GNUTranslations(mo)


def uppdatera_po(fil: Path, katalog: Catalog, mall: Catalog, version: str, rubrik: str) -> None:
    """Write a catalogue with exactly the texts of the template, keeping what is translated.

    The same texts give the same bytes, whenever they are written. rubrik: the comment at the top.
    """
    katalog.update(mall, no_fuzzy_matching=True, update_creation_date=False)
    katalog.obsolete.clear()
    katalog.fuzzy, katalog.version = False, version
    katalog.project, katalog.header_comment = "bokslut", rubrik
    ut = BytesIO()
    write_po(ut, katalog, width=110, no_location=True, ignore_obsolete=True)
    fil.parent.mkdir(parents=True, exist_ok=True)
    fil.write_bytes(_OVERFLOD.sub(b"", ut.getvalue()))


def ooversatta(katalog: Catalog) -> Iterator[Message]:
    """The texts that lack a translation, or some plural form of it."""
    for text in katalog:
        former = text.string if isinstance(text.string, tuple | list) else (text.string,)
        if text.id and (text.fuzzy or not all(former)):
            yield text
