"""Every rule against an oracle in whole numbers and fractions, for all k ≤ n ≤ 300.

Shares go through the whole engine: one table holds a thousand pairs (k, n) as the parts of a split, each part a row of
CSV with its `antal`, so that reading, counting, judging and rounding are tried on all 45 150 pairs for each limit in a
few seconds. The judgement of a whole (one number at a time, in fractions) is another path and is held against the same
oracle directly. progression, whose rows are persons, is handed its counts; its rows are tried in `test_regler`.
"""

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import islice, product
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from indikatorer.gransvarde import las_grans
from indikatorer.regler.index import Index
from indikatorer.regler.progression import Progression
from indikatorer.regler.skillnad import Skillnad
from indikatorer.resultat import Signal
from indikatorer.utfall import doma
from indikatorer.visning import visa
from tests.unit.indikatorer.provunderlag import Prov, csv_text, kalla

NB, MINUS = "\u00a0", "\u2212"
STORST = 300
PAR = [(k, n) for n in range(1, STORST + 1) for k in range(n + 1)]


# --- The oracle: written from CONTRACT section 3, knows nothing of the engine ------------------------------------------


def halv_upp(varde: Fraction, decimaler: int) -> Fraction:
    """Half away from zero."""
    hela = (2 * abs(varde.numerator) * 10**decimaler + varde.denominator) // (2 * varde.denominator)
    return Fraction(hela if varde >= 0 else -hela, 10**decimaler)


@cache
def tal_i(krav: str) -> list[Fraction]:
    return [Fraction(ord_.replace(",", ".")) for ord_ in krav.split() if ord_[0].isdigit()]


def uppfylld(krav: str, varde: Fraction) -> bool:
    """Whether a value in percent, points or a count reaches a phrase."""
    tal = tal_i(krav)
    if krav.startswith("minst"):
        return varde >= tal[0]
    if krav.startswith("mellan"):
        return tal[0] <= varde <= tal[1]
    if krav == "samtliga":
        return varde == 100
    return (abs(varde) if "enhet" in krav else varde) <= tal[0]


@cache
def signal_av(varde: Fraction, gron: str, gul: str | None = None) -> str:
    if uppfylld(gron, varde):
        return "gron"
    return "gul" if gul is not None and uppfylld(gul, varde) else "rod"


@cache
def visad(varde: Fraction, enhet: str, *krav: str) -> str:
    """With the fewest decimals that still give the signal of the exact value."""
    decimaler = 0
    while any(uppfylld(k, halv_upp(varde, decimaler)) != uppfylld(k, varde) for k in krav):
        decimaler += 1
    avrundat = halv_upp(varde, decimaler)
    hela, _, rest = f"{float(abs(avrundat)):.{decimaler}f}".partition(".")
    text = f"{int(hela):,}".replace(",", NB) + (f",{rest}" if rest else "")
    tecken = MINUS if avrundat < 0 else ""
    enhet = "procentenhet" if enhet == "procentenheter" and text == "1" else enhet
    return f"{tecken}{text}{NB}{enhet}" if enhet else f"{tecken}{text}"


# --- Shares: through the whole engine, a thousand pairs at a time -------------------------------------------------------

REGISTER = kalla("register", "register", svar="ja_nej", uppgifter="")
RUBRIK = "enhet,kon,svar,antal"


def rakna(config: str, rader: Iterator[str]) -> Iterator[dict[str, Any]]:
    """The results and their parts, as the JSON has them, from batches of rows "enhet,kon,svar,antal"."""
    while batch := list(islice(rader, 2000)):
        for resultat in Prov(config, REGISTER, {"register.csv": csv_text(RUBRIK, *batch)}).alla():
            yield from (resultat | rad for rad in resultat["uppdelning"])


def indikator(regel: str, gron: str | None, gul: str | None, *nycklar: str) -> str:
    granser = [f'{namn} = "{grans}"' for namn, grans in (("gron", gron), ("gul", gul)) if grans]
    delad = ['kalla = "register"', 'dela_upp = ["enhet"]']
    return "\n".join(["[indikator.x]", f'regel = "{regel}"', *delad, *nycklar, *granser, ""])


