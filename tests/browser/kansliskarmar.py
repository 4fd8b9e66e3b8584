"""Every page of the staff in every state that matters: asked for over HTTP, to be looked at in a browser.

Three offices: "tomt" has nothing, "litet" has everything in small (a published year, rounds in every state, a register),
"umea" has the worked example, whose pages are the longest.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from flask.testing import FlaskClient
from sqlmodel import Session, select
from werkzeug.test import TestResponse

from enkat import store_bunt
from grund.db import skrivning
from insatser.models import Insats
from kansli.helarspersoner import arkiv
from kansli.jobb.models import Jobb
from kansli.konto import losen
from kansli.konto import store as store_konto
from kansli.models import Konto
from kansli.register import inlasning
from tests.browser.skarmar import Skarm
from tests.kansliprov import LOSEN, Prov, bygg, skicka, token
from tests.omgangsprov import INDIKATORER, PERSONAL, TOML, bunt, ladda_upp, oppnad, stangd, utkast, vanta
from tests.publiceringsprov import bygg_litet, posta, vanta_pa_arbetet
from tests.scbprov import svar
from tests.unit.insatser.filer import RUBRIKER, csv

VARD: Final = "http://127.0.0.1:9"  # nobody listens there: the browser is answered with what is here
IMPORTEN: Final = "Verksamhet;Har du fått det stöd du behöver?;Är du mer redo att arbeta?;Kön\n" + (
    "Nord;Helt;Ja;Kvinna\nSyd;Delvis;Nej;Man\n" * 6
)
# Rows of a register file: one that is right, and some with every kind of fault.
REGISTERFIL: Final = csv(
    ("Nord", "7", "Kvinna", "20–24 år", "2020-01-05", "", ""),
    ("Väst", "x", "Kvinna?", "20–24 år", "2020-13-05", "2020-01-01", "Arbete"),
    ("Nord", "7", "Man", "", "", "", ""),
    rubriker=RUBRIKER,
)


class Sida(NamedTuple):
    """Where a page is. data: what is posted there, for a form that is answered with its faults.

    vem: "" for one who is not logged in, "halvvags" for one who has given her password.
    """

    rum: str
    adress: str
    data: dict[str, str] | None = None
    vem: str = "forbundschef"


_TOMT: Final = {
    namn: Sida("tomt", f"/kansli{adress}")
    for namn, adress in {
        "hem": "",
        "signaler": "/signaler",
        "mal-borja": "/mal/borja",
        "enkater": "/enkater",
        "omgangar": "/omgangar",
        "omgang-ny": "/omgangar/ny",
        "texter": "/texter",
        "exempel": "/exempel",
        "publicering": "/publicering",
        "register": "/register",
        "insatser": "/register/insatser",
        "helarspersoner": "/helarspersoner/2020",
        "arbete": "/arbete",
        "finns-inte": "/finns-inte",
    }.items()
}
_I: Final = "/kansli/mal/2020/indikator"
_O: Final = "/kansli/omgangar"
_E: Final = "/kansli/enkater/prov"
_R: Final = "/kansli/register"
_LITET: Final = {
    namn: Sida("litet", adress)
    for namn, adress in {
        "hem": "/kansli",
        "mitt-konto": "/kansli/mitt-konto",
        "reservkoder": "/kansli/mitt-konto/reservkoder",
        "personer": "/kansli/personer",
        "person": "/kansli/personer/{konto}",
        "bjud-in": "/kansli/personer/bjud-in",
        "logg": "/kansli/logg",
        "arbete": "/kansli/arbete",
        "arbete-klart": "/kansli/arbete/{jobb}",
        "arbete-pagar": "/kansli/arbete/{pagar}",
        "arbete-stopp": "/kansli/arbete/{stopp}",
        "signaler": "/kansli/signaler/2020",
        "andringar": "/kansli/signaler/2020/andringar",
        "tank-om": "/kansli/signaler/2020/tank-om",
        "mal": "/kansli/mal/2020",
        "indikator": f"{_I}/stod",
        "indikator-avsluta": f"{_I}/stod/avsluta",
        "indikator-ny": _I,
        "indikator-ny-andel": f"{_I}?regel=andel",
        "omrade": "/kansli/mal/2020/omrade",
        "omrade-nytta": "/kansli/mal/2020/omrade/nytta",
        "socialt-mal": "/kansli/mal/2020/socialt-mal",
        "socialt-mal-stod": "/kansli/mal/2020/socialt-mal/stod",
        "mal-text": "/kansli/mal/2020/text",
        "mal-versioner": "/kansli/mal/2020/versioner",
        "mal-version": "/kansli/mal/2020/versioner/1",
        "mal-skillnad": "/kansli/mal/2020/skillnad",
        "mal-beslut": "/kansli/mal/2020/beslut",
        "mal-beslutade": "/kansli/mal/2026",
        "mal-oppna": "/kansli/mal/2026/oppna",
        "mal-borja": "/kansli/mal/borja",
        "enkater": "/kansli/enkater",
        "enkat-ny": "/kansli/enkater/ny",
        "enkat": _E,
        "enkat-huvud": f"{_E}/huvud",
        "fraga": f"{_E}/fraga/stod",
        "fraga-ny": f"{_E}/ny-fraga",
        "fraga-ta-bort": f"{_E}/fraga/stod/ta-bort",
        "skala": f"{_E}/skala/del_4",
        "skala-ny": f"{_E}/ny-skala",
        "stavning": f"{_E}/stavning",
        "enkat-text": f"{_E}/text",
        "enkat-versioner": f"{_E}/versioner",
        "enkat-version": f"{_E}/versioner/1",
        "telefon": f"{_E}/forhandsvisa",
        "oversattningar": "/kansli/oversattningar",
        "granska-oversattning": "/kansli/oversattningar/en",
        "oversatt": "/kansli/oversattningar/en/prov",
        "mallar": "/kansli/mallar",
        **{f"mall-{m}": f"/kansli/mallar/{m}" for m in ("bitradesavtal", "gallringsbeslut")},
        "omgangar": _O,
        "omgang-ny": f"{_O}/ny",
        "omgang-utkast": f"{_O}/{{utkast}}",
        "omgang-oppna": f"{_O}/{{utkast}}/oppna",
        "omgang-kasta": f"{_O}/{{utkast}}/kasta",
        "omgang-oppen": f"{_O}/{{oppen}}",
        "omgang-antal": f"{_O}/{{oppen}}/antal",
        "omgang-forlang": f"{_O}/{{oppen}}/forlang",
        "omgang-stang": f"{_O}/{{oppen}}/stang",
        "papperskopia": f"{_O}/{{personal}}/papperskopia",
        "koder": f"{_O}/{{oppen}}/koder",
        "makulera": f"{_O}/{{oppen}}/makulera",
        "makulera-bunt": f"{_O}/{{oppen}}/bunt/{{bunt}}/makulera",
        "utdelade": f"{_O}/{{oppen}}/bunt/{{bunt}}/utdelade",
        "lank": f"{_O}/{{oppen}}/lank",
        "pappersenkat": f"{_O}/{{oppen}}/pappersenkat",
        "papper": f"{_O}/{{oppen}}/papper",
        "papper-fil": f"{_O}/{{oppen}}/papper/fil",
        "omgang-personal": f"{_O}/{{personal}}",
        "adresser": f"{_O}/{{personal}}/adresser",
        "brev": f"{_O}/{{personal}}/brev",
        "omgang-stangd": f"{_O}/{{stangd}}",
        "frys": f"{_O}/{{stangd}}/frys",
        "gor-om": f"{_O}/{{stangd}}/gor-om",
        "omgang-fryst": f"{_O}/{{fryst}}",
        "gallra": f"{_O}/{{fryst}}/gallra",
        "gallra-fritext": f"{_O}/{{fryst}}/gallra-fritext",
        "inte-nu": f"{_O}/{{oppen}}/stada",
        "for-tidigt": f"{_O}/{{oppen}}/frys",
        "enkatimport": f"{_O}/import",
        "mappning": f"{_O}/import/{{import_}}",
        "import-prova": f"{_O}/import/{{import_}}/prova",
        "texter": "/kansli/texter/2020",
        "text": "/kansli/texter/2020/stod",
        "text-andra": "/kansli/texter/2020/stod/andra",
        "text-version": "/kansli/texter/2020/stod/version/1",
        "exempel": "/kansli/exempel/2020",
        "exemplet": "/kansli/exempel/2020/ett.md",
        "exempel-nytt": "/kansli/exempel/2020/nytt",
        "exempel-andra": "/kansli/exempel/2020/ett.md/andra",
        "exempel-ta-bort": "/kansli/exempel/2020/ett.md/ta-bort",
        "publicering": "/kansli/publicering/2020",
        "godkann": "/kansli/publicering/2020/godkann",
        "publicera": "/kansli/publicering/2020/publicera",
        "ratta": "/kansli/publicering/2020/ratta",
        "utgava": "/kansli/publicering/2020/v1",
        "register": _R,
        "register-rad": f"{_R}/1",
        "register-ny": f"{_R}/ny",
        "register-ta-bort": f"{_R}/1/ta-bort",
        "register-las-in": f"{_R}/las-in",
        "register-granska": f"{_R}/las-in/{{fil}}",
        "register-arbete": f"{_R}/arbete/{{pagar}}",
        "insatser": f"{_R}/insatser",
        "insats": f"{_R}/insatser/1",
        "insats-ny": f"{_R}/insatser/ny",
        "sammanstallning": f"{_R}/sammanstallning/2020",
        "flode": f"{_R}/flode/2020",
        "summor": f"{_R}/summor/2020",
        "lamna": f"{_R}/lamna/2020",
        "helarspersoner": "/kansli/helarspersoner/2020",
        "helarspersoner-fil": "/kansli/helarspersoner/2020/fil",
    }.items()
} | {
    "logga-in": Sida("litet", "/kansli/logga-in", vem=""),
    "logga-in-fel": Sida("litet", "/kansli/logga-in", {"epost": "x"}, ""),
    "kod": Sida("litet", "/kansli/logga-in/kod", vem="halvvags"),
    "ny-faktor": Sida("litet", "/kansli/ny-faktor", vem="nykomling"),
    "glomt": Sida("litet", "/kansli/glomt", vem=""),
    "inbjudan": Sida("litet", "/kansli/inbjudan/{inbjudan}", vem=""),
    "inbjudan-slut": Sida("litet", "/kansli/inbjudan/x", vem=""),
    "bjud-in-fel": Sida("litet", "/kansli/personer/bjud-in", {"epost": "x"}),
    "indikator-fel": Sida("litet", f"{_I}?regel=andel", {"titel": "", "gron": "hej", "knapp": "spara"}),
    "omrade-fel": Sida("litet", "/kansli/mal/2020/omrade", {"titel": ""}),
    "mal-text-fel": Sida(
        "litet", "/kansli/mal/2020/text", {"text": "[bokslut]\nar = 2020\nminsta_grup = 5\n", "knapp": "spara"}
    ),
    "fraga-fel": Sida("litet", f"{_E}/ny-fraga", {"text": ""}),
    "omgang-ny-fel": Sida("litet", f"{_O}/ny", {"period": "x"}),
    "register-fel": Sida("litet", f"{_R}/ny", {"slut": "2019-01-01", "start": "2020-01-01", "omfattning": "x"}),
    "exempel-fel": Sida("litet", "/kansli/exempel/2020/nytt", {"titel": ""}),
    "text-fel": Sida("litet", "/kansli/texter/2020/stod/andra", {"text": "{{ andel('9.9') }}", "spara": "1"}),
    "ratta-fel": Sida("litet", "/kansli/publicering/2020/ratta", {"skal": ""}),
    "insatsansvarigs-hem": Sida("litet", "/kansli", vem="insatsansvarig"),
    "revisors-hem": Sida("litet", "/kansli", vem="revisor"),
    "fel-roll": Sida("litet", "/kansli/personer", vem="revisor"),
}
_UMEA: Final = {
    namn: Sida("umea", f"/kansli{adress}")
    for namn, adress in {
        "hem": "",
        "signaler": "/signaler/2020",
        "tank-om": "/signaler/2020/tank-om",
        "mal": "/mal/2020",
        "indikator": "/mal/2020/indikator/lyckas",
        "mal-text": "/mal/2020/text",
        "enkat": "/enkater/deltagare",
        "telefon": "/enkater/deltagare/forhandsvisa",
        "oversatt": "/oversattningar/en/deltagare",
        "texter": "/texter/2020",
        "exempel": "/exempel/2020",
        "publicering": "/publicering/2020",
        "helarspersoner": "/helarspersoner/2020",
    }.items()
}
SIDORNA: Final = {
    f"{rum}:{namn}": sida
    for rum, sidor in (("tomt", _TOMT), ("litet", _LITET), ("umea", _UMEA))
    for namn, sida in sidor.items()
}


@dataclass
class Kansliskarmar:
    """The offices, each built when one of its pages is first asked for."""

    mapp: Path
    _rum: dict[str, Prov] = field(default_factory=dict)
    _platser: dict[str, str] = field(default_factory=dict)
    _klienter: dict[tuple[str, str, str], FlaskClient] = field(default_factory=dict)
    _funna: dict[tuple[str, str], Skarm] = field(default_factory=dict)

    def __getitem__(self, vilken: tuple[str, str]) -> Skarm:
        """The page of a name, in a language by its code."""
        if vilken not in self._funna:
            svar = self.hamta(*vilken)
            self._funna[vilken] = Skarm(svar.text, svar.headers["Content-Security-Policy"])
        return self._funna[vilken]

    def hamta(self, namn: str, sprak: str) -> TestResponse:
        """Ask for a page, as the one who opens it."""
        sida, adress = SIDORNA[namn], self.adress(namn)
        klient = self.klient(sida.rum, sida.vem, sprak)
        if sida.data is None:
            return klient.get(adress)
        return klient.post(adress, data={"csrf_token": token(klient.get(adress)), **sida.data})

    def adress(self, namn: str) -> str:
        """Where a page is in what has been built."""
        sida = SIDORNA[namn]
        self.rum(sida.rum)
        return sida.adress.format(**self._platser)

    def rum(self, namn: str) -> Prov:
        """One of the offices."""
        if namn not in self._rum:
            plats = self.mapp / namn
            plats.mkdir()
            self._rum[namn] = bygg(plats, exempel=namn == "umea") if namn != "litet" else bygg_litet(plats, 40, 60)
            if namn == "litet":
                self._platser = dict(_inred(self._rum[namn]))
        return self._rum[namn]

    def klient(self, rum: str, vem: str, sprak: str) -> FlaskClient:
        """The browser of somebody, in her language."""
        if (rum, vem, sprak) not in self._klienter:
            self._klienter[rum, vem, sprak] = klient = _slapp_in(self.rum(rum), vem)
            klient.post("/kansli/sprak", data={"csrf_token": token(klient.get("/kansli/glomt")), "kod": sprak})
        return self._klienter[rum, vem, sprak]


def _slapp_in(prov: Prov, vem: str) -> FlaskClient:
    """A browser that has come as far as somebody has."""
    if vem in ("", "halvvags", "nykomling"):
        klient = prov.app.test_client()
        if vem:
            assert skicka(klient, "/kansli/logga-in", epost=f"{vem}@exempel.se", losen=LOSEN).status_code == 303
        return klient
    prov.person(vem)
    return prov.slapp_in(_konto_id(prov, vem))


def _konto_id(prov: Prov, vem: str) -> str:
    with Session(prov.motor) as session:
        return session.exec(select(Konto.id).where(Konto.epost == f"{vem}@exempel.se")).one()


def _inred(prov: Prov) -> Iterator[tuple[str, str]]:
    """Furnish the small office. Gives what stands in the addresses: a name and its value."""
    chef = prov.person("forbundschef")
    yield from _konton(prov)
    yield from _register(prov, chef)
    _publicera(prov)
    yield from _omgangar(prov, chef)
    yield from _arbeten(prov)
    _tabell(prov)


def _konton(prov: Prov) -> Iterator[tuple[str, str]]:
    prov.skapa("kansli", "halvvags")
    with Session(prov.motor) as session:
        nu = datetime.now(UTC)
        yield "inbjudan", store_konto.skapa(session, nu, None, "ny@exempel.se", "Ny Person", "kansli")[1]
        konto, lank = store_konto.skapa(session, nu, None, "nykomling@exempel.se", "Nykomling", "kansli")
        store_konto.anvand_inbjudan(session, nu, lank, losen.hasha(LOSEN))
        yield "konto", konto.id


def _register(prov: Prov, chef: FlaskClient) -> Iterator[tuple[str, str]]:
    """Two insatser with rows, and a file that waits to be looked through."""
    with Session(prov.motor) as session, skrivning(session):
        session.add_all([Insats(namn="Nord", enhet="Norra"), Insats(namn="Syd", enhet="Södra")])
    rad = {"kon": "kvinna", "alder": "20_24", "start": "2020-03-01"}
    slut = {"slut": "2020-09-01", "utfall": "arbete", "anstallning": "eget_foretag", "omfattning": "50"}
    for nr in range(1, 7):
        skicka(
            chef, "/kansli/register/ny", insats_id=str(1 + nr % 2), nummer=str(nr), **rad, **(slut if nr < 4 else {})
        )
    yield "fil", _sist(ladda_upp(chef, "/kansli/register/las-in", REGISTERFIL, "deltagare.csv"))


def _publicera(prov: Prov) -> None:
    """A published version with a comment, and goals that the board has decided."""
    chef, sidan = prov.person("forbundschef"), "/kansli/publicering/2020"
    posta(chef, "/kansli/texter/2020/stod/andra", text='Bara {{ andel("1.1") }} fick stöd.', spara="1")
    posta(chef, f"{sidan}/godkann")
    beslut = {"beslutande": "styrelsen", "datum": "2021-03-12", "paragraf": "14"}
    posta(prov.person("godkannare"), f"{sidan}/godkann", **beslut)
    posta(chef, f"{sidan}/publicera", trots="Förklaras i förordet.")
    vanta_pa_arbetet()
    (prov.mapp.underlag(2020) / "enkat.csv").write_text("stod,antal\nja,45\nnej,55\n", "utf-8")


def _omgangar(prov: Prov, chef: FlaskClient) -> Iterator[tuple[str, str]]:
    """A round in each state."""
    prov.mapp.enkater.mkdir(parents=True)
    for namn, toml in (("prov", TOML), ("personal", PERSONAL)):
        (prov.mapp.enkater / f"{namn}.toml").write_text(toml, "utf-8")
    prov.mapp.mal(2026).write_text(INDIKATORER, "utf-8")
    rader = 'forbund = "Provförbundet"\nkontakt = "Kim, 090-12 34 56"\nadress = "https://exempel.se/e"\n'
    (prov.mapp.rot / "enkat.toml").write_text(rader, "utf-8")
    posta(chef, "/kansli/enkater/prov", "/kansli/enkater/prov/fraga/stod/flytta")  # without a direction: down
    yield "utkast", utkast(prov, "2027")
    oppen = oppnad(prov, period="2026")[0]
    yield "oppen", oppen
    yield "personal", (personal := utkast(prov, "2026", namn="personal"))
    om_en_vecka = f"{datetime.now(UTC) + timedelta(days=7):%Y-%m-%d}"
    posta(chef, f"/kansli/omgangar/{personal}/oppna", stanger_dag=om_en_vecka, utan_koder="y")
    yield "stangd", stangd(prov, period="2025")[0]
    yield "fryst", (fryst := stangd(prov, period="2024")[0])
    vanta(chef, skicka(chef, f"/kansli/omgangar/{fryst}/frys", hur="fil"))
    bunt(prov, oppen, "Team A", 12)
    with Session(prov.motor) as session:
        yield "bunt", store_bunt.rakna_buntar(session, oppen)[0].bunt.id
    svar = ladda_upp(chef, "/kansli/omgangar/import", IMPORTEN, enkat="prov", period="2019")
    yield "import_", _sist(svar)
    posta(chef, "/kansli/mal/2026/beslut", beslut="styrelsen § 41", datum="2025-12-05", skal="Beslut")


def _arbeten(prov: Prov) -> Iterator[tuple[str, str]]:
    """Long work: over, going on and stopped."""
    with Session(prov.motor) as session, skrivning(session):
        yield "jobb", session.exec(select(Jobb)).all()[0].id
        vem = {
            "konto_id": _konto_id(prov, "forbundschef"),
            "vem": "Anna",
            "borjade": (nu := datetime.now(UTC)),
            "puls": nu,
        }
        pagar = Jobb(slag=inlasning.LASNING, steg="Läser", andel=40, **vem)
        stopp = Jobb(slag="logg", lage="stoppat", besked="Filen gick inte att läsa.", **vem)
        session.add_all([pagar, stopp])
        yield "pagar", pagar.id
        yield "stopp", stopp.id


def _tabell(prov: Prov) -> None:
    """The statistics of a year."""
    hamtat = arkiv.Hamtat("2021-02-03T10:00:00", "https://exempel.se", "Anna")
    val = arkiv.Val(("2480", "2460"), "Umeåregionen")
    arkiv.spara(prov.mapp, 2020, json.dumps(svar()).encode(), hamtat, val)


def _sist(svar: TestResponse) -> str:
    """What an answer that leads on names last in its address."""
    assert svar.status_code == 303, svar.text
    return svar.location.rsplit("/", 1)[1]
