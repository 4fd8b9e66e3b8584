from dataclasses import replace
from datetime import date

import pytest

from insatser.register import Rad, granska

IDAG = date(2026, 11, 22)
RATT = Rad(1, 1, "kvinna", "20_24", date(2026, 1, 1))


def test_a_row_with_what_must_be_there_is_right() -> None:
    assert granska(RATT, IDAG) == []
    klar = replace(RATT, slut=IDAG, utfall="arbete", anstallning="eget_foretag", omfattning=50)
    assert granska(replace(klar, handlingsplan="ja", plan_klar=RATT.start), IDAG) == []


@pytest.mark.parametrize(
    ("andrat", "falt"),
    [
        ({"start": date(1989, 12, 31)}, "start"),
        ({"start": date(2026, 11, 23)}, "start"),
        ({"slut": date(2025, 12, 31), "utfall": "arbete"}, "slut"),
        ({"slut": date(2026, 11, 23), "utfall": "arbete"}, "slut"),
        ({"slut": date(2026, 6, 1)}, "utfall"),
        ({"utfall": "studier"}, "slut"),
        ({"anstallning": "eget_foretag"}, "anstallning"),
        ({"slut": date(2026, 6, 1), "utfall": "studier", "omfattning": 50}, "omfattning"),
        ({"plan_klar": date(2026, 2, 1)}, "plan_klar"),
        ({"handlingsplan": "ja", "plan_klar": date(2025, 12, 31)}, "plan_klar"),
        ({"handlingsplan": "ja", "plan_klar": date(2027, 1, 1)}, "plan_klar"),
    ],
)
def test_what_does_not_go_together_is_told_at_the_field_to_mend(andrat: dict[str, object], falt: str) -> None:
    [fel] = granska(replace(RATT, **andrat), IDAG)  # type: ignore[arg-type]
    assert fel.falt == falt
    assert fel.mening().endswith(".")
