"""Tables of moments by rows in a period: what journey and comparisons read, and which cells they hide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import polars as pl

from dashboard.filters import Filters
from dashboard.journey import NOT_ASKED
from dashboard.journey_cells import Measure, hidden_cells, measured_cells
from dashboard.periods import Period
from data.groups import groups_of
from data.scores import CATEGORIES, Scores
from data.services import State

MOST_ROWS = 40
"""Rows of the heat map; of more values those with most answers."""

OLDEST = date(1900, 1, 1)


@dataclass
class Cells:
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


def sums_of(measure: Measure, side: Cells) -> pl.DataFrame:
    """Return what a measure is made of: the counts of answers, or the sums of ratings."""
    return side.answers if measure in (Measure.NPS, Measure.ANSWERS) else side.rated


def cells_of(
    measure: Measure, side: Cells, moments: Sequence[str], rows: Sequence[str], is_private: bool
) -> pl.DataFrame:
    """Return the measured cells of some rows, with `is_hidden`."""
    cells = measured_cells(measure, side.answers, side.rated)
    cells = cells.filter(pl.col("row").is_in(list(rows)) & (pl.col("n") > 0))
    if is_private and cells.height:
        return _private(cells, side, moments, rows, is_rated=measure not in (Measure.NPS, Measure.ANSWERS))
    return cells.with_columns(is_hidden=pl.lit(False))


def _private(
    cells: pl.DataFrame, side: Cells, moments: Sequence[str], rows: Sequence[str], *, is_rated: bool
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


def named_moments(scores: Scores, state: State, now: Cells) -> list[tuple[str, str]]:
    """Return key and name of every moment that was ever asked about or is rated now, in journey order."""
    rated = now.moments["moment"].to_list()
    keys = {*scores.values("moment"), *rated}
    order = state.members.order("moment")
    named = [(key, state.members.name("moment", key)) for key in keys]
    return sorted(named, key=lambda one: (order.get(one[0], len(order)), one[1]))


def named_rows(scores: Scores, pivot: str, now: Cells) -> list[tuple[str, str]]:
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


def earlier(days: Filters, weeks: int | None = None) -> Filters:
    """Return the same filters over as many days just before, or over the same ones some weeks ago."""
    assert days.since is not None
    assert days.until is not None
    back = timedelta(weeks=weeks) if weeks else days.until - days.since + timedelta(days=1)
    since, until = (day - min(back, max(timedelta(), day - OLDEST)) for day in (days.since, days.until))
    return days.within(since, until)


def period_of(days: Filters) -> Period:
    """Return the days of filters that have both ends."""
    assert days.since is not None
    assert days.until is not None
    return Period(days.since, days.until)
