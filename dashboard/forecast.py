"""The probability of arriving: a level that wanders, a pace pulled towards zero, survey noise taken off.

Fifteen Kalman filters over a grid of (level noise, pace prior) are mixed by their likelihood. Sources: Durbin &
Koopman 2012; West & Harrison 1997; Hoeting et al. 1999 (model averaging).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import pi

import numpy as np
from scipy.special import ndtr

from dashboard.nps import ADDED, sampling_variance

LEVEL_NOISE = (0.05, 0.25, 0.5, 1.0, 2.0)
"""Standard deviations of the weekly wander of the level, in points."""

PACE_PRIOR = (0.0, 0.25, 0.75)
"""Prior standard deviations of the pace, in points per week."""

LEVEL_PRIOR_VARIANCE = 2500.0
RECENT_WEEKS = 8


@dataclass(frozen=True, slots=True)
class History:
    """Closed weeks in order: answers, detractors and promoters of each (equal lengths, counts ≥ 0)."""

    n: np.ndarray
    detractors: np.ndarray
    promoters: np.ndarray

    @classmethod
    def of(cls, n: Sequence[int], detractors: Sequence[int], promoters: Sequence[int]) -> History:
        """Return the history of three sequences of counts."""
        return cls(np.asarray(n, float), np.asarray(detractors, float), np.asarray(promoters, float))

    def first(self, weeks: int) -> History:
        """Return the first `weeks` weeks."""
        return History(self.n[:weeks], self.detractors[:weeks], self.promoters[:weeks])

    @property
    def weeks(self) -> int:
        """Return how many weeks there are."""
        return int(self.n.size)


@dataclass(frozen=True, slots=True)
class Filtered:
    """The grid of filters after the last week: a state (level, pace) for each grid point.

    Arrays: `mean` (15, 2), `covariance` (15, 2, 2), `log_likelihood` (15,), `weight` (15,) summing to 1.
    """

    mean: np.ndarray
    covariance: np.ndarray
    log_likelihood: np.ndarray
    weight: np.ndarray


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the score will be `weeks_ahead` weeks from now.

    Means and standard deviations are of the mixture, in points; pace in points per week.

    Attributes
    ----------
    probability : float
        That the final score is at least the target, 0..1.
    low80, high80 : float
        Where it ends eight times out of ten; may leave ±100.
    required_pace : float or None
        Points per week needed from now; None with no week left to move.
    n_future : float
        Answers expected per week.
    weight_future : float
        Share of the final window that is still to come, 0..1.
    """

    probability: float
    level_mean: float
    level_sd: float
    pace_mean: float
    pace_sd: float
    final_mean: float
    final_sd: float
    low80: float
    high80: float
    required_pace: float | None
    n_future: float
    weight_future: float
    filtered: Filtered


def filter_history(
    history: History, level_noise: Sequence[float] = LEVEL_NOISE, pace_prior: Sequence[float] = PACE_PRIOR
) -> Filtered:
    """Return the filters after all weeks; a week without answers moves the state and observes nothing."""
    grid = [(sigma, tau) for tau in pace_prior for sigma in level_noise]
    sigma2 = np.array([sigma**2 for sigma, _ in grid])
    tau2 = np.array([tau**2 for _, tau in grid])
    level, pace = np.zeros(len(grid)), np.zeros(len(grid))
    c00, c01, c11 = np.full(len(grid), LEVEL_PRIOR_VARIANCE), np.zeros(len(grid)), tau2.copy()
    likelihood = np.zeros(len(grid))
    observed, noise = _observations(history)
    for week in range(history.weeks):
        if week:
            level = level + pace
            c00, c01 = c00 + 2 * c01 + c11 + sigma2, c01 + c11
        if history.n[week] > 0:
            total = c00 + noise[week]
            error = observed[week] - level
            likelihood -= 0.5 * (np.log(2 * pi * total) + error**2 / total)
            gain0, gain1 = c00 / total, c01 / total
            level, pace = level + gain0 * error, pace + gain1 * error
            c11 = c11 - gain1 * c01
            c00, c01 = c00 - gain0 * c00, c01 - gain0 * c01
    weight = np.exp(likelihood - likelihood.max())
    covariance = np.stack([np.stack([c00, c01], -1), np.stack([c01, c11], -1)], -2)
    return Filtered(np.stack([level, pace], -1), covariance, likelihood, weight / weight.sum())


def _observations(history: History) -> tuple[np.ndarray, np.ndarray]:
    """Return weekly scores in points and their known sampling variance; zeros where nobody answered."""
    n = np.where(history.n > 0, history.n, 1.0)
    score = 100 * (history.promoters - history.detractors) / n
    return score, sampling_variance(n, history.detractors, history.promoters)


