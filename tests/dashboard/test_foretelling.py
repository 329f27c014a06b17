"""Forecasts with and without an indicator."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.foretelling import first_forecast, forecast_test, pinball
from tests.dashboard.test_lags import planted


def test_a_true_driver_takes_error_away() -> None:
    lead, result = planted(1)
    found = forecast_test(lead, result, 3, first_forecast(104))
    assert found is not None
    assert found.skill > 0.2
    assert found.error_with < found.error_without
    assert found.chance < 0.01
    assert found.forecasts == 104 - 52 - 3 + 1


def test_noise_takes_nothing_away() -> None:
    draw = np.random.default_rng(2)
    _, result = planted(1)
    skills = [found.skill for _ in range(20) if (found := forecast_test(draw.normal(size=104), result, 3, 52))]
    assert len(skills) == 20
    assert np.mean(skills) < 0.02


def test_a_constant_or_another_unit_changes_no_skill() -> None:
    lead, result = planted(3)
    plain, other = forecast_test(lead, result, 3, 52), forecast_test(1e4 + 60 * lead, result + 7, 3, 52)
    assert plain is not None
    assert other is not None
    assert other.skill == pytest.approx(plain.skill, abs=1e-9)
    assert other.chance == pytest.approx(plain.chance, abs=1e-9)


def test_only_what_was_known_is_used() -> None:
    lead, result = planted(4)
    changed = lead.copy()
    changed[-1] += 1000  # the last week foretells a week that nobody has seen
    assert forecast_test(lead, result, 3, 52) == forecast_test(changed, result, 3, 52)


def test_nothing_left_to_foretell_is_no_test() -> None:
    lead, result = planted(1, weeks=26)
    assert forecast_test(lead, result, 8, 20) is None
    assert forecast_test(lead, np.zeros(26), 1, 20) is not None


@pytest.mark.parametrize(("weeks", "first"), [(26, 20), (40, 20), (104, 52)])
def test_at_least_twenty_weeks_are_learned_from(weeks: int, first: int) -> None:
    assert first_forecast(weeks) == first


def test_the_median_loses_half_the_distance() -> None:
    assert pinball([3.0, 5.0], [0.5], [[1.0], [5.0]]).mean == pytest.approx(0.5)
