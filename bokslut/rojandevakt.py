"""The certificate of röjandevakten in words: what is hidden, and how a reader could have found it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bokslut import ordval, tal
from bokslut.fras import fras
from indikatorer.resultat import Utvardering
from indikatorer.skydd.intyg import Atkomlig, Dold, Intyg, Nyckel, Skal

# So many of the figures that give something away are named; the others are counted.
NAMNGIVNA: Final = 3
_KON: Final = {"": "alla", "kvinna": "kvinnor", "man": "män"}


@dataclass(frozen=True, slots=True)
class Vaktrad:
    """What was hidden, and the sentence that says why."""

    dold: str
    skal: str


@dataclass(frozen=True, slots=True)
class Vakt:
    """What the method page and the command show. intyg: the certificate in one sentence. forlust: what it cost.

    regel: how many figures the rules themselves hide. rader: those hidden for the sake of others. kvar: what can still
    be found, empty when it holds.
    """

    intyg: str
    haller: bool
    forlust: str
    regel: int
    rader: tuple[Vaktrad, ...]
    kvar: tuple[str, ...]


def build_vakt(u: Utvardering) -> Vakt | None:
    """The certificate of an evaluation; None when nothing is protected in it."""
    if u.intyg is None:
        return None
    namn = _Namn(u)
    skyddar = [d for d in u.intyg.dolda if d.skal is Skal.SKYDDAR]
    return Vakt(
        intyg=_intyg(u.intyg),
        haller=u.intyg.haller,
        forlust=_forlust(u),
        regel=len(u.intyg.dolda) - len(skyddar),
        rader=tuple(Vaktrad(namn.stort(d.nyckel), _skal(d, namn)) for d in skyddar),
        kvar=tuple(_kvar(a, namn) for a in u.intyg.atkomliga),
    )


def _intyg(intyg: Intyg) -> str:
    if not intyg.skyddade:
        return fras("Inget tal i det här bokslutet behöver skyddas.")
    funna = len({(a.om, a.vad) for a in intyg.atkomliga})
    funna_, alla = tal.antal(funna), tal.antal(intyg.skyddade)
    return fras("{funna} av {alla} dolda tal kan återskapas.", funna=funna_, alla=alla)


def _forlust(u: Utvardering) -> str:
    """What protection costs a reader."""
    if u.intyg is None or not u.intyg.celler:
        return ""
    visas, alla = u.intyg.celler - u.intyg.dolda_celler, u.intyg.celler
    # Rounded down: "100 %" must not be said of tables where something is hidden.
    return fras(
        "I deltagartabellerna visas {visas} av {alla} tal ({andel}).",
        visas=tal.antal(visas),
        alla=tal.antal(alla),
        andel=tal.visat(f"{100 * visas // alla}\u00a0%"),
    )


def _skal(dold: Dold, namn: _Namn) -> str:
    if not dold.om:
        return "Den hör ihop med ett resultat som är dolt."
    om = namn.litet(dold.om)
    if not dold.av:
        return f"Den som själv är med i siffran hade av den kunnat räkna ut {om}, helt eller nästan."
    return f"Av den och {_upprakna(dold.av, namn)} hade man kunnat räkna ut {om}, helt eller nästan."


def _upprakna(nycklar: Sequence[Nyckel], namn: _Namn) -> str:
    namngivna = [namn.litet(n) for n in nycklar[:NAMNGIVNA]]
    fler = len(nycklar) - NAMNGIVNA
    if fler > 0:
        namngivna.append("en siffra till" if fler == 1 else f"{tal.antal(fler)} siffror till")
    return namngivna[0] if len(namngivna) == 1 else f"{', '.join(namngivna[:-1])} och {namngivna[-1]}"


def _kvar(a: Atkomlig, namn: _Namn) -> str:
    vad = {
        "antal": "Antalet",
        "rest": "Hur många som inte ingår i någon del",
        "ovriga": "Hur många som inte räknas med",
    }
    vilket = f"{vad[a.vad]} i {namn.litet(a.om)}"
    if a.grans is None:
        return f"{vilket} går inte att bevisa säkert."
    return f"{vilket} kan en läsare veta är {'högst' if a.hogsta else 'minst'} {tal.antal(a.grans)}."


class _Namn:
    """What a reader calls what may be hidden."""

    def __init__(self, u: Utvardering) -> None:
        self._tabeller = {c.enhet or "": c.tabell for c in u.tabeller}
        self._ihop = {enhet for s in u.sammanslagna for enhet in s.enheter}  # they have no table of their own
        self._titlar = {(r.id, r.grupp or ""): r for r in u.resultat()}
        antal = Counter(r.id for r in u.resultat())
        self._flera = {id_ for id_, n in antal.items() if n > 1}

    def stort(self, nyckel: Nyckel) -> str:
        """At the start of a sentence, or on its own."""
        text = self.litet(nyckel)
        return f"{text[:1].upper()}{text[1:]}"

    def litet(self, nyckel: Nyckel) -> str:
        """Within a sentence."""
        if nyckel[0] == "cell":
            _, enhet, rad, kon = nyckel
            radnamn = ordval.UTFALL_ORD.get(rad, rad).removeprefix("varav ")
            i_tabell = "" if enhet in self._ihop else f"tabell {self._tabeller.get(enhet, '')}, "
            plats = f"{i_tabell}{enhet or 'hela förbundet'}"
            return f"”{radnamn}, {_KON.get(kon, kon)}” ({plats})"
        resultat = self._titlar.get((nyckel[1], nyckel[2]))
        titel = nyckel[1] if resultat is None else f"{resultat.nummer or ''} {resultat.titel}".strip()
        grupp = f" ({nyckel[2]})" if nyckel[1] in self._flera else ""
        if nyckel[0] == "delning":
            dimension = ordval.DIMENSION_ORD.get(nyckel[3], nyckel[3]).lower()
            return f"uppdelningen på {dimension} av ”{titel}”{grupp}"
        return f"resultatet ”{titel}”{grupp}"
