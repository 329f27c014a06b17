"""The journey's question, asked once per version and kept: what page and download share."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cached_property

import polars as pl

from dashboard.filters import DIMENSIONS, EVERYTHING, Filters
from dashboard.importance import Importance, importance
from dashboard.journey import (
    NOT_ASKED,
    PIVOTS,
    Journey,
    Order,
    furthest_share,
    moments_of,
    ordered_rows,
    parting,
)
from dashboard.journey_cells import CELLS, Measure, hidden_cells, measured_cells, shown_cells, with_changes
from dashboard.periods import Period, window
from dashboard.permissions import Capability, NotAllowedError, Scope, can, check, may_cross, within
from dashboard.tables import RATED
from data.board import asked_days
from data.commitments import read_entries
from data.database import reading
from data.groups import groups_of
from data.improvements import read_improvements
from data.indicators import read_indicators
from data.moments import read_care
from data.scores import CATEGORIES, Scores
from data.services import Services, State

MOST_ROWS = 40
"""Rows of the heat map; of more values those with most answers."""

WEIGHED_WEEKS = 52
"""What weighs is looked for in a year, where nobody says another period: it changes slowly and needs many answers."""


class Versus(StrEnum):
    """What the period is compared with."""

    BEFORE = "before"  # as many days just before
    YEAR = "year"  # the same weeks a year ago


@dataclass(frozen=True, slots=True)
class Asked:
    """One look at the journey; without a measure the score where moments are asked about it, else what was lived."""

    filters: Filters = EVERYTHING
    pivot: str = "segment"
    measure: Measure | None = None
    order: Order = Order.NAMED
    versus: Versus = Versus.BEFORE


def read_journey(services: Services, state: State, scope: Scope, asked: Asked) -> Journey:
    """Return the journey under filters.

    Raises
    ------
    NotAllowedError
        When the role may not ask this.
    """
    check(scope, Capability.SEE_SCORE)
    limited = within(scope, asked.filters)
    if not may_cross(scope, limited.dimensions | {"moment", asked.pivot}):
        raise NotAllowedError("this crossing of filters could single out a few people; take one of them away")
    question = ("journey", limited.query(), asked.pivot, asked.measure, asked.order, asked.versus)
    is_private = is_private_to(scope, limited)
    return services.answers.get(
        state.version, scope.key, question, lambda: _journey(services, state, scope, asked, limited, is_private)
    )


def is_private_to(scope: Scope, asked: Filters) -> bool:
    """Return whether groups under five are hidden: from roles without the right, and of internal answers from all."""
    return not can(scope, Capability.SEE_SMALL_GROUPS) or "internal" in asked.values("audience")


def _journey(
    services: Services, state: State, scope: Scope, asked: Asked, limited: Filters, is_private: bool
) -> Journey:
    scores = services.scores(state)
    days = asked_days(scores, state, limited)
    earlier = _before(days, asked.versus)
    now, then = (_Cells(scores, one, asked.pivot) for one in (days, earlier))
    measure = _measure(asked, now)
    moments, rows = named_moments(scores, state, now), _named_rows(scores, asked.pivot, now)
    cells = _shown(measure, now, then, [key for key, _ in moments], [key for key, _ in rows], is_private)
    weighed, checked, parted = _weighed(scores, limited, days, [key for key, _ in moments])
    with reading(services.database) as connection:
        owners = read_care(connection).owners
        watched = frozenset(moment for one in read_indicators(connection) for moment in one.moments)
        promised = frozenset(
            one.commitment.moment
            for one in read_entries(connection)
            if one.commitment.is_open and one.commitment.moment
        )
        improved = frozenset(moment for one in read_improvements(connection) if one.is_open for moment in one.moments)
    whole = moments_of(
        moments,
        dict(now.answers.group_by("moment").agg(pl.col("n").sum()).iter_rows()),
        now.moments,
        weighed,
        cells,
        parted,
        owners,
        watched,
        promised,
        improved,
        zlib.crc32(days.query().encode()),
    )
    return Journey(
        measure,
        asked.pivot,
        _period(days),
        _period(earlier),
        whole,
        ordered_rows(rows, cells, asked.order),
        cells,
        None if cells.height and cells["is_hidden"].all() else _of_all(measure, now),
        weighed,
        checked,
        tuple(pivot for pivot in PIVOTS if _may_pivot(scores, scope, limited, pivot)),
    )


@dataclass
class _Cells:
    """What was answered and rated in a period, by moment and row."""

    scores: Scores
    days: Filters
    pivot: str

    @cached_property
    def answers(self) -> pl.DataFrame:
        """Return `moment`, `row` and counts; what was asked about no moment is left out."""
        if self.pivot in NOT_ASKED:
            schema = {"moment": pl.String, "row": pl.String} | dict.fromkeys(CATEGORIES, pl.Int64)
            return pl.DataFrame(schema=schema)
        by = (pl.col("moment"), pl.col(self.pivot))
        found = self.scores.counts(self.days, by, ("moment", self.pivot), CATEGORIES).rename({self.pivot: "row"})
        return found.drop_nulls(["moment", "row"]).filter(pl.col("n") > 0).sort("moment", "row").collect()

    @cached_property
    def rated(self) -> pl.DataFrame:
        """Return `moment`, `row` and `RATED` on 0–10."""
        return self._rated("moment", self.pivot).rename({self.pivot: "row"})

    @cached_property
    def moments(self) -> pl.DataFrame:
        """Return `moment` and `RATED` on 0–10, all rows together."""
        return self._rated("moment")

    def _rated(self, *by: str) -> pl.DataFrame:
        found = self.scores.ratings.sums(self.days, tuple(pl.col(name) for name in by), by)
        return found.drop_nulls(by).sort(by)


def _before(days: Filters, versus: Versus) -> Filters:
    """Return the same filters over what the period is compared with."""
    assert days.since is not None
    assert days.until is not None
    back = timedelta(weeks=52) if versus is Versus.YEAR else days.until - days.since + timedelta(days=1)
    return days.within(days.since - back, days.until - back)


def _period(days: Filters) -> Period:
    assert days.since is not None
    assert days.until is not None
    return Period(days.since, days.until)


def _measure(asked: Asked, now: _Cells) -> Measure:
    has_scores = not now.answers.is_empty()
    if asked.measure in (Measure.NPS, Measure.ANSWERS) and not has_scores:
        return Measure.MEAN
    return asked.measure or (Measure.NPS if has_scores else Measure.MEAN)


def named_moments(scores: Scores, state: State, now: _Cells) -> list[tuple[str, str]]:
    """Return key and name of every moment that was ever asked about or is rated now, in journey order."""
    rated = now.moments["moment"].to_list()
    keys = {*scores.values("moment"), *rated}
    order = state.members.order("moment")
    named = [(key, state.members.name("moment", key)) for key in keys]
    return sorted(named, key=lambda one: (order.get(one[0], len(order)), one[1]))


def _named_rows(scores: Scores, pivot: str, now: _Cells) -> list[tuple[str, str]]:
    """Return key and name of the rows that have answers, in the company's order; of very many those with most."""
    answered = pl.concat(
        [
            now.answers.select("row", "n"),
            now.rated.select("row", n=pl.max_horizontal("rated", "compared").cast(pl.Int64)),
        ]
    )
    heaviest = answered.group_by("row").agg(pl.col("n").sum()).filter(pl.col("n") > 0).sort("n", "row", descending=True)
    kept = set(heaviest.head(MOST_ROWS)["row"])
    order, names = scores.members.order(pivot), scores.members.names(pivot)
    return sorted(((key, names.get(key, key)) for key in kept), key=lambda one: (order.get(one[0], len(order)), one[1]))


