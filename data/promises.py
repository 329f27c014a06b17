"""Questions about promises in bulk, answered from their cubes where these keep the dimensions, else from the log.

One instance speaks about one publication.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from threading import Lock
from typing import TypeVar, cast

import polars as pl

from dashboard.aftermath import answers_around, turning
from dashboard.filters import EVERYTHING, Filters
from dashboard.members import Members
from dashboard.survival import Ending
from dashboard.tables import PROMISED, scale_ends
from data.cubes import Cubes
from data.log import Log, Versions
from data.rollup import CUBES, kept, roll_up_promises
from data.rows import near

Answer = TypeVar("Answer")

SURVEYED = pl.DataFrame(schema={"cluster": pl.String, "expected": pl.Float64, "lived": pl.Float64})

MOST_TOLD = 64
"""Answers that are kept beside the cubes of a publication: small results, never rows."""


@dataclass(frozen=True)
class Promises:
    """The published promises; attributes as in `Scores`."""

    log: Log
    versions: Versions
    members: Members
    _told: dict[Hashable, object] = field(default_factory=dict, repr=False, compare=False)
    _guard: Lock = field(default_factory=Lock, repr=False, compare=False)

    @cached_property
    def cubes(self) -> Cubes:
        """Return the cubes of promises."""
        return Cubes(self.log, "promise_cubes", self.versions.promise_cubes, self.members, PROMISED)

    def cells(self, filters: Filters, by: tuple[str, ...] = ()) -> pl.LazyFrame:
        """Return `day`, the filtered dimensions and `by`, and the sums of `PROMISED`, filters applied."""
        needed = filters.dimensions | set(by)
        cube = next((cube for cube in CUBES if needed <= set(kept(cube))), None)
        if cube is not None:
            cells = self.cubes.days(cube).lazy().filter(filters.expression())
            return cells.with_columns(pl.col(kept(cube)).cast(pl.String))
        rolled: pl.LazyFrame = roll_up_promises(self.rows(filters, by), tuple(sorted(needed)))
        return rolled

    def rows(self, filters: Filters = EVERYTHING, by: tuple[str, ...] = ()) -> pl.LazyFrame:
        """Return the promises themselves, merges applied to the dimensions that are filtered or used."""
        rows = self.log.scan("promises", self.versions.promises).filter("is_current")
        return self.members.merged(near(rows, filters), filters.dimensions | set(by)).filter(filters.expression())

    def due(self, filters: Filters, as_of: date, by: tuple[str, ...] = ()) -> pl.DataFrame:
        """Return `by`, `due`, `kept`, `late` and `minutes_late` of what was due by `as_of`; without `by`, one row."""
        cells = self.cells(filters, by).filter(pl.col("day") <= as_of)
        sums = [pl.col("promised").sum().alias("due"), pl.col("kept", "late", "minutes_late").sum()]
        return (cells.group_by(by).agg(sums).sort(by) if by else cells.select(sums)).collect()

    def standards(self, filters: Filters, as_of: date, names: Collection[str]) -> pl.DataFrame:
        """Return `standard`, `due`, `kept` and `late` of the kinds of thing promised that bear one of `names`."""
        is_due = (pl.col("day") <= as_of) & pl.col("outcome").ne_missing("released")
        counts = [(pl.col("outcome") == name).sum().cast(pl.Int64).alias(name) for name in ("kept", "late")]
        rows = self.rows(filters).filter(is_due & pl.col("standard").is_in(list(names)))
        return rows.group_by("standard").agg(pl.len().cast(pl.Int64).alias("due"), *counts).collect()

    def open(self, filters: Filters) -> pl.DataFrame:
        """Return `day` and `open`: how many promises that fall due on each day are still open."""
        cells = self.cells(filters).group_by("day").agg(pl.col("open").sum())
        return cells.filter(pl.col("open") > 0).sort("day").collect()

    def waiting(self, still_open: pl.DataFrame) -> int:
        """Return how many different customers wait for the open promises of `open`; nameless ones are one each."""
        if still_open.is_empty():
            return 0
        days = still_open["day"]
        rows = self.rows(EVERYTHING.within(days.min(), days.max())).filter(pl.col("outcome").is_null())  # type: ignore[arg-type]  # days
        whose = rows.filter(pl.col("day").is_in(days.implode())).select(
            pl.coalesce("account", "respondent", "promise_id")
        )
        return int(whose.collect().n_unique())

    def waits(self, filters: Filters, today: date) -> pl.DataFrame:
        """Return `team`, `days`, `ending` and `times`: how many promises waited so long and ended so.

        Only those count of which the day they were made is known. A broken one is given up on the day it was due; when
        a customer called one off is not known, and it is left out.
        """
        is_broken = pl.col("outcome") == "broken"
        given_up = pl.when(is_broken).then(pl.lit(Ending.CANCELLED.value))
        ending = pl.when(pl.col("delivered").is_not_null()).then(pl.lit(Ending.DELIVERED.value)).otherwise(given_up)
        end = pl.coalesce("delivered", pl.when(is_broken).then("day"), pl.lit(today))
        is_told = pl.col("outcome").is_null() | pl.col("delivered").is_not_null() | is_broken
        rows = self.rows(filters, ("team",)).filter(pl.col("made").is_not_null() & is_told)
        days = (end - pl.col("made")).dt.total_days().cast(pl.Float64)
        waited = rows.select("team", days=days, ending=ending.cast(pl.String)).filter(pl.col("days") >= 0)
        counted = waited.group_by("team", "days", "ending").agg(times=pl.len().cast(pl.Int64))
        return counted.collect(engine="streaming")

    def said(self, filters: Filters) -> pl.DataFrame:
        """Return `cluster`, `expected`, `lived` (0..10) and `ours` of the promises that somebody said something of."""
        low, high = scale_ends()
        rows = self.rows(filters).filter(pl.col("lived").is_not_null() | pl.col("expected").is_not_null())
        return rows.select(
            cluster=pl.coalesce("account", "respondent", "promise_id"),
            expected=10 * (pl.col("expected") - low) / (high - low),
            lived=10 * (pl.col("lived") - low) / (high - low),
            ours=pl.col("measure_source") == "estimate",
        ).collect()

    def surveyed(self, filters: Filters) -> pl.DataFrame:
        """Return `cluster`, `expected` and `lived` (0..10) of what surveys ask on both sides of one moment.

        One row per answer and moment: the mean of its questions on each side. Read a month at a time: the answers of
        a large company do not fit beside each other.
        """
        low, high = scale_ends()
        own = ["response_id", "moment"]
        parts = [SURVEYED.clear()]
        for month in self.log.months("ratings", self.versions.ratings):  # of an answer everything is in one month
            rows = near(self.log.scan("ratings", self.versions.ratings, [month]), filters).filter("counts")
            rows = self.members.merged(rows, filters.dimensions).filter(filters.expression())
            told = rows.filter(pl.col("measure_source") != "estimate").select(
                *own,
                cluster=pl.coalesce("account", "respondent", "response_id"),
                **{side: 10 * (pl.col(side) - low) / (high - low) for side in ("expected", "lived")},
            )
            both = told.group_by(own).agg(pl.col("cluster").first(), pl.col("expected", "lived").mean())
            parts.append(both.drop_nulls(["expected", "lived"]).drop(own).collect(engine="streaming"))
        return pl.concat(parts)

    @cached_property
    def around(self) -> pl.DataFrame:
        """Return what customers answered around the first promise to their company and the first that was broken.

        As `answers_around`; read once, whatever the day: a publication never changes.
        """
        is_meant = pl.col("outcome").ne_missing("released") & pl.col("account").is_not_null()
        promised = self.rows(EVERYTHING, ("account",)).filter(is_meant)
        turns = turning(promised.select("account", "day", is_broken=pl.col("outcome").ne_missing("kept"))).collect()
        told = self.log.scan("responses", self.versions.responses).filter(
            pl.col("counts")
            & pl.col("respondent").is_not_null()
            & pl.col("account").is_not_null()
            & pl.col("recommend").is_not_null()
        )
        return answers_around(turns, told.select("account", "respondent", "day", "recommend"))

    def once(self, question: Hashable, compute: Callable[[], Answer]) -> Answer:
        """Return an answer that hangs on the publication and on `question` alone, computed once while this is kept."""
        with self._guard:
            if question in self._told:
                return cast(Answer, self._told[question])
        answer = compute()
        with self._guard:
            while len(self._told) >= MOST_TOLD:
                del self._told[next(iter(self._told))]
            self._told[question] = answer
        return answer

    @cached_property
    def last_due(self) -> date | None:
        """Return the newest day on which anything fell due, None without promises."""
        return self.cubes.days("total")["day"].max()  # type: ignore[return-value]  # Series.max is untyped for dates

    def values(self, dimension: str) -> list[str]:
        """Return the values of a dimension that occur."""
        names = self.cells(EVERYTHING, (dimension,)).select(pl.col(dimension).drop_nulls().unique().sort())
        return names.collect().to_series().to_list()
