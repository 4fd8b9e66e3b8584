"""Good examples: Markdown files whose front matter says what they are about and whether they may be shown."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated

from indikatorer.diagnos import HELA_FILEN, Diagnos
from indikatorer.resultat import Berattelse
from indikatorer.schema import Lista, Modell, Text, las_modell
from indikatorer.toml.source import TomlDokument, las_toml
from indikatorer.underlag import Kalldata

GRANS = "+++"


class Avidentifierad(Modell):
    """What has been looked for in a story and taken away: each is true when somebody has made sure of it."""

    alder: bool = False
    plats: bool = False
    diagnos: bool = False
    utbildning: bool = False

    def kvar(self) -> tuple[str, ...]:
        """What nobody has made sure of yet."""
        return tuple(namn for namn in type(self).model_fields if not getattr(self, namn))


class Inledning(Modell):
    """The front matter of a story. granskad_av: who reviewed it, "" while nobody has.

    fler_indikatorer, mal: ids of other indicators and of goals that it is about.
    """

    titel: Text
    indikator: Text
    enhet: str = ""
    samtycke: bool
    granskad_av: str
    publicerad: bool
    fler_indikatorer: Annotated[tuple[Text, ...], Lista] = ()
    mal: Annotated[tuple[Text, ...], Lista] = ()
    avidentifierad: Avidentifierad = Avidentifierad()

    def far_visas(self) -> bool:
        """Whether it counts and may be published. CONTRACT section 1."""
        return self.samtycke and self.publicerad and bool(self.granskad_av.strip())


def publicerade(kalla: Kalldata) -> list[Berattelse]:
    """The stories of a källa that may be shown: consented, reviewed and published. Faulty files are not among them."""
    filer = (las_berattelse(f"{kalla.fil}/{namn}", text) for namn, text in kalla.texter.items())
    return [
        _berattelse(inledning, text)
        for (inledning, _, fel), text in zip(filer, kalla.texter.values(), strict=True)
        if inledning is not None and not fel and inledning.far_visas()
    ]


def _berattelse(i: Inledning, text: str) -> Berattelse:
    return Berattelse(i.titel, i.indikator, i.enhet, innehall(text), i.fler_indikatorer, i.mal, i.granskad_av)


@lru_cache(maxsize=256)
def las_berattelse(fil: str, text: str) -> tuple[Inledning | None, TomlDokument, tuple[Diagnos, ...]]:
    """Read the front matter of a story, with its places in the file; None when too much of it is wrong.

    Kept, since a story is read when the underlag is checked and again when its examples are counted.
    """
    slut = text.find(f"\n{GRANS}", len(GRANS))
    if not text.startswith(GRANS) or slut < 0:
        regel = f"ska börja med sina uppgifter (titel, indikator, samtycke …) mellan två rader med bara {GRANS}"
        fel = Diagnos("saknad-inledning", fil, HELA_FILEN, "Berättelsen", regel, "Jämför med en annan berättelse.")
        return None, las_toml(fil, ""), (fel,)
    # Blanks in the place of the first mark keep every line and column of the file.
    dok = las_toml(fil, " " * len(GRANS) + text[len(GRANS) : slut + 1])
    inledning, fel_i_nycklar = las_modell(Inledning, dok, (), dok.data)
    return inledning, dok, (*dok.diagnoser, *fel_i_nycklar)


def borjan(text: str) -> int:
    """Where the story itself begins, after its front matter."""
    return text.index(f"\n{GRANS}", len(GRANS)) + 1 + len(GRANS)


def innehall(text: str) -> str:
    """The story itself, as Markdown."""
    return text[borjan(text) :].replace("\r\n", "\n").strip()
