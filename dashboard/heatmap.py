"""Cells of the heat map: the value that is printed, and the shrunk one that colours it."""

from __future__ import annotations

import polars as pl

from dashboard.nps import sampling_variance, with_scores
from dashboard.shrinkage import SPREAD_SCALE, SPREADS, shrunk_cells
from dashboard.thresholds import INDICATIVE_FROM

POINTS_OF_SCALE = 10.0
"""A point of a 0–10 scale is as wide as ten points of the score."""

ROUNDING_VARIANCE = 1 / 12
"""Of answers in whole points: nobody's answers vary less than that."""


def score_cells(counts: pl.DataFrame) -> pl.DataFrame:
    """Return the cells of a heat map of scores.

    Parameters
    ----------
    counts : DataFrame
        One row per cell: `row`, `column` (any dtype) and the counts `detractors`, `passives`, `promoters`, `n` (Int64).

    Returns
    -------
    DataFrame
        With `value` (points), `low`, `high` (its interval), `variance`, and `shrunk`, `shrunk_sd`, `shrunk_low`,
        `shrunk_high` added; null where n = 0.
    """
    n, detractors, promoters = (pl.col(name).cast(pl.Float64) for name in ("n", "detractors", "promoters"))
    cells = with_scores(counts).rename({"points": "value"})
    variance = pl.when(n > 0).then(sampling_variance(n, detractors, promoters))
    return shrunk_cells(cells.with_columns(variance=variance)).cells


def mean_cells(sums: pl.DataFrame) -> pl.DataFrame:
    """Return the cells of a heat map of means on a 0–10 scale.

    Parameters
    ----------
    sums : DataFrame
        One row per cell: `row`, `column` (any dtype), `n` (integer) and over its answers `total` Σx and `square` Σx².

    Returns
    -------
    DataFrame
        With `value` (0..10), `variance` (of the mean; below ten answers, from the answers of the whole column) and
        `shrunk`, `shrunk_sd`, `shrunk_low`, `shrunk_high` added; null where n = 0.
    """
    n, total, square = (pl.col(name).cast(pl.Float64) for name in ("n", "total", "square"))
    spread = square - pl.when(n > 0).then(total**2 / n).otherwise(0.0)
    own = spread / (n - 1)
    pooled = spread.sum().over("column") / (n - 1).clip(lower_bound=0).sum().over("column")
    answer = pl.when(n >= INDICATIVE_FROM).then(own).otherwise(pooled.fill_nan(None).fill_null(0.0))
    cells = sums.with_columns(
        value=pl.when(n > 0).then(total / n),
        variance=pl.when(n > 0).then(answer.clip(lower_bound=ROUNDING_VARIANCE) / n),
    )
    return shrunk_cells(cells, [spread / POINTS_OF_SCALE for spread in SPREADS], SPREAD_SCALE / POINTS_OF_SCALE).cells
