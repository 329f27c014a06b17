"""Dates in formats, words, parts or as a constant; what does not exist is never guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.ingest.dates import is_readable, moments
from data.ingest.mapping import Dates
from data.ingest.values import trimmed

MADRID = "Europe/Madrid"


def read(cells: dict[str, list[str]], zone: str = MADRID, day_zone: str = MADRID, **dates: Any) -> list[Any]:
    instant, day = moments(Dates(**dates), zone, day_zone)
    rows = trimmed(pl.DataFrame(cells), list(cells))
    return rows.select(instant.alias("instant"), day.alias("day")).collect().rows()


def day_of(cell: str, *formats: str, zone: str = MADRID) -> date | None:
    rows = read({"x": [cell]}, zone, column="x", formats=list(formats))
    return rows[0][1]  # type: ignore[no-any-return]  # a row of a frame is untyped


@pytest.mark.parametrize(
    ("cell", "form", "day"),
    [
        ("2026-05-31", "%Y-%m-%d", date(2026, 5, 31)),
        (" 31/05/2026 ", "%d/%m/%Y", date(2026, 5, 31)),
        ("05/31/2026", "%m/%d/%Y", date(2026, 5, 31)),
        ("31/5/26", "%d/%m/%y", date(2026, 5, 31)),
        ("20260531", "%Y%m%d", date(2026, 5, 31)),
        ("2026", "%Y", date(2026, 1, 1)),
        ("05/2026", "%m/%Y", date(2026, 5, 1)),
        ("3 de mayo de 2026", "%d %B %Y", date(2026, 5, 3)),
        ("3 de mayo de 2026", "%d de %B de %Y", date(2026, 5, 3)),
        ("1 de diciembre del 2025", "%d de %B de %Y", date(2025, 12, 1)),
        ("03-Sept-2026", "%d-%b-%Y", date(2026, 9, 3)),
        ("May 3, 2026", "%B %d, %Y", date(2026, 5, 3)),
        ("3 ene. 2026", "%d %b %Y", date(2026, 1, 3)),
        ("31-DIC-25", "%d-%b-%y", date(2025, 12, 31)),
        ("31/04/2026", "%d/%m/%Y", None),
        ("29/02/2026", "%d/%m/%Y", None),
        ("2026-13-01", "%Y-%m-%d", None),
        ("yesterday", "%Y-%m-%d", None),
        ("01/02/262143", "%d/%m/%Y", None),
        ("01/02/12026", "%d/%m/%Y", None),
        ("", "%Y-%m-%d", None),
        ("05/31/2026 12:00:00 AM", "%m/%d/%Y %I:%M:%S %p", date(2026, 5, 31)),
        ("2026-05-31T23:30:00Z", "%Y-%m-%dT%H:%M:%SZ", date(2026, 5, 31)),
        ("2026-05-31T23:30:00+0000", "%Y-%m-%dT%H:%M:%S%z", date(2026, 6, 1)),
    ],
)
def test_a_date_is_read_as_its_format_says_or_not_at_all(cell: str, form: str, day: date | None) -> None:
    assert day_of(cell, form) == day


def test_the_first_format_that_fits_wins() -> None:
    formats = ("%d/%m/%Y", "%Y")
    assert [day_of(cell, *formats) for cell in ("03/04/2017", "2015", "x")] == [
        date(2017, 4, 3),
        date(2015, 1, 1),
        None,
    ]


def test_a_time_that_the_zone_skips_is_not_a_time() -> None:
    form = "%Y-%m-%d %H:%M"
    assert day_of("2026-03-29 02:30", form) is None
    assert day_of("2026-03-29 02:30", form, zone="UTC") == date(2026, 3, 29)
    twice = read({"x": ["2026-10-25 02:30"]}, column="x", formats=[form])
    assert twice[0][0] == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_the_day_is_counted_where_the_organisation_is() -> None:
    rows = read({"x": ["2026-05-31 23:00"]}, "America/Mexico_City", MADRID, column="x", formats=["%Y-%m-%d %H:%M"])
    assert rows == [(datetime(2026, 6, 1, 5, 0, tzinfo=UTC), date(2026, 6, 1))]


@pytest.mark.parametrize("zone", ["America/Santiago", "America/Asuncion", "America/Havana", MADRID, "Africa/Cairo"])
def test_a_day_without_time_exists_in_every_zone(zone: str) -> None:
    days = [date(2026, 1, 1) + timedelta(days=place) for place in range(365)]
    rows = read({"x": [day.isoformat() for day in days]}, zone, zone, column="x", formats=["%Y-%m-%d"])
    assert [row[1] for row in rows] == days


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("1780228800", date(2026, 5, 31)),
        ("1780228800.75", date(2026, 5, 31)),
        (" 0 ", date(1970, 1, 1)),
        ("9223372036854775807", None),
        ("1e18", None),
        ("-5", None),
        ("NaN", None),
        ("", None),
    ],
)
def test_seconds_since_1970_never_wrap_around(cell: str, day: date | None) -> None:
    assert read({"x": [cell]}, column="x", unix=True)[0][1] == day


def test_parts_may_be_columns_or_numbers() -> None:
    cells = {"d": ["5", " 30 ", "31", "0", "x", "5.0"], "m": ["5", "5", "4", "5", "5", "5"]}
    rows = read(cells, year=2017, month="m", day="d")
    assert [row[1] for row in rows] == [date(2017, 5, 5), date(2017, 5, 30), None, None, None, date(2017, 5, 5)]


def test_a_time_column_refines_the_day_and_may_be_blank() -> None:
    cells = {"x": ["2026-01-05"] * 4, "t": ["09:30", "", "9:30:05 PM", "late"]}
    rows = read(cells, column="x", formats=["%Y-%m-%d"], time="t")
    assert [row[0].hour if row[0] else None for row in rows] == [8, 11, 20, None]
    assert [row[1] is None for row in rows] == [False, False, False, True]


def test_a_constant_is_the_day_of_every_row() -> None:
    assert read({"x": ["a"]}, constant=date(2026, 5, 31))[0][1] == date(2026, 5, 31)


@pytest.mark.parametrize(
    ("form", "readable"),
    [
        ("%Y-%m-%d", True),
        ("%d/%m/%Y %H:%M", True),
        ("%Y", True),
        ("%Y-%m", True),
        ("%d de %B de %Y", True),
        ("%m/%d/%Y %I:%M:%S %p", True),
        ("%Y-%m-%dT%H:%M:%S%z", True),
        ("%Y-%m-%dT%H:%M:%S%.f", True),
        ("%F", True),
        ("%j %Y", True),
        ("%d/%m/%Y %H", False),
        ("%Y-%m-%d %I:%M", False),
        ("%d/%m", False),
        ("%H:%M", False),
        ("dd/mm/yyyy", False),
        ("%Q", False),
        ("%Y-%m-%d %H:%M:%S.%f", False),
        ("%", False),
        ("", False),
    ],
)
def test_a_format_says_a_day_or_is_refused(form: str, readable: bool) -> None:
    assert is_readable(form) is readable


@given(st.text(st.sampled_from(list("%YmdHMSIpbBjyfzs/:- .TZQ")), max_size=12))
def test_no_format_breaks_the_reading(form: str) -> None:
    if is_readable(form):
        read({"x": ["2026-05-31", "", "31/05/2026 10:00", "%", "x"]}, column="x", formats=[form])


@given(st.dates(date(1970, 1, 2), date(2200, 1, 1)), st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%d-%b-%Y", "%B %d, %Y"]))
def test_every_written_day_is_read_back(day: date, form: str) -> None:
    assert day_of(day.strftime(form), form) == day


@given(st.text(max_size=20))
def test_any_text_is_a_date_or_nothing(cell: str) -> None:
    for form in ("%Y-%m-%d", "%d %B %Y", "%Y", "%Y-%m-%d %H:%M"):
        found = day_of(cell, form)
        assert found is None or isinstance(found, date)
