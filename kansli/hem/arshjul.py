"""What there is to do now, from how the work stands: one rule per function, state in, tasks out, nothing read.

The year is the one of DOMAN section 2. What the program cannot know is done, it reminds of and never calls late.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final

from bokslut.publicering.godkannande import samma_person
from kansli.hem.lage import Lage, Omgangen
from kansli.hem.till_bokslutet import till_bokslutet
from kansli.hem.uppgift import DE_SOM_GRANSKAR, Grad, Uppgift, dag_i_ord, manad_i_ord
from kansli.roller import CHEF, LEDNING, Roll
from kansli.sprak import gettext as _
from kansli.sprak import ngettext, svenska

# Those who take part answer when they leave, all year; the others once, when the year draws to its end.
LOPANDE: Final = "deltagarenkat"
ENKATER_FRAN: Final = 9
MAL_FRAN: Final = 10
# A round that has been closed for so long is waited for.
LANGE: Final = timedelta(days=14)
PAMINN: Final = timedelta(days=7)
# When reports of a quarter are due: (month, day, the quarter's last month).
KVARTAL: Final = ((1, 31, 12), (4, 30, 3), (7, 31, 6), (10, 31, 9))
FORE_KVARTAL: Final = timedelta(days=14)
EFTER_KVARTAL: Final = timedelta(days=7)


def uppgifter(lage: Lage, roll: Roll, namn: str = "") -> list[Uppgift]:
    """What the role has to do, what is late first. namn: whose; one who has approved is not asked to do it again."""
    alla = [u for regel in _REGLER for u in regel(lage) if roll in u.roller]
    egna = [u for u in alla if not (u.kod.startswith("godkann") and _har_godkant(lage, u, namn))]
    return sorted(egna, key=lambda u: (u.grad, u.senast or date.max))


def _har_godkant(lage: Lage, uppgift: Uppgift, namn: str) -> bool:
    ar = next((a for a in lage.aren if uppgift.kod == f"godkann-{a.ar}"), None)
    return ar is not None and samma_person(namn) in map(samma_person, ar.godkanda)


def _fel(lage: Lage) -> Iterator[Uppgift]:
    """A year that cannot be read, or that has faults, is mended before anything else is done with it."""
    for a in lage.aren:
        if a.stopp:
            yield Uppgift(
                f"stopp-{a.ar}",
                _("%(ar)s går inte att läsa", ar=a.ar),
                a.stopp,
                (("mal.lista", {"ar": a.ar}), ("publicering.visa", {"ar": a.ar})),
                _("Se vad som är fel"),
                LEDNING,
            )
        elif a.fel:
            yield Uppgift(
                f"fel-{a.ar}",
                ngettext("Rätta ett fel i mål eller underlag", "Rätta %(num)s fel i mål eller underlag", a.fel),
                _("Det som felen rör går inte att räkna ut för %(ar)s.", ar=a.ar),
                (("publicering.visa", {"ar": a.ar}), ("mal.lista", {"ar": a.ar})),
                _("Se felen"),
                LEDNING,
            )


def _malen(lage: Lage) -> Iterator[Uppgift]:
    """The goals of a year are decided before it begins; on the first day "Så kommer du igång" says so instead."""
    i_ar = lage.idag.year
    aren = (i_ar, i_ar + 1) if lage.idag.month >= MAL_FRAN else (i_ar,)
    for ar in aren if lage.aren else ():
        a, senast = lage.aret(ar), date(ar - 1, 12, 31)
        grad = Grad.NU if senast >= lage.idag else Grad.FORSENAD
        if a is None:
            yield Uppgift(
                f"mal-{ar}",
                _("Bestäm målen för %(ar)s", ar=ar),
                _("Ett mål ska finnas innan året börjar. Kopiera förra årets och ändra det som ska ändras."),
                (("mal.borja", {}), ("mal.lista", {})),
                _("Börja med målen"),
                LEDNING,
                grad,
                senast,
            )
        elif not a.beslutade and a.publicerad is None:
            yield from _beslut(ar, grad, senast)


def _beslut(ar: int, grad: Grad, senast: date) -> Iterator[Uppgift]:
    yield Uppgift(
        f"beslut-{ar}",
        _("Anteckna styrelsens beslut om målen %(ar)s", ar=ar),
        _("Beslutet låser målen, så att ingen kan flytta dem när resultatet är känt."),
        (("malversioner.besluta", {"ar": ar}), ("mal.lista", {"ar": ar})),
        _("Gå till målen"),
        LEDNING,
        grad,
        senast,
    )
    yield Uppgift(
        f"las-mal-{ar}",
        _("Läs förslaget till mål för %(ar)s", ar=ar),
        _("Styrelsen beslutar målen tillsammans med plan och budget."),
        (("mal.lista", {"ar": ar}),),
        _("Läs målen"),
        frozenset({Roll.STYRELSE}),
        Grad.NU,
        senast if grad is Grad.NU else None,
    )


def _omgangarna(lage: Lage) -> Iterator[Uppgift]:
    """Rounds to open, to remind about, to close the books of; and keys that lie in one place only."""
    for o in lage.omgangar:
        if o.papper_kvar and o.lage in ("vantar", "oppen", "nad", "stangd"):
            yield _om_omgang(
                o,
                "papper",
                _("Spara papperskopian av nyckeln till %(titel)s", titel=svenska(o.titel)),
                _("Försvinner nyckeln går svaren aldrig att öppna."),
                _("Till papperskopian"),
            )
        if not o.provomgang:
            yield from _nasta_steg(o, lage.idag)


def _nasta_steg(o: Omgangen, idag: date) -> Iterator[Uppgift]:
    if o.lage == "utkast":
        varfor = _("Omgången är förberedd, men ingen kan svara än.")
        yield _om_omgang(o, "oppna", _("Öppna %(titel)s", titel=svenska(o.titel)), varfor, _("Till omgången"))
    elif o.lage == "stangd" and o.stanger is not None:
        sen = idag > o.stanger + LANGE
        varfor = _("Svaren räknas först när omgången är fryst, och tills dess ligger de kvar i urnan.")
        rubrik = _("Frys %(titel)s", titel=svenska(o.titel))
        yield _om_omgang(o, "frys", rubrik, varfor, _("Till frysningen"), Grad.FORSENAD if sen else Grad.NU)
    elif o.lage == "oppen" and o.stanger is not None and o.kalla != LOPANDE and o.stanger - PAMINN <= idag:
        varfor = _("Omgången stänger %(dag)s. En påminnelse ger fler svar.", dag=dag_i_ord(o.stanger, idag))
        rubrik = _("Påminn om %(titel)s", titel=svenska(o.titel))
        yield _om_omgang(o, "paminn", rubrik, varfor, _("Till omgången"), Grad.NU, o.stanger)


_PLATS: Final = {"papper": "oppning.papperskopia", "oppna": "oppning.oppna", "frys": "frysning.frys", "paminn": ""}


def _om_omgang(
    o: Omgangen, vad: str, rubrik: str, varfor: str, knapp: str, grad: Grad = Grad.NU, senast: date | None = None
) -> Uppgift:
    plats = ((_PLATS[vad], {"omgang_id": o.id}),) if _PLATS[vad] else ()
    lankar = (*plats, ("omgangar.visa", {"omgang_id": o.id}))
    return Uppgift(f"{vad}-{o.id}", rubrik, varfor, lankar, knapp, LEDNING, grad, senast)


def _saknade_omgangar(lage: Lage) -> Iterator[Uppgift]:
    """Questionnaires that nobody is asked this year."""
    ar = lage.idag.year
    fragade = {o.kalla for o in lage.omgangar if o.ar == ar and not o.provomgang}
    for e in lage.enkater:
        lopande = e.kalla == LOPANDE
        if e.kalla in fragade or lage.aret(ar) is None or not (lopande or lage.idag.month >= ENKATER_FRAN):
            continue
        varfor = (
            _("Deltagarna svarar när de slutar, så den ska vara öppen hela året.")
            if lopande
            else _("Den frågas en gång om året, på hösten, och ingen omgång finns för %(ar)s.", ar=ar)
        )
        yield Uppgift(
            f"omgang-{e.id}",
            _("Förbered %(titel)s %(ar)s", titel=e.titel, ar=ar),
            varfor,
            (("omgangar.ny", {}), ("omgangar.lista", {})),
            _("Ny omgång"),
            LEDNING,
            Grad.NU if lopande or lage.idag.month > ENKATER_FRAN else Grad.SNART,
            date(ar, 12, 31),
        )


def _spraken(lage: Lage) -> Iterator[Uppgift]:
    if lage.sprak:
        yield Uppgift(
            "sprak",
            ngettext("Granska en översättning", "Granska %(num)s översättningar", len(lage.sprak)),
            _("Allt är översatt, men innan någon har läst igenom språket erbjuds det inte den som svarar."),
            (("oversattningar.lista", {}),),
            _("Till översättningarna"),
            DE_SOM_GRANSKAR,
            Grad.SNART,
        )


def _kvartalen(lage: Lage) -> Iterator[Uppgift]:
    """Whether a quarter's report has been handed in is not known here: it is reminded of around its day."""
    for manad, dag, sista in KVARTAL:
        senast = date(lage.idag.year, manad, dag)
        if senast - FORE_KVARTAL <= lage.idag <= senast + EFTER_KVARTAL and lage.insatser:
            yield Uppgift(
                f"kvartal-{manad}",
                _("Kvartalsrapporten ska vara inne %(dag)s", dag=dag_i_ord(senast, lage.idag)),
                _(
                    "Se till att registret är ifyllt: alla som har börjat och slutat till och med %(m)s.",
                    m=manad_i_ord(sista),
                ),
                (("register.start", {}),),
                _("Till registret"),
                frozenset({Roll.INSATSANSVARIG}),
                Grad.NU if senast >= lage.idag else Grad.SNART,
                senast,
            )


