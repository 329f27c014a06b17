"""Counting failed tries at a door, so that nobody tries forever. The address is that of the peer, never a claim."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Tried:
    """A counted try: the keys under which it stands."""

    of_name: str
    of_address: str


def count_try(services: Services, door: str, name: str, address: str) -> Tried:
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
    of_name, of_address = keys
    return Tried(of_name, of_address)


def forgive(services: Services, tried: Tried) -> None:
    """Forget the failures of a name from an address, and that this try was one: it got in."""
    table = records.failures
    with services.database.begin() as connection:
        connection.execute(sa.delete(table).where(table.c.key == tried.of_name))
        connection.execute(sa.update(table).where(table.c.key == tried.of_address).values(count=table.c.count - 1))
