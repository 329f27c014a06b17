"""Cells of the heat map."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.heatmap import mean_cells, score_cells
from dashboard.nps import Counts, net_promoter_score

COUNTS = st.lists(st.tuples(*[st.integers(0, 40)] * 3), min_size=9, max_size=9)
ANSWERS = st.lists(st.lists(st.integers(0, 10), max_size=15), min_size=9, max_size=9)
SHRUNK = ("shrunk", "shrunk_sd", "shrunk_low", "shrunk_high")
PLACES = {"row": [f"segment {place // 3}" for place in range(9)], "column": [place % 3 for place in range(9)]}


def counted(counts: list[tuple[int, int, int]]) -> pl.DataFrame:
    names = ("detractors", "passives", "promoters")
    table = pl.DataFrame(counts, schema=dict.fromkeys(names, pl.Int64), orient="row")
    return pl.DataFrame(PLACES).head(len(counts)).hstack(table.with_columns(n=pl.sum_horizontal(names)))


def summed(answers: list[list[int]]) -> pl.DataFrame:
    rows = [(len(values), sum(values), sum(value**2 for value in values)) for values in answers]
    table = pl.DataFrame(rows, schema=dict.fromkeys(("n", "total", "square"), pl.Int64), orient="row")
    return pl.DataFrame(PLACES).head(len(answers)).hstack(table)


@given(COUNTS)
def test_a_cell_prints_its_own_score_and_is_coloured_by_the_shrunk_one(counts: list[tuple[int, int, int]]) -> None:
    cells = score_cells(counted(counts))
    for number, row in zip(counts, cells.iter_rows(named=True), strict=True):
        nps = net_promoter_score(Counts(*number))
        assert row["value"] == (None if nps.points is None else pytest.approx(nps.points))
        assert row["low"] == (None if nps.low is None else pytest.approx(nps.low))
        assert all((row[name] is None) == (nps.n == 0) for name in SHRUNK)


@given(ANSWERS)
def test_a_cell_of_means_is_empty_only_without_answers(answers: list[list[int]]) -> None:
    cells = mean_cells(summed(answers))
    for values, row in zip(answers, cells.iter_rows(named=True), strict=True):
        assert row["value"] == (pytest.approx(sum(values) / len(values)) if values else None)
        assert all((row[name] is None) == (not values) for name in SHRUNK)
        assert not values or row["variance"] > 0


def test_a_cell_of_few_answers_moves_further_than_one_of_many() -> None:
    usual = [(10, 20, 30)] * 7
    cells = score_cells(counted([*usual, (2, 0, 0), (200, 0, 0)]))
    few, many = (abs(cells["shrunk"][place] - cells["value"][place]) for place in (7, 8))
    assert few > 10 * many


def test_few_answers_borrow_the_spread_of_their_moment() -> None:
    varied, alike = [0, 10] * 10, [7, 7]
    cells = mean_cells(summed([varied, [6] * 20, [8] * 20, alike, alike, alike]))
    assert cells["variance"][3] > 10 * cells["variance"][4]
    assert cells["variance"][4] == pytest.approx(1 / 24)


def test_no_cells_are_no_cells() -> None:
    assert score_cells(counted([])).is_empty()
    assert mean_cells(summed([])).is_empty()
