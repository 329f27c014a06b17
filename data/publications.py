"""Publications: the one row that says which version of every table is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from data import records
from data.log import Versions


@dataclass(frozen=True, slots=True)
class Publication:
    """What is shown now: versions of the log and cubes, since when."""

    publication_id: int
    at: datetime
    versions: Versions


def current(connection: sa.Connection) -> Publication | None:
    """Return the newest publication, None before the first."""
    table = records.publications
    row = connection.execute(sa.select(table).order_by(table.c.id.desc()).limit(1)).mappings().first()
    if row is None:
        return None
    return Publication(row["id"], row["at"], _versions(row))


def by_id(connection: sa.Connection, publication_id: int) -> Publication | None:
    """Return one publication, to answer what was shown then."""
    table = records.publications
    row = connection.execute(sa.select(table).where(table.c.id == publication_id)).mappings().first()
    return Publication(row["id"], row["at"], _versions(row)) if row else None


def _versions(row: sa.RowMapping) -> Versions:
    return Versions(*(row[f"{table}_version"] for table in Versions.__slots__))


def publish(connection: sa.Connection, versions: Versions, at: datetime, reason: str) -> int:
    """Add a publication and return its id. The caller's transaction makes it visible."""
    table = records.publications
    values = {
        "at": at,
        **{f"{table}_version": versions.of(table) for table in Versions.__slots__},
        "reason": reason,
    }
    result = connection.execute(sa.insert(table).values(values).returning(table.c.id))
    return int(result.scalar_one())
