"""Who comes in, and through which screens."""

from __future__ import annotations

import sqlalchemy as sa

from data.records.base import Instant, metadata

people = sa.Table(
    "people",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(80), nullable=False),
    sa.Column("key", sa.String(240), nullable=False, unique=True),
    sa.Column("password", sa.String(200), nullable=False),  # argon2id, empty until a first one is chosen
    sa.Column("role", sa.Integer, nullable=False),
    sa.Column("teams", sa.JSON, nullable=False),
    sa.Column("sites", sa.JSON, nullable=False),
    sa.Column("denied", sa.JSON, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
)

sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("token", sa.String(64), nullable=False, unique=True),  # keyed hash: the database alone opens nothing
    sa.Column("person_id", sa.Integer, sa.ForeignKey("people.id"), nullable=False, index=True),
    sa.Column("viewing_as", sa.JSON),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("seen_at", Instant, nullable=False),
)

passes = sa.Table(
    "passes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String(16), nullable=False),  # setup | invitation | reset
    sa.Column("token", sa.String(64), nullable=False, unique=True),  # keyed hash
    sa.Column("person_id", sa.Integer, sa.ForeignKey("people.id")),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
    sa.Column("used_at", Instant),
)

failures = sa.Table(
    "failures",
    metadata,
    sa.Column("key", sa.String(64), primary_key=True),  # keyed hash of name and address, or of the address
    sa.Column("count", sa.Integer, nullable=False),
    sa.Column("since", Instant, nullable=False),
)

screens = sa.Table(
    "screens",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("token", sa.String(64), nullable=False, unique=True),  # keyed hash
    sa.Column("look", sa.JSON, nullable=False),
    sa.Column("paused", sa.Boolean, nullable=False),
    sa.Column("revoked_at", Instant),
    sa.Column("seen_at", Instant),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
)

pairings = sa.Table(
    "pairings",
    metadata,
    sa.Column("code", sa.String(64), primary_key=True),  # keyed hash of what the screen shows
    sa.Column("secret", sa.String(64), nullable=False, unique=True),  # keyed hash of what the screen alone knows
    sa.Column("expires_at", Instant, nullable=False),
    sa.Column("screen_id", sa.Integer, sa.ForeignKey("screens.id")),
)
