"""Every page that the survey can show, in every language: asked for once over HTTP, to be looked at in a browser.

The questionnaire has every kind of question, in sentences of the real ones, since those are translated.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias
from unittest.mock import patch

from flask.testing import FlaskClient
from sqlmodel import Session

from enkat import store_bunt
from enkat.biljett import Kvittens, Utfall, skriv_kvittens
from enkat.mottagning import Mottagning, Oppen
from enkat.papper.blankett import Uppgifter, som_html
from enkat.sprak import SPRAK, Sprak
from enkat.takt import Takt
from grund.db import LagringFel
from tests.enkatprov import Prov, Sida, bygg, page, skicka

TOML = """
[enkat]
titel = "Enkät till dig som är deltagare"
ingress = "Vi vill veta hur du har haft det hos oss. Enkäten är för dig som får eller har fått stöd i någon av våra verksamheter. Dina svar hjälper oss att göra stödet bättre. Det du svarar påverkar inte ditt stöd."
kalla = "prov"
kallas = "deltagarna"
hogst_minuter = 9
[enhet]
text = "Vilken verksamhet får du stöd av?"
hjalp = "Välj den där du är eller har varit mest."
[skala.del_6]
svar = ["inte_alls", "till_liten_del", "delvis", "till_stor_del", "till_mycket_stor_del", "helt_och_hallet"]
text = ["Inte alls", "Till liten del", "Delvis", "Till stor del", "Till mycket stor del", "Helt och hållet"]
bild = "staplar"
[skala.bra_6]
svar = ["mycket_daligt", "daligt", "ganska_daligt", "ganska_bra", "bra", "mycket_bra"]
text = ["Mycket dåligt", "Dåligt", "Ganska dåligt", "Ganska bra", "Bra", "Mycket bra"]
bild = "ansikten"
[skala.ja_nej]
svar = ["ja", "nej"]
text = ["Ja", "Nej"]
bild = "ja_nej"
ordnad = false
[skala.kon]
svar = ["kvinna", "man", "annat"]
text = ["Kvinna", "Man", "Annat"]
ordnad = false
[fraga.skala]
typ = "skala"
skala = "bra_6"
text = "Hur har du blivit bemött?"
hjalp = "Alltså hur vi har pratat med dig, lyssnat på dig och behandlat dig."
[fraga.lang]
typ = "skala"
skala = "del_6"
text = "Jag anser att vi i samverkansplattformen är medskapare och bidrar till verksamhetens uppnåendemål genom att vi konsekvent hållit oss till vårt beslutade arbetssätt"
[fraga.ja_nej]
typ = "ja_nej"
text = "Har du blivit diskriminerad på grund av bristande tillgänglighet?"
hjalp = "Till exempel för att du inte kunde komma in i lokalen, eller inte fick informationen på ett sätt som fungerar för dig. Det ska inte hända hos oss, därför frågar vi alla. Du får hoppa över frågan."
kanslig = true
[fraga.flera_val]
typ = "flera_val"
skala = "bra_6"
text = "Hur känner du inför framtiden?"
[fraga.tal]
typ = "tal"
text = "Har du fått det stöd du behöver för att öka din chans att få ett arbete?"
minst = 0
hogst = 120
[fraga.datum]
typ = "datum"
text = "Jag har hittat en annan lösning som passar mig"
[fraga.matris]
typ = "matris"
skala = "del_6"
text = "Upplever du att de du samverkar med hos andra myndigheter lyssnar på dig?"
rader = { samverkan = "Den lokala samverkan fungerar", ledning = "Den lokala ledningen för samverkan fungerar" }
[fraga.text]
typ = "text"
text = "Har det stöd du fått, hjälpt dig att hantera din livssituation?"
langst = 200
gallras_efter_manader = 12
[fraga.kon]
typ = "ett_val"
skala = "kon"
text = "Vilket kön har du?"
hjalp = "Vi frågar för att se om kvinnor och män får lika bra stöd. Vi visar aldrig svar från så få personer att någon kan kännas igen. Du får hoppa över frågan."
"""
# An answer to each question, and what is not one.
RATT: dict[str, dict[str, Any]] = {
    "skala": {"svar": "bra"},
    "lang": {"svar": "vill_inte_svara"},
    "ja_nej": {"svar": "nej"},
    "flera_val": {"svar": ["bra", "ganska_bra"]},
    "tal": {"svar": "12"},
    "datum": {"svar": "2026-02-01"},
    "matris": {"svar.samverkan": "delvis", "svar.ledning": "till_mycket_stor_del"},
    "text": {"svar": "Ni lyssnade på mig."},
    "kon": {"svar": "annat"},
}
FEL: dict[str, dict[str, Any]] = {
    "skala": {},
    "flera_val": {},
    "tal": {"svar": "tolv"},
    "datum": {"svar": "igår"},
    "matris": {"svar.samverkan": "delvis"},
    "text": {"svar": "a" * 201},
}
UTFALL: tuple[Utfall, ...] = ("mottaget", "redan_mottaget", "koden_anvand", "koden_makulerad", "stangd")
UPPGIFTER = Uppgifter("Samordningsförbundet Prov", "Kim, 090-12 34 56", date(2028, 12, 31), ombud="dso@exempel.se")


class Skarm(NamedTuple):
    """A page as the server sent it."""

    html: str
    policy: str


# The pages of one language, by name.
Sprakskarmar: TypeAlias = dict[str, Skarm]


@dataclass
class Skarmar:
    """The survey's pages; those of a language are asked for when first needed."""

    prov: Prov
    liten_kod: str
    koder: Iterator[str]
    _funna: dict[str, Sprakskarmar] = field(default_factory=dict)

    def __getitem__(self, vilken: tuple[str, str]) -> Skarm:
        """The page of a name, in a language by its code."""
        namn, kod = vilken
        if kod not in self._funna:
            sprak = next(s for s in SPRAK if s.kod == kod)
            self._funna[kod] = {n: _skarm(s) for n, s in _alla(self, sprak)}
            self._funna[kod]["papper"] = Skarm(som_html(self._oppen.enkat, kod, UPPGIFTER), "")
        return self._funna[kod][namn]

    @property
    def _oppen(self) -> Oppen:
        [oppen] = self.prov.mottagning.omgangar().values()
        return oppen


