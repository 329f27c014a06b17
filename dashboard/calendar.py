"""Working days: which day is a day's work, and how many lie between two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
FIRST_OF_WEEKEND = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days on which nobody works beside Saturdays and Sundays, by name."""

    holidays: tuple[tuple[date, str], ...] = ()

    def is_working(self, day: date) -> bool:
        """Return whether a day is one of work."""
        return day.weekday() < FIRST_OF_WEEKEND and day not in dict(self.holidays)

    def after(self, day: date, days: int) -> date:
        """Return the day that many working days after another; with none, the day itself."""
        while days > 0:
            day += DAY
            days -= self.is_working(day)
        return day
