"""What there is to do from the first figures of a year to its published account, one rule per function."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kansli.hem.lage import Arslage, Lage
from kansli.hem.uppgift import DE_SOM_GODKANNER, DE_SOM_GRANSKAR, DE_SOM_LASER, Grad, Uppgift
from kansli.roller import LEDNING
from kansli.sprak import gettext as _
from kansli.sprak import ngettext


def till_bokslutet(lage: Lage) -> Iterator[Uppgift]:
    """From figures to a published version, for every year that has figures and is not published as it stands."""
    for a in lage.aren:
        if a.stopp or not a.har_siffror or a.oforandrad:
            continue
        slut = date(a.ar + 1, 3, 31)
        senast = slut if slut >= lage.idag else None
        for regel in (_kommentarer, _exemplen, _luckor, _hinder, _rattelse, _utkastet, _godkann, _publicera):
            yield from regel(a, senast)


def _kommentarer(a: Arslage, senast: date | None) -> Iterator[Uppgift]:
    if a.roda:
        yield Uppgift(
            f"roda-{a.ar}",
            ngettext("Kommentera ett rött resultat", "Kommentera %(num)s röda resultat", a.roda),
            _("Den som läser bokslutet %(ar)s ska få veta varför målet inte nåddes.", ar=a.ar),
            (("texter.lista", {"ar": a.ar}),),
            _("Skriv kommentarer"),
            LEDNING,
            senast=senast,
        )


def _exemplen(a: Arslage, senast: date | None) -> Iterator[Uppgift]:
    vad = {
        "granskas": (
            ngettext("Granska ett gott exempel", "Granska %(num)s goda exempel", a.exempel.get("granskas", 0)),
            _("Någon annan än den som skrev ska se efter att ingen går att känna igen."),
            DE_SOM_GRANSKAR,
        ),
        "samtycke": (
            ngettext(
                "Ett gott exempel saknar samtycke", "%(num)s goda exempel saknar samtycke", a.exempel.get("samtycke", 0)
            ),
            _("Utan samtycke visas berättelsen inte. Be om det, eller ta bort den ur bokslutet."),
            LEDNING,
        ),
        "fel": (
            ngettext("Rätta ett gott exempel", "Rätta %(num)s goda exempel", a.exempel.get("fel", 0)),
            _("Något i dem går inte att läsa, så de räknas inte."),
            LEDNING,
        ),
    }
    for kod, (rubrik, varfor, roller) in vad.items():
        if a.exempel.get(kod):
            lankar = (("exempel.lista", {"ar": a.ar, "lage": kod}),)
            yield Uppgift(f"exempel-{kod}-{a.ar}", rubrik, varfor, lankar, _("Till exemplen"), roller, senast=senast)


def _luckor(a: Arslage, senast: date | None) -> Iterator[Uppgift]:
    if a.inte_matta and senast is not None:
        yield Uppgift(
            f"luckor-{a.ar}",
            ngettext(
                "En indikator är inte mätt %(ar)s", "%(num)s indikatorer är inte mätta %(ar)s", a.inte_matta, ar=a.ar
            ),
            _("De blir grå i bokslutet. Se vad de väntar på."),
            (("signaler.visa", {"ar": a.ar, "signal": "gra"}),),
            _("Se vilka"),
            LEDNING,
            Grad.SNART,
            senast,
        )


def _hinder(a: Arslage, senast: date | None) -> Iterator[Uppgift]:
    if a.hinder:
        yield Uppgift(
            f"hinder-{a.ar}",
            ngettext("En sak hindrar bokslutet %(ar)s", "%(num)s saker hindrar bokslutet %(ar)s", a.hinder, ar=a.ar),
            _("Ingen kan godkänna innan de är åtgärdade. Listan säger var."),
            (("publicering.visa", {"ar": a.ar}),),
            _("Se listan"),
            LEDNING,
            senast=senast,
        )


def _rattelse(a: Arslage, _senast: date | None) -> Iterator[Uppgift]:
    if a.skal_saknas:
        yield Uppgift(
            f"rattelse-{a.ar}",
            _("Det publicerade bokslutet %(ar)s stämmer inte längre", ar=a.ar),
            ngettext("En siffra skiljer.", "%(num)s siffror skiljer.", a.andrade)
            if a.andrade
            else _("Regler, underlag eller texter har ändrats sedan version %(v)s.", v=a.publicerad),
            (("publicering.ratta", {"ar": a.ar}), ("signaler.andringar", {"ar": a.ar})),
            _("Se vad som skiljer"),
            LEDNING,
        )


def _utkastet(a: Arslage, _senast: date | None) -> Iterator[Uppgift]:
    if not a.kan_godkannas:
        return
    if a.kan_lasas:
        yield Uppgift(
            f"las-{a.ar}",
            _("Läs utkastet till bokslutet %(ar)s", ar=a.ar),
            _("Så här ser det ut när det publiceras. Säg till kansliet om något ska ändras."),
            (("utgava.utkast", {"ar": a.ar}), ("signaler.visa", {"ar": a.ar})),
            _("Läs utkastet"),
            DE_SOM_LASER,
        )
    else:
        yield Uppgift(
            f"bygg-{a.ar}",
            _("Bygg utkastet till bokslutet %(ar)s", ar=a.ar),
            _("Inget hindrar längre. Styrelsen och den som godkänner läser det innan det publiceras."),
            (("publicering.visa", {"ar": a.ar}),),
            _("Till publiceringen"),
            LEDNING,
        )


def _godkann(a: Arslage, senast: date | None) -> Iterator[Uppgift]:
    if a.kan_godkannas and a.kan_lasas and not a.racker:
        gamla = ", ".join(a.inaktuella)
        yield Uppgift(
            f"godkann-{a.ar}",
            _("Godkänn bokslutet %(ar)s", ar=a.ar),
            _("Innehållet har ändrats sedan %(vem)s godkände det.", vem=gamla)
            if gamla
            else _("Två personer godkänner var för sig exakt det som publiceras."),
            (("godkannande.godkann", {"ar": a.ar}), ("publicering.visa", {"ar": a.ar})),
            _("Läs och godkänn"),
            DE_SOM_GODKANNER,
            senast=senast,
        )


def _publicera(a: Arslage, senast: date | None) -> Iterator[Uppgift]:
    if a.kan_godkannas and a.racker:
        yield Uppgift(
            f"publicera-{a.ar}",
            _("Publicera bokslutet %(ar)s", ar=a.ar),
            _("Två personer har godkänt det, och inget hindrar."),
            (("publicering.publicera", {"ar": a.ar}), ("publicering.visa", {"ar": a.ar})),
            _("Publicera"),
            LEDNING,
            senast=senast,
        )
