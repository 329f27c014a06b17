"""Satisfaction: lived − expected."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.satisfaction import ASSUMED_LOSS_RATIO, asymmetry, balance, satisfaction
from dashboard.thresholds import Display

SCHEMA = {"cluster": pl.String, "expected": pl.Float64, "lived": pl.Float64, "satisfaction": pl.Float64}
Rating = tuple[str, float | None, float | None, float | None]


def ratings(rows: list[Rating]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), *[st.none() | st.integers(0, 10)] * 2), max_size=40))
def test_only_who_said_both_has_a_satisfaction(rows: list[tuple[str, int | None, int | None]]) -> None:
    found = satisfaction(ratings([(*row, None) for row in rows]))  # type: ignore[misc]
    both = [(lived - expected) for _, expected, lived in rows if expected is not None and lived is not None]
    assert found.n == len(both)
    if not both:
        assert (found.mean, found.low, found.share_short) == (None, None, None)
        return
    assert found.mean == pytest.approx(np.mean(both))
    assert found.share_short == pytest.approx(np.mean([gap < 0 for gap in both]))
    assert found.low is None or found.high is None or found.low <= found.mean <= found.high


@pytest.mark.parametrize(
    ("rows", "display", "has_interval"),
    [
        ([], Display.HIDDEN, False),
        ([(str(place), 5, place % 3, None) for place in range(9)], Display.HIDDEN, True),
        ([(str(place), 5, place % 3, None) for place in range(10)], Display.INDICATIVE, True),
        ([(str(place % 4), 5, place % 3, None) for place in range(40)], Display.NORMAL, False),
    ],
)
def test_few_answers_are_hidden_and_few_accounts_have_no_interval(
    rows: list[Rating], display: Display, has_interval: bool
) -> None:
    found = satisfaction(ratings(rows))
    assert found.display is display
    assert (found.low is not None) is has_interval


def test_answers_of_one_account_are_not_many() -> None:
    apart = [(str(place), 5.0, 5.0 + place % 5, None) for place in range(40)]
    together = [(str(place % 5), 5.0, 5.0 + place % 5, None) for place in range(40)]
    one, other = satisfaction(ratings(list(apart))), satisfaction(ratings(list(together)))
    assert one.mean == other.mean
    assert one.low is not None
    assert other.low is not None
    assert other.low < one.low


def told(n: int, above: float, short: float, seed: int = 1, noise: float = 0.3) -> pl.DataFrame:
    random = np.random.default_rng(seed)
    expected, lived = random.integers(3, 9, n), random.integers(0, 11, n)
    gap = lived - expected
    level = 6 + above * np.maximum(gap, 0) - short * np.maximum(-gap, 0) + noise * random.normal(size=n)
    return ratings([("a", float(e), float(x), float(y)) for e, x, y in zip(expected, lived, level, strict=True)])


def test_a_point_short_that_costs_twice_is_found_to() -> None:
    found = asymmetry(told(2000, 0.3, 0.6))
    assert found is not None
    assert found.above == pytest.approx(0.3, abs=0.02)
    assert found.short == pytest.approx(-0.6, abs=0.02)
    assert found.low is not None
    assert found.ratio is not None
    assert found.high is not None
    assert found.low < 2 < found.high
    assert found.used == found.ratio
    assert found.symmetry_t is not None
    assert found.symmetry_t > 2


@pytest.mark.parametrize(
    ("rows", "has_ratio"), [(told(400, 0.0, 0.6), False), (told(400, -0.3, 0.6), False), (told(99, 0.3, 0.6), True)]
)
def test_what_is_not_known_well_is_assumed(rows: pl.DataFrame, has_ratio: bool) -> None:
    found = asymmetry(rows)
    assert found is not None
    assert (found.ratio is not None) is has_ratio
    assert (found.low is None) is (found.ratio is None)
    assert not found.is_known
    assert found.used == ASSUMED_LOSS_RATIO


def test_without_surprises_of_both_kinds_there_is_nothing_to_tell() -> None:
    assert asymmetry(ratings([])) is None
    assert asymmetry(told(3, 0.3, 0.6)) is None
    assert asymmetry(told(200, 0.3, 0.6).filter(pl.col("lived") >= pl.col("expected"))) is None
    exact = asymmetry(told(200, 0.0, 0.0, noise=0.0))
    assert exact is not None
    assert exact.ratio is None


@pytest.mark.parametrize(("lived", "expected", "is_more"), [(0.8, -0.8, False), (0.8, -0.2, True)])
def test_what_was_lived_may_weigh_more_than_what_was_expected(lived: float, expected: float, is_more: bool) -> None:
    rows = told(500, 0, 0).with_columns(
        satisfaction=5 + lived * pl.col("lived") + expected * pl.col("expected") + pl.col("satisfaction")
    )
    found = balance(rows)
    assert found is not None
    assert found.lived == pytest.approx(lived, abs=0.05)
    assert found.expected == pytest.approx(expected, abs=0.05)
    assert (found.t > 2) is is_more


def test_the_same_said_of_both_cannot_be_told_apart() -> None:
    assert balance(ratings([])) is None
    assert balance(ratings([("a", 5, 5, 7), ("b", 6, 6, 8), ("c", 7, 7, 7), ("d", 8, 8, 6)])) is None
