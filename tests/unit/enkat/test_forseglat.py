"""What travels sealed: the form's state, the envelope, the key on paper; and the bytes that answers become."""

import secrets
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from enkat import nycklar, packning, sealed_state, urna
from enkat.formular import Enkat
from enkat.lasning import las_enkat
from enkat.nycklar import Hemlighet, NyckelFel
from enkat.packning import PackFel
from enkat.papper import papperskopia
from enkat.papper.papperskopia import PapperFel
from enkat.sealed_state import SigillBrutet, SigillFullt, Tillstand
from enkat.urna import KuvertFel

TOML = """
[enkat]
titel = "Prov"
ingress = "Prov."
kalla = "prov"
kallas = "de som svarat"
utan_kon = "Alla sorters frågor, bara de."
[skala.del_4]
svar = ["inte_alls", "delvis", "till_stor_del", "helt"]
text = ["Inte alls", "Delvis", "Till stor del", "Helt"]
[skala.ja_nej]
svar = ["ja", "nej"]
text = ["Ja", "Nej"]
ordnad = false
[skala.stod]
svar = ["a", "b", "c", "d", "e", "f", "g", "h", "inget"]
text = ["A", "B", "C", "D", "E", "F", "G", "H", "Inget"]
ordnad = false
[fraga.stod]
typ = "skala"
skala = "del_4"
text = "Stöd?"
[fraga.ja]
typ = "ja_nej"
text = "Ja?"
[fraga.flera]
typ = "flera_val"
skala = "stod"
text = "Vilka?"
[fraga.rutor]
typ = "matris"
skala = "del_4"
text = "Hur?"
rader = { x = "X", y = "Y" }
[fraga.alder]
typ = "tal"
text = "Ålder?"
minst = 0
hogst = 120
[fraga.dag]
typ = "datum"
text = "När?"
"""
MED_TEXT = TOML + '[fraga.fritt]\ntyp = "text"\ntext = "Något mer?"\nlangst = 1000\ngallras_efter_manader = 12\n'
FULLT: Mapping[str, Any] = {
    "stod": "helt",
    "ja": "nej",
    "flera": ("a", "h"),
    "rutor.x": "delvis",
    "rutor.y": "vill_inte_svara",
    "alder": "-120",
    "dag": "2026-01-31",
}
SVAR: list[Mapping[str, Any]] = [
    {},
    FULLT,
    {"stod": "vill_inte_svara", "flera": "vill_inte_svara", "alder": "vill_inte_svara", "dag": "vill_inte_svara"},
    {"flera": ("inget",)},
]
HEMLIGHET = Hemlighet(b"k" * 32, b"v" * 32, ((b"nyck", b"t" * 32), (b"aldr", b"u" * 32)))


def enkat(toml: str = TOML) -> Enkat:
    last, diagnoser = las_enkat("prov.toml", toml.encode())
    assert last is not None, diagnoser
    return last


def tillstand(svar: Mapping[str, Any], toml: str = TOML, **annat: Any) -> Tillstand:
    grund = {"omgang_id": "o1", "enkat_id": "prov", "fingeravtryck": enkat(toml).fingeravtryck, "sprak": "fa_AF"}
    grund |= {"nonce": b"n" * 16, "kod_avtryck": b"h" * 32, "enhet": "Team Åre", "svar": svar, "sida": 3}
    return Tillstand(**grund | annat)


def forsegla(svar: Mapping[str, Any], toml: str = TOML, **annat: Any) -> str:
    return sealed_state.forsegla(tillstand(svar, toml, **annat), HEMLIGHET, enkat(toml))


def orsak(text: str, hemlighet: Hemlighet = HEMLIGHET, omgang: str = "o1", toml: str = TOML) -> str:
    with pytest.raises(SigillBrutet) as fel:
        sealed_state.oppna(text, hemlighet, omgang, enkat(toml))
    return fel.value.orsak


@pytest.mark.parametrize("svar", SVAR)
def test_answers_are_unpacked_as_they_were_packed(svar: Mapping[str, Any]) -> None:
    assert packning.packa_upp(enkat(), packning.packa(enkat(), svar)) == svar


@pytest.mark.parametrize("svar", [{"stod": "mycket"}, {"flera": ("a", "z")}, {"alder": "1" * 17}, {"rutor.x": "ja"}])
def test_an_answer_that_has_no_place_is_refused_without_being_told(svar: Mapping[str, Any]) -> None:
    with pytest.raises(PackFel) as fel:
        packning.packa(enkat(), svar)
    assert not any(str(v) in str(fel.value) for v in svar.values())


