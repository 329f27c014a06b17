"""Small cells are drawn towards what their row and column would make expect."""

from __future__ import annotations

from itertools import product

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.shrinkage import Method, plug_in_cells, shrunk_cells

VALUES = st.lists(st.tuples(st.floats(-100, 100), st.floats(1, 2000)), min_size=1, max_size=12)


def cells(pairs: list[tuple[float | None, float | None]]) -> pl.DataFrame:
    return pl.DataFrame(pairs, schema={"value": pl.Float64, "variance": pl.Float64}, orient="row")


def table(values: list[list[float | None]], variance: float = 100.0) -> pl.DataFrame:
    places = list(product(range(len(values)), range(len(values[0]))))
    return pl.DataFrame(
        [(row, column, values[row][column], variance) for row, column in places],
        schema={"row": pl.Int64, "column": pl.Int64, "value": pl.Float64, "variance": pl.Float64},
        orient="row",
    )


@given(VALUES)
def test_a_shrunk_cell_lies_among_the_values_and_inside_its_margin(pairs: list[tuple[float, float]]) -> None:
    found = shrunk_cells(cells(list(pairs)))
    values = [value for value, _ in pairs]
    assert found.weight.sum() == pytest.approx(1)
    assert found.spread is not None
    for low, shrunk, high in found.cells.select("shrunk_low", "shrunk", "shrunk_high").iter_rows():
        assert min(values) - 1e-6 <= shrunk <= max(values) + 1e-6
        assert low <= shrunk <= high


@given(VALUES, st.floats(-50, 50))
def test_moving_every_value_moves_every_cell_as_much(pairs: list[tuple[float, float]], step: float) -> None:
    here = shrunk_cells(cells(list(pairs)))
    there = shrunk_cells(cells([(value + step, variance) for value, variance in pairs]))
    assert (there.cells["shrunk"] - step).to_list() == pytest.approx(here.cells["shrunk"].to_list(), abs=1e-6)
    assert there.cells["shrunk_sd"].to_list() == pytest.approx(here.cells["shrunk_sd"].to_list(), abs=1e-6)


@given(VALUES, st.sampled_from(Method))
def test_the_plug_in_never_shrinks_beyond_the_prior_mean(pairs: list[tuple[float, float]], method: Method) -> None:
    found = plug_in_cells(cells(list(pairs)), method)
    assert found.variance is not None
    assert found.variance >= 0
    for value, mean, shrunk in found.cells.select("value", "prior_mean", "shrunk").iter_rows():
        assert min(value, mean) - 1e-6 <= shrunk <= max(value, mean) + 1e-6


def test_paule_and_mandel_make_the_weighted_squares_as_large_as_their_freedom() -> None:
    pairs = [(10.0, 20.0), (40.0, 30.0), (-30.0, 25.0), (55.0, 60.0)]
    found = plug_in_cells(cells(list(pairs)))
    assert found.variance is not None
    assert found.variance > 0
    weight = np.array([1 / (variance + found.variance) for _, variance in pairs])
    value = np.array([value for value, _ in pairs])
    mean = (weight * value).sum() / weight.sum()
    assert (weight * (value - mean) ** 2).sum() == pytest.approx(3)


def test_dersimonian_and_laird_is_their_formula() -> None:
    value, variance = np.array([10.0, 40.0, -30.0, 55.0]), np.array([20.0, 30.0, 25.0, 60.0])
    weight = 1 / variance
    mean = (weight * value).sum() / weight.sum()
    surplus = (weight * (value - mean) ** 2).sum() - 3
    expected = surplus / (weight.sum() - (weight**2).sum() / weight.sum())
    found = plug_in_cells(cells(list(zip(value, variance, strict=True))), Method.DERSIMONIAN_LAIRD)
    assert found.variance == pytest.approx(expected)
    assert (found.cells["sd_with_prior"] > found.cells["sd"]).all()


@pytest.mark.parametrize("shrink", [shrunk_cells, plug_in_cells])
@pytest.mark.parametrize("pairs", [[], [(None, None)], [(None, 4.0), (float("nan"), 4.0), (3.0, None)]])
def test_no_data_is_no_cell(shrink, pairs) -> None:  # type: ignore[no-untyped-def]
    found = shrink(cells(pairs))
    assert found.cells["shrunk"].to_list() == [None] * len(pairs)


def test_cells_without_data_stay_empty_and_change_nothing() -> None:
    pairs = [(10.0, 90.0), (30.0, 50.0), (-5.0, 200.0)]
    alone = shrunk_cells(cells(list(pairs))).cells["shrunk"].to_list()
    found = shrunk_cells(cells([pairs[0], (None, None), *pairs[1:], (1.0, None)])).cells["shrunk"].to_list()
    assert found == [pytest.approx(alone[0]), None, pytest.approx(alone[1]), pytest.approx(alone[2]), None]


def test_one_cell_alone_keeps_its_value() -> None:
    for found in (shrunk_cells(cells([(12.0, 80.0)])).cells, plug_in_cells(cells([(12.0, 80.0)])).cells):
        assert found["shrunk"].to_list() == pytest.approx([12.0])


def test_equal_cells_stay_equal() -> None:
    found = shrunk_cells(cells([(20.0, 50.0)] * 6))
    assert found.cells["shrunk"].to_list() == pytest.approx([20.0] * 6)
    assert found.spread is not None
    assert found.spread < 4


def test_a_variance_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="must be positive"):
        shrunk_cells(cells([(1.0, 0.0)]))


def test_rows_and_columns_that_add_up_are_found_again_even_with_holes() -> None:
    true = [[row * 10.0 + column * 7.0 for column in range(4)] for row in range(4)]
    holes = [
        [None if (row, column) in ((0, 0), (2, 3)) else true[row][column] for column in range(4)] for row in range(4)
    ]
    for found in (shrunk_cells(table(holes)).cells, plug_in_cells(table(holes)).cells):
        for row, column, shrunk in found.select("row", "column", "shrunk").iter_rows():
            if holes[row][column] is None:
                assert shrunk is None
            else:
                assert shrunk == pytest.approx(true[row][column], abs=1e-6)


def test_a_row_or_column_without_any_data_does_no_harm() -> None:
    full = [[5.0, 20.0, 11.0], [9.0, 31.0, 2.0], [14.0, 28.0, 17.0]]
    wider = [[*row, None] for row in full] + [[None] * 4]
    found = shrunk_cells(table(wider)).cells.drop_nulls("shrunk")["shrunk"].to_list()
    assert found == pytest.approx(shrunk_cells(table(full)).cells["shrunk"].to_list())


def test_a_narrow_table_has_one_prior_mean() -> None:
    narrow = table([[5.0, 20.0], [9.0, 31.0], [14.0, 28.0]])
    assert shrunk_cells(narrow).cells["shrunk"].to_list() == pytest.approx(
        shrunk_cells(narrow.drop("row", "column")).cells["shrunk"].to_list()
    )


def test_a_grid_of_one_spread_is_the_plug_in_with_that_spread() -> None:
    found = shrunk_cells(cells([(10.0, 100.0), (30.0, 100.0)]), spreads=[10.0])
    assert found.weight.tolist() == [1.0]
    assert found.cells["shrunk"].to_list() == pytest.approx([15.0, 25.0])
