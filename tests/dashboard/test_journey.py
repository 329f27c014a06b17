"""The journey as a whole: order of rows, what parts and weighs, and who is named first."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from dashboard.importance import Weighing, importance
from dashboard.journey import Lack, Order, furthest_share, moments_of, ordered_rows, parting
from dashboard.journey_cells import CELLS
from dashboard.tables import RATED

ROWS = (("a", "A"), ("b", "B"), ("c", "C"))


def cells(**values: tuple[float | None, int]) -> pl.DataFrame:
    """Return one cell per row: its shrunk value and answers."""
    told = [
        dict.fromkeys(CELLS)
        | {"moment": "m", "row": row, "shrunk": value, "value": value, "n": n, "is_hidden": value is None}
        for row, (value, n) in values.items()
    ]
    return pl.DataFrame(told, schema=CELLS)


@pytest.mark.parametrize(
    ("order", "keys"),
    [(Order.NAMED, "abc"), (Order.WORST, "bac"), (Order.BEST, "abc"), (Order.MOST, "bac")],
)
def test_rows_without_a_number_come_last(order: Order, keys: str) -> None:
    found = ordered_rows(ROWS, cells(a=(20.0, 10), b=(-5.0, 90), c=(None, 0)), order)
    assert "".join(key for key, _ in found) == keys


def answers(n: int = 600, seed: int = 5) -> pl.DataFrame:
    """Return answers in which one moment moves the recommendation and another does not."""
    draw = np.random.default_rng(seed)
    heavy, light = draw.normal(6, 2, n), draw.normal(6, 2, n)
    score = np.clip(np.round(2 + heavy + draw.normal(0, 1, n)), 0, 10)
    clusters = [f"c{place}" for place in range(n)]
    return pl.DataFrame({"cluster": clusters, "recommend": score, "heavy": heavy, "light": light})


def test_what_parts_nine_from_seven_is_what_moves_the_score() -> None:
    found = parting(answers(), ["heavy", "light"])
    assert found["heavy"] > 1
    assert abs(found["light"]) < 0.5
    assert parting(answers(40), ["heavy"]) == {}, "too few on either side"


def test_both_ways_of_weighing_agree() -> None:
    weighed = importance(answers(), ["heavy", "light"])
    assert weighed.state is Weighing.WEIGHED
    found = furthest_share(answers(), weighed)
    assert found is not None
    assert found < 0.02
    assert furthest_share(answers(50), importance(answers(50), ["heavy", "light"])) is None


def sums(moment: str, lived: float, expected: float, n: int = 100) -> dict[str, object]:
    """Return the sums of ratings on 0–10 that are all alike."""
    return {"moment": moment} | dict(
        zip(RATED, (n, n * lived, n * lived**2, 0, n, n * expected, n, 0, 0, n, n * 8.0), strict=True)
    )


def told_moments(shown: pl.DataFrame, owners: dict[str, str]) -> list[tuple[str, bool, tuple[Lack, ...]]]:
    """Return key, whether it is one of the first, and what it lacks."""
    ratings = pl.DataFrame([sums("heavy", 4.0, 8.0), sums("light", 8.0, 7.0)])
    known = moments_of(
        [("heavy", "Heavy"), ("light", "Light"), ("empty", "Empty")],
        {},
        ratings,
        importance(answers(), ["heavy", "light"]),
        shown,
        {},
        owners,
        frozenset({"heavy"}),
        frozenset(),
        frozenset({"light"}),
        1,
    )
    assert [round(one.gap, 1) if one.gap is not None else None for one in known] == [-4.0, 1.0, None]
    return [(one.key, one.is_measured, one.lacks) for one in known]


def test_each_moment_says_what_it_lacks() -> None:
    nothing = pl.DataFrame(schema=CELLS)
    assert told_moments(nothing, {"light": "Ana"}) == [
        ("heavy", True, (Lack.OWNER, Lack.COMMITMENT, Lack.IMPROVEMENT)),
        ("light", True, (Lack.INDICATOR, Lack.COMMITMENT)),
        ("empty", False, tuple(Lack)),
    ]
