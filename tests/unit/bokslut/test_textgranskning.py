"""Texts held against an evaluation: live figures, numbers by hand, tricks, and what a page shows of them."""

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bokslut.sidor import bygg
from bokslut.text.levande import sla_upp
from bokslut.text.textanrop import las_anrop
from bokslut.text.texter import STORST, Texter, las_texter, tolka_texter
from bokslut.text.textgranskning import fel_saknad_kommentar, granska_texter, saknar_kommentar
from bokslut.text.textvy import _TAGGAR, som_html
from indikatorer.diagnos import Niva, UnderlagFel
from indikatorer.resultat import Brott, Foregaende, Orsak, Utvardering

NB = "\u00a0"


def texter(**filer: str | bytes) -> Texter:
    """Texts by name: forord, om, or an indicator's ("k_1_1" is kommentarer/1.1.md)."""
    namn = {n: f"kommentarer/{n[2:].replace('_', '.')}.md" if n.startswith("k_") else f"{n}.md" for n in filer}
    return tolka_texter("texter", {namn[n]: t.encode() if isinstance(t, str) else t for n, t in filer.items()})


def koder(u: Utvardering, **filer: str | bytes) -> list[str]:
    return [d.kod for d in granska_texter(texter(**filer), u)]


@pytest.mark.parametrize(
    ("anrop", "text"),
    [
        ('tal("1.1")', f"78{NB}%"),
        ('tal("i1-1")', f"78{NB}%"),
        ('andel("1.1")', "64 av 82"),
        ('signal("1.1")', "röd"),
        ('fore("1.1")', f"73{NB}%"),
        ('antal_ord("1.5")', "ett"),
        ('antal_ord("2.8")', "tre"),
        ('antal_ord("1.1")', "64"),
        ('tal("1.6", "Umeå")', f"0,6{NB}procentenheter"),
        ('tal("1.6", "umeå")', f"0,6{NB}procentenheter"),
        ('tal("1.4")', "inte mätt"),
        ('eget("7", "protokollet")', "7"),
    ],
)
def test_a_live_figure_says_what_the_page_shows(utvardering: Utvardering, anrop: str, text: str) -> None:
    lasta, _ = las_anrop("f", f"{{{{ {anrop} }}}}")
    [levande], fel = sla_upp("f", "", lasta, utvardering)
    assert (levande.text, fel) == (text, [])


@pytest.mark.parametrize("funktion", ["tal", "andel", "antal_ord"])
@pytest.mark.parametrize(("nummer", "ord_"), [("1.3", "skyddat"), ("2.4", "skyddat"), ("2.5", "färre än fem")])
def test_a_protected_figure_gives_its_words_and_no_number(
    utvardering: Utvardering, funktion: str, nummer: str, ord_: str
) -> None:
    lasta, _ = las_anrop("f", f'{{{{ {funktion}("{nummer}") }}}}')
    [levande], _ = sla_upp("f", "", lasta, utvardering)
    assert levande.text == ord_


def test_too_few_answers_are_told_in_words(utvardering: Utvardering) -> None:
    omrade = utvardering.malomraden[0]
    dolt = replace(omrade.mal[0].resultat[2], orsak=Orsak.FOR_FA_SVAR)
    mal = replace(omrade.mal[0], resultat=(dolt,))
    u = replace(utvardering, malomraden=(replace(omrade, mal=(mal,)),))
    lasta, _ = las_anrop("f", '{{ tal("1.3") }}')
    assert sla_upp("f", "", lasta, u)[0][0].text == "för få svar"


