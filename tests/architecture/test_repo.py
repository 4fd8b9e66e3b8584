"""What holds for every file that is, or is about to be, committed."""

import io
import re
import subprocess
import tokenize
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).parents[2]

# Written so that this file does not match itself.
UNFINISHED = re.compile(r"\b(?:TO[D]O|FIX[M]E|XX[X])\b")
MACHINE_PATH = re.compile(r"(?<![\w.:/-])/(?:home|root|Users|work|tm[p]|opt)/\w|\b[A-Z]:\\\w")
REGISTRY = re.compile(r"(?i)pypi[.]|pythonhosted[.]|npmjs[.]|yarnpkg[.]|deb[.]debian|jsdeliv[r]|unpkg[.]|cdnj[s]")
ADDRESS = re.compile(r"https?://(?!www\.w3\.org/)[^\s\"'<>)]+")  # w3.org: names of XML namespaces, fetched by nobody


def is_ours(path: PurePosixPath) -> bool:
    """Tell our own text from a library that is kept in the tree as its authors made it."""
    return "vendor" not in path.parts and ".min." not in path.name


def list_files() -> dict[str, str]:
    """Read every text file that git tracks or would track, by its path from the root."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    found = {}
    for name in filter(None, names):
        raw = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b"\0"  # deleted, or a link to a folder
        if is_ours(PurePosixPath(name)) and b"\0" not in raw:
            found[name] = raw.decode("utf-8", errors="replace")
    return found


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return list_files()


def hits(texts: dict[str, str], pattern: re.Pattern[str], *folders: str) -> list[str]:
    """List "file:line: match" for the files in the folders, or for all files."""
    return [
        f"{name}:{number}: {match[0]}"
        for name, text in texts.items()
        if not folders or name.startswith(folders)
        for number, line in enumerate(text.splitlines(), start=1)
        if (match := pattern.search(line))
    ]


def test_every_file_is_named_for_what_it_holds(texts: dict[str, str]) -> None:
    nameless = {"utils.py", "util.py", "helpers.py", "helper.py", "misc.py", "common.py"}
    assert [name for name in texts if PurePosixPath(name).name in nameless] == []


def test_nothing_is_left_for_later(texts: dict[str, str]) -> None:
    assert hits(texts, UNFINISHED) == []


def test_no_path_belongs_to_one_machine(texts: dict[str, str]) -> None:
    assert hits(texts, MACHINE_PATH) == []


def test_no_registry_is_named(texts: dict[str, str]) -> None:
    assert hits(texts, REGISTRY) == []


def test_pages_and_locks_hold_no_foreign_address(texts: dict[str, str]) -> None:
    assert hits(texts, ADDRESS, "templates/", "static/", "requirements/") == []


def test_identifiers_are_ascii(texts: dict[str, str]) -> None:
    foreign = [
        f"{name}:{token.start[0]}: {token.string}"
        for name, text in texts.items()
        if name.endswith(".py")
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
        if token.type == tokenize.NAME and not token.string.isascii()
    ]
    assert foreign == []


@pytest.mark.parametrize("lock", ["uv", "run", "dev"])
def test_a_lock_pins_and_hashes_everything(texts: dict[str, str], lock: str) -> None:
    entries = re.split(r"\n(?=\w)", texts[f"requirements/{lock}.txt"].strip())
    assert [entry for entry in entries if not re.match(r"[\w.-]+==\S+ .*\n +--hash=sha256:", entry)] == []


def test_what_runs_is_what_was_tested(texts: dict[str, str]) -> None:
    pins = {
        lock: set(re.findall(r"^\S+==\S+", texts[f"requirements/{lock}.txt"], re.M)) for lock in ("uv", "run", "dev")
    }
    assert pins["run"] | pins["uv"] < pins["dev"]


@pytest.mark.parametrize("command", ["make run", "make test"])
def test_the_readme_names_the_command(command: str) -> None:
    assert command in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (UNFINISHED, "# TO" + "DO: senare"),
        (MACHINE_PATH, "open('/ho" + "me/anna/x.csv')"),
        (MACHINE_PATH, r"C:" + r"\Users\anna"),
        (REGISTRY, "files.python" + "hosted.org"),
        (ADDRESS, '<script src="https://example.org/x.js">'),
    ],
)
def test_each_pattern_finds_what_it_is_for(pattern: re.Pattern[str], text: str) -> None:
    assert hits({"a": f"first\n{text}"}, pattern) != []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (MACHINE_PATH, "#!/usr/bin/env bash"),
        (MACHINE_PATH, "/static/work/x.css"),
        (MACHINE_PATH, "https://example.org/home/x"),
        (ADDRESS, '<svg xmlns="http://www.w3.org/2000/svg">'),
    ],
)
def test_no_pattern_finds_more(pattern: re.Pattern[str], text: str) -> None:
    assert hits({"a": text}, pattern) == []