def bygg_skarmar(mapp: Path) -> Skarmar:
    """A survey to look at, with an enhet that is too small to stand alone."""
    prov = bygg(mapp, toml=TOML, antal=200, ombud="Dataskyddsombudet, dso@exempel.se")
    with Session(prov.motor) as session:
        _, [liten] = store_bunt.skapa_bunt(session, prov.omgang_id, prov.hemlighet, "Lilla teamet", 1)
    return Skarmar(prov, liten, iter(prov.koder))


def _alla(skarmar: Skarmar, sprak: Sprak) -> Iterator[tuple[str, Sida]]:
    """Every page in a language but the paper, by name."""
    klient = skarmar.prov.app.test_client()
    klient.environ_base["HTTP_ACCEPT_LANGUAGE"] = ", ".join(sprak.taggar) or "sv"
    yield from _koden(klient, skarmar, sprak)
    yield from _fragorna(klient, skarmar, sprak)
    yield from _kvittona(klient, skarmar.prov, sprak)
    yield from _beskeden(klient, skarmar, sprak)
    yield from _oppen_lank(klient, skarmar.prov, sprak)
    yield from _kiosken(klient, skarmar.prov, sprak)


def _koden(klient: FlaskClient, skarmar: Skarmar, sprak: Sprak) -> Iterator[tuple[str, Sida]]:
    yield "start", (start := page(klient.get("/e")))
    yield "kod", (kod := skicka(klient, start, f"sprak:{sprak.kod}"))
    yield "kod-fel", skicka(klient, kod, "borja", kod="1234 5678")
    yield "fore-liten", skicka(klient, kod, "borja", kod=skarmar.liten_kod)


def _borja(klient: FlaskClient, skarmar: Skarmar, sprak: Sprak) -> Sida:
    return skicka(klient, page(klient.get("/e")), f"sprak:{sprak.kod}", skannad=next(skarmar.koder))


