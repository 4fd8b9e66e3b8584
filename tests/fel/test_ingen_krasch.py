"""Whatever stands in the files, the answer is results or faults: never another exception, and never a long wait."""

import json
import re
import time
from collections.abc import Callable, Iterator
from functools import cache
from random import Random

import pytest

from indikatorer.diagnos import utdrag
from indikatorer.evaluate import evaluate
from indikatorer.resultat import som_json
from indikatorer.toml.source import las_bytes
from tests.fel.korpus import CONFIG, GRUND, KATALOG, UNDERLAG, Filer, alla_fall, las, las_mapp, rattade

ROT = KATALOG.parents[1]
LANGST = 5.0
NYCKELRAD = re.compile(r"(?m)^(\w+) = (.+)$")
ANDRA_VARDEN = ('"x"', '""', "5", "-1", "1.5", "true", "[]", "[1]", '["x", "x"]', "{}", "{ x = 1 }", "2020-01-01", "")
BITAR = (
    *("\n", "\r", "\r\n", '"', "'", '"""', ",", ";", "\t", "=", "[", "]", "{", "}", "[[", "#", "+++", "\\", ".."),
    *("å", "ö", "é", "”", "%", " ", "\ufeff", "\u2028", "\0", "𝄞", "0", "-1", "9" * 50, "*", "?", "[a"),
    *("true", "null", "andel", "index", 'under = "x"', 'av = ["*"]', "minst", "kon", "antal"),
)
KODNINGAR = ("utf-8",) * 8 + ("cp1252", "utf-16", "utf-8-sig")
Andring = Callable[[Random, str], str]


def granska(filer: Filer) -> None:
    """Do all that a command may do with these files."""
    borjan = time.thread_time()  # its own work: other tests run on the same cores
    forberett, diagnoser = las(filer)
    for d in diagnoser:
        assert "\n" not in str(d)
        assert 0 <= d.plats.start <= d.plats.slut
        if d.fil in filer:
            utdrag(las_bytes(d.fil, filer[d.fil]).text, d.plats)
    rattade(filer, *(d.fix for d in diagnoser if d.fix is not None))
    if forberett is not None:
        json.dumps(som_json(evaluate(forberett, forhandsvisa=True)))
    assert time.thread_time() - borjan < LANGST


def bort(slump: Random, text: str) -> str:
    i = slump.randrange(len(text) + 1)
    return text[:i] + text[i + slump.choice((1, 1, 2, 5, 20, 200)) :]


def in_med(slump: Random, text: str) -> str:
    i = slump.randrange(len(text) + 1)
    return text[:i] + slump.choice(BITAR) + text[i + slump.randrange(2) :]


def rad_bort(slump: Random, text: str) -> str:
    rader = text.split("\n")
    del rader[slump.randrange(len(rader))]
    return "\n".join(rader)


def rad_till(slump: Random, text: str) -> str:
    rader = text.split("\n")
    rader.insert(slump.randrange(len(rader)), slump.choice(rader))
    return "\n".join(rader)


def slut(slump: Random, text: str) -> str:
    return text[: slump.randrange(len(text) + 1)]


def byt_ord(slump: Random, text: str) -> str:
    ord_ = list(re.finditer(r"[\w-]+", text))
    if not ord_:
        return text
    plats = slump.choice(ord_)
    return text[: plats.start()] + slump.choice(ord_)[0] + text[plats.end() :]


ANDRINGAR: tuple[Andring, ...] = (bort, in_med, in_med, rad_bort, rad_till, slut, byt_ord, byt_ord)


def andrad(slump: Random, filer: Filer) -> dict[str, bytes]:
    """The files, one of them changed in one to eight places; most often one that people write by hand."""
    namn = slump.choice([*filer, *[n for n in (CONFIG, UNDERLAG) if n in filer] * 3])
    text = filer[namn].decode("utf-8", "replace")
    for _ in range(slump.choice((1, 1, 1, 2, 3, 8))):
        text = slump.choice(ANDRINGAR)(slump, text)
    return dict(filer) | {namn: text.encode(slump.choice(KODNINGAR), "replace")}


