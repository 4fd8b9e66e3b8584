"""The English edition: the same pages and figures, in English but for what the förbund itself wrote."""

import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bokslut.katalog import extrahera
from bokslut.publicering.andringar import Andringar, Cellandring, Indikatorandring
from bokslut.publicering.manifest import Godkannande, Rattelse
from bokslut.publicering.utgava import Utgava
from bokslut.sidor import bygg
from bokslut.sprak import DOMAN, KATALOG, SVENSKA, engelsk
from bokslut.text.texter import Text, Texter
from grund.i18n import las_po, ooversatta
from indikatorer.resultat import Utvardering
from tests.unit.bokslut import fem_ar
from tests.unit.bokslut.test_grannvy import granne

UTAN_SLUT = {"meta", "link", "br", "hr", "img", "input"}
# In a title, and in the description of a drawing, no part can be marked as another language.
OMARKBARA = {"title", "desc"}
SVENSKA_ORD = re.compile(
    r"[åäöÅÄÖ]|\b(?:och|som|att|inte|har|med|av|till|den|det|eller|ett|vid|mot|efter|visas|saknas|kvinnor|andel|"
    r"siffror|procent|procentenheter|enhet|enheter|minst|mellan|deltagare|svar|bokslutet|sidan|alla)\b"
)
SVENSKT_TAL = re.compile("\\d[\u00a0 ]%|\\d,\\d(?!\\d\\d)|\\d\u00a0\\d{3}")
TAL = re.compile(r"\d+(?:\.\d+)?")


class Sida(HTMLParser):
    """A page's texts, each with the language it is in and the element it stands in; its attributes and its tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.stapel: list[tuple[str, str]] = []
        self.texter: list[tuple[str, str, str]] = []
        self.taggar: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = {namn: varde or "" for namn, varde in attrs}
        self.taggar.append((tag, a))
        if tag not in UTAN_SLUT:
            self.stapel.append((tag, a.get("lang", self.stapel[-1][1] if self.stapel else "")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.taggar.append((tag, {namn: varde or "" for namn, varde in attrs}))

    def handle_endtag(self, tag: str) -> None:
        while self.stapel and self.stapel.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self.stapel and self.stapel[-1][0] not in ("script", "style"):
            self.texter.append((self.stapel[-1][1], self.stapel[-1][0], data.strip()))

    def attribut(self, *namn: str) -> list[str]:
        return [a[n] for _, a in self.taggar for n in namn if n in a]


@pytest.fixture(scope="module")
def rot(utvardering: Utvardering, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two built sites with every kind of page between them: of one year in its second version, and of five years."""
    mapp = tmp_path_factory.mktemp("sprak")
    andringar = Andringar(
        indikatorer=(
            Indikatorandring(
                id="i1-1",
                nummer="1.1",
                grupp=None,
                titel="Titel 1.1",
                fore=None,
                efter="78\u00a0%",
                fore_signal=None,
                efter_signal="gron",
                annat=("antalen", "osäkerheten"),
            ),
        ),
        celler=(Cellandring(tabell="1", enhet=None, utfall="arbete", kon="man", fore="26", efter=None),),
    )
    utgava = Utgava(
        2,
        (Godkannande(av="Åsa Öst", roll="forbundschef", datum="2021-03-12", beslut="§ 12"),),
        (Rattelse(version=2, skal="Ett svar räknades två gånger.", foregaende_manifest="0" * 64, andringar=andringar),),
    )
    texter = Texter((Text("forord", "", "texter/forord.md", "## Året\n\nDet gick bra."),))
    andra = (granne(utvardering, {"i1-1": {"varde": 61.4, "visat": "61 %", "krav": "minst 70 %"}}, ar=2019),)
    bygg(utvardering, mapp / "ett", utgava=utgava, andra=andra, texter=texter)
    bygg(fem_ar.utvarderat(), mapp / "fem")
    return mapp


def par(rot: Path) -> list[tuple[Path, Path]]:
    """Each Swedish page with the English one."""
    return [(sv, sv.parent / "en" / sv.name) for sv in sorted(rot.glob("*/*.html"))]


def las(fil: Path) -> Sida:
    return Sida(fil.read_text("utf-8"))