def _fragorna(klient: FlaskClient, skarmar: Skarmar, sprak: Sprak) -> Iterator[tuple[str, Sida]]:
    """The road from before question 1 to the check, with what is wrong on the way."""
    yield "fore", (sida := _borja(klient, skarmar, sprak))
    sida = skicka(klient, sida)
    for namn, svar in RATT.items():
        yield namn, sida
        if namn in FEL:
            yield f"{namn}-fel", skicka(klient, sida, **FEL[namn])
        sida = skicka(klient, sida, **svar)
    yield "granska", sida
    with patch.object(Mottagning, "lamna_in", _upptagen):
        yield "granska-storning", skicka(klient, sida, "skicka")
    yield "fraga-besvarad", skicka(klient, sida, "sida:2")


def _kvittona(klient: FlaskClient, prov: Prov, sprak: Sprak) -> Iterator[tuple[str, Sida]]:
    for utfall in UTFALL:
        biljett = skriv_kvittens(prov.hemlighet, prov.omgang_id, Kvittens(utfall, "K7F2-93QD", sprak.kod))
        yield f"kvitto-{utfall}", page(klient.get(f"/e/kvitto/{prov.omgang_id}/{biljett}"))


def _beskeden(klient: FlaskClient, skarmar: Skarmar, sprak: Sprak) -> Iterator[tuple[str, Sida]]:
    """Where one cannot go on."""
    till = f"/e/{skarmar.prov.omgang_id}"
    yield "finns-inte", page(klient.post(f"/e/l/{skarmar.prov.omgang_id}/biljett", data={"s": sprak.kod}))
    yield "sigill", page(klient.post(till, data={"s": sprak.kod, "sigill": "trasigt"}))
    kod = skicka(klient, page(klient.get("/e")), f"sprak:{sprak.kod}")
    with patch.object(Mottagning, "sok_kod", _upptagen):
        yield "upptagen", skicka(klient, kod, "borja", kod=next(skarmar.koder))
    with patch.object(Takt, "far", lambda *_: False):
        yield "for-manga", skicka(klient, kod, "borja", kod=next(skarmar.koder))
    with _laget("vantar"):
        yield "inte-oppen", skicka(klient, kod, "borja", kod=next(skarmar.koder))
    fore = _borja(klient, skarmar, sprak)
    with _laget("stangd"):
        yield "stangd", skicka(klient, kod, "borja", kod=next(skarmar.koder))
        yield "stangd-inte-sparat", skicka(klient, fore)


def _oppen_lank(klient: FlaskClient, prov: Prov, sprak: Sprak) -> Iterator[tuple[str, Sida]]:
    start = page(klient.get(prov.dorr("lank")))
    yield "enhet", (sida := skicka(klient, skicka(klient, start, f"sprak:{sprak.kod}")))
    yield "enhet-fel", skicka(klient, sida)


def _kiosken(klient: FlaskClient, prov: Prov, sprak: Sprak) -> Iterator[tuple[str, Sida]]:
    dorr = prov.dorr("kiosk", "Vuxentorget")
    yield "kiosk", (start := page(klient.get(dorr)))
    yield "kiosk-fraga", (fraga := skicka(klient, skicka(klient, start, f"sprak:{sprak.kod}")))
    yield "kiosk-varning", fraga
    biljett = skriv_kvittens(prov.hemlighet, prov.omgang_id, Kvittens("mottaget", "K7F2-93QD", sprak.kod))
    yield "kiosk-kvitto", page(klient.get(f"{dorr}/kvitto/{biljett}"))


def _upptagen(*_: object) -> None:
    raise LagringFel("upptagen")


@contextmanager
def _laget(laget: str) -> Iterator[None]:
    with patch.object(Oppen, "lage", lambda *_: laget):
        yield


def _skarm(sida: Sida) -> Skarm:
    return Skarm(sida.html, sida.svar.headers["Content-Security-Policy"])


# The pages by name. "varning" is "kiosk-fraga" when nobody has touched it for a while.
NAMN: tuple[str, ...] = (
    *("start", "kod", "kod-fel", "fore", "fore-liten", "enhet", "enhet-fel"),
    *RATT,
    *(f"{namn}-fel" for namn in FEL),
    *("fraga-besvarad", "granska", "granska-storning"),
    *(f"kvitto-{utfall}" for utfall in UTFALL),
    *("finns-inte", "sigill", "upptagen", "for-manga", "inte-oppen", "stangd", "stangd-inte-sparat"),
    *("kiosk", "kiosk-fraga", "kiosk-varning", "kiosk-kvitto", "papper"),
)
