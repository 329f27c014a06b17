"""The journey's question, asked once per version and kept: what page and download share."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import polars as pl

from dashboard.filters import DIMENSIONS, EVERYTHING, Filters
from dashboard.importance import Importance, importance
from dashboard.journey import (
    PIVOTS,
    Journey,
    Order,
    furthest_share,
    moments_of,
    ordered_rows,
    parting,
)
from dashboard.journey_cells import CELLS, Measure, measured_cells, shown_cells, with_changes
from dashboard.journey_comparison import Sides, Versus
from dashboard.periods import window
from dashboard.permissions import Capability, NotAllowedError, Scope, can, check, may_cross, within
from dashboard.tables import RATED
from data.board import asked_days
from data.commitments import read_entries
from data.database import reading
from data.improvements import read_improvements
from data.indicators import read_indicators
from data.journey_comparison import COMPARABLE, compare, may_compare
from data.journey_tables import Cells, cells_of, earlier, named_moments, named_rows, period_of, sums_of
from data.moments import read_care
from data.scores import CATEGORIES, Scores
from data.services import Services, State

WEIGHED_WEEKS = 52
"""What weighs is looked for in a year, where nobody says another period: it changes slowly and needs many answers."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One look at the journey; without a measure the score where moments are asked about it, else what was lived."""

    filters: Filters = EVERYTHING
    pivot: str = "segment"
    measure: Measure | None = None
    order: Order = Order.NAMED
    versus: Versus = Versus.MARKS
    sides: Sides = field(default_factory=Sides)


def read_journey(services: Services, state: State, scope: Scope, asked: Asked) -> Journey:
    """Return the journey under filters.

    Raises
    ------
    NotAllowedError
        When the role may not ask this.
    """
    check(scope, Capability.SEE_SCORE)
    limited = within(scope, asked.filters)
    told_apart = {"moment", asked.pivot} | ({asked.sides.dimension} if asked.versus is Versus.VALUE else set())
    if not may_cross(scope, limited.dimensions | told_apart):
        raise NotAllowedError("this crossing of filters could single out a few people; take one of them away")
    question = ("journey", limited.query(), asked.pivot, asked.measure, asked.order, asked.versus, repr(asked.sides))
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
    before = earlier(days)
    now, then = (Cells(scores, one, asked.pivot) for one in (days, before))
    measure = _measure(asked, now)
    moments, rows = named_moments(scores, state, now), named_rows(scores, asked.pivot, now)
    cells = _shown(measure, now, then, [key for key, _ in moments], [key for key, _ in rows], is_private)
    comparison = compare(scores, state, scope, days, measure, asked.pivot, asked.versus, asked.sides, is_private)
    weighed, checked, parted = _weighed(services, state, scope, limited, days, tuple(key for key, _ in moments))
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
        period_of(days),
        period_of(before),
        whole,
        ordered_rows(rows, cells, asked.order),
        cells,
        None if cells.height and cells["is_hidden"].all() else _of_all(measure, now),
        weighed,
        checked,
        tuple(pivot for pivot in PIVOTS if _may_pivot(scores, scope, limited, pivot)),
        tuple(one for one in COMPARABLE if may_compare(scores, scope, limited, asked.pivot, one)),
        comparison and replace(comparison, rows=ordered_rows(comparison.rows, comparison.cells, asked.order)),
    )


def _measure(asked: Asked, now: Cells) -> Measure:
    has_scores = not now.answers.is_empty()
    if asked.measure in (Measure.NPS, Measure.ANSWERS) and not has_scores:
        return Measure.MEAN
    return asked.measure or (Measure.NPS if has_scores else Measure.MEAN)


def _shown(
    measure: Measure, now: Cells, then: Cells, moments: Sequence[str], rows: Sequence[str], is_private: bool
) -> pl.DataFrame:
    """Return the cells that may be shown, with what changed."""
    sides = []
    for side in (now, then):
        cells = cells_of(measure, side, moments, rows, is_private)
        seen = cells.filter(~pl.col("is_hidden")).select("moment", "row")
        sides.append((cells, sums_of(measure, side).join(seen, on=["moment", "row"], how="semi")))
    (cells, after), (_, before) = sides
    if cells.is_empty():
        return pl.DataFrame(schema=CELLS)
    return shown_cells(with_changes(cells, measure, after, before)).sort("moment", "row")


def _of_all(measure: Measure, now: Cells) -> float | None:
    """Return the measure of everything together; nothing of answers, which only add up."""
    if measure is Measure.ANSWERS:
        return None
    answers = now.answers.select(pl.lit("").alias("moment"), pl.lit("").alias("row"), *CATEGORIES)
    rated = now.rated.select(pl.lit("").alias("moment"), pl.lit("").alias("row"), *RATED)
    sums = [frame.group_by("moment", "row").sum() for frame in (answers, rated)]
    cells = measured_cells(measure, *sums)
    return cells["value"][0] if cells.height else None


def _weighed(
    services: Services, state: State, scope: Scope, limited: Filters, days: Filters, moments: tuple[str, ...]
) -> tuple[Importance, float | None, dict[str, float]]:
    """Return what weighs, how far the check differs, and what parts 9–10 from 7–8, whatever is shown in the rows."""
    assert days.until is not None
    long = days
    if limited.since is None and limited.until is None:
        year = window(days.until - timedelta(days=6), WEIGHED_WEEKS)
        long = days.within(year.since, year.until)

    def weigh() -> tuple[Importance, float | None, dict[str, float]]:
        answers = services.scores(state).ratings.answers(long)
        known = [moment for moment in moments if moment in answers.columns]
        weighed = importance(answers.select("cluster", "recommend", *known), known)
        return weighed, furthest_share(answers, weighed), parting(answers, known)

    return services.answers.get(state.version, scope.key, ("journey weights", long.query(), moments), weigh)


def _may_pivot(scores: Scores, scope: Scope, limited: Filters, pivot: str) -> bool:
    if not may_cross(scope, limited.dimensions | {"moment", pivot}):
        return False
    if pivot in DIMENSIONS:
        return len(scores.values(pivot)) > 1
    return scores.ratings.attributes > 1
