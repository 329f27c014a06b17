"""Reading the audit: who did what, when, to which noun."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from dashboard.periods import start_of_day
from data import records


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; empty is everything. Days are local and both included."""

    who: str = ""
    verb: str = ""
    noun: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: who did what to which noun, when, and the numbers of it."""

    at: datetime
    who: str
    verb: str
    noun: str
    noun_id: str
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be looked for: everybody, every verb and every noun that occurs."""

    who: tuple[str, ...]
    verbs: tuple[str, ...]
    nouns: tuple[str, ...]


def read_audit(
    connection: sa.Connection, search: Search, zone: ZoneInfo, most: int | None = None, skipped: int = 0
) -> list[Entry]:
    """Return what was done, newest first: at most `most` rows after the first `skipped`."""
    table = records.audit
    columns = [table.c[name] for name in ("at", "who", "verb", "noun", "noun_id", "detail")]
    query = sa.select(*columns).where(*_conditions(search, zone)).order_by(table.c.id.desc())
    return [Entry(*row) for row in connection.execute(query.limit(most).offset(skipped))]


def count_audit(connection: sa.Connection, search: Search, zone: ZoneInfo) -> int:
    """Return how many rows are found."""
    query = sa.select(sa.func.count()).select_from(records.audit).where(*_conditions(search, zone))
    return int(connection.execute(query).scalar_one())


def audit_choices(connection: sa.Connection) -> Choices:
    """Return what can be looked for, in order."""
    table = records.audit

    def occurring(column: sa.Column[str]) -> tuple[str, ...]:
        return tuple(connection.execute(sa.select(column).distinct().order_by(column)).scalars())

    return Choices(occurring(table.c.who), occurring(table.c.verb), occurring(table.c.noun))


def _conditions(search: Search, zone: ZoneInfo) -> list[sa.ColumnElement[bool]]:
    table = records.audit
    said = ((table.c.who, search.who), (table.c.verb, search.verb), (table.c.noun, search.noun))
    conditions = [column == value for column, value in said if value]
    if search.since:
        conditions.append(table.c.at >= start_of_day(search.since, zone))
    if search.until:
        conditions.append(table.c.at < start_of_day(search.until + timedelta(days=1), zone))
    return conditions
