"""Working days: Monday to Friday without the holidays of the place. Pure; who knows the holidays passes them in."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import date, timedelta

from dashboard.periods import WEEK

DAY = timedelta(days=1)
NO_HOLIDAYS: frozenset[date] = frozenset()


def is_working_day(day: date, holidays: AbstractSet[date] = NO_HOLIDAYS) -> bool:
    """Return whether people work on a day."""
    return day.weekday() < 5 and day not in holidays


def next_working_day(day: date, holidays: AbstractSet[date] = NO_HOLIDAYS) -> date:
    """Return the day itself when people work on it, else the first after it on which they do."""
    while not is_working_day(day, holidays):
        day += DAY
    return day


def add_working_days(day: date, days: int, holidays: AbstractSet[date] = NO_HOLIDAYS) -> date:
    """Return the working day that is `days` working days after `day`; 0 is the first one from `day` on."""
    found = next_working_day(day, holidays)
    for _ in range(days):
        found = next_working_day(found + DAY, holidays)
    return found


def working_days_between(since: date, until: date, holidays: AbstractSet[date] = NO_HOLIDAYS) -> int:
    """Return how many working days lie between two days, both included; 0 when reversed."""
    return sum(is_working_day(since + place * DAY, holidays) for place in range((until - since).days + 1))


def is_working_week(monday: date, holidays: AbstractSet[date] = NO_HOLIDAYS) -> bool:
    """Return whether anybody works in the week of a Monday."""
    return working_days_between(monday, monday + WEEK - DAY, holidays) > 0
