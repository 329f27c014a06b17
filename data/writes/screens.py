"""Letting wall screens in and out: links, pairing by code, looks, pause, and an end that is final."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from dashboard.permissions import Capability, Scope, check
from dashboard.screens import Look, ScreenError
from data import records
from data.screens import told_of
from data.secrets import new_code, new_token, tidy_code
from data.services import Services
from data.writes.decision import decision
from data.writes.failures import count_try, forgive

PAIRED_WITHIN = timedelta(minutes=10)


def add_screen(services: Services, scope: Scope, look: Look) -> tuple[int, str]:
    """Let a screen in and return its number and the token of its link, told this once.

    Raises
    ------
    NotAllowedError
    """
    check(scope, Capability.MANAGE_SCREENS)
    token = new_token()
    with decision(services, scope.who, is_seen=False) as made:
        screen_id = _insert(services, made.connection, look, token)
        made.record("add", "screen", screen_id, name=look.name)
    return screen_id, token


def change_look(services: Services, scope: Scope, screen_id: int, version: int, look: Look) -> None:
    """Change what a screen shows.

    Raises
    ------
    NotAllowedError
    ChangedMeanwhileError
        When somebody else changed the same screen first.
    """
    _change(services, scope, screen_id, version, "change", look=told_of(look))


def pause_screen(services: Services, scope: Scope, screen_id: int, version: int, *, is_paused: bool) -> None:
    """Let a screen show nothing for a while, or go on.

    Raises
    ------
    NotAllowedError, ChangedMeanwhileError
    """
    _change(services, scope, screen_id, version, "pause" if is_paused else "resume", paused=is_paused)


def _change(services: Services, scope: Scope, screen_id: int, version: int, verb: str, **values: object) -> None:
    check(scope, Capability.MANAGE_SCREENS)
    with decision(services, scope.who) as made:
        made.change(records.screens, screen_id, version, values)
        made.record(verb, "screen", screen_id)


def revoke_screen(services: Services, scope: Scope, screen_id: int) -> None:
    """Put a screen out for good: nothing brings its link or its cookie back.

    Raises
    ------
    NotAllowedError, ScreenError
    """
    check(scope, Capability.MANAGE_SCREENS)
    table = records.screens
    with decision(services, scope.who) as made:
        mine = (table.c.id == screen_id) & table.c.revoked_at.is_(None)
        token = services.secrets.fingerprint("screen", new_token())
        gone = {"revoked_at": made.at, "token": token, "version": table.c.version + 1}
        if not made.connection.execute(sa.update(table).where(mine).values(**gone)).rowcount:
            raise ScreenError("there is no such screen")
        made.record("revoke", "screen", screen_id)


def start_pairing(services: Services, address: str) -> tuple[str, str]:
    """Return the code that a screen shows and the secret that it keeps.

    Raises
    ------
    LockedError
        When an address asks for too many.
    """
    count_try(services, "pairing", new_token(), address)
    code, secret, now = new_code(), new_token(), services.watch.now()
    table = records.pairings
    row = {
        "code": services.secrets.fingerprint("pairing", code),
        "secret": services.secrets.fingerprint("pairing secret", secret),
        "expires_at": now + PAIRED_WITHIN,
    }
    with services.database.begin() as connection:
        connection.execute(sa.delete(table).where(table.c.expires_at < now))
        connection.execute(sa.insert(table).values(row))
    return code, secret


def confirm_pairing(services: Services, scope: Scope, code: str, look: Look) -> int:
    """Let the screen in that shows `code`, and return its number.

    Raises
    ------
    NotAllowedError, LockedError
    ScreenError
        When no screen shows that code now.
    """
    check(scope, Capability.MANAGE_SCREENS)
    tried = count_try(services, "pair", scope.who, "")
    table, fingerprint = records.pairings, services.secrets.fingerprint("pairing", tidy_code(code))
    with decision(services, scope.who, is_seen=False) as made:
        waiting = (table.c.code == fingerprint) & (table.c.expires_at > services.watch.now())
        if made.connection.execute(sa.select(table).where(waiting & table.c.screen_id.is_(None))).first() is None:
            raise ScreenError("no screen shows this code now; look at it again")
        screen_id = _insert(services, made.connection, look, new_token())
        made.connection.execute(sa.update(table).where(table.c.code == fingerprint).values(screen_id=screen_id))
        made.record("pair", "screen", screen_id, name=look.name)
    forgive(services, tried)
    return screen_id


def claim_screen(services: Services, secret: str) -> str | None:
    """Return the token of the screen that a pairing let in, once; None while nobody has confirmed it."""
    table, screens = records.pairings, records.screens
    mine = table.c.secret == services.secrets.fingerprint("pairing secret", secret)
    token = new_token()
    with services.database.begin() as connection:
        row = connection.execute(sa.select(table).where(mine & table.c.screen_id.is_not(None))).mappings().first()
        if row is None or row["expires_at"] <= services.watch.now():
            return None
        fresh = {"token": services.secrets.fingerprint("screen", token)}
        live = (screens.c.id == row["screen_id"]) & screens.c.revoked_at.is_(None)
        connection.execute(sa.delete(table).where(mine))
        return token if connection.execute(sa.update(screens).where(live).values(fresh)).rowcount else None


def _insert(services: Services, connection: sa.Connection, look: Look, token: str) -> int:
    row = {
        "token": services.secrets.fingerprint("screen", token),
        "look": told_of(look),
        "paused": False,
        "created_at": services.clock.now(),
        "version": 1,
    }
    return int(connection.execute(sa.insert(records.screens).values(row).returning(records.screens.c.id)).scalar_one())
