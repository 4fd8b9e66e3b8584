"""Letters sent as long work: it tells how many have gone, and stops when the round closes."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session

from enkat.utskick import paminnelse
from enkat.utskick.adresslista import Adresslista, Utskick
from enkat.utskick.brev import Brevinnehall
from enkat.utskick.paminnelse import Rapport
from enkat.utskick.smtp import Epost
from kansli.jobb.besked import Besked, besked
from kansli.jobb.kor import Framsteg, Stopp, Utfall
from kansli.omgangar import store
from kansli.sprak import mark

SLAG = "brev"
ORD = mark("Utskick av brev")
PER_MINUT = 60
STANGDES = mark("Omgången stängdes medan breven skickades. Resten skickas inte, och adresserna är raderade.")
_GANGNA = mark("%(antal)s av %(alla)s brev")


class _Stangd(Exception):
    """The round closed while letters went out."""


@dataclass(frozen=True)
class Brevjobb:
    """A letter to all on a list. till: the page to go on to. konto_id: who sends it."""

    omgang_id: str
    lista: Adresslista
    utskick: Utskick
    innehall: Brevinnehall
    epost: Epost
    konto_id: str
    till: str
    osakra_igen: bool = False
    vanta: Callable[[float], None] = time.sleep

    def __call__(self, sag: Framsteg) -> Utfall:
        """Send. What could not be sent stays to be sent by the same button again."""
        alla = len(self.lista.mottagare(self.utskick, "kvar"))
        sag(besked(_GANGNA, antal=0, alla=alla), 0)
        try:
            rapport = paminnelse.skicka(
                self.lista,
                self.utskick,
                self.innehall,
                self.epost,
                _nu,
                self.osakra_igen,
                PER_MINUT,
                self._mellan(sag, alla),
            )
        except _Stangd:
            raise Stopp(besked(STANGDES), self.till) from None
        finally:
            if not store.ar_oppen(sag.session, self.omgang_id, _nu()):
                self.lista.radera()
        self._anteckna(sag.session, rapport)
        if not rapport.klar():
            raise Stopp(i_ord(rapport), self.till)
        return i_ord(rapport), self.till

    def _mellan(self, sag: Framsteg, alla: int) -> Callable[[float], None]:
        def vanta(sekunder: float) -> None:
            if not store.ar_oppen(sag.session, self.omgang_id, _nu()):
                raise _Stangd
            gangna = alla - len(self.lista.mottagare(self.utskick, "kvar"))
            sag(besked(_GANGNA, antal=gangna, alla=alla), 100 * gangna // max(1, alla))
            self.vanta(sekunder)

        return vanta

    def _anteckna(self, session: Session, rapport: Rapport) -> None:
        vem, slag = store.konto(session, self.konto_id), self.utskick.slag
        store.anteckna(session, _nu(), vem, "omgang-brev", self.omgang_id, f"{slag}: {rapport.skickade} skickade")


def i_ord(rapport: Rapport) -> list[str | Besked]:
    """What became of the letters, each address that did not get one on a line of its own."""
    nekat, osakert = mark("Togs inte emot: %(adress)s (%(ord)s)"), mark("Kan ha kommit fram, ingen vet: %(adress)s")
    delar: list[str | Besked] = [besked(mark("%(antal)s brev skickade."), antal=rapport.skickade)]
    delar += [besked(nekat, adress=adress, ord=ord_) for adress, ord_ in rapport.nekade]
    delar += [besked(osakert, adress=adress) for adress in rapport.osakra]
    if rapport.kvar or rapport.avbrott:
        kvar = mark("%(antal)s är kvar. Tryck på Skicka igen, så går resten.")
        delar += [rapport.avbrott, besked(kvar, antal=rapport.kvar)]
    return delar


def _nu() -> datetime:
    return datetime.now(UTC)
