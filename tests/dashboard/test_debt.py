"""The debt of expectations."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.debt import expectation_debt

TODAY = date(2026, 3, 1)
Row = tuple[float | None, int, int, int, bool]


def commitments(*rows: Row) -> pl.DataFrame:
    found = [
        (expected, recipients, TODAY + timedelta(days=made), TODAY + timedelta(days=due), is_open)
        for expected, recipients, made, due, is_open in rows
    ]
    schema = {"expected": pl.Float64, "recipients": pl.Int64, "made": pl.Date, "due": pl.Date, "is_open": pl.Boolean}
    return pl.DataFrame(found, schema=schema, orient="row")


@pytest.mark.parametrize(
    ("made", "due", "is_open", "weight"),
    [
        (0, 10, True, 0),
        (-5, 5, True, 0.5),
        (-10, 0, True, 1),
        (-10, -30, True, 4),
        (-60, -30, True, 4),
        (-60, -15, True, 3),
        (0, 0, True, 0),
        (3, 5, True, 0),
        (-60, -30, False, 0),
    ],
)
def test_a_commitment_weighs_more_the_longer_it_waits(made: int, due: int, is_open: bool, weight: float) -> None:
    found = expectation_debt(commitments((8, 10, made, due, is_open)), TODAY)
    assert found.commitments["weight"].to_list() == pytest.approx([weight])
    assert found.total == pytest.approx(80 * weight)


def test_an_unknown_expectation_is_the_usual_one_and_says_so() -> None:
    found = expectation_debt(commitments((4, 1, -9, -30, True), (8, 1, -9, -30, True), (None, 1, -9, -30, True)), TODAY)
    assert found.commitments["debt"].to_list() == [16, 32, 24]
    assert found.commitments["is_assumed"].to_list() == [False, False, True]


@pytest.mark.parametrize("rows", [(), ((None, 5, -9, -3, True),), ((8, 5, -9, -3, False),), ((8, 0, -9, -3, True),)])
def test_nothing_owed_has_no_overdue_share(rows: tuple[Row, ...]) -> None:
    found = expectation_debt(commitments(*rows), TODAY)
    assert (found.total, found.overdue_share) == (0, None)


ROWS = st.tuples(st.floats(0, 10), st.integers(0, 900), st.integers(-99, 0), st.integers(-60, 60), st.booleans())


@given(st.lists(ROWS, max_size=12))
def test_waiting_a_day_more_never_lowers_the_debt(rows: list[Row]) -> None:
    today, tomorrow = (
        expectation_debt(commitments(*rows), TODAY + timedelta(days=days)).commitments["debt"] for days in (0, 1)
    )
    assert all(after >= before - 1e-9 for before, after in zip(today, tomorrow, strict=True))


@given(st.lists(ROWS, max_size=12))
def test_the_overdue_share_is_a_share(rows: list[Row]) -> None:
    share = expectation_debt(commitments(*rows), TODAY).overdue_share
    assert share is None or 0 <= share <= 1
