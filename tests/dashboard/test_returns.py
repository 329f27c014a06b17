"""What an improvement gives back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.returns import Return, return_on

NOTHING = Return(None, None, None, None, None)


@pytest.mark.parametrize(
    ("effect", "value", "clients", "cost", "expected"),
    [
        (4.0, 2.0, None, 100.0, NOTHING),
        (4.0, 2.0, 0.0, 100.0, NOTHING),
        (4.0, None, 50.0, 100.0, NOTHING),
        (None, 2.0, 50.0, 100.0, Return(None, None, None, None, 1.0)),
        (4.0, 2.0, 50.0, 0.0, Return(400.0, 0.0, None, 1.0, 0.0)),
        (4.0, 2.0, 50.0, 400.0, Return(400.0, 0.0, 0.0, 0.0, 4.0)),
        (4.0, 0.0, 50.0, 400.0, Return(0.0, 0.0, -1.0, 0.0, None)),
    ],
)
def test_the_ends_of_the_scale_of_returns(
    effect: float | None, value: float | None, clients: float | None, cost: float, expected: Return
) -> None:
    assert return_on(effect, 0.0, value, 0.0, clients, cost) == expected


@pytest.mark.parametrize(
    ("effect", "effect_error", "value", "value_error", "cost"),
    [(4, 1.8, 1.1, 0.4, 2.5), (1, 2, 0.5, 1, 0.3), (-1, 3, 0.2, 0.1, 0.1), (2, 0.01, 1, 0.5, 1.9), (2, 0, 1, 0.5, 1.9)],
)
def test_the_chance_is_that_of_drawing_effect_and_value_at_random(
    effect: float, effect_error: float, value: float, value_error: float, cost: float
) -> None:
    random = np.random.default_rng(11)
    benefits = random.normal(effect, effect_error, 400_000) * random.normal(value, value_error, 400_000)
    found = return_on(effect, effect_error, value, value_error, 1, cost)
    assert found.probability == pytest.approx((benefits > cost).mean(), abs=0.004)
    assert found.benefit == pytest.approx(benefits.mean(), abs=0.02)
    assert found.benefit_sd == pytest.approx(benefits.std(), rel=0.01)


POSITIVE = st.floats(0.01, 10)


@given(st.floats(-10, 10), *[POSITIVE] * 3, st.floats(0, 100), POSITIVE)
def test_what_costs_more_pays_less_often(
    effect: float, effect_error: float, value: float, value_error: float, cost: float, more: float
) -> None:
    cheap = return_on(effect, effect_error, value, value_error, 10, cost).probability
    dear = return_on(effect, effect_error, value, value_error, 10, cost + more).probability
    assert cheap is not None
    assert dear is not None
    assert 0 <= dear <= cheap + 1e-6 <= 1 + 1e-6
