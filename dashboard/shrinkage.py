"""Cells of a heat map, the small ones drawn towards what their row and column would make expect.

Each cell is seen with a known sampling variance around a true value that itself varies around a prior mean. The
default mixes over how much true values vary instead of choosing it: RMSE at or below the plug-in's and honest margins.
Colours use these values; marks use the raw ones. Sources: Gelman 2006; Morris 1983; Paule & Mandel 1982; DerSimonian &
Laird 1986; Efron & Morris 1975.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import polars as pl
from scipy.linalg import orth
from scipy.optimize import brentq

from dashboard.nps import critical

SPREADS = (0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0, 12.0, 15.0, 18.0, 22.0, 27.0, 33.0, 40.0)
"""Standard deviations of true cells around their prior mean, in points; a tenth of them on 0–10 scales."""

SPREAD_SCALE = 20.0
"""Scale of the half-Cauchy prior of the spread, in points."""

SHRUNK = ("shrunk", "shrunk_sd", "shrunk_low", "shrunk_high")
FEWEST_LINES = 3
"""With fewer rows or columns the prior mean is one for all cells."""


class Method(StrEnum):
    """How the plug-in finds the variance of true cells."""

    PAULE_MANDEL = "PM"
    DERSIMONIAN_LAIRD = "DL"


@dataclass(frozen=True, slots=True)
class ShrunkCells:
    """Cells after shrinkage.

    Attributes
    ----------
    cells : DataFrame
        The cells with `shrunk`, `shrunk_sd`, `shrunk_low`, `shrunk_high` (Float64, units of `value`) added; null where
        there is no data.
    weight : ndarray
        Posterior weight of each spread of the grid, summing to 1; empty without data.
    spread : float or None
        Posterior mean of the spread.
    """

    cells: pl.DataFrame
    weight: np.ndarray
    spread: float | None


def shrunk_cells(
    cells: pl.DataFrame,
    spreads: Sequence[float] = SPREADS,
    scale: float = SPREAD_SCALE,
    confidence: float = 0.9,
) -> ShrunkCells:
    """Return cells shrunk towards row and column effects, mixed over a grid of spreads.

    Parameters
    ----------
    cells : DataFrame
        `value` and its sampling `variance` (Float64, null = no data, variance > 0); with `row` and `column` (any dtype)
        the prior mean is additive in them, else one for all.
    spreads, scale : floats ≥ 0, ascending, and > 0
        In units of `value`.

    Returns
    -------
    ShrunkCells
        One cell alone keeps its value. Cells without data are never filled in.

    Raises
    ------
    ValueError
        For a variance that is not positive.
    """
    known, value, variance = _known(cells)
    if not value.size:
        columns = {name: pl.lit(None, pl.Float64) for name in SHRUNK}
        return ShrunkCells(cells.with_columns(**columns), np.empty(0), None)
    design = _design(cells.filter(known), is_additive=_has_lines(cells.filter(known)))
    grid = np.asarray(spreads, dtype=float)
    steps = [_at_spread(value, variance, design, spread) for spread in grid]
    logarithm = np.array([step.log_likelihood for step in steps]) - np.log1p((grid / scale) ** 2)
    weight = np.exp(logarithm - logarithm.max()) * _widths(grid)
    weight /= weight.sum()
    means = np.array([step.mean for step in steps])
    mean = weight @ means
    sd = np.sqrt(weight @ (np.array([step.variance for step in steps]) + (means - mean) ** 2))
    half = critical(confidence) * sd
    found = dict(zip(SHRUNK, (mean, sd, mean - half, mean + half), strict=True))
    return ShrunkCells(_with(cells, known, found), weight, float(weight @ grid))


@dataclass(frozen=True, slots=True)
class _Step:
    """Cells at one spread: posterior mean and variance, and how well the spread explains them."""

    mean: np.ndarray
    variance: np.ndarray
    log_likelihood: float


def _at_spread(value: np.ndarray, variance: np.ndarray, design: np.ndarray, spread: float) -> _Step:
    fit = _fit(value, variance + spread**2, design)
    pull = variance / (variance + spread**2)
    logarithm = (
        0.5 * np.log(fit.weight).sum()
        - 0.5 * np.linalg.slogdet(design.T * fit.weight @ design)[1]
        - 0.5 * (fit.weight * (value - fit.mean) ** 2).sum()
    )
    return _Step(
        pull * fit.mean + (1 - pull) * value,
        spread**2 * pull + pull**2 * fit.variance,
        float(logarithm),
    )


def _widths(grid: np.ndarray) -> np.ndarray:
    """Return how much of the line each point of the grid stands for."""
    return np.gradient(grid) if grid.size > 1 else np.ones(grid.size)


@dataclass(frozen=True, slots=True)
class PlugIn:
    """Cells shrunk with one estimated spread, which their margins take for known: a cross-check, not for the screen.

    Attributes
    ----------
    cells : DataFrame
        The cells with `prior_mean`, `prior_error`, `pull` (0..1, 1 = all the way), `shrunk`, `sd` (the prior mean taken
        for known) and `sd_with_prior` added; null where there is no data.
    variance : float or None
        Variance of true cells.
    """

    cells: pl.DataFrame
    variance: float | None


def plug_in_cells(cells: pl.DataFrame, method: Method = Method.PAULE_MANDEL) -> PlugIn:
    """Return cells (shaped as in `shrunk_cells`) shrunk with an estimated variance of true cells.

    With `row` and `column` the prior mean is additive however few they are. No data give None.

    Raises
    ------
    ValueError
        For a variance that is not positive.
    """
    known, value, variance = _known(cells)
    names = ("prior_mean", "prior_error", "pull", "shrunk", "sd", "sd_with_prior")
    if not value.size:
        return PlugIn(cells.with_columns(**{name: pl.lit(None, pl.Float64) for name in names}), None)
    design = _design(cells.filter(known), is_additive="row" in cells.columns)
    solve = _paule_mandel if method is Method.PAULE_MANDEL else _dersimonian_laird
    between = solve(value, variance, design)
    fit = _fit(value, variance + between, design)
    pull = variance / (variance + between)
    inner = between * pull
    results = (
        fit.mean,
        np.sqrt(fit.variance),
        pull,
        pull * fit.mean + (1 - pull) * value,
        np.sqrt(inner),
        np.sqrt(inner + pull**2 * fit.variance),
    )
    return PlugIn(_with(cells, known, dict(zip(names, results, strict=True))), between)


def _paule_mandel(value: np.ndarray, variance: np.ndarray, design: np.ndarray) -> float:
    """Return the variance at which the weighted squares are as large as their degrees of freedom."""
    freedom = int(value.size - design.shape[1])

    def surplus(between: float) -> float:
        return _squares(value, variance + between, design) - freedom

    if freedom <= 0 or surplus(0.0) <= 0:
        return 0.0
    high = float(variance.max())
    while surplus(high) > 0:
        high *= 2
    return float(brentq(surplus, 0.0, high, xtol=1e-10))


def _dersimonian_laird(value: np.ndarray, variance: np.ndarray, design: np.ndarray) -> float:
    freedom = int(value.size - design.shape[1])
    if freedom <= 0:
        return 0.0
    weight = 1 / variance
    inverse = np.linalg.inv(design.T * weight @ design)
    trace = weight.sum() - np.trace(inverse @ (design.T * weight**2 @ design))
    return max(0.0, (_squares(value, variance, design) - freedom) / float(trace))


def _squares(value: np.ndarray, variance: np.ndarray, design: np.ndarray) -> float:
    fit = _fit(value, variance, design)
    return float((fit.weight * (value - fit.mean) ** 2).sum())


@dataclass(frozen=True, slots=True)
class _Fit:
    """A weighted least-squares fit: weights, fitted means and their variances."""

    weight: np.ndarray
    mean: np.ndarray
    variance: np.ndarray


def _fit(value: np.ndarray, variance: np.ndarray, design: np.ndarray) -> _Fit:
    weight = 1 / variance
    inverse = np.linalg.inv(design.T * weight @ design)
    mean = design @ (inverse @ (design.T @ (weight * value)))
    return _Fit(weight, mean, np.einsum("ij,jk,ik->i", design, inverse, design))


def _known(cells: pl.DataFrame) -> tuple[pl.Series, np.ndarray, np.ndarray]:
    """Return which cells have data, and their values and variances."""
    known = cells.select(
        pl.all_horizontal(pl.col("value", "variance").cast(pl.Float64).is_finite().fill_null(False))
    ).to_series()
    value, variance = (cells.filter(known)[name].cast(pl.Float64).to_numpy() for name in ("value", "variance"))
    if (variance <= 0).any():
        raise ValueError("the sampling variance of a cell must be positive")
    return known, value, variance


def _has_lines(cells: pl.DataFrame) -> bool:
    return "row" in cells.columns and min(cells["row"].n_unique(), cells["column"].n_unique()) >= FEWEST_LINES


def _design(cells: pl.DataFrame, is_additive: bool) -> np.ndarray:
    """Return an orthonormal basis of the prior means: of any coding, rows and columns without data do no harm."""
    ones = np.ones((cells.height, 1))
    if not is_additive:
        return ones
    lines = [cells[name].to_dummies().to_numpy() for name in ("row", "column")]
    return np.asarray(orth(np.hstack([ones, *lines])))


def _with(cells: pl.DataFrame, known: pl.Series, found: dict[str, np.ndarray]) -> pl.DataFrame:
    """Return the cells with columns added that have values where there is data, null elsewhere."""
    place = pl.Series(np.cumsum(known.to_numpy()) - 1).cast(pl.Int64)
    columns = [
        pl.Series(name, values).gather(place.clip(0)).zip_with(known, pl.Series([None], dtype=pl.Float64))
        for name, values in found.items()
    ]
    return cells.with_columns(columns)
