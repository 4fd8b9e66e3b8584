"""Every definition has one sentence, which says all that decides its result and can be read back."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from itertools import permutations
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from indikatorer.beskrivning import Fraga, Kalla, Skala
from indikatorer.forberedelse import Forberett
from indikatorer.indikator import Indikator
from indikatorer.mening import Sprak, betydelse, las_mening, skriv_mening
from indikatorer.regler import REGLER
from indikatorer.resultat import Utvardering

# What the sentences themselves are made of, and what could end a quotation or a sentence too early.
BITAR = (
    *(
        "”",
        "””",
        ".",
        ",",
        ", ”",
        "”. ",
        ". A",
        "?",
        "!",
        "(vikt 2)",
        " ",
        "a",
        "B",
        "Å",
        "–",
        "%",
        "\\",
        '"',
        "'",
        "80",
    ),
    *("eller mer", " på frågan ", " i uppgiften ", " är ", " och ", " eller ", " respektive ", "svara ”Ja”", "”Ja”"),
    *(" som svarar ", "ska vara", "alla ", "minst 80 %", ". Gul signal: minst 1 %.", " Gäller till och med 2020."),
    *(
        " för varje ",
        "räknat per",
        "underlaget för",
        "dem som räknas i",
        "av",
        "redovisas utan mål",
        "hade ",
        " har ”x” ",
    ),
)


# Every piece, and every piece after every other. One draw gives one text, which keeps these tests quick.
POOL = tuple(dict.fromkeys([*BITAR, *map("".join, permutations(BITAR, 2)), *(b * 2 for b in BITAR)]))


def texter() -> st.SearchStrategy[str]:
    return st.sampled_from(POOL)


PROCENT = st.sampled_from(["minst 80 %", "högst 20 %", "minst 79,5 %", "minst 0 %", "högst 100 %"])
GRANSER: Mapping[str, st.SearchStrategy[str]] = {
    "andel": PROCENT,
    "progression": PROCENT,
    "kvot": PROCENT | st.just("mellan 85 och 100,5 %"),
    "konszon": st.just("mellan 40 och 60 %"),
    "skillnad": st.sampled_from(["högst 20 procentenheter", "högst 1 procentenhet", "högst 0,5 procentenheter"]),
    "nolltolerans": st.just("samtliga"),
    "antal": st.sampled_from(["minst 30", "minst 30 per år"]),
    "goda_exempel": st.just("minst 2"),
    "forandring": st.sampled_from(["lägre än året före", "högre än året före"]),
    "index": st.just("minst 75 %"),
}
SVAR = ("nej", "delvis", "ja")


@st.composite
def sprak(draw: st.DrawFn) -> Sprak:
    """Two surveys with two questions each, a register, a series and stories; every word may hold anything visible."""
    ord_ = draw(st.lists(texter(), min_size=15, max_size=15, unique_by=lambda t: t.casefold().strip()))
    titlar, fragor, svar, kallas = ord_[:3], ord_[3:7], ord_[7:10], ord_[10:]
    skala = Skala(svar=SVAR, text=tuple(svar))
    fraga = [Fraga(text=t, skala="s") for t in fragor]
    typer = ("enkat", "enkat", "register", "statistik", "berattelser")
    kallor = {
        f"k{n}": Kalla(
            typ=typ, skydd="personer", kallas=ord_, fil="f", period="p", fraga={"f": fraga[0], "g": fraga[1]}
        )  # type: ignore[arg-type]
        for n, (typ, ord_) in enumerate(zip(typer, kallas, strict=True))
    }
    kallor["k1"] = kallor["k1"].model_copy(update={"fraga": {"f": fraga[2], "g": fraga[3]}})
    foraldrar = {
        id_: las("andel", id_, titel=titel, kalla=kalla, fraga="f", svar=["ja"])
        for id_, kalla, titel in zip(("p0", "p1", "p2"), ("k0", "k1", "k2"), titlar, strict=True)
    }
    standard = draw(st.sampled_from([(), ("vill_inte_svara",)]))
    return Sprak(kallor, {"s": skala}, foraldrar, {"egen": ("p0", "p1", "p2")[: draw(st.integers(1, 3))]}, standard)


def las(regel: str, id_: str = "egen", titel: str = "Egen", **nycklar: Any) -> Indikator:
    """A definition from its keys, as the config's reader makes it."""
    klass = REGLER[regel]
    return klass.model_validate({"id": id_, "titel": titel, **nycklar}, context={"granser": klass.granser})


