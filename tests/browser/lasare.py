"""What a reader of the bokslut meets on any page: on a phone, a tablet and a desk, in the light and in the dark."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from playwright.sync_api import Page

BREDDER: Final = (390, 768, 1280)
OPPNA: Final = "document.querySelectorAll('details').forEach((d) => (d.open = true))"
# A link in a sentence may be as low as its line, as WCAG 2.2 lets it.
SMATT: Final = """() => { const mening = (e) => e.matches("a") && getComputedStyle(e).display === "inline" &&
    e.parentElement.innerText.trim().length > e.innerText.trim().length;
  return [...document.querySelectorAll("a:not(.hoppa), button, summary")]
  .filter((e) => e.checkVisibility() && !mening(e))
  .map((e) => [e.textContent.trim().slice(0, 30), Math.round(e.getBoundingClientRect().height)])
  .filter(([, height]) => height < 44).map(([text, height]) => `${height} px is too small to touch: ${text}`); }"""


def shut_out(page: Page, fil: Path, axe: Callable[[Page], list[str]]) -> list[str]:
    """What is wrong with a page, with all that can be unfolded unfolded: an empty list when nothing is.

    axe looks at the narrow page in the light and at the wide one in the dark; `make uthallighet` at all there is.
    """
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(fil.as_uri())
    page.evaluate(OPPNA)
    fel = [*page.evaluate(SMATT), *too_wide(page), *axe(page)]
    page.emulate_media(color_scheme="dark")
    for bredd in BREDDER:
        page.set_viewport_size({"width": bredd, "height": 800})
        fel += too_wide(page)
    return fel + [f"dark, wide: {f}" for f in axe(page)]


def too_wide(page: Page) -> list[str]:
    """What does not fit in the window."""
    bredd, rum = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return [f"{bredd} px do not fit in {rum}"] if bredd > rum else []