@pytest.mark.parametrize(
    ("anrop", "kod", "menade"),
    [
        ('tal("1.11")', "okand-indikator", '{{ tal("1.1") }}'),
        ('tal("1.6")', "saknad-grupp", '{{ tal("1.6", "Umeå") }}'),
        ('tal("1.6", "Ume")', "okand-grupp", '{{ tal("1.6", "Umeå") }}'),
        ('tal("1.1", "Umeå")', "okand-grupp", None),
        ('andel("1.6", "Umeå")', "anrop-passar-inte", '{{ tal("1.6", "Umeå") }}'),
        ('signal("2.8")', "anrop-passar-inte", '{{ tal("2.8") }}'),
        ('fore("1.2")', "anrop-passar-inte", '{{ tal("1.2") }}'),
    ],
)
def test_a_call_that_says_nothing_is_a_fault_with_its_place(
    utvardering: Utvardering, anrop: str, kod: str, menade: str | None
) -> None:
    [fel] = granska_texter(texter(forord=f"Rad\n\nText {{{{ {anrop} }}}}."), utvardering)
    assert (fel.kod, fel.niva, fel.plats.rad, fel.plats.kolumn) == (kod, Niva.FEL, 3, 6)
    assert fel.kandidat == menade


@pytest.mark.parametrize(
    ("text", "kod", "forslag"),
    [
        ("Det blev 77 %.", "tal-stammer-inte", '{{ tal("1.1") }}'),
        ("Det var 65 av 82.", "tal-stammer-inte", '{{ andel("1.1") }}'),
        ("Det var 8 av 10.", "tal-stammer-inte", '{{ andel("2.2") }}'),
        ("Målet är 90 procent.", "tal-stammer-inte", '{{ tal("1.2") }}'),
        ("Det var 128 av 164.", "tal-stammer-inte", '{{ andel("1.1") }}'),
        ("Det var 78 procentenheter.", "tal-stammer-inte", None),
        ("Det var 78 deltagare.", "tal-stammer-inte", None),
        ("Det var dubbelt så många.", "tal-stammer-inte", None),
        ("Hälften sade ja.", "tal-stammer-inte", None),
        ("Det var 1 500 deltagare.", "tal-stammer-inte", None),
        ("Det var trettiosju kvinnor.", "tal-stammer-inte", None),
    ],
)
def test_a_number_that_no_figure_bears_out_is_told_with_the_nearest(
    utvardering: Utvardering, text: str, kod: str, forslag: str | None
) -> None:
    [varning] = granska_texter(texter(forord=text), utvardering)
    assert (varning.kod, varning.niva) == (kod, Niva.VARNING)
    assert forslag is None or varning.kandidat == forslag
    assert "eget(" in varning.atgard


@pytest.mark.parametrize(
    "text",
    [
        "Det blev 78 %, alltså 64 av 82.",
        "Året före 73 %.",
        "78,0 % eller 78,05 %",
        "Målet är 80 procent.",
        "Av 1 914 deltagare avslutade 210.",
        "Kvinnorna 75 %, 33 av 44.",
        "Färre än fem har svarat.",
        "I Umeå var andelen 10,9 %.",
        "1.1 och 2.8 år 2020 enligt lagen (2003:1210).",
        "Ett enda gott exempel.",
        '{{ eget("4 711", "protokollet") }} personer',
    ],
)
def test_a_number_that_the_bokslut_shows_passes(utvardering: Utvardering, text: str) -> None:
    assert koder(utvardering, forord=text) == []


def test_a_hidden_figure_is_not_known_to_the_check(utvardering: Utvardering) -> None:
    """Else trying numbers would tell it."""
    omrade = utvardering.malomraden[1]
    dold = replace(omrade.mal[0].resultat[4], taljare=41, namnare=43)
    oppen = replace(dold, orsak=None)
    for r, vantat in ((replace(dold, taljare=None, namnare=None), ["tal-stammer-inte"]), (oppen, [])):
        u = replace(utvardering, malomraden=(replace(omrade, mal=(replace(omrade.mal[0], resultat=(r,)),)),))
        assert koder(u, forord="Det var 41 av 43.") == vantat


