"""A private key on paper: groups that a person can type, each with a sign that tells which group went wrong."""

from __future__ import annotations

from typing import Final

from enkat.nycklar import NYCKEL_BYTE, NyckelFel, Privat

# Crockford's: no I, L, O or U, so that nothing is mistaken for 1, 0 or V.
ALFABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LASES_SOM: Final = str.maketrans("OIL", "011")
_TECKEN: Final = 4
_GRUPPER: Final = -(-NYCKEL_BYTE * 8 // (5 * _TECKEN))
_PER_RAD: Final = 5


class PapperFel(ValueError):
    """What was typed is no copy. grupp: the first that is wrong, from 1; None when there are too few or too many."""

    def __init__(self, grupp: int | None) -> None:
        antal = f"En papperskopia har {_GRUPPER} grupper med fem tecken."
        super().__init__(antal if grupp is None else f"Grupp {grupp} stämmer inte. Kontrollera den mot papperet.")
        self.grupp = grupp


def skriv(privat: Privat) -> str:
    """The key as lines of groups: four signs and a check sign each."""
    tal = int.from_bytes(privat.nyckel, "big") << (_GRUPPER * _TECKEN * 5 - NYCKEL_BYTE * 8)
    tecken = [ALFABET[tal >> (5 * plats) & 31] for plats in range(_GRUPPER * _TECKEN - 1, -1, -1)]
    delar = ["".join(tecken[i : i + _TECKEN]) for i in range(0, len(tecken), _TECKEN)]
    grupper = [del_ + _kontroll(nummer, del_) for nummer, del_ in enumerate(delar, start=1)]
    return "\n".join(" ".join(grupper[i : i + _PER_RAD]) for i in range(0, len(grupper), _PER_RAD))


def las(text: str, nyckel_id: str) -> Privat:
    """The key that was typed from paper. nyckel_id: of the round that it shall open.

    Raises:
        PapperFel: a group is wrong.
        NyckelFel: fel_nyckel, when it is a key, but of another round.
    """
    rent = "".join(t for t in text.upper().translate(_LASES_SOM) if not t.isspace() and t not in "-–.")
    if len(rent) != _GRUPPER * (_TECKEN + 1):
        raise PapperFel(None)
    tal = 0
    for nummer in range(1, _GRUPPER + 1):
        grupp = rent[(nummer - 1) * 5 : nummer * 5]
        if not set(grupp) <= set(ALFABET) or grupp[-1] != _kontroll(nummer, grupp[:-1]):
            raise PapperFel(nummer)
        for tecken in grupp[:-1]:
            tal = tal << 5 | ALFABET.index(tecken)
    privat = Privat((tal >> (_GRUPPER * _TECKEN * 5 - NYCKEL_BYTE * 8)).to_bytes(NYCKEL_BYTE, "big"))
    if privat.nyckel_id != nyckel_id:
        raise NyckelFel("fel_nyckel")
    return privat


def _kontroll(nummer: int, del_: str) -> str:
    """A sum in the field of 32 elements, begun with the group's place.

    One sign that is mistyped, two that have changed places, and two groups that have, are always found; a hash would
    let one in 32 by, and the key would be taken for another round's.
    """
    summa = nummer
    for tecken in del_:
        summa = _dubbla(summa ^ ALFABET.index(tecken))
    return ALFABET[summa]


def _dubbla(tal: int) -> int:
    """tal times x in GF(2)[x] / (x^5 + x^2 + 1)."""
    return tal << 1 ^ (0b100101 if tal & 16 else 0)
