"""Reading who may sign in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from dashboard.people import Person
from dashboard.permissions import Capability, Role
from data import records


def person_of(row: Mapping[Any, Any]) -> Person:
    """Return the person of a row of `people`."""
    return Person(
        row["id"],
        row["name"],
        Role(row["role"]),
        tuple(row["teams"]),
        tuple(row["sites"]),
        frozenset(Capability(name) for name in row["denied"]),
        row["active"],
        row["version"],
    )


def person_by_id(connection: sa.Connection, person_id: int) -> Person | None:
    """Return a person, None when there is none of that number."""
    table = records.people
    row = connection.execute(sa.select(table).where(table.c.id == person_id)).mappings().first()
    return person_of(row) if row else None


def every_person(connection: sa.Connection) -> list[tuple[Person, bool]]:
    """Return everybody by name, and whether they have chosen a password yet."""
    table = records.people
    rows = connection.execute(sa.select(table).order_by(table.c.key)).mappings()
    return [(person_of(row), bool(row["password"])) for row in rows]


def has_people(connection: sa.Connection) -> bool:
    """Return whether anybody was ever let in."""
    return connection.execute(sa.select(sa.exists().where(records.people.c.id > 0))).scalar_one() is True


def other_administrators(connection: sa.Connection, person_id: int) -> int:
    """Return how many other administrators could sign in now."""
    table = records.people
    able = table.c.active & (table.c.role == Role.ADMINISTRATOR.value) & (table.c.password != "")
    query = sa.select(sa.func.count()).select_from(table).where(able & (table.c.id != person_id))
    return int(connection.execute(query).scalar_one())
