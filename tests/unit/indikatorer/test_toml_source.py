"""What a TOML text says, where it says it, and that tomllib agrees."""

import codecs
import tomllib
from collections.abc import Iterator

import pytest
import tree_sitter
import tree_sitter_toml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indikatorer.diagnos import HELA_FILEN, Plats, ratta
from indikatorer.toml.fel import MAX_FEL, Vag
from indikatorer.toml.source import TomlDokument, las_bytes, las_toml

TEXT = """\
# Bokslutet 😀
forbund = "Umeåregionen"
a.b.c = 1

[indikator.stod-for-arbete]   # rubriken
titel = "Stöd 😀"
gron = "minst 80 %"
svar = ["till_stor_del", "helt"]
vikt = 2
urval = { grupp = ["styrelse"], "en del".x = [ { y = 1.5 } ] }
perioder = [
    "2019",  # förra
    "2020H1",
]

[[kalla.del]]
id = 'x'
[[kalla.del]]
id = '''
y'''
"""


def las(text: str) -> TomlDokument:
    return las_toml("f.toml", text)


def pa(dok: TomlDokument, plats: Plats) -> str:
    """The text at a place, having checked that line, column and offsets say the same."""
    rad = dok.text.split("\n")[plats.rad - 1]
    fore = "".join(r + "\n" for r in dok.text.split("\n")[: plats.rad - 1])
    assert len(fore) + plats.kolumn - 1 == plats.start
    assert rad[plats.kolumn - 1 :][:1] == dok.text[plats.start : plats.start + 1].strip("\n")
    return dok.text[plats.start : plats.slut]


@pytest.mark.parametrize(
    ("vag", "nyckel", "varde", "tabell"),
    [
        (("forbund",), "forbund", '"Umeåregionen"', "forbund"),
        (("a", "b", "c"), "c", "1", "c"),
        (("a", "b"), "b", "b", "b"),
        (("indikator",), "indikator", "[indikator.stod-for-arbete]", "[indikator.stod-for-arbete]"),
        (
            ("indikator", "stod-for-arbete"),
            "stod-for-arbete",
            "[indikator.stod-for-arbete]",
            "[indikator.stod-for-arbete]",
        ),
        (("indikator", "stod-for-arbete", "gron"), "gron", '"minst 80 %"', "[indikator.stod-for-arbete]"),
        (("indikator", "stod-for-arbete", "svar", 0), '"till_stor_del"', '"till_stor_del"', None),
        (("indikator", "stod-for-arbete", "svar", 1), '"helt"', '"helt"', None),
        (("indikator", "stod-for-arbete", "urval", "grupp"), "grupp", '["styrelse"]', None),
        (("indikator", "stod-for-arbete", "urval", "grupp", 0), '"styrelse"', '"styrelse"', None),
        (("indikator", "stod-for-arbete", "urval", "en del", "x", 0, "y"), "y", "1.5", None),
        (("indikator", "stod-for-arbete", "perioder", 1), '"2020H1"', '"2020H1"', None),
        (("kalla", "del", 0, "id"), "id", "'x'", "[[kalla.del]]"),
        (("kalla", "del", 1, "id"), "id", "'''\ny'''", "[[kalla.del]]"),
        (("kalla", "del", 1), "del", "[[kalla.del]]", "[[kalla.del]]"),
        # what is missing: the header of its table, or the name of the value it would be part of
        (("indikator", "stod-for-arbete", "gul"), *["[indikator.stod-for-arbete]"] * 3),
        (("indikator", "annan", "gron"), *["[indikator.stod-for-arbete]"] * 3),
        (("indikator", "stod-for-arbete", "svar", 9), "svar", "svar", None),
        (("finns", "inte"), *[""] * 3),
    ],
)
def test_every_path_has_its_places(vag: Vag, nyckel: str, varde: str, tabell: str | None) -> None:
    dok = las(TEXT)
    assert pa(dok, dok.plats_nyckel(vag)) == nyckel
    assert pa(dok, dok.plats_varde(vag)) == varde
    assert pa(dok, dok.plats_tabell(vag)) == ("[indikator.stod-for-arbete]" if tabell is None else tabell)


def test_columns_count_characters_and_lines_from_one() -> None:
    dok = las(TEXT)
    assert dok.plats_varde(("indikator", "stod-for-arbete", "titel")) == Plats(6, 9, 99, 107)


