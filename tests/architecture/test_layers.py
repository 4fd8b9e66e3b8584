"""The picture of the house, held as one table of bans (DESIGN section 2, HOUSE-STYLE "Layers").

Everything is read with ast: imports anywhere in a file, also inside functions and under TYPE_CHECKING, also by
importlib.import_module("name"); and in the engine the calls that would open a file or look at a clock.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

FLOORS = {"kansli": 5, "bokslut": 4, "insatser": 3, "enkat": 2, "indikatorer": 1, "grund": 1}
OUTSIDE = ("bench", "config", "docs", "exempel", "tests")  # may hold Python, is no room: no room imports it


@dataclass(frozen=True)
class Ban:
    """What the files that match `where` may neither import (a dotted name and all below it) nor call."""

    where: tuple[str, ...]
    why: str
    imports: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()


def tower() -> Iterator[Ban]:
    """Turn the floors into bans: a room may import any floor below it, never one above or beside it."""
    for room, floor in FLOORS.items():
        others = tuple(other for other in FLOORS if other != room and FLOORS[other] >= floor)
        yield Ban((f"{room}/*",), f"{room} is on floor {floor} and sees only the floors below", others)


def files(role: str) -> tuple[str, ...]:
    """List the patterns of the files with a role: views.py, views_konto.py, konto_views.py or views/konto.py."""
    return (f"*/{role}.py", f"*/{role}_*.py", f"*/*_{role}.py", f"*/{role}/*.py")


def modules(role: str) -> tuple[str, ...]:
    """List the same files as names to import, in every room and in the rooms within it."""
    names = (role, f"{role}_*", f"*_{role}", f"*.{role}", f"*.{role}_*")
    return tuple(f"{room}.{name}" for room in FLOORS for name in names)


SQL = ("sqlmodel", "sqlalchemy")
WEB = ("flask", "flask_wtf", "flask_babel", "wtforms")
CLOCK = ("now", "today", "utcnow")
DISK = ("io.open", "os", "pathlib.Path", "shutil", "sqlite3", "tempfile")
FILES = ("open", "read_text", "read_bytes", "write_text", "write_bytes")

BANS = (
    *tower(),
    Ban(("*",), "what surrounds the house may look in, the house never looks out", OUTSIDE),
    Ban(files("views"), "views → forms, store; a view holds no query", modules("models") + SQL),
    Ban(files("forms"), "forms → models", modules("views") + modules("store")),
    Ban(files("store"), "store → models", modules("views") + modules("forms")),
    Ban(files("models"), "models know nobody", modules("views") + modules("forms") + modules("store")),
    Ban(files("store") + files("models"), "SQL is tested without an app", WEB),
    Ban(("indikatorer/*",), "the engine knows neither web, SQL, charts nor language", WEB + SQL + ("plotly", "babel")),
    Ban(("indikatorer/*",), "the engine opens no file", DISK, FILES),
    Ban(("indikatorer/*",), "the engine reads no clock", ("time",), CLOCK),
)


def read_imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Give every import of a file as line and dotted name; a relative one keeps its leading dot."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name) for alias in names)
            case ast.ImportFrom(module=module, names=names, level=level):
                stem = "." * level + (module or "")
                yield from ((node.lineno, f"{stem}.{alias.name}") for alias in names)
            case ast.Call(
                func=ast.Name(id="import_module" | "__import__") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(name)), *_],
            ):
                yield node.lineno, name


def read_calls(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Give every call of a file as line and the last part of its name."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                yield node.lineno, name


def reaches(name: str, banned: tuple[str, ...]) -> bool:
    """Tell whether importing the name gets at something banned, or at something below it. A * stays within one part."""
    parts = name.split(".")
    wanted = (pattern.split(".") for pattern in banned)
    return any(len(parts) >= len(want) and all(map(fnmatchcase, parts, want)) for want in wanted)


def breaches(path: str, source: str) -> list[str]:
    """List where a file of the house breaks a ban, as "file:line: what (why)"."""
    tree = ast.parse(source)
    imports, calls = list(read_imports(tree)), list(read_calls(tree))
    found = [(line, name, "imports are absolute") for line, name in imports if name.startswith(".")]
    for ban in BANS:
        if not any(fnmatchcase(path, where) for where in ban.where):
            continue
        found += [(line, name, ban.why) for line, name in imports if reaches(name, ban.imports)]
        found += [(line, f"{name}()", ban.why) for line, name in calls if name in ban.calls]
    return [f"{path}:{line}: {what} ({why})" for line, what, why in sorted(found)]


def rooms(root: Path) -> set[str]:
    """Name every folder beside the README that holds Python."""
    folders = (folder for folder in root.iterdir() if folder.is_dir() and not folder.name.startswith("."))
    return {folder.name for folder in folders if any(folder.rglob("*.py"))}


def test_the_house_is_built_as_the_picture_says() -> None:
    sources = [path for room in FLOORS for path in sorted((ROOT / room).rglob("*.py"))]
    found = [line for path in sources for line in breaches(path.relative_to(ROOT).as_posix(), path.read_text("utf-8"))]
    assert sources
    assert not found, "\n".join(found)


def test_every_room_is_in_the_picture() -> None:
    assert rooms(ROOT) <= {*FLOORS, *OUTSIDE}


def test_a_room_that_is_not_in_the_picture_is_seen(tmp_path: Path) -> None:
    (tmp_path / "tillbyggnad" / "djupt").mkdir(parents=True)
    (tmp_path / "tillbyggnad" / "djupt" / "rum.py").touch()
    (tmp_path / "mallar").mkdir()
    assert rooms(tmp_path) == {"tillbyggnad"}


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("indikatorer/evaluate.py", "import bokslut"),
        ("indikatorer/evaluate.py", "from grund import db"),
        ("grund/db.py", "import indikatorer.counts"),
        ("enkat/frysning/frys.py", "from insatser.store import get_insats"),
        ("insatser/pm.py", "def late():\n    from kansli import app"),
        ("enkat/koder.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import bokslut.grind"),
        ("enkat/koder.py", "import importlib\nimportlib.import_module('kansli.app')"),
        ("bokslut/sidor.py", "from exempel import build"),
        ("enkat/views.py", "from enkat import models"),
        ("enkat/views.py", "from sqlmodel import select"),
        ("kansli/konto_views.py", "import enkat.models"),
        ("kansli/konto/views.py", "from kansli.logg.models import Rad"),
        ("kansli/konto/store.py", "from kansli.konto import forms"),
        ("enkat/forms.py", "from enkat.store import read_svar"),
        ("enkat/store.py", "from flask import g"),
        ("enkat/store.py", "from enkat.forms import SvarForm"),
        ("enkat/models.py", "import enkat.store"),
        ("indikatorer/regler/andel.py", "from .gemensamt import share"),
        ("indikatorer/regler/andel.py", "import sqlalchemy.orm"),
        ("indikatorer/forklaring.py", "from babel.numbers import format_percent"),
        ("indikatorer/toml/source.py", "text = open('indicators.toml').read()"),
        ("indikatorer/toml/source.py", "from pathlib import Path"),
        ("indikatorer/toml/source.py", "import pathlib\ntext = pathlib.Path('x').read_text()"),
        ("indikatorer/evaluate.py", "from datetime import datetime\nar = datetime.now().year"),
        ("indikatorer/evaluate.py", "from datetime import date\nar = date.today().year"),
        ("indikatorer/evaluate.py", "from time import monotonic"),
    ],
)
def test_a_breach_is_reported(path: str, source: str) -> None:
    [line, *_] = breaches(path, source)
    assert line.startswith(f"{path}:{len(source.splitlines())}: ")


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("kansli/app.py", "import bokslut, insatser, enkat, indikatorer, grund"),
        ("bokslut/underlag.py", "from pathlib import Path\ntext = Path('x').read_text()"),
        ("enkat/views.py", "from flask import render_template\nfrom enkat import forms, store"),
        ("enkat/forms.py", "from wtforms import RadioField\nfrom enkat.models import Svar\nimport grund.forms"),
        ("enkat/store.py", "from sqlmodel import select\nfrom enkat.models import Svar"),
        ("enkat/store.py", "from indikatorer.kodning import build_forms"),
        ("indikatorer/counts.py", "import numpy as np\nfrom io import StringIO\nfrom indikatorer.regler import andel"),
    ],
)
def test_what_the_picture_allows_passes(path: str, source: str) -> None:
    assert breaches(path, source) == []
