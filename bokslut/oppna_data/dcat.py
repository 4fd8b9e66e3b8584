"""The catalogue of the open data by DCAT-AP-SE 3, which the national data portal harvests: as JSON-LD and as RDF/XML.

Both are written from one list of nodes. Catalogue and data are CC0, which the profile demands of the former.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from bokslut.oppna_data.filer_att_hamta import Fil, Filgrupp
from indikatorer.resultat import Utvardering

_PREFIX: Final = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_EU: Final = "http://publications.europa.eu/resource/authority"
_CC0: Final = "http://creativecommons.org/publicdomain/zero/1.0/"
_SVENSKA: Final = f"{_EU}/language/SWE"
_TYPER: Final = {"CSV": "text/csv", "JSON": "application/json"}


@dataclass(frozen=True, slots=True)
class Iri:
    """A thing, by its address."""

    adress: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text in a language, or a value of an XSD type, or neither: a name."""

    text: str
    typ: str = ""
    sprak: str = ""


@dataclass(frozen=True, slots=True)
class Nod:
    """A thing and what is said of it: (property with prefix, value)."""

    iri: str
    typ: str
    fakta: tuple[tuple[str, Iri | Text], ...]


def build_katalog(u: Utvardering, grupper: Sequence[Filgrupp], adress: str, datum: str = "") -> tuple[Fil, ...]:
    """dcat.jsonld and dcat.rdf. adress: of the bokslut, with a slash last. datum: when it was published, "" before."""
    noder = list(_noder(u, [g for g in grupper if g.dataset], adress, datum))
    return (Fil("dcat.jsonld", som_jsonld(noder)), Fil("dcat.rdf", som_rdfxml(noder)))


def _noder(u: Utvardering, grupper: Sequence[Filgrupp], adress: str, datum: str) -> Iterator[Nod]:
    beskrivning = f"Öppna data ur det sociala bokslutet för {u.forbund}, {u.ar}: mål, resultat och underlag."
    yield Nod(
        f"{adress}dcat.rdf#katalog",
        "dcat:Catalog",
        (
            ("dcterms:title", _sv("Öppna data ur socialt bokslut")),
            ("dcterms:description", _sv(beskrivning)),
            ("dcterms:publisher", Iri(f"{adress}dcat.rdf#utgivare")),
            ("dcterms:license", Iri(_CC0)),
            ("dcterms:language", Iri(_SVENSKA)),
            ("foaf:homepage", Iri(adress)),
            *_datum(datum),
            *_omraden(u, adress),
            ("dcat:themeTaxonomy", Iri(f"{_EU}/data-theme")),
            *(("dcat:dataset", Iri(_datamangd(adress, g))) for g in grupper),
        ),
    )
    yield _utgivare(u, adress)
    if u.utgivare.kontakt:
        fakta = (("vcard:fn", Text(u.forbund)), ("vcard:hasEmail", Iri(f"mailto:{u.utgivare.kontakt}")))
        yield Nod(f"{adress}dcat.rdf#kontakt", "vcard:Organization", fakta)
    ar = (("dcat:startDate", Text(f"{u.ar}-01-01", "xsd:date")), ("dcat:endDate", Text(f"{u.ar}-12-31", "xsd:date")))
    yield Nod(f"{adress}dcat.rdf#ar", "dcterms:PeriodOfTime", ar)
    for (_, plats), namn in zip(_omraden(u, adress), u.utgivare.omraden, strict=True):
        yield Nod(plats.adress, "dcterms:Location", (("skos:prefLabel", _sv(namn)),))
    for grupp in grupper:
        yield from _dataset(u, grupp, adress, datum)


def _datum(datum: str) -> Iterator[tuple[str, Text]]:
    """A version never changes, so it was last changed when it was issued."""
    for egenskap in ("dcterms:issued", "dcterms:modified"):
        if datum:
            yield egenskap, Text(datum, "xsd:date")


def _omraden(u: Utvardering, adress: str) -> Iterator[tuple[str, Iri]]:
    for nummer in range(1, len(u.utgivare.omraden) + 1):
        yield "dcterms:spatial", Iri(f"{adress}dcat.rdf#omrade-{nummer}")


def _utgivare(u: Utvardering, adress: str) -> Nod:
    nummer = u.utgivare.organisationsnummer
    fakta = (("foaf:name", Text(u.forbund)), *((("dcterms:identifier", Text(f"SE{nummer}")),) if nummer else ()))
    return Nod(f"{adress}dcat.rdf#utgivare", "foaf:Agent", fakta)