@pytest.mark.parametrize("svar", SVAR)
@pytest.mark.parametrize("annat", [{}, {"kod_avtryck": None, "enhet": None, "sprak": "sv@latt", "sida": 0}])
def test_a_state_is_opened_as_it_was_sealed(svar: Mapping[str, Any], annat: dict[str, Any]) -> None:
    text = forsegla(svar, **annat)
    assert sealed_state.oppna(text, HEMLIGHET, "o1", enkat()) == tillstand(svar, **annat)


def test_the_length_of_a_state_tells_nothing_of_the_answers() -> None:
    assert len({len(forsegla(svar, enhet=enhet)) for svar in SVAR for enhet in (None, "Team A", "Å" * 40)}) == 1


def test_free_text_is_padded_in_steps() -> None:
    langder = {n: len(forsegla({"fritt": "x" * n} if n else {}, MED_TEXT)) for n in (0, 1, 400, 600, 1000)}
    assert langder[0] == langder[1] == langder[400] < langder[600] == langder[1000]
    t = tillstand({"fritt": "Bra!\nمرحبا"}, MED_TEXT)
    assert (
        sealed_state.oppna(sealed_state.forsegla(t, HEMLIGHET, enkat(MED_TEXT)), HEMLIGHET, "o1", enkat(MED_TEXT)) == t
    )


def test_more_text_than_a_form_carries_is_told() -> None:
    with pytest.raises(SigillFullt):
        forsegla({"fritt": "ሀ" * 1000}, MED_TEXT)


@pytest.mark.parametrize("namn", ["deltagare", "personal", "styrgrupp", "styrelse"])
def test_our_own_questionnaires_fit_with_room_to_spare(namn: str) -> None:
    last, _ = las_enkat(f"{namn}.toml", Path(f"config/enkater/{namn}.toml").read_bytes())
    assert last is not None
    t = Tillstand("o" * 80, namn, last.fingeravtryck, "sv@latt", b"n" * 16, b"h" * 32, "Å" * 40, {}, 40)
    assert len(sealed_state.forsegla(t, HEMLIGHET, last)) < 600
    assert urna.ryms(last)


def test_forty_questions_fit_in_a_form_and_an_envelope() -> None:
    stor = enkat(TOML + "".join(f'[fraga.f{n}]\ntyp = "skala"\nskala = "del_4"\ntext = "F{n}?"\n' for n in range(40)))
    assert sealed_state.ryms(stor)
    assert urna.ryms(stor)


def test_a_changed_sign_anywhere_breaks_the_seal() -> None:
    text = forsegla(FULLT)
    for plats in range(len(text.rstrip("="))):
        bytt = text[:plats] + ("A" if text[plats] != "A" else "B") + text[plats + 1 :]
        assert orsak(bytt) in ("manipulerat", "avkortat", "annan_omgang", "utgangen_nyckel")


@pytest.mark.parametrize("kvar", [0, 1, 7, 40, 200])
def test_a_cut_state_is_told_apart(kvar: int) -> None:
    assert orsak(forsegla(FULLT)[:kvar]) == "avkortat"


@pytest.mark.parametrize("text", ["hej!", "å" * 100, "=" * 40, "A" * 400, "A" * 10**6])
def test_what_is_no_state_at_all_is_tampered_with(text: str) -> None:
    assert orsak(text) == "manipulerat"


def test_a_state_of_another_round_is_told_apart_even_with_the_same_keys() -> None:
    text = forsegla(FULLT)
    assert orsak(text, omgang="o2") == "annan_omgang"
    # With the mark of the other round written over, the seal itself is bound to its round.
    data = bytearray(sealed_state.base64.urlsafe_b64decode(text))
    data[5:13] = sealed_state._marke("o2")
    assert orsak(sealed_state.base64.urlsafe_b64encode(bytes(data)).decode(), omgang="o2") == "manipulerat"


def test_a_state_of_another_version_is_told_apart_but_a_corrected_spelling_is_taken() -> None:
    text, ny = forsegla(FULLT), TOML.replace("Stöd?", "Stödet?")
    assert orsak(text, toml=ny) == "annan_version"
    oppnad = sealed_state.oppna(text, HEMLIGHET, "o1", enkat(ny), frozenset({enkat().fingeravtryck}))
    assert oppnad.svar == FULLT


