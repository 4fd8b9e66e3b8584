"""Good examples: Markdown files whose front matter says what they are about and whether they may be shown."""

from __future__ import annotations

from indikatorer.diagnos import HELA_FILEN, Diagnos
from indikatorer.resultat import Berattelse
from indikatorer.schema import Modell, Text, las_modell
from indikatorer.toml_source import TomlDokument, las_toml
from indikatorer.underlag import Kalldata

GRANS = "+++"


class Inledning(Modell):
    """The front matter of a story. granskad_av: who reviewed it, "" while nobody has."""

    titel: Text
    indikator: Text
    enhet: str = ""
    samtycke: bool
    granskad_av: str
    publicerad: bool

    def far_visas(self) -> bool:
        """Whether it counts and may be published. CONTRACT section 1."""
        return self.samtycke and self.publicerad and bool(self.granskad_av.strip())


def publicerade(kalla: Kalldata) -> list[Berattelse]:
    """The stories of a källa that may be shown: consented, reviewed and published. Faulty files are not among them."""
    filer = (las_berattelse(f"{kalla.fil}/{namn}", text) for namn, text in kalla.texter.items())
    return [
        Berattelse(inledning.titel, inledning.indikator, inledning.enhet, _innehall(text))
        for (inledning, _, fel), text in zip(filer, kalla.texter.values(), strict=True)
        if inledning is not None and not fel and inledning.far_visas()
    ]


def las_berattelse(fil: str, text: str) -> tuple[Inledning | None, TomlDokument, list[Diagnos]]:
    """Read the front matter of a story, with its places in the file; None when too much of it is wrong."""
    slut = text.find(f"\n{GRANS}", len(GRANS))
    if not text.startswith(GRANS) or slut < 0:
        regel = f"ska börja med sina uppgifter (titel, indikator, samtycke …) mellan två rader med bara {GRANS}"
        fel = Diagnos("saknad-inledning", fil, HELA_FILEN, "Berättelsen", regel, "Jämför med en annan berättelse.")
        return None, las_toml(fil, ""), [fel]
    # Blanks in the place of the first mark keep every line and column of the file.
    dok = las_toml(fil, " " * len(GRANS) + text[len(GRANS) : slut + 1])
    inledning, fel_i_nycklar = las_modell(Inledning, dok, (), dok.data)
    return inledning, dok, [*dok.diagnoser, *fel_i_nycklar]


def _innehall(text: str) -> str:
    return text[text.index(f"\n{GRANS}", len(GRANS)) + 1 + len(GRANS) :].replace("\r\n", "\n").strip()