def villkor() -> st.SearchStrategy[dict[str, Any]]:
    """One condition: a list of answers, or the worst that still counts."""
    svar = st.lists(st.sampled_from(SVAR), min_size=1, max_size=3, unique=True).map(lambda s: {"svar": s})
    minst = st.sampled_from(SVAR).map(lambda s: {"svar_minst": s})
    return svar | minst


@st.composite
def grupper(draw: st.DrawFn) -> dict[str, Any]:
    ett = st.builds(lambda f, v: {"fraga": f, **v}, st.sampled_from("fg"), villkor())
    return {draw(st.sampled_from(["alla", "nagon"])): draw(st.lists(ett, min_size=1, max_size=3))}


@st.composite
def vad(draw: st.DrawFn, regel: str) -> dict[str, Any]:
    """The keys that say who is counted, and what counts, for the rules about answers."""
    hur = draw(st.sampled_from(["kalla", "kallor", "olika", "villkor", "under"]))
    fraga = {"fraga": draw(st.sampled_from("fg")), **draw(villkor())}
    if hur == "under":
        return {"under": draw(st.sampled_from(["p0", "p1", "p2"])), "bas": draw(BAS), **fraga}
    namnare = draw(st.sampled_from(["alla", "besvarat"]) | grupper())
    if hur == "kallor":
        return {"kallor": ["k0", "k1"], "namnare": namnare, **fraga}
    if hur == "olika":
        fragor = draw(st.permutations("fg"))
        par = [{"kalla": k, "fraga": f} for k, f in zip(("k1", "k0"), fragor, strict=True)]
        return {"kallor": par, "namnare": namnare} | {k: v for k, v in fraga.items() if k != "fraga"}
    kalla = {"kalla": draw(st.sampled_from(["k0", "k1", "k2"])), "namnare": namnare}
    return kalla | ({"taljare": draw(grupper())} if hur == "villkor" else fraga)


BAS = st.sampled_from(["taljare", "namnare"])
PER = st.lists(texter(), max_size=1)


@st.composite
def nycklar(draw: st.DrawFn, regel: str) -> dict[str, Any]:
    """The keys of one definition of a rule."""
    if regel in ("andel", "nolltolerans", "information"):
        return draw(vad(regel))
    if regel == "konszon":
        var = draw(st.sampled_from([{"kalla": "k2"}, {"kallor": ["k0", "k2"]}, {"under": "p1", "bas": "namnare"}]))
        return {"redovisa": draw(st.sampled_from(["kvinna", "man"])), **var}
    if regel == "skillnad":
        return {"av": draw(st.sampled_from(["p0", "p1"])), "raknad_pa": draw(st.sampled_from(["exakta", "avrundade"]))}
    if regel == "index":
        vikter = st.dictionaries(st.sampled_from(["p0", "p1", "p*"]), st.sampled_from([2, 0.5, "0,25", 1]))
        return {"av": ["p*"], "vikt": draw(vikter)}
    if regel == "antal":
        return {"kalla": draw(st.sampled_from(["k0", "k2"]))}
    if regel == "goda_exempel":
        return draw(st.sampled_from([{}, {"kalla": "k4"}]))
    if regel == "kvot":
        return {"kalla": "k2", "taljare": draw(texter()), "namnare": draw(texter()), "per": draw(PER)}
    if regel == "forandring":
        perioder = draw(st.none() | st.lists(texter(), min_size=2, max_size=2))
        fraga = draw(st.sampled_from(["andel", "f"]) | texter())
        return {"kalla": "k3", "fraga": fraga, "per": draw(PER)} | ({} if perioder is None else {"perioder": perioder})
    return {"kalla": draw(st.sampled_from(["k0", "k2"])), "fraga": "f"} | (
        {"per": draw(PER)} if regel == "nulage" else {}
    )


