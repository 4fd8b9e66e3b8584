"""What must hold within one questionnaire.

Together these rules prove that every question can be reached and that none is a dead end: a condition names an
earlier question and answers that it can have, every scale has two options or more, every interval holds a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from enkat.felplats import fel_i
from enkat.formular import INGET, KON, MED_SKALA, VILL_INTE_SVARA, Fraga, Skala, VisasOm
from indikatorer.diagnos import Diagnos, Niva, narmast
from indikatorer.schema import uppraknat
from indikatorer.toml.fel import Vag
from indikatorer.toml.source import TomlDokument
from indikatorer.underlag import fel_okand

_ID: Final = re.compile(r"[a-z][a-z0-9_]*")
# Columns that the engine reads in a way of its own (CONTRACT section 1), so no question may be called that.
RESERVERADE: Final = ("enhet", "antal", "ny", "avslutad")
# Keys that only some kinds of question take, and those they cannot do without.
_NYCKLAR: Final[Mapping[str, frozenset[str]]] = {
    "skala": MED_SKALA,
    "rader": frozenset({"matris"}),
    "minst": frozenset({"tal"}),
    "hogst": frozenset({"tal"}),
    "langst": frozenset({"text"}),
    "gallras_efter_manader": frozenset({"text"}),
}
_KRAVS: Final = frozenset(
    {(nyckel, typ) for nyckel, typer in _NYCKLAR.items() for typ in typer} - {("skala", "ja_nej")}
)


def ar_id(namn: str) -> bool:
    """Whether a name can be a column, a form field and a key in TOML without quotes."""
    return _ID.fullmatch(namn) is not None


def kontrollera_skala(dok: TomlDokument, id_: str, skala: Skala) -> Iterator[Diagnos]:
    """A scale: two options or more, each with its own id and text."""
    vag = ("skala", id_)
    if len(skala.svar) != len(skala.text):
        fann = f"Skalan ”{id_}” har {len(skala.svar)} svar och {len(skala.text)} texter, men"
        atgard = "Gör listorna lika långa, i samma ordning."
        yield fel_i(dok, (*vag, "text"), "skala-olika-langd", fann, "varje svar ska ha en text", atgard)
    elif len(skala.svar) < 2:
        fann = f"Skalan ”{id_}” har bara ett svar, men"
        yield fel_i(dok, (*vag, "svar"), "skala-for-kort", fann, "ska ha minst två", "Lägg till de svar som saknas.")
    for nummer, svar in enumerate(skala.svar):
        if svar == VILL_INTE_SVARA:
            regel = "finns alltid bredvid skalan, och ska inte stå i den"
            atgard = "Ta bort svaret och dess text."
            yield fel_i(dok, (*vag, "svar", nummer), "reserverat-id", f"Svaret ”{svar}”", regel, atgard)
        elif not ar_id(svar):
            yield _fel_id(dok, (*vag, "svar", nummer), "Svaret", svar)
    for nyckel, varden in (("svar", skala.svar), ("text", skala.text)):
        for nummer, varde in enumerate(varden):
            if varde in varden[:nummer]:
                regel = "finns redan i skalan, och ska bara finnas en gång"
                yield fel_i(dok, (*vag, nyckel, nummer), "dubbelt-varde", f"”{varde}”", regel, "Ändra den ena.")


def kontrollera_fragor(
    dok: TomlDokument, fragor: list[Fraga], skalor: Mapping[str, Skala]
) -> tuple[tuple[Fraga, ...], list[Diagnos]]:
    """All questions. Returns those that can be put to someone, and every fault."""
    fel: list[Diagnos] = []
    hela: dict[str, Fraga] = {}
    texter: set[str] = set()
    ordning = list(dok.data["fraga"]) if fragor else []
    for fraga in fragor:
        nya = [*_kontrollera_id(dok, fraga), *_kontrollera_nycklar(dok, fraga), *_kontrollera_svar(dok, fraga, skalor)]
        if fraga.text in texter:
            regel = "är redan text till en annan fråga, och ska bara finnas en gång"
            atgard = "Ge den ena en annan text, så att resultaten inte kan förväxlas."
            nya.append(fel_i(dok, ("fraga", fraga.id, "text"), "dubbelt-varde", f"”{fraga.text}”", regel, atgard))
        texter.add(fraga.text)
        fel += nya
        villkorsfel = list(_kontrollera_villkor(dok, fraga, hela, skalor, ordning))
        fel += villkorsfel
        if _gar_att_stalla(fraga, skalor):
            utan_villkor = any(d.niva is Niva.FEL for d in villkorsfel)
            hela[fraga.id] = fraga.model_copy(update={"visas_om": None}) if utan_villkor else fraga
    return tuple(hela.values()), fel


def _gar_att_stalla(fraga: Fraga, skalor: Mapping[str, Skala]) -> bool:
    return fraga.typ not in MED_SKALA or fraga.skala_id in skalor


def _kontrollera_id(dok: TomlDokument, fraga: Fraga) -> Iterator[Diagnos]:
    vag = ("fraga", fraga.id)
    if fraga.id in RESERVERADE:
        regel = "är namnet på en kolumn som läses på ett eget sätt, och kan inte vara en fråga"
        atgard = "Välj ett annat id."
        if fraga.id == "enhet":
            atgard = "Frågan om enhet skrivs under rubriken [enhet]; i omgångar med koder vet vi den redan."
        yield fel_i(dok, vag, "reserverat-id", f"”{fraga.id}”", regel, atgard, vid_namn=True)
    elif not ar_id(fraga.id):
        yield _fel_id(dok, vag, "Frågans id", fraga.id, vid_namn=True)
    for rad, _ in fraga.rader:
        if not ar_id(rad):
            yield _fel_id(dok, (*vag, "rader", rad), "Radens id", rad, vid_namn=True)


def _kontrollera_nycklar(dok: TomlDokument, fraga: Fraga) -> Iterator[Diagnos]:
    for nyckel, typer in _NYCKLAR.items():
        vag = ("fraga", fraga.id, nyckel)
        finns = dok.finns(vag)
        if finns and fraga.typ not in typer:
            regel = f"hör till frågor av typen {uppraknat(sorted(typer), 'eller')}, men den här är {fraga.typ}"
            yield fel_i(
                dok,
                vag,
                "nyckel-passar-inte",
                f"”{nyckel}”",
                regel,
                "Ta bort raden, eller ändra typ.",
                vid_namn=True,
            )
        elif not finns and (nyckel, fraga.typ) in _KRAVS and not dok.trasig(vag):
            regel = f"är av typen {fraga.typ} och ska ha nyckeln ”{nyckel}”"
            atgard = f"Lägg till en rad som börjar med: {nyckel} ="
            yield fel_i(dok, vag[:-1], "saknad-nyckel", f"”{'.'.join(vag[:-1])}”", regel, atgard, vid_namn=True)
    if fraga.minst is not None and fraga.hogst is not None and fraga.minst > fraga.hogst:
        regel = f"ska vara minst lika stort som minst, som är {fraga.minst}"
        fann = f"”hogst” är {fraga.hogst} men"
        yield fel_i(dok, ("fraga", fraga.id, "hogst"), "atervandsgrand", fann, regel, "Byt plats på talen.")


def _kontrollera_svar(dok: TomlDokument, fraga: Fraga, skalor: Mapping[str, Skala]) -> Iterator[Diagnos]:
    skala_id = fraga.skala_id
    if skala_id is None:
        return
    vag: Vag = ("fraga", fraga.id, "skala") if fraga.skala else ("fraga", fraga.id)
    skala = skalor.get(skala_id)
    if skala is None:
        if not dok.finns(("skala", skala_id)) and not dok.trasig(("skala", skala_id)):
            yield fel_okand(dok, vag, "skala", skala_id, list(skalor)) if fraga.skala else _utan_ja_nej(dok, vag)
    elif fraga.id == "kon" and (fraga.typ != "ett_val" or skala.svar != KON):
        regel = f"ska vara ett_val med svaren {', '.join(KON)}, i den ordningen, och inga andra"
        atgard = "Ändra skalan. Texten till varje svar väljer du själv."
        yield fel_i(dok, vag, "fel-kon", "Frågan ”kon”", regel, atgard, varfor="Könen jämförs mellan år och förbund.")
    elif fraga.typ == "ja_nej" and len(skala.svar) > 1 and skala.svar != ("ja", "nej"):
        regel = "ska ha en skala med svaren ja och nej, i den ordningen"
        atgard, fann = 'Ändra skalan, eller skriv typ = "ett_val".', f"Frågan ”{fraga.id}”"
        yield fel_i(dok, vag, "fel-ja-nej", fann, regel, atgard, vid_namn=not fraga.skala)
    elif fraga.typ == "skala" and not skala.ordnad:
        regel = "är av typen skala, men dess svar har ingen ordning"
        atgard = 'Skriv typ = "ett_val", eller ta bort ordnad = false.'
        yield fel_i(dok, vag, "skala-utan-ordning", f"Frågan ”{fraga.id}”", regel, atgard)
    elif fraga.typ == "flera_val" and INGET not in skala.svar:
        regel = f"saknar svaret ”{INGET}”, så den som inget av svaren stämmer för har inget att välja"
        atgard = f'Lägg till "{INGET}" sist i skalan, med texten ”Inget av det”.'
        fann = f"Skalan till ”{fraga.id}”"
        yield fel_i(dok, vag, "flera-val-utan-inget", fann, regel, atgard, niva=Niva.VARNING)


def _utan_ja_nej(dok: TomlDokument, vag: Vag) -> Diagnos:
    regel = "är av typen ja_nej, och då ska filen ha skalan [skala.ja_nej]"
    atgard = 'Lägg till den: svar = ["ja", "nej"] och text = ["Ja", "Nej"], och ordnad = false.'
    return fel_i(dok, vag, "okand-skala", f"Frågan ”{vag[-1]}”", regel, atgard, vid_namn=True)


def _kontrollera_villkor(
    dok: TomlDokument, fraga: Fraga, tidigare: Mapping[str, Fraga], skalor: Mapping[str, Skala], ordning: list[str]
) -> Iterator[Diagnos]:
    villkor = fraga.visas_om
    if villkor is None:
        return
    vag = ("fraga", fraga.id, "visas_om")
    if fraga.typ == "text":
        regel = "är av typen text, och ska visas för alla"
        atgard, varfor = "Ta bort visas_om.", "Annars säger texten vad den som skrev den har svarat på en annan fråga."
        yield fel_i(dok, vag, "fritext-villkorad", f"Frågan ”{fraga.id}”", regel, atgard, varfor=varfor, vid_namn=True)
        return
    om = tidigare.get(villkor.fraga)
    if om is not None:
        yield from _kontrollera_villkorssvar(dok, vag, villkor, om, skalor)
    elif villkor.fraga not in ordning:
        if not dok.trasig(("fraga", villkor.fraga)):
            yield fel_okand(dok, (*vag, "fraga"), "fråga", villkor.fraga, list(tidigare))
    elif ordning.index(villkor.fraga) >= ordning.index(fraga.id):
        regel = "ställs inte före den här frågan, så svaret är inte känt"
        atgard = f"Flytta [fraga.{fraga.id}] till efter den, eller välj en tidigare fråga."
        yield fel_i(dok, (*vag, "fraga"), "villkor-pa-senare", f"”{villkor.fraga}”", regel, atgard)


def _kontrollera_villkorssvar(
    dok: TomlDokument, vag: Vag, villkor: VisasOm, om: Fraga, skalor: Mapping[str, Skala]
) -> Iterator[Diagnos]:
    skala = skalor.get(om.skala_id or "")
    if om.typ == "matris" or skala is None:
        regel = f"är av typen {om.typ}, och en fråga kan bara visas efter svar på en fråga med svarsalternativ"
        yield fel_i(dok, (*vag, "fraga"), "villkor-utan-svar", f"”{om.id}”", regel, "Välj en annan fråga.")
        return
    mojliga = (*skala.svar, VILL_INTE_SVARA)
    for nummer, svar in enumerate(villkor.svar):
        if svar not in mojliga:
            kandidat = narmast(svar, mojliga)
            atgard = "" if kandidat else f"Svaren är {', '.join(mojliga)}."
            forslag = f'"{kandidat}"' if kandidat else None
            regel = f"är inget svar på ”{om.id}”, så frågan skulle aldrig visas för det"
            yield fel_i(
                dok,
                (*vag, "svar", nummer),
                "okant-svar",
                f"”{svar}”",
                regel,
                atgard,
                kandidat=kandidat,
                forslag=forslag,
            )
    if set(mojliga) <= set(villkor.svar):
        regel = "tar upp alla svar som finns, så frågan visas för alla"
        atgard = "Ta bort villkoret, eller några av svaren."
        yield fel_i(dok, (*vag, "svar"), "villkor-utan-verkan", "Villkoret", regel, atgard, niva=Niva.VARNING)


def _fel_id(dok: TomlDokument, vag: Vag, vad: str, namn: str, vid_namn: bool = False) -> Diagnos:
    regel = "ska bestå av små bokstäver a–z, siffror och understreck, och börja med en bokstav"
    varfor = "Det blir ett kolumnnamn i svaren."
    return fel_i(dok, vag, "fel-id", f"{vad} ”{namn}”", regel, "Välj ett annat.", varfor=varfor, vid_namn=vid_namn)
