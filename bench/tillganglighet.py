"""How accessible the pages are: the rows of the table, and the file that the accessibility statement is built from.

Run alone, as `make tillganglighet` does, it measures every page in every way and writes the file.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

import tomlkit

from bench import htmlgranskning, svag_tackning
from bench.forsta_sidan import server
from bench.matning import ROT, Matning
from bench.sidgranskning import BREDDER, FARGER, SMAL, Granskning, granska, hitta_chromium
from bench.tabell import Rad
from bench.webbplats import build_site

GANGER: Final = 5
INGEN_CHROMIUM: Final = "inte mätt: det finns ingen Chromium på PATH."
EXEMPEL: Final = "Samordningsförbundet Umeåregionen 2020"
HUVUD: Final = (
    "Skriven av `make tillganglighet`, aldrig för hand.\nTillgänglighetsredogörelsen i varje bokslut byggs av den.\n"
)
# What the statement says when the tests pass: its code in bokslut.tillganglighet.PROV, and the tests.
PROV: Final = {
    "tangentbord": (
        "tests/browser/test_tillganglighet.py::test_every_stop_of_a_page_is_seen",
        "tests/browser/test_tillganglighet.py::test_the_first_tab_leads_past_the_menu",
        "tests/browser/test_tillganglighet.py::test_menu_explanation_table_and_chart_open_by_keyboard",
    ),
    "utan_skript": (
        "tests/browser/test_bokslut_las.py::test_everything_can_be_read_without_script",
        "tests/browser/test_jamforelser.py::test_a_result_is_followed_from_this_year_to_the_others_and_back_without_script",
    ),
    "fingrar": (
        "tests/browser/test_bokslut_las.py::test_no_page_shuts_anyone_out",
        "tests/browser/test_jamforelser.py::test_no_page_shuts_anyone_out",
    ),
    "tabell": ("tests/browser/test_tillganglighet.py::test_the_table_of_goals_is_read_as_a_table_on_a_phone",),
    "pdf": ("tests/unit/bokslut/test_pdf.py::test_the_example_umea_holds_both_standards_too",),
}


def mat(mapp: Path) -> Iterator[Rad]:
    """The rows of the table."""
    ut = mapp / "tillganglighet"
    build_site(ut)
    chromium = hitta_chromium()
    if chromium is None:
        yield from (Rad(vad, None, anmarkning=INGEN_CHROMIUM) for vad in ("axe", "längsta sidan på en telefon"))
    else:
        with server(ut) as (adress, _):
            yield from _sidorna(granska(chromium, ut, adress, ("ljus", "mork"), (SMAL,)))
            yield from _telefonen(chromium, ut, adress)
    yield _html(ut)


def _sidorna(g: Granskning) -> Iterator[Rad]:
    fel = "; ".join(f"{sida}, {hur}: {regel}" for sida, regel, hur in g.axe)
    yield Rad(
        f"axe, {g.sidor} sidor i ljust och mörkt",
        Matning((float(len(g.axe)),), "fel"),
        0,
        anmarkning=f"axe-core {g.verktyg['axe-core']}, infällt och utfällt, diagrammen väckta. {fel}".rstrip(),
    )
    anmarkning = ", ".join(dict.fromkeys(g.utomstaende))
    yield Rad(
        "begäranden till andra från alla sidor", Matning((float(len(g.utomstaende)),), "st"), 0, (), (), anmarkning
    )


def _telefonen(chromium: str, mapp: Path, adress: str) -> Iterator[Rad]:
    sida = svag_tackning.langsta(mapp)
    besok = [svag_tackning.besok(chromium, f"{adress}{sida}") for _ in range(GANGER)]
    utan = Matning(tuple(svag_tackning.utan_skript(chromium, f"{adress}{sida}") for _ in range(GANGER)), "s")
    hela = Matning(tuple(b.hela for b in besok), "s")
    yield Rad(
        "längsta sidan på en telefon med svag täckning, till text att läsa",
        Matning(tuple(max(b.forsta, b.storsta) for b in besok), "s"),
        2,
        anmarkning=(
            f"{sida}, {svag_tackning.packad(mapp / sida) / 1000:.0f} kB packad. Största texten i fönstret (LCP):"
            f" Chromium, {svag_tackning.LATENS_MS} ms latens, {svag_tackning.BIT_PER_S // 1000} kbit/s, processorn"
            f" {svag_tackning.LANGSAM} gånger långsammare. Hela sidan: {hela}."
        ),
    )
    yield Rad("samma sida utan JavaScript, till första texten", utan, 2)
    yield Rad("hur mycket texten flyttar sig (CLS)", Matning(tuple(b.skift for b in besok), "av fönstret"), 0)


def _html(mapp: Path) -> Rad:
    vad = "Nu HTML Checker, alla sidor"
    if varfor := htmlgranskning.saknas():
        return Rad(vad, None, anmarkning=f"inte mätt: {varfor}")
    fel = htmlgranskning.granska_html(mapp)
    anmarkning = "; ".join(f"{f.sida} rad {f.rad}: {f.text}" for f in fel[:5])
    return Rad(
        vad, Matning((float(len(fel)),), "fel"), 0, (), (), f"vnu {htmlgranskning.version()}. {anmarkning}".rstrip()
    )


def main() -> None:
    """Measure everything and write the file.

    Raises:
        SystemExit: there is no browser to measure in, or the pages changed meanwhile; the file is left as it was.
    """
    from bokslut.matt import FIL, avtryck

    chromium = hitta_chromium()
    if chromium is None:
        sys.exit(f"Tillgängligheten är {INGEN_CHROMIUM}")
    with tempfile.TemporaryDirectory(prefix="bokslut-tillganglighet-") as mapp:
        matt = _matt(chromium, Path(mapp) / "plats")
    if matt["avtryck"] != avtryck():
        sys.exit("Sidornas mallar ändrades medan de mättes. Ingenting är skrivet; kör igen när de ligger still.")
    FIL.write_text(_som_toml(matt), "utf-8", newline="\n")
    print(f"{FIL.relative_to(ROT)}: {len(matt['axe'])} fel enligt axe på {matt['sidor']} sidor.")


def _matt(chromium: str, ut: Path) -> dict[str, Any]:
    """What bokslut.matt.Matt holds. What could not be measured is left out."""
    from bokslut.matt import avtryck
    from bokslut.publicering.manifest import programversion

    fore = avtryck()
    build_site(ut)
    sida = svag_tackning.langsta(ut)
    with server(ut) as (adress, _):
        g = granska(chromium, ut, adress)
        besok = [svag_tackning.besok(chromium, f"{adress}{sida}") for _ in range(GANGER)]
    matt: dict[str, Any] = {
        "datum": datetime.now(UTC).date(),
        "version": programversion(),
        "avtryck": fore,
        "exempel": EXEMPEL,
        "sidor": g.sidor,
        "farger": list(FARGER),
        "bredder": list(BREDDER),
        "verktyg": dict(g.verktyg),
        "axe": _unika((s, regel) for s, regel, _ in g.axe),
        "i_sidled": g.i_sidled,
        "utomstaende": len(g.utomstaende),
        # The slowest round: what is claimed of all is true of each.
        "telefon": {
            "sida": sida,
            "sekunder": round(max(max(b.forsta, b.storsta) for b in besok), 2),
            "skift": float(max(b.skift for b in besok)),
        },
        "prov": {kod: gick for kod, tester in PROV.items() if (gick := _prova(tester)) is not None},
    }
    if not htmlgranskning.saknas():
        matt["verktyg"]["Nu Html Checker"] = htmlgranskning.version()
        matt["html"] = _unika((f.sida, f.text) for f in htmlgranskning.granska_html(ut))
    return matt


def _unika(par: Iterator[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"sida": sida, "regel": regel} for sida, regel in dict.fromkeys(par)]


def _prova(tester: tuple[str, ...]) -> bool | None:
    """Whether tests pass; None when any was not run, since a test that is skipped has shown nothing."""
    print(f"Provar {tester[0]} …", file=sys.stderr)
    with tempfile.TemporaryDirectory() as mapp:
        svar = Path(mapp) / "svar.xml"
        kommando = [sys.executable, "-m", "pytest", "-q", f"--junitxml={svar}", *tester]
        subprocess.run(kommando, cwd=ROT, capture_output=True, check=False)
        return _utfall(svar.read_text("utf-8")) if svar.is_file() else None


def _utfall(junit: str) -> bool | None:
    [svit] = ElementTree.fromstring(junit).iter("testsuite")
    korda, fel, brott, hoppade = (int(svit.get(namn, 0)) for namn in ("tests", "errors", "failures", "skipped"))
    if fel or brott:
        return False
    return True if korda and not hoppade else None


def _som_toml(matt: dict[str, Any]) -> str:
    dok = tomlkit.document()
    for rad in HUVUD.splitlines():
        dok.add(tomlkit.comment(rad))
    dok.update(matt)
    return tomlkit.dumps(dok)


if __name__ == "__main__":
    main()
