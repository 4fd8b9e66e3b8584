"""The languages: every catalogue whole, in step with the texts and rightly written; and who is offered which."""

import re
import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural
from hypothesis import given
from hypothesis import strategies as st

from enkat import sprak as sprakmodul
from enkat import texter
from enkat.babel_toml import extract
from enkat.fragor import Enkat, las_enkat
from enkat.granskning import Granskning
from enkat.katalog import extrahera, las_katalog, ooversatta, uppdatera
from enkat.sprak import (
    DOMANER,
    KALLSPRAK,
    SPRAK,
    Sprak,
    erbjudna,
    gettext_for,
    granskning,
    ngettext_for,
    po_fil,
    saknade,
    sprak,
    textsumma,
    valj,
)
from tests.unit.enkat.provenkat import enkat

ROOT = Path(__file__).parents[3]
OVERSATTA = SPRAK[1:]
KATALOGER = {(s.kod, doman): las_katalog(s, doman) for s in OVERSATTA for doman in DOMANER}
PROV = enkat()

SKRIFT = {"ar": "ARABIC", "fa_AF": "ARABIC", "ti": "ETHIOPIC", "uk": "CYRILLIC"}
CITAT = {"sv@latt": "””", "en": "“”", "so": "“”", "ar": "«»", "fa_AF": "«»", "ti": "«»", "uk": "«»"}
# What a sentence ends with where Swedish has the first of each.
SLUTTECKEN = {".": ".።", "?": "?؟፧", "!": "!", ":": ":፦", "…": "…"}
# Names that stand as they are in any script: authorities and laws one may need to look up, and the letter of a law.
NAMN = ("samordningsförbundet", "socialt bokslut", "sekretesslagen", "www.imy.se", "IMY", "QR", "6.1 e")
# The only texts that are the same word in Swedish. Lätt svenska may keep a text of three words or fewer.
LIKA = {("en", "Man")}
PLATSHALLARE = re.compile(r"\{(\w+)\}")


def former(text: Message) -> tuple[str, ...]:
    """The translation, in all its plural forms."""
    return tuple(text.string) if isinstance(text.string, tuple | list) else (str(text.string),)


def kallor(text: Message) -> tuple[str, ...]:
    """The Swedish text, in both its forms when it has two."""
    return tuple(text.id) if isinstance(text.id, tuple | list) else (str(text.id),)


def par(kod: str) -> Iterator[tuple[str, str]]:
    """Every translation with the Swedish text it is of."""
    for doman in DOMANER:
        for text in KATALOGER[kod, doman]:
            if text.id:
                yield from ((kallor(text)[-1], form) for form in former(text))


def utan_namn(text: str) -> str:
    """The translation's own words."""
    text = PLATSHALLARE.sub("", text)
    for namn in NAMN:
        text = text.replace(namn, "")
    return text


@pytest.fixture(scope="module")
def mallar() -> dict[str, Catalog]:
    return extrahera()


alla_kataloger = pytest.mark.parametrize(("kod", "doman"), KATALOGER, ids="-".join)
alla_sprak = pytest.mark.parametrize("kod", [s.kod for s in OVERSATTA])


@alla_kataloger
def test_every_text_is_translated(kod: str, doman: str) -> None:
    assert [text.id for text in ooversatta(KATALOGER[kod, doman])] == []


@alla_kataloger
def test_a_catalogue_has_the_texts_there_are_and_no_other(kod: str, doman: str, mallar: dict[str, Catalog]) -> None:
    katalog = KATALOGER[kod, doman]
    assert {kallor(t) for t in katalog} == {kallor(t) for t in mallar[doman]}
    assert list(katalog.obsolete) == []


@alla_kataloger
def test_a_catalogue_is_written_as_its_program_writes_it(
    kod: str, doman: str, mallar: dict[str, Catalog], tmp_path: Path
) -> None:
    vald = next(s for s in OVERSATTA if s.kod == kod)
    kopia = po_fil(vald, doman, tmp_path)
    kopia.parent.mkdir(parents=True)
    shutil.copy(po_fil(vald, doman), kopia)
    uppdatera(vald, mallar[doman], tmp_path)
    assert kopia.read_bytes() == po_fil(vald, doman).read_bytes()


