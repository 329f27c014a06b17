"""What an improvement changed, against what would have happened without it.

By credibility: sites chosen by lot, sites without it beside it, the trend before it, and last the plain difference,
which never gets money beside it. Weeks follow each other: errors are Newey & West's, as published, or those of weeks
with a memory, which hold the truth as often as they say. Sources: Lopez Bernal, Cummins & Gasparrini 2017, IJE 46:348,
and 2018, IJE 47:2082.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import floor, sqrt

import numpy as np
from scipy.special import stdtrit, xlogy

from dashboard.changes import Profile, Verdict, judged
from dashboard.memory import remembering
from dashboard.nps import Interval, critical
from dashboard.regression import least_squares

FEWEST_BEFORE, FEWEST_AFTER = 12, 8
"""Weeks with answers, to speak of a trend."""

STEEPEST_BEFORE = 2.0
"""|t| of the slope of the difference before, from which the sites were not parallel."""


class Errors(StrEnum):
    """How it is taken into account that weeks resemble the week before."""

    NEWEY_WEST = "newey_west"
    MEMORY = "memory"


@dataclass(frozen=True, slots=True)
class Effect:
    """What changed, in the units of the outcome.

    Attributes
    ----------
    value, error : float
        At the end of the weeks, and its standard error.
    interval : Interval
        At 95 %.
    plain : float
        Mean after − mean before, to teach with.
    coefficients, errors : tuple of float
        Of the columns of the model and their standard errors.
    lags : int
        Weeks that were taken to resemble each other.
    slope_t : float or None
        With a control: |t| ≥ 2 of the difference's slope before says that the two were not parallel.
    verdict : Verdict
    """

    value: float
    error: float
    interval: Interval
    plain: float
    coefficients: tuple[float, ...]
    errors: tuple[float, ...]
    lags: int
    slope_t: float | None
    verdict: Verdict

    @property
    def is_parallel(self) -> bool:
        """Return whether nothing says that the control had another course before."""
        return self.slope_t is not None and abs(self.slope_t) < STEEPEST_BEFORE


def effect_on_trend(
    score: Sequence[float | None],
    variance: Sequence[float | None],
    before: int,
    errors: Errors = Errors.NEWEY_WEST,
) -> Effect | None:
    """Return how far the last week is above the trend of the weeks before.

    Parameters
    ----------
    score, variance : sequences
        Weekly values and their sampling variances (> 0), in order; null or zero answers = a week without.
    before : int
        Weeks before the change.
    errors : Errors

    Returns
    -------
    Effect or None
        Model columns: 1, week, after, weeks since. None when there are too few weeks on either side to fit it.
    """
    time = np.arange(1, len(score) + 1, dtype=float)
    since = np.maximum(time - before, 0)
    design = np.column_stack([np.ones(time.size), time, time > before, since])
    outcome, noise = np.array(score, dtype=float), np.array(variance, dtype=float)
    known = np.isfinite(outcome) & np.isfinite(noise) & (noise > 0)
    fit = _fitted(errors, design[known], outcome[known], noise[known], time[known])
    aim = np.array([0.0, 0.0, 1.0, time.size - before])
    return None if fit is None else _effect(fit, aim, outcome[known], design[known, 2] > 0, None)


def effect_against_control(
    treated: Sequence[float | None],
    control: Sequence[float | None],
    before: int,
    errors: Errors = Errors.NEWEY_WEST,
) -> Effect | None:
    """Return how much more the treated changed than the control.

    Parameters
    ----------
    treated, control : sequences
        Weekly values of the same weeks, in order; a week that either has not is left out.
    before : int
        Weeks before the change.
    errors : Errors

    Returns
    -------
    Effect or None
        Model columns: 1, after, of the difference of the two. `plain` is that of the treated alone. None when there is
        no week on one side.
    """
    first, second = np.array(treated, dtype=float), np.array(control, dtype=float)
    known = np.isfinite(first) & np.isfinite(second)
    is_after = (np.arange(first.size) >= before)[known]
    difference = (first - second)[known]
    design = np.column_stack([np.ones(difference.size), is_after])
    fit = _fitted(errors, design, difference, np.ones(difference.size), np.flatnonzero(known))
    if fit is None:
        return None
    return _effect(fit, np.array([0.0, 1.0]), first[known], is_after, _slope_t(difference[~is_after]))


@dataclass(frozen=True, slots=True)
class _Fitted:
    coefficients: np.ndarray
    covariance: np.ndarray
    freedom: int
    lags: int


def _fitted(
    errors: Errors, design: np.ndarray, outcome: np.ndarray, noise: np.ndarray, week: np.ndarray
) -> _Fitted | None:
    lags = floor(4 * (outcome.size / 100) ** (2 / 9))
    if errors is Errors.MEMORY:
        found = remembering(design, outcome, noise, week)
        return None if found is None else _Fitted(found.coefficients, found.covariance, found.freedom, lags)
    fit = least_squares(design, outcome, 1 / noise)
    return None if fit is None else _Fitted(fit.coefficients, fit.serial_covariance(lags), fit.freedom, lags)


def _effect(fit: _Fitted, aim: np.ndarray, outcome: np.ndarray, is_after: np.ndarray, slope_t: float | None) -> Effect:
    covariance = fit.covariance
    value = float(aim @ fit.coefficients)
    error = sqrt(max(float(aim @ covariance @ aim), 0.0))
    outer, inner = (
        (value - reach, value + reach)
        for reach in (float(stdtrit(fit.freedom, (1 + level) / 2)) * error for level in Profile.ONE_OFF.value)
    )
    is_enough = int((~is_after).sum()) >= FEWEST_BEFORE and int(is_after.sum()) >= FEWEST_AFTER
    return Effect(
        value,
        error,
        outer,
        float(outcome[is_after].mean() - outcome[~is_after].mean()),
        tuple(float(coefficient) for coefficient in fit.coefficients),
        tuple(float(value) for value in np.sqrt(np.maximum(np.diag(covariance), 0))),
        fit.lags,
        slope_t,
        judged(outer, inner, is_enough),
    )


def _slope_t(difference: np.ndarray) -> float | None:
    fit = least_squares(np.column_stack([np.ones(difference.size), np.arange(difference.size)]), difference)
    if fit is None:
        return None
    variance = float(fit.serial_covariance(floor(4 * (fit.n / 100) ** (2 / 9)))[1, 1])
    return float(fit.coefficients[1]) / sqrt(variance) if variance > 0 else None


@dataclass(frozen=True, slots=True)
class CountEffect:
    """What changed in a count, such as complaints.

    Attributes
    ----------
    ratio : float
        Rate after ÷ rate before, the trend taken off; 1 = nothing changed.
    interval : Interval
        At 95 %, allowing for counts that scatter more than chance.
    plain_interval : Interval
        As if they did not; too narrow when they do.
    dispersion : float
        How many times more than by chance the counts scatter.
    """

    ratio: float
    interval: Interval
    plain_interval: Interval
    dispersion: float


def effect_on_counts(
    counts: Sequence[float], exposure: Sequence[float], is_after: Sequence[float], time: Sequence[float] | None = None
) -> CountEffect | None:
    """Return what changed in counts: a Poisson model with a step and a trend.

    Parameters
    ----------
    counts : sequence
        Events of each period, ≥ 0.
    exposure : sequence
        Customers, orders or days of each period, > 0.
    is_after : sequence
        0 before the change, 1 after.
    time : sequence, optional
        Time of each period; without it there is no trend.

    Returns
    -------
    CountEffect or None
        None when one side has no period or no event, or no period is left over.
    """
    step = np.asarray(is_after, dtype=float)
    columns = [np.ones(step.size), step] + ([] if time is None else [np.asarray(time, dtype=float)])
    design, outcome, whole = (
        np.column_stack(columns),
        np.asarray(counts, dtype=float),
        np.asarray(exposure, dtype=float),
    )
    fitted = _poisson(design, outcome, whole)
    if fitted is None:
        return None
    coefficients, mean = fitted
    covariance = np.linalg.inv(design.T * mean @ design)
    dispersion = float(((outcome - mean) ** 2 / mean).sum() / (step.size - design.shape[1]))
    error = sqrt(float(covariance[1, 1]))
    plain, wide = (
        (float(np.exp(coefficients[1] - reach)), float(np.exp(coefficients[1] + reach)))
        for reach in (critical(0.95) * error, critical(0.95) * error * sqrt(dispersion))
    )
    return CountEffect(float(np.exp(coefficients[1])), wide, plain, dispersion)


def _poisson(design: np.ndarray, outcome: np.ndarray, exposure: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
    """Return coefficients and means of a Poisson model with a logarithmic link, by Newton's steps."""
    is_after = design[:, 1] > 0
    if least_squares(design, outcome) is None or not (outcome[is_after].sum() and outcome[~is_after].sum()):
        return None
    mean, deviance = outcome + 0.5, np.inf
    for _ in range(50):
        working = np.log(mean / exposure) + (outcome - mean) / mean
        coefficients = np.linalg.solve(design.T * mean @ design, design.T @ (mean * working))
        mean = exposure * np.exp(design @ coefficients)
        last, deviance = deviance, float((xlogy(outcome, outcome / mean) - (outcome - mean)).sum())
        if abs(last - deviance) < 1e-10 * (abs(deviance) + 0.1):
            return coefficients, mean
    return None
