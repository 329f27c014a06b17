"""Who is signed in: sessions live on the server, browsers hold only a token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from dashboard.people import Person
from dashboard.permissions import Role, Scope, viewing_as
from data import records
from data.database import reading
from data.faults import fault_of
from data.people import person_of
from data.services import Services

SEEN_EVERY = timedelta(minutes=1)
"""A session's last use is written down at most this often."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person at a browser.

    Attributes
    ----------
    session_id : int
    person : Person
    eyes : Scope or None
        Through whose eyes the person looks; None through their own.
    """

    session_id: int
    person: Person
    eyes: Scope | None

    @property
    def scope(self) -> Scope:
        """Return what may be seen and done now."""
        return self.eyes or self.person.scope


def signed_in(services: Services, token: str) -> SignedIn | None:
    """Return who holds a token; None when the session has ended, by time, by signing out or by a change of rights."""
    table, people = records.sessions, records.people
    fingerprint = services.secrets.fingerprint("session", token)
    query = sa.select(table, people).join(people, people.c.id == table.c.person_id)
    with reading(services.database) as connection:
        row = connection.execute(_labelled(query).where(table.c.token == fingerprint)).mappings().first()
    now = services.watch.now()
    if (
        row is None
        or not row["people_active"]
        or is_over(services, row["sessions_created_at"], row["sessions_seen_at"])
    ):
        return None
    if now - row["sessions_seen_at"] >= SEEN_EVERY:
        note_seen(services, table, row["sessions_id"])
    person = person_of({column.name: row[f"people_{column.name}"] for column in people.c})
    eyes = row["sessions_viewing_as"]
    seen = viewing_as(person.scope, Role(eyes["role"]), eyes["teams"], eyes["sites"]) if eyes else None
    return SignedIn(row["sessions_id"], person, seen)


def note_seen(services: Services, table: sa.Table, row_id: int) -> None:
    """Write down that a session or a screen has asked; a disk that cannot be written keeps nobody out."""
    try:
        with services.database.begin() as connection:
            connection.execute(sa.update(table).where(table.c.id == row_id).values(seen_at=services.watch.now()))
    except sa.exc.DBAPIError as error:
        if fault_of(error) is None:
            raise


def _labelled(query: sa.Select[tuple[object, ...]]) -> sa.Select[tuple[object, ...]]:
    return query.set_label_style(sa.LABEL_STYLE_TABLENAME_PLUS_COL)


def is_over(services: Services, created_at: datetime, seen_at: datetime) -> bool:
    """Return whether a session has ended: unused too long, too old, or from a future that a clock has left."""
    now, settings = services.watch.now(), services.settings
    idle, whole = timedelta(minutes=settings.session_idle_minutes), timedelta(hours=settings.session_hours)
    return now - seen_at > idle or now - created_at > whole or created_at - now > whole
