"""How long what was promised takes to come, counting what has not come yet."""

from __future__ import annotations

from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.survival import Ending, Waiting, waiting

ROWS = st.lists(st.tuples(st.integers(0, 40), st.sampled_from([None, "delivered", "cancelled"])), max_size=40)
Rows = list[tuple[int, str | None]]


def waits(rows: Rows) -> Waiting:
    return waiting(pl.DataFrame(rows, schema={"days": pl.Int64, "ending": pl.String}, orient="row"))


@given(ROWS)
def test_open_delivered_and_cancelled_are_everything(rows: Rows) -> None:
    result = waits(rows)
    for share in result.curve.select(pl.sum_horizontal("open", "share_delivered", "share_cancelled")).to_series():
        assert share == pytest.approx(1)
    assert (result.n, result.delivered) == (len(rows), sum(ending == Ending.DELIVERED for _, ending in rows))


@given(ROWS)
def test_what_is_counted_is_what_is_listed(rows: Rows) -> None:
    frame = pl.DataFrame(rows, schema={"days": pl.Int64, "ending": pl.String}, orient="row")
    counted = frame.group_by("days", "ending").agg(times=pl.len().cast(pl.Int64))
    result, told = waiting(counted), waiting(frame)
    assert (result.n, result.delivered, result.cancelled) == (told.n, told.delivered, told.cancelled)
    assert result.curve.equals(told.curve)


@given(ROWS)
def test_the_curve_only_falls_and_lies_inside_its_interval(rows: Rows) -> None:
    curve = waits(rows).curve
    assert all(after <= before + 1e-12 for before, after in pairwise([1.0, *curve["open"]]))
    for low, share, high, error in curve.select("low", "open", "high", "error").iter_rows():
        assert (low is None) == (high is None) == (share in (0, 1))
        assert (error is None) == (share == 0)
        assert low is None or 0 <= low <= share <= high <= 1


@given(ROWS.filter(bool))
def test_without_open_commitments_it_is_the_plain_share(rows: Rows) -> None:
    ended = [(days, "delivered") for days, _ in rows]
    result = waits(ended)
    at = [0, 7, 20, 40, 99]
    plain = [sum(days > limit for days, _ in ended) / len(ended) for limit in at]
    assert result.at(at)["open"].to_list() == pytest.approx(plain)
    longest = max(days for days, _ in ended)
    assert result.mean_until(longest) == pytest.approx(sum(days for days, _ in ended) / len(ended))


@pytest.mark.parametrize(
    ("rows", "median"),
    [
        ([], None),
        ([(3, None)], None),
        ([(3, "delivered")], 3),
        ([(3, "cancelled")], None),
        ([(1, "delivered"), (2, "delivered"), (5, "delivered"), (9, "delivered")], 3.5),
        ([(1, "delivered"), (2, "delivered"), (3, "delivered")], 2),
        ([(2, "delivered"), (9, None)], None),
        ([(2, "cancelled"), (3, "cancelled"), (4, "delivered"), (5, "delivered")], None),
        ([(0, "delivered"), (0, "delivered"), (7, None)], 0),
    ],
)
def test_the_days_within_which_half_is_delivered(rows: Rows, median: float | None) -> None:
    assert waits(rows).median == median


def test_a_cancellation_is_not_a_delivery_to_come() -> None:
    rows = [(1, "cancelled"), (2, "delivered"), (3, "cancelled"), (4, "delivered")]
    assert waits(rows).at([4])["share_delivered"].to_list() == pytest.approx([0.5])
    censored = [(days, None if ending == "cancelled" else ending) for days, ending in rows]
    assert waits(censored).at([4])["share_delivered"].to_list() == pytest.approx([1.0])


def test_days_may_be_asked_in_any_order_before_and_after_the_curve() -> None:
    result = waits([(5, "delivered"), (8, None)])
    asked = result.at([9, 1, 5])
    assert asked["days"].to_list() == [9, 1, 5]
    assert asked["open"].to_list() == [0.5, 1, 0.5]
    assert asked["error"].to_list()[1] == 0
    assert asked["low"].to_list()[1] is None


def test_nothing_promised_has_no_shares() -> None:
    nothing = waits([])
    assert nothing.at([1, 2])["open"].to_list() == [None, None]
    assert nothing.mean_until(10) is None
    assert nothing.curve.is_empty()
