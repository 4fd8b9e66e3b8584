from fractions import Fraction

import numpy as np
import pytest

from indikatorer.gransvarde import las_grans
from indikatorer.visning import visa, visa_andelar

FRASER = ("minst 80 %", "minst 79,5 %", "högst 33 %", "mellan 40 och 60 %", "samtliga", "minst 0 %", "högst 100 %")
PAR = np.array([(t, n) for n in range(61) for t in range(n + 1)], dtype=np.int64)


@pytest.mark.parametrize("gron", [None, *FRASER])
@pytest.mark.parametrize("gul", [None, "minst 70 %"])
def test_many_shares_are_written_as_each_alone(gron: str | None, gul: str | None) -> None:
    granser = [None if fras is None else las_grans(fras) for fras in (gron, gul)]
    for (taljare, namnare), text in zip(PAR.tolist(), visa_andelar(PAR[:, 0], PAR[:, 1], granser), strict=True):
        ratt = visa(Fraction(100 * taljare, namnare), "%", 0, *granser) if namnare else None
        assert text == (None if ratt is None or "," in ratt else ratt)
