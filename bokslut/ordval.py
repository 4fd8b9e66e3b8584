"""The Swedish words for the codes that the engine returns: signals, reasons, rules, outcomes, sources."""

from __future__ import annotations

from typing import Final

from indikatorer.resultat import Brott, Orsak, Signal

SIGNALER: Final = ("gron", "gul", "rod", "gra")

SIGNAL_NAMN: Final = {"gron": "Grön", "gul": "Gul", "rod": "Röd", "gra": "Grå", "ingen": "Ingen signal"}
SIGNAL_ORD: Final = {
    "gron": "Når målet",
    "gul": "Nära målet",
    "rod": "Når inte målet",
    "gra": "Inte bedömt",
    "ingen": "Utan mål",
}
SIGNAL_FORKLARING: Final = {
    "gron": "Resultatet når den gräns som styrelsen har beslutat.",
    "gul": "Resultatet når inte målet men den lägre gräns som styrelsen har beslutat.",
    "rod": "Resultatet når inte gränsen. Rött är allt annat, även om det bara är en procentenhet som skiljer.",
    "gra": "Resultatet går inte att bedöma. Ordet bredvid säger varför.",
    "ingen": "Siffran lämnas som upplysning. Styrelsen har inte beslutat något mål för den.",
}
ORSAK_ORD: Final = {
    Orsak.FOR_FA_SVAR: "För få svar",
    Orsak.INTE_MATT: "Inte mätt",
    Orsak.INGET_MAL: "Inget mål",
    Orsak.SKYDDAD: "Skyddad",
    Orsak.FEL_I_DEFINITIONEN: "Fel i definitionen",
}
BROTT_ORD: Final = {
    Brott.ORDALYDELSE: "frågan har formulerats om",
    Brott.SKALA: "svarsskalan har ändrats",
    Brott.REGEL: "räknesättet har ändrats",
    Brott.GRANS: "målet har ändrats",
    Brott.PERIOD: "perioderna är olika",
}
REGEL_ORD: Final = {
    "andel": "Andel",
    "konszon": "Könsfördelning",
    "skillnad": "Skillnad mellan kvinnor och män",
    "nolltolerans": "Nolltolerans",
    "forandring": "Förändring mot året före",
    "goda_exempel": "Antal goda exempel",
    "index": "Index",
    "antal": "Antal",
    "kvot": "Kvot",
    "nulage": "Nuläge",
    "progression": "Andel som har stärkts",
    "information": "Upplysning",
}
KON_ORD: Final = {"kvinna": "Kvinnor", "man": "Män", "annat": "Annat", "vill_inte_svara": "Vill inte svara"}
DIMENSION_ORD: Final = {"kon": "Kön", "enhet": "Enhet"}
KALLTYP_ORD: Final = {"enkat": "Enkät", "register": "Register", "statistik": "Statistik", "berattelser": "Berättelser"}
STATUS_ORD: Final = {"saker": "", "harledd": "härledd uppgift", "osaker": "osäker uppgift", "saknas": "uppgift saknas"}
UTFALL_ORD: Final = {
    "deltagare": "Deltagare under året",
    "nya": "varav nya för året",
    "ny": "varav nya för året",
    "avslutade": "Avslutade under året",
    "avslutad": "Avslutade under året",
    "positiv": "Avslutade till en för individen positiv lösning",
    "arbete": "varav till arbete",
    "extratjanst": "varav till extratjänst",
    "studier": "varav till studier",
    "fortsatt": "varav fortsatt rehabilitering eller öppet arbetssökande",
    "saknar": "varav saknar arbetsförmåga",
    "saknar_arbetsformaga": "varav saknar arbetsförmåga",
    "halsa": "Avbrott av hälsoskäl",
    "avbrott_halsa": "Avbrott av hälsoskäl",
    "ovriga": "Övriga avbrott",
    "avbrott_ovrigt": "Övriga avbrott",
}
UTFALL_KORT: Final = {
    "positiv": "Positiv lösning",
    "arbete": "Arbete",
    "extratjanst": "Extratjänst",
    "studier": "Studier",
    "fortsatt": "Fortsatt rehabilitering eller öppet arbetssökande",
    "saknar": "Saknar arbetsförmåga",
    "saknar_arbetsformaga": "Saknar arbetsförmåga",
    "halsa": "Avbrott av hälsoskäl",
    "avbrott_halsa": "Avbrott av hälsoskäl",
    "ovriga": "Övriga avbrott",
    "avbrott_ovrigt": "Övriga avbrott",
}
SLUTUTFALL: Final = tuple(u for u in UTFALL_KORT if u != "positiv")
AVBROTT: Final = ("halsa", "avbrott_halsa", "ovriga", "avbrott_ovrigt")


def signal_kod(signal: Signal | None) -> str:
    """The signal as a class name; "ingen" for a figure that is not to be judged."""
    return "ingen" if signal is None else signal.value


def signal_text(signal: Signal | None, orsak: Orsak | None) -> str:
    """The word beside the shape: for grey it is the reason."""
    if signal is Signal.GRA and orsak is not None:
        return ORSAK_ORD[orsak]
    return SIGNAL_ORD[signal_kod(signal)]


def skyddstext(minsta_grupp: int) -> str:
    """Why a figure is "..", in words."""
    return f"Skyddad: siffran visas inte, eftersom den kan avslöja något om färre än {_siffra(minsta_grupp)} personer."


def skyddsmening(minsta_grupp: int) -> str:
    """The same, as a sentence of running text."""
    return f"En siffra visas inte när den kan avslöja något om färre än {_siffra(minsta_grupp)} personer."


def _siffra(tal: int) -> str:
    ord_ = {2: "två", 3: "tre", 4: "fyra", 5: "fem", 6: "sex", 7: "sju", 8: "åtta", 9: "nio", 10: "tio"}
    return ord_.get(tal, str(tal))


def period_text(period: str) -> str:
    """A period as it is read: "2020H1" is "första halvåret 2020"."""
    halvar = {"H1": "första halvåret", "H2": "andra halvåret"}
    for kod, namn in halvar.items():
        if period.endswith(kod):
            return f"{namn} {period[:-2]}"
    return period
