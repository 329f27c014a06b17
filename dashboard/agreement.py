"""Do people agree: within a team, between teams, between those who sort the same comments, between juries?

High agreement of skewed answers says little: the distribution belongs beside it. Sources: James, Demaree & Wolf 1984,
JAP 69:85; Burke & Dunlap 2002; Bliese 2000; Shrout & Fleiss 1979, Psych. Bull. 86:420; Cohen 1968; Krippendorff 2011;
Kendall & Babington Smith 1939.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import polars as pl
from scipy.special import chdtrc

AGREED_FROM = 0.7
"""Agreement within a team that counts as such, in five answers or more."""

USABLE_FROM, GOOD_FROM = 0.67, 0.80
"""Krippendorff's alpha between people who sort comments."""


def within_teams(answers: pl.DataFrame, options: int) -> pl.DataFrame:
    """Return how much each team agrees, on each item.

    Parameters
    ----------
    answers : DataFrame
        `team`, `item` (any dtype) and `rating` (number; null = no answer).
    options : int
        Points of the scale: five for 1–5.

    Returns
    -------
    DataFrame
        One row per team and item, sorted: `n` (Int64), `agreement` (0..1: 1 = all say the same, 0 = as if by chance or
        worse), `raw` (unlimited below), `mean_deviation` (mean |rating − mean|, scale points; Float64) and
        `is_polarised` (they differ more than by chance). Null below two answers, and with a scale of one point.
    """
    rating = pl.col("rating").cast(pl.Float64)
    by_chance = (options**2 - 1) / 12
    raw = 1 - pl.col("variance") / by_chance if by_chance > 0 else pl.lit(None, pl.Float64)
    return (
        answers.group_by("team", "item")
        .agg(
            n=rating.count().cast(pl.Int64),
            variance=rating.var(),
            mean_deviation=pl.when(rating.count() > 1).then((rating - rating.mean()).abs().mean()),
        )
        .sort("team", "item")
        .with_columns(raw=raw)
        .select(
            "team",
            "item",
            "n",
            agreement=pl.col("raw").clip(lower_bound=0),
            raw=pl.col("raw"),
            mean_deviation=pl.col("mean_deviation"),
            is_polarised=pl.col("raw") < 0,
        )
    )


@dataclass(frozen=True, slots=True)
class BetweenTeams:
    """How much of what people answer is their team.

    Attributes
    ----------
    n, teams : int
    share : float or None
        Share of the variance that is the team's (ICC1); below 0 when teams are more alike than by chance. None when
        nobody differs, or no team has two answers.
    reliability : float or None
        How far the mean of a team can be relied on (ICC1k); None also when all means are equal.
    """

    n: int
    teams: int
    share: float | None
    reliability: float | None


def between_teams(answers: pl.DataFrame) -> BetweenTeams:
    """Return how much of `rating` (number, null = no answer) is its `team`, teams of any sizes."""
    rating = pl.col("rating").cast(pl.Float64)
    sums = (
        answers.select("team", rating=rating)
        .drop_nulls()
        .group_by("team")
        .agg(n=pl.len(), mean=pl.col("rating").mean(), inside=((pl.col("rating") - pl.col("rating").mean()) ** 2).sum())
    )
    size, mean, inside = (sums[name].cast(pl.Float64).to_numpy() for name in ("n", "mean", "inside"))
    n, teams = int(size.sum()), size.size
    if teams < 2 or n <= teams:
        return BetweenTeams(n, teams, None, None)
    between = float((size * (mean - (size * mean).sum() / n) ** 2).sum()) / (teams - 1)
    within = float(inside.sum()) / (n - teams)
    usual = (n - float((size**2).sum()) / n) / (teams - 1)
    return BetweenTeams(
        n,
        teams,
        _ratio(between - within, between + (usual - 1) * within),
        _ratio(between - within, between),
    )


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole > 0 else None


@dataclass(frozen=True, slots=True)
class Juries:
    """How alike juries rate: one of them, and the mean of all.

    `chance` juries stand for others too, `fixed` ones for themselves. Each is a share of variance, at most 1; None when
    nothing varies.
    """

    chance: float | None
    fixed: float | None
    chance_mean: float | None
    fixed_mean: float | None


def juries(ratings: np.ndarray) -> Juries | None:
    """Return how alike juries rate the same things (ICC2, ICC3, ICC2k, ICC3k).

    Parameters
    ----------
    ratings : (things, juries)
        NaN = not rated; things that not all rated are left out.

    Returns
    -------
    Juries or None
        None below two things or two juries.
    """
    table = ratings[~np.isnan(ratings).any(axis=1)]
    things, count = table.shape
    if things < 2 or count < 2:
        return None
    mean = table.mean()
    by_thing, by_jury = table.mean(axis=1, keepdims=True), table.mean(axis=0, keepdims=True)
    thing = count * float(((by_thing - mean) ** 2).sum()) / (things - 1)
    jury = things * float(((by_jury - mean) ** 2).sum()) / (count - 1)
    rest = float(((table - by_thing - by_jury + mean) ** 2).sum()) / ((things - 1) * (count - 1))
    return Juries(
        _ratio(thing - rest, thing + (count - 1) * rest + count * (jury - rest) / things),
        _ratio(thing - rest, thing + (count - 1) * rest),
        _ratio(thing - rest, thing + (jury - rest) / things),
        _ratio(thing - rest, thing),
    )