@alla_kataloger
def test_the_plural_forms_are_those_of_the_language(kod: str, doman: str) -> None:
    katalog = KATALOGER[kod, doman]
    antal, uttryck = get_plural(kod.split("@")[0])
    huvud = dict(katalog.mime_headers)["Plural-Forms"]
    assert re.sub(r"\s", "", huvud) == re.sub(r"\s", "", f"nplurals={antal}; plural={uttryck};")
    assert {len(former(t)) for t in katalog if isinstance(t.id, tuple | list)} <= {antal}


@alla_sprak
def test_what_a_page_fills_in_has_its_place(kod: str) -> None:
    for svensk, form in par(kod):
        saknas = set(PLATSHALLARE.findall(svensk)) ^ set(PLATSHALLARE.findall(form))
        # Arabic says one and two without a number.
        assert saknas <= ({"n"} if kod == "ar" and svensk in texter.FORE_TID else set()), form
        form.format_map(dict.fromkeys(PLATSHALLARE.findall(form), "x"))


@alla_sprak
def test_no_text_was_left_in_swedish(kod: str) -> None:
    lika = {form for svensk, form in par(kod) if form == svensk and (kod, form) not in LIKA}
    assert all(kod == "sv@latt" and len(re.findall(r"\w+", PLATSHALLARE.sub("", t))) <= 3 for t in lika), lika


@alla_sprak
def test_a_text_is_in_the_script_of_its_language(kod: str) -> None:
    for _, form in par(kod):
        skrifter = {unicodedata.name(t).split()[0] for t in utan_namn(form) if t.isalpha()}
        assert skrifter <= {SKRIFT.get(kod, "LATIN")}, form


@alla_sprak
def test_numbers_dates_and_names_are_kept(kod: str) -> None:
    for svensk, form in par(kod):
        assert re.findall(r"\d[\d.:-]*\d", svensk) == re.findall(r"\d[\d.:-]*\d", form), form
        assert ("www.imy.se" in svensk) == ("www.imy.se" in form)


@alla_sprak
def test_a_text_is_punctuated_as_its_language_is(kod: str) -> None:
    for svensk, form in par(kod):
        egna = utan_namn(form)
        slut, svenskt_slut = form.rstrip("”»")[-1], svensk.rstrip("”")[-1]
        assert slut in SLUTTECKEN.get(svenskt_slut, slut), form
        assert svenskt_slut in SLUTTECKEN or slut not in "".join(SLUTTECKEN.values()), form
        assert not re.search(r"""["'<>]|\s\s|^\s|\s$|\s[.,?!؟،።፧]""", form), form
        if kod in ("ar", "fa_AF"):
            assert not re.search(r"[?,;]", egna), form
        if kod == "ti":
            assert not re.search(r"[?,;]|\.(?!\d)|(?<!\d):", egna), form


@alla_sprak
def test_a_quotation_is_a_question_or_the_name_of_a_button(kod: str) -> None:
    oppna, stang = CITAT[kod]
    knappar = {gettext_for(kod)(knapp) for knapp in (texter.SKICKA, texter.VILL_INTE_SVARA)}
    for _, form in par(kod):
        citat = re.findall(f"{oppna}([^{stang}]+){stang}", form)
        assert set(citat) <= {"{fraga}"} | knappar, form
        assert sum(form.count(tecken) for tecken in "“”„«»") == 2 * len(citat), form


def test_latt_svenska_is_lighter() -> None:
    def tyngd(texter: list[str]) -> tuple[float, float]:
        """Words to a sentence, and long words in a hundred."""
        ord_ = [o for text in texter for o in re.findall(r"\w+", PLATSHALLARE.sub("", text))]
        meningar = [m for text in texter for m in re.split(r"[.?!:]\s+", text)]
        return len(ord_) / len(meningar), 100 * sum(len(o) > 6 for o in ord_) / len(ord_)

    svensk, latt = (tyngd([p[i] for p in par("sv@latt")]) for i in (0, 1))
    assert latt[0] < 0.85 * svensk[0]
    assert latt[1] < 0.75 * svensk[1]
    assert sum(latt) < 25  # LIX: under 25 is a children's book, 40 a newspaper


