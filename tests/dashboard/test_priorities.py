"""Where to act first."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.priorities import Zone, top_chances, with_priorities

NAMES = ("importance", "satisfaction", "share", "performance")
Number = float | None


def moments(*rows: tuple[Number, Number, Number, Number]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict.fromkeys(NAMES, pl.Float64), orient="row")


@pytest.mark.parametrize(
    ("importance", "satisfaction", "opportunity", "zone", "is_overserved"),
    [
        (9, 3, 15, Zone.EXTREME, False),
        (8, 4, 12, Zone.HIGH, False),
        (7, 4, 10, Zone.WORTH_A_LOOK, False),
        (5, 1, 9, None, False),
        (6, 8, 6, None, True),
        (6, 7, 6, None, False),
        (None, 7, None, None, None),
        (7, None, None, None, None),
    ],
)
def test_an_opportunity_is_what_matters_and_goes_badly(
    importance: Number, satisfaction: Number, opportunity: Number, zone: Zone | None, is_overserved: bool | None
) -> None:
    row = with_priorities(moments((importance, satisfaction, 0.5, 5.0))).row(0, named=True)
    assert (row["opportunity"], row["zone"], row["is_overserved"]) == (opportunity, zone, is_overserved)


def test_ties_keep_the_order_of_the_journey_and_the_unknown_has_no_rank() -> None:
    found = with_priorities(moments((5, 5, 0.2, 5), (5, 5, None, 5), (5, 5, 0.4, 5), (5, 5, 0.2, 5)))
    assert found["rank"].to_list() == [2, None, 1, 3]


def test_no_moments_have_no_priorities() -> None:
    assert with_priorities(moments()).is_empty()


@given(st.lists(st.tuples(*[st.floats(0, 10)] * 2, st.floats(0, 1), st.floats(0, 10)), min_size=1, max_size=8))
def test_ranks_follow_the_potential(rows: list[tuple[float, float, float, float]]) -> None:
    found = with_priorities(moments(*rows)).sort("rank")
    assert found["rank"].to_list() == list(range(1, len(rows) + 1))
    assert found["potential"].is_sorted(descending=True)
    assert found["opportunity"].is_between(0, 20).all()


def test_how_often_a_moment_is_among_the_first() -> None:
    potentials = np.array([[5.0, 4, 3, 2], [5, 1, 3, 2]])
    assert top_chances(potentials, 2).tolist() == [1, 0.5, 0.5, 0]
    assert top_chances(np.empty((0, 3))).tolist() == [0, 0, 0]
