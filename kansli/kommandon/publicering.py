"""Commands that publish: two persons approve, the gate examines, and a version is sealed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from kansli.arbetsmapp import Arbetsmapp
from kansli.kommandon.publiceringsfel import SKILJER, fel_i_ord, las_felfritt, stopp
from kansli.kommandon.redan_publicerat import VANLIG, instansens_mapp
from kansli.kommandon.verifiering import verifiera

if TYPE_CHECKING:
    from bokslut.grind.hinder import Hinder
    from bokslut.jamforelse.frysta_grannar import FrystGranne
    from indikatorer.forberedelse import Forberett

_MAPP: Final = click.Path(path_type=Path, file_okay=False)
_FIL: Final = click.Path(path_type=Path, dir_okay=False)
# The same warning about more places than this is told by number; --alla shows them.
_NAGRA: Final = 5

F = TypeVar("F", bound=Callable[..., Any])


def _underlag_och_regler(kommando: F) -> F:
    for val in (
        click.option(
            "--publicerat",
            type=_MAPP,
            help="Mappen för alla år. Annars publicerat, och för ett underlag i en instans instansens egen.",
        ),
        click.option("--underlag", type=_MAPP, default=Path("exempel/umea-2020"), show_default=True),
        click.option("--indikatorer", type=_FIL, default=Path("config/indicators.toml"), show_default=True),
    ):
        kommando = val(kommando)
    return kommando


_jamfor = click.option(
    "--jamfor",
    multiple=True,
    metavar="FIL_ELLER_ADRESS",
    help="Ett annat förbunds resultat.json, som fil eller https-adress, att jämföra med. Kan anges flera gånger. Det "
    "läggs i versionen, så ange samma när det godkänns och när det publiceras.",
)


@click.command(
    "godkann", help="Godkänn exakt det bokslut som nu skulle publiceras. Två personer behövs, den ena som godkannare."
)
@_underlag_och_regler
@click.option("--av", required=True, metavar="NAMN", help="Den som godkänner, för- och efternamn.")
@click.option("--roll", required=True, type=click.Choice(["forbundschef", "godkannare"]))
@click.option(
    "--beslut", default="", help="Beslutet det vilar på, som ”styrelsen 2021-03-12 § 14”. Minst en ska ange det."
)
@click.option(
    "--rattelse", default="", metavar="SKÄL", help="Behövs bara när inget annat än sidornas utseende är nytt."
)
@click.option("--datum", type=click.DateTime(["%Y-%m-%d"]), help="Dagen för godkännandet; annars i dag.")
@_jamfor
def godkann(
    indikatorer: Path,
    underlag: Path,
    publicerat: Path | None,
    av: str,
    roll: str,
    beslut: str,
    rattelse: str,
    datum: datetime | None,
    jamfor: tuple[str, ...],
) -> None:
    """Record an approval of the rules, underlag, texts and figures as they are now."""
    from bokslut.grind.granska import granska_innehall
    from bokslut.grind.hinder import stoppar
    from bokslut.publicering import godkannande
    from bokslut.publicering.utkast import build_utkast

    _med_egna_oversattningar()
    with fel_i_ord():
        forberett, fil = las_felfritt(indikatorer, underlag), _godkannandefil()
        rot, andra = _rot(forberett, underlag, publicerat), _frys(jamfor, forberett)
        utkast = build_utkast(
            forberett, rot / str(forberett.ar), _salt(underlag), godkannande.las(fil), rattelse, andra
        )
        if utkast.redan_publicerad():
            raise click.ClickException(f"Inget har ändrats sedan version {utkast.forra}, som är publicerad.")
        dag = _i_dag() if datum is None else datum.date()
        post = godkannande.lagg_till(fil, utkast.akt, av, roll, beslut, dag)
        poster = godkannande.giltiga(godkannande.las(fil), utkast.akt)
    click.echo(f"{post.av} godkände version {post.version} av socialt bokslut {post.ar} den {post.datum}.")
    click.echo(f"Det som godkändes: {post.akt}")
    if not godkannande.racker(poster):
        click.echo("Det behövs en person till, och en av de två ska ha rollen godkannare.")
    elif not (kvar := [h for h in stoppar(granska_innehall(utkast)) if h.kod != "rattelse-utan-skal"]):
        click.echo("Båda godkännandena finns. Nästa steg: bokslut publicera.")
    else:
        click.echo(
            f"{len(kvar)} hinder finns kvar; rättas de behövs nya godkännanden. Se bokslut publicera --forhandsvisa."
        )


@click.command(help="Publicera ett år som en ny version, om ingenting hindrar.")
@_underlag_och_regler
@click.option("--rattelse", default="", metavar="SKÄL", help="Varför en publicerad version rättas. Visas för läsaren.")
@click.option(
    "--trots-varningar", default="", metavar="SKÄL", help="Varför varningarna får stå kvar. Sparas i manifestet."
)
@click.option("--forhandsvisa", is_flag=True, help="Visa allt som hindrar, utan att publicera.")
@click.option("--alla", is_flag=True, help="Visa också varje varning när det är många av samma slag.")
@_jamfor
def publicera(
    indikatorer: Path,
    underlag: Path,
    publicerat: Path | None,
    rattelse: str,
    trots_varningar: str,
    forhandsvisa: bool,
    alla: bool,
    jamfor: tuple[str, ...],
) -> None:
    """Publish; exit 1 when the gate stops it, 2 when rules or underlag are faulty or nothing can be written."""
    from bokslut.grind.hinder import stoppar
    from bokslut.publicering import godkannande, publicera

    _med_egna_oversattningar()
    with fel_i_ord():
        forberett = las_felfritt(indikatorer, underlag, stoppa=not forhandsvisa)
        poster = godkannande.las(_godkannandefil())
        rot, andra = _rot(forberett, underlag, publicerat), _frys(jamfor, forberett)
        uppdrag = publicera.Uppdrag(forberett, rot, _salt(underlag), poster, rattelse, trots_varningar, andra)
        if forhandsvisa:
            hinder = publicera.forhandsvisa(uppdrag)
            _visa_hinder(hinder, alla)
            click.echo(_slutsats(hinder, bool(trots_varningar.strip())))
            sys.exit(SKILJER if stoppar(hinder) else 0)
        try:
            ut = publicera.publicera(uppdrag, lambda steg: click.echo(f"  {steg}"))
        except publicera.Stoppad as fel:
            _visa_hinder(fel.hinder, alla)
            click.echo(_slutsats(fel.hinder, bool(trots_varningar.strip())), err=True)
            sys.exit(SKILJER)
    if ut.ny:
        click.echo(f"Version {ut.version} av socialt bokslut {forberett.ar} är publicerad i {ut.mapp}.")
    else:
        click.echo(f"Version {ut.version} är redan publicerad med exakt det här innehållet. Ingen ny version behövs.")
    click.echo(f"Öppna {ut.mapp.parent / 'index.html'}.")
    click.echo(f"\nManifestets kontrollsumma, att skriva i styrelsens protokoll:\n\n    {ut.summa}\n")


KOMMANDON: Final = (godkann, publicera, verifiera)


def _rot(forberett: Forberett, underlag: Path, publicerat: Path | None) -> Path:
    """The folder of all years, told when nobody named it: an instance has one, so that its versions are numbered once.

    Stops where the year has versions in the usual folder alone: then nobody knows which of the two is meant.
    """
    from bokslut.publicering.versioner import versionsmappar

    instansens = instansens_mapp(underlag)
    if publicerat is not None or instansens is None:
        return publicerat or VANLIG
    ar = str(forberett.ar)
    if versionsmappar(VANLIG / ar) and not versionsmappar(instansens / ar):
        stopp(
            f"{VANLIG / ar}: här finns versioner av {ar}, men kansliet lägger instansens i {instansens}, och där finns "
            f"inga. Ange --publicerat {VANLIG} om nästa version ska ligga här, annars --publicerat {instansens}."
        )
    click.echo(f"Versionerna ligger i {instansens}, där kansliet också lägger dem.", err=True)
    return instansens


def _med_egna_oversattningar() -> None:
    """Let the gate see who has reviewed a language in this installation."""
    from enkat.oversattningar import anvand
    from grund.settings import las_instans

    anvand(las_instans().oversattningar)


def _frys(jamfor: Sequence[str], forberett: Forberett) -> tuple[FrystGranne, ...]:
    """What other förbund have published; every fault is told, and then that is the end of it."""
    if not jamfor:
        return ()
    from bokslut.jamforelse.frysta_grannar import frys

    andra, fel = frys(jamfor, forberett.definitioner.bokslut.forbund, forberett.ar)
    if fel:
        stopp("\n".join(map(str, fel)))
    click.echo(f"Jämför med {', '.join(a.bokslut.namn for a in andra)}.")
    return andra


def _godkannandefil() -> Path:
    from grund.settings import las_instans

    return Arbetsmapp(las_instans().mapp).godkannanden


def _salt(underlag: Path) -> bytes:
    from bokslut.publicering.kontrollsumma import salt_for
    from grund.settings import las_instans

    return salt_for(underlag, las_instans().mapp)


def _i_dag() -> date:
    return datetime.now(UTC).astimezone().date()


def _visa_hinder(hinder: Sequence[Hinder], alla: bool) -> None:
    """By code, what blocks first; of a kind of warning that there are many of, the first few."""
    for blockerar, rubrik in ((True, "Hindrar publicering"), (False, "Varningar")):
        per_kod: dict[str, list[Hinder]] = {}
        for h in hinder:
            if h.blockerar is blockerar:
                per_kod.setdefault(h.kod, []).append(h)
        if per_kod:
            click.echo(f"\n{rubrik}: {sum(map(len, per_kod.values()))}", err=True)
        for kod, lista in per_kod.items():
            visas = lista if alla or blockerar or len(lista) <= _NAGRA else lista[:_NAGRA]
            for h in visas:
                click.echo(f"  {kod}  {h}", err=True)
            if len(lista) > len(visas):
                click.echo(f"  {kod}  … och {len(lista) - len(visas)} till (--alla visar dem).", err=True)


def _slutsats(hinder: Sequence[Hinder], trots: bool) -> str:
    antal = sum(h.blockerar for h in hinder)
    if antal:
        return f"\nInget har publicerats. {antal} hinder ska rättas först; docs/grind.md förklarar varje kod."
    if hinder and not trots:
        return "\nInget hindrar, men det finns varningar. Ange --trots-varningar ”skälet”, som sparas i manifestet."
    return "\nInget hindrar publicering."
