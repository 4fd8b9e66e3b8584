"""What the staff's pages are drawn with."""

from pathlib import Path

from tests.kansliprov import ROT, bygg


def test_a_style_sheet_is_kept_by_the_browser_until_it_changes(tmp_path: Path) -> None:
    prov = bygg(tmp_path)
    klient = prov.app.test_client()
    svar = klient.get("/kansli/stil/kansli.css")
    assert svar.data == (ROT / "static/kansli/kansli.css").read_bytes()
    assert svar.headers["Cache-Control"] == "public, max-age=3600"
    assert klient.get("/kansli/stil/kansli.css", headers={"If-None-Match": svar.headers["ETag"]}).status_code == 304
    assert klient.get("/kansli/stil/kansli.py").status_code == 404
    prov.motor.dispose()
