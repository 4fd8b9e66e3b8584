"""One tiny questionnaire, and one round of it: what the tests of storage, freeze and promises share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from enkat import fritext, koder, nycklar, omgang, store, store_bunt, urna
from enkat.formular import Enkat, Svar
from enkat.lasning import las_enkat
from enkat.models import Omgang
from enkat.nycklar import Hemlighet
from enkat.sealed_state import Tillstand, ny_nonce
from enkat.store import Inlamning

TOML = """
[enkat]
titel = "Provenkät"
ingress = "En enkät att prova med."
kalla = "deltagarenkat"
kallas = "deltagarna"
population = "deltagare under året"
[skala.del_4]
svar = ["inte_alls", "delvis", "till_stor_del", "helt"]
text = ["Inte alls", "Delvis", "Till stor del", "Helt"]
[skala.ja_nej]
svar = ["ja", "nej"]
text = ["Ja", "Nej"]
ordnad = false
[skala.kon]
svar = ["kvinna", "man", "annat"]
text = ["Kvinna", "Man", "Annat"]
ordnad = false
[fraga.stod]
typ = "skala"
skala = "del_4"
text = "Har du fått det stöd du behöver?"
[fraga.redo]
typ = "ja_nej"
text = "Är du mer redo att arbeta?"
[fraga.annan]
typ = "ja_nej"
text = "Har du fått en annan lösning?"
[fraga.kon]
typ = "ett_val"
skala = "kon"
text = "Vilket kön har du?"
"""
# The same with two questions that are answered in one's own words.
MED_FRITEXT = (
    TOML
    + """
[fraga.bra]
typ = "text"
langst = 500
gallras_efter_manader = 12
text = "Vad har varit bra?"
[fraga.battre]
typ = "text"
langst = 500
gallras_efter_manader = 6
text = "Vad kan bli bättre?"
"""
)
INDIKATORER = """
[bokslut]
forbund = "Samordningsförbundet Provet"
ar = 2026
minsta_grupp = 3
[standard]
raknas_inte = ["vill_inte_svara"]
[malomrade.nytta]
nummer = 1
titel = "Nytta"
[mal.person]
malomrade = "nytta"
text = "Deltagarna får det stöd som de behöver."
[indikator.stod]
nummer = "1.1"
mal = "person"
regel = "andel"
kalla = "deltagarenkat"
fraga = "stod"
svar_minst = "till_stor_del"
titel = "Stöd"
gron = "minst 50 %"
dela_upp = ["kon", "enhet"]
[indikator.framtidstro]
nummer = "1.2"
mal = "person"
regel = "andel"
kalla = "deltagarenkat"
taljare = { nagon = [ { fraga = "redo", svar = ["ja"] }, { fraga = "annan", svar = ["ja"] } ] }
namnare = "alla"
titel = "Framtidstro"
gron = "minst 50 %"
[indikator.skillnad]
nummer = "1.3"
mal = "person"
regel = "skillnad"
av = "stod"
titel = "Skillnad i stöd"
gron = "högst 20 procentenheter"
[indikator.konszon]
nummer = "1.4"
mal = "person"
regel = "konszon"
kalla = "deltagarenkat"
titel = "Könsfördelning"
gron = "mellan 40 och 60 %"
"""
NU = datetime(2026, 10, 5, 12, tzinfo=UTC)
STANGER = NU + timedelta(days=14)
EFTER = STANGER + timedelta(hours=1)


@cache
def enkat() -> Enkat:
    """The tiny questionnaire."""
    last, diagnoser = las_enkat("prov.toml", TOML.encode())
    assert last is not None, diagnoser
    return last


@dataclass
class Prov:
    """An open round of it. koder: those of every batch, as printed."""

    motor: Engine
    session: Session
    nycklar: Path
    omgang: Omgang
    papper: str
    hemlighet: Hemlighet
    koder: dict[str, list[str]] = field(default_factory=dict)

    def bunt(self, enhet: str, antal: int, **val: bool | str) -> list[str]:
        """Print codes."""
        _, nya = store_bunt.skapa_bunt(self.session, self.omgang.id, self.hemlighet, enhet, antal, **val)  # type: ignore[arg-type]
        self.koder.setdefault(enhet, []).extend(nya)
        return nya

    def tillstand(self, kod: str | None, svar: Svar, nonce: bytes | None = None, enhet: str | None = None) -> Tillstand:
        """The form of somebody with a code, answered."""
        avtryck = None if kod is None else koder.avtryck(kod, self.hemlighet.kod)
        o = self.omgang
        return Tillstand(o.id, o.enkat_id, o.fingeravtryck, "sv", nonce or ny_nonce(), avtryck, enhet, svar)

    def lamna_in(self, t: Tillstand, nu: datetime = NU, session: Session | None = None) -> Inlamning:
        """Press Skicka."""
        assert self.omgang.publik_nyckel is not None
        text = fritext.forsegla(omgang.enkat_i(self.omgang), t.svar, self.omgang.publik_nyckel, self.omgang.id)
        kuvert = self.kuvert(t.svar, t.enhet)
        return store.lamna_in(session or self.session, t, kuvert, self.hemlighet, nu, text)

    def kuvert(self, svar: Mapping[str, str | tuple[str, ...]], enhet: str | None = None) -> bytes:
        """An envelope of this round."""
        assert self.omgang.publik_nyckel is not None
        return urna.forsegla(omgang.enkat_i(self.omgang), svar, enhet, self.omgang.publik_nyckel, self.omgang.id)

    def svara(self, kod: str | None, svar: Svar, enhet: str | None = None) -> str:
        """Answer with a code from beginning to end, and be told what became of it."""
        return self.lamna_in(self.tillstand(kod, svar, enhet=enhet)).utfall


def ny_omgang(
    motor: Engine, session: Session, mapp: Path, minsta_grupp: int = 3, period: str = "2026", toml: str = TOML
) -> Prov:
    """Make a round and open it."""
    utkast = omgang.skapa(session, mapp, "prov.toml", toml.encode(), period, minsta_grupp=minsta_grupp)
    oppnad = omgang.oppna(session, mapp, utkast, NU, STANGER)
    return Prov(motor, session, mapp, oppnad.omgang, oppnad.papper, nycklar.las_hemlighet(mapp, utkast.id))
