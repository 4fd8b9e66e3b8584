"""The manifest of a published version: what it holds and is made of. It is read as if a stranger had written it."""

from __future__ import annotations

import json
import stat
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path, PurePosixPath
from platform import python_version
from typing import Annotated, Any, Final, Literal

from pydantic import Field, ValidationError

from bokslut.publicering.andringar import Andringar
from bokslut.publicering.kontrollsumma import Akt, Underlagssumma
from indikatorer.schema import Modell

MANIFEST: Final = "manifest.json"
FORMAT: Final = 1
# A manifest takes some hundred bytes a file; one that is larger is not ours.
STORST: Final = 5_000_000
# Libraries that decide the bytes of pages, figures and PDF.
BIBLIOTEK: Final = (
    "jinja2",
    "markdown-it-py",
    "markupsafe",
    "nh3",
    "numpy",
    "pikepdf",
    "plotly",
    "pydyf",
    "resvg-py",
    "weasyprint",
)

Summa = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class ManifestFel(Exception):
    """The manifest cannot be used. Its text names the file, the rule and what to do, in Swedish."""

    def __init__(self, fil: Path, regel: str, atgard: str) -> None:
        super().__init__(f"{fil}: {regel} {atgard}")


class Program(Modell):
    """What built the version."""

    version: str
    python: str
    bibliotek: dict[str, str]


class Godkannande(Modell):
    """Who approved it, in which role, when, and the decision it rests on ("" when that person gave none)."""

    av: str
    roll: str
    datum: str
    beslut: str


class Varning(Modell):
    """A warning of the gate that somebody answered for."""

    kod: str
    var: str
    text: str


class Overvagda(Modell):
    """Warnings that did not stop the publication, and why."""

    skal: str
    varningar: tuple[Varning, ...]


class Rattelse(Modell):
    """A correction: why `version` came, the sum of the manifest before it, and all that it changed."""

    version: int
    skal: str
    foregaende_manifest: Summa
    andringar: Andringar


class Manifest(Modell):
    """A version. akt: the sum of what was approved. rattelser: all corrections, oldest first. filer: by path.

    andra: those of filer that other förbund have published, and that ours are compared with. fjol: resultat.json of
    the versions of last year's bokslut that were known, as "2019/v1".
    """

    format: Literal[1]
    forbund: str
    ar: int
    version: int
    program: Program
    regler: Summa
    texter: dict[str, Summa]
    underlag: tuple[Underlagssumma, ...]
    andra: dict[str, Summa] = Field(default_factory=dict)
    fjol: dict[str, Summa] = Field(default_factory=dict)
    saltkontroll: Summa
    siffror: Summa
    akt: Summa
    godkannanden: tuple[Godkannande, ...]
    overvagt: Overvagda | None
    rattelser: tuple[Rattelse, ...]
    filer: dict[str, Summa]

    def as_akt(self, version: int) -> Akt:
        """What this version was made of, as if it were made again under another number."""
        return Akt(self.ar, version, self.regler, self.texter, self.underlag, self.siffror, self.andra, self.fjol)


def skriv(manifest: Manifest) -> bytes:
    """The manifest as bytes: sorted, so that the same content is the same bytes."""
    text = json.dumps(manifest.model_dump(mode="json"), ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n".encode()


def las(mapp: Path) -> Manifest:
    """Read the manifest in a folder.

    Raises:
        ManifestFel: it is missing, no file, too large, no JSON, or not shaped as a manifest.
    """
    fil = mapp / MANIFEST
    data = las_begransat(fil, STORST)
    try:
        manifest = Manifest.model_validate_json(data)
    except ValidationError as fel:
        raise _fel_form(fil, fel) from None
    if otillatna := [namn for namn in manifest.filer if not _ar_inne(namn)]:
        regel = f"nämner filen {i_klartext(otillatna[0])}, som ligger utanför mappen."
        raise ManifestFel(fil, regel, "Ett manifest som bokslut skriver gör aldrig det. Lita inte på versionen.")
    return manifest


def las_begransat(fil: Path, storst: int) -> bytes:
    """The bytes of a plain file that is not too large.

    Raises:
        ManifestFel: it is something else, or cannot be read.
    """
    try:
        lage = fil.lstat()
        if not stat.S_ISREG(lage.st_mode):
            raise ManifestFel(fil, "är ingen vanlig fil.", "Hämta mappen på nytt därifrån den publicerades.")
        if lage.st_size > storst:
            regel = f"är {lage.st_size // 1_000_000} MB, och ska vara högst {storst // 1_000_000} MB."
            raise ManifestFel(fil, regel, "Den är inte skriven av bokslut.")
        return fil.read_bytes()
    except FileNotFoundError:
        atgard = "Peka ut mappen för en version, som publicerat/2020/v1, eller hämta mappen från säkerhetskopian."
        raise ManifestFel(fil, "finns inte.", atgard) from None
    except (OSError, ValueError) as fel:
        orsak = fel.strerror if isinstance(fel, OSError) else "namnet kan inte vara en fils"
        raise ManifestFel(fil, f"går inte att läsa: {orsak}.", "Kontrollera sökväg och rättigheter.") from None


def program() -> Program:
    """This program and the libraries here that decide bytes; a library that is not installed is left out."""
    finns = {namn: v for namn in BIBLIOTEK if (v := _version(namn)) is not None}
    return Program(version=programversion(), python=python_version(), bibliotek=finns | _pango())


def programversion() -> str:
    """The version of this program; "okänd" where it is not installed."""
    return _version("bokslut") or "okänd"


def i_klartext(namn: str) -> str:
    """A name that somebody else wrote, so that it can be shown: nothing in it moves the terminal."""
    return "".join(t if t.isprintable() else ascii(t)[1:-1] for t in namn)


def _version(namn: str) -> str | None:
    try:
        return version(namn)
    except PackageNotFoundError:
        return None


def _pango() -> dict[str, str]:
    """What draws the letters of the PDF is no library of Python's. Empty where it is missing."""
    try:
        from weasyprint.text.ffi import pango
    except OSError:
        return {}
    return {"pango": str(pango.pango_version())}


def _ar_inne(namn: str) -> bool:
    stig = PurePosixPath(namn)
    inne = bool(stig.parts) and not stig.is_absolute() and ".." not in stig.parts and stig.as_posix() == namn
    return inne and not {"\\", "\0", ":"} & set(namn)


def _fel_form(fil: Path, fel: ValidationError) -> ManifestFel:
    forsta: Any = fel.errors(include_url=False, include_context=False, include_input=False)[0]
    plats = i_klartext(".".join(map(str, forsta["loc"])))
    if forsta["type"] == "json_invalid":
        return ManifestFel(fil, "är ingen hel JSON-fil.", "Hämta mappen på nytt därifrån den publicerades.")
    regel = f"{plats[:200]} har inte den form som ett manifest ska ha."
    if plats == "format":
        regel = f"har inte format {FORMAT}, som är det som den här versionen av programmet läser."
    return ManifestFel(fil, regel, "Hämta mappen på nytt därifrån den publicerades, eller uppdatera programmet.")