@st.composite
def definitioner(draw: st.DrawFn, regel: str) -> tuple[Indikator, Sprak]:
    """A definition with whatever a definition may carry, and the words for it."""
    ord_ = draw(sprak())
    falt = draw(nycklar(regel))
    gran = st.sampled_from(ord_.skalor["s"].text) if regel == "nulage" else GRANSER.get(regel, st.nothing())
    if regel != "information" and draw(st.booleans()):
        falt["gron"] = draw(gran)
        if draw(st.booleans()):
            falt["gul"] = draw(gran)
    urval = st.dictionaries(texter(), st.lists(texter(), min_size=1, max_size=3), max_size=3)
    falt |= draw(
        st.fixed_dictionaries(
            {
                "urval": urval if regel not in ("index", "goda_exempel") else st.just({}),
                "raknas_inte": st.lists(texter(), max_size=2) | st.just(list(ord_.raknas_inte)),
                "vid_liten_rest": st.sampled_from(["dolj_uppdelning", "bas_kand_kon"]),
            },
            optional={"fran": st.integers(1990, 2100), "till": st.integers(1990, 2100)},
        )
    )
    indikator = las(regel, **falt)
    return indikator, ord_


@pytest.mark.parametrize("regel", sorted(REGLER))
def test_a_sentence_read_back_means_what_the_definition_meant(regel: str) -> None:
    @settings(max_examples=70, derandomize=True)
    @given(definitioner(regel))
    def las_tillbaka(par: tuple[Indikator, Sprak]) -> None:
        mening = skriv_mening(*par)
        assert las_mening(mening, par[1], REGLER) == betydelse(*par), mening

    las_tillbaka()


@settings(max_examples=120, derandomize=True)
@given(st.data())
def test_two_definitions_that_differ_have_sentences_that_differ(data: st.DataObject) -> None:
    ord_ = data.draw(sprak())
    regler = data.draw(st.lists(st.sampled_from(sorted(REGLER)), min_size=2, max_size=2))
    a, b = (las(regel, **data.draw(nycklar(regel))) for regel in regler)
    assume(betydelse(a, ord_) != betydelse(b, ord_))
    assert skriv_mening(a, ord_) != skriv_mening(b, ord_)


@settings(max_examples=70, derandomize=True)
@given(st.sampled_from(sorted(REGLER)).flatmap(definitioner))
def test_a_sentence_adds_only_characters_that_can_be_seen(par: tuple[Indikator, Sprak]) -> None:
    mening = skriv_mening(*par)
    osynliga = [t for t in mening if t != " " and unicodedata.category(t)[0] in "CZ"]
    assert osynliga == []


def test_the_sentences_of_the_example_read_back(umea: Forberett) -> None:
    ord_ = umea.definitioner.sprak(umea.underlag, 2020, 5)
    lasta = {i.id: las_mening(skriv_mening(i, ord_), ord_, REGLER) for i in umea.definitioner.giltiga(2020).values()}
    assert len(lasta) == 59
    assert lasta == {id_: betydelse(umea.definitioner.indikatorer[id_], ord_) for id_ in lasta}


def test_the_sentences_of_the_example_are_those_that_were_read_aloud(
    umea_skyddat: Utvardering, avskrift: Callable[[str, str], None]
) -> None:
    skrivna = dict.fromkeys(f"{r.nummer}  {r.mening}" for r in umea_skyddat.resultat())
    avskrift("meningar.txt", "\n\n".join(skrivna) + "\n")


def test_every_sentence_begins_with_a_capital_and_ends_with_a_full_stop(umea_skyddat: Utvardering) -> None:
    fel = [r.mening for r in umea_skyddat.resultat() if not re.fullmatch(r"[A-ZÅÄÖ][^\n]*[^ ]\.", r.mening)]
    assert fel == []
