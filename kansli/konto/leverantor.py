"""The identity providers of an installation: its own file oidc.toml, which whoever runs the server writes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from grund.hamtning import far_hamtas
from indikatorer.diagnos import UnderlagFel
from indikatorer.schema import Lista, Modell, Text, Texter, las_modell
from indikatorer.toml.source import las_bytes, las_toml

FIL: Final = "oidc.toml"
# Where the secrets lie, one file each; no backup takes this folder along (`grund.sakerhetskopia`).
HEMLIGHETER: Final = "oidc"


@dataclass(frozen=True)
class Leverantor:
    """One who vouches for who somebody is.

    id: in addresses. namn: on the button. issuer: as its tokens name it. hemlighet: the client's, None for a public
    client. domaner: the ends of the e-mail addresses that it may vouch for. intyg: the claim that says that an address
    is verified. acr, amr: what it says when it has asked for a second factor itself; without both we ask for ours.
    """

    id: str
    namn: str
    issuer: str
    client_id: str
    domaner: frozenset[str]
    hemlighet: str | None = None
    intyg: str = "email_verified"
    acr: tuple[str, ...] = ()
    amr: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Leverantor({self.id!r})"

    def svarar_for(self, epost: str) -> bool:
        """Whether the address is one of those it may vouch for."""
        return epost.count("@") == 1 and epost.rpartition("@")[2].casefold() in self.domaner


def _ar_utgivare(text: str) -> str:
    if not far_hamtas(text) or "?" in text or "#" in text:
        raise PydanticCustomError("fel_typ", "no issuer", {"regel": "ska vara en hel adress som börjar med https://"})
    return text


def _ar_doman(text: str) -> str:
    if "@" in text or "." not in text:
        raise PydanticCustomError("fel_typ", "no domain", {"regel": "ska vara det som står efter @, som exempel.se"})
    return text.casefold()


def _ar_filnamn(text: str) -> str:
    if not re.fullmatch(r"[\w-][\w.-]*", text):
        regel = f"ska vara namnet på en fil i mappen {HEMLIGHETER}, utan sökväg"
        raise PydanticCustomError("fel_typ", "no name", {"regel": regel})
    return text


_Namn = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
_Domaner = Annotated[tuple[Annotated[Text, AfterValidator(_ar_doman)], ...], Lista, Field(min_length=1)]


class Tabell(Modell):
    """A [leverantor.…] of oidc.toml. client_secret_fil: a file in the instance's folder of secrets."""

    namn: Text
    issuer: Annotated[Text, AfterValidator(_ar_utgivare)]
    client_id: Text
    domaner: _Domaner
    client_secret_fil: Annotated[Text, AfterValidator(_ar_filnamn)] | None = None
    intyg: Text = Leverantor.intyg
    acr: Texter | None = None
    amr: Texter | None = None


class Oidcfil(Modell):
    """The file."""

    leverantor: dict[_Namn, Tabell] = Field(default_factory=dict)


def las_leverantorer(mapp: Path) -> Mapping[str, Leverantor]:
    """Those of an instance, by id; none when it has no such file.

    Raises:
        UnderlagFel: the file is faulty; all its faults.
        OSError: a secret that it names cannot be read.
    """
    fil = mapp / FIL
    if not fil.exists():
        return {}
    avkodad = las_bytes(fil.as_posix(), fil.read_bytes())
    dok = las_toml(fil.as_posix(), avkodad.text)
    last, fel = las_modell(Oidcfil, dok, (), dok.data)
    alla = [*avkodad.diagnoser, *dok.diagnoser, *fel]
    if last is None or alla:
        raise UnderlagFel(alla)
    return {id_: _leverantor(mapp, id_, tabell) for id_, tabell in last.leverantor.items()}


def _leverantor(mapp: Path, id_: str, tabell: Tabell) -> Leverantor:
    fil = tabell.client_secret_fil
    return Leverantor(
        id=id_,
        namn=tabell.namn,
        issuer=tabell.issuer,
        client_id=tabell.client_id,
        domaner=frozenset(tabell.domaner),
        hemlighet=None if fil is None else (mapp / HEMLIGHETER / fil).read_text("utf-8").strip(),
        intyg=tabell.intyg,
        acr=tabell.acr or (),
        amr=tabell.amr or (),
    )
