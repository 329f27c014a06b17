"""What time it is: injected, so that weeks and deadlines can be tested."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Protocol


class Clock(Protocol):
    """Anything that knows the time."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present instant in UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class PinnedClock:
    """The machine's time of day on a chosen day."""

    today: date

    def now(self) -> datetime:
        """Return noon of the chosen day in UTC: the same instant every time."""
        return datetime.combine(self.today, time(12), UTC)


def make_clock(today: date | None) -> Clock:
    """Return the clock for the setting `today`."""
    return SystemClock() if today is None else PinnedClock(today)