def jamfor(rader: Iterator[dict[str, Any]], vantat: dict[str, tuple[Any, ...]]) -> None:
    """Hold every part against what the oracle says of it: taljare, namnare, varde, signal, visat."""
    fick = {r["del"]: tuple(r[f] for f in ("taljare", "namnare", "varde", "signal", "visat")) for r in rader}
    assert fick.keys() == vantat.keys()
    assert [(del_, fick[del_], v) for del_, v in vantat.items() if fick[del_] != v][:3] == []


@pytest.mark.parametrize(
    ("regel", "gron", "gul"),
    [
        ("andel", "minst 80 %", "minst 66,6 %"),
        ("andel", "högst 20,5 %", None),
        ("nolltolerans", "samtliga", None),
        ("information", None, None),
    ],
)
def test_a_share_is_counted_judged_and_shown(regel: str, gron: str | None, gul: str | None) -> None:
    krav = [g for g in (gron, gul) if g]
    vantat = {
        f"{k} av {n}": (
            k,
            n,
            100 * k / n,
            signal_av(Fraction(100 * k, n), *krav) if krav else None,
            visad(Fraction(100 * k, n), "%", *krav),
        )
        for k, n in PAR
    }
    rader = (f"{k} av {n},,{s},{a}" for k, n in PAR for s, a in (("ja", k), ("nej", n - k)))
    jamfor(rakna(indikator(regel, gron, gul, 'fraga = "svar"', 'svar = ["ja"]'), rader), vantat)


KON = [(k, m, a) for k, m, a in product(range(34), repeat=3) if 0 < k + m + a <= 33]
KON += [(k, n - k, 0) for k, n in PAR if n % 7 == 0] + [(k, n - k, 3) for k, n in PAR if n % 50 == 0]


@pytest.mark.parametrize("redovisa", ["kvinna", "man"])
@pytest.mark.parametrize(
    ("gron", "gul"), [("mellan 40 och 60 %", None), ("mellan 45,5 och 54,5 %", "mellan 33 och 67 %")]
)
def test_both_genders_lie_in_the_zone_and_other_genders_count_in_the_base(
    redovisa: str, gron: str, gul: str | None
) -> None:
    vantat = {}
    for k, m, a in dict.fromkeys(KON):
        n, krav = k + m + a, [g for g in (gron, gul) if g]
        signaler = [signal_av(Fraction(100 * t, n), *krav) for t in (k, m)]
        samst = max(signaler, key=["gron", "gul", "rod"].index)
        t = k if redovisa == "kvinna" else m
        vantat[f"{k} {m} {a}"] = (t, n, 100 * t / n, samst, visad(Fraction(100 * t, n), "%", *krav))
    grupper = ("kvinna", "man", "annat", "", "vill_inte_svara")
    rader = (
        f"{k} {m} {a},{kon},ja,{antal}"
        for k, m, a in vantat_nycklar(vantat)
        for kon, antal in zip(grupper, (k, m, a, 2, 2), strict=True)
    )
    jamfor(rakna(indikator("konszon", gron, gul, f'redovisa = "{redovisa}"'), rader), vantat)


def vantat_nycklar(vantat: dict[str, Any]) -> Iterator[list[int]]:
    return (list(map(int, nyckel.split())) for nyckel in vantat)


# --- One number at a time -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gron", "gul"),
    [
        ("minst 80 %", "minst 66,6 %"),
        ("minst 99,96 %", "minst 79,5 %"),
        ("högst 20,5 %", "högst 33,4 %"),
        ("mellan 85 och 100 %", None),
    ],
)
def test_a_whole_is_judged_and_shown_as_its_parts_are(gron: str, gul: str | None) -> None:
    granser = (las_grans(gron), las_grans(gul) if gul else None)
    krav = [g for g in (gron, gul) if g]
    fel = []
    for k, n in PAR:
        exakt = Fraction(100 * k, n)
        fick = (doma(exakt, *granser)[0], visa(exakt, "%", 0, *granser))
        if fick != (signal_av(exakt, *krav), visad(exakt, "%", *krav)):
            fel.append((k, n, fick))
    assert fel == []


