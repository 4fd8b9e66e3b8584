"""The proof of the questionnaires: that they can be answered to the end, feed the indicators, and are translated whole.

What holds within one file is proved by reading it (`lasning`, `fragekontroll`). Here the files are held against each
other, against the indicators and the underlag (`matning`), and against the catalogues.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from enkat.felplats import fel_i
from enkat.formular import Enkat, Skala
from enkat.granskning import las_granskning
from enkat.lasning import Lasning, las_formular
from enkat.matning import kontrollera_matning
from enkat.sprak import KALLSPRAK, ROT, SPRAK, granskningsfiler, saknade, textsummor
from enkat.tid import minuter
from indikatorer.definition import Definitioner
from indikatorer.diagnos import Diagnos, Niva
from indikatorer.underlag import Underlag


def hitta(mapp: Path) -> dict[str, bytes]:
    """The questionnaires in a folder, by file name, as `prova` takes them."""
    return {fil.as_posix(): fil.read_bytes() for fil in sorted(mapp.glob("*.toml"))}


def prova(filer: Mapping[str, bytes], definitioner: Definitioner | None, underlag: Underlag | None) -> list[Diagnos]:
    """Every fault and warning of the questionnaires, file by file.

    filer: name → content. definitioner, underlag: what the answers are for; None leaves out what is held against them.
    """
    lasningar = [las_formular(fil, data) for fil, data in filer.items()]
    fel = [d for lasning in lasningar for d in (*lasning.diagnoser, *_prova_en(lasning))]
    fel += _krockar(lasningar)
    if definitioner is not None:
        fel += kontrollera_matning(lasningar, definitioner, underlag)
    fel += _granskning()
    return fel


def tider(enkat: Enkat) -> dict[str, float]:
    """The minutes that it takes to answer, by the code of the language; only languages that it is whole in."""
    return {s.kod: minuter(enkat, s) for s in SPRAK if not saknade(enkat, s)}


def _prova_en(lasning: Lasning) -> Iterator[Diagnos]:
    if lasning.enkat is None:
        return
    yield from _kon(lasning, lasning.enkat)
    if lasning.felfri():
        yield from _last(lasning, lasning.enkat)
        yield from _tid(lasning, lasning.enkat)
        yield from _oversattningar(lasning, lasning.enkat)


def _kon(lasning: Lasning, enkat: Enkat) -> Iterator[Diagnos]:
    if lasning.namns("kon") or enkat.huvud.utan_kon:
        return
    regel = "ska fråga efter kön, eller säga varför den inte gör det"
    atgard = 'Lägg till [fraga.kon] sist i filen, eller skriv utan_kon = "skälet" under [enkat].'
    varfor = "Ett samordningsförbund ska kunna följa upp hur det går för kvinnor och för män."
    yield fel_i(
        lasning.dok, ("enkat",), "kon-saknas", f"Enkäten ”{enkat.id}”", regel, atgard, varfor=varfor, vid_namn=True
    )


def _last(lasning: Lasning, enkat: Enkat) -> Iterator[Diagnos]:
    if enkat.huvud.last in ("", enkat.instrument):
        return
    regel = "stämmer inte med frågorna: någon fråga eller något svar har skrivits om"
    atgard = f'Ångra ändringen. Är den rätt, skriv last = "{enkat.instrument}".'
    varfor = "Låset finns för frågor som någon annan äger och som inte får formuleras om."
    fann = f"Låset ”{enkat.huvud.last[:12]}…”"
    yield fel_i(lasning.dok, ("enkat", "last"), "last-brutet", fann, regel, atgard, varfor=varfor)


def _tid(lasning: Lasning, enkat: Enkat) -> Iterator[Diagnos]:
    tid, hogst = minuter(enkat, KALLSPRAK), enkat.huvud.hogst_minuter
    if tid <= hogst:
        return
    matt = f"{tid:.1f}".replace(".", ",")
    regel = f"ska ta högst {hogst} {'minut' if hogst == 1 else 'minuter'} att svara på, men tar {matt}"
    atgard = "Korta hjälptexterna, ta bort en fråga, eller höj hogst_minuter."
    vag = ("enkat", "hogst_minuter")
    finns = lasning.dok.finns(vag)
    yield fel_i(
        lasning.dok,
        vag if finns else ("enkat",),
        "tar-for-lang-tid",
        f"Enkäten ”{enkat.id}”",
        regel,
        atgard,
        vid_namn=not finns,
        niva=Niva.VARNING,
    )


def _oversattningar(lasning: Lasning, enkat: Enkat) -> Iterator[Diagnos]:
    """One warning for each language that is not whole, at its first text that lacks a translation."""
    platser = {text: vag for vag, text in reversed(list(enkat.texter()))}
    for sprak in SPRAK:
        saknas = saknade(enkat, sprak)
        if not saknas:
            continue
        vag = next((platser[text] for text in saknas if text in platser), ("enkat",))
        fann = f"”{next((t for t in saknas if t in platser), saknas[0])}”"
        regel = f"är inte översatt till {sprak.namn}, där {len(saknas)} texter saknas, så språket erbjuds inte"
        atgard = "Kör python -m enkat.katalog och fyll i translations/."
        yield fel_i(lasning.dok, vag, "oversattning-saknas", fann, regel, atgard, niva=Niva.VARNING)


def _krockar(lasningar: list[Lasning]) -> Iterator[Diagnos]:
    """What two questionnaires cannot both have: the same källa, the same name, one scale with two contents."""
    sedda: dict[tuple[str, str], str] = {}
    skalor: dict[str, tuple[str, Skala]] = {}
    for lasning in lasningar:
        enkat = lasning.enkat
        if enkat is None:
            continue
        for nyckel, varde in (("kalla", enkat.kalla), ("kallas", enkat.kallas.casefold())):
            annan = sedda.setdefault((nyckel, varde), enkat.id)
            if annan != enkat.id:
                fann, regel = f"”{getattr(enkat, nyckel)}”", f"används redan av enkäten ”{annan}”"
                atgard = "Ge den ena ett annat namn, så att svaren inte blandas ihop."
                vag = ("enkat", nyckel)
                yield fel_i(
                    lasning.dok, vag, "dubbel-kalla" if nyckel == "kalla" else "dubbel-kallas", fann, regel, atgard
                )
        for id_, skala in enkat.skalor.items():
            annan, forst = skalor.setdefault(id_, (enkat.id, skala))
            if (skala.svar, skala.text, skala.ordnad) != (forst.svar, forst.text, forst.ordnad):
                fann, regel = f"Skalan ”{id_}”", f"är en annan än den med samma id i enkäten ”{annan}”"
                atgard = "Gör dem lika, eller ge den ena ett annat id."
                yield fel_i(lasning.dok, ("skala", id_), "skala-skiljer", fann, regel, atgard, vid_namn=True)


def _granskning() -> list[Diagnos]:
    fel: list[Diagnos] = []
    for fil in granskningsfiler():
        namn = fil.relative_to(ROT) if fil.is_relative_to(ROT) else fil
        fel += las_granskning(namn.as_posix(), fil.read_bytes(), textsummor())[1]
    return fel
