"""A questionnaire's questions and scales as the staff see them, worked out: the templates are handed finished rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from enkat.formular import MED_SKALA, VILL_INTE_SVARA
from indikatorer.diagnos import Diagnos
from indikatorer.indikator import Indikator
from kansli.enkater.bord import Oppnad
from kansli.enkater.forms import TYPER
from kansli.sprak import gettext as _
from kansli.sprak import svenska


@dataclass(frozen=True)
class Fragerad:
    """A question. nr: as the respondent counts. svar: the words to choose among. villkor: when it is shown, in words.

    anvands: whether its id is in use, and must stay. sida: its page in the preview; None when it cannot be shown.
    """

    nr: int
    id: str
    text: str
    hjalp: str
    typ: str
    skala: str
    svar: Sequence[str]
    rader: Sequence[str]
    villkor: str
    kanslig: bool
    matar: Sequence[Indikator]
    fel: Sequence[Diagnos]
    sida: int | None


@dataclass(frozen=True)
class Skalrad:
    """A scale. fragor: how many questions of this questionnaire use it. andra: other questionnaires that have it."""

    id: str
    text: Sequence[str]
    ordnad: bool
    fragor: int
    andra: Sequence[str]
    fel: Sequence[Diagnos]


def fragerader(o: Oppnad) -> list[Fragerad]:
    """The questions of the file, in its order, those with faults among them."""
    tabeller = o.tabell("fraga") or {}
    sidor = {f.id: nr for nr, f in enumerate(o.provad.enkat.fragor, 2)} if o.provad.enkat is not None else {}
    return [_fragerad(o, nr, id_, sidor.get(id_)) for nr, id_ in enumerate(tabeller, 1)]


def skalrader(o: Oppnad) -> list[Skalrad]:
    """The scales of the file."""
    fragor = [f for f in (o.tabell("fraga") or {}).values() if isinstance(f, Mapping)]
    anvanda = [_skala_id(f) for f in fragor]
    return [
        Skalrad(
            id_,
            _texter((o.tabell("skala", id_) or {}).get("text")),
            (o.tabell("skala", id_) or {}).get("ordnad") is not False,
            anvanda.count(id_),
            [i for i in o.skalor().get(id_, []) if i != o.id],
            o.provad.vid("skala", id_),
        )
        for id_ in o.tabell("skala") or {}
    ]


def mojliga_villkor(o: Oppnad, fraga_id: str | None) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a question may depend on: each earlier question with options, and its answers as ("fraga=svar", words)."""
    grupper = []
    for id_ in o.fore(fraga_id):
        fraga = o.tabell("fraga", id_) or {}
        skala = o.tabell("skala", _skala_id(fraga)) or {}
        svar, ord_ = _texter(skala.get("svar")), _texter(skala.get("text"))
        if fraga.get("typ") in MED_SKALA - {"matris"} and svar:
            par = [(f"{id_}={s}", t) for s, t in zip(svar, ord_, strict=False)]
            par.append((f"{id_}={VILL_INTE_SVARA}", _("Vill inte svara")))
            grupper.append((str(fraga.get("text", id_)), par))
    return grupper


def _fragerad(o: Oppnad, nr: int, id_: str, sida: int | None) -> Fragerad:
    f = o.tabell("fraga", id_) or {}
    skala_id = _skala_id(f)
    rader = f.get("rader")
    return Fragerad(
        nr,
        id_,
        str(f.get("text", "")),
        str(f.get("hjalp", "")),
        str(TYPER.get(str(f.get("typ")), f.get("typ", ""))),
        skala_id,
        _texter((o.tabell("skala", skala_id) or {}).get("text")),
        [str(r) for r in rader.values()] if isinstance(rader, Mapping) else [],
        _villkor(o, f.get("visas_om")),
        f.get("kanslig") is True,
        o.provad.matar.get(id_, ()),
        o.provad.vid("fraga", id_),
        sida,
    )


def _villkor(o: Oppnad, villkor: object) -> str:
    """When a question is shown, as a sentence; "" when always."""
    if not isinstance(villkor, Mapping):
        return ""
    om = o.tabell("fraga", str(villkor.get("fraga"))) or {}
    skala = o.tabell("skala", _skala_id(om)) or {}
    ord_ = dict(zip(_texter(skala.get("svar")), map(svenska, _texter(skala.get("text"))), strict=False))
    ord_[VILL_INTE_SVARA] = escape(_("Vill inte svara"))
    svar = Markup(" / ").join(Markup("”{}”").format(ord_.get(s, s)) for s in _texter(villkor.get("svar")))
    return _("Visas bara efter %(svar)s på ”%(fraga)s”", svar=svar, fraga=svenska(om.get("text", villkor.get("fraga"))))


def _skala_id(fraga: Mapping[str, Any]) -> str:
    """The scale that a question names, or that goes with its kind."""
    return str(fraga.get("skala") or ("ja_nej" if fraga.get("typ") == "ja_nej" else ""))


def _texter(varde: object) -> list[str]:
    return [str(v) for v in varde] if isinstance(varde, list) else []
