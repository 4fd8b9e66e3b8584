"""From a TOML table to a frozen model, with every fault told in Swedish at the place where it stands.

pydantic finds what is wrong; this room says it. Its own English is never shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
from typing import Annotated, Any, Final, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from indikatorer.diagnos import Diagnos, Fix, narmast, sakert
from indikatorer.toml.fel import Vag
from indikatorer.toml.source import TomlDokument


class Modell(BaseModel):
    """A table of the config or of underlag.toml: frozen, no unknown keys, no silent conversion."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", arbitrary_types_allowed=True)


M = TypeVar("M", bound=Modell)

Text = Annotated[str, Field(min_length=1)]
# TOML has lists; a frozen model has tuples.
Lista = BeforeValidator(lambda varde: tuple(varde) if isinstance(varde, list) else varde)
Texter = Annotated[tuple[Text, ...], Lista, Field(min_length=1)]
Ar = Annotated[int, Field(ge=1900, le=2200)]

# What the unions of our models call their parts; no key of theirs is written so.
TAGGAR: Final = ("ORD", "GRUPP")

_TYPNAMN: Final = {
    "string_type": "text inom citattecken",
    "int_type": "ett heltal, utan citattecken",
    "int_from_float": "ett heltal, utan decimaler",
    "bool_type": "true eller false, utan citattecken",
    "tuple_type": "en lista inom hakparenteser",
    "dict_type": "en tabell inom klamrar, som { nyckel = värde }",
    "is_instance_of": "ett tal",
    "model_type": "en tabell inom klamrar, som { nyckel = värde }",
    "model_attributes_type": "en tabell inom klamrar, som { nyckel = värde }",
}


def las_modell(
    modell: type[M],
    dok: TomlDokument,
    sokvag: Vag,
    ra: Mapping[str, Any],
    indikator: str | None = None,
    kontext: Mapping[str, Any] | None = None,
    reserv: Mapping[str, Any] | None = None,
) -> tuple[M | None, list[Diagnos]]:
    """Read the table at `sokvag`, whose content is `ra` (keys that the caller adds may be among it).

    Returns the model and its faults. With faults the model is what is left when misspelt keys are read as what they
    must mean and other faulty keys are taken away, so that the rest can still be checked; None when too little is left.
    reserv: values for keys that must be there, to go on with when they are missing.
    """
    try:
        return modell.model_validate(ra, context=kontext), []
    except ValidationError as fel:
        detaljer = fel.errors(include_url=False)
    egna = [d for d in detaljer if not _foljer_av_trasig(dok, sokvag, d)]
    diagnoser = [_diagnos(modell, dok, sokvag, d, indikator) for d in egna if not _ar_felskriven(modell, d, detaljer)]
    return _utan_felen(modell, {**(reserv or {}), **_omdopta(modell, ra)}, kontext, reserv or {}), diagnoser


def _omdopta(modell: type[Modell], ra: Mapping[str, Any]) -> dict[str, Any]:
    """The table with misspelt keys under the name that they must mean, where nothing else has that name."""
    kanda = [namn for namn, falt in modell.model_fields.items() if falt.repr]
    narmaste = {k: k if k in kanda else narmast(str(k), kanda) for k in ra}
    return {n if n is not None and n not in ra else k: ra[k] for k, n in narmaste.items()}


def _utan_felen(
    modell: type[M], kvar: dict[str, Any], kontext: Mapping[str, Any] | None, reserv: Mapping[str, Any]
) -> M | None:
    """The model of what is left without the faulty keys; of a table that then lacks a key, without that table."""
    while True:
        try:
            return modell.model_validate(kvar, context=kontext)
        except ValidationError as fel:
            detaljer = fel.errors(include_url=False)
        fore = kvar
        for detalj in detaljer:
            vag = _vag(detalj)
            if not vag or (detalj["type"] == "missing" and not (vag := vag[:-1])):
                return None
            kvar = {**reserv, **_utan(kvar, tuple(takewhile(lambda steg: isinstance(steg, str), vag)))}
        if kvar == fore:
            return None