def _registret(lage: Lage) -> Iterator[Uppgift]:
    ar = lage.idag.year - 1
    a = lage.aret(ar)
    if lage.insatser and lage.idag.month <= 2 and a is not None and a.publicerad is None:
        yield Uppgift(
            f"register-{ar}",
            _("Stäm av registret för %(ar)s", ar=ar),
            _("Ingående och nya minus avslutade ska bli de som är kvar, annars stämmer inte bokslutets tabeller."),
            (("register.flode", {"ar": ar}), ("register.start", {})),
            _("Till flödet"),
            LEDNING,
            senast=date(ar + 1, 1, 31) if lage.idag.month == 1 else None,
        )


def _andra_personen(lage: Lage) -> Iterator[Uppgift]:
    if not lage.godkannare and lage.aren:
        yield Uppgift(
            "godkannare",
            _("Bjud in en godkännare"),
            _("Två personer godkänner ett bokslut. Den andra är ofta ordföranden eller någon i arbetsutskottet."),
            (("personer.bjud_in", {}), ("personer.lista", {})),
            _("Bjud in"),
            CHEF,
            Grad.SNART,
        )


_REGLER: Final[tuple[Callable[[Lage], Iterator[Uppgift]], ...]] = (
    _fel,
    _omgangarna,
    till_bokslutet,
    _malen,
    _saknade_omgangar,
    _registret,
    _kvartalen,
    _spraken,
    _andra_personen,
)