def forecast(
    history: History,
    weeks_ahead: int,
    window_weeks: int,
    target: float,
    filtered: Filtered | None = None,
    level_noise: Sequence[float] = LEVEL_NOISE,
    pace_prior: Sequence[float] = PACE_PRIOR,
) -> Forecast | None:
    """Return the forecast of the pooled score of the last `window_weeks` weeks, `weeks_ahead` weeks from now.

    Parameters
    ----------
    history : History
    weeks_ahead, window_weeks : int
        h ≥ 0 and W ≥ 1.
    target : float
        Points to reach.
    filtered : Filtered, optional
        The filters of this very history, where they are at hand.

    Returns
    -------
    Forecast or None
        None when no week has answers, or nothing is ahead and none of the window has. Nothing ahead: the probability is
        0 or 1 by the literal rule.
    """
    future = min(weeks_ahead, window_weeks)
    past = min(window_weeks - future, history.weeks)
    if not history.n.sum() or not (future or history.n[history.weeks - past :].sum()):
        return None
    state = filtered or filter_history(history, level_noise, pace_prior)
    n_future = max(float(history.n[-RECENT_WEEKS:].mean()), 0.5)
    total = float(history.n[history.weeks - past :].sum()) + future * n_future
    share = n_future / total
    known = _known(history, past, total)
    sigma2 = np.array([sigma**2 for _ in pace_prior for sigma in level_noise])
    mean, variance = _carried(state, sigma2, weeks_ahead, window_weeks, share)
    mean = mean + known
    variance = variance + future * share**2 / n_future * _answer_variance(history)
    spread = np.sqrt(np.maximum(variance, 1e-12))
    weight = state.weight
    level_mean, level_sd = _mixture(weight, state.mean[:, 0], state.covariance[:, 0, 0])
    pace_mean, pace_sd = _mixture(weight, state.mean[:, 1], state.covariance[:, 1, 1])
    final_mean, final_sd = _mixture(weight, mean, variance)
    slope = share * sum(range(weeks_ahead - future + 1, weeks_ahead + 1))
    required = (target - known - share * future * level_mean) / slope if slope > 0 else None
    if future:
        probability = min(1.0, float(weight @ ndtr((mean - target) / spread)))
        low80, high80 = (_quantile(tail, weight, mean, spread) for tail in (0.1, 0.9))
    else:
        probability, low80, high80 = float(known >= target), known, known
    return Forecast(
        probability,
        level_mean,
        level_sd,
        pace_mean,
        pace_sd,
        final_mean,
        final_sd,
        low80,
        high80,
        required,
        n_future,
        share * future,
        state,
    )


def _carried(
    state: Filtered, sigma2: np.ndarray, weeks_ahead: int, window_weeks: int, share: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return mean and variance (per grid point) of the window's future part: Σ share · level over its weeks.

    The sum is carried as a third element of the state, so that the correlation of its weeks is kept.
    """
    points = state.mean.shape[0]
    mean = np.concatenate([state.mean, np.zeros((points, 1))], axis=1)
    covariance = np.zeros((points, 3, 3))
    covariance[:, :2, :2] = state.covariance
    for week in range(1, weeks_ahead + 1):
        step = share if week > weeks_ahead - window_weeks else 0.0
        move = np.array([[1.0, 1.0, 0.0], [0.0, 1.0, 0.0], [step, step, 1.0]])
        mean = mean @ move.T
        covariance = move @ covariance @ move.T
        covariance[:, 0, 0] += sigma2
        covariance[:, 0, 2] += step * sigma2
        covariance[:, 2, 0] += step * sigma2
        covariance[:, 2, 2] += step**2 * sigma2
    return mean[:, 2], covariance[:, 2, 2]


def _mixture(weight: np.ndarray, mean: np.ndarray, variance: np.ndarray) -> tuple[float, float]:
    """Return mean and standard deviation of a mixture."""
    centre = float(weight @ mean)
    return centre, float(np.sqrt(max(float(weight @ (variance + (mean - centre) ** 2)), 0.0)))


def _quantile(tail: float, weight: np.ndarray, mean: np.ndarray, spread: np.ndarray) -> float:
    """Return the point below which the mixture lies with probability `tail`."""
    from scipy.optimize import brentq

    low, high = float((mean - 9 * spread).min()), float((mean + 9 * spread).max())
    return float(brentq(lambda point: float(weight @ ndtr((point - mean) / spread)) - tail, low, high, xtol=1e-9))


def _known(history: History, past: int, total: float) -> float:
    """Return what the observed weeks inside the final window already contribute, in points."""
    if not past:
        return 0.0
    return float(100 * (history.promoters[-past:] - history.detractors[-past:]).sum() / total)


def _answer_variance(history: History) -> float:
    """Return the variance of one future answer, in points squared."""
    low, middle, high = ADDED
    n = history.n.sum() + low + middle + high
    plus, minus = (history.promoters.sum() + high) / n, (history.detractors.sum() + low) / n
    return float(1e4 * (plus + minus - (plus - minus) ** 2))


def forecast_path(history: History, weeks_ahead: int, window_weeks: int, target: float) -> list[Forecast]:
    """Return the forecasts 1, 2 … `weeks_ahead` weeks from now: the fan of the chart. No answers give none."""
    if not history.n.sum():
        return []
    state = filter_history(history)
    path = (forecast(history, week, window_weeks, target, state) for week in range(1, weeks_ahead + 1))
    return [step for step in path if step is not None]
