"""The Swedish words for the codes that the engine returns: signals, reasons, rules, outcomes, sources."""

from __future__ import annotations

from typing import Final

from bokslut import tal
from bokslut.fras import Fras, fras
from bokslut.text.rakneord import rakneord
from indikatorer.resultat import Brott, Orsak, Sammanslagen, Signal

SIGNALER: Final = ("gron", "gul", "rod", "gra")

SIGNAL_NAMN: Final = {
    "gron": fras("Grön"),
    "gul": fras("Gul"),
    "rod": fras("Röd"),
    "gra": fras("Grå"),
    "ingen": fras("Ingen signal"),
}
SIGNAL_ORD: Final = {
    "gron": fras("Når målet"),
    "gul": fras("Nära målet"),
    "rod": fras("Når inte målet"),
    "gra": fras("Inte bedömt"),
    "ingen": fras("Utan mål"),
}
SIGNAL_FORKLARING: Final = {
    "gron": fras("Resultatet når den gräns som styrelsen har beslutat."),
    "gul": fras("Resultatet når inte målet men den lägre gräns som styrelsen har beslutat."),
    "rod": fras("Resultatet når inte gränsen. Rött är allt annat, även om det bara är en procentenhet som skiljer."),
    "gra": fras("Resultatet går inte att bedöma. Ordet bredvid säger varför."),
    "ingen": fras("Siffran lämnas som upplysning. Styrelsen har inte beslutat något mål för den."),
}
ORSAK_ORD: Final = {
    Orsak.FOR_FA_SVAR: fras("För få svar"),
    Orsak.INTE_MATT: fras("Inte mätt"),
    Orsak.INGET_MAL: fras("Inget mål"),
    Orsak.SKYDDAD: fras("Skyddad"),
    Orsak.FEL_I_DEFINITIONEN: fras("Fel i definitionen"),
}
BROTT_ORD: Final = {
    Brott.ORDALYDELSE: fras("frågan har formulerats om"),
    Brott.SKALA: fras("svarsskalan har ändrats"),
    Brott.REGEL: fras("räknesättet har ändrats"),
    Brott.GRANS: fras("målet har ändrats"),
    Brott.PERIOD: fras("perioderna är olika"),
}
REGEL_ORD: Final = {
    "andel": fras("Andel"),
    "konszon": fras("Könsfördelning"),
    "skillnad": fras("Skillnad mellan kvinnor och män"),
    "nolltolerans": fras("Nolltolerans"),
    "forandring": fras("Förändring mot året före"),
    "goda_exempel": fras("Antal goda exempel"),
    "index": fras("Index"),
    "antal": fras("Antal"),
    "kvot": fras("Kvot"),
    "nulage": fras("Nuläge"),
    "progression": fras("Andel som har stärkts"),
    "information": fras("Upplysning"),
}
KON_ORD: Final = {
    "kvinna": fras("Kvinnor"),
    "man": fras("Män"),
    "annat": fras("Annat"),
    "vill_inte_svara": fras("Vill inte svara"),
}
DIMENSION_ORD: Final = {"kon": fras("Kön"), "enhet": fras("Enhet")}
KALLTYP_ORD: Final = {
    "enkat": fras("Enkät"),
    "register": fras("Register"),
    "statistik": fras("Statistik"),
    "berattelser": fras("Berättelser"),
}
STATUS_ORD: Final = {
    "saker": "",
    "harledd": fras("härledd uppgift"),
    "osaker": fras("osäker uppgift"),
    "saknas": fras("uppgift saknas"),
}
UTFALL_ORD: Final = {
    "deltagare": fras("Deltagare under året"),
    "nya": fras("varav nya för året"),
    "ny": fras("varav nya för året"),
    "avslutade": fras("Avslutade under året"),
    "avslutad": fras("Avslutade under året"),
    "positiv": fras("Avslutade till en för individen positiv lösning"),
    "arbete": fras("varav till arbete"),
    "extratjanst": fras("varav till extratjänst"),
    "studier": fras("varav till studier"),
    "fortsatt": fras("varav fortsatt rehabilitering eller öppet arbetssökande"),
    "saknar": fras("varav saknar arbetsförmåga"),
    "saknar_arbetsformaga": fras("varav saknar arbetsförmåga"),
    "halsa": fras("Avbrott av hälsoskäl"),
    "avbrott_halsa": fras("Avbrott av hälsoskäl"),
    "ovriga": fras("Övriga avbrott"),
    "avbrott_ovrigt": fras("Övriga avbrott"),
}
UTFALL_KORT: Final = {
    "positiv": fras("Positiv lösning"),
    "arbete": fras("Arbete"),
    "extratjanst": fras("Extratjänst"),
    "studier": fras("Studier"),
    "fortsatt": fras("Fortsatt rehabilitering eller öppet arbetssökande"),
    "saknar": fras("Saknar arbetsförmåga"),
    "saknar_arbetsformaga": fras("Saknar arbetsförmåga"),
    "halsa": fras("Avbrott av hälsoskäl"),
    "avbrott_halsa": fras("Avbrott av hälsoskäl"),
    "ovriga": fras("Övriga avbrott"),
    "avbrott_ovrigt": fras("Övriga avbrott"),
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


def skyddstext(minsta_grupp: int) -> Fras:
    """Why a figure is "..", in words."""
    return fras(
        "Skyddad: siffran visas inte, eftersom den kan avslöja något om färre än {antal} personer.",
        antal=_siffra(minsta_grupp),
    )


def skyddsmening(minsta_grupp: int) -> Fras:
    """The same, as a sentence of running text."""
    return fras(
        "En siffra visas inte när den kan avslöja något om färre än {antal} personer.", antal=_siffra(minsta_grupp)
    )


def _siffra(antal: int) -> str:
    return rakneord(antal) if antal in range(2, 11) else str(antal)


def period_text(period: str) -> str:
    """A period as it is read: "2020H1" is "första halvåret 2020"."""
    halvar = {"H1": fras("första halvåret {ar}", ar=period[:-2]), "H2": fras("andra halvåret {ar}", ar=period[:-2])}
    return halvar.get(period[-2:], period)


def tillsammans(s: Sammanslagen) -> Fras:
    """Which enheter a name stands for."""
    return fras("{namn} är {enheter} tillsammans.", namn=s.namn, enheter=tal.rakna_upp(s.enheter))