def _utan(tabell: Mapping[str, Any], vag: Vag) -> dict[str, Any]:
    """The table without what stands at the path. A list goes as a whole: shorter it would mean something else."""
    forsta, inre = str(vag[0]), tabell.get(str(vag[0]))
    if len(vag) > 1 and isinstance(inre, Mapping):
        return {**tabell, forsta: _utan(inre, vag[1:])}
    return {k: v for k, v in tabell.items() if k != forsta}


def _ar_felskriven(modell: type[Modell], detalj: ErrorDetails, detaljer: Sequence[ErrorDetails]) -> bool:
    """Whether the key that is missing is there, misspelt: then that is the fault."""
    vag = _vag(detalj)
    syskon = [_vag(d) for d in detaljer if d["type"] == "extra_forbidden"]
    return detalj["type"] == "missing" and any(
        s[:-1] == vag[:-1] and narmast(str(s[-1]), _nycklar(modell, s)) == vag[-1] for s in syskon
    )


def _foljer_av_trasig(dok: TomlDokument, sokvag: Vag, detalj: ErrorDetails) -> bool:
    """A key that TOML could not read is told once, by toml_source; that it is missing here follows from that."""
    return dok.trasig((*sokvag, *_vag(detalj)))


def _vag(detalj: ErrorDetails) -> Vag:
    """pydantic's path without the tags of its unions."""
    return tuple(steg for steg in detalj["loc"] if steg not in TAGGAR)


def _diagnos(
    modell: type[Modell], dok: TomlDokument, sokvag: Vag, detalj: ErrorDetails, indikator: str | None
) -> Diagnos:
    vag = (*sokvag, *_vag(detalj))
    eget = "regel" in detalj.get("ctx", {})
    bygg = _eget_fel if eget else _BYGGARE.get(detalj["type"], _fel_typ)
    return bygg(modell, dok, vag, detalj).for_indikator(indikator)


def _saknad(modell: type[Modell], dok: TomlDokument, vag: Vag, detalj: ErrorDetails) -> Diagnos:
    namn = str(vag[-1])
    return Diagnos(
        kod="saknad-nyckel",
        fil=dok.fil,
        plats=dok.plats_nyckel(vag[:-1]),
        fann=_tabellnamn(vag[:-1]),
        regel=f"ska ha nyckeln ”{namn}”",
        atgard=f"Lägg till {namn} = och ett värde.",
        falt=_falt(vag),
    )


def _okand(modell: type[Modell], dok: TomlDokument, vag: Vag, detalj: ErrorDetails) -> Diagnos:
    namn = str(vag[-1])
    kanda = _nycklar(modell, vag)
    kandidat = narmast(namn, kanda)
    plats = dok.plats_nyckel(vag)
    return Diagnos(
        kod="okand-nyckel",
        fil=dok.fil,
        plats=plats,
        fann=f"”{namn}”",
        regel="är ingen nyckel som kan stå här",
        atgard="" if kandidat else f"Ta bort den. De som kan stå här är {uppraknat(f'”{k}”' for k in kanda)}.",
        kandidat=f"”{kandidat}”" if kandidat else None,
        fix=Fix(dok.fil, plats.start, plats.slut, kandidat) if kandidat and sakert(namn, kandidat) else None,
        falt=_falt(vag),
    )


def _fel_typ(modell: type[Modell], dok: TomlDokument, vag: Vag, detalj: ErrorDetails) -> Diagnos:
    plats = dok.plats_varde(vag)
    skrivet = dok.text[plats.start : plats.slut]
    forslag = _ratt_typ(detalj["type"], detalj["input"], skrivet)
    typ = "ett heltal, utan decimaler" if isinstance(detalj["input"], float) else None
    typ = typ if detalj["type"] == "int_type" and typ else _TYPNAMN.get(detalj["type"], "skrivet på ett annat sätt")
    return Diagnos(
        kod="fel-typ",
        fil=dok.fil,
        plats=plats,
        fann=f"”{vag[-1]}” är {skrivet} men",
        regel=f"ska vara {typ}",
        atgard=f"Skriv {forslag}." if forslag else "Skriv om värdet.",
        fix=Fix(dok.fil, plats.start, plats.slut, forslag) if forslag else None,
        falt=_falt(vag),
    )