def tal(fil: Path) -> Counter[str]:
    """Every figure that a page shows or says, in one form for both languages."""
    html = fil.read_text("utf-8")
    if "ett" in fil.parts:  # its Swedish explanations are made up, and hold no figures; those of five years are real
        html = re.sub(r'<p class="forklaring">.*?</p>', "", html, flags=re.DOTALL)
    sida = Sida(html)
    sprak = "en" if fil.parent.name == "en" else "sv"
    ord_ = [(lang, text) for lang, _, text in sida.texter]
    ord_ += [(sprak, text) for text in sida.attribut("aria-label", "title")]
    return Counter(t for lang, text in ord_ for t in TAL.findall(_enhetligt(text, lang)))


def _enhetligt(text: str, sprak: str) -> str:
    if sprak == "en":
        return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    return re.sub("(?<=\\d)\u00a0(?=\\d{3}(?!\\d))", "", re.sub(r"(?<=\d),(?=\d)", ".", text))


def test_every_page_has_its_english_and_each_leads_to_the_other(rot: Path) -> None:
    assert len(par(rot)) > 20
    assert {en for _, en in par(rot)} == set(rot.glob("*/en/*.html"))
    for sv, en in par(rot):
        for fil, kod, till in ((sv, "sv", en), (en, "en", sv)):
            sida = las(fil)
            assert dict(sida.taggar)["html"]["lang"] == kod
            lankar = [a for tag, a in sida.taggar if tag == "a" and a.get("hreflang")]
            assert [(fil.parent / a["href"]).resolve() for a in lankar] == [till.resolve()]
            assert lankar[0]["lang"] == lankar[0]["hreflang"] != kod


def test_every_link_of_an_english_page_leads_to_a_file_and_a_place_in_it(rot: Path) -> None:
    for _, en in par(rot):
        for adress in las(en).attribut("href", "src"):
            if adress.startswith(("https:", "../../")):  # the authority, and what lies beside the version folders
                continue
            fil, _, plats = adress.partition("#")
            mal = (en.parent / fil).resolve() if fil else en
            assert mal.is_file() or mal.name == "manifest.json", (en.name, adress)
            if plats and mal.suffix == ".html":
                assert plats in las(mal).attribut("id"), (en.name, adress)


def test_nothing_swedish_is_left_outside_what_is_marked_so(rot: Path) -> None:
    kvar = {
        (en.name, text)
        for _, en in par(rot)
        for lang, tagg, text in las(en).texter
        if lang != "sv" and tagg not in OMARKBARA and SVENSKA_ORD.search(text)
    }
    assert kvar == set()


def test_english_figures_are_written_in_the_english_way(rot: Path) -> None:
    kvar = {
        (en.name, text)
        for _, en in par(rot)
        for lang, _, text in las(en).texter
        if lang != "sv" and SVENSKT_TAL.search(text)
    }
    assert kvar == set()


def test_no_mark_of_language_stands_within_an_attribute(rot: Path) -> None:
    for _, en in par(rot):
        for tag, a in las(en).taggar:
            assert not any("<span" in varde for varde in a.values()), (en.name, tag, a)


def test_both_languages_show_the_same_figures(rot: Path) -> None:
    for sv, en in par(rot):
        assert tal(en) == tal(sv), en


def test_the_live_charts_show_the_same_figures_with_their_words_in_english(rot: Path) -> None:
    def figurer(fil: Path) -> list[dict[str, object]]:
        return [json.loads(t) for t in re.findall(r'class="figur">(.*?)</script>', fil.read_text("utf-8"), re.DOTALL)]

    antal = 0
    for sv, en in par(rot):
        for a, b in zip(figurer(sv), figurer(en), strict=True):
            antal += 1
            assert [(d["type"], d["x"]) for d in a["data"] if d["type"] == "bar"] == [  # type: ignore[attr-defined]
                (d["type"], d["x"])
                for d in b["data"]
                if d["type"] == "bar"  # type: ignore[attr-defined]
            ]
            assert (a["config"]["locale"], b["config"]["locale"]) == ("sv", "en")  # type: ignore[index]
            assert "Mål" not in [d["name"] for d in b["data"]]  # type: ignore[attr-defined]
            assert not re.search(
                "Året före|Resultat |Kvinnor|%{customdata[0]}<extra>Mål", json.dumps(b, ensure_ascii=False)
            )
    assert antal > 20


