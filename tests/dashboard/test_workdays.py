"""Working days, counted against a slow reference."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.workdays import (
    add_working_days,
    is_working_day,
    is_working_week,
    next_working_day,
    working_days_between,
)

CHRISTMAS = date(2026, 12, 25)  # a Friday
HOLIDAYS = frozenset({CHRISTMAS, date(2027, 1, 1), date(2027, 1, 6)})
DAYS = st.dates(date(2026, 11, 1), date(2027, 2, 1))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 12, 24), date(2026, 12, 24)),
        (CHRISTMAS, date(2026, 12, 28)),
        (date(2026, 12, 26), date(2026, 12, 28)),
        (date(2027, 1, 1), date(2027, 1, 4)),
    ],
)
def test_the_next_working_day_is_the_day_itself_when_people_work(day: date, expected: date) -> None:
    assert next_working_day(day, HOLIDAYS) == expected


@given(DAYS, st.integers(0, 30), st.frozensets(DAYS, max_size=12))
def test_adding_working_days_lands_on_one_and_counts_back(day: date, days: int, holidays: frozenset[date]) -> None:
    found = add_working_days(day, days, holidays)
    assert is_working_day(found, holidays)
    assert working_days_between(day, found, holidays) == days + 1


@given(DAYS, st.integers(-5, 60), st.frozensets(DAYS, max_size=12))
def test_working_days_are_those_of_the_reference(since: date, days: int, holidays: frozenset[date]) -> None:
    until = since + timedelta(days=days)
    reference = [since + timedelta(days=place) for place in range(days + 1)]
    expected = sum(day.weekday() < 5 and day not in holidays for day in reference)
    assert working_days_between(since, until, holidays) == expected


def test_a_week_of_holidays_is_no_working_week() -> None:
    monday = date(2026, 12, 21)
    assert is_working_week(monday, HOLIDAYS)
    assert not is_working_week(monday, frozenset(monday + timedelta(days=place) for place in range(5)))
