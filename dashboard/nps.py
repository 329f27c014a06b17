"""The Net Promoter Score with its interval.

All intervals are in points (−100..100). The product's own is the adjusted Wald: ¾, 1½, ¾ added to detractors,
passives and promoters; it keeps its coverage from ten answers on and extends to weights and clusters through an
effective number of answers. Sources: Rocks 2016 (Am. Stat. 70:365); Bonett & Price 2012; Tango 1998; Goodman 1964.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TypeVar

import numpy as np
import polars as pl
from scipy.special import chdtri, ndtri

from dashboard.tables import DETRACTOR_SCORES, PASSIVE_SCORES, PROMOTER_SCORES
from dashboard.thresholds import Display, display

ADDED = (0.75, 1.5, 0.75)
"""Pseudo-answers of the adjusted Wald interval: detractors, passives, promoters."""

Interval = tuple[float, float]
Column = TypeVar("Column", np.ndarray, pl.Expr)


@dataclass(frozen=True, slots=True)
class Counts:
    """Answers by category: 0–6 detractors, 7–8 passives, 9–10 promoters."""

    detractors: int
    passives: int
    promoters: int

    @property
    def n(self) -> int:
        """Return how many answers there are."""
        return self.detractors + self.passives + self.promoters

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.detractors + other.detractors, self.passives + other.passives, self.promoters + other.promoters
        )


NOBODY = Counts(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Nps:
    """A score with its margin.

    Attributes
    ----------
    points : float or None
        −100..100; None when nobody answered.
    low, high : float or None
        95 % interval unless told otherwise, clipped to ±100.
    n : int
        Answers behind it.
    counts : Counts
        The same answers by category.
    n_effective : float or None
        What the answers are worth after weights, clusters or a finite population; equals n for plain answers.
    shares : tuple of float or None
        Shares (0..1) of detractors and promoters where they are not those of `counts`: weights, accounts.
    """

    points: float | None
    low: float | None
    high: float | None
    n: int
    counts: Counts
    n_effective: float | None = None
    shares: tuple[float, float] | None = None

    @property
    def display(self) -> Display:
        """Return whether the number may be shown, by the smaller of its answers and their worth."""
        worth = self.n if self.n_effective is None else min(self.n, self.n_effective)
        return display(worth)

    @property
    def margin(self) -> float | None:
        """Return half the width of the interval, in points."""
        return None if self.low is None or self.high is None else (self.high - self.low) / 2


def net_promoter_score(counts: Counts, confidence: float = 0.95) -> Nps:
    """Return the score of plain answers with its adjusted Wald interval.

    No answers give a score of None, never zero.
    """
    n = counts.n
    if n == 0:
        return Nps(None, None, None, 0, counts, 0.0)
    low, high = adjusted_wald(counts.promoters / n, counts.detractors / n, n, critical(confidence))
    return Nps(100 * (counts.promoters - counts.detractors) / n, low, high, n, counts, float(n))


def critical(confidence: float) -> float:
    """Return the two-sided normal quantile of a confidence level in (0, 1)."""
    return float(ndtri(1 - (1 - confidence) / 2))


def unit_variance(counts: Counts) -> float:
    """Return the variance of one answer scored −1, 0 or 1; the caller has at least one answer."""
    promoters, detractors = counts.promoters / counts.n, counts.detractors / counts.n
    return promoters + detractors - (promoters - detractors) ** 2


def sampling_variance(n: Column, detractors: Column, promoters: Column) -> Column:
    """Return the variance of a score in points squared, arrays or expressions of equal length, n > 0.

    By the shares of the adjusted Wald interval, so that it is above zero even when all agree.
    """
    low, middle, high = ADDED
    total = n + (low + middle + high)
    plus, minus = (promoters + high) / total, (detractors + low) / total
    variance: Column = 1e4 * (plus + minus - (plus - minus) ** 2) / n
    return variance


def adjusted_wald(promoters: float, detractors: float, n_effective: float, quantile: float) -> Interval:
    """Return the adjusted Wald interval in points, which always holds the score.

    At 95 % it does so by itself from two answers on; for one answer, and at lower levels when nearly all agree, the
    pseudo-answers pull the whole interval off the score, and the near bound is moved back to it.

    Parameters
    ----------
    promoters, detractors : float
        Shares 0..1.
    n_effective : float
        What the answers are worth, > 0.
    quantile : float
        Normal or Student quantile of the level.
    """
    low, middle, high = ADDED
    total = n_effective + low + middle + high
    plus = (promoters * n_effective + high) / total
    minus = (detractors * n_effective + low) / total
    centre = plus - minus
    half = quantile * sqrt(max(plus + minus - centre**2, 0.0) / total)
    score = promoters - detractors
    return clipped(min(centre - half, score)), clipped(max(centre + half, score))


def wald(counts: Counts, confidence: float = 0.95) -> Interval | None:
    """Return the textbook interval, only to reproduce other tools; None without answers."""
    return _around(counts, critical(confidence))


def goodman(counts: Counts, confidence: float = 0.95) -> Interval | None:
    """Return the interval that holds for all contrasts of a table at once; None without answers."""
    return _around(counts, sqrt(float(chdtri(2, 1 - confidence))))


def _around(counts: Counts, quantile: float) -> Interval | None:
    if counts.n == 0:
        return None
    centre = (counts.promoters - counts.detractors) / counts.n
    half = quantile * sqrt(unit_variance(counts) / counts.n)
    return clipped(centre - half), clipped(centre + half)


def score_interval(counts: Counts, confidence: float = 0.95) -> Interval | None:
    """Return the score interval: the values that a score test would not reject (Tango 1998).

    None without answers. Ends at ±100 exactly when everybody is a promoter or a detractor.
    """
    n = counts.n
    if n == 0:
        return None
    difference, discordant = counts.promoters - counts.detractors, counts.promoters + counts.detractors
    quantile = critical(confidence)

    def statistic(value: float) -> float:
        a = 2 * n
        b = -discordant + (2 * n - difference) * value
        c = -counts.detractors * value * (1 - value)
        share = (sqrt(max(b * b - 4 * a * c, 0.0)) - b) / (2 * a)
        variance = n * (2 * share + value * (1 - value))
        distance = difference - n * value
        if variance <= 0:
            return 0.0 if distance == 0 else float(np.copysign(np.inf, distance))
        return distance / sqrt(variance)

    def root(target: float, low: float, high: float) -> float:
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if statistic(middle) > target else (low, middle)
        return (low + high) / 2

    estimate = difference / n
    low = -1.0 if difference == -n else root(quantile, -1.0, estimate)
    high = 1.0 if difference == n else root(-quantile, estimate, 1.0)
    return clipped(low), clipped(high)


def clipped(share: float) -> float:
    """Return a share −1..1 as points, kept within ±100."""
    return 100 * min(1.0, max(-1.0, share))


def shown(points: float, decimals: int = 0) -> float:
    """Return points as a screen shows them: rounded half away from zero, never −0."""
    factor = 10**decimals
    return float(np.copysign(np.floor(abs(points) * factor + 0.5), points) / factor) + 0.0


def required_answers(promoters: float, detractors: float, margin: float, confidence: float = 0.95) -> int:
    """Return how many answers give an interval of ± `margin` points for these shares."""
    variance = 1e4 * (promoters + detractors - (promoters - detractors) ** 2)
    return int(np.ceil(critical(confidence) ** 2 * variance / margin**2))


def required_per_period(
    promoters: float, detractors: float, change: float, power: float = 0.8, confidence: float = 0.95
) -> int:
    """Return how many answers each of two periods needs to find a true `change` in points with that power."""
    variance = 1e4 * (promoters + detractors - (promoters - detractors) ** 2)
    quantiles = critical(confidence) + float(ndtri(power))
    return int(np.ceil(2 * variance * quantiles**2 / change**2))


def with_counts(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a frame of score sums with `detractors`, `passives`, `promoters` and `n` (Int64) added."""
    return frame.with_columns(
        detractors=pl.sum_horizontal(DETRACTOR_SCORES),
        passives=pl.sum_horizontal(PASSIVE_SCORES),
        promoters=pl.sum_horizontal(PROMOTER_SCORES),
    ).with_columns(n=pl.sum_horizontal("detractors", "passives", "promoters"))


