"""Writing down values. Nothing is overwritten: another value for a week is an amendment, with author and reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from dashboard.indicators import IndicatorError, reading_value
from dashboard.periods import week_of
from dashboard.permissions import Scope, check_can_report
from data import records
from data.database import reading
from data.indicators import read_indicators, read_readings
from data.ingest.raw import Raw
from data.ingest.readings import ParsedReadings, ReadingsMapping, parse_readings
from data.services import Services
from data.writes.decision import decision


@dataclass(frozen=True, slots=True)
class Reading:
    """What is reported of one week: a value, or a part of a total."""

    indicator_id: int
    week: date
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None


def report(services: Services, scope: Scope, readings: Sequence[Reading], reason: str = "") -> int:
    """Write down values, all or none, and return how many are new or changed.

    Raises
    ------
    NotAllowedError
        When the role may not report for a team.
    IndicatorError
        When a week has not begun, a value cannot be, or a value that is there changes without a reason.
    """
    today = services.state().today
    table = records.readings
    with decision(services, scope.who) as made:
        indicators = {one.indicator_id: one for one in read_indicators(made.connection)}
        known = read_readings(made.connection)
        rows, amended = [], 0
        for reading in readings:
            indicator = indicators.get(reading.indicator_id)
            if indicator is None:
                raise IndicatorError("this indicator is no longer watched")
            check_can_report(scope, indicator.team)
            value = reading_value(indicator.unit, reading.value, reading.numerator, reading.denominator)
            week = week_of(reading.week)
            if week > today:
                raise IndicatorError("the week of {} has not begun", week)
            before = known.get(indicator.indicator_id, {}).get(week)
            if before == value:
                continue
            if before is not None:
                if not reason.strip():
                    raise IndicatorError("{} of {} is already reported; say why it changes", indicator.name, week)
                same = (table.c.indicator_id == indicator.indicator_id) & (table.c.week == week)
                made.connection.execute(sa.update(table).where(same).values(current=None))
                amended += 1
            rows.append(
                {
                    "indicator_id": indicator.indicator_id,
                    "week": week,
                    "value": value,
                    "numerator": reading.numerator,
                    "denominator": reading.denominator,
                    "reason": reason.strip() if before is not None else "",
                    "who": made.who,
                    "at": made.at,
                    "current": 1,
                }
            )
        if rows:
            made.connection.execute(sa.insert(table), rows)
        indicator_ids = sorted({reading.indicator_id for reading in readings})
        made.record("report", "reading", ",".join(map(str, indicator_ids)), rows=len(rows), amended=amended)
    return len(rows)


def import_readings(
    services: Services, scope: Scope, raw: Raw, mapping: ReadingsMapping, reason: str = ""
) -> tuple[ParsedReadings, int]:
    """Write down what a file of readings holds, and return it with how many values are new or changed.

    Raises
    ------
    MappingError
        When the file lacks a column.
    IndicatorError, NotAllowedError
        As `report`: then nothing is written.
    """
    state = services.state()
    with reading(services.database) as connection:
        indicators = read_indicators(connection)
    found = parse_readings(raw, mapping, indicators, state.organisation.zone, state.today)
    rows = [Reading(*row) for row in found.readings.iter_rows()]
    return found, report(services, scope, rows, reason) if rows else 0
