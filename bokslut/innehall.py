"""What the bokslut says, page by page: an evaluation in, finished texts out. No template counts or chooses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from nh3 import clean

from bokslut import ordval, tal
from bokslut.diagram import build, siffror
from bokslut.diagram.spec import ChartSpec
from bokslut.resultatvy import Resultatvy, Underlagsfakta, build_resultat, underlagsfakta
from indikatorer.resultat import Malomrade, Resultat, Utvardering

_TAGGAR = {"p", "em", "strong", "ul", "ol", "li", "blockquote", "br", "h4"}


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
class Berattelsevy:
    """A good example. text: HTML, cleaned."""

    id: str
    titel: str
    enhet: str
    resultat: Resultatvy | None
    text: str


@dataclass(frozen=True, slots=True)
class Omradesvy:
    """An area: its page, sentence, goals, signals, charts and stories."""

    nummer: int
    titel: str
    sida: str
    mening: str
    mal: tuple[Malvy, ...]
    grupper: tuple[Signalgrupp, ...]
    diagram: tuple[ChartSpec, ...]
    nolltolerans: tuple[Resultatvy, ...]
    exempel: tuple[Berattelsevy, ...] = ()


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
    diagram: Mapping[str, ChartSpec] = field(default_factory=dict)


def build_innehall(utvardering: Utvardering) -> Innehall:
    """Everything the pages show, in the order they show it."""
    fakta = underlagsfakta(utvardering)
    omraden = tuple(_omrade(o, fakta, utvardering) for o in utvardering.malomraden)
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
        diagram={d.id: d for d in alla},
    )


def _omrade(omrade: Malomrade, fakta: Underlagsfakta, u: Utvardering) -> Omradesvy:
    sida = f"malomrade-{omrade.id}.html"
    mal = tuple(Malvy(m.id, m.text, tuple(build_resultat(r, sida, fakta) for r in m.resultat)) for m in omrade.mal)
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
        exempel=tuple(_exempel(omrade, vyer, u)),
    )


def _diagram(omrade: Malomrade, fakta: Underlagsfakta) -> list[ChartSpec]:
    """The charts that the rules of an area call for."""
    sam, resultat = fakta.sammanhang, omrade.resultat()
    regler = Counter(r.regel for r in resultat)
    ut = []
    if sum(regler[r] for r in build.ANDELSREGLER):
        ut.append(build.andelar(f"andelar-{omrade.nummer}", "Andelarna mot målen", resultat, sam))
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


def _exempel(omrade: Malomrade, vyer: Sequence[Resultatvy], u: Utvardering) -> list[Berattelsevy]:
    per_id = {r.id: v for r, v in zip(omrade.resultat(), vyer, strict=True)}
    return [
        Berattelsevy(f"exempel-{nr}", b.titel, b.enhet, per_id[b.indikator], _html(b.text))
        for nr, b in enumerate(u.berattelser, 1)
        if b.indikator in per_id
    ]


def _html(markdown: str) -> str:
    """Markdown as HTML that cannot do anything; its headings lie under the story's own."""
    md = MarkdownIt("commonmark", {"html": False})
    tokens = md.parse(markdown)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h4"
    return clean(md.renderer.render(tokens, md.options, {}), tags=_TAGGAR, attributes={})


def _bedomda(resultat: Sequence[Resultat]) -> tuple[int, int]:
    """How many reach their goal, and how many are judged."""
    koder = [ordval.signal_kod(r.signal) for r in resultat]
    return koder.count("gron"), sum(k in ("gron", "gul", "rod") for k in koder)


def _rubrik(resultat: Sequence[Resultat]) -> str:
    nar, alla = _bedomda(resultat)
    return f"{nar} av {alla} resultat når målet" if alla else "Inga resultat är bedömda ännu"


def _ingress(u: Utvardering) -> list[str]:
    andelar = [(o, *_bedomda(o.resultat())) for o in u.malomraden]
    bedomda = [(o, nar, alla) for o, nar, alla in andelar if alla]
    ut = []
    if len(bedomda) > 1:
        bast = max(bedomda, key=lambda p: p[1] / p[2])
        samst = min(bedomda, key=lambda p: p[1] / p[2])
        ut.append(
            f"Längst har {bast[0].titel} kommit: {bast[1]} av {bast[2]} resultat når målet. "
            f"Längst är vägen kvar i {samst[0].titel}, där {samst[1]} av {samst[2]} gör det."
        )
    osakra = sum(bool(r.osaker) for r in u.resultat())
    if osakra:
        ut.append(f"I {osakra} av resultaten är svaren så få att slumpen kan ha avgjort färgen. De är märkta osäkert.")
    return ut


def _omradesmening(omrade: Malomrade) -> str:
    nar, alla = _bedomda(omrade.resultat())
    if not alla:
        return "Inget resultat i målområdet är bedömt."
    return f"{nar} av {alla} resultat når målet."


def _nyckeltal(u: Utvardering, omraden: Sequence[Omradesvy]) -> list[tuple[str, str, str]]:
    """The figures to remember: (figure, what it is, where it stands)."""
    hela = {c.utfall: c for c in u.tabeller if c.enhet is None and c.kon is None}
    ut = []
    for utfall, text in (("deltagare", "deltagare under året"), ("avslutade", "avslutade under året")):
        if utfall in hela:
            ut.append((hela[utfall].visat, text, "deltagare.html"))
    positiv = hela.get("positiv")
    if positiv is not None and positiv.procent is not None:
        ut.append((tal.procent(positiv.procent), "av dem gick vidare till en positiv lösning", "deltagare.html#utfall"))
    index = [v for o in omraden for m in o.mal for v in m.resultat if v.regel == "index"]
    return ut + [(v.visat, v.titel.lower(), v.lank) for v in index[:1]]