SKILLNADER = [
    ((a, b), (c, d)) for a, b, c, d in product(range(13), range(1, 13), range(13), range(1, 13)) if a <= b and c <= d
]
SKILLNADER += [(PAR[i], PAR[(i * 7919 + 13) % len(PAR)]) for i in range(0, len(PAR), 5)]


@pytest.mark.parametrize("raknad_pa", ["exakta", "avrundade"])
@pytest.mark.parametrize(
    ("gron", "gul"), [("högst 20 procentenheter", None), ("högst 0,5 procentenheter", "högst 8,3 procentenheter")]
)
def test_a_difference_is_counted_judged_and_shown(raknad_pa: str, gron: str, gul: str | None) -> None:
    regel = Skillnad.model_validate(
        {"id": "s", "titel": "S", "av": "a", "raknad_pa": raknad_pa, "gron": gron, "gul": gul},
        context={"granser": Skillnad.granser},
    )
    krav = [g for g in (gron, gul) if g]
    fel = []
    for kvinna, man in SKILLNADER:
        exakta = [Fraction(100 * t, n) for t, n in (kvinna, man)]
        delar = exakta if raknad_pa == "exakta" else [halv_upp(e, 0) for e in exakta]
        vantat = delar[0] - delar[1]
        utfall = regel._jamfor("enkat", "f", [kvinna, man], kvinna[1] + man[1], 0, enkat=False)
        visat = visa(utfall.varde or Fraction(0), utfall.enhet, 0, regel.gron, regel.gul)
        fick = (utfall.varde, utfall.signal, visat, [d.varde for d in (utfall.delar or {}).values()])
        if fick != (vantat, signal_av(vantat, *krav), visad(vantat, "procentenheter", *krav), exakta):
            fel.append((kvinna, man, fick))
    assert fel[:3] == []


class Berakning:
    """What an index and progression ask of a year being computed, with made-up answers."""

    def __init__(self, signaler: dict[str, list[str]] | None = None) -> None:
        self.signaler = signaler or {}

    def medlemmar(self, _: str) -> tuple[str, ...]:
        return tuple(self.signaler)

    def visade_signaler(self, id_: str) -> list[Signal]:
        return [Signal(s) for s in self.signaler[id_]]


@pytest.mark.parametrize("gron", [None, "minst 75 %"])
def test_an_index_is_the_weight_of_the_green_over_the_weight_of_the_judged(gron: str | None) -> None:
    """Two members whose weights are k and n − k, so that all pairs are tried; a third is grey and counts for nothing."""
    b = Berakning({"gron": ["gron"], "rod": ["rod"], "gra": ["gra"]})
    fel = []
    for k, n in PAR:
        vikt = {namn: Fraction(v, 4) for namn, v in (("gron", k), ("rod", n - k), ("gra", 99))}
        index = Index.model_construct(id="i", av=("*",), vikt=vikt, gron=las_grans(gron) if gron else None, gul=None)
        (utfall,) = index.utfall(b)  # type: ignore[arg-type]
        fick = (utfall.taljare, utfall.namnare, utfall.varde, utfall.signal)
        exakt = Fraction(100 * k, n)
        if fick != (Fraction(k, 4), Fraction(n, 4), exakt, signal_av(exakt, gron) if gron else None):
            fel.append((k, n, fick))
    assert fel[:3] == []


