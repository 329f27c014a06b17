"""Engines that compute the cubes. All give the same cells; Polars streaming is the default."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from dashboard.tables import RATED
from data.log import CUBES as STORED_CUBES
from data.log import Log, Versions
from data.rollup import (
    CUBES,
    MEASURES,
    RATING_CUBES,
    TIME,
    kept,
    roll_up_invitations,
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
        parts.append(_stored(cube, engine(rows, kept(cube))))
        invited: pl.LazyFrame = roll_up_invitations(invitations, kept(cube))
        parts.append(_stored(cube, invited.collect()))
    ratings = rows.log.scan("ratings", rows.versions.ratings, rows.months)
    rated: list[pl.LazyFrame] = [roll_up_ratings(ratings, kept(cube)) for cube in RATING_CUBES]
    parts += [_stored(cube, cells) for cube, cells in zip(RATING_CUBES, pl.collect_all(rated), strict=True)]
    keys = ["cube", *TIME, *[name for name in STORED_CUBES.columns if name not in ("cube", *TIME, *SUMS)]]
    return pl.concat(parts).group_by(keys).agg(pl.col(SUMS).sum()).select(list(STORED_CUBES.columns)).sort(keys)


def _stored(cube: str, cells: pl.DataFrame) -> pl.DataFrame:
    """Return cells with every declared column: dimensions not kept are null, measures not summed are zero."""
    columns: list[pl.Expr] = []
    for name, dtype in STORED_CUBES.columns.items():
        if name == "cube":
            columns.append(pl.lit(cube).alias(name))
        elif name in cells.columns:
            columns.append(pl.col(name).cast(dtype))
        else:
            columns.append(pl.lit(0 if name in SUMS else None, dtype=dtype).alias(name))
    return cells.select(columns)