def _ratt_typ(typ: str, varde: object, skrivet: str) -> str | None:
    """The same value written as the type that is wanted, when that is plain."""
    if typ == "string_type" and isinstance(varde, int | float) and not isinstance(varde, bool):
        return f'"{skrivet}"'
    if typ == "int_type" and isinstance(varde, str) and varde.strip().isdecimal():
        return varde.strip()
    if typ in ("int_type", "int_from_float") and isinstance(varde, float) and varde.is_integer():
        return str(int(varde))
    if typ == "bool_type" and isinstance(varde, str):
        return {"true": "true", "ja": "true", "false": "false", "nej": "false"}.get(varde.strip().casefold())
    if typ == "tuple_type" and isinstance(varde, str):
        delar = [del_.strip() for del_ in varde.split(",")]
        # A comma may part several ids, or be part of one text; several words are a text.
        return None if any(" " in del_ for del_ in delar[1:]) else f"[{', '.join(map(_citerad, delar))}]"
    return None


def _citerad(text: str) -> str:
    return f'"{text}"'


def _okant_val(modell: type[Modell], dok: TomlDokument, vag: Vag, detalj: ErrorDetails) -> Diagnos:
    tillatna = [v.strip("'") for v in str(detalj["ctx"]["expected"]).replace(" or ", ", ").split(", ")]
    plats = dok.plats_varde(vag)
    kandidat = narmast(str(detalj["input"]), tillatna)
    return Diagnos(
        kod="okant-val",
        fil=dok.fil,
        plats=plats,
        fann=f"”{vag[-1]}” är {dok.text[plats.start : plats.slut]} men",
        regel=f"ska vara {_lista(tillatna)}",
        atgard="" if kandidat else "Välj ett av dem.",
        kandidat=f"”{kandidat}”" if kandidat else None,
        fix=Fix(dok.fil, plats.start, plats.slut, f'"{kandidat}"')
        if kandidat and sakert(str(detalj["input"]), kandidat)
        else None,
        falt=_falt(vag),
    )


def _langd(modell: type[Modell], dok: TomlDokument, vag: Vag, detalj: ErrorDetails) -> Diagnos:
    """A list with too few or too many parts."""
    ctx = detalj["ctx"]
    minst, hogst = ctx.get("min_length"), ctx.get("max_length")
    if not ctx.get("actual_length"):
        return _tomt(modell, dok, vag, detalj)
    plats, antal = dok.plats_varde(vag), minst or hogst
    return Diagnos(
        kod="fel-antal-varden",
        fil=dok.fil,
        plats=plats,
        fann=f"”{vag[-1]}” har {ctx['actual_length']} {'värde' if ctx['actual_length'] == 1 else 'värden'} men",
        regel=f"ska ha {'minst' if minst else 'högst'} {antal}",
        atgard="Lägg till det som saknas." if minst else "Ta bort det som är för mycket.",
        falt=_falt(vag),
    )


def _tomt(modell: type[Modell], dok: TomlDokument, vag: Vag, detalj: ErrorDetails) -> Diagnos:
    plats = dok.plats_varde(vag)
    return Diagnos(
        kod="tomt-varde",
        fil=dok.fil,
        plats=plats,
        fann=f"”{vag[-1]}” är {dok.text[plats.start : plats.slut]} men",
        regel="ska ha ett innehåll",
        atgard="Skriv ett värde, eller ta bort raden om den inte behövs.",
        falt=_falt(vag),
    )


