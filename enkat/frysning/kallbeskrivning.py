"""From a questionnaire to what the engine eats: the columns of its frozen table, and its part of underlag.toml."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from enkat.formular import VILL_INTE_SVARA, Enkat, Fraga, Skala, Svar

BAKGRUND: Final = ("enhet", "kon")
# Of each option of a flera_val: whether it was chosen.
VALD: Final = Skala(svar=("ja", "nej"), text=("Ja", "Nej"), ordnad=False)


def kolumner(enkat: Enkat) -> tuple[str, ...]:
    """The columns of the frozen table. A flera_val has one per option, a matris one per row, a text none."""
    return (*BAKGRUND, *(namn for fraga in enkat.fragor if fraga.id != "kon" for namn in _kolumner(enkat, fraga)))


def som_rad(enkat: Enkat, svar: Svar, enhet: str = "") -> dict[str, str]:
    """One respondent's answers, as `rensa` gives them, as a row: a value for each column, "" where unanswered."""
    rad = {"enhet": enhet, "kon": ""}
    for fraga in enkat.fragor:
        varde = svar.get(fraga.id, "")
        if fraga.typ == "flera_val":
            rad |= {f"{fraga.id}.{a}": _vald(a, varde) for a in enkat.alternativ(fraga)}
        elif fraga.typ != "text":
            rad |= {nyckel: str(svar.get(nyckel, "")) for nyckel in fraga.nycklar}
    return rad


def fragor_som_kolumner(enkat: Enkat) -> Iterator[tuple[str, str, str | None, Fraga]]:
    """Column, its text, the id of its scale (None: a tal or datum) and its question; without the background."""
    for fraga in enkat.fragor:
        if fraga.id == "kon" or fraga.typ == "text":
            continue
        skala = enkat.skala(fraga)
        if fraga.typ == "flera_val" and skala is not None:
            for svar, text in zip(skala.svar, skala.text, strict=True):
                yield f"{fraga.id}.{svar}", f"{fraga.text} {text}", "ja_nej", fraga
        elif fraga.typ == "matris":
            for rad, text in fraga.rader:
                yield f"{fraga.id}.{rad}", f"{fraga.text} {text}", fraga.skala_id, fraga
        else:
            yield fraga.id, fraga.text, fraga.skala_id, fraga


def skalor_i_kolumner(enkat: Enkat) -> dict[str, Skala]:
    """The scales that its columns have, by id, in the order they are met."""
    skalor = {"ja_nej": VALD} | dict(enkat.skalor)
    return {skala: skalor[skala] for _, _, skala, _ in fragor_som_kolumner(enkat) if skala is not None}


def underlag_kalla(
    enkat: Enkat,
    fil: str,
    period: str,
    antal: int | None = None,
    utdelade: int | None = None,
    utom: Collection[str] = (),
) -> str:
    """The part of underlag.toml that says what the frozen table is.

    fil: the table, beside underlag.toml. antal: how many there are in the population, utdelade: how many were asked;
    None where not known. utom: the scales that the file has already, from another questionnaire.
    """
    delar = [
        _tabell(f"skala.{id_}", underlag_skala(skala))
        for id_, skala in skalor_i_kolumner(enkat).items()
        if id_ not in utom
    ]
    kalla = {
        "typ": "enkat",
        "skydd": "personer",
        "kallas": enkat.kallas,
        "fil": fil,
        "period": period,
        "population": enkat.population or None,
        "population_antal": antal,
        "utdelade": utdelade,
    }
    delar.append(_tabell(f"kalla.{enkat.kalla}", kalla))
    for namn, text, skala, fraga in fragor_som_kolumner(enkat):
        if skala is not None:  # the engine describes a column by its scale; a number or a date it reads as it is
            nyckel = namn if "." not in namn else _strang(namn)
            falt = {"text": text, "skala": skala, "kanslig": True if fraga.kanslig else None}
            delar.append(_tabell(f"kalla.{enkat.kalla}.fraga.{nyckel}", falt))
    return "\n".join(delar)


def underlag_skala(skala: Skala) -> dict[str, object]:
    """A scale as underlag.toml has it."""
    falt: dict[str, object] = {"svar": list(skala.svar), "text": list(skala.text)}
    return falt if skala.ordnad else falt | {"ordnad": False}


def _kolumner(enkat: Enkat, fraga: Fraga) -> tuple[str, ...]:
    if fraga.typ == "flera_val":
        return tuple(f"{fraga.id}.{svar}" for svar in enkat.alternativ(fraga))
    return () if fraga.typ == "text" else fraga.nycklar


def _vald(svar: str, varde: str | tuple[str, ...]) -> str:
    if varde in ("", VILL_INTE_SVARA):
        return str(varde)
    return "ja" if svar in varde else "nej"


def _tabell(rubrik: str, falt: Mapping[str, object]) -> str:
    rader = (f"{nyckel} = {_varde(varde)}\n" for nyckel, varde in falt.items() if varde is not None)
    return f"[{rubrik}]\n{''.join(rader)}"


def _varde(varde: object) -> str:
    match varde:
        case bool():
            return str(varde).lower()
        case str():
            return _strang(varde)
        case list():
            return f"[{', '.join(map(_varde, varde))}]"
        case _:
            return str(varde)


def _strang(text: str) -> str:
    """Text as a basic string of TOML, on one line."""
    tecken = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return '"' + "".join(tecken.get(t, t if t >= " " and t != "\x7f" else f"\\u{ord(t):04x}") for t in text) + '"'
