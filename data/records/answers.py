"""What was imported, published and shown."""

from __future__ import annotations

import sqlalchemy as sa

from data.records.base import Instant, metadata

imports = sa.Table(
    "imports",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("source", sa.String(100), nullable=False),
    sa.Column("file_name", sa.String(300), nullable=False),
    sa.Column("file_hash", sa.String(64), nullable=False),
    sa.Column("mapping", sa.Text, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("rows_read", sa.Integer, nullable=False),
    sa.Column("accepted", sa.Integer, nullable=False),
    sa.Column("rejected", sa.Integer, nullable=False),
    sa.Column("ratings", sa.Integer, nullable=False),
    sa.Column("invited", sa.Integer, nullable=False),
    sa.Column("promises", sa.Integer, nullable=False, server_default="0"),
    sa.Column("first_day", sa.Date),
    sa.Column("last_day", sa.Date),
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("finished_at", Instant),
)

publications = sa.Table(
    "publications",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("responses_version", sa.Integer, nullable=False),
    sa.Column("ratings_version", sa.Integer, nullable=False),
    sa.Column("invitations_version", sa.Integer, nullable=False),
    sa.Column("cubes_version", sa.Integer, nullable=False),
    sa.Column("promises_version", sa.Integer, nullable=False, server_default="-1"),
    sa.Column("promise_cubes_version", sa.Integer, nullable=False, server_default="-1"),
    sa.Column("reason", sa.String(200), nullable=False),
)

shown_weeks = sa.Table(
    "shown_weeks",
    metadata,
    sa.Column("goal_id", sa.Integer, sa.ForeignKey("goals.id"), primary_key=True),
    sa.Column("week", sa.Date, primary_key=True),
    sa.Column("publication_id", sa.Integer, nullable=False),
    sa.Column("points", sa.Float),
    sa.Column("low", sa.Float),
    sa.Column("high", sa.Float),
    sa.Column("n", sa.Integer, nullable=False),
    sa.Column("objective", sa.Float, nullable=False),
    sa.Column("word", sa.String(16), nullable=False),
    sa.Column("closed_at", Instant, nullable=False),
)