@alla_sprak
def test_no_sentence_of_latt_svenska_is_long(kod: str) -> None:
    if kod == "sv@latt":
        langa = {m for _, form in par(kod) for m in re.split(r"[.?!:]\s+", form) if len(m.split()) > 19}
        assert langa == set()


def test_the_extractor_gives_every_text_its_line_and_what_it_is(tmp_path: Path) -> None:
    fil = tmp_path / "prov.toml"
    fil.write_text(
        '[enkat]\ntitel = "A"\ningress = "B"\nkalla = "a"\nkallas = "a"\n[fraga.x]\ntyp = "datum"\ntext = "C"'
    )
    with fil.open("rb") as oppen:
        assert list(extract(oppen, [], [], {})) == [
            (2, None, "A", ["prov: enkat.titel"]),
            (3, None, "B", ["prov: enkat.ingress"]),
            (8, None, "C", ["prov: fraga.x.text"]),
        ]
    fil.write_bytes(b"PK\x03\x04")
    with fil.open("rb") as oppen:
        assert list(extract(oppen, [], [], {})) == []


# --- What the pages ask of a language ---


def test_a_language_is_written_in_its_direction() -> None:
    assert [s.dir for s in SPRAK] == [Locale.parse(s.katalog).text_direction for s in SPRAK]
    assert [s.lang for s in SPRAK] == ["sv", "sv", "en", "ar", "prs", "so", "ti", "uk"]


def test_texts_are_looked_up_in_both_catalogues() -> None:
    assert gettext_for("en")(texter.NASTA) == "Next"
    assert gettext_for("en")("Hur känner du inför framtiden?") == "How do you feel about the future?"


@pytest.mark.parametrize("kod", ["sv", "xx", "../../etc", ""])
def test_swedish_is_its_own_translation(kod: str) -> None:
    assert gettext_for(kod)(texter.NASTA) == texter.NASTA
    assert ngettext_for(kod)(*texter.FORE_TID, 1) == texter.FORE_TID.ett


def test_a_text_without_a_translation_stays_swedish() -> None:
    assert gettext_for("ar")("Finns inte i någon katalog") == "Finns inte i någon katalog"


@pytest.mark.parametrize(
    ("kod", "n", "ord_"),
    [
        ("ar", 2, "دقيقتين"),
        ("ar", 3, "3 دقائق"),
        ("ar", 12, "12 دقيقة"),
        ("uk", 1, "1 хвилину"),
        ("uk", 4, "4 хвилини"),
    ],
)
def test_a_number_bends_its_noun(kod: str, n: int, ord_: str) -> None:
    assert ord_ in ngettext_for(kod)(*texter.FORE_TID, n).format(n=n)


def skeppade() -> list[Enkat]:
    filer = sorted((ROOT / "config/enkater").glob("*.toml"))
    return [last for fil in filer if (last := las_enkat(fil.name, fil.read_bytes())[0]) is not None]


@pytest.mark.parametrize("skeppad", skeppade(), ids=lambda e: e.id)
def test_a_shipped_questionnaire_is_offered_in_all_languages_and_live_only_when_reviewed(skeppad: Enkat) -> None:
    assert erbjudna(skeppad, krav_granskad=False) == SPRAK
    assert erbjudna(skeppad, krav_granskad=True) == (KALLSPRAK,)


def test_nobody_has_reviewed_any_language_yet() -> None:
    assert set(granskning()) == {s.kod for s in OVERSATTA}
    assert all(g == Granskning() for g in granskning().values())