def with_scores(frame: pl.DataFrame, confidence: float = 0.95) -> pl.DataFrame:
    """Return a frame of counts with `points`, `low`, `high` (Float64, null where n = 0) added.

    The same formula as `net_promoter_score`, on whole columns.
    """
    low, middle, high = ADDED
    n = pl.col("n")
    plus = (pl.col("promoters") + high) / (n + low + middle + high)
    minus = (pl.col("detractors") + low) / (n + low + middle + high)
    half = critical(confidence) * ((plus + minus - (plus - minus) ** 2) / (n + low + middle + high)).sqrt()
    answered = pl.when(n > 0)
    points = 100 * (pl.col("promoters") - pl.col("detractors")) / n
    return frame.with_columns(
        points=answered.then(points),
        low=answered.then(pl.min_horizontal((100 * (plus - minus - half)).clip(-100, 100), points)),
        high=answered.then(pl.max_horizontal((100 * (plus - minus + half)).clip(-100, 100), points)),
    )


def out_of_hundred(score: Nps) -> tuple[int, int] | None:
    """Return how many of each 100 customers recommend us and how many do not; None without answers.

    The two are rounded so that their difference is the score as shown: 58 and 17 make 41.
    """
    if score.points is None:
        return None
    difference = int(shown(score.points))
    plus = 100 * score.counts.promoters / score.n if score.shares is None else 100 * score.shares[1]
    promoters = int(shown(plus))
    detractors = promoters - difference
    if detractors < 0 or promoters + detractors > 100:
        detractors = max(0, min(detractors, 100 - promoters))
        promoters = max(0, min(100, detractors + difference))
    return promoters, detractors
