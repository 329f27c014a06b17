"""Weeks, days and zones: what a week is, when it has ended, when a day begins."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.periods import (
    WEEK,
    Period,
    every_week,
    last_closed_week,
    local_day,
    months_before,
    start_of_day,
    week_expression,
    week_number,
    week_of,
    weeks_between,
    window,
)

DAYS = st.dates(date(1971, 1, 1), date(2099, 12, 31))
ZONES = (
    "Europe/Madrid",
    "America/Santiago",
    "America/Asuncion",
    "America/Havana",
    "Africa/Cairo",
    "Asia/Beirut",
    "America/Sao_Paulo",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "UTC",
)


@pytest.mark.parametrize(
    ("day", "monday", "number"),
    [
        (date(2026, 12, 31), date(2026, 12, 28), (2026, 53)),
        (date(2027, 1, 1), date(2026, 12, 28), (2026, 53)),
        (date(2027, 1, 3), date(2026, 12, 28), (2026, 53)),
        (date(2027, 1, 4), date(2027, 1, 4), (2027, 1)),
        (date(2024, 12, 30), date(2024, 12, 30), (2025, 1)),
        (date(2023, 1, 1), date(2022, 12, 26), (2022, 52)),
        (date(2024, 2, 29), date(2024, 2, 26), (2024, 9)),
    ],
)
def test_a_week_begins_on_monday_and_belongs_to_the_year_of_its_thursday(
    day: date, monday: date, number: tuple[int, int]
) -> None:
    assert week_of(day) == monday
    assert week_number(monday) == number


@given(st.lists(DAYS, max_size=20))
def test_the_week_of_a_column_is_the_week_of_each_day(days: list[date]) -> None:
    frame = pl.DataFrame({"day": days}, schema={"day": pl.Date}).select(week_expression())
    assert frame["week"].to_list() == [week_of(day) for day in days]


@pytest.mark.parametrize(
    ("zone", "day", "instant"),
    [
        ("Europe/Madrid", date(2026, 3, 29), "2026-03-28T23:00"),
        ("Europe/Madrid", date(2026, 10, 25), "2026-10-24T22:00"),
        ("America/Santiago", date(2022, 9, 11), "2022-09-11T04:00"),  # there was no midnight
        ("America/Santiago", date(2023, 4, 2), "2023-04-02T04:00"),  # 23:00 came twice the evening before
        ("America/Asuncion", date(2022, 10, 2), "2022-10-02T04:00"),
        ("America/Havana", date(2024, 3, 10), "2024-03-10T05:00"),
        ("America/Havana", date(2023, 11, 5), "2023-11-05T04:00"),  # midnight came twice: the first
        ("Africa/Cairo", date(2024, 4, 26), "2024-04-25T22:00"),
        ("America/Sao_Paulo", date(2018, 11, 4), "2018-11-04T03:00"),
        ("Pacific/Apia", date(2011, 12, 31), "2011-12-30T10:00"),  # the 30th did not exist
    ],
)
def test_a_day_begins_at_the_first_instant_that_exists(zone: str, day: date, instant: str) -> None:
    assert start_of_day(day, ZoneInfo(zone)) == datetime.fromisoformat(instant).replace(tzinfo=UTC)


@pytest.mark.parametrize("zone", ZONES)
def test_every_instant_of_three_years_belongs_to_the_day_whose_start_it_follows(zone: str) -> None:
    place = ZoneInfo(zone)
    for index in range(0, 3 * 366):
        day = date(2022, 1, 1) + timedelta(days=index)
        start = start_of_day(day, place)
        assert local_day(start, place) == day
        assert local_day(start - timedelta(seconds=1), place) == day - timedelta(days=1)


@pytest.mark.parametrize("zone", ZONES)
def test_a_week_closes_when_its_sunday_ends_there_and_not_a_second_sooner(zone: str) -> None:
    place = ZoneInfo(zone)
    for monday in (date(2026, 3, 30), date(2026, 10, 26), date(2027, 1, 4), date(2022, 9, 12), date(2023, 4, 3)):
        ends = start_of_day(monday, place)
        assert last_closed_week(ends - timedelta(seconds=1), place) == monday - 2 * WEEK
        assert last_closed_week(ends, place) == monday - WEEK
        assert last_closed_week(ends + timedelta(days=6), place) == monday - WEEK


def test_midnight_on_sunday_comes_at_another_instant_in_every_zone() -> None:
    instant = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert last_closed_week(instant, ZoneInfo("Europe/Madrid")) == date(2026, 11, 16)
    assert last_closed_week(instant, ZoneInfo("Europe/London")) == date(2026, 11, 9)
    assert last_closed_week(instant, ZoneInfo("America/Havana")) == date(2026, 11, 9)
    assert last_closed_week(instant, ZoneInfo("Pacific/Auckland")) == date(2026, 11, 16)


@given(DAYS, DAYS)
def test_the_weeks_between_two_days_are_all_mondays_without_a_gap(first: date, last: date) -> None:
    weeks = weeks_between(first, last)
    assert all(week.weekday() == 0 for week in weeks)
    assert weeks == sorted(set(weeks))
    if week_of(first) <= week_of(last):
        assert weeks[0] == week_of(first)
        assert weeks[-1] == week_of(last)
        assert len(weeks) == (weeks[-1] - weeks[0]).days // 7 + 1
    else:
        assert weeks == []


@given(DAYS, st.integers(1, 53))
def test_a_window_ends_on_the_sunday_of_its_last_week(day: date, weeks: int) -> None:
    monday = week_of(day)
    period = window(monday, weeks)
    assert period.until == monday + timedelta(days=6)
    assert period.days == 7 * weeks
    assert period.since.weekday() == 0


def test_a_period_counts_both_ends() -> None:
    assert Period(date(2024, 2, 28), date(2024, 3, 1)).days == 3


def test_missing_weeks_are_filled_with_zeros() -> None:
    counts = pl.DataFrame(
        {"week": [date(2026, 12, 14), date(2027, 1, 4)], "n": [3, 4]}, schema={"week": pl.Date, "n": pl.Int64}
    )
    filled = every_week(counts, last=date(2027, 1, 11))
    assert filled["n"].to_list() == [3, 0, 0, 4, 0]
    assert every_week(counts.clear()).is_empty()
    bounded = every_week(counts.clear(), date(2026, 12, 14), date(2026, 12, 21))
    assert bounded["n"].to_list() == [0, 0]


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 11, 22), 0, date(2026, 11, 22)),
        (date(2026, 11, 22), 11, date(2025, 12, 22)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), 24, date(2024, 1, 15)),
    ],
)
def test_months_before_a_day_end_where_the_month_does(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before