def test_an_index_counts_each_result_of_its_members() -> None:
    index = Index.model_construct(id="i", av=("*",), vikt={}, gron=None, gul=None)
    for k, n in [(k, n) for k, n in PAR if n % 60 == 0]:
        b = Berakning({"a": ["gron"] * k + ["gra"], "b": ["rod", "gul"] * ((n - k) // 2) + ["rod"] * ((n - k) % 2)})
        (utfall,) = index.utfall(b)  # type: ignore[arg-type]
        assert (utfall.taljare, utfall.namnare, utfall.varde) == (k, n, Fraction(100 * k, n))


def test_progression_counts_those_who_went_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """k of n went up; of the others half stayed and half went down."""
    regel = Progression.model_construct(id="p", kalla="k", fraga="f", urval={}, gron=las_grans("minst 50 %"), gul=None)
    b = SimpleNamespace(
        har_kolumn=lambda *_: True,
        skala_for=lambda *_: 1,
        data=lambda _: SimpleNamespace(kalla=SimpleNamespace(typ="register")),
    )
    forsta = np.full(STORST, 3)
    fel = []
    for k, n in PAR:
        sista = np.array([4] * k + [3] * ((n - k) // 2) + [1] * (n - k - (n - k) // 2))
        monkeypatch.setattr(Progression, "_par", lambda *_, s=sista: (forsta[: len(s)], s))
        (utfall,) = regel.utfall(b)  # type: ignore[arg-type]
        exakt = Fraction(100 * k, n)
        if (utfall.taljare, utfall.namnare, utfall.varde, utfall.signal) != (
            k,
            n,
            exakt,
            signal_av(exakt, "minst 50 %"),
        ):
            fel.append((k, n))
    assert fel == []


# --- Money, counts and changes: through the whole engine, one result per group ------------------------------------------

KVOTER = [(k, n) for k, n in PAR if n % 4 == 1] + [(n * 3 + 1, n) for n in range(1, STORST)]


def test_a_quota_is_the_sum_over_the_sum_and_may_pass_the_whole() -> None:
    gron, gul = "mellan 85 och 100 %", "mellan 66,7 och 120,5 %"
    config = f"""[indikator.x]
regel = "kvot"
kalla = "budget"
taljare = "utfall"
namnare = "budget"
per = ["insats"]
gron = "{gron}"
gul = "{gul}"
"""
    # Two rows each: with öre, and the rest of it; an empty cell adds nothing.
    rader = [
        f"{k}/{n},{k * 10}.5,{n * 10}\n{k}/{n},{k * 90 - 1}.5,{n * 90}\n{k}/{n},," for k, n in dict.fromkeys(KVOTER)
    ]
    budget = kalla("budget", "register", skydd="offentlig")
    svar = Prov(config, budget, {"budget.csv": csv_text("insats,utfall,budget", *rader)}).alla()
    fel = []
    for r in svar:
        k, n = map(int, r["grupp"].split("/"))
        taljare = k * 100 if k else Fraction(-1)
        exakt = Fraction(100 * taljare, n * 100)
        if (r["namnare"], r["varde"], r["signal"], r["visat"]) != (
            n * 100,
            float(exakt),
            signal_av(exakt, gron, gul),
            visad(exakt, "%", gron, gul),
        ):
            fel.append(r)
    assert fel[:3] == []
    assert len(svar) == len(set(KVOTER))


def test_a_count_is_the_sum_of_antal_over_urval() -> None:
    """One indicator for each count from 0 to 300: urval picks its rows, which stand for one and for the rest."""
    mall = '[indikator.x{0}]\nregel = "antal"\nkalla = "register"\nurval = {{ enhet = ["e{0}"] }}\ngron = "minst 30 per år"\ngul = "minst 12"\n'
    rader = [f"e{n},,,{a}" for n in range(STORST + 1) for a in (min(n, 1), max(n - 1, 0))]
    svar = Prov(
        "".join(map(mall.format, range(STORST + 1))), REGISTER, {"register.csv": csv_text(RUBRIK, *rader)}
    ).alla()
    fick = [(r["taljare"], r["namnare"], r["varde"], r["visat"], r["signal"], r["krav"]) for r in svar]
    signaler = ["rod"] * 12 + ["gul"] * 18 + ["gron"] * (STORST - 29)
    assert fick == [(n, None, float(n), str(n), s, "minst 30 per år") for n, s in enumerate(signaler)]


@pytest.mark.parametrize("gron", ["lägre än året före", "högre än året före"])
def test_a_change_is_the_later_minus_the_earlier_with_the_decimals_of_the_source(gron: str) -> None:
    """Whole percents beside tenths, and hundredths beside tenths: the finer of the two is shown."""
    par = [
        (f"{a / 10:.1f}", f"{b}" if b % 3 else f"{b / 10:.2f}") for a, b in product(range(0, 300, 7), range(0, 300, 11))
    ]
    config = f'[indikator.x]\nregel = "forandring"\nkalla = "serie"\nper = ["kommun"]\ngron = "{gron}"\n'
    rader = [f"k{i},{period},{v}" for i, p in enumerate(par) for period, v in zip(("2019", "2020"), p, strict=True)]
    serie = kalla("serie", "statistik", skydd="offentlig")
    svar = Prov(config, serie, {"serie.csv": csv_text("kommun,period,andel", *rader)}).alla()
    for r, (fore, efter) in zip(svar, par, strict=True):
        exakt = Fraction(efter) - Fraction(fore)
        decimaler = max(len(t.partition(".")[2]) for t in (fore, efter))
        text = f"{float(abs(exakt)):.{decimaler}f}".replace(".", ",")
        nadd = exakt < 0 if gron.startswith("lägre") else exakt > 0
        assert (r["varde"], r["taljare"], r["namnare"]) == (float(exakt), None, None)
        assert r["signal"] == ("gron" if nadd else "rod")
        enhet = "procentenhet" if text == "1" else "procentenheter"
        assert r["visat"] == f"{MINUS if exakt < 0 else ''}{text}{NB}{enhet}"


@pytest.mark.parametrize("antal", range(0, 25, 3))
@pytest.mark.parametrize(("gron", "gul"), [("minst 1", None), ("minst 10", "minst 4")])
def test_good_examples_are_those_with_consent_review_and_date(antal: int, gron: str, gul: str | None) -> None:
    def text(samtycke: str, granskad: str, publicerad: str, indikator: str = "x") -> bytes:
        nycklar = f'titel = "T"\nindikator = "{indikator}"\nsamtycke = {samtycke}\ngranskad_av = "{granskad}"\npublicerad = {publicerad}'
        return f"+++\n{nycklar}\n+++\n\nText.\n".encode()

    raknas = {f"{i}.md": text("true", "chefen", "true") for i in range(antal)}
    ovriga = [
        ("false", "chefen", "true"),
        ("true", " ", "true"),
        ("true", "chefen", "false"),
        ("true", "chefen", "true", "y"),
    ]
    alla = raknas | {f"annan{i}.md": text(*o) for i, o in enumerate(ovriga)}
    config = '[indikator.x]\nregel = "goda_exempel"\n' + f'gron = "{gron}"\n' + (f'gul = "{gul}"\n' if gul else "")
    r = Prov(config + config.replace(".x]", ".y]"), kalla("b", "berattelser", skydd="offentlig"), {"b": alla}).ett()
    assert (r["taljare"], r["namnare"], r["varde"], r["visat"]) == (antal, None, float(antal), str(antal))
    assert r["signal"] == signal_av(Fraction(antal), *[g for g in (gron, gul) if g])


@pytest.mark.parametrize("svar", ["nej", "i_stort_sett", "ja"])
@pytest.mark.parametrize(
    ("gron", "gul"), [("ja", "ja, i stort sett"), ("Ja, i stort sett", None), ("ja", None), (None, None)]
)
def test_the_state_is_green_or_yellow_where_its_words_are_and_else_red(
    svar: str, gron: str | None, gul: str | None
) -> None:
    granser = "".join(f'{n} = "{g}"\n' for n, g in (("gron", gron), ("gul", gul)) if g)
    config = '[indikator.x]\nregel = "nulage"\nkalla = "k"\nfraga = "f"\n' + granser
    register = kalla("k", "register", skydd="offentlig", f="lage")
    r = Prov(config, register, {"k.csv": csv_text("period,f", "2020K1,nej", f"2020K2,{svar}", "2020K3,")}).ett()
    text = {"nej": "Nej", "i_stort_sett": "Ja, i stort sett", "ja": "Ja"}[svar]
    vantat = {gron: "gron", gul: "gul"}.get(text.lower(), "gron" if gron == text else "rod") if gron else "gra"
    assert (r["visat"], r["signal"], r["varde"], r["taljare"], r["namnare"]) == (text, vantat, None, None, None)
