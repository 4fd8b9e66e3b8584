"""Underlag: the named tables of one year, held against what underlag.toml says of them. CONTRACT section 1.

The engine opens no file: the caller hands a function that fetches a file's content by its path.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias, Union

from indikatorer.beskrivning import Beskrivning, Giltighet, Kalla
from indikatorer.diagnos import HELA_FILEN, Diagnos, Fix, narmast, sakert
from indikatorer.schema import las_modell, uppraknat
from indikatorer.tabell import Tabell, las_csv, tabell_av
from indikatorer.toml.fel import Vag
from indikatorer.toml.source import TomlDokument, las_bytes, las_toml

if TYPE_CHECKING:
    import pandas as pd

# bytes: a file of text. Tabell, DataFrame: a table from elsewhere. Mapping: the files of a folder, by name.
Innehall: TypeAlias = Union[bytes, Tabell, "pd.DataFrame", Mapping[str, bytes]]
Hamtare: TypeAlias = Callable[[str], Innehall | None]

# What is "inget" rather than "ingen" when there is none of it.
NEUTRUM: Final = ("svar", "mål", "målområde", "värde")

# Years that one underlag may lead back to; more is a circle or a mistake.
FLEST_AR: Final = 10


@dataclass(frozen=True)
class Kalldata:
    """A källa with what was read of it. tabell is None for berattelser, and for a table that could not be read."""

    id: str
    kalla: Kalla
    fil: str
    tabell: Tabell | None
    texter: Mapping[str, str]


@dataclass(frozen=True)
class Underlag:
    """One year. ar: as the file says, None when it does not. trasiga: källor whose content cannot be used."""

    dok: TomlDokument
    beskrivning: Beskrivning
    kallor: Mapping[str, Kalldata]
    trasiga: frozenset[str]
    foregaende: Underlag | None

    @property
    def ar(self) -> int | None:
        """The year that underlag.toml names, if it does."""
        return self.beskrivning.ar


def las_underlag(fil: str, hamta: Hamtare, senare: tuple[str, ...] = ()) -> tuple[Underlag, list[Diagnos]]:
    """Read underlag.toml at `fil` and all files it names, and the year before if it names one.

    senare: the files of the years after, which led here.

    Returns what could be read and every fault found; with faults the rest can still be used for a preview.
    """
    dok, diagnoser = _las_dokument(fil, hamta(fil))
    beskrivning, fel = las_modell(Beskrivning, dok, (), dok.data)
    diagnoser += fel
    beskrivning = beskrivning or Beskrivning()
    diagnoser += _kontrollera_skalor(dok, beskrivning) + _kontrollera_kallor(dok, beskrivning)
    kallor: dict[str, Kalldata] = {}
    for id_, kalla in beskrivning.kalla.items():
        kallor[id_], fel = _las_kalla(dok, id_, kalla, hamta)
        diagnoser += fel
    trasiga = frozenset(id_ for id_, data in kallor.items() if data.tabell is None and data.kalla.typ != "berattelser")
    foregaende, fel = _las_foregaende(dok, beskrivning, hamta, (*senare, posixpath.normpath(fil)))
    return Underlag(dok, beskrivning, kallor, trasiga, foregaende), diagnoser + fel


def _las_dokument(fil: str, innehall: Innehall | None) -> tuple[TomlDokument, list[Diagnos]]:
    if not isinstance(innehall, bytes):
        tomt = las_toml(fil, "")
        regel = "filen finns inte, och den behövs för att veta vad tabellerna är"
        fel = Diagnos("fil-saknas", fil, HELA_FILEN, "", regel, "Se exempel/umea-2020/underlag.toml.")
        return helt_trasig(tomt), [fel]
    avkodad = las_bytes(fil, innehall)
    dok = las_toml(fil, avkodad.text)
    return helt_trasig(dok) if avkodad.diagnoser else dok, [*avkodad.diagnoser, *dok.diagnoser]


def helt_trasig(dok: TomlDokument) -> TomlDokument:
    """The document of a file that could not be read: nothing that is missing from it may be complained of."""
    return replace(dok, trasiga=frozenset({()}))


def _las_kalla(dok: TomlDokument, id_: str, kalla: Kalla, hamta: Hamtare) -> tuple[Kalldata, list[Diagnos]]:
    fil = _stig(dok, kalla.fil)
    innehall = hamta(fil)
    if kalla.typ == "berattelser":
        if not isinstance(innehall, Mapping):
            return Kalldata(id_, kalla, fil, None, {}), [_fel_fil(dok, id_, innehall, "en mapp med berättelser")]
        texter = {namn: las_bytes(f"{fil}/{namn}", data) for namn, data in sorted(innehall.items())}
        fel = [f for avkodad in texter.values() for f in avkodad.diagnoser]
        return Kalldata(id_, kalla, fil, None, {n: a.text for n, a in texter.items() if not a.diagnoser}), fel
    if innehall is None or isinstance(innehall, Mapping):
        return Kalldata(id_, kalla, fil, None, {}), [_fel_fil(dok, id_, innehall, "en fil med en tabell")]
    if not isinstance(innehall, bytes):
        tabell = innehall if isinstance(innehall, Tabell) else tabell_av(fil, innehall)
        return Kalldata(id_, kalla, fil, tabell, {}), []
    avkodad = las_bytes(fil, innehall)
    if avkodad.diagnoser:
        return Kalldata(id_, kalla, fil, None, {}), list(avkodad.diagnoser)
    last, fel = las_csv(fil, avkodad.text)
    return Kalldata(id_, kalla, fil, last, {}), fel


def _stig(dok: TomlDokument, *delar: str) -> str:
    """A path as underlag.toml writes it, from where the caller stands. Windows writes it with backslashes."""
    skriven = posixpath.join(posixpath.dirname(dok.fil), *(del_.replace("\\", "/") for del_ in delar))
    return posixpath.normpath(skriven)


def _fel_fil(dok: TomlDokument, id_: str, innehall: Innehall | None, vad: str) -> Diagnos:
    plats = dok.plats_varde(("kalla", id_, "fil"))
    finns_inte = f"finns inte; det ska vara namnet på {vad}, räknat från mappen där underlag.toml ligger"
    sort = "en mapp" if isinstance(innehall, Mapping) else "en fil"
    return Diagnos(
        kod="fil-saknas" if innehall is None else "fel-sorts-fil",
        fil=dok.fil,
        plats=plats,
        fann=dok.text[plats.start : plats.slut],
        regel=finns_inte if innehall is None else f"är {sort}, men ska vara namnet på {vad}",
        atgard="Lägg den där, eller rätta namnet." if innehall is None else "Rätta namnet, eller typ.",
        falt=f"kalla.{id_}.fil",
    )


def _las_foregaende(
    dok: TomlDokument, beskrivning: Beskrivning, hamta: Hamtare, senare: tuple[str, ...]
) -> tuple[Underlag | None, list[Diagnos]]:
    if beskrivning.foregaende is None:
        return None, []
    fil = _stig(dok, beskrivning.foregaende, "underlag.toml")
    if fil in senare or len(senare) > FLEST_AR:
        return None, [_fel_foregaende(dok, "leder tillbaka till ett underlag som redan är läst")]
    if hamta(fil) is None:
        return None, [_fel_foregaende(dok, "ska vara en mapp som har en underlag.toml")]
    return las_underlag(fil, hamta, senare)


def _fel_foregaende(dok: TomlDokument, regel: str) -> Diagnos:
    plats = dok.plats_varde(("foregaende",))
    return Diagnos(
        kod="okant-foregaende",
        fil=dok.fil,
        plats=plats,
        fann=dok.text[plats.start : plats.slut],
        regel=regel,
        atgard="Rätta sökvägen till förra årets underlag, eller ta bort raden om det inte finns något.",
        falt="foregaende",
    )


def _kontrollera_skalor(dok: TomlDokument, beskrivning: Beskrivning) -> list[Diagnos]:
    fel = []
    for id_, skala in beskrivning.skala.items():
        if len(skala.svar) != len(skala.text):
            fel.append(
                Diagnos(
                    kod="skala-olika-langd",
                    fil=dok.fil,
                    plats=dok.plats_varde(("skala", id_, "text")),
                    fann=f"Skalan ”{id_}” har {len(skala.svar)} svar och {len(skala.text)} text"
                    f"{'er' if len(skala.text) > 1 else ''}, men",
                    regel="varje svar ska ha en text",
                    atgard="Gör listorna lika långa, i samma ordning.",
                    falt=f"skala.{id_}.text",
                )
            )
        fel += _fel_giltighet(dok, ("skala", id_), skala)
        for nummer, svar in enumerate(skala.svar):
            if svar in skala.svar[:nummer]:
                fel.append(_fel_dubbelt(dok, ("skala", id_, "svar", nummer), svar, "svar i skalan"))
        texter = [text.casefold() for text in skala.text]
        for nummer, text in enumerate(texter):
            if text in texter[:nummer]:
                fel.append(_fel_dubbelt(dok, ("skala", id_, "text", nummer), skala.text[nummer], "text i skalan"))
    return fel


def _kontrollera_kallor(dok: TomlDokument, beskrivning: Beskrivning) -> list[Diagnos]:
    fel = []
    kallas: set[str] = set()
    for id_, kalla in beskrivning.kalla.items():
        if kalla.kallas.casefold() in kallas:
            fel.append(_fel_dubbelt(dok, ("kalla", id_, "kallas"), kalla.kallas, "namn på dem som svarat"))
        kallas.add(kalla.kallas.casefold())
        fel += _kontrollera_fragor(dok, beskrivning, id_, kalla)
    return fel


def _kontrollera_fragor(dok: TomlDokument, beskrivning: Beskrivning, id_: str, kalla: Kalla) -> Iterator[Diagnos]:
    texter: set[str] = set()
    for fraga_id, fraga in kalla.fraga.items():
        vag = ("kalla", id_, "fraga", fraga_id)
        if fraga.text in texter:
            yield _fel_dubbelt(dok, (*vag, "text"), fraga.text, "frågetext i källan")
        texter.add(fraga.text)
        skala = ("skala", fraga.skala)
        if fraga.skala not in beskrivning.skala and not dok.trasig(skala) and not dok.finns(skala):
            yield fel_okand(dok, (*vag, "skala"), "skala", fraga.skala, list(beskrivning.skala))
        yield from _fel_giltighet(dok, vag, fraga)


def _fel_giltighet(dok: TomlDokument, vag: Vag, giltig: Giltighet) -> Iterator[Diagnos]:
    if giltig.ar_vand():
        yield fel_vand(dok, vag, giltig)


def fel_vand(dok: TomlDokument, vag: Vag, giltig: Giltighet, indikator: str | None = None) -> Diagnos:
    """Years that end before they begin."""
    return Diagnos(
        kod="ar-upp-och-ner",
        fil=dok.fil,
        plats=dok.plats_varde((*vag, "till")),
        fann=f"”till” är {giltig.till} men",
        regel=f"ska vara {giltig.fran} eller senare, för så står det i ”fran”",
        atgard="Rätta det ena av åren.",
        falt=".".join(map(str, (*vag, "till"))),
        indikator=indikator,
    )


def _fel_dubbelt(dok: TomlDokument, vag: Vag, varde: str, vad: str) -> Diagnos:
    return Diagnos(
        kod="dubbelt-varde",
        fil=dok.fil,
        plats=dok.plats_varde(vag),
        fann=f"”{varde}”",
        regel=f"används redan som {vad}, men ska bara finnas en gång",
        atgard="Ge den ena en annan text, så att meningar och svar inte kan förväxlas.",
        falt=".".join(map(str, vag)),
    )


def okand_kod(vad: str) -> str:
    """The code of a name that refers to nothing, by what it should have been the name of."""
    return f"okan{'t' if vad in NEUTRUM else 'd'}-{vad}".translate(str.maketrans("åäö ", "aao-"))


def fel_okand(
    dok: TomlDokument,
    vag: Vag,
    vad: str,
    namn: str,
    kanda: list[str],
    indikator: str | None = None,
    ar_nyckel: bool = False,
) -> Diagnos:
    """A name at `vag`, the key or the value there, that refers to nothing, with the nearest known name as the fix."""
    kandidat = narmast(namn, kanda)
    plats = dok.plats_nyckel(vag) if ar_nyckel else dok.plats_varde(vag)
    ny = str(kandidat) if ar_nyckel else f'"{kandidat}"'
    if kandidat:
        atgard = ""
    elif kanda:
        atgard = f"De som finns är {uppraknat(f'”{k}”' for k in kanda[:12])}{' …' if len(kanda) > 12 else ''}."
    else:
        atgard = "Det finns ännu ingen att välja."
    return Diagnos(
        kod=okand_kod(vad),
        fil=dok.fil,
        plats=plats,
        fann=f"”{namn}”",
        regel=f"är {'inget' if vad in NEUTRUM else 'ingen'} {vad} som finns",
        atgard=atgard,
        kandidat=f"”{kandidat}”" if kandidat else None,
        fix=Fix(dok.fil, plats.start, plats.slut, ny) if kandidat and sakert(namn, kandidat) else None,
        falt=".".join(map(str, vag)),
        indikator=indikator,
    )