def test_what_exists_is_told_apart_from_what_does_not() -> None:
    dok = las(TEXT)
    assert dok.finns(("indikator",))
    assert dok.finns(("indikator", "stod-for-arbete", "svar", 1))
    assert not dok.finns(("indikator", "stod-for-arbete", "svar", 2))
    assert not dok.finns(("indikator", "stod-for-arbete", "gul"))


@pytest.mark.parametrize("text", ["", "\n", "# bara en kommentar", " \t\r\n"])
def test_empty_file_is_no_fault(text: str) -> None:
    dok = las(text)
    assert (dok.data, dok.diagnoser) == ({}, ())
    assert dok.plats_nyckel(("x", "y")) == HELA_FILEN


def test_windows_line_endings_change_nothing_but_the_offsets() -> None:
    dos = las(TEXT.replace("\n", "\r\n"))
    assert dos.diagnoser == ()
    assert dos.data == las(TEXT).data
    vag = ("indikator", "stod-for-arbete", "perioder", 1)
    plats = las(TEXT).plats_varde(vag)
    assert (dos.plats_varde(vag).rad, dos.plats_varde(vag).kolumn) == (plats.rad, plats.kolumn)


# --- an independent parser finds the same places ---

PARSER = tree_sitter.Parser(tree_sitter.Language(tree_sitter_toml.language()))


