"""Reading the wall screens that were let in."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from dashboard.screens import Look, Preset, Scene, Screen, Theme
from data import records
from data.database import reading
from data.services import Services
from data.sessions import note_seen

SEEN_EVERY = timedelta(minutes=1)
ALIVE_FOR = timedelta(minutes=3)
"""A screen that has not asked for longer is not alive."""


def look_of(told: dict[str, Any]) -> Look:
    """Return the look of its JSON."""
    night_from, night_until = (told.get(name) for name in ("night_from", "night_until"))
    return Look(
        told["name"],
        told["place"],
        Preset(told["preset"]),
        tuple(Scene(name) for name in told["scenes"]),
        told["rotate_seconds"],
        Theme(told["theme"]),
        time.fromisoformat(night_from) if night_from else None,
        time.fromisoformat(night_until) if night_until else None,
        told["drifts"],
    )


def told_of(look: Look) -> dict[str, Any]:
    """Return a look as JSON."""
    return {
        "name": look.name,
        "place": look.place,
        "preset": look.preset.value,
        "scenes": [scene.value for scene in look.scenes],
        "rotate_seconds": look.rotate_seconds,
        "theme": look.theme.value,
        "night_from": look.night_from and look.night_from.strftime("%H:%M"),
        "night_until": look.night_until and look.night_until.strftime("%H:%M"),
        "drifts": look.drifts,
    }


def screen_of(row: sa.RowMapping) -> Screen:
    """Return the screen of a row of `screens`."""
    return Screen(row["id"], look_of(row["look"]), row["paused"], row["seen_at"], row["created_at"], row["version"])


def every_screen(connection: sa.Connection) -> list[Screen]:
    """Return the screens that are let in, oldest first."""
    table = records.screens
    rows = connection.execute(sa.select(table).where(table.c.revoked_at.is_(None)).order_by(table.c.id)).mappings()
    return [screen_of(row) for row in rows]


def screen_with(services: Services, token: str) -> Screen | None:
    """Return the screen that holds a token, None when it was revoked; that it asked is written down once a minute."""
    table = records.screens
    mine = (table.c.token == services.secrets.fingerprint("screen", token)) & table.c.revoked_at.is_(None)
    with reading(services.database) as connection:
        row = connection.execute(sa.select(table).where(mine)).mappings().first()
    if row is None:
        return None
    now = services.watch.now()
    if row["seen_at"] is None or abs(now - row["seen_at"]) >= SEEN_EVERY:
        note_seen(services, table, row["id"])
    return screen_of(row)


def is_alive(screen: Screen, now: datetime) -> bool:
    """Return whether a screen has asked lately."""
    return screen.seen_at is not None and now - screen.seen_at <= ALIVE_FOR


class Pairing(StrEnum):
    """Where a screen stands that waits to be let in."""

    WAITING = "waiting"
    READY = "ready"
    OVER = "over"


def pairing_with(services: Services, secret: str) -> Pairing:
    """Return where the pairing of a screen stands."""
    table = records.pairings
    mine = table.c.secret == services.secrets.fingerprint("pairing secret", secret)
    with reading(services.database) as connection:
        row = connection.execute(sa.select(table).where(mine)).mappings().first()
    if row is None or row["expires_at"] <= services.watch.now():
        return Pairing.OVER
    return Pairing.READY if row["screen_id"] else Pairing.WAITING
