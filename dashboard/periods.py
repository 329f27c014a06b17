"""Days, ISO weeks and closed weeks in the organisation's time zone.

Weeks begin on Monday and are named by it. A week is closed when its Sunday has ended there.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import polars as pl

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Period:
    """Local days from `since` to `until`, both included."""

    since: date
    until: date

    @property
    def days(self) -> int:
        """Return how many days it has."""
        return (self.until - self.since).days + 1


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    """Return the calendar day that `instant` (aware) falls on in `zone`."""
    return instant.astimezone(zone).date()


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """Return the first instant of `day` in `zone`, in UTC.

    Where clocks jump over midnight that is the first minute that exists.
    """
    naive = datetime.combine(day, time())
    instant = naive.replace(tzinfo=zone).astimezone(UTC)
    for _ in range(24 * 60):
        if instant.astimezone(zone).date() >= day:
            break
        instant += timedelta(minutes=1)
    while (instant - timedelta(minutes=1)).astimezone(zone).date() == day:
        instant -= timedelta(minutes=1)
    return instant


def months_before(day: date, months: int) -> date:
    """Return the same day of an earlier month, its last one where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def week_of(day: date) -> date:
    """Return the Monday of the ISO week of `day`."""
    return day - timedelta(days=day.weekday())


def week_number(week: date) -> tuple[int, int]:
    """Return the ISO year and week number of a Monday: 2027-01-01 lies in (2026, 53)."""
    year, number, _ = week.isocalendar()
    return year, number


def last_closed_week(now: datetime, zone: ZoneInfo) -> date:
    """Return the Monday of the newest week whose Sunday has ended in `zone`."""
    return week_of(local_day(now, zone)) - WEEK


def weeks_between(first: date, last: date) -> list[date]:
    """Return every Monday from the week of `first` to the week of `last`, both included; none when reversed."""
    start, end = week_of(first), week_of(last)
    return [start + index * WEEK for index in range((end - start).days // 7 + 1)]


def window(last_week: date, weeks: int) -> Period:
    """Return the days of the `weeks` weeks that end with the week `last_week`."""
    return Period(last_week - (weeks - 1) * WEEK, last_week + timedelta(days=6))


def every_week(counts: pl.DataFrame, first: date | None = None, last: date | None = None) -> pl.DataFrame:
    """Return `counts` with one row per week, missing weeks filled with zeros.

    Parameters
    ----------
    counts : DataFrame
        `week` (Date) and Int64 sums.
    first, last : date, optional
        Mondays; default the first and last week present. No rows and no bounds give no rows.
    """
    first = first or counts["week"].min()  # type: ignore[assignment]  # Series.min is untyped for dates
    last = last or counts["week"].max()  # type: ignore[assignment]  # as above
    if first is None or last is None:
        return counts
    weeks = pl.DataFrame({"week": weeks_between(first, last)}, schema={"week": pl.Date})
    sums = [name for name in counts.columns if name != "week"]
    return weeks.join(counts, on="week", how="left").sort("week").with_columns(pl.col(sums).fill_null(0))


def week_expression(day: str = "day") -> pl.Expr:
    """Return the expression of the Monday of column `day` (Date)."""
    return (pl.col(day) - pl.duration(days=pl.col(day).dt.weekday() - 1)).cast(pl.Date).alias("week")
