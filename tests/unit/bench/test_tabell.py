import pytest

from bench.matning import Matning
from bench.tabell import Rad, skriv


@pytest.mark.parametrize(
    ("vart", "hogst", "annan", "natt"),
    [
        ((9.0,), 10, 9.5, "ja"),
        ((11.0,), 10, 12.0, "nej"),
        ((9.0,), 10, 8.0, "nej"),
        ((9.0,), None, 9.0, "ja"),
        ((9.0, 11.0, 12.0), 10, 12.0, "nej, men som bäst"),
    ],
)
def test_a_target_is_reached_when_neither_limit_nor_rival_is_faster(
    vart: tuple[float, ...], hogst: float | None, annan: float, natt: str
) -> None:
    rad = Rad("mått", Matning(vart, "ms"), hogst, (("DuckDB", Matning((annan,), "ms")),), ("DuckDB",))
    assert rad.natt() == natt


def test_what_could_not_be_measured_says_so_and_why() -> None:
    tabell = skriv([Rad("Lighthouse", None, anmarkning="inte mätt: finns inte.")])
    assert "inte mätt" in tabell.splitlines()[2]
    assert tabell.endswith("Lighthouse: inte mätt: finns inte.")
