"""Whether a share says plainly who is counted and which answers count."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from indikatorer.andelsregel import Andelsregel
from indikatorer.beskrivning import Skala
from indikatorer.indikator import Indikator, Villkor, Villkorsgrupp
from indikatorer.kontroll_tabell import kontrollera_en_rad_per_person
from indikatorer.toml.fel import Vag
from indikatorer.underlag import Kalldata

if TYPE_CHECKING:
    from indikatorer.kontroll import Kontroll
    from indikatorer.svarsandel import Svarsandel


def kontrollera_kallor(k: Kontroll, indikator: Andelsregel) -> None:
    """Where a share's rows come from: its own källor, or a parent's."""
    if indikator.under is not None:
        _under(k, indikator, indikator.under)
    elif indikator.kalla is not None and indikator.kallor is not None:
        regel = "kan inte stå tillsammans med kalla, för exakt ett av dem säger vilka som räknas"
        k.fel(indikator, ("kallor",), "en-kalla", "”kallor”", regel, "Ta bort det ena.")
    elif indikator.kalla is None and indikator.kallor is None and not k.skriven(indikator, "kalla", "kallor", "under"):
        regel = "ska ha nyckeln ”kalla”, ”kallor” eller ”under”, som säger vilka som räknas"
        exempel = next((i for i, d in k.underlag.kallor.items() if d.kalla.typ == "enkat"), "deltagarenkat")
        k.fel(
            indikator,
            (),
            "saknad-nyckel",
            f"”indikator.{indikator.id}”",
            regel,
            f'Skriv till exempel kalla = "{exempel}".',
        )
    for vag, namn in _skrivna_kallor(indikator):
        k.kalla(indikator, vag, namn, "enkat", "register")
    for namn in indikator.kallor_(k.indikatorer):
        if namn in k.underlag.kallor:
            for nummer, dimension in enumerate(indikator.dela_upp):
                k.kolumn(indikator, ("dela_upp", nummer), k.underlag.kallor[namn], dimension)


def _under(k: Kontroll, indikator: Andelsregel, under: str) -> None:
    foralder = k.indikator(indikator, ("under",), under)
    if foralder is None:
        return
    if not isinstance(foralder, Andelsregel) or foralder.kallor is not None:
        regel = "kan inte stå över en annan, för den är ingen andel i en enda källa"
        k.fel(indikator, ("under",), "fel-sorts-indikator", f"”{under}”", regel, "Välj en annan indikator.")
        return
    egen, dess = indikator.kalla, foralder.kallor_(k.indikatorer)
    if egen is not None and dess and egen != dess[0]:
        regel = f"ska vara samma källa som för ”{under}”, ”{dess[0]}”"
        atgard = f'Skriv "{dess[0]}", eller ta bort raden.'
        k.fel(indikator, ("kalla",), "annan-kalla", f"”{egen}”", regel, atgard, f'"{dess[0]}"')
    if indikator.kallor is not None:
        regel = "kan inte stå tillsammans med under, som redan säger vilka som räknas"
        k.fel(indikator, ("kallor",), "en-kalla", "”kallor”", regel, "Ta bort det ena.")


def kontrollera_svar(k: Kontroll, indikator: Svarsandel) -> None:
    """What answers count: one question, or conditions on several."""
    egna_fragor = [k.fraga for k in indikator.kallor or () if k.fraga]
    if indikator.taljare is not None and (indikator.fraga or indikator.svar or indikator.svar_minst or egna_fragor):
        regel = "säger redan vilka svar som räknas, så fraga, svar och svar_minst kan inte också stå här"
        k.fel(indikator, ("taljare",), "svar-eller-svar-minst", "”taljare”", regel, "Behåll det ena sättet.")
    if indikator.under is not None and indikator.namnare != "besvarat":
        regel = "kan inte stå tillsammans med under, som redan säger vilka som räknas"
        k.fel(indikator, ("namnare",), "namnare-och-under", "”namnare”", regel, "Ta bort det ena.")
    for vag, kalla, fraga in _par(k, indikator):
        data = k.underlag.kallor.get(kalla)
        if data is None or data.kalla.typ not in ("enkat", "register"):
            continue
        if indikator.taljare is not None:
            _grupp(k, indikator, ("taljare",), data, indikator.taljare)
        elif fraga is None:
            if not k.skriven(indikator, "fraga", "taljare"):
                regel, atgard = (
                    "ska ha nyckeln ”fraga” eller ”taljare”",
                    "Lägg till fraga = och id på en fråga i källan.",
                )
                k.fel(indikator, (), "saknad-nyckel", f"”indikator.{indikator.id}”", regel, atgard)
        else:
            _enkelt_villkor(k, indikator, vag, data, fraga)
        if isinstance(indikator.namnare, Villkorsgrupp):
            _grupp(k, indikator, ("namnare",), data, indikator.namnare)
        if len(indikator.fragor_i(fraga)) > 1:
            kontrollera_en_rad_per_person(k, indikator, data)


def _par(k: Kontroll, indikator: Svarsandel) -> Iterator[tuple[Vag, str, str | None]]:
    """Each källa with its question, and where the question's name stands."""
    foralder = k.indikatorer.get(indikator.under or "")
    if indikator.under is not None and indikator.kalla is not None and isinstance(foralder, Andelsregel):
        # A källa of its own that differs from the parent's is told once, in _under.
        indikator = indikator.model_copy(update={"kalla": None})
    for nummer, (kalla, fraga) in enumerate(indikator.par(k.indikatorer)):
        egen = indikator.kallor is not None and indikator.kallor[nummer].fraga is not None
        yield ("kallor", nummer, "fraga") if egen else ("fraga",), kalla, fraga


