"""Reads an upload and stores what it holds: work that may take long, and is done in a thread of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from flask import current_app, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from grund.session import get_session
from insatser import store_import
from insatser.importera_fil import FilFel, las_fil
from insatser.importera_tolka import tolka, utelamna
from insatser.store import AndradAvAnnan
from kansli.arbetsmapp import Arbetsmapp
from kansli.inne import jag
from kansli.inne import nu as nutid
from kansli.jobb import store as store_jobb
from kansli.jobb.besked import Besked, besked
from kansli.jobb.kor import Arbete, Framsteg, Stopp, Utfall, starta
from kansli.models import Konto
from kansli.register import forvaring
from kansli.register import store as store_register
from kansli.register.forvaring import Forvarat
from kansli.register.tilltrade import dagen
from kansli.sprak import mark

LASNING: Final = "register-lasning"
IMPORT: Final = "register-import"
ARBETSORD: Final = {LASNING: mark("Läser en fil till registret"), IMPORT: mark("Sparar en fil i registret")}
# What is smaller than this is read while one waits: about five thousand rows.
DIREKT_BYTE: Final = 400_000


@store_import.utan_sopning()
def las(
    session: Session,
    mapp: Arbetsmapp,
    nu: datetime,
    konto_id: str,
    filnamn: str,
    data: bytes,
    insatser: Mapping[str, int],
    forvald: int | None,
    sag: Framsteg | None = None,
) -> Forvarat:
    """Read a file, hold it against the register, and keep it for its preview.

    Raises:
        FilFel: it cannot be read at all.
    """
    _sag(sag, besked(mark("Läser filen")), 10)
    blad = las_fil(filnamn, data)
    _sag(sag, besked(mark("Kontrollerar %(antal)s rader"), antal=len(blad.rader)), 45)
    last = tolka(blad, insatser, dagen(nu), forvald)
    _sag(sag, besked(mark("Jämför med registret")), 75)
    skillnad = store_import.jamfor(session, last.rader, last.falten, dagen(nu))
    if skillnad.krockar:
        utelamna(last, blad, skillnad.krockar)
    utslag = len(skillnad.nya), len(skillnad.andrade), skillnad.oforandrade
    return forvaring.spara(mapp, nu, konto_id, filnamn, last, utslag)


def lasarbete(
    mapp: Arbetsmapp,
    konto_id: str,
    filnamn: str,
    data: bytes,
    insatser: Mapping[str, int],
    forvald: int | None,
    adress: str,
) -> Arbete:
    """The same as long work. adress: of the preview, with "…" in the place of its id."""

    def arbete(sag: Framsteg) -> Utfall:
        try:
            forvarat = las(sag.session, mapp, datetime.now(UTC), konto_id, filnamn, data, insatser, forvald, sag)
        except FilFel as fel:
            raise Stopp(str(fel)) from fel
        last = mark("%(antal)s rader lästa, %(fel)s med fel. Inget är sparat än.")
        antal = forvarat.rader + forvarat.felrader
        return besked(last, antal=antal, fel=forvarat.felrader), adress.replace("…", forvarat.id)

    return arbete


def spararbete(mapp: Arbetsmapp, konto: Konto, forvarat: Forvarat, till: str) -> Arbete:
    """Store the rows of an upload that are right."""

    def arbete(sag: Framsteg) -> Utfall:
        sag(besked(mark("Läser raderna")), 20)
        rader = forvaring.rader(mapp, forvarat.id)
        sag(besked(mark("Jämför med registret och sparar")), 50)
        try:
            nu = datetime.now(UTC)
            gjort = store_register.importera(
                sag.session, nu, konto, rader, forvarat.falten, dagen(nu), forvarat.felrader
            )
        except AndradAvAnnan as fel:
            krock = mark("Någon annan skrev i registret samtidigt. Inget har sparats: gör om det.")
            raise Stopp(besked(krock)) from fel
        forvaring.glom(mapp, forvarat.id)
        klart = mark("%(nya)s nya, %(andrade)s ändrade och %(lika)s oförändrade rader.")
        return besked(klart, nya=len(gjort.nya), andrade=len(gjort.andrade), lika=gjort.oforandrade), till

    return arbete


def _sag(sag: Framsteg | None, steg: Besked, andel: int) -> None:
    if sag is not None:
        sag(steg, andel)


def adress_till_granskning() -> str:
    """The address of a preview, with "…" in the place of its id; made here, since a thread has no request."""
    return url_for("register.granska", id_="ID").replace("ID", "…")


def borja(slag: str, arbete: Arbete) -> ResponseReturnValue | None:
    """Begin long work and show it; None while one of its kind goes on."""
    jobb = store_jobb.borja(get_session(), nutid(), slag, jag().id, jag().namn)
    if jobb is None:
        return None
    starta(current_app.extensions["databas"], jobb, arbete)
    return redirect(url_for("register.arbete", jobb_id=jobb.id), 303)