def test_a_review_or_a_written_exception_opens_a_language(monkeypatch: pytest.MonkeyPatch) -> None:
    av = {"granskad_av": "A. Svensson", "datum": "2026-03-31"}
    lage = {
        "en": Granskning(**av, texter=textsumma("en")),
        "uk": Granskning(undantag="Beslut 2026-03-31"),
        "so": Granskning(granskad_av="A. Svensson", texter=textsumma("so")),
        "ar": Granskning(**av, texter=textsumma("en")),
        "ti": Granskning(**av),
    }
    monkeypatch.setattr(sprakmodul, "granskning", lambda: lage)
    assert [s.kod for s in erbjudna(skeppade()[0], krav_granskad=True)] == ["sv", "en", "uk"]


@pytest.mark.parametrize("doman", DOMANER)
def test_a_text_that_is_changed_has_lost_its_review(
    doman: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "translations", tmp_path / "translations")
    monkeypatch.setattr(sprakmodul, "po_fil", lambda s, d: po_fil(s, d, tmp_path))
    fore = textsumma("en")
    fil = po_fil(SPRAK[2], doman, tmp_path)
    sprakmodul._katalog.cache_clear()
    assert textsumma("en") == fore
    katalog = las_katalog(SPRAK[2], doman, tmp_path)
    text = next(m for m in katalog if m.id and isinstance(m.string, str))
    fil.write_text(fil.read_text("utf-8").replace(str(text.string)[:30], "Changed by hand"), "utf-8")
    sprakmodul._katalog.cache_clear()
    efter = textsumma("en")
    monkeypatch.undo()
    sprakmodul._katalog.cache_clear()
    assert efter != fore
    assert textsumma("en") == fore
    granskad = Granskning(granskad_av="A. Svensson", datum="2026-03-31", texter=fore)
    assert (granskad.godkand(fore), granskad.godkand(efter)) == (True, False)
    assert len({textsumma(s.kod) for s in OVERSATTA}) == len(OVERSATTA)


def test_a_questionnaire_in_no_catalogue_is_offered_in_swedish_alone() -> None:
    assert erbjudna(PROV, krav_granskad=False) == (KALLSPRAK,)
    assert "Hur trivs du?" in saknade(PROV, OVERSATTA[0])
    assert "Ja" not in saknade(PROV, OVERSATTA[0])


@pytest.mark.parametrize(
    ("huvud", "kod"),
    [
        (None, "sv"),
        ("", "sv"),
        ("sv-SE,sv;q=0.9,en;q=0.8", "sv"),
        ("en-GB,en;q=0.9", "en"),
        ("ar-SY", "ar"),
        ("fa-IR,fa;q=0.9", "fa_AF"),
        ("prs", "fa_AF"),
        ("ti_ER", "ti"),
        ("uk-UA, ru;q=0.9", "uk"),
        ("de, so;q=0.2, en;q=0.1", "so"),
        ("en;q=0.1, so;q=0.9", "so"),
        ("en;q=0, so;q=0.1", "so"),
        ("*", "sv"),
        ("de,fr", "sv"),
        ("en;q=nan", "sv"),
        ("en;q=många", "sv"),
        (",;,q=;=,", "sv"),
        (",".join(f"x{i}" for i in range(200)) + ",en", "sv"),
        (",".join(["en", *(f"x{i}" for i in range(200))]), "en"),
        ("a" * 100_000, "sv"),
    ],
)
def test_the_browsers_wish_is_understood(huvud: str | None, kod: str) -> None:
    assert valj(huvud, SPRAK).kod == kod


@given(st.text())
def test_no_wish_is_too_odd(huvud: str) -> None:
    assert valj(huvud, SPRAK) in SPRAK


def test_only_what_is_offered_is_chosen() -> None:
    assert valj("ar,en;q=0.5", (SPRAK[0], SPRAK[2])).kod == "en"
    assert valj("ar", ()) == KALLSPRAK


def test_a_language_is_found_by_its_code() -> None:
    assert [sprak(s.kod) for s in SPRAK] == list(SPRAK)
    assert sprak("sv@latt") is not None
    assert sprak("../sv") is None
    assert isinstance(sprak("uk"), Sprak)
