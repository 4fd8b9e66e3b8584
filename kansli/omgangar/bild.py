"""A round as its page shows it: where it is, what to do next, what else can be done, and what can never be undone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from sqlmodel import Session

from enkat import fritext
from enkat.formular import Enkat
from enkat.frysning import fryst_mapp
from enkat.lage import Lage, lage, sista
from enkat.models import Bunt, Omgang
from enkat.omgang import SVENSK_TID, enkat_i, gallras_senast
from enkat.store_svarslage import Visning, las_svarslage
from enkat.utskick.adresslista import Adresslista
from enkat.utskick.paminnelse import ar_deltagarenkat
from kansli.arbetsmapp import Arbetsmapp
from kansli.models import Handelse
from kansli.omgangar import store
from kansli.omgangar.nyckel import finns_kvar
from kansli.omgangar.oversikt import LAGESORD
from kansli.sprak import gettext as _
from kansli.sprak import mark

RAKNAS: Final = ("oppen", "nad", "stangd")


@dataclass(frozen=True)
class Atgard:
    """Something to do with a round. sida: its page. text: on the button. hjalp: beside it, one line."""

    sida: str
    text: str
    hjalp: str = ""


# What each page is called, and what it is for.
OPPNA: Final = Atgard("oppning.oppna", mark("Öppna omgången"), mark("Enkäten låses och nyckeln skapas."))
KODER: Final = Atgard("koder.skriv_ut", mark("Skriv ut koder"), mark("Kort med QR och siffror, per enhet."))
MAKULERA: Final = Atgard("koder.makulera", mark("Makulera koder"), mark("Borttappade kort, eller kort som blev över."))
DORR: Final = Atgard("dorrar.lank", mark("Öppen länk eller kiosk"), mark("En adress med QR, och en affisch."))
BLANKETT: Final = Atgard("dorrar.blankett", mark("Enkäten på papper"), mark("Samma frågor, att skriva ut."))
BREV: Final = Atgard("brev.skriv", mark("Skicka brev"), mark("Inbjudan och påminnelse med e-post."))
MATA_IN: Final = Atgard("inmatning.papper", mark("Skriv in svar på papper"), mark("Ett papper i taget, eller många."))
FORLANG: Final = Atgard("omgangar.forlang", mark("Förläng"), mark("Stäng senare än det var sagt."))
STANG: Final = Atgard("omgangar.stang", mark("Stäng nu"), mark("Öppna sidor tas emot en timme till."))
ANTAL: Final = Atgard("omgangar.antal", mark("Ange antal"), mark("Hur många de är, och hur många som fick enkäten."))
FRYS: Final = Atgard("frysning.frys", mark("Frys svaren"), mark("Urnan öppnas och svaren blir årets underlag."))
STADA: Final = Atgard("frysning.stada", mark("Städa efter frysningen"), mark("Nycklarna ska förstöras."))
GALLRA: Final = Atgard("frysning.gallra", mark("Gallra"), mark("Raderna tas bort, antalen blir kvar."))
FRITEXT: Final = Atgard("frysning.gallra_fritext", mark("Gallra fritexten"), mark("De andra svaren rörs inte."))
KASTA: Final = Atgard("omgangar.kasta", mark("Kasta omgången"), mark("Allt som finns i den försvinner."))
KOPIERA: Final = Atgard("omgangar.kopiera", mark("Gör om för ett nytt år"), mark("Samma enkät, nya koder, ny nyckel."))
PAPPER: Final = Atgard("oppning.papperskopia", mark("Spara papperskopian av nyckeln"))

# What cannot be undone from where a round is.
FOR_ALLTID: Final[dict[Lage, str]] = {
    "utkast": mark("När omgången öppnas låses frågorna. Sedan går bara stavningen att rätta."),
    "vantar": mark("Frågorna är låsta. Är något fel: gör en ny omgång."),
    "oppen": mark(
        "Ett svar som är lämnat kan ingen läsa, ändra eller ta bort. Adresslistan raderas när omgången stänger."
    ),
    "nad": mark("När timmen är slut kan ingen svara mer, om ni inte förlänger."),
    "stangd": mark("När svaren fryses förstörs kuvert, koder och nyckel. Det går inte att ångra."),
    "fryst": mark("De frysta svaren ändras aldrig. När de gallras blir bara antalen kvar."),
    "gallrad": mark("Raderna är borta. Antalen finns kvar, och bokslutet går att räkna om med dem."),
}
VAD_NU: Final[dict[Lage, str]] = {
    "utkast": mark("Förbered: skriv ut koder eller gör en länk, och öppna sedan."),
    "vantar": mark("Allt är klart. Omgången öppnar av sig själv."),
    "oppen": mark(
        "Folk svarar. Svarsläget räknas i steg om fem, en gång om dagen, så att ingen kan se vem som svarat."
    ),
    "nad": mark("Ingen ny släpps in, men den som har enkäten öppen får lämna in."),
    "stangd": mark("Ingen kan svara längre. Svaren ligger oläsliga i urnan tills de fryses."),
    "fryst": mark("Svaren är årets underlag."),
    "gallrad": mark("Omgången är avslutad."),
}


@dataclass(frozen=True)
class Frysta:
    """What the freeze left. svar: None when they are fewer than the smallest group. gallras: by when the rows go."""

    svar: int | None
    utdelade: int | None
    sammanslagna: int
    gallras: date | None
    texter_gallras: str = ""


@dataclass(frozen=True)
class Bild:
    """A round. nasta: the one main button; None when there is nothing to do but wait. svar: what may be shown of it."""

    omgang: Omgang
    enkat: Enkat
    lage: Lage
    nasta: Atgard | None
    andra: tuple[Atgard, ...]
    buntar: Sequence[Bunt]
    handelser: Sequence[Handelse]
    svar: Sequence[Visning] = ()
    frysta: Frysta | None = None
    kan_frysas: datetime | None = None
    adresser: int = 0
    deltagare: bool = field(default=False)

    @property
    def lage_i_ord(self) -> str:
        """Where it is."""
        return _(LAGESORD[self.lage])

    @property
    def vad_nu(self) -> str:
        """What goes on now."""
        return _(VAD_NU[self.lage])

    @property
    def for_alltid(self) -> str:
        """What cannot be undone."""
        return _(FOR_ALLTID[self.lage])


def build_bild(session: Session, rad: Omgang, mapp: Arbetsmapp, nu: datetime, manader: int) -> Bild:
    """Everything that the page of a round says. manader: after the close, when rows are gone."""
    nuvarande, enkat = lage(rad, nu), enkat_i(rad)
    handelser, buntar = store.handelser(session, rad.id), list(store.buntar(session, rad.id))
    idag = nu.astimezone(SVENSK_TID).date()
    svar = las_svarslage(session, rad, idag) if nuvarande in RAKNAS else []
    frysta = _frysta(rad, enkat, mapp, manader) if nuvarande in ("fryst", "gallrad") else None
    nasta = _nasta(rad, nuvarande, enkat, bool(buntar), store.papper_kvar(handelser), frysta, idag)
    if nuvarande == "fryst" and finns_kvar(mapp.nycklar, rad.id):
        nasta = STADA
    lista = Adresslista(mapp.rot, rad.id)
    return Bild(
        omgang=rad,
        enkat=enkat,
        lage=nuvarande,
        nasta=nasta,
        andra=tuple(a for a in _mojliga(rad, nuvarande, enkat, frysta, idag) if a != nasta),
        buntar=buntar,
        handelser=handelser,
        svar=svar,
        frysta=frysta,
        kan_frysas=sista(rad) if nuvarande == "nad" else None,
        adresser=lista.antal() if lista.finns() else 0,
        deltagare=ar_deltagarenkat(enkat),
    )


def glom_adresser(mapp: Arbetsmapp, omgangar: Sequence[Omgang], nu: datetime) -> list[str]:
    """Delete the address lists of rounds that the clock has closed. Returns whose they were."""
    stangda = [o.id for o in omgangar if lage(o, nu) not in ("utkast", "vantar", "oppen")]
    return [id_ for id_ in stangda if Adresslista(mapp.rot, id_).radera()]


def _nasta(
    rad: Omgang, nu: Lage, enkat: Enkat, koder: bool, papper: bool, frysta: Frysta | None, idag: date
) -> Atgard | None:
    if papper and nu in ("vantar", "oppen", "nad", "stangd") and not rad.provomgang:
        return PAPPER
    match nu:
        case "utkast":
            return OPPNA if koder or not ar_deltagarenkat(enkat) else KODER
        case "vantar" | "oppen":
            return KODER if ar_deltagarenkat(enkat) else BREV
        case "stangd":
            return KASTA if rad.provomgang else FRYS
        case "fryst":
            return GALLRA if _ska_gallras(frysta, idag) else KOPIERA
        case "gallrad":
            return KOPIERA
    return None


def _mojliga(rad: Omgang, nu: Lage, enkat: Enkat, frysta: Frysta | None, idag: date) -> Iterator[Atgard]:
    if nu == "utkast":
        yield OPPNA
    if nu in ("utkast", "vantar", "oppen", "nad"):
        yield from (KODER, DORR, BLANKETT)
    if nu in ("vantar", "oppen") and not ar_deltagarenkat(enkat):
        yield BREV
    if nu in ("oppen", "nad"):
        yield MATA_IN
    if nu in ("utkast", "vantar", "oppen", "nad", "stangd"):
        yield from (MAKULERA, ANTAL)
    if nu in ("vantar", "oppen", "nad", "stangd"):
        yield FORLANG
    if nu == "oppen":
        yield STANG
    if nu == "utkast" or (rad.provomgang and nu not in ("fryst", "gallrad")):
        yield KASTA
    if nu == "fryst" and frysta is not None and frysta.texter_gallras:
        yield FRITEXT
    if _ska_gallras(frysta, idag) and nu == "fryst":
        yield GALLRA
    yield KOPIERA


def _ska_gallras(frysta: Frysta | None, idag: date) -> bool:
    return frysta is not None and frysta.gallras is not None and idag >= frysta.gallras


def _frysta(rad: Omgang, enkat: Enkat, mapp: Arbetsmapp, manader: int) -> Frysta:
    manifest = fryst_mapp.las_manifest(mapp.underlag(rad.period))
    uppgift, texter = manifest.get(enkat.kalla, {}), manifest.get(fritext.kalla(enkat.kalla), {})
    svar = uppgift.get("svar") if uppgift.get("omgang") == rad.id else None
    return Frysta(
        svar if svar is not None and svar >= rad.minsta_grupp else None,
        uppgift.get("utdelade"),
        int(uppgift.get("sammanslagna_enheter", 0)),
        gallras_senast(rad.stanger, manader) if rad.stanger is not None else None,
        texter["gallras"] if texter.get("omgang") == rad.id and "gallrad" not in texter else "",
    )
