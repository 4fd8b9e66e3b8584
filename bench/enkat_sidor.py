"""The survey's pages as a phone gets them: how many bytes and requests, and how soon the first question is there."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from bench.enkat_server import ENKATER, enkatserver, gor_instans
from bench.matning import Matning, kor_modul
from bench.tabell import Rad

NAMN: Final = ("deltagare", "personal", "styrgrupp", "styrelse")
HOGST_KB, HOGST_S = 10, 1.2
GANGER: Final = 5
# What would make a browser ask for more.
HAMTAS: Final = re.compile(
    r'<(?:script|img|source|audio|iframe)[^>]+src=|srcset=|url\(|@import|<link[^>]+href="(?!data:)'
)
# A slow line and a slow phone: latency, bits per second, how many times slower.
LATENS_MS, BIT_PER_S, LANGSAM = 400, 400_000, 4


def mat(mapp: Path) -> Iterator[Rad]:
    """The rows of the table."""
    sidor = kor_modul("enkat_sidor", mapp / "enkat-sidor")
    storst = max(sidor["sidor"], key=lambda sida: sida["byte"])
    yield Rad(
        "enkätsida, packad, med stil och skript",
        Matning((storst["byte"] / 1000,), "kB"),
        HOGST_KB,
        anmarkning=(
            f"Den största av {len(sidor['sidor'])} sidor i {len(sidor['sprak'])} språk och {len(NAMN)} enkäter, med"
            f" svarshuvuden: {storst['vad']} på {storst['sprak']}."
        ),
    )
    yield Rad("begäranden för att visa den", Matning((float(max(s["begaran"] for s in sidor["sidor"])),), "st"), 1)
    yield _pa_telefon(mapp / "enkat-telefon")


def _pa_telefon(mapp: Path) -> Rad:
    vad = "första frågan på en telefon med svag täckning"
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        return Rad(vad, None, anmarkning="inte mätt: det finns ingen Chromium på PATH.")
    instans = gor_instans(mapp, GANGER)
    with enkatserver(instans.mapp) as server:
        tider = [_besok(chromium, f"{server.adress}/e#{instans.koder.pop()}") for _ in range(GANGER)]
    start = Matning(tuple(tid for tid, _, _ in tider), "s")
    return Rad(
        vad,
        Matning(tuple(fraga for _, fraga, _ in tider), "s"),
        HOGST_S,
        anmarkning=(
            f"Från trycket till första målningen (FCP) i Chromium: {LATENS_MS} ms latens, {BIT_PER_S // 1000} kbit/s,"
            f" processorn {LANGSAM} gånger långsammare. Startsidan på samma sätt: {start}."
            f" Begäranden för de tre sidorna: {max(antal for _, _, antal in tider)}."
        ),
    )


def _besok(chromium: str, adress: str) -> tuple[float, float, int]:
    """Seconds to the start page and to the first question, and how many requests it took from the one to the other."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as p:
        webblasare = p.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        sida = webblasare.new_context(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True).new_page()
        fragade: list[str] = []
        sida.on("request", lambda fraga: fragade.append(fraga.url))
        cdp = sida.context.new_cdp_session(sida)
        byte_per_s = BIT_PER_S / 8
        natet = {"latency": LATENS_MS, "downloadThroughput": byte_per_s, "uploadThroughput": byte_per_s}
        cdp.send("Network.enable")
        cdp.send("Network.emulateNetworkConditions", {"offline": False, **natet})
        cdp.send("Emulation.setCPUThrottlingRate", {"rate": LANGSAM})
        sida.goto(adress)
        start = _malad(sida)
        sida.click("[value='sprak:sv']")
        sida.click("[value=nasta]:not(.dolt)")
        sida.wait_for_selector("fieldset")
        fraga = _malad(sida)
        webblasare.close()
    return start, fraga, len(fragade)


def _malad(sida: Any) -> float:
    """Seconds from the navigation until something stood on the page."""
    js = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
    sida.wait_for_function(js)
    return float(sida.evaluate(js)) / 1000


def _kor(mapp: Path) -> dict[str, Any]:
    """Every page of every questionnaire in every language that it is offered in."""
    from sqlmodel import Session

    from enkat import nycklar, omgang, store_bunt
    from enkat.sprak import SPRAK
    from grund.db import open_db
    from kansli.enkat_server import skapa_app

    instans = gor_instans(mapp, 1)
    koder: dict[str, list[str]] = {}
    motor, nu = open_db(f"sqlite:///{instans.databas}"), datetime.now(UTC)
    with Session(motor, expire_on_commit=False) as session:
        for namn in NAMN:
            data = (ENKATER / f"{namn}.toml").read_bytes()
            rad = omgang.skapa(session, mapp / "nycklar", f"{namn}.toml", data, "2027", minsta_grupp=5, provomgang=True)
            omgang.oppna(session, mapp / "nycklar", rad, nu, nu + timedelta(days=1))
            hemlighet = nycklar.las_hemlighet(mapp / "nycklar", rad.id)
            koder[namn] = store_bunt.skapa_bunt(session, rad.id, hemlighet, "Vuxentorget", len(SPRAK))[1]
    motor.dispose()
    os.environ["BOKSLUT_INSTANS"] = str(mapp)
    klient = skapa_app().test_client()
    sidor = [s for namn in NAMN for sprak in SPRAK for s in _ga_igenom(klient, namn, sprak.kod, koder[namn].pop())]
    return {"sidor": sidor, "sprak": sorted({s["sprak"] for s in sidor})}


def _ga_igenom(klient: Any, namn: str, sprak: str, kod: str) -> Iterator[dict[str, Any]]:
    """One person, who answers the first option of everything."""
    from bench.enkat_klient import DOLDA, TILL, VAL

    svar = klient.get("/e", headers={"Accept-Encoding": "gzip"})
    falt = {"gor": f"sprak:{sprak}", "skannad": kod}
    while True:
        html = _packa_upp(svar)
        lang = dict(DOLDA.findall(html)).get("s", sprak)
        titel = re.sub(r"\s+", " ", html.partition("<title>")[2].partition("</title>")[0])
        yield {
            "vad": f"{namn}: ”{titel}”",
            "sprak": lang,
            "byte": _byte(svar),
            "begaran": 1 + len(HAMTAS.findall(html)),
        }
        if svar.request.path.startswith("/e/kvitto"):
            return
        if 'name="gor" value="skicka"' in html:
            falt = {"gor": "skicka"}
        till = TILL.search(html)
        assert till is not None, html
        data = dict(DOLDA.findall(html)) | falt
        svar = klient.post(till[1], data=data, headers={"Accept-Encoding": "gzip"}, follow_redirects=True)
        falt = {"gor": "nasta"} | dict(reversed(VAL.findall(_packa_upp(svar))))


def _packa_upp(svar: Any) -> str:
    import gzip

    packad = svar.headers.get("Content-Encoding") == "gzip"
    return (gzip.decompress(svar.data) if packad else svar.data).decode()


def _byte(svar: Any) -> int:
    """As it is sent: headers and body."""
    return sum(len(namn) + len(varde) + 4 for namn, varde in svar.headers) + len(svar.status) + 11 + len(svar.data)


if __name__ == "__main__":
    print(json.dumps(_kor(Path(sys.argv[1]))))
