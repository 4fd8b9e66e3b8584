"""One page for the meeting of the board: how many goals are reached, what has changed, and what to take a stand on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bokslut import ordval, tal
from bokslut.fras import stor
from bokslut.innehall import Innehall, Omradesvy
from bokslut.mallar import build_miljo
from bokslut.resultatvy import Resultatvy
from bokslut.text.rakneord import RESULTAT, antal_av
from bokslut.tryck import dokument


@dataclass(frozen=True, slots=True)
class Fraga:
    """Something for the board to take a stand on, and what it rests on; "" when the question says it all."""

    text: str
    grund: str


def som_html(innehall: Innehall, datum: str) -> str:
    """The page, for print. datum: the day that the document carries as its own."""
    koder = [k for k in ordval.SIGNAL_ORD if k in innehall.signaler]
    andrat = [s for s in innehall.sammanfattning if s.rubrik.startswith("Sedan ")]
    data = {"i": innehall, "u": innehall.utvardering, "ordval": ordval, "koder": koder, "antal": dokument.antal}
    data |= {"andrat": andrat, "fragor": list(fragor(innehall)), "ikoner": dokument.ikoner(), "datum": datum}
    return build_miljo("tryck").get_template("bokslut/styrelseblad.html").render(data)


def fragor(i: Innehall) -> Iterator[Fraga]:
    """What the board has to take a stand on, from the results alone."""
    alla = [r for o in i.omraden for m in o.mal for r in m.resultat]
    yield Fraga("Ska bokslutet godkännas?", "")
    if roda := [r for r in alla if r.signal == "rod"]:
        grund = " ".join(f"{o.titel}: {_nummer(o)}." for o in i.omraden if _nummer(o))
        yield Fraga(f"Vad ska göras åt {_de(roda, 'som inte når målet')}?", grund)
    if gra := [r for r in alla if r.signal == "gra"]:
        yield Fraga(f"Hur ska {_de(gra, 'som inte gick att bedöma')} kunna bedömas nästa år?", _upprakning(gra))
    if osakra := [r for r in alla if r.osaker]:
        grund = f"{stor(antal_av(len(osakra), RESULTAT))} vilar på så få svar att slumpen kan ha avgjort signalen."
        yield Fraga("Ska fler få frågorna, eller fler påminnas?", grund)
    if utan := [r for r in alla if r.signal == "ingen"]:
        yield Fraga(f"Ska det finnas ett mål för {_de(utan, 'som lämnas som upplysning')}?", _upprakning(utan))


def _de(resultat: Sequence[Resultatvy], som: str) -> str:
    return f"det resultat {som}" if len(resultat) == 1 else f"de {len(resultat)} resultat {som}"


def _nummer(omrade: Omradesvy) -> str:
    return _upprakning([r for m in omrade.mal for r in m.resultat if r.signal == "rod"], punkt="")


def _upprakning(resultat: Sequence[Resultatvy], punkt: str = ".") -> str:
    namn = list(dict.fromkeys(r.nummer or r.titel for r in resultat))
    return f"{tal.rakna_upp(namn)}{punkt}" if namn else ""
