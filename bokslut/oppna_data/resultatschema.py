"""The JSON Schema of resultat.json: what another förbund, or a program, may rely on."""

from __future__ import annotations

import json
from typing import Any, Final

from bokslut import ordval
from indikatorer.regler import REGLER
from indikatorer.resultat import Brott, Orsak, Signal

VERSION: Final = "1.1"
DIALEKT: Final = "https://json-schema.org/draft/2020-12/schema"

_TEXT: Final = {"type": "string"}
_TEXT_ELLER_NULL: Final = {"type": ["string", "null"]}
_TAL_ELLER_NULL: Final = {"type": ["number", "null"]}
_ANTAL_ELLER_NULL: Final = {"type": ["integer", "null"], "minimum": 0}
_JA_NEJ_ELLER_NULL: Final = {"type": ["boolean", "null"]}


def build_schema(adress: str = "") -> dict[str, Any]:
    """The schema. adress: where it lies, when that is known."""
    helt = _objekt(
        forbund=_TEXT,
        ar={"type": "integer", "minimum": 1900, "maximum": 2200},
        indikatorer={"type": "array", "items": {"$ref": "#/$defs/resultat"}},
        tabeller={"type": "array", "items": {"$ref": "#/$defs/cell"}},
    )
    # Only where there is such a thing, so that a document without it is what it was in version 1.0.
    helt["properties"]["sammanslagna"] = {
        "description": "enheter som redovisas tillsammans, under ett gemensamt namn",
        "type": "array",
        "items": {"$ref": "#/$defs/sammanslagen"},
    }
    return {
        "$schema": DIALEKT,
        **({"$id": adress} if adress else {}),
        "title": f"Resultat i ett socialt bokslut, version {VERSION}",
        "description": "Värden är oavrundade; visat är texten som bokslutet trycker. Null betyder att en uppgift "
        "saknas eller är skyddad, aldrig noll: orsak säger vilket, och visat är två punkter när den är skyddad.",
        **helt,
        "$defs": {
            "resultat": _resultat(),
            "del": _objekt(taljare=_ANTAL_ELLER_NULL, namnare=_ANTAL_ELLER_NULL, varde=_TAL_ELLER_NULL),
            "uppdelningsrad": _objekt(
                dimension=_enum(ordval.DIMENSION_ORD),
                **{"del": _TEXT},
                taljare=_ANTAL_ELLER_NULL,
                namnare=_ANTAL_ELLER_NULL,
                varde=_TAL_ELLER_NULL,
                visat=_TEXT,
                signal=_enum(Signal, None),
                orsak=_enum(Orsak, None),
            ),
            "foregaende": _objekt(
                ar={"type": "integer"},
                varde=_TAL_ELLER_NULL,
                visat=_TEXT,
                signal=_enum(Signal, None),
                brott={"type": "array", "items": _enum(Brott), "uniqueItems": True},
            ),
            "sammanslagen": _objekt(namn=_TEXT, enheter={"type": "array", "items": _TEXT, "minItems": 2}),
            "cell": _objekt(
                tabell=_TEXT,
                enhet=_beskriv(_TEXT_ELLER_NULL, "null är hela förbundet"),
                utfall=_TEXT,
                kon=_beskriv(_enum(ordval.KON_ORD, None), "null är alla"),
                antal=_ANTAL_ELLER_NULL,
                procent=_TAL_ELLER_NULL,
                visat=_TEXT,
            ),
        },
    }


def som_text(adress: str = "") -> str:
    """The schema as a file."""
    return json.dumps(build_schema(adress), ensure_ascii=False, indent=1) + "\n"


def _resultat() -> dict[str, Any]:
    return _objekt(
        id=_beskriv(_TEXT, "flera resultat kan ha samma: ett för varje grupp"),
        nummer=_TEXT_ELLER_NULL,
        grupp=_beskriv(_TEXT_ELLER_NULL, "källa, kommun eller insats"),
        regel=_enum(REGLER),
        titel=_TEXT,
        taljare=_TAL_ELLER_NULL,
        namnare=_TAL_ELLER_NULL,
        varde=_beskriv(_TAL_ELLER_NULL, "procent, procentenheter eller antal, oavrundat"),
        visat=_TEXT,
        krav=_beskriv(_TEXT_ELLER_NULL, "gränsen för grönt, i ord"),
        mening=_TEXT,
        signal=_enum(Signal, None),
        orsak=_beskriv(_enum(Orsak, None), "varför en siffra eller en signal saknas"),
        intervall={
            "description": "95 procents konfidensintervall, i värdets enhet",
            "anyOf": [{"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}, {"type": "null"}],
        },
        osaker=_beskriv(_JA_NEJ_ELLER_NULL, "intervallet omfattar en gräns"),
        svarsfrekvens=_TAL_ELLER_NULL,
        bortfall=_ANTAL_ELLER_NULL,
        foregaende=_eller_null("foregaende"),
        delar={
            "anyOf": [{"type": "object", "additionalProperties": {"$ref": "#/$defs/del"}}, {"type": "null"}],
        },
        uppdelning={"type": "array", "items": {"$ref": "#/$defs/uppdelningsrad"}},
        anmarkningar={"type": "array", "items": _TEXT},
    )


def _objekt(**falt: Any) -> dict[str, Any]:
    """An object with just these keys."""
    return {"type": "object", "required": list(falt), "additionalProperties": False, "properties": falt}


def _enum(koder: Any, *fler: None) -> dict[str, Any]:
    return {"enum": [*map(str, koder), *fler]}


def _eller_null(namn: str) -> dict[str, Any]:
    return {"anyOf": [{"$ref": f"#/$defs/{namn}"}, {"type": "null"}]}


def _beskriv(schema: dict[str, Any], text: str) -> dict[str, Any]:
    return {"description": text, **schema}