def test_twice_as_many_agrees_when_a_comparable_figure_has_doubled(utvardering: Utvardering) -> None:
    for brott, vantat in (((), []), ((Brott.REGEL,), ["tal-stammer-inte"])):
        omrade = utvardering.malomraden[0]
        fore = Foregaende(2019, Fraction(1), "1", None, None, brott)
        exempel = replace(omrade.mal[1].resultat[0], varde=Fraction(2), visat="2", foregaende=fore)
        u = replace(utvardering, malomraden=(replace(omrade, mal=(replace(omrade.mal[1], resultat=(exempel,)),)),))
        assert koder(u, forord="Dubbelt så många exempel.") == vantat


def test_html_is_shown_as_it_was_typed_and_not_taken_as_such() -> None:
    assert som_html("a <em>b</em>", (), {}) == "<p>a &lt;em&gt;b&lt;/em&gt;</p>\n"


def test_in_a_comment_a_figure_of_another_indicator_is_told(utvardering: Utvardering) -> None:
    [varning] = granska_texter(texter(k_1_1="Det blev 85 %."), utvardering)
    assert varning.kod == "tal-fran-annan-indikator"
    assert "1.2" in varning.regel
    assert varning.kandidat == '{{ tal("1.1") }}'


def test_a_whole_percent_of_a_table_bears_nothing_out_in_a_comment(utvardering: Utvardering) -> None:
    assert koder(utvardering, forord="Det blev 22 %.") == []
    assert koder(utvardering, k_1_1="Det blev 22 %.") == ["tal-fran-annan-indikator"]
    assert koder(utvardering, k_1_1="I Umeå är andelen 10,9 %, av 210 avslutade.") == []


def test_a_comment_may_use_the_figures_of_an_indicator_that_it_names(utvardering: Utvardering) -> None:
    assert koder(utvardering, k_1_1="I 1.2 blev det 85 %.") == []
    assert koder(utvardering, k_1_1='Det blev 78 %, och {{ andel("1.2") }} är 85 %.') == []


@pytest.mark.parametrize(
    ("text", "kod"),
    [
        ("<script>alert(1)</script>", "html-i-text"),
        ('<img src=x onerror="alert(1)">', "html-i-text"),
        ("<!-- dold -->", "html-i-text"),
        ("[text][saknas]", "trasig-lank"),
        ("[^1]", "trasig-lank"),
        ("[x](javascript:alert(1))", "trasig-lank"),
        ("[x](metd.html)", "trasig-lank"),
        ("[x](http://exempel.se)", "trasig-lank"),
        ("[x](//exempel.se)", "trasig-lank"),
        ("![bild](x.png)", "trasig-lank"),
        ("{{ config }}", "fel-i-klammer"),
        ('{{ tall("1.1") }}', "okant-anrop"),
        ("Osynlig \u202e text", "otillatet-tecken"),
        ("Plats \ue0000\ue001", "otillatet-tecken"),
        ("NÃ¥got", "fel-kodning"),
    ],
)
def test_what_could_not_be_shown_as_meant_stops_the_building(
    utvardering: Utvardering, tmp_path: Path, text: str, kod: str
) -> None:
    assert kod in koder(utvardering, forord=text)
    with pytest.raises(UnderlagFel) as fel:
        bygg(utvardering, tmp_path / "ut", texter=texter(forord=text))
    assert any(d.kod == kod and d.niva is Niva.FEL for d in fel.value.diagnoser)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text",
    [
        "[Metod](metod.html)",
        "[här](malomrade-nytta.html#r-i1-1)",
        "[ut](https://exempel.se)",
        "2 < 3 [sic] <https://exempel.se>",
    ],
)
def test_links_that_lead_somewhere_and_plain_signs_pass(utvardering: Utvardering, text: str) -> None:
    assert [k for k in koder(utvardering, forord=text) if k != "tal-stammer-inte"] == []


