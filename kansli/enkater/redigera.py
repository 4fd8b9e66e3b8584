"""Changing a questionnaire's file a piece at a time: comments, order and white space stay as they were.

A value is put in the exact place of the one before it; a question is moved as the lines that it stands on, with the
comment right above it. Afterwards the file is read again: it must say what was meant, and nothing else may differ.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

import tomlkit

from indikatorer.toml.source import TomlDokument, las_toml
from kansli.sprak import mark

# What a key may be given; None takes it away.
Varde = str | int | bool | Sequence[str] | Mapping[str, Any] | None
Andring = Callable[[str], str]
OLASLIG: Final = mark("Den här delen av filen är skriven så att formuläret inte kan ändra den. Ändra den som text.")
TRASIG: Final = mark("Filen har fel i sin form, så formulären kan inte ändra den. Rätta den som text.")


class RedigeringFel(ValueError):
    """The form cannot make this change; nothing was changed. Its text is what a person reads."""


def satt(text: str, tabell: tuple[str, ...], falt: Mapping[str, Varde]) -> str:
    """The file with keys of one table set, or taken away.

    Raises:
        RedigeringFel: the table is written in a way that is too unlike the usual.
    """
    ny = text
    for nyckel, varde in falt.items():
        ny = _satt_en(ny, tabell, nyckel, varde)
    vantat = _lasta(text)
    mal = _gren(vantat, tabell)
    for nyckel, varde in falt.items():
        mal.pop(nyckel, None)
        if varde is not None:
            mal[nyckel] = _som_data(varde)
    return _kontrollera(ny, vantat)


def lagg_till(text: str, slag: str, id_: str, falt: Mapping[str, Varde], efter: str | None) -> str:
    """The file with a new [slag.id_] after another of its kind; None: first of its kind, or last in the file.

    Raises:
        RedigeringFel: as `satt`.
    """
    vantat = _lasta(text)
    vantat.setdefault(slag, {})[id_] = {n: _som_data(v) for n, v in falt.items() if v is not None}
    ny = _som_text(slag, id_, falt)
    dok, finns = las_toml("", text), list(_lasta(text).get(slag, {}))
    if efter is not None:
        slut = _block(dok, slag, efter)[1]
        return _kontrollera(f"{text[:slut]}\n\n{ny}{text[slut:]}", vantat)
    if finns:
        start = _block(dok, slag, finns[0])[0]
        return _kontrollera(f"{text[:start]}{ny}\n\n{text[start:]}", vantat)
    rent = text.rstrip("\n")
    return _kontrollera(f"{rent}\n\n{ny}\n" if rent else f"{ny}\n", vantat)


def ta_bort(text: str, *vag: str) -> str:
    """The file without [slag.id], or without [enhet], which is a table by itself.

    Raises:
        RedigeringFel: as `satt`.
    """
    vantat = _lasta(text)
    ovan = _gren(vantat, vag[:-1])
    ovan.pop(vag[-1])
    if len(vag) > 1 and not ovan:
        vantat.pop(vag[0])
    start, slut = _block(las_toml("", text), *vag)
    return _kontrollera((text[:start] + text[slut:].lstrip("\n")).rstrip("\n") + "\n", vantat)


def flytta(text: str, id_: str, steg: int) -> str:
    """The file with a question one place later (steg 1) or earlier (-1); unchanged where it is last or first."""
    vantat = _lasta(text)
    ordning = list(vantat["fraga"])
    har = ordning.index(id_)
    dit = har + steg
    if not 0 <= dit < len(ordning):
        return text
    forst, sist = sorted((har, dit))
    dok = las_toml("", text)
    (a, b), (c, d) = _block(dok, "fraga", ordning[forst]), _block(dok, "fraga", ordning[sist])
    if not a < b <= c < d:
        raise RedigeringFel(OLASLIG)
    ny = text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]
    ordning[har], ordning[dit] = ordning[dit], ordning[har]
    if list(_lasta(ny).get("fraga", {})) != ordning:
        raise RedigeringFel(OLASLIG)
    return _kontrollera(ny, vantat)


def byt_id(text: str, gammalt: str, nytt: str) -> str:
    """The file with a question under another id, in its heading and in the conditions that name it."""
    vantat = _lasta(text)
    vantat["fraga"] = {nytt if namn == gammalt else namn: falt for namn, falt in vantat["fraga"].items()}
    dok = las_toml("", text)
    plats = dok.plats_nyckel(("fraga", gammalt))
    platser = [(plats.start, plats.slut, nytt)]
    for namn, falt in vantat["fraga"].items():
        if isinstance(falt.get("visas_om"), dict) and falt["visas_om"].get("fraga") == gammalt:
            falt["visas_om"]["fraga"] = nytt
            varde = dok.plats_varde(("fraga", gammalt if namn == nytt else namn, "visas_om", "fraga"))
            platser.append((varde.start, varde.slut, f'"{nytt}"'))
    for start, slut, ord_ in sorted(platser, reverse=True):
        text = text[:start] + ord_ + text[slut:]
    return _kontrollera(text, vantat)


def _satt_en(text: str, tabell: tuple[str, ...], nyckel: str, varde: Varde) -> str:
    dok, vag = las_toml("", text), (*tabell, nyckel)
    if not dok.finns(vag):
        return text if varde is None else _lagg_rad(dok, tabell, f"{nyckel} = {_toml(varde)}")
    fanns = _gren(dok.data, tabell)[nyckel]
    if varde is not None and fanns == _som_data(varde):
        return text
    plats = dok.plats_varde(vag)
    if isinstance(fanns, Mapping) and text[plats.start] == "[":  # a table under a heading of its own
        start, slut = plats.start, _slut(dok, vag)
        utan = text[:start] + text[slut:].lstrip("\n")
        return utan if varde is None else _lagg_rad(las_toml("", utan), tabell, f"{nyckel} = {_toml(varde)}")
    if varde is not None:
        return text[: plats.start] + _toml(varde) + text[plats.slut :]
    borjan = text.rfind("\n", 0, dok.plats_nyckel(vag).start) + 1
    return text[:borjan] + text[_radslut(text, plats.slut) + 1 :]


def _lagg_rad(dok: TomlDokument, tabell: tuple[str, ...], rad: str) -> str:
    """A new line after the last one of a table's own."""
    if not dok.finns(tabell):
        if len(tabell) != 1:
            raise RedigeringFel(OLASLIG)
        return f"[{tabell[0]}]\n{rad}\n\n{dok.text}"
    huvud = dok.plats_tabell(tabell).slut
    egna = [(dok.plats_varde((*tabell, n)), v) for n, v in _gren(dok.data, tabell).items()]
    slut = max([huvud, *(p.slut for p, v in egna if not (isinstance(v, Mapping) and dok.text[p.start] == "["))])
    slut = _radslut(dok.text, slut)
    return f"{dok.text[:slut]}\n{rad}{dok.text[slut:]}"


