"""A second opinion on what can be found: tables as cells and sums, held against SciPy's own mixed-integer solver.

Nothing here is shared with the engine: no smallest groups, no conditions on rows, no värld. A cell is a variable.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

Cell = Hashable


class Facit:
    """Cells with their true counts, and sums: groups of which the first is the sum of the others.

    minst: pairs of which the first is never less than the second.
    """

    def __init__(
        self, antal: Mapping[Cell, int], summor: Sequence[Sequence[Cell]], minst: Sequence[tuple[Cell, Cell]] = ()
    ) -> None:
        self.antal = dict(antal)
        self._plats = {cell: nr for nr, cell in enumerate(self.antal)}
        rader = np.zeros((len(summor) + len(minst), len(self.antal)))
        for rad, (total, *delar) in zip(rader, summor, strict=False):
            rad[self._plats[total]] -= 1
            for del_ in delar:
                rad[self._plats[del_]] += 1
        for rad, (storre, mindre) in zip(rader[len(summor) :], minst, strict=True):
            rad[self._plats[storre]], rad[self._plats[mindre]] = 1, -1
        hogst = np.zeros(len(rader))
        hogst[len(summor) :] = np.inf
        self._villkor = LinearConstraint(rader, np.zeros(len(rader)), hogst)

    def spann(
        self, vad: Mapping[Cell, int], dolda: Collection[Cell], egen: Cell | None = None, heltal: bool = True
    ) -> tuple[int, int]:
        """The least and the most that a sum of cells can be. egen: a cell that the attacker is in."""
        lag = np.array([0 if cell in dolda else antal for cell, antal in self.antal.items()], dtype=float)
        hog = np.array([10_000 if cell in dolda else antal for cell, antal in self.antal.items()], dtype=float)
        if egen is not None:
            lag[self._plats[egen]] = max(1, lag[self._plats[egen]])
        mal = np.zeros(len(lag))
        for cell, tecken in vad.items():
            mal[self._plats[cell]] += tecken
        svar = []
        for riktning in (1, -1):
            r = milp(
                riktning * mal,
                constraints=self._villkor,
                bounds=Bounds(lag, hog),
                integrality=np.full(len(lag), heltal),
            )
            assert r.status == 0, r.message
            svar.append(float(riktning * r.fun))
        return int(np.ceil(svar[0] - 1e-6)), int(np.floor(svar[1] + 1e-6))

    def sakert(self, vad: Mapping[Cell, int], dolda: Collection[Cell], minsta: int, med_egna: bool = False) -> bool:
        """Whether it can be 1 or less, and `minsta` or more, whoever in the hidden cells asks."""
        fragare = [None, *(c for c in dolda if self.antal[c] and med_egna)]
        return all(lag <= 1 and hog >= minsta for lag, hog in (self.spann(vad, dolda, e) for e in fragare))
