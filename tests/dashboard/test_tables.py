"""The shape of every frame, checked at the door."""

from __future__ import annotations

import polars as pl
import pytest

from dashboard.filters import DIMENSIONS
from dashboard.tables import CUBE, INVITATIONS, RATINGS, RESPONSES, SCORES, WEEKS, FrameError, Table

EVERY = [RESPONSES, RATINGS, INVITATIONS, CUBE, WEEKS]


@pytest.mark.parametrize("table", EVERY, ids=lambda table: table.name)
def test_the_empty_frame_has_the_declared_shape(table: Table) -> None:
    assert table.require(table.empty()).schema == table.columns


@pytest.mark.parametrize("table", EVERY, ids=lambda table: table.name)
def test_a_missing_column_is_named(table: Table) -> None:
    column = list(table.columns)[-1]
    with pytest.raises(FrameError, match=rf"{table.name}: column '{column}' is missing"):
        table.require(table.empty().drop(column))


def test_another_dtype_is_named_with_what_was_expected() -> None:
    with pytest.raises(FrameError, match=r"weeks\.n: expected Int64, found String"):
        WEEKS.require(WEEKS.empty().cast({"n": pl.String}))


def test_columns_beyond_the_declared_ones_are_dropped_and_order_is_restored() -> None:
    frame = WEEKS.empty().with_columns(extra=pl.lit(1)).select("extra", *reversed(WEEKS.columns))
    assert WEEKS.require(frame).columns == list(WEEKS.columns)


def test_every_frame_with_a_place_has_every_dimension() -> None:
    for table in (RESPONSES, RATINGS, INVITATIONS, CUBE):
        assert set(DIMENSIONS) <= set(table.columns)
    assert len(SCORES) == 11


def test_cubes_hold_integers_only() -> None:
    measures = [dtype for name, dtype in CUBE.columns.items() if name not in (*DIMENSIONS, "day", "week")]
    assert set(map(type, measures)) == {pl.Int64}
