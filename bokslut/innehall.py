"""What the bokslut says, page by page: an evaluation in, finished texts out. No template counts or chooses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from bokslut import ordval, tal
from bokslut.diagram import build, siffror
from bokslut.diagram.spec import ChartSpec
from bokslut.fras import fogad, fras, stor
from bokslut.jamforelse.grannfil import Grannbokslut
from bokslut.jamforelse.samlad import Jamforelse, build_jamforelse
from bokslut.resultatvy import Resultatvy, Underlagsfakta, ankare, build_resultat, underlagsfakta
from bokslut.text.exempel import Berattelsevy, build_exempel
from bokslut.text.rakneord import par
from bokslut.text.sammanfattning import Stycke, nar_malet, sammanfatta
from bokslut.text.texter import INGA, Texter
from bokslut.text.textsidor import Textsidor, build_textsidor
from indikatorer.resultat import Malomrade, Resultat, Signal, Utvardering


@dataclass(frozen=True, slots=True)
class Malvy:
    """A goal and its results."""

    id: str
    text: str
    resultat: tuple[Resultatvy, ...]


@dataclass(frozen=True, slots=True)
class Signalgrupp:
    """The results of an area with one signal, gathered by indicator: (first of them, all of them)."""

    signal: str
    ord: str
    antal: int
    indikatorer: tuple[tuple[Resultatvy, tuple[Resultatvy, ...]], ...]


@dataclass(frozen=True, slots=True)
class Omradesvy:
    """An area: its page, sentence, goals, signals, charts and stories. aven: stories of other areas about this one."""

    nummer: int
    titel: str
    sida: str
    mening: str
    mal: tuple[Malvy, ...]
    grupper: tuple[Signalgrupp, ...]
    diagram: tuple[ChartSpec, ...]
    nolltolerans: tuple[Resultatvy, ...]
    exempel: tuple[Berattelsevy, ...] = ()
    aven: tuple[Berattelsevy, ...] = ()


@dataclass(frozen=True, slots=True)
class Innehall:
    """The whole bokslut, ready to show. ar_for_ar: (year, results that reach their goal, judged results)."""

    utvardering: Utvardering
    rubrik: str
    ingress: tuple[str, ...]
    nyckeltal: tuple[tuple[str, str, str], ...]
    ar_for_ar: tuple[tuple[int, int, int], ...]
    omraden: tuple[Omradesvy, ...]
    signaldiagram: ChartSpec
    utfall: tuple[ChartSpec, ...]
    helarspersoner: ChartSpec | None
    exempel: tuple[Berattelsevy, ...]
    pahittat: bool
    skyddstext: str
    signaler: frozenset[str]
    sammanfattning: tuple[Stycke, ...]
    texter: Textsidor
    jamforelse: Jamforelse
    diagram: Mapping[str, ChartSpec] = field(default_factory=dict)


def build_innehall(utvardering: Utvardering, texter: Texter = INGA, andra: Sequence[Grannbokslut] = ()) -> Innehall:
    """Everything the pages show, in the order they show it. andra: what other förbund have published.

    Raises:
        UnderlagFel: a text has a fault.
    """
    fakta = underlagsfakta(utvardering)
    textsidor = build_textsidor(utvardering, _lankar(utvardering), texter)
    omraden = _med_exempel([_omrade(o, fakta, textsidor.kommentarer) for o in utvardering.malomraden], utvardering)
    utfall = _utfall(utvardering)
    serie = siffror.helarspersoner(utvardering.serier) if utvardering.serier else None
    signaler = build.signaltavla(utvardering.malomraden, utvardering.ar)
    alla = [signaler, *utfall, *([serie] if serie else []), *(d for o in omraden for d in o.diagram)]
    return Innehall(
        utvardering=utvardering,
        rubrik=_rubrik(utvardering.resultat()),
        ingress=tuple(_ingress(utvardering)),
        nyckeltal=tuple(_nyckeltal(utvardering, omraden)),
        ar_for_ar=tuple((a.ar, *_bedomda(a.resultat())) for a in (utvardering, *utvardering.aldre)),
        omraden=omraden,
        signaldiagram=signaler,
        utfall=utfall,
        helarspersoner=serie,
        exempel=tuple(e for o in omraden for e in o.exempel),
        pahittat=utvardering.pahittat,
        skyddstext=ordval.skyddstext(utvardering.minsta_grupp) if utvardering.minsta_grupp else "",
        signaler=frozenset(g.signal for o in omraden for g in o.grupper),
        sammanfattning=sammanfatta(utvardering),
        texter=textsidor,
        jamforelse=build_jamforelse(utvardering, fakta, {o.id: _sida(o) for o in utvardering.malomraden}, andra),
        diagram={d.id: d for d in alla},
    )


def _sida(omrade: Malomrade) -> str:
    return f"malomrade-{omrade.id}.html"


def _lankar(u: Utvardering) -> dict[tuple[str, str | None], str]:
    """Where each result stands."""
    return {(r.id, r.grupp): f"{_sida(o)}#{ankare(r)}" for o in u.malomraden for r in o.resultat()}


def _omrade(omrade: Malomrade, fakta: Underlagsfakta, kommentarer: Mapping[str, str]) -> Omradesvy:
    sida, vid = _sida(omrade), _vid_kommentar(omrade)

    def vy(r: Resultat) -> Resultatvy:
        kommentar = kommentarer.get(r.id, "") if vid[r.id] is r else ""
        return replace(build_resultat(r, sida, fakta), kommentar=kommentar)

    mal = tuple(Malvy(m.id, m.text, tuple(vy(r) for r in m.resultat)) for m in omrade.mal)
    vyer = [v for m in mal for v in m.resultat]
    noll = tuple(v for v in vyer if v.regel == "nolltolerans")
    return Omradesvy(
        nummer=omrade.nummer,
        titel=omrade.titel,
        sida=sida,
        mening=_omradesmening(omrade),
        mal=mal,
        grupper=tuple(_grupper(vyer)),
        diagram=tuple(_diagram(omrade, fakta)),
        nolltolerans=noll if len(noll) > 2 else (),
    )


def _vid_kommentar(omrade: Malomrade) -> dict[str, Resultat]:
    """Where the comment of an indicator stands, once: with the first of its red results, or the first of all."""
    ordnade = sorted(omrade.resultat(), key=lambda r: r.signal is not Signal.ROD)
    return {r.id: r for r in reversed(ordnade)}


def _med_exempel(omraden: Sequence[Omradesvy], u: Utvardering) -> tuple[Omradesvy, ...]:
    """The areas with the stories that their indicators count, and those of others that are about them too."""
    vyer = [v for o in omraden for m in o.mal for v in m.resultat]
    per_id: dict[str, list[Resultatvy]] = {}
    for r, v in zip(u.resultat(), vyer, strict=True):
        per_id.setdefault(r.id, []).append(v)
    exempel = build_exempel(u, per_id)
    alla = [e for lista in exempel.values() for e in lista if e.resultat is not None]
    return tuple(
        replace(
            o,
            exempel=tuple(e for e in alla if e.resultat is not None and e.resultat.sida == o.sida),
            aven=tuple(e for e in alla if _ror(e, o)),
        )
        for o in omraden
    )


def _ror(e: Berattelsevy, o: Omradesvy) -> bool:
    """Whether a story of another area is tagged with something in this one."""
    annan = e.resultat is not None and e.resultat.sida != o.sida
    return annan and (any(v.sida == o.sida for v in e.for_alla) or any(m.text in e.mal for m in o.mal))


def _diagram(omrade: Malomrade, fakta: Underlagsfakta) -> list[ChartSpec]:
    """The charts that the rules of an area call for."""
    sam, resultat = fakta.sammanhang, omrade.resultat()
    regler = Counter(r.regel for r in resultat)
    ut = []
    if sum(regler[r] for r in build.ANDELSREGLER):
        ut.append(build.andelar(f"andelar-{omrade.nummer}", fras("Andelarna mot målen"), resultat, sam))
    if regler["konszon"]:
        ut.append(build.konszoner(f"konszon-{omrade.nummer}", resultat, sam))
    if regler["skillnad"]:
        ut.append(build.skillnader(f"skillnad-{omrade.nummer}", resultat, sam))
    index = [r for r in resultat if r.regel == "index"]
    return ut + [build.index(f"index-{omrade.nummer}-{i}", r, sam) for i, r in enumerate(index, 1)]


def _utfall(u: Utvardering) -> tuple[ChartSpec, ...]:
    if not u.tabeller:
        return ()
    totalt = siffror.utfall_totalt(u.tabeller, u.ar, u.minsta_grupp)
    if not any(c.enhet for c in u.tabeller):
        return (totalt,)
    return (totalt, siffror.utfall_enheter(u.tabeller, u.ar, u.minsta_grupp))


def _grupper(vyer: Sequence[Resultatvy]) -> list[Signalgrupp]:
    ut = []
    for signal, ord_ in ordval.SIGNAL_ORD.items():
        valda = [v for v in vyer if v.signal == signal]
        per_indikator: dict[tuple[str, str], list[Resultatvy]] = {}
        for v in valda:
            per_indikator.setdefault((v.nummer, v.titel), []).append(v)
        if valda:
            ut.append(
                Signalgrupp(
                    signal, ord_, len(valda), tuple((lista[0], tuple(lista)) for lista in per_indikator.values())
                )
            )
    return ut


def _bedomda(resultat: Sequence[Resultat]) -> tuple[int, int]:
    """How many reach their goal, and how many are judged."""
    koder = [ordval.signal_kod(r.signal) for r in resultat]
    return koder.count("gron"), sum(k in ("gron", "gul", "rod") for k in koder)


def _rubrik(resultat: Sequence[Resultat]) -> str:
    return stor(nar_malet(*_bedomda(resultat)))


def _ingress(u: Utvardering) -> list[str]:
    """Where the goals are nearest and farthest, when one area alone is each."""
    andelar = [(o, *_bedomda(o.resultat())) for o in u.malomraden]
    bedomda = [(Fraction(nar, alla), o.titel, nar, alla) for o, nar, alla in andelar if alla]
    ordnade = sorted(bedomda, key=lambda p: p[0])
    if len(ordnade) < 2 or ordnade[0][0] == ordnade[1][0] or ordnade[-1][0] == ordnade[-2][0]:
        return []
    (_, samst, nar_s, alla_s), (_, bast, nar_b, alla_b) = ordnade[0], ordnade[-1]
    borjan = fras("Längst har {omrade} kommit: {antal}.", omrade=bast, antal=nar_malet(nar_b, alla_b))
    slut = fras("inget") if nar_s == 0 else par(nar_s, alla_s, neutrum=True)
    kvar = fras("Längst är vägen kvar i {omrade}, där {antal} gör det.", omrade=samst, antal=slut)
    return [fogad(borjan, kvar, skilje=" ")]


def _omradesmening(omrade: Malomrade) -> str:
    return fogad(stor(nar_malet(*_bedomda(omrade.resultat()))), ".")


def _nyckeltal(u: Utvardering, omraden: Sequence[Omradesvy]) -> list[tuple[str, str, str]]:
    """The figures to remember: (figure, what it is, where it stands)."""
    hela = {c.utfall: c for c in u.tabeller if c.enhet is None and c.kon is None}
    ut = []
    for utfall, text in (("deltagare", fras("deltagare under året")), ("avslutade", fras("avslutade under året"))):
        if utfall in hela:
            ut.append((tal.visat(hela[utfall].visat), text, "deltagare.html"))
    positiv = hela.get("positiv")
    if positiv is not None and positiv.procent is not None:
        ut.append(
            (tal.procent(positiv.procent), fras("av dem gick vidare till en positiv lösning"), "deltagare.html#utfall")
        )
    index = [v for o in omraden for m in o.mal for v in m.resultat if v.regel == "index"]
    return ut + [(v.visat, v.titel.lower(), v.lank) for v in index[:1]]