@cache
def umea() -> Filer:
    """The example as an author has it: the config beside the underlag of two years."""
    filer = {CONFIG: (ROT / "config" / CONFIG).read_bytes()} | las_mapp(ROT / "exempel" / "umea-2020")
    fjol = las_mapp(ROT / "exempel" / "umea-2019")
    return filer | {f"../umea-2019/{namn}": data for namn, data in fjol.items()}


def varden_av_annan_sort(fil: str) -> Iterator[tuple[str, bytes]]:
    text = GRUND[fil].decode("utf-8")
    for rad in NYCKELRAD.finditer(text):
        for varde in ANDRA_VARDEN:
            ny = text[: rad.start(2)] + varde + text[rad.end(2) :]
            yield f"{rad[1]} = {varde}", ny.encode("utf-8")


@pytest.mark.parametrize("fil", [CONFIG, UNDERLAG])
def test_every_key_may_hold_anything(fil: str) -> None:
    for _, data in varden_av_annan_sort(fil):
        granska(dict(GRUND) | {fil: data})


@pytest.mark.parametrize("fil", [CONFIG, UNDERLAG])
def test_no_line_is_needed_for_the_answer_to_be_an_answer(fil: str) -> None:
    rader = GRUND[fil].decode("utf-8").splitlines(keepends=True)
    for nummer in range(len(rader)):
        granska(dict(GRUND) | {fil: "".join(rader[:nummer] + rader[nummer + 1 :]).encode("utf-8")})


@pytest.mark.parametrize("fro", range(8))
def test_random_changes_of_the_base(fro: int) -> None:
    slump = Random(fro)
    for _ in range(60):
        granska(andrad(slump, GRUND))


def test_random_changes_of_what_is_wrong_already() -> None:
    slump = Random(2020)
    for fall in alla_fall():
        granska(andrad(slump, fall.filer))


@pytest.mark.parametrize("fro", range(4))
def test_random_changes_of_umea(fro: int) -> None:
    slump = Random(fro)
    for _ in range(6):
        granska(andrad(slump, umea()))


@pytest.mark.parametrize(
    "data",
    [
        b"kon,utfall,antal\n" + b"kvinna,arbete\n" * 50_000,
        b"kon,utfall,antal\n" + b"".join(b"kvinna,x%d,1\n" % i for i in range(20_000)),
        b"kon,utfall,antal\n" + b"kvinna,Arbete,-1\n" * 50_000,
        b'kon,utfall,antal\n"' + b"kvinna,arbete,1\n" * 50_000,
        b"kon,utfall,antal\nkvinna,arbete" + b"-" * 200_000 + b",1\n",
        b"," * 100_000,
        b"\r" * 100_000,
    ],
    ids=["for-fa-celler", "okanda-varden", "negativa-antal", "oppet-citattecken", "lang-cell", "komman", "radslut"],
)
def test_a_large_faulty_table_is_told_in_few_words_and_soon(data: bytes) -> None:
    filer = dict(GRUND) | {"deltagare.csv": data}
    granska(filer)
    assert 1 <= len(las(filer)[1]) <= 1000


def test_a_chain_of_a_thousand_parents_is_read() -> None:
    led = [
        f'[indikator.led{n}]\nunder = "led{n + 1}"\nregel = "andel"\nfraga = "trygg"\nsvar = ["ja"]\n'
        for n in range(999)
    ]
    titlar = [text.replace("\n", f'\ntitel = "Led {n}"\n', 1) for n, text in enumerate(led)]
    granska(dict(GRUND) | {CONFIG: GRUND[CONFIG] + ("\n" + "\n".join(titlar)).encode("utf-8")})
