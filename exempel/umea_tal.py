"""What exempel/skapa_umea.py writes rows from: the counts behind Umeå 2020 and 2019.

2020: the counts printed in "Socialt bokslut 2020". What the print leaves open (men, other splits,
unprinted questions, bases of representation) is filled in by us, and said so beside it.
2019: invented throughout.
"""

from dataclasses import dataclass

# --- Scales -------------------------------------------------------------------------------------
# Each option with a weight: how a share of favourable and of other answers is spread. Worst first.

OVRIGA = {
    "del_6": {"inte_alls": 1, "till_liten_del": 3, "delvis": 6},
    "frekvens_6": {"aldrig": 1, "sallan": 3, "ibland": 6},
    "bra_6": {"mycket_daligt": 1, "daligt": 2, "ganska_daligt": 4},
    "bra_4": {"mycket_daligt": 1, "ganska_daligt": 3},
    "ja_nej": {"nej": 1},
    "nej_ja": {"ja": 1},
}
GYNNSAMMA = {
    "del_6": {"till_stor_del": 4, "till_mycket_stor_del": 3, "helt_och_hallet": 3},
    "frekvens_6": {"ofta": 4, "for_det_mesta": 4, "alltid": 2},
    "bra_6": {"ganska_bra": 2, "bra": 5, "mycket_bra": 4},
    "bra_4": {"ganska_bra": 4, "mycket_bra": 5},
    "ja_nej": {"ja": 1},
    "nej_ja": {"nej": 1},  # "nej" is the favourable answer: the questions on discrimination
}
OBESVARAT = {"": 3, "vill_inte_svara": 2}


@dataclass(frozen=True)
class Fraga:
    """One column: per group in Enkat.grupper the favourable, and the unanswered, as counts."""

    id: str
    skala: str
    gynnsamma: tuple[int, ...]
    obesvarade: tuple[int, ...] = ()


@dataclass(frozen=True)
class Enkat:
    """One survey. `grupper` maps kon to respondents per enhet; without kon: {"": (antal,)}."""

    grupper: dict[str, tuple[int, ...]]
    fragor: tuple[Fraga, ...]
    ja_pa_nagot: tuple[tuple[int, int, int], ...] = ()  # per group: both, mer_redo, annan_losning


ENKATENHETER = ("Ungdomstorget", "Vuxentorget", "Samordningsteamen i kranskommunerna")

# --- 2020: favourable counts. Groups: kvinna, man, annat ----------------------------------------
# Printed: women and totals of the first three, of bemott and of ja_pa_nagot; the other totals and
# the unanswered. The men and "annat" follow from the printed differences. Other splits are ours.

ENKATER_2020 = {
    "deltagarenkat": Enkat(
        grupper={"kvinna": (17, 16, 11), "man": (12, 15, 10), "annat": (0, 1, 0)},
        fragor=(
            Fraga("stod_for_arbete", "del_6", (33, 30, 1)),
            Fraga("bestamma", "del_6", (38, 31, 1)),
            Fraga("livssituation", "del_6", (37, 26, 0)),
            Fraga("tillvarata_erfarenheter", "del_6", (39, 32, 1)),
            Fraga("person_eller_team", "ja_nej", (43, 36, 1)),
            Fraga("framtid", "bra_6", (36, 29, 1), (1, 1, 0)),  # all of it ours: no count is printed
            Fraga("bemott", "bra_6", (43, 37, 1)),
            Fraga("diskriminerad_kon", "nej_ja", (36, 30, 1), (8, 7, 0)),
            Fraga("diskriminerad_alder", "nej_ja", (33, 27, 1), (11, 10, 0)),
            Fraga("diskriminerad_etnicitet", "nej_ja", (32, 26, 1), (12, 10, 0)),
            Fraga("diskriminerad_religion", "nej_ja", (31, 28, 1), (13, 9, 0)),
            Fraga("diskriminerad_funktionsnedsattning", "nej_ja", (33, 26, 1), (11, 11, 0)),
            Fraga("diskriminerad_sexuell_laggning", "nej_ja", (32, 27, 1), (12, 10, 0)),
            Fraga("diskriminerad_konsidentitet", "nej_ja", (31, 27, 1), (12, 10, 0)),
            Fraga("diskriminerad_tillganglighet", "nej_ja", (31, 26, 1), (12, 11, 0)),
        ),
        ja_pa_nagot=((6, 21, 8), (5, 16, 7), (0, 0, 0)),  # 35 of 44, 28 of 37, 0 of 1
    ),
    "personalenkat": Enkat(
        grupper={"kvinna": (27, 33, 23), "man": (7, 8, 6)},
        fragor=(
            Fraga("rutiner", "del_6", (71, 18)),
            Fraga("tillvarata_synpunkter", "del_6", (62, 15)),  # 77: the print's own count, see LAS-MIG
            Fraga("trivs", "del_6", (74, 19)),
            Fraga("lyckas", "del_6", (59, 15)),
            Fraga("lyssnar", "frekvens_6", (77, 19)),
            Fraga("vet_vad_du_tillfor", "frekvens_6", (65, 16)),
            Fraga("planering", "frekvens_6", (55, 14)),
            Fraga("mer_redo", "del_6", (58, 15)),
            Fraga("medskapare", "del_6", (64, 16)),
            Fraga("lokal_ledning", "del_6", (63, 16)),
            Fraga("lokal_samverkan", "del_6", (67, 17)),
            Fraga("likabehandling", "ja_nej", (82, 21)),
        ),
    ),
    "styrgruppsenkat": Enkat(
        grupper={"": (23,)},
        fragor=(
            Fraga("strategi", "ja_nej", (13,)),
            Fraga("underlag", "del_6", (15,)),
            Fraga("forebyggande", "del_6", (11,)),
            Fraga("dokumentation", "ja_nej", (21,)),
            Fraga("lokal_ledning", "del_6", (16,)),
            Fraga("regional_samverkan", "del_6", (15,)),
        ),
    ),
    "styrelseenkat": Enkat(
        grupper={"": (11,)},
        fragor=(
            Fraga("strategi", "ja_nej", (9,)),
            Fraga("underlag", "del_6", (9,)),
            Fraga("forebyggande", "del_6", (9,)),
        ),
    ),
}

