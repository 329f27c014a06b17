"""The journey: what customers value and live at each moment, told apart by segment, team, channel and more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import polars as pl

from dashboard.commitments import Commitment
from dashboard.importance import (
    MOST_FOR_ALL_ORDERS,
    Importance,
    average_over_orders,
    correlations,
    pair_sums,
    relative_weights,
)
from dashboard.improvements import Improvement
from dashboard.journey_cells import Measure
from dashboard.journey_comparison import Comparison
from dashboard.moments import BlindSpot, Duty, Kept
from dashboard.periods import Period
from dashboard.priorities import top_chances, with_priorities
from dashboard.scoreboard import Comment
from dashboard.teams import Mark
from dashboard.themes import Topic
from dashboard.thresholds import INDICATIVE_FROM, NORMAL_FROM

PIVOTS = ("segment", "team", "channel", "site", "attribute", "touchpoint", "area")
"""What the rows of the heat map may be."""

NOT_ASKED = frozenset({"attribute"})
"""Rows that only ratings have: nobody is asked whether they recommend an attribute."""

TOP_CHANCE = 0.5
"""A moment is called one of the first three from here on."""


class Order(StrEnum):
    """In which order the rows come."""

    NAMED = "named"  # as the company orders them
    WORST = "worst"
    BEST = "best"
    MOST = "most"  # answers


class Lack(StrEnum):
    """What a moment that hurts does not have."""

    OWNER = "owner"
    INDICATOR = "indicator"
    COMMITMENT = "commitment"
    IMPROVEMENT = "improvement"


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment as a whole.

    Attributes
    ----------
    key, name : str
    n : int
        Answers of the period, all rows together.
    share, low, high : float or None
        What it weighs, 0..1, with its margin; None when that is not known.
    stated : float or None
        How important customers say it is, 0..10.
    lived, gap : float or None
        0..10 and lived − expected.
    parts : float or None
        How much better those who answer 9 or 10 live it than those who answer 7 or 8, on 0–10.
    chance : float or None
        How often it is among the first three to act on, 0..1.
    least, most : (row, value) or None
        The rows it is lived worst and best by; None with fewer than two normal ones.
    owner : str
    lacks : tuple of Lack
    """

    key: str
    name: str
    n: int
    share: float | None = None
    low: float | None = None
    high: float | None = None
    stated: float | None = None
    lived: float | None = None
    gap: float | None = None
    parts: float | None = None
    chance: float | None = None
    least: tuple[str, float] | None = None
    most: tuple[str, float] | None = None
    owner: str = ""
    lacks: tuple[Lack, ...] = ()

    @property
    def is_first(self) -> bool:
        """Return whether it is one of the first to act on."""
        return self.chance is not None and self.chance >= TOP_CHANCE

    @property
    def is_measured(self) -> bool:
        """Return whether enough answered to say how it is lived."""
        return self.n >= NORMAL_FROM


