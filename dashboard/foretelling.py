"""Does knowing the indicator make the forecast better? Tried on the past, one week after the other.

Sources: Clark & West 2007; Hyndman & Koehler 2006; Koenker & Bassett 1978.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from dashboard.lags import Series


@dataclass(frozen=True, slots=True)
class ForecastTest:
    """Forecasts of a result some weeks ahead, with and without an indicator.

    Attributes
    ----------
    forecasts : int
    error_without, error_with : float
        Mean absolute error, in points of the result.
    scaled_without, scaled_with : float or None
        The same per mean weekly change of the first weeks (MASE); None where nothing changed.
    skill : float
        Share of the error that the indicator takes away; negative when it adds.
    statistic, chance : float
        Clark & West's t and its one-sided probability.
    """

    forecasts: int
    error_without: float
    error_with: float
    scaled_without: float | None
    scaled_with: float | None
    skill: float
    statistic: float
    chance: float


def first_forecast(weeks: int) -> int:
    """Return how many weeks are learned from before the first forecast."""
    return max(20, weeks // 2)


def forecast_test(lead: ArrayLike, result: ArrayLike, lag: int, first: int) -> ForecastTest | None:
    """Return how forecasts `lag` weeks ahead fare with and without the indicator.

    Each is learned from the weeks before it alone: the result on itself `lag` weeks before, and beside it the
    indicator.

    Parameters
    ----------
    lead, result : sequences of float
        The same weeks, without gaps.
    lag : int
    first : int
        Weeks known at the first forecast.

    Returns
    -------
    ForecastTest or None
        None when no week is left to foretell.
    """
    x, y = np.asarray(lead, dtype=float), np.asarray(result, dtype=float)
    rows: list[tuple[float, float, float]] = []
    for known in range(first, y.size - lag + 1):
        learned = known - lag
        target = y[lag:known]
        without = _foretold(target, [y[:learned]], [y[known - 1]])
        beside = _foretold(target, [y[:learned], x[:learned]], [y[known - 1], x[known - 1]])
        rows.append((y[known - 1 + lag], without, beside))
    if not rows:
        return None
    truth, base, augmented = np.array(rows).T
    error0, error1 = np.abs(truth - base), np.abs(truth - augmented)
    scale = float(np.abs(np.diff(y[:first])).mean())
    gain = (truth - base) ** 2 - ((truth - augmented) ** 2 - (base - augmented) ** 2)
    error = _newey_west(gain, lag - 1)
    statistic = float(gain.mean()) / error if error > 0 else 0.0
    mean0, mean1 = float(error0.mean()), float(error1.mean())
    return ForecastTest(
        len(rows),
        mean0,
        mean1,
        mean0 / scale if scale else None,
        mean1 / scale if scale else None,
        1 - mean1 / mean0 if mean0 else 0.0,
        statistic,
        float(ndtr(-statistic)),
    )


def _foretold(target: Series, columns: Sequence[Series], now: Sequence[float]) -> float:
    """Return the least-squares forecast; columns are centred, so that a constant added to any changes nothing."""
    means = [float(column.mean()) for column in columns]
    design = np.column_stack([column - mean for column, mean in zip(columns, means, strict=True)])
    slopes = np.linalg.lstsq(design, target - target.mean(), rcond=None)[0]
    return float(target.mean() + (np.asarray(now) - means) @ slopes)


def _newey_west(values: Series, lags: int) -> float:
    """Return the standard error of a mean whose values remember `lags` weeks (Bartlett weights)."""
    centred = values - values.mean()
    variance = float(centred @ centred)
    for lag in range(1, lags + 1):
        variance += 2 * (1 - lag / (lags + 1)) * float(centred[lag:] @ centred[:-lag])
    return sqrt(max(variance, 0.0)) / values.size


@dataclass(frozen=True, slots=True)
class Pinball:
    """The loss of forecasts given as quantiles, and how often the outer two held the truth."""

    by_quantile: tuple[float, ...]
    mean: float
    coverage: float


def pinball(truth: ArrayLike, quantiles: Sequence[float], forecasts: ArrayLike) -> Pinball:
    """Return the pinball loss of forecasts (one row per week, one column per quantile)."""
    levels, told = np.asarray(quantiles, dtype=float), np.asarray(forecasts, dtype=float)
    values = np.asarray(truth, dtype=float)
    missed = values[:, None] - told
    losses = np.maximum(levels * missed, (levels - 1) * missed).mean(axis=0)
    inside = (values >= told[:, 0]) & (values <= told[:, -1])
    return Pinball(tuple(float(loss) for loss in losses), float(losses.mean()), float(inside.mean()))
