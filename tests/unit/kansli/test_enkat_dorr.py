"""The addresses of open links and kiosks: what is printed opens the right door, and the poster's QR holds it."""

from pathlib import Path
from urllib.parse import urlsplit

import pypdfium2
import pytest
import zxingcpp
from flask import Flask
from PIL import Image
from sqlmodel import Session

from enkat import nycklar, store
from enkat.biljett import Dorr, las_dorr
from enkat.mottagning import Mottagning
from enkat.views import Installning, init_enkat
from grund.db import open_db
from grund.settings import las_instans
from tests.enkatprov import lamna_in, page, skicka
from tests.unit.kansli.test_enkat_papper import instans, kor, omgang_id

__all__ = ["instans", "omgang_id"]

ADRESS = ("--adress", "https://exempel.se/e/")


def dorr(omgang_id: str, adress: str) -> Dorr | None:
    hemlighet = nycklar.las_hemlighet(las_instans().nycklar, omgang_id)
    return las_dorr(hemlighet, omgang_id, adress.rsplit("/", 1)[1])


@pytest.mark.parametrize(
    ("argument", "vag", "vantad"),
    [
        (("lank",), "/e/l/", Dorr("lank")),
        (("lank", "--enhet", "Nord"), "/e/l/", Dorr("lank", "Nord")),
        (("kiosk",), "/e/kiosk/", Dorr("kiosk")),
        (("kiosk", "--enhet", "Nord"), "/e/kiosk/", Dorr("kiosk", "Nord")),
        (("kiosk", "--med-kod"), "/e/kiosk/", Dorr("kiosk", None, True)),
    ],
)
def test_the_address_stands_alone_on_stdout_and_opens_its_door(
    omgang_id: str, argument: tuple[str, ...], vag: str, vantad: Dorr
) -> None:
    svar = kor(argument[0], omgang_id, *ADRESS, *argument[1:])
    assert svar.exit_code == 0
    assert svar.stdout.startswith(f"https://exempel.se{vag}{omgang_id}/")
    assert svar.stdout.count("\n") == 1
    assert dorr(omgang_id, svar.stdout.strip()) == vantad


@pytest.mark.parametrize("kommando", ["lank", "kiosk"])
def test_whoever_opens_the_address_can_answer(omgang_id: str, kommando: str) -> None:
    vag = urlsplit(kor(kommando, omgang_id, *ADRESS, "--enhet", "Nord").stdout.strip()).path
    inst = las_instans()
    motor = open_db(inst.databas)
    app = Flask("prov")
    init_enkat(app, Mottagning(motor, inst.nycklar), Installning("F", "K"))
    klient = app.test_client()
    sida = skicka(klient, skicka(klient, page(klient.get(vag)), "sprak:sv"))
    while 'value="skicka"' not in sida.html:
        sida = skicka(klient, sida, svar="vill_inte_svara")
    assert lamna_in(klient, sida).rubrik == "Tack! Vi har tagit emot dina svar"
    with Session(motor) as session:
        assert store.antal_kuvert(session, omgang_id) == 1
    motor.dispose()


def test_the_poster_holds_the_address_as_qr_and_as_text_in_every_script(omgang_id: str) -> None:
    svar = kor("lank", omgang_id, *ADRESS, "--ut", "affisch.pdf", "--avsandare", "Förbundet Prov")
    [sida] = pypdfium2.PdfDocument(Path("affisch.pdf").read_bytes())
    [kod] = zxingcpp.read_barcodes(sida.render(scale=3).to_pil())
    text = sida.get_textpage().get_text_bounded()
    assert kod.text == svar.stdout.strip()
    assert svar.stdout.strip() in "".join(text.split())
    assert "Enkät till dig i personalen" in text
    assert "Förbundet Prov" in text
    assert all(ord_ in text for ord_ in ("Rikta telefonens kamera", "Point your phone", "Наведіть"))
    assert (round(sida.get_width()), round(sida.get_height())) == (595, 842)


def test_a_picture_holds_the_same(omgang_id: str) -> None:
    svar = kor("kiosk", omgang_id, *ADRESS, "--med-kod", "--ut", "qr.png")
    [kod] = zxingcpp.read_barcodes(Image.open("qr.png"))
    assert kod.text == svar.stdout.strip()


@pytest.mark.parametrize(
    ("argument", "mening"),
    [
        (("lank", "--adress", "exempel.se/e"), "ska börja med https://"),
        (("lank", *ADRESS, "--enhet", "Sud"), "De som finns: Nord."),
        (("lank", *ADRESS, "--ut", "qr.svg"), "ska sluta på .pdf"),
        (("lank", *ADRESS, "--ut", "finns.pdf"), "skrivs inte över"),
        (("kiosk", *ADRESS, "--enhet", "Nord", "--med-kod"), "En kod vet redan sin enhet"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_no_address(omgang_id: str, argument: tuple[str, ...], mening: str) -> None:
    Path("finns.pdf").write_bytes(b"min")
    svar = kor(argument[0], omgang_id, *argument[1:])
    assert svar.exit_code in (1, 2)
    assert mening in svar.output
    assert svar.stdout == ""
    assert Path("finns.pdf").read_bytes() == b"min"
    assert not Path("qr.svg").exists()
