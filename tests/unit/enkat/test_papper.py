"""Cards with codes and the printed questionnaire: what is on them is read back from what was made."""

import io
import random
import re
import unicodedata
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from enkat import texter
from enkat.fragor import Enkat, las_enkat
from enkat.koder import skapa, visa
from enkat.papper import blankett as papper
from enkat.papper.affisch import Affisch, skriv_affisch
from enkat.papper.kodark import ALLA_SPRAK, Kodark, lank, skriv_kodark
from enkat.sprak import SPRAK, gettext_for, oversatta
from enkat.utskick import brevtexter
from tests.unit.enkat.provenkat import enkat as provenkat

ROT = Path(__file__).parents[3]
ADRESS = "https://enkat.exempel.se/e"
SKAPAD = datetime(2026, 3, 1, tzinfo=UTC)
KODER = skapa(b"nyckel" * 6, 11)
UPPGIFTER = papper.Uppgifter("Förbundet", "Anna Ek, 010-123", date(2028, 12, 31), ombud="dso@exempel.se")


def skriv(koder: list[str] = KODER, fro: int = 1, **val: object) -> bytes:
    ut = io.BytesIO()
    ark = Kodark(ADRESS, koder, "Ungdomstorget", "4f2a", "Enkät till dig", **val)  # type: ignore[arg-type]
    skriv_kodark(ut, ark, random.Random(fro), SKAPAD)
    return ut.getvalue()


@pytest.fixture(scope="module")
def pdf() -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(skriv())


def text(pdf: pypdfium2.PdfDocument) -> list[str]:
    return [sida.get_textpage().get_text_bounded() for sida in pdf]


def bild(sida: pypdfium2.PdfPage) -> Image.Image:
    return sida.render(scale=3).to_pil()


@pytest.fixture(scope="module")
def deltagare() -> Enkat:
    fil = ROT / "config/enkater/deltagare.toml"
    last, _ = las_enkat(fil.name, fil.read_bytes())
    assert last is not None
    return last


def test_every_qr_scans_to_the_address_with_the_code(pdf: pypdfium2.PdfDocument) -> None:
    lasta = [kod.text for sida in pdf for kod in zxingcpp.read_barcodes(bild(sida))]
    assert sorted(lasta) == sorted(f"{ADRESS}#{kod}" for kod in KODER)


def test_the_digits_stand_in_groups_beside_their_qr(pdf: pypdfium2.PdfDocument) -> None:
    allt = "\n".join(text(pdf))
    assert all(visa(kod) in allt for kod in KODER)


@pytest.mark.parametrize(("sprak", "antal"), [(("sv",), [8, 3]), (("sv", "ar", "ti"), [8, 3]), (ALLA_SPRAK, [6, 5])])
def test_as_many_cards_a_page_as_their_languages_leave_room_for(sprak: tuple[str, ...], antal: list[int]) -> None:
    pdf = pypdfium2.PdfDocument(skriv(sprak=sprak))
    assert [len(zxingcpp.read_barcodes(bild(sida))) for sida in pdf] == antal
    assert all("Ungdomstorget · bunt 4f2a" in sida for sida in text(pdf))


def bokstaver(text: str) -> Counter[str]:
    """Its letters: those of Arabic come back joined, in their forms of presentation and in another order."""
    return Counter(t for t in unicodedata.normalize("NFKC", text) if t.isalpha())


