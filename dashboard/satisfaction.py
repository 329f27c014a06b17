"""Satisfaction: lived − expected, and whether falling short costs more than exceeding earns.

Differences hide things, so what was lived and what was expected are also looked at apart (Edwards 2001, ORM 4:265).
Losses: Tversky & Kahneman 1992; Anderson & Sullivan 1993; Mittal, Ross & Baldasare 1998.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, sqrt

import numpy as np
import polars as pl
from scipy.special import stdtrit

from dashboard.nps import critical
from dashboard.regression import Fit, least_squares
from dashboard.samples import FEWEST_CLUSTERS
from dashboard.thresholds import Display, display

ASSUMED_LOSS_RATIO = 2.0
"""Mean of what is known of losses against gains: 1.955, 1.82 to 2.10 (Brown et al. 2024, JEL)."""

FEWEST_FOR_LOSSES = 100
EXACT = 1e-20
"""A variance (scale points squared) that is only rounding."""

CEILING = 10.0


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """Lived − expected of those who said both.

    Attributes
    ----------
    n : int
    mean : float or None
        −10..10; None when nobody said both.
    low, high : float or None
        95 % interval unless told otherwise; None below five clusters.
    share_short : float or None
        Share whose expectation was not met, 0..1.
    """

    n: int
    mean: float | None
    low: float | None
    high: float | None
    share_short: float | None

    @property
    def display(self) -> Display:
        """Return whether the number may be shown."""
        return display(self.n)


def satisfaction(ratings: pl.DataFrame, confidence: float = 0.95) -> Satisfaction:
    """Return the satisfaction of recipients.

    Parameters
    ----------
    ratings : DataFrame
        `cluster` (account, else respondent; never null), `expected` and `lived` (0..10, null = not said: such a
        recipient has no satisfaction, an expectation is never made up).
    """
    said = ratings.drop_nulls(["expected", "lived"])
    if said.is_empty():
        return Satisfaction(0, None, None, None, None)
    gap = said.select(pl.col("lived").cast(pl.Float64) - pl.col("expected")).to_series().to_numpy()
    mean, short = float(gap.mean()), float((gap < 0).mean())
    group = said.select(pl.col("cluster").rank("dense").cast(pl.Int64) - 1).to_series().to_numpy()
    groups = int(group.max()) + 1
    fit = least_squares(np.ones((gap.size, 1)), gap) if groups >= FEWEST_CLUSTERS else None
    if fit is None:
        return Satisfaction(gap.size, mean, None, None, short)
    error = sqrt(float(fit.clustered_covariance(group, groups)[0, 0]))
    half = float(stdtrit(groups - 1, 1 - (1 - confidence) / 2)) * error
    return Satisfaction(gap.size, mean, mean - half, mean + half, short)


@dataclass(frozen=True, slots=True)
class Balance:
    """How satisfaction goes with what was lived and with what was expected, each apart.

    Were it only the difference, the two would cancel out: `t` beyond ±2 says that one weighs more.
    """

    n: int
    lived: float
    expected: float
    t: float


def balance(ratings: pl.DataFrame) -> Balance | None:
    """Return the slopes of `satisfaction` on `lived` and `expected` (0..10); None when they cannot be told apart."""
    said = _said(ratings)
    fit = least_squares(np.column_stack([np.ones(len(said)), said[:, 1], said[:, 0]]), said[:, 2])
    t = None if fit is None else _t(fit, np.array([0.0, 1.0, 1.0]))
    if fit is None or t is None:
        return None
    return Balance(fit.n, float(fit.coefficients[1]), float(fit.coefficients[2]), t)


@dataclass(frozen=True, slots=True)
class Asymmetry:
    """What exceeding earns and falling short costs.

    Attributes
    ----------
    n : int
    mean_gap : float
        Lived − expected, −10..10.
    share_short, share_at_ceiling : float
        Shares 0..1 of who expected more, and of who is as satisfied as the scale allows (which makes losses look
        larger).
    level, above, short : float
        Satisfaction when all is as expected, and its slopes per point above and per point short.
    ratio, error, low, high : float or None
        How many times a point short costs what a point above earns, its standard error and interval; None when
        exceeding does not clearly earn anything (slope not above 0, or |t| below 2).
    symmetry_t : float or None
        Of the test that both count alike.
    """

    n: int
    mean_gap: float
    share_short: float
    share_at_ceiling: float
    level: float
    above: float
    short: float
    ratio: float | None
    error: float | None
    low: float | None
    high: float | None
    symmetry_t: float | None

    @property
    def is_known(self) -> bool:
        """Return whether the ratio may be said and used: it was found, in a hundred answers or more."""
        return self.ratio is not None and self.n >= FEWEST_FOR_LOSSES

    @property
    def used(self) -> float:
        """Return the ratio to count with: the one found, or the one assumed."""
        return self.ratio if self.ratio is not None and self.is_known else ASSUMED_LOSS_RATIO


def asymmetry(ratings: pl.DataFrame, confidence: float = 0.95) -> Asymmetry | None:
    """Return how satisfaction answers to surprises, good and bad.

    Parameters
    ----------
    ratings : DataFrame
        `expected`, `lived` and `satisfaction` (0..10); rows with a null are left out.

    Returns
    -------
    Asymmetry or None
        None when fewer than four said all three, or nobody was surprised one way or the other.
    """
    said = _said(ratings)
    gap = said[:, 1] - said[:, 0]
    fit = least_squares(np.column_stack([np.ones(gap.size), np.maximum(gap, 0), np.maximum(-gap, 0)]), said[:, 2])
    if fit is None:
        return None
    level, above, short = (float(value) for value in fit.coefficients)
    t_above = _t(fit, np.array([0.0, 1.0, 0.0]))
    ratio = error = low = high = None
    if above > 0 and t_above is not None and t_above >= 2:
        ratio = -short / above
        slope = np.array([0.0, short / above**2, -1 / above])
        error = sqrt(float(slope @ fit.covariance() @ slope))
        if ratio != 0:
            reach = critical(confidence) * error / ratio
            low, high = ratio * exp(-reach), ratio * exp(reach)
    return Asymmetry(
        gap.size,
        float(gap.mean()),
        float((gap < 0).mean()),
        float((said[:, 2] >= CEILING).mean()),
        level,
        above,
        short,
        ratio,
        error,
        low,
        high,
        _t(fit, np.array([0.0, -1.0, -1.0])),
    )


def _said(ratings: pl.DataFrame) -> np.ndarray:
    columns = pl.col("expected", "lived", "satisfaction").cast(pl.Float64).fill_nan(None)
    return ratings.select(columns).drop_nulls().to_numpy()


def _t(fit: Fit, slope: np.ndarray) -> float | None:
    """Return how many standard errors a combination of coefficients is from zero; None without any error."""
    variance = float(slope @ fit.covariance() @ slope)
    return float(slope @ fit.coefficients) / sqrt(variance) if variance > EXACT else None
