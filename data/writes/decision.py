"""The one way to write: a transaction that holds the change, its audit row and the new revision, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from data import records
from data.services import Services

LOST_RACES = frozenset({"40001", "40P01", "23505"})
"""What PostgreSQL tells the second who writes the same at once: not serialisable, a deadlock, there already."""


class NotAuditedError(RuntimeError):
    """A write forgot to say what it did."""


class ChangedMeanwhileError(RuntimeError):
    """Somebody else changed the same thing first; nothing was written."""


@dataclass
class Decision:
    """An open transaction."""

    connection: sa.Connection
    at: datetime
    who: str
    notes: int = field(default=0)

    def record(self, verb: str, noun: str, noun_id: object, **detail: Any) -> None:
        """Write the audit row: who did what to which noun, without a customer's words."""
        row = {"at": self.at, "who": self.who, "verb": verb, "noun": noun, "noun_id": str(noun_id), "detail": detail}
        self.connection.execute(sa.insert(records.audit).values(row))
        self.notes += 1

    def change(self, table: sa.Table, number: int, version: int, values: Mapping[str, Any]) -> None:
        """Store values in a row and its next version, unless the row is no longer what `version` was.

        Raises
        ------
        ChangedMeanwhileError
            When somebody else changed it first, or it is gone.
        """
        same = (table.c.id == number) & (table.c.version == version)
        changed = sa.update(table).where(same).values({**values, "version": version + 1})
        if not self.connection.execute(changed).rowcount:
            raise ChangedMeanwhileError(f"somebody else changed {table.name} {number} meanwhile; look again")


@contextmanager
def decision(services: Services, who: str, *, is_seen: bool = True) -> Iterator[Decision]:
    """Yield an open decision; on leaving, the revision grows and everything is committed together.

    What no screen shows, such as signing in, is not `is_seen`: the revision stays, and no screen asks anew.

    Raises
    ------
    NotAuditedError
        When nothing was recorded: the transaction is rolled back.
    ChangedMeanwhileError
        When the database lets only one of two go on who write the same at once: nothing was written for the second.
    """
    try:
        with _transaction(services, who, is_seen=is_seen) as opened:
            yield opened
    except sa.exc.DBAPIError as fault:
        if getattr(fault.orig, "sqlstate", None) not in LOST_RACES:
            raise
        raise ChangedMeanwhileError("somebody else wrote at the same moment; look again") from fault


@contextmanager
def _transaction(services: Services, who: str, *, is_seen: bool) -> Iterator[Decision]:
    with services.database.begin() as connection:
        opened = Decision(connection, services.clock.now(), who)
        yield opened
        if not opened.notes:
            raise NotAuditedError("a decision must record what it did")
        if not is_seen:
            return
        table = records.revision
        if not connection.execute(sa.update(table).values(number=table.c.number + 1)).rowcount:
            connection.execute(sa.insert(table).values(id=1, number=1))