@dataclass(frozen=True, slots=True)
class Journey:
    """Everything that one look at the journey says.

    Attributes
    ----------
    measure : Measure
    pivot : str
    period, before : Period
        What is shown, and what changes are judged against.
    moments : tuple of Moment
        In journey order.
    rows : tuple of (key, name)
        In the order asked for.
    cells : DataFrame
        Schema `CELLS`, moment × row, hidden ones without numbers.
    whole : float or None
        The same measure of everything shown.
    importance : Importance
    checked : float or None
        How far the shares lie at most from those averaged over all orders, 0..1.
    may_pivot : tuple of str
        Rows that the asker may choose and that have values.
    may_compare : tuple of str
        Dimensions of which the asker may compare two values.
    comparison : Comparison or None
        A against B, where that is asked for.
    """

    measure: Measure
    pivot: str
    period: Period
    before: Period
    moments: tuple[Moment, ...]
    rows: tuple[tuple[str, str], ...]
    cells: pl.DataFrame
    whole: float | None
    importance: Importance
    checked: float | None = None
    may_pivot: tuple[str, ...] = ()
    may_compare: tuple[str, ...] = ()
    comparison: Comparison | None = None

    @property
    def measured(self) -> int:
        """Return how many moments enough customers answered about."""
        return sum(moment.is_measured for moment in self.moments)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was asked about any moment."""
        return not self.rows or not self.moments

    def cell(self, moment: str, row: str) -> dict[str, object] | None:
        """Return one cell, None when there is none."""
        found = self.cells.filter((pl.col("moment") == moment) & (pl.col("row") == row))
        return found.row(0, named=True) if found.height else None

    @property
    def worst(self) -> tuple[str, str] | None:
        """Return the cell that hurts most, furthest below: of those with enough answers, else with some; else None."""
        known = self.cells.filter(~pl.col("is_hidden") & pl.col("shrunk").is_not_null())
        for fewest in (NORMAL_FROM, INDICATIVE_FROM):
            found = known.filter(pl.col("n") >= fewest).sort("shrunk", "moment", "row").head(1)
            if found.height:
                return found["moment"][0], found["row"][0]
        return None


@dataclass(frozen=True, slots=True)
class Opened:
    """One cell opened.

    Attributes
    ----------
    spread : tuple of int
        How many answered 0, 1 … 10; empty where that would say too much.
    trend : DataFrame
        `week`, `points`, `low`, `high`, `n` of every four weeks, oldest first; no columns where it is not told.
    marks : tuple of Mark
        Dated changes of the company and of the teams behind the moment.
    gap : float or None
        Lived − expected on 0–10.
    comments : tuple of Comment
        The newest that the asker may read.
    kept : Kept
    duties : mapping
        Team to how it bears on the moment.
    indicators : tuple of (team, name)
        What is watched for the moment.
    blind : tuple of BlindSpot
    topics : tuple of Topic
        What the comments that the asker may read talk about, most mentioned first.
    commitments : tuple of Commitment
        The open ones about the moment, as much of each as the asker may read.
    improvements : tuple of Improvement
        Those under way that touch the moment.
    """

    spread: tuple[int, ...]
    trend: pl.DataFrame
    marks: tuple[Mark, ...]
    gap: float | None
    comments: tuple[Comment, ...]
    kept: Kept
    duties: Mapping[str, Duty]
    indicators: tuple[tuple[str, str], ...]
    blind: tuple[BlindSpot, ...]
    topics: tuple[Topic, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    improvements: tuple[Improvement, ...] = ()
    spread_other: tuple[int, ...] = ()


def ordered_rows(rows: Sequence[tuple[str, str]], cells: pl.DataFrame, order: Order) -> tuple[tuple[str, str], ...]:
    """Return the rows in the order asked for; those without a number come last."""
    if order is Order.NAMED:
        return tuple(rows)
    value = pl.col("n").cast(pl.Float64).sum() if order is Order.MOST else pl.col("shrunk").mean()
    found = dict(cells.group_by("row").agg(value=value).select("row", "value").iter_rows())
    sign = 1 if order is Order.WORST else -1

    def place(row: tuple[str, str]) -> tuple[bool, float]:
        number = found.get(row[0])
        return number is None, sign * (number or 0.0)

    return tuple(sorted(rows, key=place))


def moments_of(
    named: Sequence[tuple[str, str]],
    answered: Mapping[str, int],
    ratings: pl.DataFrame,
    weighed: Importance,
    cells: pl.DataFrame,
    parted: Mapping[str, float],
    owners: Mapping[str, str],
    watched: frozenset[str],
    promised: frozenset[str],
    improved: frozenset[str],
    seed: int,
) -> tuple[Moment, ...]:
    """Return every moment as a whole.

    Parameters
    ----------
    named : sequence of (key, name)
        In journey order.
    answered : mapping
        Moment to answers of the period.
    ratings : DataFrame
        `moment` and `RATED` on 0–10, a row per moment.
    weighed : Importance
    cells : DataFrame
        Schema `CELLS`.
    parted : mapping
        Moment to what parts 9–10 from 7–8.
    owners : mapping
        Moment to the person who owns it.
    watched : frozenset of str
        Moments that some indicator is about.
    promised : frozenset of str
        Moments that some open commitment is about.
    improved : frozenset of str
        Moments that some improvement under way touches.
    seed : int
        Of the draws that say who is among the first.
    """
    table = _priorities([key for key, _ in named], ratings, weighed)
    chances = _chances(table, weighed, seed)
    found = []
    for (key, name), row in zip(named, table.iter_rows(named=True), strict=True):
        own = cells.filter(pl.col("moment") == key)
        if own.height and own["is_hidden"].all():
            found.append(Moment(key, name, 0, owner=owners.get(key, "")))
            continue
        least, most = _ends(own)
        lacks = [
            lack for lack, there in zip(Lack, (owners, watched, promised, improved), strict=True) if key not in there
        ]
        numbers = {part: row[part] for part in ("share", "low", "high", "stated", "lived", "gap")}
        found.append(
            Moment(
                key,
                name,
                max(answered.get(key, 0), int(row["rated"] or 0)),
                **numbers,
                parts=parted.get(key),
                chance=chances.get(key),
                least=least,
                most=most,
                owner=owners.get(key, ""),
                lacks=tuple(lacks),
            )
        )
    return tuple(found)


def _priorities(moments: Sequence[str], ratings: pl.DataFrame, weighed: Importance) -> pl.DataFrame:
    """Return a row per moment: what it weighs, how it is lived, and what acting on it would give."""

    def mean(total: str, n: str) -> pl.Expr:
        return pl.when(pl.col(n) >= INDICATIVE_FROM).then(pl.col(total) / pl.col(n))

    table = pl.DataFrame({"moment": list(moments)}, schema={"moment": pl.String})
    lived = ratings.select(
        "moment",
        "rated",
        lived=mean("lived", "rated"),
        gap=mean("lived", "rated") - mean("expected", "hoped"),
        stated=mean("importance", "valued"),
    )
    table = table.join(lived, on="moment", how="left").join(weighed.moments, on="moment", how="left")
    gaps = table["gap"]
    ranked = with_priorities(
        table.rename({"stated": "importance", "gap": "lacking"}).with_columns(
            satisfaction=pl.col("lived"), performance=pl.col("lived")
        )
    )
    return ranked.rename({"importance": "stated"}).with_columns(gaps)


def _chances(table: pl.DataFrame, weighed: Importance, seed: int) -> dict[str, float]:
    """Return how often each weighed moment is among the first three, over shares that could as well have been found."""
    if weighed.margins is None or not weighed.margins.replicates.size:
        return {}
    lived = dict(table.select("moment", "lived").iter_rows())
    keys = weighed.moments["moment"].to_list()
    room = np.array([10 - lived[key] if lived.get(key) is not None else 0.0 for key in keys])
    draws = weighed.margins.draws(400, np.random.Generator(np.random.PCG64(seed)))
    return dict(zip(keys, top_chances(draws * room).tolist(), strict=True))


def _ends(cells: pl.DataFrame) -> tuple[tuple[str, float] | None, tuple[str, float] | None]:
    """Return the worst and the best row of one moment, by what is shrunk; nothing with fewer than two."""
    known = cells.filter((pl.col("n") >= INDICATIVE_FROM) & pl.col("shrunk").is_not_null()).sort("shrunk", "row")
    if known.height < 2:
        return None, None
    first, last = known.row(0, named=True), known.row(-1, named=True)
    return (first["row"], first["value"]), (last["row"], last["value"])


def parting(answers: pl.DataFrame, moments: Sequence[str]) -> dict[str, float]:
    """Return how much better each moment is lived by those who answer 9 or 10 than by those who answer 7 or 8.

    Parameters
    ----------
    answers : DataFrame
        As in `importance`. Moments that fewer than thirty of either rated are left out.
    """
    if not moments:
        return {}
    each = pl.col(list(moments))
    told = pl.when(each.count() >= NORMAL_FROM).then(each.mean())
    high, middle = (answers.filter(pl.col("recommend").is_between(*ends)).select(told) for ends in ((9, 10), (7, 8)))
    differences = (high - middle).row(0, named=True)
    return {moment: difference for moment, difference in differences.items() if difference is not None}


def furthest_share(answers: pl.DataFrame, weighed: Importance) -> float | None:
    """Return how far the shares of the twelve heaviest moments lie at most from those averaged over all orders."""
    heaviest = weighed.moments.sort("share", descending=True).head(MOST_FOR_ALL_ORDERS)["moment"].to_list()
    if not heaviest:
        return None
    known = answers.drop_nulls("recommend").select(pl.col("recommend", *heaviest).cast(pl.Float64).fill_null(np.nan))
    matrix = correlations(pair_sums(known.to_numpy()))
    if np.isnan(matrix).any():
        return None
    pairs = zip(relative_weights(matrix).share, average_over_orders(matrix).share, strict=True)
    return max((abs(one - other) for one, other in pairs if one is not None and other is not None), default=None)
