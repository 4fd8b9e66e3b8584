"""How soon the longest page can be read on a weak line and a slow phone, and whether it then stands still."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bench.sidgranskning import webblasare

# A weak line and a slow phone: latency, bits per second, how many times slower.
LATENS_MS: Final = 400
BIT_PER_S: Final = 400_000
LANGSAM: Final = 4
TELEFON: Final[dict[str, Any]] = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
# Notes every paint and every shift from the first byte on.
VAKT: Final = """window.matt = {lcp: 0, skift: 0};
new PerformanceObserver((l) => l.getEntries().forEach((e) => { matt.lcp = e.startTime; }))
  .observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver((l) => l.getEntries().forEach((e) => { matt.skift += e.value; }))
  .observe({type: "layout-shift", buffered: true});"""
FCP: Final = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
# Long enough for what starts by itself on an idle page.
VANTA_MS: Final = 3_000


@dataclass(frozen=True, slots=True)
class Besok:
    """Seconds until the first text, the largest text in the window, and the whole page. skift: CLS, 0 is still."""

    forsta: float
    storsta: float
    hela: float
    skift: float


def langsta(mapp: Path) -> str:
    """The page that takes the most bytes to send."""
    return max(sorted(f.name for f in mapp.glob("*.html")), key=lambda namn: packad(mapp / namn))


def packad(fil: Path) -> int:
    """Bytes of a file as it is sent."""
    return len(gzip.compress(fil.read_bytes()))


def besok(chromium: str, adress: str) -> Besok:
    """Open a page as a phone does that has nothing of it before."""
    with webblasare(chromium) as b, b.new_context(**TELEFON) as telefon:
        flik = telefon.new_page()
        flik.add_init_script(VAKT)
        _saktas(flik)
        flik.goto(adress)
        flik.wait_for_timeout(VANTA_MS)
        matt = flik.evaluate("matt")
        hela = flik.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
        return Besok(flik.evaluate(FCP) / 1000, matt["lcp"] / 1000, hela / 1000, matt["skift"])


def utan_skript(chromium: str, adress: str) -> float:
    """Seconds from the request to the first text where scripts are off; the browser tells, as the page cannot."""
    with webblasare(chromium) as b, b.new_context(**TELEFON, java_script_enabled=False) as telefon:
        flik = telefon.new_page()
        cdp = _saktas(flik)
        tider: dict[str, float] = {}
        cdp.send("Page.enable")
        cdp.send("Page.setLifecycleEventsEnabled", {"enabled": True})
        cdp.on("Network.requestWillBeSent", lambda h: tider.setdefault("start", h["timestamp"]))
        cdp.on("Page.lifecycleEvent", lambda h: tider.__setitem__(h["name"], h["timestamp"]))
        flik.goto(adress)
        flik.wait_for_timeout(VANTA_MS)
        return tider["firstContentfulPaint"] - tider["start"]


def _saktas(flik: Any) -> Any:
    cdp = flik.context.new_cdp_session(flik)
    byte_per_s = BIT_PER_S / 8
    natet = {"latency": LATENS_MS, "downloadThroughput": byte_per_s, "uploadThroughput": byte_per_s}
    cdp.send("Network.enable")
    cdp.send("Network.emulateNetworkConditions", {"offline": False, **natet})
    cdp.send("Emulation.setCPUThrottlingRate", {"rate": LANGSAM})
    return cdp