def _enkelt_villkor(k: Kontroll, indikator: Svarsandel, vag: Vag, data: Kalldata, fraga: str) -> None:
    hittad = k.fraga(indikator, vag, data, fraga)
    skala = None if hittad is None else k.skala(hittad)
    if (indikator.svar is None) == (indikator.svar_minst is None):
        _svar_eller_minst(k, indikator, (), fraga, indikator.svar is None, skala)
    if skala is not None:
        _svar(k, indikator, (), indikator.svar, indikator.svar_minst, skala)


def _grupp(k: Kontroll, indikator: Indikator, vag: Vag, data: Kalldata, grupp: Villkorsgrupp) -> None:
    """Conditions on one respondent's answers."""
    hel = ("indikator", indikator.id, *vag)
    skrivna = [ord_ for ord_ in ("alla", "nagon") if k.dok.finns((*hel, ord_))]
    if len(skrivna) != 1:
        fann = "Villkoret har både alla och nagon, men" if grupp.alla else "Villkoret har varken alla eller nagon, men"
        regel = "exakt ett av dem ska säga hur delarna hör ihop"
        atgard = "Behåll det ena." if grupp.alla else 'Skriv till exempel { alla = [{ fraga = "…", svar = ["ja"] }] }.'
        k.fel(indikator, vag, "alla-eller-nagon", fann, regel, atgard)
    for ord_, villkoren in (("alla", grupp.alla), ("nagon", grupp.nagon)):
        for nummer, villkor in enumerate(villkoren or ()):
            _villkor(k, indikator, (*vag, ord_, nummer), data, villkor)


def _villkor(k: Kontroll, indikator: Indikator, vag: Vag, data: Kalldata, villkor: Villkor) -> None:
    """One condition. vag: the table that holds fraga, svar and svar_minst."""
    fraga = k.fraga(indikator, (*vag, "fraga"), data, villkor.fraga)
    skala = None if fraga is None else k.skala(fraga)
    if (villkor.svar is None) == (villkor.svar_minst is None):
        _svar_eller_minst(k, indikator, vag, villkor.fraga, villkor.svar is None, skala)
    if skala is not None:
        _svar(k, indikator, vag, villkor.svar, villkor.svar_minst, skala)


def _svar_eller_minst(
    k: Kontroll, indikator: Indikator, vag: Vag, fraga: str, saknas: bool, skala: Skala | None
) -> None:
    hel = ("indikator", indikator.id, *vag)
    if saknas and any(k.dok.finns((*hel, nyckel)) or k.dok.trasig((*hel, nyckel)) for nyckel in ("svar", "svar_minst")):
        return
    if saknas and not vag and k.skriven(indikator, "svar", "svar_minst"):
        return
    fann = f"Frågan ”{fraga}” har {'varken svar eller' if saknas else 'både svar och'} svar_minst, men"
    basta = "ja" if skala is None else skala.svar[-1 if skala.ordnad else 0]
    atgard = f'Skriv till exempel svar = ["{basta}"].' if saknas else "Ta bort det ena."
    regel = "exakt ett av dem ska säga vilka svar som räknas"
    k.fel(indikator, vag if saknas else (*vag, "svar_minst"), "svar-eller-svar-minst", fann, regel, atgard)


def _svar(
    k: Kontroll, indikator: Indikator, vag: Vag, svaren: tuple[str, ...] | None, svar_minst: str | None, skala: Skala
) -> None:
    for nummer, svar in enumerate(svaren or ()):
        if svar not in (*skala.svar, *indikator.raknas_inte):
            k.okand(indikator, (*vag, "svar", nummer), "svar", svar, skala.svar)
    if svar_minst is not None:
        _svar_minst(k, indikator, vag, svar_minst, skala)


def _svar_minst(k: Kontroll, indikator: Indikator, vag: Vag, svar: str, skala: Skala) -> None:
    if svar not in skala.svar:
        k.okand(indikator, (*vag, "svar_minst"), "svar", svar, skala.svar)
    elif not skala.ordnad:
        k.fel(
            indikator,
            (*vag, "svar_minst"),
            "skala-utan-ordning",
            f"”{svar}” hör till en skala utan ordning, men",
            "svar_minst behöver en skala som går från sämst till bäst",
            'Skriv svar = ["…"] med de svar som räknas.',
        )


def _skrivna_kallor(indikator: Andelsregel) -> Iterator[tuple[Vag, str]]:
    """The källor that the definition names itself, and where."""
    if indikator.kalla is not None:
        yield ("kalla",), indikator.kalla
    for nummer, kalla in enumerate(indikator.kallor or ()):
        yield ("kallor", nummer), kalla.kalla
