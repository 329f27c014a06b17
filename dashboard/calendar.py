"""Working days: which day is a day's work, and how many lie between two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.workdays import DAY, is_working_day


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days on which nobody works beside Saturdays and Sundays, by name."""

    holidays: tuple[tuple[date, str], ...] = ()

    @property
    def days(self) -> frozenset[date]:
        """Return the days alone."""
        return frozenset(day for day, _ in self.holidays)

    def is_working(self, day: date) -> bool:
        """Return whether a day is one of work."""
        return is_working_day(day, self.days)

    def after(self, day: date, days: int) -> date:
        """Return the day that many working days after another; with none, the day itself."""
        while days > 0:
            day += DAY
            days -= self.is_working(day)
        return day