def test_what_the_forbund_wrote_is_marked_as_swedish(rot: Path) -> None:
    markt = {text for lang, _, text in las(rot / "ett/en/malomrade-nytta.html").texter if lang == "sv"}
    assert {"Ett mål.", "Mening 1.1.", "Deltagarnytta", "”Har du fått stöd?”"} <= markt
    exempel = {text for lang, _, text in las(rot / "ett/en/goda-exempel.html").texter if lang == "sv"}
    assert {"Rätt stöd", "Det gick"} <= exempel
    ritat = [
        text for lang, tagg, text in las(rot / "fem/en/enhet-norra.html").texter if lang == "sv" and tagg == "text"
    ]
    assert "1.1 Stöd mot arbete" in ritat


def test_no_word_of_the_forbund_stands_unmarked(rot: Path, utvardering: Utvardering) -> None:
    for namn, u in (("ett", utvardering), ("fem", fem_ar.utvarderat())):
        deras = {x for r in u.resultat() for x in (r.titel, r.mening)} | {b.titel for b in u.berattelser}
        deras |= {x for o in u.malomraden for x in (o.titel, *(m.text for m in o.mal))}
        deras |= {f.text for k in u.kallor for f in k.fragor}
        for en in (rot / namn / "en").glob("*.html"):
            omarkta = [t for lang, tagg, t in las(en).texter if lang != "sv" and tagg not in OMARKBARA]
            assert [t for t in omarkta if any(d in t for d in deras)] == [], en


def test_the_signal_the_explanation_and_the_protection_are_said_in_english(rot: Path) -> None:
    text = " ".join(t for _, _, t in las(rot / "ett/en/malomrade-nytta.html").texter)
    for mening in (
        "Misses the goal",
        "How it was computed",
        "Goal: at least 80%",
        "78% is 2\u00a0percentage points below the goal.",
        "Protected: the figure is not shown, since it could reveal something about fewer than five persons.",
        "The split by gender is not shown, since it could reveal individual persons.",
        "2019: 73%, but the scale of answers has changed",
    ):
        assert mening in text


def test_the_files_are_the_same_for_both_languages_and_are_told_to_be_swedish(rot: Path) -> None:
    assert not list(rot.glob("*/en/data")) + list(rot.glob("*/en/static"))
    sida = (rot / "ett/en/data.html").read_text("utf-8")
    assert "The files and the cards are in Swedish." in sida
    assert 'href="../data/resultat.csv"' in sida


def test_swedish_pages_have_no_marks_of_language_but_the_switch(rot: Path) -> None:
    for sv, _ in par(rot):
        andra = [a for tag, a in las(sv).taggar if "lang" in a and tag not in ("html", "a")]
        assert andra == [], sv


def test_one_language_leaves_no_trace_in_the_next(utvardering: Utvardering, rot: Path, tmp_path: Path) -> None:
    engelsk()
    bygg(fem_ar.utvarderat(), tmp_path / "fem")
    for fil in (rot / "fem").rglob("*.html"):
        assert (tmp_path / "fem" / fil.relative_to(rot / "fem")).read_bytes() == fil.read_bytes()
    assert SVENSKA.gettext("Når målet") == "Når målet"


def test_the_catalogue_has_exactly_the_texts_of_the_pages_and_all_are_translated() -> None:
    def nycklar(katalog: object) -> set[str]:
        return {str(m.id) for m in katalog if m.id}  # type: ignore[attr-defined]

    katalog, mall = las_po(KATALOG, "en", DOMAN), extrahera()
    assert nycklar(katalog) == nycklar(mall), "kör python -m bokslut.katalog"
    assert list(ooversatta(katalog)) == []


def test_a_translation_holds_the_same_values_and_elements_as_the_text() -> None:
    delar = re.compile(r"\{\w+\}|%\(\w+\)s|</?[a-z]+")
    for m in las_po(KATALOG, "en", DOMAN):
        for text in m.string if isinstance(m.string, tuple) else (m.string,):
            svensk = m.id if isinstance(m.id, str) else m.id[0]
            assert sorted(delar.findall(str(text))) == sorted(delar.findall(svensk)), svensk
