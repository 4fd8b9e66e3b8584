"""From the file to the form of an indicator, back to the file, and what the engine says of it beside each field."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import tomlkit
from markupsafe import Markup
from tomlkit.items import Item
from werkzeug.datastructures import MultiDict

from indikatorer.definition import Definitioner
from indikatorer.diagnos import Diagnos, Niva
from indikatorer.redigera import Varde, andra_tabell, lagg_till_tabell
from indikatorer.regler import REGLER
from kansli.forhandsvisning import Forhandsvisning
from kansli.mal.falt import Sort, falten
from kansli.mal.forms import TOMLMARKE, IndikatorForm, bygg_indikatorform, med_fel
from kansli.mal.utbud import Utbud
from kansli.mal.varde import OlasligtVarde, fran_ifyllt, las_tabell, som_ifyllt, som_toml
from kansli.sprak import gettext as _
from kansli.sprak import svenska

# Keys that no rule has fields for, and that are never taken away.
_BEHALLS = ("regel",)


def ifyllt_formular(text: str, indikator: str, version: int) -> IndikatorForm:
    """The form of an indicator as the file has it.

    Raises:
        KeyError, GarInte: it cannot be edited in a form.
    """
    tabell = las_tabell(text, ("indikator", indikator))
    regel = _regel(tabell)
    varden, i_toml = dict[str, Any](), set[str]()
    for falt in falten(regel):
        ifyllt = som_ifyllt(falt.sort, tabell.get(falt.nyckel))
        varden[falt.nyckel] = som_toml(tabell.get(falt.nyckel)) if ifyllt is None else ifyllt
        if ifyllt is None:
            i_toml.add(falt.nyckel)
    klass = bygg_indikatorform(regel, frozenset(i_toml))
    return klass(formdata=None, regel=regel, version=str(version), id_=indikator, **varden)


def nytt_formular(regel: str, version: int, **varden: Any) -> IndikatorForm:
    """An empty form of a rule."""
    return bygg_indikatorform(regel, frozenset())(formdata=None, regel=regel, version=str(version), **varden)


def skickat_formular(skickat: MultiDict[str, str]) -> IndikatorForm:
    """The form that was sent, of the rule that was chosen in it. A field may have been asked for as in the file."""
    regel = skickat.get("regel", "")
    regel = regel if regel in REGLER else "andel"
    kanda = {f.nyckel for f in falten(regel)}
    markta = {namn.removeprefix(TOMLMARKE) for namn in skickat if namn.startswith(TOMLMARKE)}
    nytt = {skickat.get("till_toml", "")} & kanda - markta
    form = bygg_indikatorform(regel, frozenset((markta & kanda) | nytt))()
    form.regel.data = regel
    for nyckel in nytt:
        varden = [varde for varde in skickat.getlist(nyckel) if varde]
        form[nyckel].data = tomlkit.item(varden if nyckel == "kallor" else varden[0]).as_string() if varden else ""
    return form


def forse_med_val(form: IndikatorForm, forberett: Any, indikator: str) -> None:
    """Give the form its choices, those of one field by what is chosen in another."""
    utbud = Utbud(forberett, str(form.regel.data), indikator, form.valda())
    form.valj({f.nyckel: utbud.val(f.val) for f in form.falten if f.val})


def skriv(form: IndikatorForm, text: str, indikator: str, ny: bool) -> str | None:
    """The file with what the form holds; None, and told beside the fields, when a value cannot be written.

    Raises:
        KeyError, GarInte: the indicator cannot be edited in a form.
    """
    varden = _varden(form)
    if varden is None:
        return None
    vag = ("indikator", indikator)
    if ny:
        return lagg_till_tabell(text, vag, varden, _efter(text, str(varden.get("mal") or "")))
    finns = las_tabell(text, vag)
    varden = {namn: _i_filens_ordning(varde, finns.get(namn)) for namn, varde in varden.items()}
    kanda = {namn for klass in REGLER.values() for namn in klass.model_fields}
    borta: dict[str, Varde] = {namn: None for namn in finns if namn in kanda and namn not in (*varden, *_BEHALLS)}
    return andra_tabell(text, vag, varden | borta)


def _i_filens_ordning(varde: Varde, post: Item | None) -> Varde:
    """What was ticked, in the order of the file: those that came last. Boxes have an order of their own."""
    fore = None if post is None else post.unwrap()
    if isinstance(varde, Item) or not isinstance(varde, list) or not isinstance(fore, list):
        return varde
    return [*(v for v in fore if v in varde), *(v for v in varde if v not in fore)]


def _varden(form: IndikatorForm) -> dict[str, Varde] | None:
    varden: dict[str, Varde] = {"titel": None, "regel": str(form.regel.data)}
    helt = True
    for falt in form.falten:
        sort = Sort.TOML if falt.nyckel in form.i_toml else falt.sort
        try:
            varden[falt.nyckel] = fran_ifyllt(sort, form[falt.nyckel].data or "")
        except OlasligtVarde as fel:
            med_fel(form, falt.nyckel, Markup("{}: {}").format(_(falt.rubrik), fel.fel))
            helt = False
    return varden if helt else None


def _efter(text: str, mal: str) -> tuple[str, ...] | None:
    """After which indicator a new one is put: the last of the same goal that stands in a table of its own."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None
    egna = [id_ for id_, i in data.get("indikator", {}).items() if isinstance(i, dict) and i.get("mal") == mal]
    return ("indikator", egna[-1]) if egna else None


