"""The solver, as the attacker and the choice of what to hide use it: a linear programme that is asked many times.

HiGHS keeps what it found, so that the next question, which differs by one row or by what is sought, starts from there.
One thread and a fixed seed: the same questions in the same order give the same answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import highspy
import numpy as np
from numpy.typing import NDArray

Matris = NDArray[np.float64] | NDArray[np.int64]
OANDLIG: Final = float(highspy.kHighsInf)


@dataclass(frozen=True, slots=True)
class Svar:
    """The best found. varde: of what was sought; x: where; priser: of each row, 0 where it does not matter."""

    varde: float
    x: NDArray[np.float64]
    priser: NDArray[np.float64]


class Losare:
    """Rows of `matris` times x, each between its bounds; x from 0 to `tak`. heltal: x whole."""

    def __init__(self, matris: Matris, lag: Matris, hog: Matris, tak: float, heltal: bool = False) -> None:
        self._h = highspy.Highs()  # type: ignore[no-untyped-call]
        for namn, varde in (("output_flag", False), ("threads", 1), ("random_seed", 1), ("mip_rel_gap", 0.0)):
            self._h.setOptionValue(namn, varde)
        rader, kolumner = matris.shape
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = kolumner, rader
        lp.col_cost_ = np.zeros(kolumner)
        lp.col_lower_, lp.col_upper_ = np.zeros(kolumner), np.full(kolumner, tak)
        lp.row_lower_, lp.row_upper_ = lag.astype(np.float64), hog.astype(np.float64)
        glesa = [np.flatnonzero(rad) for rad in matris]
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum([len(g) for g in glesa])]).astype(np.int32)
        lp.a_matrix_.index_ = np.concatenate([*glesa, np.zeros(0)]).astype(np.int32)
        lp.a_matrix_.value_ = np.concatenate([*(r[g] for r, g in zip(matris, glesa, strict=True)), []]).astype(float)
        if heltal:
            lp.integrality_ = [highspy.HighsVarType.kInteger] * kolumner
        self._h.passModel(lp)
        self._kolumner = np.arange(kolumner, dtype=np.int32)

    def satt_rad(self, rad: int, lag: float, hog: float) -> None:
        """Change the bounds of a row."""
        self._h.changeRowBounds(rad, lag, hog)

    def lagg_till(self, koefficienter: Matris, lag: float, hog: float) -> None:
        """One more row."""
        plats = np.flatnonzero(koefficienter)
        self._h.addRow(lag, hog, len(plats), plats.astype(np.int32), koefficienter[plats].astype(np.float64))

    def minsta(self, kostnad: Matris) -> Svar | None:
        """The least; None when nothing fits."""
        self._h.changeColsCost(len(kostnad), self._kolumner, kostnad.astype(np.float64))
        self._h.run()
        if self._h.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        losning = self._h.getSolution()
        return Svar(
            float(self._h.getInfo().objective_function_value),
            np.array(losning.col_value),
            np.array(losning.row_dual),
        )
