"""What is changed for customers, how far it came, and what the house does that could be left."""

from __future__ import annotations

import sqlalchemy as sa

from data.records.base import Instant, metadata

improvements = sa.Table(
    "improvements",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("team", sa.String(200), nullable=False),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("route", sa.String(16), nullable=False),
    sa.Column("verb", sa.String(16), nullable=False),
    sa.Column("depth", sa.String(16), nullable=False),
    sa.Column("horizon", sa.String(16), nullable=False),
    sa.Column("change", sa.String(16), nullable=False),
    sa.Column("born", sa.Date, nullable=False),
    sa.Column("cause", sa.Text, nullable=False),
    sa.Column("preference", sa.Text, nullable=False),
    sa.Column("pillar", sa.String(200), nullable=False),
    sa.Column("is_internal", sa.Boolean, nullable=False),
    sa.Column("with_customers", sa.Boolean, nullable=False),
    sa.Column("moments", sa.JSON, nullable=False),
    sa.Column("origins", sa.JSON, nullable=False),  # ids of answers; a forgotten person's become pseudonyms
    sa.Column("owner", sa.String(200), nullable=False),
    sa.Column("due", sa.Date),
    sa.Column("measure", sa.JSON(none_as_null=True)),
    sa.Column("worth", sa.JSON, nullable=False),
    sa.Column("source", sa.String(100), nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
)

passages = sa.Table(
    "passages",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("improvement_id", sa.Integer, sa.ForeignKey("improvements.id"), nullable=False, index=True),
    sa.Column("move", sa.String(16), nullable=False),
    sa.Column("step", sa.String(16)),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("who", sa.String(100), nullable=False),
    sa.Column("at", Instant, nullable=False),
)

activities = sa.Table(
    "activities",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("team", sa.String(200), nullable=False),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("moment", sa.String(200), nullable=False),
    sa.Column("hours", sa.Float, nullable=False),  # a year
    sa.Column("source", sa.String(100), nullable=False),
    sa.Column("created_at", Instant, nullable=False),
)
