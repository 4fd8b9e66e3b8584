"""A small underlag from strings, for the tests beside it: the engine opens no file, so a test hands it the texts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from indikatorer.definition import Definitioner, las_definitioner
from indikatorer.evaluate import evaluate
from indikatorer.forberedelse import Forberett, forbered
from indikatorer.mening import Sprak
from indikatorer.resultat import Utvardering, som_json
from indikatorer.underlag import Innehall, Underlag, las_underlag

HUVUD = """\
[bokslut]
forbund = "Provförbundet"
ar = 2020

[standard]
raknas_inte = ["vill_inte_svara"]

[malomrade.omrade]
nummer = 1
titel = "Området"

[mal.malet]
malomrade = "omrade"
text = "Målet."

"""
SKALOR = """\
[skala.ja_nej]
svar = ["ja", "nej"]
text = ["Ja", "Nej"]
ordnad = false

[skala.lage]
svar = ["nej", "i_stort_sett", "ja"]
text = ["Nej", "Ja, i stort sett", "Ja"]

[skala.del_6]
svar = ["inte_alls", "till_liten_del", "delvis", "till_stor_del", "till_mycket_stor_del", "helt_och_hallet"]
text = ["Inte alls", "Till liten del", "Delvis", "Till stor del", "Till mycket stor del", "Helt och hållet"]

[skala.utfall]
svar = ["arbete", "extratjanst", "studier", "fortsatt", "saknar_arbetsformaga", "avbrott_halsa", "avbrott_ovrigt"]
text = ["Arbete", "Extratjänst", "Studier", "Fortsatt", "Saknar arbetsförmåga", "Avbrott, hälsa", "Övriga avbrott"]
ordnad = false

"""


@dataclass(frozen=True)
class Prov:
    """A config and an underlag, as texts.

    config: the [indikator.…] tables; titel and mal are put in where they lack. kallor: the [kalla.…] tables.
    filer: what they name. fore: the underlag of the year before.
    """

    config: str = ""
    kallor: str = ""
    filer: Mapping[str, Innehall | str] = field(default_factory=dict)
    skalor: str = SKALOR
    huvud: str = HUVUD
    fore: "Prov | None" = None

    def definitioner(self) -> Definitioner:
        definitioner, fel = las_definitioner("indicators.toml", (self.huvud + _fyll_i(self.config)).encode())
        assert definitioner is not None
        assert list(map(str, fel)) == []
        return definitioner

    def underlag(self) -> Underlag:
        underlag, fel = las_underlag("nu/underlag.toml", self.innehall("nu").get)
        assert list(map(str, fel)) == []
        return underlag

    def innehall(self, mapp: str) -> dict[str, Innehall]:
        """All files of this year and the ones before, by path."""
        rad = f'foregaende = "../{mapp}-fore"\n' if self.fore is not None else ""
        texter: dict[str, Innehall | str] = {"underlag.toml": rad + self.skalor + self.kallor, **self.filer}
        aldre = {} if self.fore is None else self.fore.innehall(f"{mapp}-fore")
        bytes_ = {f"{mapp}/{namn}": t.encode() if isinstance(t, str) else t for namn, t in texter.items()}
        return aldre | bytes_

    def forberett(self) -> Forberett:
        return forbered(self.definitioner(), self.underlag())

    def utvarderat(self, minsta: int = 0) -> Utvardering:
        return evaluate(self.forberett(), minsta)

    def json(self, minsta: int = 0) -> dict[str, Any]:
        return som_json(self.utvarderat(minsta))

    def alla(self, minsta: int = 0) -> list[dict[str, Any]]:
        """The results, as the JSON has them."""
        return self.json(minsta)["indikatorer"]

    def ett(self, minsta: int = 0) -> dict[str, Any]:
        """The first result."""
        return self.alla(minsta)[0]

    def sprak(self) -> Sprak:
        return self.definitioner().sprak(self.underlag(), 2020, 5)


def _fyll_i(config: str) -> str:
    """Contract examples leave out what every indicator has."""
    block = re.split(r"^(?=\[indikator\.)", config, flags=re.M)
    return "".join(map(_med_titel_och_mal, block))


def _med_titel_och_mal(block: str) -> str:
    huvud = re.match(r"\[indikator\.([^\]]+)\].*\n", block)
    if huvud is None:
        return block
    nya = "" if re.search("^titel =", block, re.M) else f'titel = "Titel {huvud[1]}"\n'
    nya += "" if re.search("^(mal|under) =", block, re.M) else 'mal = "malet"\n'
    return huvud[0] + nya + block[huvud.end() :]


def kalltext(id_: str, typ: str, fragor: Mapping[str, str], uppgifter: str, skydd: str) -> str:
    rader = [
        f"[kalla.{id_}]",
        f'typ = "{typ}"',
        f'skydd = "{skydd}"',
        f'kallas = "de i {id_}"',
        f'fil = "{id_}{".csv" if typ != "berattelser" else ""}"',
        'period = "2020"',
        uppgifter,
        *(f'[kalla.{id_}.fraga.{f}]\ntext = "Fråga {f}?"\nskala = {s}' for f, s in fragor.items()),
    ]
    return "\n".join(rader) + "\n\n"


def kalla(id_: str, typ: str = "enkat", uppgifter: str = "", skydd: str = "personer", **fragor: str) -> str:
    """The description of a källa. fragor: name → scale; "ja_nej!" is a sensitive question."""
    skalor = {f: f'"{s.rstrip("!")}"' + ("\nkanslig = true" if s.endswith("!") else "") for f, s in fragor.items()}
    return kalltext(id_, typ, skalor, uppgifter, skydd)


def csv_text(rubriker: str, *rader: str) -> str:
    """CSV of rows such as "ja,kvinna"; a row may be repeated: "ja,kvinna * 3"."""
    upprepade = [rad.partition(" * ") for rad in rader]
    return "\n".join([rubriker, *(r for r, _, n in upprepade for _ in range(int(n or 1)))]) + "\n"
