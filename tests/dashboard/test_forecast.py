"""The probability of arriving."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.forecast import Forecast, History, filter_history, forecast, forecast_path

WEEK = st.tuples(*[st.integers(0, 60)] * 3)
WEEKS = st.lists(WEEK, max_size=30)


def history_of(weeks: list[tuple[int, int, int]]) -> History:
    return History.of([sum(week) for week in weeks], [week[0] for week in weeks], [week[2] for week in weeks])


STEADY = history_of([(20, 25, 55)] * 20)


def numbers(result: Forecast) -> list[float]:
    names = ("probability", "level_mean", "level_sd", "pace_mean", "pace_sd", "final_mean", "final_sd")
    return [*(getattr(result, name) for name in names), result.low80, result.high80, result.n_future]


@settings(max_examples=40)
@given(WEEKS, st.integers(0, 20), st.integers(1, 15), st.floats(-100, 100))
def test_no_answers_in_view_give_none_and_everything_else_is_finite(
    weeks: list[tuple[int, int, int]], ahead: int, window: int, target: float
) -> None:
    history = history_of(weeks)
    result = forecast(history, ahead, window, target)
    in_view = history.n.sum() if ahead else history.n[-window:].sum()
    if not history.n.sum() or not in_view:
        assert result is None
        return
    assert result is not None
    assert np.isfinite(numbers(result)).all()
    assert 0 <= result.probability <= 1
    assert result.low80 <= result.high80
    assert 0 <= result.weight_future <= 1 + 1e-9


@settings(max_examples=40)
@given(st.lists(WEEK.filter(any), min_size=1, max_size=30), st.integers(1, 15), st.floats(-100, 100))
def test_with_nothing_ahead_it_is_won_or_lost_by_the_literal_rule(
    weeks: list[tuple[int, int, int]], window: int, target: float
) -> None:
    result = forecast(history_of(weeks), 0, window, target)
    last = weeks[-window:]
    points = 100 * sum(week[2] - week[0] for week in last) / sum(map(sum, last))
    assert result is not None
    assert result.final_mean == pytest.approx(points)
    assert result.probability in (0.0, 1.0)
    if abs(points - target) > 1e-6:
        assert result.probability == float(points >= target)
    assert result.low80 == result.high80 == pytest.approx(points)
    assert result.required_pace is None


def test_an_empty_window_is_no_forecast_even_with_a_past() -> None:
    weeks = [(5, 5, 5)] * 8 + [(0, 0, 0)] * 4
    assert forecast(history_of(weeks), 0, 4, -5) is None
    assert forecast(history_of(weeks), 1, 4, -5) is not None
    assert forecast(history_of([]), 3, 4, 0) is None
    assert forecast_path(history_of([(0, 0, 0)]), 3, 4, 0) == []


@settings(max_examples=30)
@given(st.lists(WEEK.filter(any), min_size=6, max_size=25), st.integers(0, 15), st.integers(1, 14))
def test_a_higher_target_is_never_likelier(weeks: list[tuple[int, int, int]], ahead: int, window: int) -> None:
    history = history_of(weeks)
    state = filter_history(history)
    chances = []
    for target in range(-100, 101, 20):
        result = forecast(history, ahead, window, target, state)
        assert result is not None
        chances.append(result.probability)
    assert all(left >= right - 1e-12 for left, right in pairwise(chances))


@settings(max_examples=30)
@given(st.lists(WEEK.filter(any), min_size=2, max_size=25), st.floats(-60, 60))
def test_the_mirrored_company_has_the_mirrored_probability(weeks: list[tuple[int, int, int]], target: float) -> None:
    there = forecast(history_of(weeks), 5, 4, target)
    back = forecast(history_of([week[::-1] for week in weeks]), 5, 4, -target)
    assert there is not None
    assert back is not None
    assert there.probability + back.probability == pytest.approx(1, abs=1e-9)
    assert there.low80 == pytest.approx(-back.high80, abs=1e-6)


def test_the_fan_opens_with_the_weeks() -> None:
    path = forecast_path(STEADY, 26, 13, 40)
    assert len(path) == 26
    widths = [step.high80 - step.low80 for step in path]
    assert all(left < right for left, right in pairwise(widths))
    assert [step.weight_future for step in path] == sorted(step.weight_future for step in path)
    assert all(step.low80 < step.final_mean < step.high80 for step in path)


def test_the_fan_says_at_each_week_what_the_forecast_says() -> None:
    path = forecast_path(STEADY, 5, 13, 40)
    for week, step in enumerate(path, start=1):
        alone = forecast(STEADY, week, 13, 40)
        assert alone is not None
        assert numbers(step) == pytest.approx(numbers(alone))


def test_keeping_what_we_have_needs_no_pace_and_much_more_needs_much() -> None:
    have, more = forecast(STEADY, 13, 13, 35), forecast(STEADY, 13, 13, 60)
    assert have is not None
    assert more is not None
    assert have.required_pace == pytest.approx(0, abs=0.05)
    assert more.required_pace is not None
    assert more.required_pace > 2
    assert have.probability > 0.35 > 0.05 > more.probability


def test_a_week_without_answers_moves_the_state_and_observes_nothing() -> None:
    before = filter_history(STEADY)
    after = filter_history(history_of([(20, 25, 55)] * 20 + [(0, 0, 0)]))
    assert (after.log_likelihood == before.log_likelihood).all()
    assert (after.covariance[:, 0, 0] > before.covariance[:, 0, 0]).all()
    assert after.weight.sum() == pytest.approx(1)


def test_all_promoters_have_a_margin() -> None:
    result = forecast(history_of([(0, 0, 10)] * 10), 4, 4, 99)
    assert result is not None
    assert 0 < result.probability < 1