@dataclass(frozen=True, slots=True)
class Kappa:
    """Agreement of two people beyond chance, 1 = always; `quadratic` forgives near misses on ordered classes."""

    plain: float | None
    quadratic: float | None


def kappa(table: Sequence[Sequence[float]]) -> Kappa:
    """Return the agreement of two people who put the same things into the same classes.

    `table` counts things: rows the first person's class, columns the second's. None where chance alone agrees always.
    """
    counts = np.asarray(table, dtype=float)
    total = counts.sum()
    if total <= 0:
        return Kappa(None, None)
    chance = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / total
    place = np.arange(len(counts), dtype=float)
    far = (place[:, None] - place[None, :]) ** 2

    def beyond_chance(distance: np.ndarray) -> float | None:
        expected = float((distance * chance).sum())
        return 1 - float((distance * counts).sum()) / expected if expected > 0 else None

    return Kappa(beyond_chance((far > 0).astype(float)), beyond_chance(far))


class Scale(StrEnum):
    """What the distance of two values means."""

    NOMINAL = "nominal"  # the same or not
    ORDINAL = "ordinal"  # ranks between them
    INTERVAL = "interval"  # their difference


def krippendorff(codings: pl.DataFrame, scale: Scale) -> float | None:
    """Return Krippendorff's alpha: agreement of any number of people, with gaps; 1 = always, 0 = by chance.

    Parameters
    ----------
    codings : DataFrame
        One row per judgement: `unit` (what was judged) and `value` (any dtype that sorts, a number for `INTERVAL`; null
        = not judged).

    Returns
    -------
    float or None
        None when no unit was judged twice, or every value is the same.
    """
    known = codings.drop_nulls("value").filter(pl.len().over("unit") > 1)
    if known.is_empty():
        return None
    places = known.select(pl.col("unit", "value").rank("dense").cast(pl.Int64) - 1)
    unit, value = places["unit"].to_numpy(), places["value"].to_numpy()
    counts = np.zeros((unit.max() + 1, value.max() + 1))
    np.add.at(counts, (unit, value), 1)
    judges = counts.sum(axis=1, keepdims=True)
    together = (counts / (judges - 1)).T @ counts - np.diag((counts / (judges - 1)).sum(axis=0))
    often = together.sum(axis=1)
    distance = _distance(known["value"].unique().sort(), often, scale)
    expected = float((np.outer(often, often) * distance).sum())
    return 1 - float((often.sum() - 1) * (together * distance).sum()) / expected if expected > 0 else None


def _distance(values: pl.Series, often: np.ndarray, scale: Scale) -> np.ndarray:
    if scale is Scale.NOMINAL:
        return 1 - np.eye(often.size)
    # on an ordinal scale a value stands in the middle of its own judgements, in the order of all
    middle = np.cumsum(often) - often / 2 if scale is Scale.ORDINAL else values.cast(pl.Float64).to_numpy()
    return np.asarray((middle[:, None] - middle[None, :]) ** 2)


@dataclass(frozen=True, slots=True)
class Concordance:
    """How alike several people order the same things: `w` 0..1, and its test against chance."""

    w: float
    chi_square: float
    p_value: float


def concordance(orders: np.ndarray) -> Concordance | None:
    """Return Kendall's W, corrected for ties.

    Parameters
    ----------
    orders : (people, things)
        Ranks or marks, in the same direction for all; NaN = none: such a thing is left out.

    Returns
    -------
    Concordance or None
        None below two people or two things, or when everybody holds all things equal.
    """
    complete = orders[:, ~np.isnan(orders).any(axis=0)]
    people, things = complete.shape
    if people < 2 or things < 2:
        return None
    ranks = pl.DataFrame(complete.T, orient="row").select(pl.all().rank()).to_numpy()
    ties = sum(
        float((count**3 - count).sum()) for count in (np.unique(rank, return_counts=True)[1] for rank in ranks.T)
    )
    sums = ranks.sum(axis=1)
    most = people**2 * (things**3 - things) - people * ties
    if most <= 0:
        return None
    w = 12 * float(((sums - sums.mean()) ** 2).sum()) / most
    chi_square = people * (things - 1) * w
    return Concordance(w, chi_square, float(chdtrc(things - 1, chi_square)))
