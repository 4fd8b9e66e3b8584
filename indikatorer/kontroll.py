"""Holding definitions against an underlag: every name must refer to something, every limit must make sense.

Rules ask their questions here, so that the same fault is told in the same words whichever rule finds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from indikatorer.beskrivning import Fraga, Skala
from indikatorer.diagnos import Diagnos, Fix
from indikatorer.indikator import Indikator, traffade
from indikatorer.kontroll_granser import kontrollera_granser
from indikatorer.kontroll_tabell import kontrollera_urval
from indikatorer.schema import skriven, uppraknat
from indikatorer.tabell import felskriven_rubrik
from indikatorer.toml.fel import Vag
from indikatorer.toml.source import TomlDokument
from indikatorer.underlag import Kalldata, Underlag, fel_okand


class Kontroll:
    """One pass over the definitions of a config. diagnoser: what was found so far.

    grupper: names that several enheter have together.
    """

    def __init__(
        self, dok: TomlDokument, indikatorer: Mapping[str, Indikator], underlag: Underlag, grupper: Iterable[str] = ()
    ) -> None:
        self.dok = dok
        self.indikatorer = indikatorer
        self.underlag = underlag
        self.grupper = tuple(grupper)
        self.diagnoser: list[Diagnos] = []

    def kontrollera(self) -> list[Diagnos]:
        """All faults of all indicators, in the order of the file."""
        for indikator in self.indikatorer.values():
            kontrollera_granser(self, indikator)
            self._beroenden(indikator)
            indikator.kontrollera(self)
            kontrollera_urval(self, indikator)
        return self.diagnoser

    def fel(
        self, indikator: Indikator, vag: Vag, kod: str, fann: str, regel: str, atgard: str, forslag: str | None = None
    ) -> None:
        """A fault at a key of an indicator. forslag: TOML text that may stand in the place of the value."""
        hel = ("indikator", indikator.id, *vag)
        if self.dok.trasig(hel):
            return
        plats = self.dok.plats_varde(hel) if vag else self.dok.plats_nyckel(hel)
        fix = Fix(self.dok.fil, plats.start, plats.slut, forslag) if forslag and self.dok.finns(hel) else None
        falt = ".".join(map(str, hel))
        self.diagnoser.append(
            Diagnos(kod, self.dok.fil, plats, fann, regel, atgard, fix=fix, falt=falt, indikator=indikator.id)
        )

    def okand(
        self, indikator: Indikator, vag: Vag, vad: str, namn: str, kanda: Iterable[str], ar_nyckel: bool = False
    ) -> None:
        """A name that refers to nothing: the value at the path, or the key itself."""
        hel = ("indikator", indikator.id, *vag)
        if not self.dok.trasig(hel):
            self.diagnoser.append(fel_okand(self.dok, hel, vad, namn, list(kanda), indikator.id, ar_nyckel))

    def skriven(self, indikator: Indikator, *namn: str) -> bool:
        """Whether any of these keys stands there, if only so faulty that it was told when it was read."""
        return skriven(self.dok, ("indikator", indikator.id), indikator, *namn)

    def kalla(self, indikator: Indikator, vag: Vag, namn: str, *typer: str) -> Kalldata | None:
        """The källa of that name; a fault and None when there is none, or when it is of another kind than `typer`."""
        kallor = self.underlag.kallor
        data = kallor.get(namn)
        if data is None:
            passande = [k for k, d in kallor.items() if not typer or d.kalla.typ in typer]
            if not self._trasig_i_underlag(("kalla", namn)):
                self.okand(indikator, vag, "källa", namn, passande)
            return None
        if typer and data.kalla.typ not in typer:
            self.fel(
                indikator,
                vag,
                "fel-sorts-kalla",
                f"Källan ”{namn}” är av typen {data.kalla.typ} men",
                f"regeln {indikator.regel} läser {uppraknat(typer, 'eller')}",
                "Välj en annan källa eller en annan regel.",
            )
            return None
        return data

    def fraga(self, indikator: Indikator, vag: Vag, data: Kalldata, namn: str) -> Fraga | None:
        """The question of that name; a fault and None when the källa has none."""
        fraga = data.kalla.fraga.get(namn)
        if fraga is None and not self._trasig_i_underlag(("kalla", data.id, "fraga", namn)):
            self.okand(indikator, vag, "fråga", namn, data.kalla.fraga)
        return fraga

    def _trasig_i_underlag(self, vag: Vag) -> bool:
        """Whether underlag.toml has this, but so that it could not be used, which was told there."""
        return self.underlag.dok.trasig(vag) or self.underlag.dok.finns(vag)

    def skala(self, fraga: Fraga) -> Skala | None:
        """The scale of a question; None when it is unknown, which is told where the question is declared."""
        return self.underlag.beskrivning.skala.get(fraga.skala)

    def indikator(self, indikator: Indikator, vag: Vag, namn: str) -> Indikator | None:
        """The indicator of that id; a fault and None when there is none."""
        annan = self.indikatorer.get(namn)
        if annan is None and not self.dok.trasig(("indikator", namn)) and not self.dok.finns(("indikator", namn)):
            self.okand(indikator, vag, "indikator", namn, (i for i in self.indikatorer if i != indikator.id))
        return annan

    def medlemmar(self, indikator: Indikator, monster: tuple[str, ...]) -> tuple[str, ...]:
        """The ids that names and wildcards mean, in the order of the file, without the indicator itself."""
        return tuple(i for i in traffade(monster, self.indikatorer) if i != indikator.id)

    def traffar(self, indikator: Indikator, monster: str) -> bool:
        """Whether a wildcard means any other indicator in the file, also one that is faulty or of another year."""
        alla = self.dok.data.get("indikator", {})
        return any(i != indikator.id for i in traffade((monster,), alla))

    def kolumn(self, indikator: Indikator, vag: Vag, data: Kalldata, namn: str, ar_nyckel: bool = False) -> bool:
        """Whether the table has the column; a fault at the path when it does not.

        A table that is unreadable, and a header that is misspelt there, are told elsewhere.
        """
        if data.tabell is None:
            return False
        if namn in data.tabell.kolumner:
            return True
        if namn not in data.kalla.fraga and not felskriven_rubrik(data.tabell, namn):
            self.okand(indikator, vag, "kolumn", namn, data.tabell.kolumner, ar_nyckel)
        return False

    def kravd_kolumn(self, indikator: Indikator, data: Kalldata, namn: str) -> bool:
        """Whether the table has a column that the rule itself needs; a fault at its headers when it does not."""
        if data.tabell is None or namn in data.tabell.kolumner:
            return data.tabell is not None
        if namn not in data.kalla.fraga and not felskriven_rubrik(data.tabell, namn):
            self.diagnoser.append(
                Diagnos(
                    kod="saknad-kolumn",
                    fil=data.fil,
                    plats=data.tabell.rubrik(),
                    fann="Rubrikraden",
                    regel=f"saknar kolumnen ”{namn}”, som indikatorn ”{indikator.titel}” behöver",
                    atgard=f"Lägg till kolumnen {namn}.",
                    falt=namn,
                    indikator=indikator.id,
                )
            )
        return False

    def _beroenden(self, indikator: Indikator) -> None:
        if indikator.ersatter is not None:
            self.indikator(indikator, ("ersatter",), indikator.ersatter)
