"""What the organisation is, the goal it set, and what was done to it."""

from __future__ import annotations

import sqlalchemy as sa

from data.records.base import Instant, metadata

organisation = sa.Table(
    "organisation",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("zone", sa.String(64), nullable=False),
    sa.Column("meeting", sa.String(100), nullable=False),
    sa.Column("country", sa.String(2), nullable=False, server_default="ES"),
    sa.Column("region", sa.String(40), nullable=False, server_default=""),
    sa.Column("version", sa.Integer, nullable=False),
)

members = sa.Table(
    "members",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("dimension", sa.String(16), nullable=False),
    sa.Column("key", sa.String(200), nullable=False),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("merged_into", sa.String(200)),
    sa.Column("position", sa.Integer, nullable=False),
    sa.UniqueConstraint("dimension", "key"),
)

goals = sa.Table(
    "goals",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("start_points", sa.Float, nullable=False),
    sa.Column("target_points", sa.Float, nullable=False),
    sa.Column("starts", sa.Date, nullable=False),
    sa.Column("deadline", sa.Date, nullable=False),
    sa.Column("window_weeks", sa.Integer, nullable=False),
    sa.Column("vote", sa.String(16), nullable=False),
    sa.Column("scope", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("active", sa.Integer, unique=True),  # 1 for the open goal, null for closed ones: never two
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("closed_at", Instant),
)

jobs = sa.Table(
    "jobs",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("payload", sa.JSON, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("stage", sa.String(64), nullable=False),
    sa.Column("done", sa.Float, nullable=False),
    sa.Column("result", sa.JSON),
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("finished_at", Instant),
)

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("who", sa.String(100), nullable=False),
    sa.Column("verb", sa.String(32), nullable=False),
    sa.Column("noun", sa.String(32), nullable=False),
    sa.Column("noun_id", sa.String(200), nullable=False),
    sa.Column("detail", sa.JSON, nullable=False),
)

revision = sa.Table(
    "revision",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("number", sa.Integer, nullable=False),
)

forgotten = sa.Table(
    "forgotten",
    metadata,
    sa.Column("fingerprint", sa.String(64), primary_key=True),  # keyed hash of an id that must not come back
    sa.Column("at", Instant, nullable=False),
)
