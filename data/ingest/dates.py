"""Dates as people write them: formats, words, parts or a constant, in a stated time zone.

A time that the zone skips, or a text that no format fits, becomes null and the row is rejected; nothing is guessed.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

import polars as pl

from data.ingest.values import number, text, whole

if TYPE_CHECKING:
    from data.ingest.mapping import Dates

MONTHS = (
    "enero|ene|january|jan",
    "febrero|feb|february",
    "marzo|mar|march",
    "abril|abr|april|apr",
    "mayo|may",
    "junio|jun|june",
    "julio|jul|july",
    "agosto|ago|august|aug",
    "septiembre|setiembre|sept|sep|set|september",
    "octubre|oct|october",
    "noviembre|nov|november",
    "diciembre|dic|december|dec",
)

OF = r"(?i)\s+del?\s+"
"""3 de mayo de 2026 is read as 3 mayo 2026."""

LAST_SECOND = 253_402_300_799
"""The end of the year 9999: beyond it, and in milliseconds, the number is not a date."""

NOON = time(12)
"""A day without a time is stored at noon: every zone has one."""


def moments(dates: Dates, zone: str, day_zone: str) -> tuple[pl.Expr, pl.Expr]:
    """Return the expressions of the instant (Datetime UTC) and of the local business day (Date).

    Parameters
    ----------
    dates : Dates
        What the mapping says.
    zone : str
        Zone in which the file's times are written.
    day_zone : str
        Zone of the organisation, in which days are counted.
    """
    if dates.constant is not None:
        return _of_days(pl.lit(dates.constant, dtype=pl.Date), dates.time, zone)
    if dates.column is None:
        year, month, day = (_part(part) for part in (dates.year, dates.month, dates.day))
        is_real = month.is_between(1, 12) & day.is_between(1, 31) & year.is_between(1, 9999)
        written = pl.format("{}-{}-{}", year, month, day)
        return _of_days(pl.when(is_real).then(written).str.to_date("%Y-%m-%d", strict=False), dates.time, zone)
    column = text(dates.column)
    if dates.unix:
        seconds = number(dates.column)
        is_real = seconds.is_between(0, LAST_SECOND)
        instant = pl.from_epoch(pl.when(is_real).then(seconds).cast(pl.Int64), "s")
        instant = instant.cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
        return instant, instant.dt.convert_time_zone(day_zone).dt.date()
    instants, days = zip(*(_of_format(column, form, dates.time, zone, day_zone) for form in dates.formats), strict=True)
    return pl.coalesce(instants), pl.coalesce(days)


def _part(part: str | int | None) -> pl.Expr:
    if isinstance(part, str):
        return whole(part)
    return pl.lit(part, dtype=pl.Int64)


def _of_format(
    column: pl.Expr, form: str, time_column: str | None, zone: str, day_zone: str
) -> tuple[pl.Expr, pl.Expr]:
    cell, form = without_words(column, form)
    if any(part in form for part in ("%H", "%I", "%T", "%R", "%s")):
        if "%z" in form:
            instant = cell.str.to_datetime(form, time_unit="us", strict=False).dt.convert_time_zone("UTC")
        else:
            instant = _in_zone(cell.str.to_datetime(form, time_unit="us", strict=False), zone)
        return instant, instant.dt.convert_time_zone(day_zone).dt.date()
    for part, names in (("%m", ("%m",)), ("%d", ("%d", "%e"))):
        if not any(name in form for name in names) and "%j" not in form and "%F" not in form and "%D" not in form:
            cell, form = cell + " 1", form + " " + part
    return _of_days(cell.str.to_date(form, strict=False), time_column, zone)


def without_words(column: pl.Expr, form: str) -> tuple[pl.Expr, str]:
    """Return text and format with month names, Spanish or English, turned into numbers."""
    if "%b" not in form and "%B" not in form:
        return column, form
    cell = column.str.replace_all(OF, " ")
    for place, names in enumerate(MONTHS, start=1):
        cell = cell.str.replace(rf"(?i)\b(?:{names})\b\.?", str(place))
    return cell, re.sub(OF, " ", form).replace("%B", "%m").replace("%b", "%m")


def is_readable(form: str) -> bool:
    """Return whether a day written in this format can be read back: it names at least the year, and nothing unknown."""
    day = datetime(2026, 5, 31, 13, 45, 59, tzinfo=UTC)
    if "%f" in form:  # nanoseconds in Polars: a fraction of a second is written %.f
        return False
    try:
        written = pl.DataFrame({"x": [day]}).select(pl.col("x").dt.strftime(form))
        read = written.select(_of_format(pl.col("x"), form, None, "UTC", "UTC")[1]).item()
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException):
        return False
    return read is not None and read.year == day.year


def _of_days(day: pl.Expr, time_column: str | None, zone: str) -> tuple[pl.Expr, pl.Expr]:
    """Return instant and day of local days, with the time of a column where there is one."""
    clock = pl.lit(NOON)
    if time_column is not None:
        cell = text(time_column)
        written = [cell.str.to_time(form, strict=False) for form in ("%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p")]
        clock = pl.coalesce(*written, pl.when(cell.is_null()).then(pl.lit(NOON)))
    instant = _in_zone(day.dt.combine(clock, time_unit="us"), zone)
    return instant, pl.when(instant.is_not_null()).then(day)


def _in_zone(naive: pl.Expr, zone: str) -> pl.Expr:
    """Return the instant of a local time; of an hour that happens twice, the first."""
    return naive.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null").dt.convert_time_zone("UTC")
