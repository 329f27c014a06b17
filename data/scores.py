"""Questions about the score, answered from the cubes where they keep the dimensions, else from the log.

One instance speaks about one publication; it is cheap to make and safe to share between threads.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from dashboard.accounts import ROLE_WEIGHTS, account_sums
from dashboard.filters import EVERYTHING, Filters
from dashboard.members import Members
from dashboard.nps import with_counts
from dashboard.permissions import Capability, Scope, check, within_comments
from dashboard.redaction import as_readable, redacted
from dashboard.tables import SCORES, WEEKS, WEIGHTS
from data.cubes import Cubes
from data.log import Log, Versions
from data.ratings import Ratings
from data.rollup import CUBES, MEASURES, TIME, kept, roll_up_invitations, roll_up_responses
from data.rows import near, of_customers

COMMENTS = ("response_id", "verbatim", "recommend", "moment", "segment", "day", "consent")


CATEGORIES = ("detractors", "passives", "promoters", "n")
ANSWER = pl.col("recommend")
MEASURED = {name: ANSWER.eq(score) for score, name in enumerate(SCORES)} | {
    "detractors": ANSWER <= 6,
    "passives": ANSWER.is_between(7, 8),
    "promoters": ANSWER >= 9,
    "n": ANSWER.is_not_null(),
}
"""Whether a row counts into a measure."""

ROLL_UPS = {"responses": roll_up_responses, "invitations": roll_up_invitations}
ANSWERED = ("responses",)


@dataclass(frozen=True)
class Scores:
    """The published answers.

    Attributes
    ----------
    log : Log
    versions : Versions
        What is published.
    members : Members
        Names and merges in force.
    """

    log: Log
    versions: Versions
    members: Members

    @cached_property
    def cubes(self) -> Cubes:
        """Return the cubes of answers, with counts beside their scores."""
        return Cubes(self.log, "cubes", self.versions.cubes, self.members, MEASURES, with_counts)

    @cached_property
    def ratings(self) -> Ratings:
        """Return the questions about what was lived, expected and held important."""
        return Ratings(self.log, self.versions, self.members)

    def _cube_with(self, dimensions: AbstractSet[str]) -> str | None:
        """Return the smallest cube that keeps the dimensions, None when none does, or it was never computed."""
        fits = (cube for cube in CUBES if dimensions <= set(kept(cube)))
        return next((cube for cube in fits if cube in self.cubes.names or not self.has_answers), None)

    def cells(
        self, filters: Filters, by: tuple[str, ...] = (), tables: tuple[str, ...] = tuple(ROLL_UPS)
    ) -> pl.LazyFrame:
        """Return sums per day, the filtered dimensions and `by` (columns of `CUBE`), filters applied.

        Where the period is of whole weeks, all of a week may stand on its Monday. Unless the filters say which
        audience, only external customers count. `tables` are those that must be read where no cube keeps the
        dimensions.
        """
        asked = of_customers(filters)
        needed = asked.dimensions | set(by)
        cube = self._cube_with(needed)
        if cube is not None:
            cells = self.cubes.about(cube, asked).lazy().filter(asked.expression())
            return cells.with_columns(pl.col(kept(cube)).cast(pl.String))
        return self.from_rows(asked, tuple(sorted(needed)), tables)

    def from_rows(
        self, filters: Filters, dimensions: tuple[str, ...], tables: tuple[str, ...] = tuple(ROLL_UPS)
    ) -> pl.LazyFrame:
        """Return the same cells computed from the rows of the log: for dimensions that no cube keeps, and for tests."""
        parts = []
        for table in tables:
            rows = self.log.scan(table, self.versions.of(table))
            rows = self.members.merged(near(rows, filters), dimensions).filter(filters.expression())
            cells: pl.LazyFrame = ROLL_UPS[table](rows, dimensions)
            parts.append(cells)
        names = [*TIME, *dimensions, *MEASURES]
        return pl.concat([_padded(part, names) for part in parts])

    def counts(
        self,
        filters: Filters,
        by: tuple[pl.Expr, ...] = (),
        dimensions: tuple[str, ...] = (),
        measures: tuple[str, ...] = SCORES,
    ) -> pl.LazyFrame:
        """Return how many answered, one row per value of `by`; without answers, no row or zeros.

        From the smallest cube that keeps what is asked, else from the rows of the log, which counts the same.

        Parameters
        ----------
        filters : Filters
        by : tuple of expressions
            Over `day`, `week` and `dimensions`, each named; of a day only what is the same for its whole week.
        dimensions : tuple of str
            Dimensions that `by` uses.
        measures : tuple of str
            Some of `SCORES` and `CATEGORIES`, Int64.
        """
        asked = of_customers(filters)
        cube = self._cube_with(asked.dimensions | set(dimensions))
        if cube is not None:
            cells = self.cubes.about(cube, asked).lazy().filter(asked.expression())
            sums = [pl.col(name).sum() for name in measures]
        else:
            cells = self._answers(asked, dimensions)
            sums = [MEASURED[name].sum().cast(pl.Int64).alias(name) for name in measures]
        counted = cells.group_by(by).agg(sums) if by else cells.select(sums)
        return counted.with_columns(pl.col(dimensions).cast(pl.String)) if dimensions else counted

    def weeks(self, filters: Filters) -> pl.DataFrame:
        """Return answers per week (schema `WEEKS`); weeks without answers are missing."""
        weekly = self.counts(filters, (pl.col("week"),), measures=CATEGORIES)
        return WEEKS.require(weekly.filter(pl.col("n") > 0).sort("week").collect())

    def distribution(self, filters: Filters) -> tuple[int, ...]:
        """Return how many answered 0, 1 … 10."""
        return tuple(int(value) for value in self.counts(filters).collect().row(0))

    def weights(self, filters: Filters) -> dict[str, int]:
        """Return the sums of weights, and `answers`."""
        return dict(
            self.cells(filters, tables=ANSWERED).select(pl.col("answers", *WEIGHTS).sum()).collect().row(0, named=True)
        )

    def invited(self, filters: Filters) -> int:
        """Return how many customers were asked; 0 when nobody said."""
        cells = self.cells(filters, tables=("invitations",))
        return int(cells.select(pl.col("invited").sum()).collect().item())

    def halves(self, filters: Filters, dimensions: Sequence[str], split: date) -> list[pl.DataFrame]:
        """Return counts per value of each dimension before `split`, a Monday, and from it on (`is_after`)."""
        is_after = (pl.col("day") >= split).alias("is_after")
        return pl.collect_all(
            self.counts(filters, (pl.col(name), is_after), (name,), CATEGORIES).sort(name, "is_after")
            for name in dimensions
        )

    def values(self, dimension: str) -> list[str]:
        """Return the values of a dimension that occur, in the order of its members, then by name."""
        if dimension not in self._values:
            self._values[dimension] = self._occurring(dimension)
        return list(self._values[dimension])

    @cached_property
    def _values(self) -> dict[str, list[str]]:
        return {}

    def _occurring(self, dimension: str) -> list[str]:
        cube = self._cube_with({dimension})
        if cube:
            found = self.cubes.weeks(cube)[dimension].drop_nulls().unique().to_list()
        else:
            rows = self.members.merged(self.log.scan("responses", self.versions.responses), (dimension,))
            found = rows.select(pl.col(dimension).drop_nulls().unique()).collect().to_series().to_list()
        order = self.members.order(dimension)
        return sorted(found, key=lambda key: (order.get(key, len(order)), self.members.name(dimension, key)))

    def account_weeks(self, filters: Filters) -> pl.DataFrame:
        """Return the sums of each account and week (`account_sums`): for one account, one vote."""
        rows = self._answers(of_customers(filters), ("account", "role"))
        return account_sums(rows, ROLE_WEIGHTS, "week").collect(engine="streaming")

    def _answers(self, asked: Filters, dimensions: tuple[str, ...]) -> pl.LazyFrame:
        """Return the rows that count, merges applied to the dimensions that are filtered or used."""
        rows = near(self.log.scan("responses", self.versions.responses), asked)
        rows = self.members.merged(rows, asked.dimensions | set(dimensions)).filter(asked.expression())
        return rows.filter(pl.col("counts") & pl.col("recommend").is_not_null())

    def comments(self, scope: Scope, filters: Filters, most: int = 200) -> pl.DataFrame:
        """Return the newest comments (`COMMENTS`), newest first: own teams' and masked for those who read no others.

        Raises
        ------
        NotAllowedError
            When the role does not read comments.
        """
        rows = self._comments(within_comments(scope, filters), most)
        return rows.with_columns(as_readable(scope, pl.col("verbatim")))

    def comments_of(self, scope: Scope, ids: Sequence[str]) -> pl.DataFrame:
        """Return the comments of some answers (`COMMENTS`), newest first: those that the role may read, as it may.

        Raises
        ------
        NotAllowedError
            When the role does not read comments.
        """
        mine = pl.col("response_id").is_in(list(ids))
        rows = self._comments(within_comments(scope, EVERYTHING), len(ids), mine)
        return rows.with_columns(as_readable(scope, pl.col("verbatim")))

    def consented(self, scope: Scope, filters: Filters, most: int = 200) -> pl.DataFrame:
        """Return the newest comments whose authors agreed to their publication, masked: walls may show them."""
        check(scope, Capability.SEE_WALL)
        rows = self._comments(filters, most, pl.col("consent"))
        return rows.with_columns(redacted(pl.col("verbatim")))

    def _comments(self, filters: Filters, most: int, further: pl.Expr | None = None) -> pl.DataFrame:
        asked = of_customers(filters)
        said = pl.col("verbatim").is_not_null() & (pl.lit(True) if further is None else further)
        rows = near(self.log.scan("responses", self.versions.responses), asked)
        rows = self.members.merged(rows, asked.dimensions).filter(asked.expression() & said)
        newest = rows.select(*COMMENTS, "answered_at").sort("answered_at", "response_id", descending=True).head(most)
        return newest.select(COMMENTS).collect()

    @cached_property
    def first_day(self) -> date | None:
        """Return the day of the oldest answer, None without answers."""
        return self.cubes.days("total")["day"].min()  # type: ignore[return-value]  # Series.min is untyped for dates

    @cached_property
    def last_day(self) -> date | None:
        """Return the day of the newest answer, None without answers."""
        answered = self.cubes.days("total").filter(pl.col("answers") > 0)
        return answered["day"].max()  # type: ignore[return-value]  # Series.max is untyped for dates

    @cached_property
    def has_answers(self) -> bool:
        """Return whether anything was ever imported."""
        return "total" in self.cubes.names


def _padded(cells: pl.LazyFrame, names: list[str]) -> pl.LazyFrame:
    present = cells.collect_schema().names()
    missing = [pl.lit(0, dtype=pl.Int64).alias(name) for name in names if name not in present]
    return cells.with_columns(missing).select(names)