def par_enligt_tree_sitter(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Name, value, line and column (in characters) of every pair that stands on its own line."""
    rader = text.encode().split(b"\n")
    for tabell in PARSER.parse(text.encode()).root_node.children:
        for nod in [tabell, *tabell.children]:
            if nod.type == "pair":
                nyckel, varde = nod.children[0], nod.children[-1]
                assert nyckel.text is not None
                assert varde.text is not None
                rad, kolumn = varde.start_point
                yield nyckel.text.decode(), varde.text.decode(), rad + 1, len(rader[rad][:kolumn].decode()) + 1


def test_places_agree_with_tree_sitter() -> None:
    dok = las(TEXT)
    mina = set()
    for vag, spann in dok._spann.items():
        if all(isinstance(del_, str) for del_ in vag[-1:]) and vag[:2] != ("a", "b"):
            plats = dok.plats(spann.start, spann.slut)
            namn = TEXT[spann.nyckel_start : spann.nyckel_slut]
            mina.add((namn, TEXT[spann.start : spann.slut], plats.rad, plats.kolumn))
    deras = {par for par in par_enligt_tree_sitter(TEXT) if par[0] != "a.b.c"}
    assert len(deras) == 9
    assert deras <= mina


# --- tomllib is the judge of what is TOML and what it says ---

RADER = [
    "a = 1",
    'b.c = "x"',
    "a.b = 2",
    "[t]",
    "[t.u]",
    "[[l]]",
    "[[l.m]]",
    "[b]",
    "[b.c]",
    "b.d = 1",
    't = { x = 1, y.z = [1, "a"], y.w = {} }',
    'e = """\nab\\\n  c"""',
    "f = '''x\ny'''",
    "g = 1979-05-27 07:32:00",
    "h = 1.5e3",
    "i = true",
    '"q r".s = -1',
    'svar = [\n  "a", # k\n  "b",\n]',
    "# k",
    "",
    'k = "a\\tb\\u00e5"',
    "m = [[1],[{}]]",
    "n = 0x_1",
    "o = +inf",
    "p = 07:32:00",
    "v = 1_000",
    'gron = "minst 80 %"',
    'x = """a""""',
    'y = "åäö😀"',
    "l = []",
    "z = 2020-02-30",
]
TECKEN = ['"', "'", '"""', "[", "]", "{", "}", "=", ",", ".", "#", "\n", "\r\n", "\r", " ", "\t", "\\", "\u00a0"]
TECKEN += ["\u200b", "“", "”", "’", "–", "å", "a", "b", "0", "8", "-", "_", ":", ";", "//", "\x01", "Ja", "%", "e"]
TECKEN += ["\\u", "\ufeff", "[[", "😀", "null", "a = ", "b = 1"]


@st.composite
def texter(draw: st.DrawFn) -> str:
    """A TOML text, as a rule with something stuck in or cut out."""
    text = "\n".join(draw(st.lists(st.sampled_from(RADER), max_size=6)))
    for _ in range(draw(st.integers(0, 3))):
        plats = draw(st.integers(0, len(text)))
        text = text[:plats] + draw(st.sampled_from(["", *TECKEN])) + text[plats + draw(st.integers(0, 2)) :]
    return text


@settings(max_examples=1500)
@given(st.one_of(texter(), texter(), st.text(st.sampled_from("".join(TECKEN)), max_size=20), st.text(max_size=20)))
@example("[a.b.c]\n[a]\nb.x = 1\n[a.b]")
@example("[[a.b]]\n[a]\nb.x = 1")
@example("a = { b = { c = 1 }, b.d = 2 }")
@example("a = [{}]\n[[a]]")
@example('a = "x"\u00a0# k')
def test_tomllib_agrees(text: str) -> None:
    dok = las(text)
    try:
        varde = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        assert dok.diagnoser
    else:
        assert dok.diagnoser == ()
        assert repr(dok.data) == repr(varde)  # repr, for nan is not equal to itself


@settings(max_examples=500)
@given(texter())
def test_every_fault_lies_in_the_text_and_every_fix_mends_it(text: str) -> None:
    diagnoser = las(text).diagnoser
    for diagnos in diagnoser:
        plats = diagnos.plats
        assert 0 <= plats.start <= plats.slut <= len(text)
        assert plats.rad == text[: plats.start].count("\n") + 1
        assert plats.kolumn == plats.start - text.rfind("\n", 0, plats.start)
        if diagnos.fix is None:
            continue
        kvar = las(ratta({"f.toml": text}, [diagnos.fix])["f.toml"]).diagnoser
        samma = [d for d in kvar if (d.kod, d.plats, d.fann) == (diagnos.kod, plats, diagnos.fann)]
        # Of several alike, taking one away may put the next in its place.
        assert not samma or sum(d.kod == diagnos.kod for d in kvar) < sum(d.kod == diagnos.kod for d in diagnoser)


# --- bytes ---


@pytest.mark.parametrize(
    ("data", "kodning"),
    [
        ("å = 1\r\n".encode(), "utf-8"),
        (codecs.BOM_UTF8 + "å = 1\r\n".encode(), "utf-8-sig"),
        ("å = 1\r\n".encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + "å = 1\r\n".encode("utf-16-be"), "utf-16"),
        ("å = 1\r\n".encode("cp1252"), "cp1252"),
    ],
)
def test_encodings_of_swedish_programs_are_read(data: bytes, kodning: str) -> None:
    avkodad = las_bytes("f", data)
    assert (avkodad.text, avkodad.kodning, avkodad.diagnoser) == ("å = 1\r\n", kodning, ())


@pytest.mark.parametrize(
    "data",
    [
        b"a\0b",
        b"PK\x03\x04\x14\0",
        b"\x89PNG\r\n\x1a\n\0",
        b"\xff\xfe\0",
        b"\x81\x8d",
        "a".encode("utf-32"),
        b"\xef\xbb\xbf\xff",
    ],
)
def test_what_is_no_text_is_told(data: bytes) -> None:
    avkodad = las_bytes("f.csv", data)
    assert avkodad.text == ""
    assert [(d.kod, d.fil, d.plats) for d in avkodad.diagnoser] == [("inte-text", "f.csv", HELA_FILEN)]


def test_excel_file_is_recognised() -> None:
    assert "CSV UTF-8" in las_bytes("f.csv", b"PK\x03\x04\0").diagnoser[0].mening()


# --- size ---


N = 500_000
SKRAP = {
    "rader": "a\n" * (N // 2),
    "hakparenteser": "[" * N,
    "klamrar": "x = " + "{a=" * (N // 3),
    "citattecken": '"' * N,
    "typografiska": "x = [" + "“a, " * (N // 4),
    "styrtecken": "\x01" * N,
    "mellanslag": " " * N + "x",
    "ord": "a " * (N // 2),
    "punkter": "a." * (N // 2) + "=1",
    "lista": "x = [" + "1," * (N // 2),
    "strängar": "x = [" + '"a" ' * (N // 4),
    "tre citattecken": 'x = """' + "a\n" * (N // 2),
    "snedstreck": 'x = "' + "\\" * N,
    "vagnretur": "\r" * N,
    "inuti": 'x = "a' + '"b' * (N // 2) + '"',
    "siffror": "x = " + "1_" * (N // 2),
}


@pytest.mark.parametrize("text", SKRAP.values(), ids=SKRAP.keys())
def test_half_a_megabyte_of_junk_comes_to_an_end_with_faults_that_can_be_counted(text: str) -> None:
    dok = las(text)
    assert 0 < len(dok.diagnoser) <= MAX_FEL + 1
