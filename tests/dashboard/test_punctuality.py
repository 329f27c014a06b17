"""Commitments kept on time, of those already due."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from dashboard.punctuality import punctuality, wilson, with_lateness

TODAY = date(2026, 3, 1)
SCHEMA = {"due": pl.Date, "delivered": pl.Date, "cancelled": pl.Date, "cancelled_by": pl.String, "team": pl.String}
Days = int | None


def on(days: Days) -> date | None:
    return None if days is None else TODAY + timedelta(days=days)


def commitments(*rows: tuple[int, Days, Days, str | None]) -> pl.DataFrame:
    found = [(on(due), on(delivered), on(cancelled), who, "A") for due, delivered, cancelled, who in rows]
    return pl.DataFrame(found, schema=SCHEMA, orient="row")


@pytest.mark.parametrize(
    ("row", "counted", "lateness"),
    [
        ((-5, -6, None, None), "kept", -1),
        ((-5, -5, None, None), "kept", 0),
        ((-5, -3, None, None), "late", 2),
        ((-5, None, None, None), "broken", 5),
        ((-5, 3, None, None), "broken", 5),
        ((-5, -6, -7, "us"), "broken", -1),
        ((-5, None, -7, "us"), "broken", 5),
        ((-5, None, 2, "us"), "broken", 5),
        ((0, 0, None, None), "kept", 0),
        ((5, None, None, None), None, 0),
        ((5, -2, None, None), None, -7),
    ],
)
def test_each_commitment_is_one_thing(
    row: tuple[int, Days, Days, str | None], counted: str | None, lateness: int
) -> None:
    found = punctuality(commitments(row), TODAY).row(0, named=True)
    assert [name for name in ("kept", "late", "broken") if found[name]] == ([counted] if counted else [])
    assert (found["total"], found["due"]) == (1, 1 if counted else 0)
    assert with_lateness(commitments(row), TODAY)["lateness"].to_list() == [lateness]


def test_what_the_client_cancelled_leaves_every_number() -> None:
    found = punctuality(commitments((-5, None, -6, "client"), (-5, -5, None, None)), TODAY).row(0, named=True)
    assert (found["total"], found["due"], found["share"]) == (1, 1, 1.0)


def test_days_of_grace_are_on_time_and_wait_to_be_due() -> None:
    late, fresh = (-5, -3, None, None), (-1, None, None, None)
    strict = punctuality(commitments(late, fresh), TODAY).row(0, named=True)
    kind = punctuality(commitments(late, fresh), TODAY, grace_days=2).row(0, named=True)
    assert (strict["kept"], strict["due"]) == (0, 2)
    assert (kind["kept"], kind["due"]) == (1, 1)


def test_nothing_due_has_no_share() -> None:
    for none in (commitments(), commitments((5, None, None, None))):
        found = punctuality(none, TODAY).row(0, named=True)
        assert [found[name] for name in ("share", "low", "high", "share_of_closed")] == [None] * 4


def test_each_team_has_its_row() -> None:
    both = pl.concat(
        [
            commitments((-5, -6, None, None), (-4, None, None, None)),
            commitments((-5, -6, None, None)).with_columns(team=pl.lit("B")),
        ]
    )
    found = punctuality(both, TODAY, by=["team"])
    assert found.select("team", "due", "kept").rows() == [("A", 2, 1), ("B", 1, 1)]


def test_counting_only_what_is_closed_flatters() -> None:
    found = punctuality(commitments(*[(-1, -1, None, None)] * 7, *[(-1, None, None, None)] * 3), TODAY)
    assert found["share"].to_list() == [0.7]
    assert found["share_of_closed"].to_list() == [1.0]


@given(st.integers(0, 400), st.integers(1, 400), st.sampled_from([0.8, 0.9, 0.95]))
def test_the_interval_is_wilsons(part: int, more: int, confidence: float) -> None:
    whole = part + more
    low, high = wilson(pl.lit(part), pl.lit(whole), confidence)
    found = pl.select(low=low, high=high).row(0)
    expected = binomtest(part, whole).proportion_ci(confidence, method="wilson")
    assert found == pytest.approx((expected.low, expected.high), abs=1e-12)
