"""Does 70 % happen seven times out of ten?"""

from __future__ import annotations

from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.calibration import (
    FEWEST_FORECASTS,
    FORECASTS,
    HORIZONS,
    OFFSETS,
    Badge,
    Outlook,
    backtest,
    brier_score,
    calibration,
    outlooks,
)
from dashboard.forecast import History

W, V, L = Outlook.WINNING, Outlook.LEVEL, Outlook.LOSING


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 1)), max_size=60), st.integers(1, 20))
def test_the_split_adds_up(pairs: list[tuple[float, int]], bins: int) -> None:
    score = brier_score([p for p, _ in pairs], [y for _, y in pairs], bins)
    if not pairs:
        assert score is None
        return
    assert score is not None
    parts = score.reliability - score.resolution + score.uncertainty + score.within_bin
    assert score.brier == pytest.approx(parts)
    assert sum(score.bin_n) == len(pairs)
    assert (score.skill is None) == (len({y for _, y in pairs}) == 1)
    for n, mean, share in zip(score.bin_n, score.mean_probability, score.frequency, strict=True):
        assert (n == 0) == (mean is None) == (share is None)


def rows(origins: int, probability: float, outcomes: tuple[int, ...]) -> pl.DataFrame:
    found = [
        (13 + 4 * origin, 4, 0.0, probability if outcomes[place] else 1 - probability, outcomes[place], 0.0, 0.5)
        for origin in range(origins)
        for place in range(len(outcomes))
    ]
    return pl.DataFrame(found, schema=FORECASTS, orient="row")


@pytest.mark.parametrize(
    ("forecasts", "badge"),
    [
        (rows(0, 0.9, (0, 1)), Badge.UNCHECKED),
        (rows(FEWEST_FORECASTS - 1, 0.95, (0, 1)), Badge.UNCHECKED),
        (rows(FEWEST_FORECASTS, 0.95, (0, 1)), Badge.CALIBRATED),
        (rows(FEWEST_FORECASTS, 0.75, (0, 1)), Badge.FAIR),
        (rows(FEWEST_FORECASTS, 0.2, (0, 1)), Badge.UNRELIABLE),
        (rows(FEWEST_FORECASTS, 0.9, (1, 1)), Badge.UNRELIABLE),
    ],
)
def test_the_table_of_badges(forecasts: pl.DataFrame, badge: Badge) -> None:
    assert calibration(forecasts).badge is badge


def test_overlapping_forecasts_are_counted_once() -> None:
    found = calibration(rows(FEWEST_FORECASTS, 0.95, (0, 1, 1, 0)))
    assert found.separate == FEWEST_FORECASTS
    assert found.forecasts == 4 * FEWEST_FORECASTS


def test_a_short_history_is_not_checked() -> None:
    short = History.of([20] * 13, [5] * 13, [10] * 13)
    assert backtest(short, 13).is_empty()
    assert calibration(backtest(short, 13)).brier is None
    assert backtest(History.of([], [], []), 13).is_empty()
    assert backtest(History.of([0] * 60, [0] * 60, [0] * 60), 13).is_empty()


def test_the_past_is_tried_every_four_weeks_at_three_horizons_and_four_targets() -> None:
    found = backtest(History.of([20] * 40, [5] * 40, [10] * 40), 13)
    assert found.schema == FORECASTS
    assert found["origin"].unique().sort().to_list() == [13, 17, 21, 25, 29, 33]
    assert set(found["horizon"]) == set(HORIZONS)
    assert set(found["offset"]) == set(OFFSETS)
    assert (found["origin"] + found["horizon"]).max() == 38
    assert found["probability"].is_between(0, 1).all()
    assert found["straight_line"].is_between(0, 1).all()


def test_a_backtest_never_looks_ahead() -> None:
    same = [20] * 30
    good = History.of(same + [20] * 8, [5] * 30 + [0] * 8, [10] * 30 + [20] * 8)
    bad = History.of(same + [20] * 8, [5] * 30 + [20] * 8, [10] * 30 + [0] * 8)
    early = pl.col("origin") <= 30
    columns = ("origin", "horizon", "offset", "probability", "today", "straight_line")
    assert backtest(good, 4).filter(early).select(columns).equals(backtest(bad, 4).filter(early).select(columns))


@pytest.mark.parametrize(
    ("probabilities", "expected"),
    [
        ([], []),
        ([None, None, 0.5], [None, None, V]),
        ([0.7, 0.56, 0.55], [W, W, W]),
        ([0.8, 0.5, 0.5], [W, W, V]),
        ([0.8, 0.5, 0.8, 0.5, 0.5], [W, W, W, W, V]),
        ([0.8, 0.2, 0.5, 0.2, 0.2], [W, W, W, W, L]),
        ([0.3, 0.44, 0.46, 0.46], [L, L, L, V]),
        ([0.8, 0.5, None, 0.5], [W, W, W, V]),
        ([0.5, 0.7, 0.7], [V, V, W]),
    ],
)
def test_the_outlook_changes_only_when_wanted_twice_in_a_row(
    probabilities: list[float | None], expected: list[Outlook | None]
) -> None:
    assert outlooks(probabilities) == expected


@given(st.lists(st.none() | st.floats(0, 1), max_size=40))
def test_the_outlook_never_goes_there_and_back_in_two_weeks(probabilities: list[float | None]) -> None:
    found = outlooks(probabilities)
    known = [state for state in found if state is not None]
    for first, second, third in zip(known, known[1:], known[2:], strict=False):
        assert not (first is not second and second is not third)
    for (before, after), p in zip(pairwise(found), probabilities[1:], strict=False):
        if p is None:
            assert before is after
