"""Working days leave out weekends and the holidays of the place."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.calendar import Calendar

CHRISTMAS = Calendar(((date(2026, 12, 25), "Navidad"),))


@pytest.mark.parametrize(
    ("day", "days", "expected"),
    [
        (date(2026, 12, 24), 0, date(2026, 12, 24)),
        (date(2026, 12, 24), 1, date(2026, 12, 28)),
        (date(2026, 12, 23), 2, date(2026, 12, 28)),
        (date(2026, 12, 26), 1, date(2026, 12, 28)),
        (date(2026, 11, 20), 7, date(2026, 12, 1)),
    ],
)
def test_working_days_are_counted(day: date, days: int, expected: date) -> None:
    assert CHRISTMAS.after(day, days) == expected


def test_nobody_works_on_weekends_and_holidays() -> None:
    week = [date(2026, 12, day) for day in range(21, 28)]
    assert [day.day for day in week if CHRISTMAS.is_working(day)] == [21, 22, 23, 24]
