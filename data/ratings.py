"""Questions about ratings: what was lived, expected and held important, from the cubes that keep the dimensions, else
from the rows of the log. Raw integers are summed per scale; here they become 0–10.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl
import polars.selectors as cs

from dashboard.filters import EVERYTHING, Filters
from dashboard.journey_cells import on_ten
from dashboard.members import Members
from dashboard.tables import RATED, scale_ends
from data.cubes import Cubes
from data.log import Log, Versions
from data.rollup import RATING_CUBES, kept, roll_up_ratings
from data.rows import near, of_customers

MOST_WEIGHED = 30_000
"""Answers that importance is estimated from at most; more make no margin visibly smaller."""


@dataclass(frozen=True)
class Ratings:
    """The published ratings: which log, what is published, names and merges in force."""

    log: Log
    versions: Versions
    members: Members

    @cached_property
    def cubes(self) -> Cubes:
        """Return the cubes of ratings."""
        return Cubes(self.log, "cubes", self.versions.cubes, self.members, RATED)

    @cached_property
    def attributes(self) -> int:
        """Return how many attributes were ever rated."""
        return self.cubes.weeks("rated_attribute")["attribute"].drop_nulls().n_unique()

    @cached_property
    def most_told(self) -> dict[str, int]:
        """Return moment to how many ratings one answer may hold of it: one per attribute."""
        told = self.cubes.weeks("rated_attribute").drop_nulls("moment").group_by("moment")
        counted = told.agg(pl.col("attribute").n_unique()).with_columns(pl.col("moment").cast(pl.String))
        return dict(counted.iter_rows())

    @cached_property
    def last_day(self) -> date | None:
        """Return the day of the newest rating, None without ratings."""
        return self.cubes.days("rated_source")["day"].max()  # type: ignore[return-value]  # untyped for dates

    def sums(self, filters: Filters, by: tuple[pl.Expr, ...], dimensions: tuple[str, ...]) -> pl.DataFrame:
        """Return the sums `RATED` on the 0–10 scale (Float64), a row per value of `by`.

        Parameters
        ----------
        filters : Filters
        by : tuple of expressions
            Over `day`, `week` and `dimensions`, each named; of a day only what is the same for its whole week.
        dimensions : tuple of str
            Dimensions that `by` uses; `attribute` too.
        """
        return on_ten(self.raw(filters, by, dimensions), [one.meta.output_name() for one in by])

    def raw(self, filters: Filters, by: tuple[pl.Expr, ...], dimensions: tuple[str, ...]) -> pl.DataFrame:
        """Return the same sums of raw integers, a row per scale too."""
        asked = of_customers(filters)
        needed = asked.dimensions | set(dimensions)
        cube = self._cube_with(needed)
        if cube is not None:
            cells = self.cubes.about(cube, asked).lazy().filter(asked.expression())
        else:
            cells = self.from_rows(asked, tuple(sorted(needed | {"scale"})))
        return (
            cells.group_by(*by, "scale")
            .agg(pl.col(RATED).sum())
            .with_columns(cs.categorical().cast(pl.String))
            .collect()
        )

    def _cube_with(self, dimensions: AbstractSet[str]) -> str | None:
        return next((cube for cube in RATING_CUBES if cube in self.cubes.names and dimensions <= set(kept(cube))), None)

    def from_rows(self, filters: Filters, dimensions: tuple[str, ...]) -> pl.LazyFrame:
        """Return the cells computed from the rows of the log: for dimensions that no cube keeps, and for tests."""
        rows = self.members.merged(near(self.log.scan("ratings", self.versions.ratings), filters), dimensions)
        cells: pl.LazyFrame = roll_up_ratings(rows.filter(filters.expression()), dimensions)
        return cells

    def answers(self, filters: Filters) -> pl.DataFrame:
        """Return what importance is estimated from: who answered, `recommend` and a column of 0–10 per moment.

        Of very many the newest. `cluster` is the account, else the respondent, else the answer itself.
        """
        asked = self._newest(of_customers(filters))
        rows = near(self.log.scan("responses", self.versions.responses), asked)
        rows = self.members.merged(rows, asked.dimensions).filter(asked.expression())
        rows = rows.filter(pl.col("counts") & pl.col("recommend").is_not_null())
        rated = near(self.log.scan("ratings", self.versions.ratings), asked)
        rated = rated.filter(
            EVERYTHING.within(asked.since, asked.until).expression()
            & pl.col("counts")
            & (pl.col("measure_source") != "estimate")
            & pl.col("lived").is_not_null()
        )
        rated = self.members.merged(rated, ("moment",)).select("response_id", "moment", "scale", "lived")
        people = rows.select(
            "response_id",
            "recommend",
            "answered_at",
            cluster=pl.coalesce("account", "respondent", "response_id"),
        ).join(rated.select("response_id"), on="response_id", how="semi")
        people = people.top_k(MOST_WEIGHED, by=["answered_at", "response_id"]).drop("answered_at")
        told = people.join(rated, on="response_id").collect()
        least, most = scale_ends()
        told = told.with_columns(lived=10 * (pl.col("lived") - least) / (most - least))
        return told.pivot(
            "moment", index=["response_id", "cluster", "recommend"], values="lived", aggregate_function="mean"
        )

    def _newest(self, asked: Filters) -> Filters:
        """Return the filters with a later beginning where the weeks from there on surely hold answers enough.

        The cubes say how often each moment was rated; whoever rates one does so at most once per attribute.
        """
        if self._cube_with(asked.dimensions | {"moment"}) is None:
            return asked
        told = self.raw(asked, (pl.col("week"), pl.col("moment")), ("moment",)).drop_nulls("moment")
        rated = told.group_by("week", "moment").agg(pl.col("rated").sum())
        attributes = pl.col("moment").replace_strict(self.most_told, default=1, return_dtype=pl.Int64)
        least = rated.group_by("week").agg(answers=(pl.col("rated") // attributes).max())
        held = least.sort("week", descending=True).with_columns(pl.col("answers").cum_sum())
        enough = held.filter(pl.col("answers") >= MOST_WEIGHED)["week"]
        if enough.is_empty():
            return asked
        since = enough[0]
        return asked if asked.since is not None and asked.since >= since else asked.within(since, asked.until)
