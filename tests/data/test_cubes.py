"""Cubes in memory: by day and by week the same sums, read when asked for and once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl
import pytest

from dashboard.filters import filters
from dashboard.members import Member, Members
from dashboard.nps import with_counts
from data.cubes import Cubes
from data.log import Log
from data.rollup import CUBES, MEASURES, kept
from data.services import Services
from tests.data.stores import awkward_responses, opened, store


class Counting(Log):
    """A log that counts how often it is scanned."""

    scans = 0

    def scan(self, *asked: object, **more: object) -> pl.LazyFrame:
        self.scans += 1
        return super().scan(*asked, **more)  # type: ignore[arg-type]  # passed on as they came


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    made = opened(tmp_path_factory.mktemp("cubes") / "home")
    store(made, awkward_responses(2000))
    yield made
    made.database.dispose()


def cubes_of(services: Services, log: Log | None = None, members: Members | None = None) -> Cubes:
    version = services.state().publication.versions.cubes
    return Cubes(log or services.log, "cubes", version, members or Members(), MEASURES, with_counts)


@pytest.mark.parametrize("cube", CUBES)
def test_a_week_is_the_sum_of_its_days(stored: Services, cube: str) -> None:
    cubes = cubes_of(stored)
    keys = ["week", *kept(cube)]
    days, weeks = cubes.days(cube), cubes.weeks(cube)
    assert weeks.height <= days.height
    assert weeks["day"].equals(weeks["week"].alias("day"))
    assert weeks["day"].is_sorted()
    summed = days.group_by(keys).agg(pl.col(MEASURES).sum(), pl.col("n").sum()).sort(keys)
    assert weeks.select(summed.columns).sort(keys).equals(summed)


def test_merged_members_are_one_cell(stored: Services) -> None:
    first, second = cubes_of(stored).weeks("team_segment")["team"].drop_nulls().unique().cast(pl.String).sort()[:2]
    merged = cubes_of(stored, members=Members((Member("team", first, first, second),)))
    weeks = merged.weeks("team_segment")
    assert first not in weeks["team"].cast(pl.String).to_list()
    assert weeks.select("week", *kept("team_segment")).is_duplicated().sum() == 0


@pytest.mark.parametrize(
    ("since", "until", "is_weekly"),
    [
        (None, None, True),
        (date(2024, 1, 1), date(2024, 1, 7), True),
        (date(2024, 1, 1), None, True),
        (date(2024, 1, 2), None, False),
        (None, date(2024, 1, 6), False),
    ],
)
def test_whole_weeks_are_answered_by_weeks_and_other_periods_by_days(
    stored: Services, since: date | None, until: date | None, is_weekly: bool
) -> None:
    cubes = cubes_of(stored)
    found = cubes.about("total", filters({}, since, until))
    assert found is (cubes.weeks("total") if is_weekly else cubes.days("total"))


def test_nothing_is_read_before_it_is_asked_for_and_nothing_twice(stored: Services) -> None:
    log = Counting(stored.log.folder)
    cubes = cubes_of(stored, log)
    assert log.scans == 0
    for _ in range(3):
        cubes.weeks("team_segment")
    assert log.scans == 1
    assert cubes.names == frozenset(CUBES)
    assert cubes.names == frozenset(CUBES)
    assert log.scans == 2


def test_an_empty_publication_has_no_cube_and_no_cell(services: Services) -> None:
    cubes = cubes_of(services)
    assert cubes.names == frozenset()
    assert cubes.weeks("total").height == cubes.days("total").height == 0
