"""Signing in and out, and looking through the eyes of a role."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from dashboard.people import key_of
from dashboard.permissions import Capability, Role, check
from data import records
from data.database import reading
from data.passwords import hashed, is_outdated, is_right
from data.secrets import new_token
from data.services import Services
from data.sessions import SignedIn
from data.writes.decision import decision
from data.writes.failures import count_try, forgive


def sign_in(services: Services, name: str, password: str, address: str) -> str | None:
    """Return the token of a new session; None when name or password are wrong, whichever it is.

    Raises
    ------
    LockedError
        After too many tries.
    """
    table, key = records.people, key_of(name)
    tried = count_try(services, "sign-in", key, address)
    with reading(services.database) as connection:
        row = connection.execute(sa.select(table).where(table.c.key == key)).mappings().first()
    is_welcome = is_right(row["password"] if row else "", password) and row is not None and row["active"]
    with decision(services, row["name"] if row else "unknown", is_seen=False) as made:
        if not is_welcome or row is None:
            made.record("fail", "sign-in", row["id"] if row else "unknown", address=address)
            return None
        token = _open(made.connection, services, row["id"])
        if is_outdated(row["password"]):
            made.connection.execute(sa.update(table).where(table.c.id == row["id"]).values(password=hashed(password)))
        made.record("sign in", "person", row["id"], address=address)
    forgive(services, tried)
    return token


def open_session(services: Services, connection: sa.Connection, person_id: int) -> str:
    """Return the token of a new session inside an open transaction."""
    return _open(connection, services, person_id)


def _open(connection: sa.Connection, services: Services, person_id: int) -> str:
    token, now = new_token(), services.watch.now()
    row = {
        "token": services.secrets.fingerprint("session", token),
        "person_id": person_id,
        "created_at": now,
        "seen_at": now,
    }
    connection.execute(sa.insert(records.sessions).values(row))
    return token


def sign_out(services: Services, here: SignedIn) -> None:
    """End one session; copies of its cookie end with it."""
    with decision(services, here.person.name, is_seen=False) as made:
        made.connection.execute(sa.delete(records.sessions).where(records.sessions.c.id == here.session_id))
        made.record("sign out", "person", here.person.person_id)


def end_sessions(connection: sa.Connection, person_id: int, *, but: int = 0) -> None:
    """End every session of a person, but perhaps the one they are in."""
    table = records.sessions
    connection.execute(sa.delete(table).where((table.c.person_id == person_id) & (table.c.id != but)))


def look_through(
    services: Services, here: SignedIn, role: Role | None, teams: Sequence[str] = (), sites: Sequence[str] = ()
) -> None:
    """Look through the eyes of a role, or through one's own again (None).

    Raises
    ------
    NotAllowedError
        For those who do not manage people.
    """
    check(here.person.scope, Capability.MANAGE_PEOPLE)
    eyes = None if role is None else {"role": role.value, "teams": list(teams), "sites": list(sites)}
    table = records.sessions
    with decision(services, here.person.name, is_seen=False) as made:
        made.connection.execute(sa.update(table).where(table.c.id == here.session_id).values(viewing_as=eyes))
        made.record("view as", "person", here.person.person_id, role=None if role is None else role.name.lower())
