"""Scores of answers that are not worth one vote each: weights, clusters, finite populations, accounts.

Each finds what the answers are worth (`n_effective`) and then uses the same adjusted Wald interval. Sources: Kish
1965; Lumley, R survey; Wolter 2007; Cochran 1977.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
import polars as pl
from scipy.special import stdtrit

from dashboard.nps import Counts, Nps, adjusted_wald, critical, unit_variance

FEWEST_CLUSTERS = 5
"""Below this many accounts a clustered interval is not given."""


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
    return Weighted(Nps(100 * theta, low, high, n, counts, worth), 100 * sqrt(error2), n_kish, n_linearised)


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
    bounds: tuple[float, float] | tuple[None, None] = (low, high) if groups >= FEWEST_CLUSTERS else (None, None)
    return Clustered(
        Nps(100 * theta, bounds[0], bounds[1], len(scores), counts, worth), groups, 100 * sqrt(error2), groups - 1
    )


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


@dataclass(frozen=True, slots=True)
class AccountScores:
    """One account, one vote.

    Attributes
    ----------
    accounts : DataFrame
        `account`, `points` (−100..100), `weight_capped`, sorted by account.
    one_vote, by_revenue : Nps
        The headline and the revenue-weighted score; without interval below five accounts.
    one_vote_error, by_revenue_error : float
        Standard errors in points.
    by_answer : Nps
        Every answer one vote, for comparison with other tools.
    top_share : float
        Largest share of the capped weights, 0..1.
    """

    accounts: pl.DataFrame
    one_vote: Nps
    one_vote_error: float
    by_revenue: Nps
    by_revenue_error: float
    by_answer: Nps
    top_share: float


def capped_weights(revenue: Sequence[float | None], cap: float) -> np.ndarray:
    """Return revenue weights with no account above the share `cap` of their sum.

    A missing revenue counts as the median. When `cap` is too low to be met all weights are one.
    """
    known = np.array([value for value in revenue if value is not None], dtype=float)
    middle = float(np.median(known)) if known.size else 1.0
    amounts = np.array([middle if value is None else float(value) for value in revenue])
    if amounts.size == 0 or cap * amounts.size <= 1 or amounts.sum() <= 0:
        return np.ones(amounts.size)
    ordered = np.sort(amounts)[::-1]
    for capped in range(ordered.size):
        if capped * cap >= 1:
            break
        total = ordered[capped:].sum() / (1 - capped * cap)
        if ordered[capped] <= cap * total:
            return np.asarray(np.minimum(amounts, cap * total))
    return np.ones(amounts.size)


def account_scores(
    answers: pl.DataFrame,
    role_weights: Mapping[str, float],
    revenue: Mapping[str, float | None],
    cap: float = 0.25,
    confidence: float = 0.95,
) -> AccountScores | None:
    """Return the scores of company clients, each with several interlocutors.

    Parameters
    ----------
    answers : DataFrame
        `account` (String), `role` (String, null = unknown, weight 1) and `recommend` (integer 0..10).
    role_weights : mapping
        What one interlocutor of a role counts; 0 leaves the role out.
    revenue : mapping
        Yearly revenue by account, in one currency; None or absent counts as the median.
    cap : float
        Largest share of one account.

    Returns
    -------
    AccountScores or None
        None when no answer counts.
    """
    sign = pl.when(pl.col("recommend") >= 9).then(1.0).when(pl.col("recommend") <= 6).then(-1.0).otherwise(0.0)
    weight = pl.col("role").replace_strict(dict(role_weights), default=1.0, return_dtype=pl.Float64).fill_null(1.0)
    rows = answers.with_columns(sign=sign, weight=weight).filter(pl.col("weight") > 0)
    if rows.is_empty():
        return None
    plus, minus = pl.col("sign") > 0, pl.col("sign") < 0
    accounts = (
        rows.group_by("account")
        .agg(
            promoters=pl.col("weight").filter(plus).sum() / pl.col("weight").sum(),
            detractors=pl.col("weight").filter(minus).sum() / pl.col("weight").sum(),
        )
        .sort("account")
        .with_columns(theta=pl.col("promoters") - pl.col("detractors"))
    )
    weights = capped_weights([revenue.get(name) for name in accounts["account"]], cap)
    counts = Counts(rows.filter(minus).height, rows.filter(pl.col("sign") == 0).height, rows.filter(plus).height)
    one_vote, one_vote_error = _over_accounts(accounts, np.ones(accounts.height), counts, confidence)
    by_revenue, by_revenue_error = _over_accounts(accounts, weights, counts, confidence)
    points = 100 * (counts.promoters - counts.detractors) / counts.n
    low, high = adjusted_wald(counts.promoters / counts.n, counts.detractors / counts.n, counts.n, critical(confidence))
    return AccountScores(
        accounts.select("account", points=100 * pl.col("theta"), weight_capped=pl.Series(weights)),
        one_vote,
        one_vote_error,
        by_revenue,
        by_revenue_error,
        Nps(points, low, high, counts.n, counts, float(counts.n)),
        float(weights.max() / weights.sum()),
    )


def _over_accounts(accounts: pl.DataFrame, weights: np.ndarray, counts: Counts, confidence: float) -> tuple[Nps, float]:
    theta = accounts["theta"].to_numpy()
    total, groups = weights.sum(), accounts.height
    promoters = float((weights * accounts["promoters"].to_numpy()).sum() / total)
    detractors = float((weights * accounts["detractors"].to_numpy()).sum() / total)
    mean = promoters - detractors
    if groups < 2:
        return Nps(100 * mean, None, None, counts.n, counts, 1.0), 0.0
    error2 = float((weights**2 * (theta - mean) ** 2).sum() / total**2 * groups / (groups - 1))
    variance = promoters + detractors - mean**2
    worth = min(variance / error2, float(counts.n)) if error2 > 1e-18 else float(groups)
    quantile = float(stdtrit(groups - 1, 1 - (1 - confidence) / 2))
    low, high = adjusted_wald(promoters, detractors, worth, quantile)
    bounds: tuple[float, float] | tuple[None, None] = (low, high) if groups >= FEWEST_CLUSTERS else (None, None)
    return Nps(100 * mean, bounds[0], bounds[1], counts.n, counts, worth), 100 * sqrt(error2)
