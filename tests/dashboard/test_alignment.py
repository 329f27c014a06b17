"""Do we know what customers value?"""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau, spearmanr

from dashboard.alignment import Aligned, Alignment, alignment

Number = float | None
VALUES = st.integers(0, 10)


def of(ours: list[Number], theirs: list[Number]) -> Alignment:
    moments = {"moment": [f"moment {place}" for place in range(len(ours))], "ours": ours, "theirs": theirs}
    return alignment(pl.DataFrame(moments, schema={"moment": pl.String, "ours": pl.Float64, "theirs": pl.Float64}))


@pytest.mark.parametrize(
    ("ours", "theirs", "state", "blind_spot"),
    [
        ([], [], Aligned.INSUFFICIENT, None),
        ([5], [5], Aligned.INSUFFICIENT, None),
        ([5, 4, 3, 2], [5, 4, 3, 2], Aligned.INSUFFICIENT, None),
        ([5, 4, 3, 2, 1], [9, 8, 7, 6, 5], Aligned.ALIGNED, None),
        ([5, 4, 3, 2, 1], [8, 9, 5, 6, 7], Aligned.PARTLY, "moment 4"),
        ([5, 4, 3, 2, 1], [1, 2, 3, 4, 5], Aligned.NOT, "moment 4"),
        ([5, 5, 5, 5, 5], [1, 2, 3, 4, 5], Aligned.INSUFFICIENT, "moment 4"),
        ([5, 4, 3, 2, None], [5, 4, 3, 2, 1], Aligned.INSUFFICIENT, None),
        ([2, 1, 5, 4, 3, 9], [1, 2, 3, 4, 5, None], Aligned.PARTLY, "moment 4"),
    ],
)
def test_how_well_we_know_them_and_where_we_are_most_wrong(
    ours: list[Number], theirs: list[Number], state: Aligned, blind_spot: str | None
) -> None:
    found = of(ours, theirs)
    assert (found.state, found.blind_spot) == (state, blind_spot)


def test_the_first_of_equal_blind_spots_is_named() -> None:
    assert of([6, 5, 4, 3, 2, 1], [6, 5, 3, 4, 1, 2]).blind_spot == "moment 3"


@given(st.lists(st.tuples(VALUES, VALUES), min_size=2, max_size=12))
def test_the_correlations_are_those_of_the_library(pairs: list[tuple[int, int]]) -> None:
    ours, theirs = [float(left) for left, _ in pairs], [float(right) for _, right in pairs]
    found = of(list(ours), list(theirs))
    if len(set(ours)) < 2 or len(set(theirs)) < 2:
        assert (found.tau, found.rho) == (None, None)
        return
    assert found.tau == pytest.approx(kendalltau(ours, theirs).statistic, abs=1e-12)
    assert found.rho == pytest.approx(spearmanr(ours, theirs).statistic, abs=1e-12)


def test_a_moment_that_one_side_did_not_rate_is_compared_with_none() -> None:
    found = of([5, 4, None, 3], [5, 4, 9, 3])
    assert found.moments["our_rank"].to_list() == [1, 2, None, 3]
    assert found.moments["their_rank"].to_list() == [1, 2, None, 3]
    assert found.tau == 1
