"""Cells of A against B: what may be said of both, what a search may call real, and what hides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import sqrt
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.changes import adjusted_for_search
from dashboard.journey_cells import Measure, differences, measured_cells
from dashboard.journey_comparison import COMPARED, Comparison, Side, Versus, compared_cells
from dashboard.nps import critical
from dashboard.periods import Period
from tests.dashboard.test_journey_cells import answers

NUMBERS = [name for name in COMPARED if name not in ("moment", "row", "is_hidden")]
SPRING, AUTUMN = Period(date(2026, 3, 2), date(2026, 5, 31)), Period(date(2026, 8, 17), date(2026, 11, 15))
COUNTS = st.tuples(*[st.integers(0, 60)] * 3)


def sides(a: pl.DataFrame, b: pl.DataFrame, hidden: tuple[bool, bool] = (False, False)) -> pl.DataFrame:
    cells = [
        measured_cells(Measure.NPS, one, pl.DataFrame()).with_columns(is_hidden=pl.lit(secret))
        for one, secret in zip((a, b), hidden, strict=True)
    ]
    return compared_cells(Measure.NPS, *cells, a, b)


def comparison(**more: Any) -> Comparison:
    cells = sides(answers(("m", "r", 10, 10, 60)), answers(("m", "r", 60, 10, 10)))
    one = Comparison(Versus.PERIOD, "", Side("", "", AUTUMN), Side("", "", SPRING), (), (("r", "r"),), cells, None)
    return replace(one, **more)


@given(COUNTS, COUNTS)
def test_a_cell_says_both_sides_or_neither(one: tuple[int, int, int], other: tuple[int, int, int]) -> None:
    cells = sides(answers(("m", "r", *one)), answers(("m", "r", *other)))
    if not sum(one):
        return
    cell = cells.row(0, named=True)
    assert (cell["n"], cell["n_other"]) == (sum(one), sum(other))
    if min(sum(one), sum(other)) < 10:
        assert [cell[name] for name in NUMBERS if name not in ("n", "n_other")] == [None] * (len(NUMBERS) - 2)
        return
    assert cell["change"] == pytest.approx(cell["value"] - cell["value_other"])
    assert cell["low"] <= cell["change"] <= cell["high"]
    assert cell["verdict"] == "insufficient" or min(sum(one), sum(other)) >= 30


@pytest.mark.parametrize("hidden", [(True, False), (False, True), (True, True)])
def test_what_either_side_hides_both_hide(hidden: tuple[bool, bool]) -> None:
    cell = sides(answers(("m", "r", 9, 9, 30)), answers(("m", "r", 9, 9, 30)), hidden).row(0, named=True)
    assert cell["is_hidden"]
    assert [cell[name] for name in NUMBERS] == [None] * len(NUMBERS)


def test_a_cell_that_nobody_answered_in_b_says_so() -> None:
    cell = sides(answers(("m", "r", 9, 9, 30)), answers(("m", "s", 9, 9, 30))).row(0, named=True)
    assert (cell["row"], cell["n"], cell["n_other"], cell["value"]) == ("r", 48, 0, None)


def test_answers_only_add_up() -> None:
    one, other = answers(("m", "r", 9, 9, 30)), answers(("m", "r", 9, 9, 3))
    cells = [
        measured_cells(Measure.ANSWERS, side, pl.DataFrame()).with_columns(is_hidden=pl.lit(False))
        for side in (one, other)
    ]
    cell = compared_cells(Measure.ANSWERS, *cells, one, other).row(0, named=True)
    assert (cell["change"], cell["error"], cell["verdict"]) == (27.0, None, None)


def test_a_difference_alone_is_real_and_one_of_many_need_not_be() -> None:
    odd = ("m0", "r", 14, 20, 66), ("m0", "r", 34, 20, 46)
    alone = differences(Measure.NPS, answers(odd[0]), answers(odd[1]))
    assert alone["verdict"].to_list() == ["real"]
    quiet = [(f"m{place}", "r", 25, 25, 50) for place in range(1, 60)]
    many = differences(Measure.NPS, answers(odd[0], *quiet), answers(odd[1], *quiet))
    assert many.filter(pl.col("moment") == "m0")["verdict"].to_list() == ["possible"]
    assert set(many["verdict"]) == {"possible", "noise"}


@given(st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=12))
def test_what_is_called_real_survives_the_search(pairs: list[tuple[tuple[int, ...], tuple[int, ...]]]) -> None:
    one, other = (answers(*[(f"m{place}", "r", *pair[side]) for place, pair in enumerate(pairs)]) for side in (0, 1))
    found = differences(Measure.NPS, one, other)
    heard = found.filter(pl.col("verdict") != "insufficient")
    adjusted = adjusted_for_search(heard["p_value"].to_list())
    told = dict(zip(heard["moment"], adjusted, strict=True))
    for row in heard.iter_rows(named=True):
        assert (row["verdict"] == "real") is (told[row["moment"]] <= 0.005)


def test_the_margin_is_that_of_two_independent_sides() -> None:
    cell = sides(answers(("m", "r", 10, 10, 60)), answers(("m", "r", 30, 30, 40))).row(0, named=True)
    spreads = []
    for low, middle, high in ((10, 10, 60), (30, 30, 40)):
        n = low + middle + high + 3
        plus, minus = (high + 0.75) / n, (low + 0.75) / n
        spreads.append((plus + minus - (plus - minus) ** 2) / n)
    assert cell["error"] == pytest.approx(100 * sqrt(sum(spreads)))
    assert cell["high"] - cell["low"] == pytest.approx(2 * critical(0.95) * cell["error"])


def test_the_cell_that_differs_most_is_the_telling_one() -> None:
    one = answers(("m", "r", 10, 10, 60), ("o", "r", 20, 20, 50), ("p", "r", 3, 3, 5))
    other = answers(("m", "r", 60, 10, 10), ("o", "r", 20, 20, 50), ("p", "r", 11, 0, 0))
    assert comparison(cells=sides(one, other)).telling == ("m", "r")
    assert comparison(cells=sides(answers(("m", "r", 1, 1, 1)), answers(("m", "r", 1, 1, 1)))).telling is None


@pytest.mark.parametrize(
    ("b", "overlaps"), [(SPRING, False), (AUTUMN, True), (Period(date(2026, 5, 31), date(2026, 8, 17)), True)]
)
def test_periods_overlap_from_one_common_day_on(b: Period, overlaps: bool) -> None:
    assert comparison(b=Side("", "", b)).overlaps is overlaps
    assert not comparison(dimension="segment", b=Side("x", "x", AUTUMN)).overlaps
