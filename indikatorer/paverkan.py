"""What a fault touches: which indicators cannot be trusted, so that a preview shows the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from indikatorer.diagnos import Diagnos
from indikatorer.forberedelse import Forberett
from indikatorer.indikator import Indikator, traffade
from indikatorer.underlag import Kalldata, Underlag

# A källa, and the column of it that is touched; None is all of it.
Rort = tuple[str, str | None]
# Faults of single cells and columns: the rest of the table can be used.
EN_KOLUMN = ("fel-svar", "saknad-kolumn")


def paverkade(forberett: Forberett, giltiga: Mapping[str, Indikator], fel: Sequence[Diagnos]) -> set[str]:
    """Ids that a fault touches: their own, those that read what it spoils, and those that build on such ones.

    fel: the faults of all years, for a definition that is faulty in one is so in all.
    """
    if not fel:
        return set()
    d = forberett.definitioner
    rort = rorda_kallor(forberett, fel)
    trasiga = {d.indikator for d in fel if d.indikator is not None} | set(_i_konfigurationen(forberett, fel, giltiga))
    trasiga |= {i.id for i in giltiga.values() if _laser(i, rort, forberett.underlag, giltiga)}
    medlemmar = d.medlemmar(forberett.ar)
    trasiga |= {i.id for i in giltiga.values() if traffade(i.beror_av(), d.trasiga)}
    for _ in giltiga:
        fler = {i.id for i in giltiga.values() if trasiga & {*i.beror_av(), *medlemmar.get(i.id, ())}}
        if fler <= trasiga:
            break
        trasiga |= fler
    return trasiga


def rorda_kallor(forberett: Forberett, fel: Iterable[Diagnos]) -> set[Rort]:
    """What is touched in which källa, by the faults that are not one indicator's own."""
    underlag = forberett.underlag
    allmanna = [d for d in fel if d.indikator is None]
    skrivna = underlag.dok.data.get("kalla", {})
    borta = {id_ for id_ in (skrivna if isinstance(skrivna, Mapping) else ()) if id_ not in underlag.kallor}
    rort: set[Rort] = {(id_, None) for id_ in (*underlag.trasiga, *borta)}
    for id_, data in underlag.kallor.items():
        for d in allmanna:
            if f"{d.fil}/".startswith(f"{data.fil}/"):
                rort.add((id_, d.falt if d.kod in EN_KOLUMN and d.falt else None))
            elif d.fil == underlag.dok.fil:
                rort |= {(id_, kolumn) for kolumn in _i_beskrivningen(id_, data, d.falt)}
    return rort


def _i_beskrivningen(id_: str, data: Kalldata, falt: str) -> Iterator[str | None]:
    """The columns of a källa that a fault at a key of underlag.toml touches."""
    fraga = f"kalla.{id_}.fraga."
    if falt.startswith(fraga):
        yield falt.removeprefix(fraga).split(".")[0]
    elif _inom(falt, f"kalla.{id_}"):
        yield None
    for namn, fragan in data.kalla.fraga.items():
        if _inom(falt, f"skala.{fragan.skala}"):
            yield namn


def _i_konfigurationen(forberett: Forberett, fel: Iterable[Diagnos], giltiga: Mapping[str, Indikator]) -> Iterator[str]:
    """Indicators that a fault of the file lies in; all of them when it lies in what they share."""
    dok = forberett.definitioner.dok
    for trasig in dok.trasiga:
        yield from (id_ for id_ in giltiga if trasig == ("indikator", id_)[: len(trasig)])
    for d in fel:
        if d.fil == dok.fil and d.indikator is None:
            alla = _inom(d.falt, "bokslut") or _inom(d.falt, "standard")
            yield from (id_ for id_ in giltiga if alla or _inom(d.falt, f"indikator.{id_}"))


def _laser(i: Indikator, rort: set[Rort], underlag: Underlag, giltiga: Mapping[str, Indikator]) -> bool:
    """Whether an indicator reads what is touched. One that names no källa searches all the stories."""
    kallor = i.kallor_(giltiga)
    if i.regel == "goda_exempel" and not kallor:
        kallor = tuple(id_ for id_, data in underlag.kallor.items() if data.kalla.typ == "berattelser")
        return underlag.dok.trasig(("kalla",)) or any((id_, None) in rort for id_ in kallor)
    for id_ in kallor:
        lasta = {*i.fragor_(id_), *i.dimensioner(), *i.urval}
        rorda = {kolumn for kalla, kolumn in rort if kalla == id_}
        if None in rorda or lasta & rorda or (rorda and not i.fragor_(id_)) or _otolkad(id_, lasta, underlag):
            return True
    return False


def _otolkad(id_: str, lasta: set[str], underlag: Underlag) -> bool:
    """Whether it reads a källa or a question that underlag.toml may have, in a part that could not be read."""
    data = underlag.kallor.get(id_)
    if data is None:
        return underlag.dok.trasig(("kalla", id_)) or underlag.dok.finns(("kalla", id_))
    return any(f not in data.kalla.fraga and underlag.dok.trasig(("kalla", id_, "fraga", f)) for f in lasta)


def _inom(falt: str, del_: str) -> bool:
    return f"{falt}.".startswith(f"{del_}.")