def _block(dok: TomlDokument, *vag: str) -> tuple[int, int]:
    """Where a table stands: from the comment right above it to the end of its last line."""
    huvud = dok.plats_tabell(vag)
    if not dok.finns(vag) or dok.text[huvud.start : huvud.start + 1] != "[":
        raise RedigeringFel(OLASLIG)
    start = dok.text.rfind("\n", 0, huvud.start) + 1
    while start and (ovan := dok.text.rfind("\n", 0, start - 1) + 1) < start and dok.text[ovan:start].startswith("#"):
        start = ovan
    return start, _slut(dok, vag)


def _slut(dok: TomlDokument, vag: tuple[str, ...]) -> int:
    """The end of the last line of a table, with what is under headings below its own."""
    plats = dok.plats_varde(vag)
    return _radslut(dok.text, max([plats.slut, *_sluten(dok, vag, _gren(dok.data, vag))]))


def _sluten(dok: TomlDokument, vag: tuple[str, ...], tabell: Mapping[str, Any]) -> Iterator[int]:
    for namn, varde in tabell.items():
        yield dok.plats_varde((*vag, namn)).slut
        if isinstance(varde, Mapping):
            yield from _sluten(dok, (*vag, namn), varde)


def _radslut(text: str, fran: int) -> int:
    slut = text.find("\n", fran)
    return len(text) if slut < 0 else slut


def _gren(data: Mapping[str, Any], vag: tuple[str, ...]) -> Any:
    gren: Any = data
    for steg in vag:
        gren = gren[steg] if isinstance(gren, Mapping) and steg in gren else gren.setdefault(steg, {})
    return gren


def _lasta(text: str) -> dict[str, Any]:
    """The file's values.

    Raises:
        RedigeringFel: it is no TOML.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise RedigeringFel(TRASIG) from None


def _kontrollera(ny: str, vantat: dict[str, Any]) -> str:
    try:
        blev = tomllib.loads(ny)
    except tomllib.TOMLDecodeError:
        raise RedigeringFel(OLASLIG) from None
    if blev != vantat:
        raise RedigeringFel(OLASLIG)
    return ny


def _som_text(slag: str, id_: str, falt: Mapping[str, Varde]) -> str:
    rader = (f"{nyckel} = {_toml(varde)}" for nyckel, varde in falt.items() if varde is not None)
    return "\n".join((f"[{slag}.{id_}]", *rader))


def _som_data(varde: Varde) -> Any:
    return list(varde) if isinstance(varde, tuple) else dict(varde) if isinstance(varde, Mapping) else varde


def _toml(varde: Varde) -> str:
    """A value as it is written on one line."""
    if isinstance(varde, Mapping):
        return f"{{ {', '.join(f'{namn} = {_toml(inre)}' for namn, inre in varde.items())} }}"
    if isinstance(varde, str | int):
        return tomlkit.item(varde).as_string()
    return f"[{', '.join(map(_toml, varde or ()))}]"
