"""One cell of the journey opened: how answers are spread, how they moved, what customers say, who looks after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import polars as pl

from dashboard.commitments import Commitment
from dashboard.filters import DIMENSIONS, EVERYTHING, Filters
from dashboard.journey import Moment, Opened
from dashboard.journey_comparison import Comparison
from dashboard.moments import blind_spots
from dashboard.nps import with_scores
from dashboard.periods import WEEK
from dashboard.permissions import Capability, Scope, can, within
from dashboard.thresholds import INDICATIVE_FROM
from data.board import asked_days, comment_of
from data.database import reading
from data.improvements import read_improvements
from data.indicators import read_indicators, read_marks
from data.journey import Asked, is_private_to, read_journey
from data.ledger import own_entries
from data.moments import read_care
from data.scores import CATEGORIES
from data.services import Services, State
from data.themes import read_topics
from data.writes.comment_readings import note_reading

SAID = 3
BLOCK_WEEKS, BLOCKS = 4, 13


def read_cell(services: Services, state: State, scope: Scope, asked: Asked, moment: str, row: str) -> Opened | None:
    """Return one cell opened, None where there is none; whole comments leave a note.

    Raises
    ------
    NotAllowedError
        When the role may not ask this.
    """
    journey = read_journey(services, state, scope, asked)
    compared = journey.comparison
    cell = (compared or journey).cell(moment, row)
    whole = next((one for one in journey.moments if one.key == moment), None)
    if cell is None or whole is None:
        return None
    sides = _sides(asked, compared, moment, row)
    where = sides[0]
    told = [within(scope, side).query() for side in sides]
    question = ("journey cell", *told, asked.pivot, asked.measure, asked.versus, repr(asked.sides), moment, row)
    is_private = is_private_to(scope, where)

    def opened() -> Opened:
        is_hidden = bool(cell["is_hidden"])
        found = _opened(services, state, scope, where, whole, is_hidden=is_hidden, is_private=is_private)
        return found if len(sides) == 1 else _beside(services, state, scope, found, sides[1], cell)

    found = services.answers.get(state.version, scope.key, question, opened)
    note_reading(services, state, scope, "journey", where.query(), len(found.comments))
    return found


def _sides(asked: Asked, compared: Comparison | None, moment: str, row: str) -> list[Filters]:
    """Return the filters of one cell; compared, of A and of B."""
    if compared is None:
        return [_within_cell(asked.filters, asked.pivot, moment, row)]
    found = []
    for side in (compared.a, compared.b):
        if compared.is_of_periods:
            filters, line = asked.filters, row
            if side is compared.b:
                filters = filters.within(side.period.since, side.period.until)
        else:
            filters = asked.filters.with_values(compared.dimension, [side.key])
            line = side.key if compared.dimension == asked.pivot else row
        found.append(_within_cell(filters, asked.pivot, moment, line))
    return found


def _beside(
    services: Services, state: State, scope: Scope, opened: Opened, other: Filters, cell: Mapping[str, object]
) -> Opened:
    """Return a cell opened with the answers of B beside those of A; of either too few show neither."""
    scores = services.scores(state)
    spread = scores.distribution(asked_days(scores, state, within(scope, other)))
    if cell["value"] is None or not opened.spread or sum(spread) < INDICATIVE_FROM:
        return replace(opened, spread=())
    return replace(opened, spread_other=spread)


def _within_cell(filters: Filters, pivot: str, moment: str, row: str) -> Filters:
    """Return the filters of one cell; an attribute is no property of an answer, so there its whole moment is meant."""
    asked = filters.with_values("moment", [moment])
    return asked.with_values(pivot, [row]) if pivot in DIMENSIONS else asked


def _opened(
    services: Services, state: State, scope: Scope, where: Filters, whole: Moment, *, is_hidden: bool, is_private: bool
) -> Opened:
    scores, moment, lived = services.scores(state), whole.key, whole.lived
    days = asked_days(scores, state, within(scope, where))
    with reading(services.database) as connection:
        care, marks = read_care(connection), read_marks(connection)
        watched = [one for one in read_indicators(connection) if moment in one.moments]
        improved = [one for one in read_improvements(connection) if one.is_open and moment in one.moments]
    spread: tuple[int, ...] = ()
    trend, comments, topics = pl.DataFrame(), [], []
    gap = None
    if not is_hidden:
        counts = scores.distribution(days)
        spread = counts if sum(counts) >= INDICATIVE_FROM else ()
        trend = pl.DataFrame() if is_private else _trend(scores.weeks(days.within(None, None)), days.until)
        sums = scores.ratings.sums(days, (), ()).row(0, named=True)
        gap = sums["gap"] / sums["compared"] if sums["compared"] >= INDICATIVE_FROM else None
        if can(scope, Capability.READ_COMMENTS) and not ("internal" in where.values("audience") and not spread):
            rows = scores.comments(scope, days, SAID)
            comments = [comment_of(one) for one in rows.iter_rows(named=True)]
            topics = read_topics(services, state, scope, days)[:SAID]
    blind = blind_spots(care, {} if is_hidden or lived is None else {moment: lived})
    return Opened(
        spread,
        trend,
        tuple(mark for mark in marks if not mark.team or mark.team in care.duties.get(moment, {})),
        gap,
        tuple(comments),
        care.of(moment),
        dict(care.duties.get(moment, {})),
        tuple((one.team, one.name) for one in watched),
        tuple(blind),
        tuple(topics),
        open_commitments(services, scope, EVERYTHING.with_values("moment", [moment])),
        tuple(improved),
    )


def open_commitments(services: Services, scope: Scope, asked: Filters) -> tuple[Commitment, ...]:
    """Return what is still owed of what was promised, as much of each as the asker may read."""
    return tuple(one.commitment for one in own_entries(services, scope, asked) if one.commitment.is_open)


def _trend(weeks: pl.DataFrame, until: date | None) -> pl.DataFrame:
    """Return the score of every four weeks of the last year: `week` (their last), `points`, `low`, `high`, `n`."""
    assert until is not None
    last = until - timedelta(days=6)
    ago = ((pl.lit(last) - pl.col("week")).dt.total_days() // (7 * BLOCK_WEEKS)).cast(pl.Int64)
    blocks = (
        weeks.filter(pl.col("week") <= last)
        .with_columns(block=ago)
        .filter(pl.col("block") < BLOCKS)
        .group_by("block")
        .agg(pl.col(CATEGORIES).sum())
        .filter(pl.col("n") >= INDICATIVE_FROM)
        .sort("block", descending=True)
    )
    scored = with_scores(blocks)
    return scored.select("block", "points", "low", "high", "n").with_columns(
        week=pl.lit(last) - pl.col("block") * WEEK * BLOCK_WEEKS
    )
