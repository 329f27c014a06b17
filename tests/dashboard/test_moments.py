"""Who looks after moments, and what teams overestimate."""

from __future__ import annotations

import pytest

from dashboard.moments import BlindSpot, Care, Duty, Kept, MomentError, blind_spots, checked_estimate

CARE = Care(
    {"Esperar": Kept("Esperar", "Marta"), "Pagar": Kept("Pagar")},
    {
        "Esperar": {"Ventas": Duty.DIRECT, "Almacén": Duty.DIRECT, "Posventa": Duty.INDIRECT},
        "Usar": {"Ventas": Duty.INDIRECT},
    },
    {("Ventas", "Esperar"): 8.0, ("Almacén", "Pagar"): 9.0, ("Ventas", "Usar"): 5.0},
)


def test_a_moment_that_nobody_keeps_has_no_owner() -> None:
    assert CARE.owners == {"Esperar": "Marta"}
    assert CARE.of("Usar") == Kept("Usar")


@pytest.mark.parametrize(("moment", "team"), [("Esperar", "Almacén"), ("Usar", None), ("Nada", None), (None, None)])
def test_the_team_that_answers_for_a_moment_is_a_direct_one(moment: str | None, team: str | None) -> None:
    assert CARE.direct_team(moment) == team


def test_a_blind_spot_is_believed_well_above_what_is_lived() -> None:
    lived = {"Esperar": 6.4, "Pagar": 5.0, "Usar": 9.0}
    assert blind_spots(CARE, lived) == [
        BlindSpot("Almacén", "Pagar", 9.0, 5.0),
        BlindSpot("Ventas", "Esperar", 8.0, 6.4),
    ]
    assert blind_spots(CARE, {}) == []


@pytest.mark.parametrize("value", [None, -1, 10.5])
def test_an_estimate_is_on_nought_to_ten(value: float | None) -> None:
    with pytest.raises(MomentError, match="from 0 to 10"):
        checked_estimate(value)