@pytest.mark.parametrize(
    ("innehall", "kod"),
    [
        (b"\x00\xff\x00", "inte-text"),
        (b"PK\x03\x04" + b"\x00" * 40, "inte-text"),
        (b"x" * (STORST + 1), "text-for-stor"),
        (b"x" * 1_000_000, "text-for-stor"),
    ],
)
def test_a_file_that_is_no_text_or_too_large_is_a_fault(utvardering: Utvardering, innehall: bytes, kod: str) -> None:
    assert koder(utvardering, forord=innehall) == [kod]


@pytest.mark.parametrize("kodning", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_is_read_in_the_encodings_that_people_save_in(utvardering: Utvardering, kodning: str) -> None:
    t = texter(forord="Målen är nådda: åäö – ”ja”.\r\nRad två".encode(kodning))
    assert t.alla[0].text == "Målen är nådda: åäö – ”ja”.\nRad två"
    assert granska_texter(t, utvardering) == [] or {d.kod for d in granska_texter(t, utvardering)} == {
        "tal-stammer-inte"
    }


def test_a_file_that_has_no_place_is_a_fault_with_its_likely_name(utvardering: Utvardering) -> None:
    [fel] = granska_texter(tolka_texter("texter", {"forod.md": b"x"}), utvardering)
    assert (fel.kod, fel.kandidat) == ("okand-text", "”forord.md”")


def test_a_comment_is_about_an_indicator_and_there_is_one_of_each(utvardering: Utvardering) -> None:
    t = tolka_texter("texter", {"kommentarer/1.1.md": b"a", "kommentarer/i1-1.md": b"b", "kommentarer/i1-99.md": b"c"})
    assert sorted(d.kod for d in granska_texter(t, utvardering)) == ["dubbel-kommentar", "okand-indikator"]


def test_red_results_without_comment_are_named(utvardering: Utvardering) -> None:
    utan = {(r.nummer, r.grupp) for r in saknar_kommentar(utvardering, texter())}
    med = {(r.nummer, r.grupp) for r in saknar_kommentar(utvardering, texter(k_1_1="Så här blev det.", k_1_6="  \n"))}
    assert utan - med == {("1.1", None)}
    assert ("1.6", "Umeå") in med
    assert ("1.6", "Vännäs") not in utan


def test_a_missing_comment_names_the_file_to_write(utvardering: Utvardering) -> None:
    fel = {d.fil: d for d in fel_saknad_kommentar(utvardering, texter(), "texter")}
    assert fel["texter/kommentarer/i1-1.md"].kod == "rod-utan-kommentar"
    assert '{{ tal("1.1") }}' in fel["texter/kommentarer/i1-1.md"].atgard


def test_no_folder_is_no_fault_and_a_folder_is_read(utvardering: Utvardering, tmp_path: Path) -> None:
    assert las_texter(tmp_path) == Texter()
    (tmp_path / "texter/kommentarer").mkdir(parents=True)
    (tmp_path / "texter/om.md").write_bytes(b"x" * 1_000_000)
    (tmp_path / "texter/kommentarer/1.1.md").write_text("Text", "utf-8")
    last = las_texter(tmp_path)
    assert [d.kod for d in last.diagnoser] == ["text-for-stor"]
    assert [t.namn for t in last.kommentarer] == ["1.1"]


# --- The pages ------------------------------------------------------------------------------------------------------


@pytest.fixture
def sidor(utvardering: Utvardering, tmp_path: Path) -> Path:
    t = texter(
        forord='# Hej\n\nDet blev **{{ tal("1.1") }}**, [se {{ tal("1.2") }}](metod.html), `{{ andel("1.1") }}`.\n\n{{ tal("2.5") }}',
        om='Antalet är {{ eget("4 711", "protokollet & liggaren") }}. 2 < 3',
        k_1_1='Nära: {{ andel("1.1") }}.',
        k_1_6='Steg i Umeå med {{ tal("1.6", "Umeå") }}.',
    )
    bygg(utvardering, tmp_path / "ut", texter=t)
    return tmp_path / "ut"


def test_a_live_figure_is_a_link_to_where_it_is_explained(sidor: Path) -> None:
    html = (sidor / "forord.html").read_text("utf-8")
    assert '<strong><a class="tal" href="malomrade-nytta.html#r-i1-1">78&nbsp;%</a></strong>' in html
    assert '<a href="metod.html">se <span class="tal">85&nbsp;%</span></a>' in html
    assert "<code>64 av 82</code>" in html
    assert ">färre än fem</a>" in html
    assert "{{" not in html
    assert "\ue000" not in html


def test_headings_of_a_text_lie_under_the_page_s_own(sidor: Path) -> None:
    html = (sidor / "forord.html").read_text("utf-8")
    assert "<h2>Hej</h2>" in html
    assert html.count("<h1") == 1


@pytest.mark.parametrize(
    ("skrivna", "visade"),
    [("##,##", "22"), ("#,##,###", "234"), ("###,##,#", "232"), ("#,###,#", "232"), ("##,####,##", "232")],
)
def test_headings_leave_out_no_level_whatever_signs_were_chosen(skrivna: str, visade: str) -> None:
    text = "\n\n".join(f"{s} Rubrik" for s in skrivna.split(","))
    assert re.findall(r"<h(\d)>", som_html(text, (), {})) == list(visade)


@given(st.text(alphabet="<>[](){}!#*_`~|&\"'/:=\\\n scriptonxjavabcd\ue000\ue001&;0123", max_size=80))
def test_no_text_becomes_html_that_can_do_anything(text: str) -> None:
    html = som_html(text, (), {})
    assert set(re.findall(r"</?([a-z0-9]+)", html)) <= _TAGGAR
    for oppen in re.findall(r"<[a-z][^>]*>", html):
        assert not re.search(r"\son\w+=|style=|javascript:|src=", oppen)


def test_foreword_and_about_come_after_the_overview_and_before_the_figures(sidor: Path) -> None:
    meny = (sidor / "index.html").read_text("utf-8")
    ordning = [meny.index(f'<li><a href="{s}.html"') for s in ("index", "forord", "om", "deltagare", "malomrade-nytta")]
    assert ordning == sorted(ordning)


def test_a_comment_stands_once_beside_the_first_red_result_of_its_indicator(sidor: Path) -> None:
    html = (sidor / "malomrade-nytta.html").read_text("utf-8")
    rad = html[html.index('id="r-i1-1"') : html.index('id="r-i1-2"')]
    assert "Kommentar" in rad
    assert ">64 av 82</a>" in rad
    assert html.count('class="kommentar"') == 2
    umea = html[html.index('id="r-i1-6-umea"') : html.index('id="r-i1-6-vannas"')]
    assert "Steg i Umeå" in umea


def test_a_number_checked_by_hand_is_listed_on_the_method_page(sidor: Path) -> None:
    html = (sidor / "metod.html").read_text("utf-8")
    rad = html[html.index('id="egna"') :]
    assert '<th scope="row">4 711</th><td>protokollet &amp; liggaren</td><td>Om bokslutet</td>' in rad


def test_without_texts_there_is_no_page_and_no_list_of_them(utvardering: Utvardering, tmp_path: Path) -> None:
    bygge = bygg(utvardering, tmp_path / "ut")
    assert not {"forord.html", "om.html"} & set(bygge.sidor)
    assert 'id="egna"' not in (tmp_path / "ut/metod.html").read_text("utf-8")


def test_a_group_is_named_by_its_id_or_as_the_page_calls_it(utvardering: Utvardering) -> None:
    lasta, _ = las_anrop("f", '{{ tal("1.6", "Vännäs") }}')
    [levande], _ = sla_upp("f", "", lasta, utvardering)
    assert levande.resultat is not None
    assert levande.resultat.grupp == "Vännäs"
