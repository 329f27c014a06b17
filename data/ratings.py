"""Questions about ratings: what was lived, expected and held important, from the cubes that keep the dimensions, else
from the rows of the log. Raw integers are summed per scale; here they become 0–10.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from dashboard.filters import Filters
from dashboard.journey_cells import on_ten
from dashboard.members import Members
from dashboard.tables import RATED
from data.log import Log, Versions
from data.rollup import RATING_CUBES, TIME, kept, roll_up_ratings
from data.rows import near, of_customers

MOST_WEIGHED = 60_000
"""Answers that importance is estimated from at most; more make no margin visibly smaller."""


@dataclass(frozen=True)
class Ratings:
    """The published ratings: which log, what is published, names and merges in force."""

    log: Log
    versions: Versions
    members: Members

    @cached_property
    def cubes(self) -> dict[str, pl.DataFrame]:
        """Return every cube of ratings that was computed, sorted by day, merges applied."""
        stored = self.log.scan("cubes", self.versions.cubes).filter(pl.col("cube").is_in(list(RATING_CUBES))).collect()
        found = {}
        for cube in stored["cube"].unique():
            own = stored.lazy().filter(pl.col("cube") == cube).select(*TIME, *kept(cube), *RATED)
            found[cube] = self.members.merged(own, kept(cube)).sort("day").collect()
        return found

    @cached_property
    def attributes(self) -> int:
        """Return how many attributes were ever rated."""
        cube = self.cubes.get("rated_attribute")
        return 0 if cube is None else cube["attribute"].drop_nulls().n_unique()

    @cached_property
    def most_told(self) -> dict[str, int]:
        """Return moment to how many ratings one answer may hold of it: one per attribute."""
        cube = self.cubes.get("rated_attribute")
        if cube is None:
            return {}
        told = cube.drop_nulls("moment").group_by("moment").agg(pl.col("attribute").n_unique())
        return dict(told.iter_rows())

    @cached_property
    def last_day(self) -> date | None:
        """Return the day of the newest rating, None without ratings."""
        cube = self.cubes.get("rated_source")
        return None if cube is None else cube["day"].max()  # type: ignore[return-value]  # untyped for dates

    def sums(self, filters: Filters, by: tuple[pl.Expr, ...], dimensions: tuple[str, ...]) -> pl.DataFrame:
        """Return the sums `RATED` on the 0–10 scale (Float64), a row per value of `by`.

        Parameters
        ----------
        filters : Filters
        by : tuple of expressions
            Over `day`, `week` and `dimensions`, each named.
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
            cells = self.cubes[cube].lazy().filter(asked.expression())
        else:
            cells = self.from_rows(asked, tuple(sorted(needed | {"scale"})))
        return cells.group_by(*by, "scale").agg(pl.col(RATED).sum()).collect()

    def _cube_with(self, dimensions: AbstractSet[str]) -> str | None:
        return next((cube for cube in self.cubes if dimensions <= set(kept(cube))), None)

    def from_rows(self, filters: Filters, dimensions: tuple[str, ...]) -> pl.LazyFrame:
        """Return the cells computed from the rows of the log: for dimensions that no cube keeps, and for tests."""
        rows = self.members.merged(near(self.log.scan("ratings", self.versions.ratings), filters), dimensions)
        cells: pl.LazyFrame = roll_up_ratings(rows.filter(filters.expression()), dimensions)
        return cells

    def answers(self, filters: Filters) -> pl.DataFrame:
        """Return what importance is estimated from: who answered, `recommend` and a column of 0–10 per moment.

        Of very many the newest. `cluster` is the account, else the respondent, else the answer itself.
        """
        asked = of_customers(filters)
        rows = near(self.log.scan("responses", self.versions.responses), asked)
        rows = self.members.merged(rows, asked.dimensions).filter(asked.expression())
        rows = rows.filter(pl.col("counts") & pl.col("recommend").is_not_null())
        rated = near(self.log.scan("ratings", self.versions.ratings), asked)
        rated = rated.filter(
            pl.col("counts") & (pl.col("measure_source") != "estimate") & pl.col("lived").is_not_null()
        )
        rated = self.members.merged(rated, ("moment",)).select("response_id", "moment", "scale", "lived")
        people = rows.select(
            "response_id",
            "recommend",
            "answered_at",
            cluster=pl.coalesce("account", "respondent", "response_id"),
        ).join(rated.select("response_id").unique(), on="response_id", how="semi")
        people = people.sort("answered_at", "response_id", descending=True).head(MOST_WEIGHED).drop("answered_at")
        told = people.join(rated, on="response_id").collect()
        least, most = (pl.col("scale").str.extract(r"^(-?\d+)-(-?\d+)$", place).cast(pl.Float64) for place in (1, 2))
        told = told.with_columns(lived=10 * (pl.col("lived") - least) / (most - least))
        return told.pivot(
            "moment", index=["response_id", "cluster", "recommend"], values="lived", aggregate_function="mean"
        )
