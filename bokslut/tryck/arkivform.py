"""From what WeasyPrint draws to a file that keeps and reads aloud: PDF/A-3a and PDF/UA-1 at once.

WeasyPrint declares one standard at a time. The second is declared here, in metadata that may not be compressed, and
what both ask for is added: what each heading cell heads, and files with their relation and date.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Final

from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Object, ObjectStreamMode, Pdf, Stream, StreamDecodeLevel

if TYPE_CHECKING:
    from bokslut.tryck.pdf import Bilaga

# PDF/A asks that a namespace it does not know be described; pdfuaid is one.
_PDFUA: Final = """<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""
_SLAG: Final = {"csv": "text/csv", "json": "application/json"}


def fullborda(ritad: bytes, bilagor: Sequence[Bilaga], datum: date) -> bytes:
    """The finished file. The same input gives the same bytes."""
    with Pdf.open(BytesIO(ritad)) as pdf:
        _markera_rubrikceller(pdf)
        _bifoga(pdf, bilagor, datum)
        _deklarera(pdf)
        pdf.Root.PageMode = Name.UseOutlines
        _packa(pdf)
        ut = BytesIO()
        pdf.save(
            ut,
            deterministic_id=True,
            compress_streams=False,
            stream_decode_level=StreamDecodeLevel.none,
            object_stream_mode=ObjectStreamMode.generate,
        )
    return ut.getvalue()


def _packa(pdf: Pdf) -> None:
    """Compress what is not.

    A stream that ends in a carriage return looks one byte shorter than it says, so it is written in hexadecimal.
    """
    for objekt in pdf.objects:
        if not isinstance(objekt, Stream) or objekt.get("/Type") == Name.Metadata:
            continue
        if "/Filter" not in objekt:
            objekt.write(zlib.compress(objekt.read_bytes(), 9), filter=Name.FlateDecode)
        packad = objekt.read_raw_bytes()
        if packad.endswith(b"\r"):
            objekt.write(packad.hex().encode() + b">", filter=Array([Name.ASCIIHexDecode, Name.FlateDecode]))


def _deklarera(pdf: Pdf) -> None:
    xml = pdf.Root.Metadata.read_bytes().decode("utf-8").replace("</rdf:RDF>", _PDFUA, 1)
    metadata = Stream(pdf, xml.encode("utf-8"), Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root.Metadata = pdf.make_indirect(metadata)


def _bifoga(pdf: Pdf, bilagor: Sequence[Bilaga], datum: date) -> None:
    tid = f"D:{datum:%Y%m%d}000000Z"
    filer = []
    for b in bilagor:
        typ = _SLAG[b.namn.rpartition(".")[2]]
        fil = AttachedFileSpec(
            pdf, b.data, filename=b.namn, description=b.vad, mime_type=typ, creation_date=tid, mod_date=tid
        )
        fil.obj.AFRelationship = Name.Data
        pdf.attachments[b.namn] = fil
        filer.append(pdf.make_indirect(fil.obj))
    if filer:
        pdf.Root.AF = Array(filer)


def _markera_rubrikceller(pdf: Pdf) -> None:
    """Say of each heading cell whether it heads its column or its row."""
    for cell, led in _celler(pdf.Root.StructTreeRoot.K, ()):
        cell.A.Scope = Name.Column if "/THead" in led else Name.Row


def _celler(nod: Object, led: tuple[str, ...]) -> Iterator[tuple[Object, tuple[str, ...]]]:
    """Every heading cell below, with the kinds of what it lies in."""
    if isinstance(nod, Array):
        for barn in nod:
            yield from _celler(barn, led)
    elif isinstance(nod, Dictionary) and "/S" in nod:
        if nod.S == Name.TH:
            yield nod, led
        if "/K" in nod:
            yield from _celler(nod.K, (*led, str(nod.S)))