def _utanfor(modell: type[Modell], dok: TomlDokument, vag: Vag, detalj: ErrorDetails) -> Diagnos:
    plats = dok.plats_varde(vag)
    ctx = detalj["ctx"]
    krav = f"minst {ctx['ge']}" if "ge" in ctx else f"högst {ctx['le']}" if "le" in ctx else f"större än {ctx['gt']}"
    return Diagnos(
        kod="tal-utanfor",
        fil=dok.fil,
        plats=plats,
        fann=f"”{vag[-1]}” är {dok.text[plats.start : plats.slut]} men",
        regel=f"ska vara {krav}",
        atgard="Rätta talet.",
        falt=_falt(vag),
    )


def _eget_fel(modell: type[Modell], dok: TomlDokument, vag: Vag, detalj: ErrorDetails) -> Diagnos:
    """Faults that our own validators raise as PydanticCustomError: its type is the code, its context the parts."""
    ctx = detalj.get("ctx", {})
    plats = dok.plats_varde(vag)
    forslag = ctx.get("forslag")
    return Diagnos(
        kod=detalj["type"].replace("_", "-"),
        fil=dok.fil,
        plats=plats,
        fann=ctx.get("fann", f"”{vag[-1]}” är {dok.text[plats.start : plats.slut]} men"),
        regel=ctx.get("regel", "går inte att läsa här"),
        atgard=f'Skriv "{forslag}".' if forslag else ctx.get("atgard", "Jämför med exemplen i README."),
        fix=Fix(dok.fil, plats.start, plats.slut, f'"{forslag}"') if forslag else None,
        falt=_falt(vag),
    )


_BYGGARE: Final = {
    "missing": _saknad,
    "extra_forbidden": _okand,
    "literal_error": _okant_val,
    "string_too_short": _tomt,
    "too_short": _langd,
    "too_long": _langd,
    "greater_than_equal": _utanfor,
    "less_than_equal": _utanfor,
    "greater_than": _utanfor,
}


def _nycklar(modell: type[Modell], vag: Vag) -> list[str]:
    """The keys of the model, or of the one nested where the path ends, without those that the engine adds."""
    for steg in vag[:-1]:
        falt = modell.model_fields.get(str(steg))
        nasta = _inre_modell(falt.annotation) if falt is not None else None
        modell = nasta or modell
    return [namn for namn, falt in modell.model_fields.items() if falt.repr]


def _inre_modell(typ: Any) -> type[Modell] | None:
    if isinstance(typ, type) and issubclass(typ, Modell):
        return typ
    inre = (_inre_modell(del_) for del_ in getattr(typ, "__args__", ()))
    return next((m for m in inre if m is not None), None)


def skriven(dok: TomlDokument, tabell: Vag, modell: Modell, *namn: str) -> bool:
    """Whether any of these keys stands in the table, rightly or so faulty or misspelt that it was told elsewhere."""
    if any(dok.finns((*tabell, n)) or dok.trasig((*tabell, n)) for n in namn):
        return True
    ra: Any = dok.data
    for steg in tabell:
        ra = ra.get(steg, {}) if isinstance(ra, Mapping) else {}
    kanda = list(type(modell).model_fields)
    return isinstance(ra, Mapping) and any(narmast(str(k), kanda) in namn for k in ra if k not in kanda)


def _tabellnamn(vag: Vag) -> str:
    """How a sentence names a table: "”mal.stod”", and in a list "”taljare.alla” nummer 2"."""
    if not vag:
        return "Inledningen"
    namn = f"”{'.'.join(steg for steg in vag if isinstance(steg, str))}”"
    return f"{namn} nummer {vag[-1] + 1}" if isinstance(vag[-1], int) else namn


def _falt(vag: Vag) -> str:
    return ".".join(map(str, vag))


def uppraknat(delar: Iterable[str], bindeord: str = "och") -> str:
    """Words in a row: "a", "a och b", "a, b och c"."""
    alla = list(delar)
    return alla[0] if len(alla) == 1 else f"{', '.join(alla[:-1])} {bindeord} {alla[-1]}"


def _lista(namn: Iterable[str]) -> str:
    return uppraknat((f"”{n}”" for n in namn), "eller")