def _regel(tabell: Mapping[str, Item]) -> str:
    post = tabell.get("regel")
    regel = "" if post is None else str(post.unwrap())
    return regel if regel in REGLER else "andel"


def nytt_id(titel: str, upptagna: Iterable[str]) -> str:
    """An id that the title gives: "Stöd för arbete" is "stod-for-arbete", and a number when that is taken."""
    slat = unicodedata.normalize("NFKD", titel.casefold()).encode("ascii", "ignore").decode()
    id_ = re.sub(r"[^a-z0-9]+", "-", slat).strip("-")[:60] or "ny"
    alla = set(upptagna)
    return next(n for n in (id_, *(f"{id_}-{nr}" for nr in range(2, len(alla) + 3))) if n not in alla)


def visa_fel(form: IndikatorForm, indikator: str, f: Forhandsvisning, nya: Sequence[Diagnos]) -> None:
    """Put the engine's faults beside their fields, in its own words; those of others on top.

    nya: the faults that the change brings. What is faulty in other indicators already is none of this form's.
    """
    egna = [d for d in f.diagnoser if d.niva is Niva.FEL and ror(d, indikator)]
    for d in egna:
        med_fel(form, _nyckel(d, indikator), svenska(d.mening()))
    for d in nya:
        if d not in egna:
            form.form_errors.append(svenska(f"{d.falt}: {d.mening()}" if d.falt else d.mening()))


def ror(d: Diagnos, indikator: str) -> bool:
    """Whether a fault is an indicator's own."""
    return d.indikator == indikator or f"{d.falt}.".startswith(f"indikator.{indikator}.")


def _nyckel(d: Diagnos, indikator: str) -> str:
    """The field that a fault stands beside; what is missing stands beside the first that could be filled in."""
    inom = d.falt.removeprefix(f"indikator.{indikator}.")
    if inom != d.falt:
        return inom.split(".")[0]
    saknas = re.search(r"ska ha nyckeln ”(\w+)”", d.regel)
    return saknas[1] if saknas else ""


def nya_fel(fore: Iterable[Diagnos], efter: Iterable[Diagnos]) -> list[Diagnos]:
    """The faults that were not there before, wherever they stand now."""
    kanda = {_utan_plats(d) for d in fore}
    return [d for d in efter if d.niva is Niva.FEL and _utan_plats(d) not in kanda]


def _utan_plats(d: Diagnos) -> tuple[object, ...]:
    return d.kod, d.fil, d.fann, d.regel, d.falt, d.indikator


def sparr(fore: Definitioner, efter: Definitioner | None, ar: int) -> list[str]:
    """Why a text may not be saved although it can be read: what must not change here, in words."""
    if efter is None:
        return []
    skal = []
    skrivet = efter.dok.data.get("bokslut", {})
    if isinstance(skrivet, Mapping) and isinstance(skrivet.get("ar"), int) and skrivet["ar"] != ar:
        skal.append(_("Filen gäller %(ar)s, så ar ska vara %(ar)s. Ett annat år börjar du från sidan Mål.", ar=ar))
    lagst = min(5, fore.bokslut.minsta_grupp) if fore.indikatorer or fore.malomraden else 5
    if efter.bokslut.minsta_grupp < lagst:
        skal.append(
            _(
                "minsta_grupp är lägst %(lagst)s här. Annars kan alla i kansliet se siffror om enstaka personer.",
                lagst=lagst,
            )
        )
    return skal