# --- 2019: invented throughout ------------------------------------------------------------------

ENKATER_2019 = {
    "deltagarenkat": Enkat(
        grupper={"kvinna": (14, 14, 10), "man": (10, 14, 9)},
        fragor=(
            Fraga("stod_for_arbete", "del_6", (28, 24), (0, 1)),
            Fraga("bestamma", "del_6", (31, 26), (1, 0)),
            Fraga("livssituation", "del_6", (30, 23)),
            Fraga("tillvarata_erfarenheter", "del_6", (32, 27)),
            Fraga("person_eller_team", "ja_nej", (36, 32)),
            Fraga("framtid", "bra_6", (29, 25), (1, 2)),
            Fraga("bemott", "bra_4", (36, 32)),
            Fraga("diskriminerad_kon", "nej_ja", (31, 27), (7, 6)),
            Fraga("diskriminerad_alder", "nej_ja", (29, 26), (9, 7)),
            Fraga("diskriminerad_etnicitet", "nej_ja", (28, 25), (10, 8)),
            Fraga("diskriminerad_religion", "nej_ja", (28, 25), (10, 8)),
            Fraga("diskriminerad_funktionsnedsattning", "nej_ja", (28, 24), (9, 8)),
            Fraga("diskriminerad_sexuell_laggning", "nej_ja", (28, 25), (10, 8)),
            Fraga("diskriminerad_konsidentitet", "nej_ja", (28, 25), (10, 8)),
            Fraga("diskriminerad_tillganglighet", "nej_ja", (28, 23), (9, 9)),
        ),
        ja_pa_nagot=((4, 17, 7), (4, 14, 6)),
    ),
    "personalenkat": Enkat(
        grupper={"kvinna": (25, 31, 21), "man": (7, 7, 6)},
        fragor=(
            Fraga("rutiner", "del_6", (63, 15)),
            Fraga("tillvarata_synpunkter", "del_6", (57, 14)),
            Fraga("trivs", "del_6", (70, 17)),
            Fraga("lyckas", "del_6", (57, 14)),
            Fraga("lyssnar", "frekvens_6", (69, 18)),
            Fraga("vet_vad_du_tillfor", "frekvens_6", (58, 15)),
            Fraga("planering", "frekvens_6", (53, 12)),
            Fraga("mer_redo", "del_6", (55, 15)),
            Fraga("medskapare", "del_6", (58, 15)),
            Fraga("lokal_ledning", "del_6", (60, 16)),
            Fraga("lokal_samverkan", "del_6", (60, 15)),
            Fraga("likabehandling", "ja_nej", (77, 20)),
        ),
    ),
    "styrgruppsenkat": Enkat(
        grupper={"": (21,)},
        fragor=(
            Fraga("strategi", "ja_nej", (11,)),
            Fraga("underlag", "del_6", (13,)),
            Fraga("forebyggande", "del_6", (11,)),
            Fraga("dokumentation", "ja_nej", (18,)),
            Fraga("lokal_ledning", "del_6", (15,)),
            Fraga("regional_samverkan", "del_6", (14,)),
        ),
    ),
    "styrelseenkat": Enkat(
        grupper={"": (10,)},
        fragor=(
            Fraga("strategi", "ja_nej", (8,)),
            Fraga("underlag", "del_6", (7,)),
            Fraga("forebyggande", "del_6", (8,)),
        ),
    ),
}

