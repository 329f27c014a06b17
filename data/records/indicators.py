"""What the teams watch, and what it was found to foretell."""

from __future__ import annotations

import sqlalchemy as sa

from data.records.base import Instant, metadata

indicators = sa.Table(
    "indicators",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("team", sa.String(200), nullable=False),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("unit", sa.String(20), nullable=False),
    sa.Column("kind", sa.String(8), nullable=False),
    sa.Column("direction", sa.Integer, nullable=False),
    sa.Column("cadence", sa.String(16), nullable=False),
    sa.Column("avoids", sa.Text, nullable=False),
    sa.Column("belief", sa.Text, nullable=False),
    sa.Column("moments", sa.JSON, nullable=False),
    sa.Column("reporter", sa.String(200), nullable=False),
    sa.Column("due_day", sa.Integer, nullable=False),
    sa.Column("result_id", sa.Integer, sa.ForeignKey("indicators.id")),
    sa.Column("source", sa.String(100), nullable=False),
    sa.Column("is_retired", sa.Boolean, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
)

targets = sa.Table(
    "targets",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("indicator_id", sa.Integer, sa.ForeignKey("indicators.id"), nullable=False, index=True),
    sa.Column("since", sa.Date, nullable=False),
    sa.Column("value", sa.Float, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("who", sa.String(100), nullable=False),
    sa.Column("at", Instant, nullable=False),
)

readings = sa.Table(
    "readings",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("indicator_id", sa.Integer, sa.ForeignKey("indicators.id"), nullable=False),
    sa.Column("week", sa.Date, nullable=False),
    sa.Column("value", sa.Float, nullable=False),
    sa.Column("numerator", sa.Float),
    sa.Column("denominator", sa.Float),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("who", sa.String(100), nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("current", sa.Integer),  # 1 for the value in force, null for those that it amended
    sa.UniqueConstraint("indicator_id", "week", "current"),
)

marks = sa.Table(
    "marks",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("team", sa.String(200), nullable=False),  # empty: of the whole company
    sa.Column("source", sa.String(100), nullable=False),
    sa.Column("who", sa.String(100), nullable=False),
    sa.Column("at", Instant, nullable=False),
)

trials = sa.Table(
    "trials",
    metadata,
    sa.Column("indicator_id", sa.Integer, sa.ForeignKey("indicators.id"), primary_key=True),
    sa.Column("mark", sa.Date, primary_key=True),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("trial", sa.JSON, nullable=False),
    sa.Column("at", Instant, nullable=False),
)