def _shown(
    measure: Measure, now: _Cells, then: _Cells, moments: Sequence[str], rows: Sequence[str], is_private: bool
) -> pl.DataFrame:
    """Return the cells that may be shown, with what changed."""
    is_score = measure in (Measure.NPS, Measure.ANSWERS)
    sides = []
    for side in (now, then):
        found = side.answers if is_score else side.rated
        cells = measured_cells(measure, side.answers, side.rated)
        cells = cells.filter(pl.col("row").is_in(list(rows)) & (pl.col("n") > 0))
        if is_private and cells.height:
            cells = _private(cells, side, moments, rows, is_rated=not is_score)
        else:
            cells = cells.with_columns(is_hidden=pl.lit(False))
        seen = cells.filter(~pl.col("is_hidden")).select("moment", "row")
        sides.append((cells, found.join(seen, on=["moment", "row"], how="semi")))
    (cells, after), (_, before) = sides
    if cells.is_empty():
        return pl.DataFrame(schema=CELLS)
    return shown_cells(with_changes(cells, measure, after, before)).sort("moment", "row")


def _private(
    cells: pl.DataFrame, side: _Cells, moments: Sequence[str], rows: Sequence[str], *, is_rated: bool
) -> pl.DataFrame:
    """Return the cells with `is_hidden`: by their own table, and by that of the answers, which the desk asks too.

    Who rates several attributes of a moment is one person: of ratings, the fewest people that they can be are counted.
    """
    most = pl.col("moment").replace_strict(side.scores.ratings.most_told, default=1, return_dtype=pl.Int64)
    people = cells.with_columns(n=pl.max_horizontal(pl.lit(1), pl.col("n") // most)) if is_rated else cells
    told = cells.join(hidden_cells(people, moments, rows).select("moment", "row", "is_hidden"), on=["moment", "row"])
    if side.pivot in NOT_ASKED:
        return told
    hidden = groups_of(side.scores, side.days, ("moment", side.pivot)).cells().rename({side.pivot: "row"})
    both = told.join(hidden.with_columns(is_known=pl.lit(True)), on=["moment", "row"], how="left")
    return both.with_columns(pl.col("is_hidden") | pl.col("is_known").fill_null(False)).drop("is_known")


def _of_all(measure: Measure, now: _Cells) -> float | None:
    """Return the measure of everything together; nothing of answers, which only add up."""
    if measure is Measure.ANSWERS:
        return None
    answers = now.answers.select(pl.lit("").alias("moment"), pl.lit("").alias("row"), *CATEGORIES)
    rated = now.rated.select(pl.lit("").alias("moment"), pl.lit("").alias("row"), *RATED)
    sums = [frame.group_by("moment", "row").sum() for frame in (answers, rated)]
    cells = measured_cells(measure, *sums)
    return cells["value"][0] if cells.height else None


def _weighed(
    scores: Scores, limited: Filters, days: Filters, moments: Sequence[str]
) -> tuple[Importance, float | None, dict[str, float]]:
    """Return what weighs, how far the check differs, and what parts 9–10 from 7–8."""
    assert days.until is not None
    long = days
    if limited.since is None and limited.until is None:
        year = window(days.until - timedelta(days=6), WEIGHED_WEEKS)
        long = days.within(year.since, year.until)
    answers = scores.ratings.answers(long)
    known = [moment for moment in moments if moment in answers.columns]
    weighed = importance(answers.select("cluster", "recommend", *known), known)
    return weighed, furthest_share(answers, weighed), parting(answers, known)


def _may_pivot(scores: Scores, scope: Scope, limited: Filters, pivot: str) -> bool:
    if not may_cross(scope, limited.dimensions | {"moment", pivot}):
        return False
    if pivot in DIMENSIONS:
        return len(scores.values(pivot)) > 1
    return scores.ratings.attributes > 1
