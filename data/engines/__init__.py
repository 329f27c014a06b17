"""Engines that compute the cubes. All give the same cells; Polars streaming is the default."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from dashboard.tables import PROMISED, RATED, Table
from data.log import CUBES as STORED_CUBES
from data.log import PROMISE_CUBES, Log, Versions
from data.rollup import (
    CUBES,
    MEASURES,
    RATING_CUBES,
    TIME,
    kept,
    roll_up_invitations,
    roll_up_promises,
    roll_up_ratings,
    roll_up_responses,
)

SUMS = (*MEASURES, *RATED)
"""Every column of a stored cell that is a sum."""


class EngineError(RuntimeError):
    """The chosen engine is not installed or could not answer."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Which rows to roll up: the published files of the log, restricted to some months (None: all)."""

    log: Log
    versions: Versions
    months: tuple[str, ...] | None = None


Engine = Callable[[Rows, tuple[str, ...]], pl.DataFrame]


def polars_engine(rows: Rows, dimensions: tuple[str, ...]) -> pl.DataFrame:
    """Return the response cells, computed by Polars in streaming mode: memory stays flat as the log grows."""
    frame = rows.log.scan("responses", rows.versions.responses, rows.months)
    cells: pl.LazyFrame = roll_up_responses(frame, dimensions)
    return cells.collect(engine="streaming")


def engine_named(name: str, spark_master: str = "local[2]") -> Engine:
    """Return the engine of the setting `engine`.

    Raises
    ------
    EngineError
        When its package is not installed.
    """
    try:
        if name == "duckdb":
            from data.engines.duckdb import duckdb_engine

            return duckdb_engine
        if name == "spark":
            from data.engines.spark import spark_engine

            return spark_engine(spark_master)
    except ImportError as error:
        raise EngineError(f"the engine {name} is not installed; pip install -r requirements-engines.txt") from error
    return polars_engine


def compute_cubes(rows: Rows, engine: Engine = polars_engine) -> pl.DataFrame:
    """Return every cube of the given rows, in the stored shape, sorted: the same rows give the same frame."""
    invitations = rows.log.scan("invitations", rows.versions.invitations, rows.months)
    parts: list[pl.DataFrame] = []
    for cube in CUBES:
        parts.append(_stored(cube, engine(rows, kept(cube)), STORED_CUBES, SUMS))
        invited: pl.LazyFrame = roll_up_invitations(invitations, kept(cube))
        parts.append(_stored(cube, invited.collect(), STORED_CUBES, SUMS))
    ratings = rows.log.scan("ratings", rows.versions.ratings, rows.months)
    rated: list[pl.LazyFrame] = [roll_up_ratings(ratings, kept(cube)) for cube in RATING_CUBES]
    cells = zip(RATING_CUBES, pl.collect_all(rated), strict=True)
    parts += [_stored(cube, found, STORED_CUBES, SUMS) for cube, found in cells]
    return _summed(parts, STORED_CUBES, SUMS)


def compute_promise_cubes(rows: Rows) -> pl.DataFrame:
    """Return every cube of the promises in the given months, in the stored shape, sorted."""
    promises = rows.log.scan("promises", rows.versions.promises, rows.months)
    parts: list[pl.DataFrame] = []
    for cube in CUBES:
        cells: pl.LazyFrame = roll_up_promises(promises, kept(cube))
        parts.append(_stored(cube, cells.collect(engine="streaming"), PROMISE_CUBES, PROMISED))
    return _summed(parts, PROMISE_CUBES, PROMISED)


def _summed(parts: list[pl.DataFrame], table: Table, measures: tuple[str, ...]) -> pl.DataFrame:
    keys = ["cube", *TIME, *[name for name in table.columns if name not in ("cube", *TIME, *measures)]]
    return pl.concat(parts).group_by(keys).agg(pl.col(measures).sum()).select(list(table.columns)).sort(keys)


def _stored(cube: str, cells: pl.DataFrame, table: Table, measures: tuple[str, ...]) -> pl.DataFrame:
    """Return cells with every declared column: dimensions not kept are null, measures not summed are zero."""
    columns: list[pl.Expr] = []
    for name, dtype in table.columns.items():
        if name == "cube":
            columns.append(pl.lit(cube).alias(name))
        elif name in cells.columns:
            columns.append(pl.col(name).cast(dtype))
        else:
            columns.append(pl.lit(0 if name in measures else None, dtype=dtype).alias(name))
    return cells.select(columns)
