"""Who can count on us: nobody is first or last by luck alone, and everything told follows from counts."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.ledger import kept_of
from dashboard.reliance import reliance
from dashboard.thresholds import Display


def counts(*rows: tuple[str, int, int]) -> pl.DataFrame:
    """Return `key`, `promised` and `kept` of accounts."""
    return pl.DataFrame(rows, schema={"key": pl.String, "promised": pl.Int64, "kept": pl.Int64}, orient="row")


def test_one_broken_promise_puts_nobody_before_who_was_failed_again_and_again() -> None:
    found = reliance(counts(("once", 1, 0), ("often", 40, 10), *((f"good {n}", 40, 38) for n in range(6))))
    assert found.first(1)[0].key == "often"
    often, once = found.of("often"), found.of("once")
    assert often is not None and once is not None
    assert often.is_surely_below
    assert not once.is_surely_below
    assert once.score > often.score


@pytest.mark.parametrize(
    ("promised", "shown"),
    [
        (1, Display.HIDDEN),
        (9, Display.HIDDEN),
        (10, Display.INDICATIVE),
        (29, Display.INDICATIVE),
        (30, Display.NORMAL),
    ],
)
def test_a_plain_share_is_shown_by_the_table_of_thresholds(promised: int, shown: Display) -> None:
    (one,) = reliance(counts(("a", promised, 1))).first(2)
    assert one.display is shown


def test_the_score_is_the_sum_that_is_explained() -> None:
    found = reliance(counts(("a", 20, 12), ("b", 4, 4)))
    for one in found.first(found.n):
        assert one.score == pytest.approx((one.kept + found.model.alpha) / (one.promised + found.model.worth))
    assert found.model.is_assumed
    assert found.model.worth == 10
    assert found.model.mean == pytest.approx(17 / 26)


def test_without_anything_due_there_is_nobody() -> None:
    assert reliance(counts()).n == 0
    assert reliance(counts(("a", 0, 0))).n == 0
    assert reliance(counts()).of("a") is None


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(0, 60)), min_size=1, max_size=12))
def test_the_margins_hold_what_they_are_of_and_the_plain_share_is_that_of_the_ledger(
    rows: list[tuple[int, int]],
) -> None:
    told = [(f"{place}", promised, min(kept, promised)) for place, (promised, kept) in enumerate(rows)]
    found = reliance(counts(*told))
    assert len(found.first(found.n)) == len(rows)
    assert [one.high for one in found.first(found.n)] == sorted(one.high for one in found.first(found.n))
    for one in found.first(found.n):
        assert 0 <= one.low <= one.high <= 1
        assert min(one.share, found.model.mean) - 1e-9 <= one.score <= max(one.share, found.model.mean) + 1e-9
        kept = kept_of(one.promised, one.kept, 0)
        assert (one.share, one.share_low, one.share_high) == pytest.approx((kept.share, kept.low, kept.high))
