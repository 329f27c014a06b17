"""The same indicator in several teams or sites, judged together: what one alone can rarely prove.

Sources: Cameron & Miller 2015; permutation of sites for small numbers of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtr

from dashboard.lags import SHUFFLES, Series

FEWEST_SITES, FEWEST_SITE_WEEKS = 6, 150


@dataclass(frozen=True, slots=True)
class Panel:
    """The pooled slope of a result on an indicator some weeks before, sites and weeks taken out.

    Attributes
    ----------
    lag : int
    sites, pairs : int
    slope, error : float
        Points of the result per unit of the indicator, and its standard error by sites.
    p_value : float
        One-sided, Student with one degree less than sites; for the detail.
    correlation : float
        Of what is left when sites and weeks are taken out; the best lag is chosen by it.
    """

    lag: int
    sites: int
    pairs: int
    slope: float
    error: float
    p_value: float
    correlation: float


def panel(lead: ArrayLike, result: ArrayLike, lag: int, direction: int = 1) -> Panel | None:
    """Return the pooled slope at one lag.

    Parameters
    ----------
    lead, result : sites × weeks
        The same weeks for all sites, without gaps.

    Returns
    -------
    Panel or None
        None when the indicator does not move beside its sites and weeks.
    """
    x, y = _pairs(np.asarray(lead, dtype=float), np.asarray(result, dtype=float), lag)
    moved = float((x * x).sum())
    if moved <= 1e-12:
        return None
    slope = float((x * y).sum()) / moved
    sites = x.shape[0]
    scores = (x * (y - slope * x)).sum(axis=1)
    error = sqrt(sites / (sites - 1) * float(scores @ scores)) / moved
    t = direction * slope / error if error > 0 else 0.0
    spread = sqrt(moved * float((y * y).sum()))
    correlation = float((x * y).sum()) / spread if spread > 0 else 0.0
    return Panel(lag, sites, x.size, slope, error, float(stdtr(sites - 1, -t)), correlation)


def _pairs(x: Series, y: Series, lag: int) -> tuple[Series, Series]:
    return _demeaned(x[:, : x.shape[1] - lag]), _demeaned(y[:, lag:])


def _demeaned(values: Series) -> Series:
    """Return values without what is common to a site and what is common to a week."""
    across, along = values.mean(axis=1, keepdims=True), values.mean(axis=0, keepdims=True)
    return np.asarray(values - across - along + values.mean())


@dataclass(frozen=True, slots=True)
class PooledEvidence:
    """The best lag of a panel and how often shuffled sites would do as well, the search of lags paid for."""

    panel: Panel
    chance: float


def pooled_evidence(
    lead: ArrayLike, result: ArrayLike, most: int, direction: int = 1, *, seed: int = 0, shuffles: int = SHUFFLES
) -> PooledEvidence | None:
    """Return the evidence of a panel over lags 1 … `most`; None when there are too few sites or weeks.

    The sites of the indicator are shuffled: whatever is common to all stays, only *whose* indicator it is gets lost.
    """
    x, y = np.asarray(lead, dtype=float), np.asarray(result, dtype=float)
    if x.shape[0] < FEWEST_SITES or x.size < FEWEST_SITE_WEEKS:
        return None
    found = [one for lag in range(1, most + 1) if (one := panel(x, y, lag, direction))]
    if not found:
        return None
    best = max(found, key=lambda one: direction * one.correlation)
    draw = np.random.Generator(np.random.PCG64(seed))
    heads, tails = _pairs(x, y, best.lag)
    cross = heads @ tails.T  # what each site's indicator says of each site's result
    orders = draw.permuted(np.tile(np.arange(x.shape[0]), (shuffles, 1)), axis=1)
    shuffled = cross[orders, np.arange(x.shape[0])].sum(axis=1)
    reached = int(np.sum(direction * shuffled >= direction * float(np.trace(cross)) - 1e-9))
    return PooledEvidence(best, min(1.0, most * (1 + reached) / (shuffles + 1)))
