"""What broken commitments cost."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.breaches import breaches, difference_of_changes
from dashboard.changes import Verdict

SCHEMA = {"account": pl.String, "is_broken": pl.Boolean, "before": pl.Int64, "after": pl.Int64}
Row = tuple[str, bool, int, int]
SIGN = st.integers(-1, 1)


def recipients(rows: list[Row]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def told(accounts: int, each: int, drop: float, seed: int = 2) -> pl.DataFrame:
    random = np.random.default_rng(seed)
    rows: list[Row] = []
    for account in range(accounts):
        is_broken = account % 2 == 0
        for _ in range(each):
            before = int(random.integers(-1, 2))
            falls = is_broken and random.random() < drop
            rows.append((str(account), is_broken, before, max(-1, before - 1) if falls else before))
    return recipients(rows)


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.booleans(), SIGN, SIGN), max_size=50))
def test_it_is_the_difference_of_two_mean_changes(rows: list[Row]) -> None:
    found = breaches(recipients(rows))
    sides = {
        side: [after - before for _, is_broken, before, after in rows if is_broken is side] for side in (True, False)
    }
    if found is None:
        assert not sides[True] or not sides[False] or len({row[0] for row in rows}) < 2 or len(rows) < 3
        return
    assert (found.failed, found.kept) == (len(sides[True]), len(sides[False]))
    assert found.points == pytest.approx(100 * (np.mean(sides[True]) - np.mean(sides[False])), abs=1e-9)
    assert found.interval[0] <= found.points <= found.interval[1]
    assert found.matched <= found.failed


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [
        (told(40, 8, 0.9), Verdict.REAL),
        (told(40, 8, 0.0), Verdict.CHANCE),
        (told(18, 8, 0.9), Verdict.INSUFFICIENT),
        (told(36, 1, 0.9), Verdict.INSUFFICIENT),
    ],
)
def test_what_is_said_of_it(rows: pl.DataFrame, verdict: Verdict) -> None:
    found = breaches(rows)
    assert found is not None
    assert found.verdict is verdict


def test_two_estimates_that_disagree_are_never_called_real() -> None:
    rows: list[Row] = []
    for account in range(30):
        rows += [(f"failed {account}", True, 1, 0)] * 9 + [(f"failed {account}", True, -1, 1)]
        rows += [(f"kept {account}", False, -1, 0)] * 9 + [(f"kept {account}", False, 1, -1)]
    found = breaches(recipients(rows))
    assert found is not None
    assert found.matched_points is not None
    assert found.interval[1] < 0 < found.matched_points
    assert found.verdict is Verdict.POSSIBLE


def test_nobody_alike_before_cannot_be_matched() -> None:
    rows: list[Row] = [(str(place), place % 2 == 0, 1 if place % 2 == 0 else -1, 0) for place in range(60)]
    found = breaches(recipients(rows))
    assert found is not None
    assert (found.matched_points, found.matched, found.verdict) == (None, 0, Verdict.INSUFFICIENT)


@pytest.mark.parametrize("rows", [[], [("a", True, 0, 1)] * 9, [("a", True, 0, 1), ("a", False, 0, 0)] * 9])
def test_one_side_or_one_account_says_nothing(rows: list[Row]) -> None:
    assert breaches(recipients(rows)) is None


def test_means_alone_give_the_difference_and_with_their_errors_its_error() -> None:
    assert difference_of_changes((1.0, 4.0), (2.0, 3.0)) == (2.0, None)
    assert difference_of_changes((1.0, 4.0), (2.0, 3.0), {"a": 3.0, "b": 4.0}) == (2.0, 5.0)