def test_a_question_taken_away_while_the_form_was_open_is_another_version() -> None:
    utan = TOML.replace('[fraga.dag]\ntyp = "datum"\ntext = "När?"\n', "")
    text = forsegla(FULLT)
    assert orsak(text, toml=utan) == "annan_version"
    with pytest.raises(SigillBrutet, match="annan_version"):
        sealed_state.oppna(text, HEMLIGHET, "o1", enkat(utan), frozenset({enkat().fingeravtryck}))


def test_the_key_before_is_still_read_and_one_long_gone_is_told_apart() -> None:
    gammal = sealed_state.forsegla(tillstand(FULLT), Hemlighet(b"", b"", HEMLIGHET.tillstand[1:]), enkat())
    assert sealed_state.oppna(gammal, HEMLIGHET, "o1", enkat()).svar == FULLT
    assert orsak(gammal, Hemlighet(b"", b"", HEMLIGHET.tillstand[:1])) == "utgangen_nyckel"


@pytest.mark.parametrize("svar", SVAR)
def test_an_envelope_gives_back_what_was_put_in_it_and_has_one_size(svar: Mapping[str, Any]) -> None:
    privat = nycklar.ny_privat()
    for enhet in (None, "Team Å", "x" * 80):
        chiffer = urna.forsegla(enkat(), svar, enhet, privat.publik, "o1")
        assert len(chiffer) == urna.KUVERT_BYTE
        assert urna.oppna(enkat(), chiffer, privat, "o1") == urna.Innehall(enhet, svar)


def test_the_same_answer_never_gives_the_same_envelope() -> None:
    publik = nycklar.ny_privat().publik
    kuvert = [urna.forsegla(enkat(), FULLT, "A", publik, "o1") for _ in range(50)]
    assert len({k[i : i + 16] for k in kuvert for i in range(0, len(k), 16)}) == 50 * urna.KUVERT_BYTE // 16


def test_an_envelope_opens_with_its_own_key_in_its_own_round_only() -> None:
    privat = nycklar.ny_privat()
    chiffer = urna.forsegla(enkat(), FULLT, "A", privat.publik, "o1")
    skadat = bytearray(chiffer)
    skadat[500] ^= 1
    for data, nyckel, omgang in (
        (chiffer, nycklar.ny_privat(), "o1"),
        (chiffer, privat, "o2"),
        (bytes(skadat), privat, "o1"),
        (b"", privat, "o1"),
    ):
        with pytest.raises(KuvertFel):
            urna.oppna(enkat(), data, nyckel, omgang)


def test_answers_too_large_for_an_envelope_are_refused() -> None:
    stor = enkat(TOML + "".join(f'[fraga.t{n}]\ntyp = "datum"\ntext = "T{n}?"\n' for n in range(60)))
    assert not urna.ryms(stor)
    with pytest.raises(PackFel):
        urna.forsegla(stor, {}, None, nycklar.ny_privat().publik, "o1")


def test_free_text_is_not_put_in_the_envelope() -> None:
    privat, med_text = nycklar.ny_privat(), enkat(MED_TEXT)
    chiffer = urna.forsegla(med_text, {**FULLT, "fritt": "Jag heter Anna"}, None, privat.publik, "o1")
    assert urna.oppna(med_text, chiffer, privat, "o1").svar == FULLT


def test_a_key_typed_from_paper_is_the_key() -> None:
    for _ in range(200):
        privat = nycklar.ny_privat()
        papper = papperskopia.skriv(privat)
        assert papperskopia.las(papper.lower().replace(" ", "-"), privat.nyckel_id).nyckel == privat.nyckel


def test_a_wrong_group_on_paper_is_pointed_out() -> None:
    privat = nycklar.Privat(secrets.token_bytes(32))
    grupper = papperskopia.skriv(privat).split()
    grupper[6] = grupper[6][:4] + ("A" if grupper[6][4] != "A" else "B")
    with pytest.raises(PapperFel, match="Grupp 7") as fel:
        papperskopia.las(" ".join(grupper), privat.nyckel_id)
    assert fel.value.grupp == 7
    with pytest.raises(PapperFel, match="13 grupper"):
        papperskopia.las(" ".join(grupper[:12]), privat.nyckel_id)


