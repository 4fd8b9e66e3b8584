"""A year begins: from another year's goals, from the worked example, or with nothing but its heading."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from flask import current_app

from grund.session import get_session
from indikatorer.redigera import GarInte, andra_tabell
from kansli.arbetsmapp import Arbetsmapp
from kansli.inne import jag, nu
from kansli.mal import store as store_mal
from kansli.mal.forms import BorjaForm, med_fel
from kansli.mal.malfil import FilFel
from kansli.mal.sidan import mappen
from kansli.mal.store import Andring, Krock
from kansli.sprak import gettext as _
from kansli.sprak import mark

MALL: Final = Path(__file__).resolve().parents[2] / "config" / "indicators.toml"
_TOMT: Final = """# Sociala mål och indikatorer för {forbund} {ar}.

[bokslut]
forbund = {namn}
ar = {ar}
minsta_grupp = 5                       # färre än så visas inte

[standard]                             # gäller alla indikatorer som inte säger något annat
raknas_inte = ["vill_inte_svara"]
"""


def startval(mapp: Arbetsmapp) -> Sequence[tuple[str, str]]:
    """What one may begin with: the years that have goals, the latest first, then the example and an empty one."""
    aren = [(f"ar-{ar}", _("Målen för %(ar)s, att ändra i", ar=ar)) for ar in mapp.ar()]
    return [
        *aren,
        ("mall", _("Ett färdigt exempel: fem målområden och många indikatorer som ett annat förbund har använt")),
        ("tomt", _("Inget: jag lägger in målområden, mål och indikatorer själv")),
    ]


def borja_ar(form: BorjaForm) -> bool:
    """Make the year; False, and told beside the field, when it cannot be made."""
    ar, mapp = form.ar.data or 0, mappen()
    if mapp.mal(ar).is_file():
        med_fel(form, "ar", _("Det finns redan mål för %(ar)s. Öppna dem från listan, eller välj ett annat år.", ar=ar))
        return False
    try:
        text, skal = _text(mapp, str(form.fran.data), ar)
        store_mal.spara(get_session(), nu(), jag(), mapp, Andring(ar, text, skal, _forra(ar)))
    except (KeyError, GarInte, FilFel, Krock, ValueError):
        med_fel(
            form, "fran", _("De målen går inte att kopiera som de är. Rätta dem först, eller börja med något annat.")
        )
        return False
    return True


def _forra(ar: int) -> int:
    """The last version of a year whose file is gone."""
    sist = store_mal.senaste(get_session(), ar)
    return 0 if sist is None else sist.nr


def _text(mapp: Arbetsmapp, fran: str, ar: int) -> tuple[str, str]:
    """What to begin with, and why: in Swedish, as the log has it."""
    forbund = current_app.extensions["kansli"].forbund
    if fran == "tomt":
        return _TOMT.format(forbund=forbund, namn=json.dumps(forbund, ensure_ascii=False), ar=ar), mark("Började tomt")
    if fran == "mall":
        nytt = {
            "forbund": forbund,
            "ar": ar,
            "beslut": None,
            "webbadress": None,
            "organisationsnummer": None,
            "kontakt": None,
        }
        return andra_tabell(MALL.read_text("utf-8"), ("bokslut",), nytt), mark("Började med exemplet")
    kalla = int(fran.removeprefix("ar-"))
    lage = store_mal.hamta(get_session(), nu(), mapp, kalla)
    if lage is None:
        raise KeyError(fran)
    # fran and till stay as they are: they say themselves whether they hold in the new year.
    return andra_tabell(lage.text, ("bokslut",), {"ar": ar, "beslut": None}), f"Kopierade målen för {kalla}"
