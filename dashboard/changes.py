"""Has the score changed, or may it be chance?

Differences are shown raw; they are judged on the adjusted scale (¾, 1½, ¾ added to each side). What is watched every
week needs a stricter level: looking weekly at the usual 95 % calls a false "real change" in 37 % of quarters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, StrEnum
from math import sqrt

import numpy as np
import polars as pl
from scipy.special import ndtr, stdtr, stdtrit

from dashboard.nps import ADDED, Counts, Interval, critical, unit_variance
from dashboard.thresholds import NORMAL_FROM


class Verdict(StrEnum):
    """What the screen may say of a difference. Arrows appear only for `REAL`."""

    REAL = "real"
    POSSIBLE = "possible"
    CHANCE = "noise"
    INSUFFICIENT = "insufficient"


class Profile(Enum):
    """How often somebody looks: outer and inner confidence level."""

    ONE_OFF = (0.95, 0.80)
    WATCHED_WEEKLY = (0.995, 0.95)
    WATCHED_DAILY = (0.998, 0.95)


@dataclass(frozen=True, slots=True)
class Change:
    """A difference of two scores, later minus earlier.

    Attributes
    ----------
    points : float or None
        Raw difference; None when either side is empty.
    adjusted, error : float
        The same on the adjusted scale and its standard error, in points.
    outer, inner : Interval
        Intervals at the two levels of the profile.
    needed : float
        The smallest difference that would have been called real, in points.
    verdict : Verdict
    before, after : Counts
    """

    points: float | None
    adjusted: float
    error: float
    outer: Interval
    inner: Interval
    needed: float
    verdict: Verdict
    before: Counts
    after: Counts

    @property
    def p_value(self) -> float:
        """Return the two-sided probability of such a difference by chance."""
        return float(2 * ndtr(-abs(self.adjusted) / self.error))


def score_change(
    before: Counts, after: Counts, profile: Profile = Profile.WATCHED_WEEKLY, fewest: int = NORMAL_FROM
) -> Change:
    """Return the change between two independent groups of answers.

    Fewer than `fewest` answers on either side are `INSUFFICIENT`, whatever the numbers say.
    """
    earlier, later = _adjusted(before), _adjusted(after)
    difference = later[0] - earlier[0]
    error = sqrt(earlier[1] + later[1])
    outer, inner = (
        (100 * (difference - critical(level) * error), 100 * (difference + critical(level) * error))
        for level in profile.value
    )
    points = (
        100 * ((after.promoters - after.detractors) / after.n - (before.promoters - before.detractors) / before.n)
        if before.n and after.n
        else None
    )
    verdict = judged(outer, inner, is_enough=min(before.n, after.n) >= fewest)
    needed = critical(profile.value[0]) * 100 * error
    return Change(points, 100 * difference, 100 * error, outer, inner, needed, verdict, before, after)


def _adjusted(counts: Counts) -> tuple[float, float]:
    """Return the adjusted share difference and its variance."""
    low, middle, high = ADDED
    total = counts.n + low + middle + high
    plus, minus = (counts.promoters + high) / total, (counts.detractors + low) / total
    return plus - minus, (plus + minus - (plus - minus) ** 2) / total


def judged(outer: Interval, inner: Interval, is_enough: bool) -> Verdict:
    """Return what may be said of a difference from its intervals at the outer and the inner level."""
    if not is_enough:
        return Verdict.INSUFFICIENT
    if _excludes_zero(outer):
        return Verdict.REAL
    return Verdict.POSSIBLE if _excludes_zero(inner) else Verdict.CHANCE


def _excludes_zero(interval: Interval) -> bool:
    return interval[0] > 0 or interval[1] < 0


def wald_change(before: Counts, after: Counts) -> tuple[float, float]:
    """Return the textbook standard error in points and p-value of a difference; both sides have answers."""
    error = sqrt(unit_variance(before) / before.n + unit_variance(after) / after.n)
    difference = (after.promoters - after.detractors) / after.n - (before.promoters - before.detractors) / before.n
    return 100 * error, float(2 * ndtr(-abs(difference) / error)) if error > 0 else 1.0


@dataclass(frozen=True, slots=True)
class PairedChange:
    """The mean change of the same customers: points, standard error, interval, two-sided p-value."""

    n: int
    points: float
    error: float
    low: float
    high: float
    p_value: float


def paired_change(transition: Sequence[Sequence[int]], confidence: float = 0.95) -> PairedChange | None:
    """Return the change of customers who answered twice.

    Parameters
    ----------
    transition : 3 × 3 counts
        Rows before, columns after: detractors, passives, promoters.

    Returns
    -------
    PairedChange or None
        None below two customers.
    """
    table = np.asarray(transition, dtype=float)
    n = int(table.sum())
    if n < 2:
        return None
    steps = np.arange(3)[None, :] - np.arange(3)[:, None]
    mean = float((table * steps).sum() / n)
    variance = float((table * (steps - mean) ** 2).sum() / (n - 1))
    error = sqrt(variance / n)
    half = float(stdtrit(n - 1, 1 - (1 - confidence) / 2)) * error
    p_value = float(2 * stdtr(n - 1, -abs(mean) / error)) if error > 0 else float(mean == 0)
    return PairedChange(n, 100 * mean, 100 * error, 100 * (mean - half), 100 * (mean + half), p_value)


@dataclass(frozen=True, slots=True)
class RollingChange:
    """The change between two overlapping windows, which share answers and are not independent."""

    old_points: float
    new_points: float
    points: float
    error: float
    p_value: float


def rolling_change(only_old: Counts, overlap: Counts, only_new: Counts) -> RollingChange | None:
    """Return the change between windows that share `overlap`; None when either window is empty."""
    old, new = only_old + overlap, overlap + only_new
    if old.n == 0 or new.n == 0:
        return None
    theta_old = (old.promoters - old.detractors) / old.n
    theta_new = (new.promoters - new.detractors) / new.n

    def spread(counts: Counts, centre: float) -> float:
        total, squares = counts.promoters - counts.detractors, counts.promoters + counts.detractors
        return squares - 2 * centre * total + counts.n * centre**2

    slope = 1 / new.n - 1 / old.n
    shift = theta_new / new.n - theta_old / old.n
    total, squares = overlap.promoters - overlap.detractors, overlap.promoters + overlap.detractors
    variance = (
        spread(only_old, theta_old) / old.n**2
        + spread(only_new, theta_new) / new.n**2
        + slope**2 * squares
        - 2 * slope * shift * total
        + shift**2 * overlap.n
    )
    error = sqrt(max(variance, 0.0))
    difference = theta_new - theta_old
    p_value = float(2 * ndtr(-abs(difference) / error)) if error > 0 else float(difference == 0)
    return RollingChange(100 * theta_old, 100 * theta_new, 100 * difference, 100 * error, p_value)


@dataclass(frozen=True, slots=True)
class GroupChange:
    """The change of one group of customers: which dimension, which value."""

    dimension: str
    value: str
    change: Change


def group_changes(groups: pl.DataFrame, dimension: str, profile: Profile = Profile.WATCHED_WEEKLY) -> list[GroupChange]:
    """Return the change of every group that has a value.

    Parameters
    ----------
    groups : DataFrame
        `dimension` (String), `is_after` (Boolean) and Int64 `detractors`, `passives`, `promoters`.
    """
    sides: dict[str, dict[bool, Counts]] = {}
    for value, is_after, *numbers in groups.select(
        dimension, "is_after", "detractors", "passives", "promoters"
    ).iter_rows():
        if value is not None:
            sides.setdefault(value, {})[is_after] = Counts(*numbers)
    nobody = Counts(0, 0, 0)
    return [
        GroupChange(dimension, value, score_change(side.get(False, nobody), side.get(True, nobody), profile))
        for value, side in sorted(sides.items())
    ]


def adjusted_for_search(p_values: Sequence[float]) -> list[float]:
    """Return p-values adjusted for having searched them all (Benjamini & Hochberg 1995); none give none."""
    p = np.asarray(p_values, dtype=float)
    order = np.argsort(p)[::-1]
    stepped = np.minimum.accumulate(p[order] * p.size / np.arange(p.size, 0, -1))
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(stepped, 1.0)
    return [float(value) for value in adjusted]


def telling_changes(
    candidates: Sequence[GroupChange], most: int = 3, profile: Profile = Profile.WATCHED_WEEKLY
) -> list[GroupChange]:
    """Return the changes worth a sentence, surest and largest first.

    Searching many groups for the largest change finds one by chance; what was called real must also survive the
    false-discovery control (Benjamini & Hochberg 1995) over all groups searched, else it is only possible.
    """
    heard = [group for group in candidates if group.change.verdict is not Verdict.INSUFFICIENT]
    if not heard:
        return []
    adjusted = adjusted_for_search([group.change.p_value for group in heard])
    limit = 1 - profile.value[0]
    judged = [
        group
        if group.change.verdict is not Verdict.REAL or q <= limit
        else GroupChange(group.dimension, group.value, replace(group.change, verdict=Verdict.POSSIBLE))
        for group, q in zip(heard, adjusted, strict=True)
    ]
    order = [Verdict.REAL, Verdict.POSSIBLE, Verdict.CHANCE]
    judged.sort(key=lambda group: (order.index(group.change.verdict), -abs(group.change.points or 0.0), group.value))
    return judged[:most]