def slips(papper: str) -> Iterator[tuple[int, str]]:
    """Every sign mistyped as every other, and every two neighbours of a group in each other's place, with the group."""
    tecken = papper.split()
    for nr, grupp in enumerate(tecken):
        andra = [grupp[:i] + nytt + grupp[i + 1 :] for i in range(5) for nytt in papperskopia.ALFABET]
        andra += [grupp[:i] + grupp[i + 1] + grupp[i] + grupp[i + 2 :] for i in range(4)]
        yield from ((nr + 1, " ".join([*tecken[:nr], ny, *tecken[nr + 1 :]])) for ny in andra if ny != grupp)


def test_no_slip_of_the_hand_passes_for_another_key() -> None:
    privat = nycklar.ny_privat()
    fel = list(slips(papperskopia.skriv(privat)))
    assert len(fel) > 13 * 5 * 31
    for grupp, skrivet in fel:
        with pytest.raises(PapperFel) as told:
            papperskopia.las(skrivet, privat.nyckel_id)
        assert told.value.grupp == grupp


def test_two_groups_in_each_others_place_are_pointed_out() -> None:
    privat = nycklar.ny_privat()
    grupper = papperskopia.skriv(privat).split()
    for i, j in combinations(range(13), 2):
        bytta = list(grupper)
        bytta[i], bytta[j] = grupper[j], grupper[i]
        with pytest.raises(PapperFel, match=f"Grupp {i + 1} "):
            papperskopia.las(" ".join(bytta), privat.nyckel_id)


def test_another_rounds_paper_is_told_apart() -> None:
    with pytest.raises(NyckelFel, match="hör inte till"):
        papperskopia.las(papperskopia.skriv(nycklar.ny_privat()), nycklar.ny_privat().nyckel_id)


def test_a_key_under_a_passphrase_needs_it(tmp_path: Path) -> None:
    privat = nycklar.ny_privat()
    nycklar.spara_privat(tmp_path, "o1", privat, "rätt häst")
    assert privat.nyckel.hex() not in nycklar.privat_fil(tmp_path, "o1").read_text()
    assert nycklar.har_losenfras(tmp_path, "o1")
    assert nycklar.las_privat(tmp_path, "o1", "ra\u0308tt ha\u0308st") == privat  # as another keyboard writes å ä ö
    for fel in ("fel", None):
        with pytest.raises(NyckelFel, match="Lösenfrasen"):
            nycklar.las_privat(tmp_path, "o1", fel)


def test_a_destroyed_key_is_gone_and_a_damaged_one_is_told_apart(tmp_path: Path) -> None:
    nycklar.spara_privat(tmp_path, "o1", nycklar.ny_privat(), None)
    nycklar.privat_fil(tmp_path, "o1").write_bytes(b"{")
    with pytest.raises(NyckelFel, match="skadad"):
        nycklar.las_privat(tmp_path, "o1")
    nycklar.ny_hemlighet(tmp_path, "o1")
    nycklar.forstor(tmp_path, "o1")
    nycklar.forstor(tmp_path, "o1")
    assert [f.name for f in tmp_path.iterdir()] == ["CACHEDIR.TAG"]
    with pytest.raises(NyckelFel, match="finns inte"):
        nycklar.las_hemlighet(tmp_path, "o1")


def test_the_form_key_is_changed_without_closing_a_page_that_is_open(tmp_path: Path) -> None:
    forsta = nycklar.ny_hemlighet(tmp_path, "o1")
    andra = nycklar.byt_tillstandsnyckel(tmp_path, "o1")
    assert (andra.kod, andra.kvitto) == (forsta.kod, forsta.kvitto)
    assert andra.tillstand[1:] == forsta.tillstand
    for _ in range(5):
        nycklar.byt_tillstandsnyckel(tmp_path, "o1")
    assert len(nycklar.las_hemlighet(tmp_path, "o1").tillstand) == nycklar.FLEST_TILLSTANDSNYCKLAR


def test_no_secret_is_in_a_repr() -> None:
    visat = f"{HEMLIGHET!r} {nycklar.Privat(b'p' * 32)!r} {tillstand(FULLT)!r} {urna.Innehall('A', FULLT)!r}"
    for hemligt in ("kkk", "vvv", "ttt", "ppp", "nnn", "hhh", "helt", "Team"):
        assert hemligt not in visat
