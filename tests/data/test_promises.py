"""The questions about promises: from cubes and from rows the same, merges applied, periods by the day they were due."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from dashboard.filters import EVERYTHING, Filters, filters
from data.services import Services
from data.writes.members import merge_member
from tests.data.stores import ADMINISTRATOR
from tests.data.writes.test_promises import SECOND, sent

AS_OF = date(2026, 11, 21)


@pytest.fixture
def stored(services: Services, outside: Path) -> Services:
    """A home with five orders."""
    sent(services, outside, SECOND)
    return services


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (EVERYTHING, (4, 1, 2)),
        (filters({"team": ["Almacén"]}), (2, 0, 1)),
        (filters({"account": ["A"]}), (2, 1, 1)),
        (EVERYTHING.within(date(2026, 11, 9), date(2026, 11, 15)), (1, 0, 1)),
        (filters({"team": ["nobody"]}), (0, 0, 0)),
    ],
)
def test_cubes_and_rows_count_the_same(stored: Services, asked: Filters, expected: tuple[int, ...]) -> None:
    promises = stored.promises(stored.state())
    assert promises.due(asked, AS_OF).select("due", "kept", "late").row(0) == expected
    by = promises.due(asked, AS_OF, ("account",))
    assert tuple(by.select(pl.col("due", "kept", "late").sum()).row(0)) == expected


def test_what_is_open_is_told_by_its_day(stored: Services) -> None:
    found = stored.promises(stored.state()).open(EVERYTHING)
    assert found.rows() == [(date(2026, 11, 18), 1), (date(2026, 12, 11), 1)]


def test_waiting_counts_what_is_still_open(stored: Services) -> None:
    waits = stored.promises(stored.state()).waits(EVERYTHING, date(2026, 11, 22)).sort("days", "team")
    assert waits.rows() == [
        ("Transporte", 3.0, "delivered"),
        ("Almacén", 6.0, None),
        ("Transporte", 7.0, "delivered"),
        ("Almacén", 8.0, "delivered"),
        ("Almacén", 13.0, None),
    ]


def test_a_merged_team_is_counted_with_the_other(stored: Services) -> None:
    merge_member(stored, ADMINISTRATOR, "team", "Almacén", "Transporte")
    promises = stored.promises(stored.state())
    assert promises.due(EVERYTHING, AS_OF, ("team",)).select("team", "due").rows() == [("Transporte", 4)]
    assert promises.values("team") == ["Transporte"]


def test_each_standard_has_its_share(stored: Services) -> None:
    rows = stored.promises(stored.state()).standards(EVERYTHING, AS_OF, ["order in 24 h", "x"]).rows()
    assert rows == [("order in 24 h", 4, 1, 2)]
