"""Commands that publish: two persons approve, the gate examines, a version is sealed, and anyone may verify it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from kansli.arbetsmapp import Arbetsmapp

if TYPE_CHECKING:
    from bokslut.grind.hinder import Hinder
    from bokslut.jamforelse.frysta_grannar import FrystGranne
    from bokslut.publicering.verifiera import Avvikelse
    from indikatorer.forberedelse import Forberett

# What a program sees: something differs from what was published, or nothing could be done.
SKILJER: Final = 1
FEL: Final = 2
_MAPP: Final = click.Path(path_type=Path, file_okay=False)
_FIL: Final = click.Path(path_type=Path, dir_okay=False)
# The same warning about more places than this is told by number; --alla shows them.
_NAGRA: Final = 5

F = TypeVar("F", bound=Callable[..., Any])


def _underlag_och_regler(kommando: F) -> F:
    for val in (
        click.option(
            "--publicerat", type=_MAPP, default=Path("publicerat"), show_default=True, help="Mappen för alla år."
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
    publicerat: Path,
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
    with _fel_i_ord():
        forberett, fil = _las(indikatorer, underlag), _godkannandefil()
        andra = _frys(jamfor, forberett)
        utkast = build_utkast(
            forberett, publicerat / str(forberett.ar), _salt(underlag), godkannande.las(fil), rattelse, andra
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
    publicerat: Path,
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
    with _fel_i_ord():
        forberett = _las(indikatorer, underlag, stoppa=not forhandsvisa)
        poster = godkannande.las(_godkannandefil())
        andra = _frys(jamfor, forberett)
        uppdrag = publicera.Uppdrag(forberett, publicerat, _salt(underlag), poster, rattelse, trots_varningar, andra)
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


@click.command(help="Kontrollera att en publicerad version är orörd, och med underlag att varje siffra stämmer.")
@click.argument("katalog", type=click.Path(path_type=Path))
@click.option("--underlag", type=_MAPP, help="Räkna om varje siffra ur det här underlaget.")
@click.option(
    "--indikatorer",
    type=_FIL,
    default=Path("config/indicators.toml"),
    show_default=True,
    help="Reglerna, om det finns underlag.",
)
@click.option(
    "--salt", type=_FIL, help="Saltet, som bara förbundet och revisorn har; annars letas det där underlaget ligger."
)
@click.option("--summa", metavar="SHA256", help="Manifestets kontrollsumma enligt protokollet, att jämföra med.")
def verifiera(katalog: Path, underlag: Path | None, indikatorer: Path, salt: Path | None, summa: str | None) -> None:
    """Verify; exit 0 when all is as published, 1 when something differs, 2 when it cannot be examined."""
    from bokslut.publicering.omrakning import rakna_om
    from bokslut.publicering.verifiera import valj_versioner, verifiera_filer, verifiera_summa, verifiera_vagvisning

    with _fel_i_ord():
        mappar = valj_versioner(katalog)
        if len(mappar) > 1 and (underlag or summa):
            raise click.UsageError(f"Ange en version, som {mappar[-1]}: ett underlag eller en summa gäller bara en.")
        avvikelser, versioner = [], []
        for mapp in mappar:
            granskad = verifiera_filer(mapp)
            versioner.append(granskad.version)
            egna = [*granskad.avvikelser, *verifiera_summa(granskad.version, summa)]
            m = granskad.version.manifest
            click.echo(f"{mapp}: version {m.version} av socialt bokslut {m.ar}, {m.forbund}. {len(m.filer)} filer.")
            if underlag is not None:
                omrakning = rakna_om(granskad.version, _las(indikatorer, underlag), _salt_att_prova(salt, underlag))
                egna += omrakning.avvikelser
                for text in omrakning.anmarkningar:
                    click.echo(f"  Obs: {text}")
            _visa_avvikelser(egna)
            vad = "Varje fil är som den publicerades" + (", och varje siffra stämmer." if underlag else ".")
            click.echo(f"  {len(egna)} avvikelser." if egna else f"  {vad}")
            click.echo(f"  Manifestets kontrollsumma: {granskad.version.summa}")
            avvikelser += egna
        if mappar != [katalog]:
            vagvisning = list(verifiera_vagvisning(katalog, versioner))
            _visa_avvikelser(vagvisning)
            avvikelser += vagvisning
    if summa is None:
        click.echo("Jämför kontrollsumman med den i protokollet: den som ändrat både fil och manifest syns bara så.")
    sys.exit(SKILJER if avvikelser else 0)


KOMMANDON: Final = (godkann, publicera, verifiera)


@contextmanager
def _fel_i_ord() -> Iterator[None]:
    """Every fault that somebody can do something about as one Swedish sentence, and exit 2."""
    from bokslut.publicering.godkannande import GodkannandeFel
    from bokslut.publicering.kontrollsumma import SaltFel
    from bokslut.publicering.manifest import ManifestFel
    from bokslut.publicering.publicera import SkrivFel
    from indikatorer.diagnos import UnderlagFel

    try:
        yield
    except UnderlagFel as fel:
        _stopp("\n".join(dict.fromkeys(map(str, fel.diagnoser))))
    except (GodkannandeFel, ManifestFel, SaltFel, SkrivFel) as fel:
        _stopp(str(fel))
    except OSError as fel:
        _stopp(f"{fel.filename or 'En fil'} går inte att läsa eller skriva: {fel.strerror}.")


def _stopp(text: str) -> None:
    click.echo(text, err=True)
    sys.exit(FEL)


def _las(indikatorer: Path, underlag: Path, stoppa: bool = True) -> Forberett:
    """Read and check; with faults they are told, and that is the end of it unless it is a preview."""
    from bokslut.underlag import las
    from indikatorer.diagnos import UnderlagFel

    forberett = las(indikatorer, underlag)
    if fel := forberett.fel():
        if stoppa:
            raise UnderlagFel(fel)
        click.echo("\n".join(dict.fromkeys(map(str, fel))), err=True)
    return forberett


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
        _stopp("\n".join(map(str, fel)))
    click.echo(f"Jämför med {', '.join(a.bokslut.namn for a in andra)}.")
    return andra


def _godkannandefil() -> Path:
    from grund.settings import las_instans

    return Arbetsmapp(las_instans().mapp).godkannanden


def _salt(underlag: Path) -> bytes:
    from bokslut.publicering.kontrollsumma import salt_for
    from grund.settings import las_instans

    return salt_for(underlag, las_instans().mapp)


def _salt_att_prova(salt: Path | None, underlag: Path) -> bytes | None:
    """The salt that was named, else the one that lies where it would have been made; nothing is made here."""
    from bokslut.publicering.kontrollsumma import SALT, las_salt
    from grund.settings import las_instans

    if salt is not None:
        return las_salt(salt)
    finns = (fil for fil in (underlag / SALT, las_instans().mapp / SALT) if fil.is_file())
    return next((las_salt(fil) for fil in finns), None)


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


def _visa_avvikelser(avvikelser: Sequence[Avvikelse]) -> None:
    from bokslut.publicering.manifest import i_klartext

    for a in avvikelser:
        click.echo(f"  {a.kod}  {i_klartext(str(a))}", err=True)
