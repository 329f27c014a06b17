"""Cubes in memory: each is read when it is first asked for, by week unless somebody needs days.

By week a cube is a seventh as large, and most questions are about whole weeks; the others stay on the disk.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock

import polars as pl

from dashboard.filters import Filters
from dashboard.members import Members
from data.log import Log
from data.rollup import TIME, kept


@dataclass(frozen=True)
class Cubes:
    """Some cubes of one publication, merges applied.

    Attributes
    ----------
    log : Log
    table : str
        Where they are stored.
    version : int
    members : Members
    measures : tuple of str
        Int64 columns, summed over the days of a week.
    finish : callable
        What is added to every cube once it is read.
    """

    log: Log
    table: str
    version: int
    members: Members
    measures: tuple[str, ...]
    finish: Callable[[pl.DataFrame], pl.DataFrame] = field(default=lambda cells: cells)
    _read: dict[tuple[str, bool], pl.DataFrame] = field(default_factory=dict, repr=False, compare=False)
    _guard: Lock = field(default_factory=Lock, repr=False, compare=False)

    @cached_property
    def names(self) -> frozenset[str]:
        """Return the names of the cubes that have any cell."""
        names = self.log.scan(self.table, self.version).select(pl.col("cube").unique())
        return frozenset(names.collect(engine="streaming").to_series())

    def days(self, cube: str) -> pl.DataFrame:
        """Return `TIME`, what the cube keeps and its measures, a row per day and combination, sorted by day."""
        return self._once(cube, is_weekly=False)

    def weeks(self, cube: str) -> pl.DataFrame:
        """Return the same by week, on its Monday: `day` and `week` are the same, and there is no month."""
        return self._once(cube, is_weekly=True)

    def about(self, cube: str, period: Filters) -> pl.DataFrame:
        """Return weeks where the period begins on a Monday and ends on a Sunday, else days."""
        begins, ends = period.since, period.until
        is_weekly = (begins is None or begins.weekday() == 0) and (ends is None or ends.weekday() == 6)
        return self._once(cube, is_weekly=is_weekly)

    def _once(self, cube: str, *, is_weekly: bool) -> pl.DataFrame:
        with self._guard:
            if (cube, is_weekly) not in self._read:
                self._read[cube, is_weekly] = self._cells(cube, is_weekly=is_weekly)
            return self._read[cube, is_weekly]

    def _cells(self, cube: str, *, is_weekly: bool) -> pl.DataFrame:
        cells = self.log.scan(self.table, self.version).filter(pl.col("cube") == cube)
        cells = self.members.merged(cells.select(*TIME, *kept(cube), *self.measures), kept(cube))
        if is_weekly:
            sums = pl.col(self.measures).sum()
            cells = cells.group_by("week", *kept(cube)).agg(sums).with_columns(day=pl.col("week"))
        return self.finish(
            cells.sort("day").with_columns(pl.col(kept(cube)).cast(pl.Categorical)).collect(engine="streaming")
        )
