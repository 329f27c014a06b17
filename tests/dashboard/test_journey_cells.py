"""Cells of the journey: measures, what is hidden and what changed."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.journey_cells import (
    CELLS,
    Measure,
    hidden_cells,
    hurts,
    measured_cells,
    on_ten,
    shown_cells,
    with_changes,
)
from dashboard.suppression import disclosed_cells, with_totals
from dashboard.tables import RATED

COUNTS = st.lists(st.lists(st.integers(0, 12), min_size=4, max_size=4), min_size=3, max_size=3)


def ratings(lived: list[int], expected: list[int] | None = None, scale: str = "1-5", **keys: str) -> dict[str, Any]:
    """Return the sums of some raw ratings."""
    most = int(scale.rpartition("-")[2])
    gaps = [one - other for one, other in zip(lived, expected or [], strict=False)]
    hoped = (len(expected or []), sum(expected or []))
    sums = (len(lived), sum(lived), sum(x * x for x in lived), lived.count(most), *hoped, len(gaps), sum(gaps))
    numbers = dict(zip(RATED, (*sums, sum(x * x for x in gaps), 0, 0), strict=True))
    return {"moment": "m", "row": "r", **keys, "scale": scale, **numbers}


def answers(*rows: tuple[str, str, int, int, int]) -> pl.DataFrame:
    names = ("moment", "row", "detractors", "passives", "promoters")
    frame = pl.DataFrame(rows, schema=dict(zip(names, [pl.String] * 2 + [pl.Int64] * 3, strict=True)), orient="row")
    return frame.with_columns(n=pl.sum_horizontal(names[2:]))


@pytest.mark.parametrize(
    ("scale", "lived", "mean"),
    [("1-5", [1, 5], 5.0), ("0-10", [3, 4], 3.5), ("1-10", [10, 10], 10.0), ("-3-3", [0], 5.0)],
)
def test_every_scale_becomes_nought_to_ten(scale: str, lived: list[int], mean: float) -> None:
    found = on_ten(pl.DataFrame([ratings(lived, scale=scale)]), ["moment"]).row(0, named=True)
    assert found["lived"] / found["rated"] == pytest.approx(mean)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=30), st.lists(st.integers(0, 10), min_size=1, max_size=30))
def test_scales_are_put_together_after_they_are_turned(five: list[int], ten: list[int]) -> None:
    rows = pl.DataFrame([ratings(five), ratings(ten, scale="0-10")])
    found = on_ten(rows, ["moment"]).row(0, named=True)
    every = [2.5 * (value - 1) for value in five] + [float(value) for value in ten]
    assert found["rated"] == len(every)
    assert found["lived"] == pytest.approx(sum(every))
    assert found["lived2"] == pytest.approx(sum(value**2 for value in every))


@pytest.mark.parametrize(
    ("measure", "value"), [(Measure.MEAN, 6.25), (Measure.TOP, 2.5), (Measure.GAP, -1.25), (Measure.NPS, 50.0)]
)
def test_each_measure_says_its_number(measure: Measure, value: float) -> None:
    rated = on_ten(pl.DataFrame([ratings([2, 3, 4, 5], [4, 4, 4, 4])]), ["moment", "row"])
    cells = measured_cells(measure, answers(("m", "r", 1, 0, 3)), rated)
    assert cells["value"].to_list() == [pytest.approx(value)]
    assert cells["low"][0] <= value <= cells["high"][0]


@given(COUNTS)
def test_no_hidden_cell_can_be_worked_out(counts: list[list[int]]) -> None:
    moments, rows = ["a", "b", "c", "d"], ["x", "y", "z"]
    told = [(moment, row, counts[y][x]) for y, row in enumerate(rows) for x, moment in enumerate(moments)]
    cells = pl.DataFrame(told, schema={"moment": pl.String, "row": pl.String, "n": pl.Int64}, orient="row")
    found = hidden_cells(cells.filter(pl.col("n") > 0), moments, rows)
    hidden = {
        (row, moment) for row, moment, is_hidden in found.select("row", "moment", "is_hidden").iter_rows() if is_hidden
    }
    small = {(row, moment) for moment, row, n in told if 0 < n < 5}
    assert small <= hidden
    shown = np.zeros((4, 5), dtype=bool)
    for row, moment in hidden:
        shown[rows.index(row), moments.index(moment)] = True
    for line in range(3):
        shown[line, 4] = (
            all(shown[line, place] or not counts[line][place] for place in range(4)) and shown[line, :4].any()
        )
    for place in range(4):
        inner = [counts[line][place] for line in range(3)]
        shown[3, place] = all(shown[line, place] or not inner[line] for line in range(3)) and shown[:3, place].any()
    shown[3, 4] = bool(hidden) and len(hidden) == sum(n > 0 for line in counts for n in line)
    table = with_totals(counts)
    known = disclosed_cells(shown)
    assert not [place for place in known if 0 < table[place] < 5]


def test_what_is_hidden_has_no_number() -> None:
    cells = measured_cells(Measure.NPS, answers(("m", "r", 1, 0, 1), ("m", "s", 9, 9, 9)), pl.DataFrame())
    told = with_changes(cells, Measure.NPS, pl.DataFrame(answers()), answers())
    shown = shown_cells(told.with_columns(is_hidden=pl.col("n") < 5)).sort("row")
    assert shown.columns == list(CELLS)
    assert shown.row(0, named=True) == {"moment": "m", "row": "r", "is_hidden": True} | dict.fromkeys(
        ("n", "value", "low", "high", "shrunk", "shrunk_sd", "verdict", "change")
    )
    assert shown["n"].to_list() == [None, 27]


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        ((100, 50, 250), (250, 50, 100), "real"),
        ((100, 50, 250), (101, 50, 249), "noise"),
        ((5, 5, 5), (250, 50, 100), None),
    ],
)
def test_a_change_is_told_where_both_sides_have_enough(
    before: tuple[int, int, int], after: tuple[int, int, int], verdict: str | None
) -> None:
    now, then = answers(("m", "r", *after)), answers(("m", "r", *before))
    found = with_changes(now.select("moment", "row"), Measure.NPS, now, then)
    assert found["verdict"].to_list() == [verdict]


@pytest.mark.parametrize(("later", "verdict"), [([1, 2] * 40, "real"), ([4, 5] * 40, "noise"), ([1] * 5, None)])
def test_means_change_too(later: list[int], verdict: str | None) -> None:
    now, then = (on_ten(pl.DataFrame([ratings(one)]), ["moment", "row"]) for one in (later, [4, 5] * 40))
    found = with_changes(now.select("moment", "row"), Measure.MEAN, now, then)
    assert found["verdict"].to_list() == [verdict]


@pytest.mark.parametrize(
    ("shrunk", "n", "whole", "is_pain"),
    [(10.0, 50, 40.0, True), (10.0, 20, 40.0, False), (35.0, 50, 40.0, False), (1.0, 50, None, False)],
)
def test_only_what_is_surely_far_below_hurts(shrunk: float, n: int, whole: float | None, is_pain: bool) -> None:
    assert hurts(Measure.NPS, {"shrunk": shrunk, "shrunk_sd": 5.0, "n": n}, whole) is is_pain
    assert not hurts(Measure.ANSWERS, {"shrunk": shrunk, "shrunk_sd": 0.0, "n": n}, whole)
