"""Marks on the cells of a heat map: which lie above or below the rest of their row.

Welch's z on raw sums, with false-discovery control over all cells that enter (Benjamini & Hochberg 1995).
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import polars as pl
from scipy.special import ndtr

from dashboard.changes import adjusted_for_search
from dashboard.thresholds import INDICATIVE_FROM

ROUNDING = 1e-12
"""A share of the sum of squares that is only rounding."""


class Mark(StrEnum):
    """Where a cell lies, when that is not chance."""

    ABOVE = "above"
    BELOW = "below"


def with_marks(cells: pl.DataFrame, level: float = 0.05) -> pl.DataFrame:
    """Return the cells of a heat map with marks against the rest of their row.

    Parameters
    ----------
    cells : DataFrame
        `row` (any dtype), `n` (integer), and over the cell's answers `total` Σx and `square` Σx² (numbers ≥ 0, in units
        of the scale).
    level : float
        Share of wrong marks to live with.

    Returns
    -------
    DataFrame
        With `z`, `p`, `p_adjusted` (Float64) and `mark` (String) added; null below ten answers, where the rest of the
        row has fewer than two, and where nothing varies.
    """
    n, total, square = (pl.col(name).cast(pl.Float64) for name in ("n", "total", "square"))
    rest_n, rest_total, rest_square = (part.sum().over("row") - part for part in (n, total, square))
    error2 = _mean_variance(n, total, square) + _mean_variance(rest_n, rest_total, rest_square)
    enters = (n >= INDICATIVE_FROM) & (rest_n >= 2) & (error2 > 0)
    tested = cells.with_columns(z=pl.when(enters).then((total / n - rest_total / rest_n) / error2.sqrt()))
    p = 2 * ndtr(-np.abs(tested["z"].to_numpy()))
    adjusted = np.full(p.size, np.nan)
    adjusted[~np.isnan(p)] = adjusted_for_search(p[~np.isnan(p)].tolist())
    tested = tested.with_columns(pl.Series("p", p).fill_nan(None), pl.Series("p_adjusted", adjusted).fill_nan(None))
    is_marked = pl.col("p_adjusted") <= level
    return tested.with_columns(
        mark=pl.when(is_marked & (pl.col("z") > 0))
        .then(pl.lit(Mark.ABOVE.value))
        .when(is_marked & (pl.col("z") < 0))
        .then(pl.lit(Mark.BELOW.value))
    )


def _mean_variance(n: pl.Expr, total: pl.Expr, square: pl.Expr) -> pl.Expr:
    """Return the variance of a mean from sums; null below two answers, zero where only rounding is left."""
    spread = square - total**2 / n
    return pl.when(n >= 2).then(pl.when(spread > ROUNDING * square).then(spread / (n - 1) / n).otherwise(0.0))