def platt(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("sprak", [("sv", "ar", "ti", "so"), ALLA_SPRAK], ids=["four", "all"])
def test_the_promise_is_on_each_card_in_each_language(sprak: tuple[str, ...]) -> None:
    [blad] = text(pypdfium2.PdfDocument(skriv(KODER[:1], sprak=sprak)))
    loften = {kod: gettext_for(kod)(texter.LAPP_EN_GANG) for kod in sprak}
    for kod, lofte in loften.items():
        assert kod in ("ar", "fa_AF") or platt(blad).count(lofte) == 1, kod
    arabiska = {lofte for kod, lofte in loften.items() if kod in ("ar", "fa_AF")}
    assert sum((bokstaver(lofte) for lofte in arabiska), Counter()) <= bokstaver(blad)


@pytest.mark.parametrize("sprak", [("sv", "ar", "ti", "so"), ALLA_SPRAK], ids=["four", "all"])
def test_what_a_card_promises_can_be_read(sprak: tuple[str, ...]) -> None:
    blad = pypdfium2.PdfDocument(skriv(KODER[:1], sprak=sprak))[0].get_textpage()
    huvud = (297 - 13) / 25.4 * 72
    storlekar = [
        pypdfium2.raw.FPDFText_GetFontSize(blad, i) for i in range(blad.count_chars()) if blad.get_charbox(i)[3] < huvud
    ]
    satta = [s for s in storlekar if s > 1]  # a line that ends is a character without size
    assert len(satta) > 100
    assert min(satta) >= 7.5


def test_a_language_without_the_promise_does_not_say_it_in_swedish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("enkat.papper.kodark.oversatta", lambda kod: oversatta(kod) - {texter.LAPP_EN_GANG})
    [blad] = text(pypdfium2.PdfDocument(skriv(KODER[:1], sprak=("sv", "en"))))
    assert platt(blad).count(texter.LAPP_EN_GANG) == 1
    assert gettext_for("en")(texter.LAPP_EN_GANG) not in platt(blad)


def test_no_card_reaches_into_the_next_however_many_languages() -> None:
    """The lowest line of a card lies above the line to cut along."""
    sida = pypdfium2.PdfDocument(skriv(sprak=ALLA_SPRAK))[0]
    tomt = sida.render(scale=2).to_pil().convert("L").crop((40, 0, 560, 1684))
    hojd = (297 - 13 - 6) / 3 / 25.4 * 144
    for rad in (1, 2):
        y = round(13 / 25.4 * 144 + rad * hojd)
        assert tomt.crop((0, y - 6, 520, y - 2)).getextrema()[0] > 250


def affisch(titel: str = "Enkät till dig som är deltagare") -> str:
    return platt(affischens_text(titel).get_text_bounded())


def affischens_text(titel: str) -> pypdfium2.PdfTextPage:
    ut = io.BytesIO()
    skriv_affisch(ut, Affisch(f"{ADRESS}?b=abc", titel, "Förbundet"), SKAPAD)
    dokument = pypdfium2.PdfDocument(ut.getvalue())
    assert [k.text for k in zxingcpp.read_barcodes(bild(dokument[0]))] == [f"{ADRESS}?b=abc"]
    [sida] = dokument
    return sida.get_textpage()


@pytest.mark.parametrize("kod", [k for k in ALLA_SPRAK if k not in ("ar", "fa_AF")])
def test_a_poster_says_what_it_is_how_to_answer_and_that_it_is_safe(kod: str) -> None:
    blad, _ = affisch(), gettext_for(kod)
    for sats in (
        "Enkät till dig som är deltagare",
        texter.LAPP_SKANNA,
        texter.FRIVILLIGT_RUBRIK,
        texter.ANONYMT_RUBRIK,
    ):
        assert blad.count(_(sats)) == 1


def test_a_poster_of_a_questionnaire_of_our_own_is_not_titled_in_a_language_it_lacks() -> None:
    assert affisch("Vår egen enkät").count("Vår egen enkät") == 1


def test_a_long_title_leaves_the_poster_on_its_page() -> None:
    blad = affischens_text("Enkät till dig i styrelsen och dig som är förbundschef " * 3)
    assert gettext_for("uk")(texter.ANONYMT_RUBRIK) in platt(blad.get_text_bounded())
    foten = 19 / 25.4 * 72
    assert platt(blad.get_text_bounded(bottom=-500, top=foten)).strip() == f"{ADRESS}?b=abc"


def test_no_card_is_numbered(pdf: pypdfium2.PdfDocument) -> None:
    """All digits on a sheet are the codes', the batch's and the sheet's own."""
    utan = text(pdf)[0]
    for kod in KODER:
        utan = utan.replace(visa(kod), "")
    assert re.findall(r"\d+", utan.replace("4f2a", "").replace("Blad 1 av 2", "")) == []


def test_the_order_on_the_sheets_is_not_the_order_of_the_codes() -> None:
    ordningar = {
        tuple(re.findall(r"(?:\d{3} ){4}\d{3}", "\n".join(text(pypdfium2.PdfDocument(skriv(fro=f)))))) for f in range(4)
    }
    assert len(ordningar) == 4
    assert tuple(visa(kod) for kod in KODER) not in ordningar


def test_the_same_seed_gives_the_same_bytes_and_another_does_not() -> None:
    assert skriv() == skriv()
    assert skriv() != skriv(fro=2)


def test_nothing_is_written_to_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.mkstemp", lambda *a, **k: pytest.fail("a temporary file"))
    skriv()
    assert list(tmp_path.iterdir()) == []


def test_a_card_does_not_reveal_its_codes_in_a_repr() -> None:
    assert KODER[0] not in repr(Kodark(ADRESS, KODER, "A", "1", "T"))


@pytest.mark.parametrize("kod", ALLA_SPRAK)
def test_every_language_on_the_card_has_glyphs(kod: str) -> None:
    """A missing glyph is drawn as the empty box of .notdef, whose text does not come back."""
    ut = "".join(text(pypdfium2.PdfDocument(skriv(sprak=(kod,)))))
    ord_ = max(re.findall(r"\w+", gettext_for(kod)(texter.LAPP_SKANNA)), key=len)
    assert "\ufffd" not in ut
    assert kod in ("ar", "fa_AF") or ord_ in ut  # joined letters come back in presentation order


def test_a_language_that_is_not_translated_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("enkat.papper.kodark.gettext_for", lambda kod: lambda text: text)
    ut = text(pypdfium2.PdfDocument(skriv(KODER[:1])))[0]
    assert ut.count(texter.LAPP_SKANNA) == 1


def test_a_long_address_still_scans_and_fits() -> None:
    ut = io.BytesIO()
    lang = "https://enkat.samordningsforbundet-norra-vasterbotten.exempel.se/e"
    skriv_kodark(ut, Kodark(lang, KODER[:1], "A", "1", "T"), random.Random(1), SKAPAD)
    [last] = zxingcpp.read_barcodes(bild(pypdfium2.PdfDocument(ut.getvalue())[0]))
    assert last.text == lank(lang, KODER[0])


@pytest.mark.parametrize("sprak", SPRAK, ids=lambda s: s.kod)
def test_the_questionnaire_has_every_question_and_option_in_the_language(deltagare: Enkat, sprak: object) -> None:
    kod = sprak.kod  # type: ignore[attr-defined]
    html = papper.som_html(deltagare, kod, UPPGIFTER)
    _ = gettext_for(kod)
    assert f'lang="{sprak.lang}" dir="{sprak.dir}"' in html  # type: ignore[attr-defined]
    for fraga in deltagare.fragor:
        assert str(papper.Markup.escape(_(fraga.text))) in html
    assert html.count(_(texter.VILL_INTE_SVARA)) >= len(deltagare.fragor)


@pytest.mark.parametrize("sprak", SPRAK[1:], ids=lambda s: s.kod)
def test_the_texts_of_paper_and_letters_are_translated(sprak: object) -> None:
    assert set(brevtexter.ALLA.values()) <= oversatta(sprak.kod)  # type: ignore[attr-defined]


def test_the_page_fetches_nothing(deltagare: Enkat) -> None:
    html = papper.som_html(deltagare, "ti", UPPGIFTER)
    adresser = [a or b for a, b in re.findall(r"(?:src|href)=\"([^\"]*)\"|url\(([^)]*)\)", html)]
    assert adresser
    assert all(a.startswith("data:") for a in adresser)
    assert "<script" not in html


def test_the_page_before_question_one_says_what_one_must_know(deltagare: Enkat) -> None:
    fore = papper.som_html(deltagare, "sv", UPPGIFTER).partition('class="fragor"')[0]
    for ord_ in (
        "frivilligt",
        "Förbundet ansvarar",
        "31 december 2028",
        "färre än 5",
        "Anna Ek, 010-123",
        "dso@exempel.se",
    ):
        assert ord_ in fore


def test_a_small_group_is_told_so(deltagare: Enkat) -> None:
    liten = papper.Uppgifter("F", "K", date(2028, 1, 1), liten_grupp=True)
    assert texter.LITEN_GRUPP in papper.som_html(deltagare, "sv", liten)


def test_a_condition_is_said_in_words_with_the_number_of_the_question(deltagare: Enkat) -> None:
    fragor = {f.text: f for f in papper.pappersfragor(deltagare, SPRAK[0])}
    fraga = fragor["Jag har hittat en annan lösning som passar mig"]
    assert fraga.villkor.endswith("om du svarade ”Nej” eller ”Vill inte svara” på fråga 7.")


def test_free_text_is_not_asked_on_paper_and_numbers_have_boxes() -> None:
    fragor = list(papper.pappersfragor(provenkat(), SPRAK[0]))
    assert "Vill du säga något mer?" not in [f.text for f in fragor]
    assert [(f.sort, f.rutor) for f in fragor if f.rutor] == [("rutor", (3,)), ("rutor", (4, 2, 2))]
    assert [f.rader for f in fragor if f.sort == "matris"] == [("Från personalen", "Från chefen")]


def test_no_tick_stands_beside_a_box_to_tick(deltagare: Enkat) -> None:
    assert all(not f.bilder for f in papper.pappersfragor(deltagare, SPRAK[0]) if len(f.alternativ) == 3)


@pytest.mark.parametrize("kod", ["sv", "ar", "ti"])
def test_the_pdf_holds_what_the_html_holds(deltagare: Enkat, kod: str) -> None:
    pytest.importorskip("weasyprint", exc_type=OSError)
    dokument = pypdfium2.PdfDocument(papper.som_pdf(deltagare, kod, UPPGIFTER))
    allt = "".join(text(dokument))
    assert 4 <= len(dokument) <= 8
    assert "Anna Ek" in allt
    assert kod == "ar" or gettext_for(kod)(deltagare.titel).split()[0] in allt


@pytest.mark.parametrize("kod", ["sv", "ar"])
def test_the_number_of_a_page_comes_before_how_many_there_are(deltagare: Enkat, kod: str) -> None:
    """Read from the left in every language: a page that runs from the right turned it around."""
    pytest.importorskip("weasyprint", exc_type=OSError)
    dokument = pypdfium2.PdfDocument(papper.som_pdf(deltagare, kod, UPPGIFTER))
    foten = dokument[1].get_textpage()
    tecken = [(foten.get_charbox(i)[0], foten.get_text_range(i, 1)) for i in range(foten.count_chars())]
    langst_ner = [t for i, t in enumerate(tecken) if foten.get_charbox(i)[3] < 50]
    assert "".join(t for _, t in sorted(langst_ner)).split() == ["2", "/", str(len(dokument))]


def test_without_pango_the_error_says_what_to_do(deltagare: Enkat, monkeypatch: pytest.MonkeyPatch) -> None:
    def saknas(namn: str, *rest: object, **val: object) -> object:
        if namn == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return riktig(namn, *rest, **val)  # type: ignore[arg-type]

    riktig = __import__
    monkeypatch.setattr("builtins.__import__", saknas)
    with pytest.raises(papper.PangoSaknas, match=r"libpango-1\.0-0.*HTML"):
        papper.som_pdf(deltagare, "sv", UPPGIFTER)
