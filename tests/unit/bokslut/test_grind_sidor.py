"""Nothing in a page may fetch anything from anybody else, however it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from bokslut.grind.provar_sidor import granska_sidor


def hittat(mapp: Path, innehall: str, namn: str = "sida.html") -> list[str]:
    (mapp / namn).write_text(innehall, "utf-8")
    return [h.kod for h in granska_sidor(mapp)]


@pytest.mark.parametrize(
    "html",
    [
        '<script src="https://x.se/a.js"></script>',
        '<script src="//x.se/a.js"></script>',
        "<img src=http://x.se/a.png>",
        '<img srcset="a.png 1x, https://x.se/b.png 2x">',
        '<link rel="stylesheet" href="HTTPS://x.se/a.css">',
        '<iframe src=" \thttps://x.se"></iframe>',
        '<iframe src="data:text/html,<img src=https://x.se>"></iframe>',
        '<form action="https://x.se"></form>',
        '<button formaction="//x.se"></button>',
        '<object data="https://x.se/a.svg"></object>',
        '<video poster="https://x.se/a.png"></video>',
        '<svg><image xlink:href="https://x.se/a.png"/></svg>',
        '<svg><use href="https://x.se/a.svg#b"/></svg>',
        '<p style="background: url(https://x.se/a.png)">',
        "<style>p { background: url('//x.se/a.png') }</style>",
        '<style>@import "https://x.se/a.css";</style>',
        '<meta http-equiv="refresh" content="0; URL=https://x.se">',
        '<a href="javascript:alert(1)">',
        '<a ping="https://x.se" href="a.html">',
        '<img src="\\\\x.se\\a.png">',
        '<img src="/a.png">',
        '<a href="/om">',
    ],
)
def test_an_address_that_leads_out_blocks(tmp_path: Path, html: str) -> None:
    assert hittat(tmp_path, html) == ["tredje-part"]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="metod.html#kallor">',
        '<a href="#s">',
        '<link rel="stylesheet" href="../versioner.css">',
        '<img src="data:image/png;base64,aGVq">',
        '<link rel="icon" href="data:,">',
        '<svg xmlns="http://www.w3.org/2000/svg"><use href="#s-gron"/></svg>',
        '<a href="mailto:kansli@x.se">',
        '<p style="color: red">https://x.se är en adress i en text</p>',
        '<a href="data/resultat.csv" download>',
    ],
)
def test_what_stays_at_home_passes(tmp_path: Path, html: str) -> None:
    assert hittat(tmp_path, html) == []


@pytest.mark.parametrize("html", ['<a href="https://x.se">', '<a href="//x.se/b">', '<area href="http://x.se">'])
def test_a_link_that_somebody_must_click_is_a_warning(tmp_path: Path, html: str) -> None:
    assert hittat(tmp_path, html) == ["extern-lank"]


@pytest.mark.parametrize(
    ("namn", "innehall"),
    [
        ("a.css", "p { background: url( 'https://x.se/a.png' ) }"),
        ("a.css", "@import '//x.se/a.css';"),
        ("a.svg", '<svg><image href="https://x.se/a.png"/></svg>'),
        ("a.js", 'fetch("https://x.se/a")'),
        ("a.js", "new WebSocket(`wss://x.se`)"),
    ],
)
def test_styles_drawings_and_scripts_are_looked_at(tmp_path: Path, namn: str, innehall: str) -> None:
    assert hittat(tmp_path, innehall, namn) == ["tredje-part"]


def test_each_address_is_told_once_a_page(tmp_path: Path) -> None:
    assert hittat(tmp_path, '<img src="//x.se/a.png">' * 3) == ["tredje-part"]
