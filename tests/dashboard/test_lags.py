"""The lag profile: what is planted is found, what is not there is not, and units do not matter."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.lags import correlations, detrended, granger, lag_profile, plain_correlation, prewhitened, weeks_ahead

seeds = st.integers(0, 10_000)


def planted(seed: int, weeks: int = 104, lag: int = 3, effect: float = 4.0) -> tuple[np.ndarray, np.ndarray]:
    """Return a lead with a memory and a trend, and a result that follows it `lag` weeks later."""
    draw = np.random.default_rng(seed)
    noise = draw.normal(size=weeks + 20)
    lead = np.zeros(noise.size)
    for week in range(1, noise.size):
        lead[week] = 0.5 * lead[week - 1] + noise[week]
    moved = lead[20 - lag : 20 - lag + weeks]
    time = np.arange(weeks)
    return 80 + 3 * lead[20:] + 0.1 * time, 30 + effect * moved + 0.2 * time + 3 * draw.normal(size=weeks)


@given(seeds)
@settings(max_examples=20, deadline=None)
def test_a_planted_lag_is_found(seed: int) -> None:
    lead, result = planted(seed)
    found = lag_profile(lead, result, 8)
    assert found.best_lag == 3
    assert found.chance <= 0.01
    assert found.slope_interval[0] < found.slope < found.slope_interval[1]
    assert 0 < found.shrunk_slope <= found.slope


@given(seeds, st.floats(-1000, 1000), st.floats(0.01, 100))
@settings(max_examples=20, deadline=None)
def test_a_constant_or_another_unit_changes_nothing(seed: int, constant: float, unit: float) -> None:
    lead, result = planted(seed)
    plain, other = lag_profile(lead, result, 8), lag_profile(constant + unit * lead, result + constant, 8)
    assert other.chance == plain.chance
    assert other.best_lag == plain.best_lag
    assert other.slope * unit == pytest.approx(plain.slope, rel=1e-6)
    assert np.allclose(other.correlations, plain.correlations, atol=1e-7)


def test_less_of_a_lead_brings_what_more_of_its_mirror_brings() -> None:
    lead, result = planted(1)
    more, less = lag_profile(lead, result, 8, 1), lag_profile(-lead, result, 8, -1)
    assert less.best_lag == more.best_lag
    assert less.slope == pytest.approx(-more.slope)
    assert lag_profile(-lead, result, 8, 1).chance > 0.05


def test_shuffled_weeks_show_nothing_more_often_than_chance_allows() -> None:
    draw = np.random.default_rng(5)
    lead, result = planted(5)
    called = [lag_profile(draw.permutation(lead), result, 8, shuffles=199).chance <= 0.05 for _ in range(200)]
    assert np.mean(called) <= 0.10  # 5 % expected; 10 % is three standard errors above


def test_two_programmes_that_both_go_up_are_not_evidence() -> None:
    draw = np.random.default_rng(3)
    time = np.arange(104)
    lead, result = time + 3 * draw.normal(size=104), 0.5 * time + 3 * draw.normal(size=104)
    assert plain_correlation(lead, result).correlation > 0.9
    assert lag_profile(lead, result, 8).chance > 0.05


def test_the_same_week_is_shown_and_never_the_best() -> None:
    draw = np.random.default_rng(2)
    lead = draw.normal(size=104)
    found = lag_profile(lead, lead + 0.1 * draw.normal(size=104), 8)
    assert found.same_week > 0.9
    assert found.chance > 0.05
    assert found.best_lag >= 1


def test_the_same_seed_gives_the_same_answer() -> None:
    lead, result = planted(9)
    assert lag_profile(lead, result, 8, seed=4) == lag_profile(lead, result, 8, seed=4)


def test_what_does_not_move_correlates_with_nothing() -> None:
    assert correlations(np.ones(30), np.arange(30.0), 3).tolist() == [[0.0, 0.0, 0.0]]


def test_a_straight_line_leaves_nothing() -> None:
    assert np.allclose(detrended([3.0, 5.0, 7.0, 9.0]), 0)


def test_a_series_without_memory_is_left_as_it_is() -> None:
    draw = np.random.default_rng(11)
    lead, result = draw.normal(size=200), draw.normal(size=200)
    found = prewhitened(lead, result)
    assert found.memory == ()
    assert np.allclose(found.lead, detrended(lead)[3:])


@pytest.mark.parametrize(("weeks", "lags"), [(26, 5), (40, 8), (104, 8), (4, 0)])
def test_a_short_history_is_asked_about_few_lags(weeks: int, lags: int) -> None:
    assert weeks_ahead(weeks) == lags


def test_intervals_are_narrower_where_there_are_more_weeks() -> None:
    lead, result = planted(1)
    found = lag_profile(lead, result, 8)
    near, far = found.interval(0.2, 1), found.interval(0.2, 8)
    assert near[0] < 0.2 < near[1]
    assert near[1] - near[0] < far[1] - far[0]


def test_memory_makes_weeks_worth_less() -> None:
    lead, _ = planted(4)
    other, _ = planted(40)
    found = plain_correlation(lead, other)
    assert found.worth < found.weeks
    assert found.p_value > found.naive_p_value


def test_granger_sees_a_planted_lag_and_not_its_mirror() -> None:
    lead, result = planted(6)
    assert granger(lead, result, 3).p_value < 0.001
    assert granger(result, lead, 3).p_value > 0.001
