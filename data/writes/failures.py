"""Counting failed tries at a door, so that nobody tries forever. The address is that of the peer, never a claim."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from data import records
from data.services import Services

WINDOW = timedelta(minutes=15)
OF_NAME, OF_ADDRESS = 5, 50
"""Tries in a window: for one name from one address, and for an address whatever the name."""


class LockedError(PermissionError):
    """Too many tries; `seconds` until the next."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too many tries; the next in {seconds} seconds")
        self.seconds = seconds


def count_try(services: Services, door: str, name: str, address: str) -> str:
    """Count a try before it is made, so that a hundred at once are a hundred; return what `forgive` takes.

    Raises
    ------
    LockedError
        When there were too many.
    """
    keys = {
        services.secrets.fingerprint("failure", f"{door}|{name}|{address}"): OF_NAME,
        services.secrets.fingerprint("failure", f"{door}|{address}"): OF_ADDRESS,
    }
    now, table = services.watch.now(), records.failures
    with services.database.begin() as connection:
        old = (table.c.since < now - WINDOW) | (table.c.since > now + WINDOW)
        connection.execute(sa.delete(table).where(old))
        rows = connection.execute(sa.select(table).where(table.c.key.in_(keys))).mappings().all()
        for row in rows:
            if row["count"] >= keys[row["key"]]:
                raise LockedError(max(1, round((row["since"] + WINDOW - now).total_seconds())))
        known = {row["key"] for row in rows}
        connection.execute(sa.update(table).where(table.c.key.in_(known)).values(count=table.c.count + 1))
        if fresh := [{"key": key, "count": 1, "since": now} for key in keys if key not in known]:
            connection.execute(sa.insert(table), fresh)
    return next(iter(keys))


def forgive(services: Services, key: str) -> None:
    """Forget the failures of a name from an address: it got in."""
    with services.database.begin() as connection:
        connection.execute(sa.delete(records.failures).where(records.failures.c.key == key))
