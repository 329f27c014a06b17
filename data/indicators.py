"""Indicators, targets, readings and marks, as stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from dashboard.indicators import Cadence, Course, Direction, Indicator, Kind, Target, course
from dashboard.teams import Mark
from data import records

Readings = Mapping[int, Mapping[date, float]]
"""Indicator to week to the value in force."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One value that was written down for a week, in force or amended since."""

    value: float
    reason: str
    who: str
    at: datetime
    is_current: bool


def read_indicators(connection: sa.Connection, *, with_retired: bool = False) -> tuple[Indicator, ...]:
    """Return the indicators, oldest first, each with the history of its target."""
    table, aims = records.indicators, records.targets
    targets: dict[int, list[Target]] = defaultdict(list)
    for row in connection.execute(sa.select(aims).order_by(aims.c.since, aims.c.id)).mappings():
        targets[row["indicator_id"]].append(Target(row["since"], row["value"], row["reason"]))
    query = sa.select(table).order_by(table.c.id)
    if not with_retired:
        query = query.where(table.c.is_retired.is_(False))
    rows = connection.execute(query).mappings()
    return tuple(_indicator(row, targets[row["id"]]) for row in rows)


def _indicator(row: sa.RowMapping, targets: Sequence[Target]) -> Indicator:
    return Indicator(
        row["id"],
        row["team"],
        row["name"],
        row["unit"],
        Kind(row["kind"]),
        Direction(row["direction"]),
        Cadence(row["cadence"]),
        tuple(targets),
        row["avoids"],
        row["belief"],
        tuple(row["moments"]),
        row["reporter"],
        row["due_day"],
        row["result_id"],
        row["is_retired"],
    )


def read_readings(connection: sa.Connection) -> Readings:
    """Return the values in force."""
    table = records.readings
    found: dict[int, dict[date, float]] = defaultdict(dict)
    columns = sa.select(table.c.indicator_id, table.c.week, table.c.value).where(table.c.current == 1)
    for indicator_id, week, value in connection.execute(columns):
        found[indicator_id][week] = value
    return found


def read_entries(connection: sa.Connection, indicator_id: int, week: date) -> list[Entry]:
    """Return what was written down for one week, oldest first."""
    table = records.readings
    same = (table.c.indicator_id == indicator_id) & (table.c.week == week)
    rows = connection.execute(sa.select(table).where(same).order_by(table.c.id)).mappings()
    return [Entry(row["value"], row["reason"], row["who"], row["at"], row["current"] == 1) for row in rows]


def amended_weeks(connection: sa.Connection) -> set[tuple[int, date]]:
    """Return the weeks whose value was amended, as (indicator, week)."""
    table = records.readings
    rows = connection.execute(sa.select(table.c.indicator_id, table.c.week).where(table.c.current.is_(None)))
    return {(indicator_id, week) for indicator_id, week in rows}


def read_marks(connection: sa.Connection) -> tuple[Mark, ...]:
    """Return the marks, oldest first."""
    table = records.marks
    rows = connection.execute(sa.select(table).order_by(table.c.day, table.c.id)).mappings()
    return tuple(Mark(row["id"], row["day"], row["name"], row["team"]) for row in rows)


def courses(connection: sa.Connection, last_week: date, weeks: int) -> tuple[Course, ...]:
    """Return every indicator with its last weeks."""
    readings = read_readings(connection)
    return tuple(
        course(one, readings.get(one.indicator_id, {}), last_week, weeks) for one in read_indicators(connection)
    )
