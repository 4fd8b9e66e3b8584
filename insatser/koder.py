"""What may stand in the register: a closed list for every field, each code with the words that people read.

Outcomes are the codes of the engine's participant tables, so that what is registered can be counted as it is.
Age is in five years, education, time on public support and what one did before as the old register had them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from indikatorer.flode import AVBROTT, POSITIVA

KON: Final[Mapping[str, str]] = {
    "kvinna": "Kvinna",
    "man": "Man",
    "annat": "Annat",
    "vill_inte_svara": "Vill inte svara eller okänt",
}
ALDER: Final[Mapping[str, str]] = {
    "under_20": "Under 20 år",
    **{f"{fran}_{fran + 4}": f"{fran}–{fran + 4} år" for fran in range(20, 65, 5)},
    "minst_65": "65 år eller äldre",
    "okand": "Okänd ålder",
}
UTFALL: Final[Mapping[str, str]] = {
    "arbete": "Till arbete",
    "extratjanst": "Till extratjänster",
    "studier": "Till studier",
    "fortsatt": "Fortsatt rehab och öppet a-sök",
    "saknar_arbetsformaga": "Saknar arbetsförmåga",
    "avbrott_halsa": "Avbrott av hälsoskäl",
    "avbrott_ovrigt": "Övriga avbrott",
}
ANSTALLNING: Final[Mapping[str, str]] = {
    "osubventionerad": "Utan stöd till arbetsgivaren",
    "subventionerad": "Med stöd, till exempel lönebidrag",
    "eget_foretag": "Eget företag",
}
FORE: Final[Mapping[str, str]] = {
    "arbete": "Arbete utan stöd",
    "subventionerat": "Arbete med stöd",
    "studier": "Studier",
    "arbetssokande": "Arbetssökande",
    "inget": "Inget av detta",
    "okant": "Okänt före",
}
TID: Final[Mapping[str, str]] = {
    "ingen": "Ingen tid",
    "under_1": "Under 1 år",
    "ar_1_2": "1–2 år",
    "ar_3_5": "3–5 år",
    "ar_6_9": "6–9 år",
    "minst_10": "10 år eller mer",
    "okand": "Okänd tid",
}
UTBILDNING: Final[Mapping[str, str]] = {
    "utan_grundskola": "Mindre än grundskola",
    "grundskola": "Grundskola",
    "gymnasium": "Gymnasium",
    "eftergymnasial": "Eftergymnasial",
    "okand": "Okänd utbildning",
}
HANDLINGSPLAN: Final[Mapping[str, str]] = {"ja": "Ja", "nej": "Nej", "okant": "Okänt om plan"}
# Why a row is taken away: a choice and no text, for a text may hold what nobody should know.
SKAL: Final[Mapping[str, str]] = {
    "dubblett": "Raden fanns två gånger",
    "fel_insats": "Raden hörde till en annan insats",
    "misstag": "Raden skrevs in av misstag",
    "begaran": "Deltagaren har begärt det",
    "gallring": "Raden ska gallras",
}
# Only these may tell how much one works.
MED_OMFATTNING: Final = ("arbete", "extratjanst")

assert tuple(UTFALL) == (*POSITIVA, *AVBROTT), "the register and the engine must know the same outcomes"
