"""What an improvement changed, against what would have happened without it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.changes import Verdict
from dashboard.effects import effect_against_control, effect_on_counts, effect_on_trend

SEEDS = st.integers(0, 10**6)
Weeks = list[float | None]


def course(before: int, after: int, step: float, slope: float = 0.3, noise: float = 2.0, seed: int = 1) -> Weeks:
    random = np.random.default_rng(seed)
    time = np.arange(before + after)
    return (20 + slope * time + step * (time >= before) + noise * random.normal(size=time.size)).tolist()


def flat(weeks: int) -> Weeks:
    return [60.0] * weeks


@given(SEEDS, st.floats(-30, 30))
def test_a_step_added_to_the_weeks_after_is_found_exactly_on_top(seed: int, step: float) -> None:
    before = effect_on_trend(course(20, 15, 0, seed=seed), flat(35), 20)
    after = effect_on_trend(course(20, 15, step, seed=seed), flat(35), 20)
    assert before is not None
    assert after is not None
    assert after.value == pytest.approx(before.value + step, abs=1e-8)
    assert after.error == pytest.approx(before.error, abs=1e-8)
    assert after.interval[0] <= after.value <= after.interval[1]


@given(SEEDS, st.floats(-3, 3))
def test_a_trend_that_goes_on_is_no_effect_though_the_plain_difference_calls_it_one(seed: int, slope: float) -> None:
    found = effect_on_trend(course(20, 20, 0, slope, noise=1e-3, seed=seed), flat(40), 20)
    assert found is not None
    assert found.value == pytest.approx(0, abs=0.05)
    assert found.plain == pytest.approx(20 * slope, abs=0.01)


@given(SEEDS)
def test_what_happens_to_both_sites_is_no_effect(seed: int) -> None:
    shared = 10 * np.random.default_rng(seed).normal(size=40)
    treated, control = (np.array(course(20, 20, step, 0, seed=seed + side)) for side, step in ((0, 5), (1, 0)))
    apart, together = (
        effect_against_control((treated + extra).tolist(), (control + extra).tolist(), 20) for extra in (0, shared)
    )
    assert apart is not None
    assert together is not None
    assert together.value == pytest.approx(apart.value)
    assert together.error == pytest.approx(apart.error)


@pytest.mark.parametrize(
    ("before", "after", "step", "verdict"),
    [
        (20, 20, 12, Verdict.REAL),
        (20, 20, 0, Verdict.CHANCE),
        (11, 20, 12, Verdict.INSUFFICIENT),
        (20, 7, 12, Verdict.INSUFFICIENT),
    ],
)
def test_what_is_said_of_an_effect(before: int, after: int, step: float, verdict: Verdict) -> None:
    weeks = course(before, after, step, seed=2)
    for found in (
        effect_on_trend(weeks, flat(before + after), before),
        effect_against_control(weeks, course(before, after, 0, seed=9), before),
    ):
        assert found is not None
        assert found.verdict is verdict


@pytest.mark.parametrize(("weeks", "before"), [(0, 0), (3, 2), (30, 0), (30, 30), (4, 2)])
def test_without_weeks_on_both_sides_there_is_no_trend_to_leave(weeks: int, before: int) -> None:
    assert effect_on_trend(course(weeks, 0, 0), flat(weeks), before) is None


def test_a_control_needs_a_week_on_both_sides() -> None:
    for treated, before in (([], 0), ([1.0, 2, 3], 0), ([1.0, 2, 3], 3), ([1.0, None, 3], 2), ([None] * 9, 4)):
        assert effect_against_control(treated, [0.0] * len(treated), before) is None


def test_a_week_without_answers_leaves_its_place_in_time() -> None:
    weeks, noise = course(20, 15, 6, noise=1e-6), flat(35)
    holes: Weeks = [None if week in (4, 25) else value for week, value in enumerate(weeks)]
    full, found = effect_on_trend(weeks, noise, 20), effect_on_trend(holes, noise, 20)
    assert full is not None
    assert found is not None
    assert found.value == pytest.approx(full.value, abs=1e-4)
    silent = effect_on_trend(weeks, [0.0 if week in (4, 25) else 60.0 for week in range(35)], 20)
    assert silent == found


def test_sites_that_already_drifted_apart_are_not_parallel() -> None:
    control = course(24, 16, 0, slope=0, seed=5)
    drifting = effect_against_control(course(24, 16, 0, slope=1), control, 24)
    steady = effect_against_control(course(24, 16, 0, slope=0), control, 24)
    assert drifting is not None
    assert steady is not None
    assert not drifting.is_parallel
    assert steady.is_parallel


def counts(
    after: float, seed: int = 3, scatter: float = 0.0, periods: int = 60
) -> tuple[list[int], list[float], list[int]]:
    random = np.random.default_rng(seed)
    step = (np.arange(periods) >= periods // 2).astype(int)
    whole = random.uniform(800, 1200, periods)
    rate = 0.2 * np.where(step > 0, after, 1) * np.exp(scatter * random.normal(size=periods))
    return random.poisson(rate * whole).tolist(), whole.tolist(), step.tolist()


def test_fewer_complaints_are_found_and_more_customers_are_not_more_complaints() -> None:
    found = effect_on_counts(*counts(0.7))
    assert found is not None
    assert found.ratio == pytest.approx(0.7, abs=0.03)
    assert found.interval[0] < found.ratio < found.interval[1] < 1
    assert found.dispersion == pytest.approx(1, abs=0.4)
    events, whole, step = counts(0.7)
    doubled = effect_on_counts(events, [2 * value for value in whole], step)
    assert doubled is not None
    assert doubled.ratio == pytest.approx(found.ratio)


def test_counts_that_scatter_more_than_chance_are_less_sure() -> None:
    found = effect_on_counts(*counts(1.0, scatter=0.3))
    assert found is not None
    assert found.dispersion > 2
    assert found.interval[0] < found.plain_interval[0]
    assert found.plain_interval[1] < found.interval[1]


def test_a_trend_in_counts_is_taken_off() -> None:
    time = list(range(60))
    events = [round(1000 * 1.02**month) for month in time]
    step = [int(month >= 30) for month in time]
    plain = effect_on_counts(events, [1.0] * 60, step)
    found = effect_on_counts(events, [1.0] * 60, step, time)
    assert plain is not None
    assert plain.ratio > 1.5
    assert found is not None
    assert found.ratio == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize(
    ("events", "step"),
    [
        ([], []),
        ([3, 4], [0, 1]),
        ([3, 4, 5], [0, 0, 0]),
        ([3, 4, 5], [1, 1, 1]),
        ([0, 0, 4, 5], [0, 0, 1, 1]),
        ([3, 4, 0, 0], [0, 0, 1, 1]),
    ],
)
def test_a_side_without_events_has_no_ratio(events: list[int], step: list[int]) -> None:
    assert effect_on_counts(events, [1.0] * len(events), step) is None
