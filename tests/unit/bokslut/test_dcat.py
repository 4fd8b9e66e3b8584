"""The catalogue of open data: both forms say the same, and all that DCAT-AP-SE 3 demands."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rdflib import DCAT, DCTERMS, FOAF, RDF, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from bokslut.publicering.manifest import Godkannande
from bokslut.publicering.utgava import Utgava
from bokslut.sidor import bygg
from indikatorer.resultat import Utvardering
from indikatorer.utgivare import Utgivare

VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
CC0 = URIRef("http://creativecommons.org/publicdomain/zero/1.0/")
BAS = "https://exempel.se/bokslut/2020/"
# The mandatory properties of DCAT-AP-SE 3.0.1, class by class.
OBLIGATORISKT = {
    DCAT.Catalog: (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.license, DCAT.dataset),
    DCAT.Dataset: (DCTERMS.title, DCTERMS.description, DCTERMS.publisher),
    DCAT.Distribution: (DCAT.accessURL,),
    FOAF.Agent: (FOAF.name,),
    VCARD.Organization: (VCARD.fn, VCARD.hasEmail),
}


@pytest.fixture(scope="module")
def katalog(utvardering: Utvardering, tmp_path_factory: pytest.TempPathFactory) -> Path:
    ut = tmp_path_factory.mktemp("dcat") / "ut"
    platser = ("Norrby", "Söderby", "Mellersta länet")
    utgivare = Utgivare("https://exempel.se/bokslut/", "2220000000", "bokslut@exempel.se", platser)
    bygg(replace(utvardering, utgivare=utgivare), ut)
    return ut


@pytest.fixture(scope="module")
def graf(katalog: Path) -> Graph:
    return Graph().parse(katalog / "dcat.rdf", format="xml")


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own reader of JSON-LD uses it
def test_both_forms_say_the_same(katalog: Path, graf: Graph) -> None:
    assert len(graf) > 50
    assert isomorphic(graf, Graph().parse(katalog / "dcat.jsonld", format="json-ld"))


def test_every_thing_has_what_the_profile_demands(graf: Graph) -> None:
    for klass, egenskaper in OBLIGATORISKT.items():
        saker = list(graf.subjects(RDF.type, klass))
        assert saker, klass
        for sak in saker:
            assert [e for e in egenskaper if not list(graf.objects(sak, e))] == [], sak


def test_what_is_named_is_there_and_the_licence_is_cc0(graf: Graph) -> None:
    for egenskap in (
        DCTERMS.publisher,
        DCAT.contactPoint,
        DCAT.dataset,
        DCAT.distribution,
        DCTERMS.temporal,
        DCTERMS.spatial,
    ):
        assert {o for o in graf.objects(None, egenskap) if not list(graf.objects(o, RDF.type))} == set(), egenskap
    assert set(graf.objects(None, DCTERMS.license)) == {CC0}
    assert {
        o.language
        for p in (DCTERMS.title, DCTERMS.description)
        for o in graf.objects(None, p)
        if isinstance(o, Literal)
    } == {"sv"}


def test_every_address_to_download_is_a_file_of_the_site(katalog: Path, graf: Graph) -> None:
    adresser = {str(o) for o in graf.objects(None, DCAT.downloadURL)}
    assert f"{BAS}resultat.json" in adresser
    assert f"{BAS}data/deltagare.csv" in adresser
    for adress in adresser | {str(o) for o in graf.objects(None, DCTERMS.conformsTo)}:
        assert (katalog / adress.removeprefix(BAS)).is_file(), adress


def test_the_publisher_is_named_by_number(graf: Graph) -> None:
    assert set(graf.objects(None, DCTERMS.identifier)) == {Literal("SE2220000000")}
    assert set(graf.objects(None, FOAF.name)) == {Literal("Förbundet <&>")}


def test_a_published_version_has_its_own_addresses(utvardering: Utvardering, tmp_path: Path) -> None:
    u = replace(utvardering, utgivare=Utgivare("https://exempel.se/bokslut/"))
    bygg(u, tmp_path / "v2", utgava=Utgava(2))
    graf = Graph().parse(tmp_path / "v2" / "dcat.rdf", format="xml")
    assert {str(o) for o in graf.objects(None, FOAF.homepage)} == {f"{BAS}v2/"}
    assert not list(graf.subjects(RDF.type, VCARD.Organization))
    assert f"<loc>{BAS}v2/metod.html</loc>" in (tmp_path / "v2" / "sitemap.xml").read_text("utf-8")


def test_without_an_address_there_is_no_catalogue_and_the_page_says_why(plats: Path) -> None:
    assert not [f for f in plats.rglob("*") if f.name.startswith(("dcat.", "sitemap"))]
    assert "webbadress</code> står i inställningarna" in (plats / "data.html").read_text("utf-8")


def test_the_map_lists_every_page_and_the_rules_for_robots_name_the_map(katalog: Path, plats: Path) -> None:
    karta = (katalog / "sitemap.xml").read_text("utf-8")
    alla = {p.relative_to(katalog).as_posix() for p in (*katalog.glob("*.html"), *katalog.glob("en/*.html"))}
    sidor = {s.removesuffix("index.html") for s in alla}
    assert {f"<loc>{BAS}{s}</loc>" for s in sidor} == {f"<loc>{rad}</loc>" for rad in _platser(karta)}
    assert (katalog / "robots.txt").read_text("utf-8").endswith(f"Sitemap: {BAS}sitemap.xml\n")
    assert (plats / "robots.txt").read_text("utf-8") == "User-agent: *\nAllow: /\n"


def test_the_map_tells_of_each_page_in_every_language(katalog: Path) -> None:
    rot = ElementTree.parse(katalog / "sitemap.xml").getroot()
    for url in rot:
        plats = url.findtext("{*}loc") or ""
        andra = {lank.get("hreflang"): lank.get("href") or "" for lank in url.findall("{*}link")}
        assert set(andra) == {"sv", "en"}
        assert plats in andra.values()
        assert andra["en"].replace("/2020/en/", "/2020/") == andra["sv"]


def _platser(karta: str) -> list[str]:
    return [bit.partition("</loc>")[0] for bit in karta.split("<loc>")[1:]]


def test_catalogue_and_data_are_of_the_kommuner_and_the_region(graf: Graph) -> None:
    for klass in (DCAT.Catalog, DCAT.Dataset):
        for sak in graf.subjects(RDF.type, klass):
            platser = [str(graf.value(p, SKOS.prefLabel)) for p in graf.objects(sak, DCTERMS.spatial)]
            assert sorted(platser) == ["Mellersta länet", "Norrby", "Söderby"]


def test_a_version_was_issued_the_day_of_its_last_approval_and_a_build_has_no_date(
    utvardering: Utvardering, graf: Graph, tmp_path: Path
) -> None:
    assert not list(graf.objects(None, DCTERMS.issued))
    poster = [
        Godkannande(av=av, roll="godkannare", datum=d, beslut="")
        for av, d in (("A", "2021-03-15"), ("B", "2021-03-12"))
    ]
    u = replace(utvardering, utgivare=Utgivare("https://exempel.se/bokslut/"))
    bygg(u, tmp_path / "ut", utgava=Utgava(1, tuple(poster)))
    version = Graph().parse(tmp_path / "ut" / "dcat.rdf", format="xml")
    dag = Literal("2021-03-15", datatype=XSD.date)
    for egenskap in (DCTERMS.issued, DCTERMS.modified):
        assert set(version.objects(None, egenskap)) == {dag}
        assert len(set(version.subjects(egenskap, dag))) > 2
    assert not list(version.objects(None, DCTERMS.spatial))
