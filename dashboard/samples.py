"""Scores of answers that are not worth one vote each: weights, clusters, finite populations.

Each finds what the answers are worth (`n_effective`) and then uses the same adjusted Wald interval. Sources: Kish
1965; Lumley, R survey; Wolter 2007; Cochran 1977.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.special import stdtrit

from dashboard.nps import Counts, Nps, adjusted_wald, critical, unit_variance

FEWEST_CLUSTERS = 5
"""Below this many groups a clustered interval is not given."""


@dataclass(frozen=True, slots=True)
class WeightSums:
    """Sums over answers, of weights in thousandths: all that a weighted score needs."""

    n: int
    weight: int
    weight_detractors: int
    weight_promoters: int
    weight2: int
    weight2_detractors: int
    weight2_promoters: int


@dataclass(frozen=True, slots=True)
class Weighted:
    """A weighted score and how its worth was found: standard error in points, Kish's and the linearised n."""

    nps: Nps
    standard_error: float
    n_kish: float
    n_linearised: float


def categories(scores: Sequence[int]) -> np.ndarray:
    """Return −1, 0, 1 (float64) for answers 0..10."""
    answers = np.asarray(scores)
    return np.where(answers >= 9, 1.0, np.where(answers <= 6, -1.0, 0.0))


def weighted_score(sums: WeightSums, counts: Counts, confidence: float = 0.95) -> Weighted | None:
    """Return the weighted score from sums alone; None when every weight is zero.

    The linearised variance Σw²(s−θ)² comes from the sums of squared weights, so no second pass over rows is needed.
    Weights are scale-free: multiplying all by a constant changes nothing.
    """
    if sums.weight <= 0 or sums.n == 0:
        return None
    total = float(sums.weight)
    promoters, detractors = sums.weight_promoters / total, sums.weight_detractors / total
    theta = promoters - detractors
    variance = promoters + detractors - theta**2
    squares = (
        (sums.weight2_promoters + sums.weight2_detractors)
        - 2 * theta * (sums.weight2_promoters - sums.weight2_detractors)
        + theta**2 * sums.weight2
    )
    n = sums.n
    error2 = max(squares, 0.0) / total**2 * n / (n - 1) if n > 1 else 0.0
    n_kish = total**2 / sums.weight2
    n_linearised = min(variance / error2, float(n)) if error2 > 0 else float(n)
    worth = min(n_kish, n_linearised)
    low, high = adjusted_wald(promoters, detractors, worth, critical(confidence))
    shares = (detractors, promoters)
    return Weighted(Nps(100 * theta, low, high, n, counts, worth, shares), 100 * sqrt(error2), n_kish, n_linearised)


def weight_sums(scores: Sequence[int], weights: Sequence[float | None]) -> tuple[WeightSums, Counts]:
    """Return the sums of rows; rows whose weight is null or zero are left out.

    Weights are used as they come (the log stores thousandths).

    Raises
    ------
    ValueError
        For a negative weight.
    """
    weight = np.array([0.0 if value is None else value for value in weights], dtype=float)
    if (weight < 0).any():
        raise ValueError("a weight cannot be negative")
    sign = categories(scores)[weight > 0]
    weight = weight[weight > 0]
    plus, minus = sign > 0, sign < 0
    sums = WeightSums(
        n=int(weight.size),
        weight=weight.sum(),
        weight_detractors=weight[minus].sum(),
        weight_promoters=weight[plus].sum(),
        weight2=(weight**2).sum(),
        weight2_detractors=(weight[minus] ** 2).sum(),
        weight2_promoters=(weight[plus] ** 2).sum(),
    )
    return sums, Counts(int(minus.sum()), int(weight.size - minus.sum() - plus.sum()), int(plus.sum()))


@dataclass(frozen=True, slots=True)
class Clustered:
    """A score whose answers come in groups; `nps` has no interval below five groups."""

    nps: Nps
    clusters: int
    standard_error: float
    degrees_of_freedom: int


def clustered_score(
    clusters: Sequence[str], scores: Sequence[int], weights: Sequence[float] | None = None, confidence: float = 0.95
) -> Clustered | None:
    """Return the score of answers grouped by account or respondent; None without answers or with one group.

    Answers of one group resemble each other, so groups are counted, not answers: the naive interval covers 67–85 %.
    """
    weight = np.ones(len(scores)) if weights is None else np.asarray(weights, dtype=float)
    sign = categories(scores)
    total = weight.sum()
    _, group = np.unique(np.asarray(clusters), return_inverse=True)
    groups = int(group.max()) + 1 if group.size else 0
    if total <= 0 or groups < 2:
        return None
    theta = float((weight * sign).sum() / total)
    promoters, detractors = float(weight[sign > 0].sum() / total), float(weight[sign < 0].sum() / total)
    deviations = np.bincount(group, weights=weight * (sign - theta), minlength=groups)
    error2 = float((deviations**2).sum() / total**2 * groups / (groups - 1))
    variance = promoters + detractors - theta**2
    worth = min(variance / error2, float(len(scores))) if error2 > 1e-18 else float(groups)
    counts = Counts(int((sign < 0).sum()), int((sign == 0).sum()), int((sign > 0).sum()))
    quantile = float(stdtrit(groups - 1, 1 - (1 - confidence) / 2))
    low, high = adjusted_wald(promoters, detractors, worth, quantile)
    bounds = (low, high) if groups >= FEWEST_CLUSTERS else (None, None)
    shares = (detractors, promoters)
    nps = Nps(100 * theta, bounds[0], bounds[1], len(scores), counts, worth, shares)
    return Clustered(nps, groups, 100 * sqrt(error2), groups - 1)


def finite_population_score(counts: Counts, population: int, confidence: float = 0.95) -> Nps:
    """Return the score of `counts` answers out of `population` customers, for "our customers today" only.

    Never for changes in time or forecasts, which speak about a process. Everybody answered: the interval is the point.
    No answers give None.
    """
    n = counts.n
    if n == 0:
        return Nps(None, None, None, 0, counts, 0.0)
    points = 100 * (counts.promoters - counts.detractors) / n
    share_missing = (population - n) / (population - 1) if population > 1 else 0.0
    if share_missing <= 0:
        return Nps(points, points, points, n, counts, None)
    worth = n / share_missing
    low, high = adjusted_wald(counts.promoters / n, counts.detractors / n, worth, critical(confidence))
    return Nps(points, low, high, n, counts, worth)


def finite_population_error(counts: Counts, population: int) -> float:
    """Return the standard error in points of a sample without replacement; the caller has two answers or more."""
    n = counts.n
    return 100 * sqrt(unit_variance(counts) / (n - 1) * (1 - n / population))