def _dataset(u: Utvardering, grupp: Filgrupp, adress: str, datum: str) -> Iterator[Nod]:
    kontakt = (("dcat:contactPoint", Iri(f"{adress}dcat.rdf#kontakt")),) if u.utgivare.kontakt else ()
    filer = [f for f in grupp.filer if f.format in _TYPER]
    yield Nod(
        _datamangd(adress, grupp),
        "dcat:Dataset",
        (
            ("dcterms:title", _sv(grupp.dataset)),
            ("dcterms:description", _sv(f"{grupp.vad}, för {u.ar}. Uppgifter som kan peka ut en person är dolda.")),
            ("dcterms:publisher", Iri(f"{adress}dcat.rdf#utgivare")),
            *kontakt,
            *(("dcat:keyword", _sv(ord_)) for ord_ in ("samordningsförbund", "rehabilitering", "socialt bokslut")),
            ("dcat:theme", Iri(f"{_EU}/data-theme/SOCI")),
            ("dcterms:accessRights", Iri(f"{_EU}/access-right/PUBLIC")),
            ("dcterms:accrualPeriodicity", Iri(f"{_EU}/frequency/ANNUAL")),
            ("dcterms:language", Iri(_SVENSKA)),
            ("dcterms:temporal", Iri(f"{adress}dcat.rdf#ar")),
            *_datum(datum),
            *_omraden(u, adress),
            ("dcat:landingPage", Iri(f"{adress}data.html")),
            *(("dcat:distribution", Iri(_distribution(adress, f))) for f in filer),
        ),
    )
    for fil in filer:
        url = Iri(adress + fil.sokvag)
        fakta: list[tuple[str, Iri | Text]] = [
            ("dcterms:title", _sv(fil.namn)),
            ("dcat:accessURL", url),
            ("dcat:downloadURL", url),
            ("dcterms:format", Text(_TYPER[fil.format])),
            ("dcterms:license", Iri(_CC0)),
        ]
        if fil.namn == "resultat.json":
            fakta.append(("dcterms:conformsTo", Iri(f"{adress}data/resultat.schema.json")))
        yield Nod(_distribution(adress, fil), "dcat:Distribution", tuple(fakta))


def _sv(text: str) -> Text:
    return Text(text, sprak="sv")


def _datamangd(adress: str, grupp: Filgrupp) -> str:
    return f"{adress}dcat.rdf#{grupp.filer[0].namn.partition('.')[0]}"


def _distribution(adress: str, fil: Fil) -> str:
    return f"{adress}dcat.rdf#{fil.namn.replace('.', '-')}"


def som_jsonld(noder: Sequence[Nod]) -> str:
    """The nodes as JSON-LD."""
    graf = []
    for nod in noder:
        post: dict[str, Any] = {"@id": nod.iri, "@type": nod.typ}
        for egenskap, varde in nod.fakta:
            post.setdefault(egenskap, []).append(_jsonld(varde))
        graf.append(post)
    kontext = {k: v for k, v in _PREFIX.items() if k != "rdf"}
    return json.dumps({"@context": kontext, "@graph": graf}, ensure_ascii=False, indent=1) + "\n"


def _jsonld(varde: Iri | Text) -> dict[str, str]:
    if isinstance(varde, Iri):
        return {"@id": varde.adress}
    markt = {"@type": varde.typ} if varde.typ else {"@language": varde.sprak} if varde.sprak else {}
    return {"@value": varde.text, **markt}


def som_rdfxml(noder: Sequence[Nod]) -> str:
    """The nodes as RDF/XML."""
    rymder = " ".join(f"xmlns:{k}={quoteattr(v)}" for k, v in _PREFIX.items())
    rader = ['<?xml version="1.0" encoding="UTF-8"?>', f"<rdf:RDF {rymder}>"]
    for nod in noder:
        rader.append(f" <{nod.typ} rdf:about={quoteattr(nod.iri)}>")
        rader += [f"  {_rdfxml(egenskap, varde)}" for egenskap, varde in nod.fakta]
        rader.append(f" </{nod.typ}>")
    return "\n".join([*rader, "</rdf:RDF>", ""])


def _rdfxml(egenskap: str, varde: Iri | Text) -> str:
    if isinstance(varde, Iri):
        return f"<{egenskap} rdf:resource={quoteattr(varde.adress)}/>"
    prefix, _, namn = varde.typ.partition(":")
    typ = f" rdf:datatype={quoteattr(_PREFIX[prefix] + namn)}" if prefix else ""
    sprak = f" xml:lang={quoteattr(varde.sprak)}" if varde.sprak else ""
    return f"<{egenskap}{typ}{sprak}>{escape(varde.text)}</{egenskap}>"
