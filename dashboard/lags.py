"""Does what a team does come before the score? The lag profile of two weekly series.

Both are detrended (two programmes that both go up are not evidence), prewhitened with the memory of the first, and
compared at every lag; the largest correlation is judged against what shuffled weeks give, so that searching several
lags costs its price. Sources: Box & Jenkins 1976 ch. 11; Thurman & Fisher 1988; Pyper & Peterman 1998.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import atanh, log, sqrt, tanh

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import fdtrc, ndtri, stdtr, stdtrit

from dashboard.nps import Interval

Series = NDArray[np.float64]

MOST_WEEKS_AHEAD = 8
LONGEST_MEMORY = 3
SHUFFLES = 999


def weeks_ahead(weeks: int) -> int:
    """Return how many lags a history of so many weeks may be asked about: a fifth of it, eight at most."""
    return min(MOST_WEEKS_AHEAD, weeks // 5)


def detrended(values: ArrayLike) -> Series:
    """Return what is left of a series when its straight line is taken away."""
    series = np.asarray(values, dtype=float)
    time = np.arange(series.size, dtype=float)
    time -= time.mean()
    centred = series - series.mean()
    return np.asarray(centred - time * (time @ centred) / (time @ time))


@dataclass(frozen=True, slots=True)
class Prewhitened:
    """Two series without their lines and without the memory of the first, three weeks shorter.

    Attributes
    ----------
    memory : tuple of float
        Coefficients of the autoregression of the first series, 0 to 3 of them.
    lead, result : ndarray of float
    """

    memory: tuple[float, ...]
    lead: Series
    result: Series


def prewhitened(lead: ArrayLike, result: ArrayLike) -> Prewhitened:
    """Return both series filtered by the autoregression of `lead` whose AICc is least (of equals the shortest)."""
    x, y = detrended(lead), detrended(result)
    start = LONGEST_MEMORY
    best: tuple[float, Series] | None = None
    for order in range(LONGEST_MEMORY + 1):
        past = _past(x, order)
        coefficients = np.asarray(np.linalg.lstsq(past, x[start:], rcond=None)[0], dtype=float)
        rest = float(np.sum((x[start:] - past @ coefficients) ** 2))
        m, k = x.size - start, order + 1
        criterion = m * log(max(rest, 1e-300) / m) + 2 * k + 2 * k * (k + 1) / (m - k - 1)
        if best is None or criterion < best[0] - 1e-9:
            best = (criterion, coefficients)
    assert best is not None
    memory = best[1]
    filtered = [series[start:] - _past(series, memory.size) @ memory for series in (x, y)]
    return Prewhitened(tuple(float(value) for value in memory), *filtered)


def _past(series: Series, order: int) -> Series:
    """Return the last `order` values before each week from the fourth on, one column each."""
    start = LONGEST_MEMORY
    columns = [series[start - lag : series.size - lag] for lag in range(1, order + 1)]
    return np.column_stack(columns) if columns else np.empty((series.size - start, 0))


def correlations(lead: Series, result: Series, most: int, first: int = 1) -> Series:
    """Return the correlation at lags `first` … `most`, each over its own weeks; `lead` may be many rows.

    A series that does not move correlates with nothing: 0.
    """
    rows = np.atleast_2d(lead)
    found = np.zeros((rows.shape[0], most - first + 1))
    for place, lag in enumerate(range(first, most + 1)):
        x = rows[:, : rows.shape[1] - lag]
        x = x - x.mean(axis=1, keepdims=True)
        y = result[lag:] - result[lag:].mean()
        scale = np.sqrt((x * x).sum(axis=1) * (y @ y))
        found[:, place] = np.divide(x @ y, scale, out=np.zeros(rows.shape[0]), where=scale > 0)
    return found


@dataclass(frozen=True, slots=True)
class LagProfile:
    """How a lead indicator and a result move together, by weeks of lead.

    Attributes
    ----------
    memory : tuple of float
        Autoregression that was taken out.
    correlations : tuple of float
        At lags 1 … L.
    same_week : float
        At lag 0: shown, never counted as prediction.
    best_lag : int
    pairs : int
        Weeks compared at `best_lag`.
    slope : float
        Points of the result per unit of the lead, at `best_lag`.
    slope_interval : Interval
        95 %, Student.
    chance : float
        Probability of a largest correlation like this one when the weeks are shuffled.
    placebo : float
        What shuffled weeks reach in one case of twenty.
    detectable : float
        Slope that this history would have found four times out of five.
    """

    memory: tuple[float, ...]
    correlations: tuple[float, ...]
    same_week: float
    best_lag: int
    pairs: int
    slope: float
    slope_interval: Interval
    chance: float
    placebo: float
    detectable: float

    @property
    def shrunk_slope(self) -> float:
        """Return the slope pulled towards zero for having been chosen among several lags: b · max(0, 1 − 1/t²)."""
        half = (self.slope_interval[1] - self.slope_interval[0]) / 2
        if half <= 0 or self.slope == 0:
            return self.slope
        t = self.slope * float(stdtrit(self.pairs - 2, 0.975)) / half
        return self.slope * max(0.0, 1 - 1 / t**2)

    def interval(self, correlation: float, lag: int) -> Interval:
        """Return the 95 % interval of a correlation at `lag` (Fisher)."""
        pairs = self.pairs + self.best_lag - lag
        half = float(ndtri(0.975)) / sqrt(max(pairs - 3, 1))
        centre = atanh(min(0.999999, max(-0.999999, correlation)))
        return tanh(centre - half), tanh(centre + half)


def lag_profile(
    lead: ArrayLike,
    result: ArrayLike,
    most: int,
    direction: int = 1,
    *,
    seed: int = 0,
    shuffles: int = SHUFFLES,
) -> LagProfile:
    """Return the lag profile of two weekly series of the same weeks, without gaps and not constant.

    Parameters
    ----------
    lead, result : sequences of float
    most : int
        Longest lag, see `weeks_ahead`.
    direction : int
        +1 when more of the lead should bring more of the result, −1 when less should.
    seed : int
        Of the shuffles: the same data give the same answer.
    """
    filtered = prewhitened(lead, result)
    x, y = filtered.lead, filtered.result
    found = correlations(x, y, most, first=0)[0]
    same_week, ahead = float(found[0]), found[1:]
    best = int(np.argmax(direction * ahead)) + 1
    draw = np.random.Generator(np.random.PCG64(seed))
    shuffled = draw.permuted(np.tile(x, (shuffles, 1)), axis=1)
    largest = (direction * correlations(shuffled, y, most)).max(axis=1)
    reached = int(np.sum(largest >= direction * ahead[best - 1] - 1e-12))
    slope, half, pairs = _slope(x, y, best)
    quantiles = float(ndtri(1 - 0.05 / most) + ndtri(0.8))
    detectable = quantiles * float(y.std()) / (float(x.std()) * sqrt(pairs))
    return LagProfile(
        filtered.memory,
        tuple(float(value) for value in ahead),
        same_week,
        best,
        pairs,
        slope,
        (slope - half, slope + half),
        (1 + reached) / (shuffles + 1),
        float(np.quantile(largest, 0.95)),
        detectable,
    )


def _slope(x: Series, y: Series, lag: int) -> tuple[float, float, int]:
    """Return the slope of `y` on `x` `lag` weeks before, half its 95 % interval, and the pairs."""
    head, tail = x[: x.size - lag], y[lag:]
    head, tail = head - head.mean(), tail - tail.mean()
    pairs = head.size
    slope = float(head @ tail / (head @ head))
    rest = tail - slope * head
    error = sqrt(float(rest @ rest) / (pairs - 2) / float(head @ head))
    return slope, float(stdtrit(pairs - 2, 0.975)) * error, pairs


@dataclass(frozen=True, slots=True)
class Granger:
    """The F test of one series helping to foretell another."""

    statistic: float
    numerator: int
    denominator: int
    p_value: float


def granger(lead: ArrayLike, result: ArrayLike, order: int) -> Granger:
    """Return whether past `lead` helps to foretell `result` beside its own past: shown, never part of a verdict."""
    x, y = np.asarray(lead, dtype=float), np.asarray(result, dtype=float)
    target = y[order:]
    own = [y[order - lag : y.size - lag] for lag in range(1, order + 1)]
    others = [x[order - lag : x.size - lag] for lag in range(1, order + 1)]
    small = _rest(target, own)
    large = _rest(target, own + others)
    denominator = target.size - 2 * order - 1
    statistic = (small - large) / order / (large / denominator)
    return Granger(statistic, order, denominator, float(fdtrc(order, denominator, statistic)))


def _rest(target: Series, columns: Sequence[Series]) -> float:
    design = np.column_stack([np.ones(target.size), *[column - column.mean() for column in columns]])
    coefficients = np.linalg.lstsq(design, target, rcond=None)[0]
    return float(np.sum((target - design @ coefficients) ** 2))


@dataclass(frozen=True, slots=True)
class PlainCorrelation:
    """A correlation as a spreadsheet gives it, and what its weeks are worth given the memory of both series."""

    correlation: float
    weeks: int
    worth: float
    naive_p_value: float
    p_value: float


def plain_correlation(lead: ArrayLike, result: ArrayLike, longest: int | None = None) -> PlainCorrelation:
    """Return the raw correlation of the same weeks and its effective number of weeks: descriptive only."""
    x, y = np.asarray(lead, dtype=float), np.asarray(result, dtype=float)
    n = x.size
    longest = n // 4 if longest is None else longest
    lags = np.arange(1, longest + 1)
    shared = float(np.sum((n - lags) / n * _autocorrelation(x, longest) * _autocorrelation(y, longest)))
    worth = min(float(n), max(2.0, 1 / (1 / n + 2 / n * shared))) if 1 + 2 * shared > 0 else float(n)
    r = float(np.corrcoef(x, y)[0, 1])
    return PlainCorrelation(r, n, worth, _two_sided(r, n), _two_sided(r, worth))


def _autocorrelation(series: Series, longest: int) -> Series:
    centred = series - series.mean()
    products = np.array([centred[lag:] @ centred[:-lag] for lag in range(1, longest + 1)])
    return np.asarray(products / (centred @ centred))


def _two_sided(r: float, weeks: float) -> float:
    if weeks <= 2:
        return 1.0
    t = abs(r) * sqrt((weeks - 2) / max(1 - r * r, 1e-300))
    return float(2 * stdtr(weeks - 2, -t))