# --- The register: tables 2–8 of the print ------------------------------------------------------
# Per enhet and kon: deltagare, nya, and the finished by utfall. Table 1 is the sum.

UTFALL = (
    "arbete",
    "extratjanst",
    "studier",
    "fortsatt",
    "saknar_arbetsformaga",
    "avbrott_halsa",
    "avbrott_ovrigt",
)
KON = ("kvinna", "man")
PerKon = tuple[int, int, tuple[int, ...]]
DELTAGARE_2020 = {
    "Ungdomstorget": ((131, 38, (12, 0, 7, 9, 0, 5, 3)), (113, 39, (5, 0, 4, 6, 0, 4, 1))),
    "Vuxentorget": ((185, 57, (3, 0, 4, 4, 1, 2, 3)), (249, 65, (9, 0, 3, 4, 1, 5, 1))),
    "Samordningsteamet Nordmaling": ((19, 12, (1, 1, 2, 1, 2, 1, 2)), (34, 20, (2, 2, 2, 4, 4, 0, 2))),
    "Samordningsteamet Vännäs": ((38, 20, (0, 1, 3, 3, 0, 6, 1)), (40, 15, (2, 0, 3, 3, 1, 3, 8))),
    "Samordningsteamet Bjurholm": ((8, 5, (1, 0, 0, 0, 0, 0, 0)), (7, 6, (0, 0, 0, 0, 0, 0, 0))),
    "Samordningsteamet Vindeln": ((14, 8, (0, 0, 1, 2, 1, 0, 4)), (19, 10, (3, 1, 2, 3, 0, 0, 2))),
    "Samordningsteamet Robertsfors": ((20, 10, (3, 5, 1, 2, 1, 1, 0)), (37, 22, (5, 4, 2, 4, 0, 2, 4))),
}
# Invented, but so that those who remain at the end of 2019 are those who were carried into 2020.
AVSLUTADE_2019 = {
    "Ungdomstorget": ((9, 1, 6, 8, 1, 4, 3), (6, 1, 4, 6, 1, 3, 4)),
    "Vuxentorget": ((6, 1, 4, 6, 2, 4, 3), (10, 2, 4, 7, 3, 5, 5)),
    "Samordningsteamet Nordmaling": ((1, 1, 1, 2, 1, 1, 1), (2, 2, 1, 3, 2, 1, 2)),
    "Samordningsteamet Vännäs": ((2, 1, 2, 3, 1, 3, 2), (3, 1, 2, 3, 1, 3, 3)),
    "Samordningsteamet Bjurholm": ((1, 0, 0, 1, 0, 0, 0), (1, 0, 1, 0, 0, 1, 0)),
    "Samordningsteamet Vindeln": ((1, 1, 1, 1, 1, 1, 1), (2, 1, 1, 2, 0, 1, 2)),
    "Samordningsteamet Robertsfors": ((2, 3, 1, 2, 1, 1, 1), (3, 3, 1, 3, 1, 2, 2)),
}
# Women and men. The print gives 80, 60 and 40 % women without counts; the counts are ours.
REPRESENTATION_2020 = {"personal": (83, 21), "styrgrupper": (18, 12), "styrelse": (4, 6)}
REPRESENTATION_2019 = {"personal": (77, 20), "styrgrupper": (17, 12), "styrelse": (5, 5)}

# --- Helårsekvivalenter: percent of those aged 20–64 --------------------------------------------
# "*" derived, "?" uncertain, "" missing; nothing after the figure: certain.

PERIODER = ("2014", "2015", "2016", "2017", "2018", "2019", "2020H1")
STATUS = {"*": "harledd", "?": "osaker"}
HELARSEKVIVALENTER = (
    ("Vännäs", "2460", ("16.1*", "", "", "", "", "14.1", "13.3")),
    ("Robertsfors", "2409", ("16.4?", "", "", "", "", "13.7", "13.7")),
    ("Umeå", "2480", ("", "", "", "", "", "10.3", "10.9")),
    ("Vindeln", "2404", ("", "", "", "", "", "14.4", "14.0")),
    ("Bjurholm", "2403", ("19.1?", "", "", "", "", "16.7?", "16.6?")),
    ("Nordmaling", "2401", ("19.7?", "", "", "", "", "16.5?", "16.6?")),
    ("Örnsköldsvik", "2284", ("16.1*", "", "", "", "", "15.1", "15.7")),
    ("Umeåregionen exkl. Örnsköldsvik", "", ("13.2*", "", "", "", "", "11.0", "11.5")),
    ("Umeåregionen inkl. Örnsköldsvik", "", ("13.9*", "", "", "", "", "12.0", "12.5")),
    ("Riket", "00", ("14.9", "14.8*", "14.4*", "14.0*", "13.3*", "12.7", "13.4")),
)
