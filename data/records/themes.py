"""What customers talk about: the organisation's themes, and what people said of single comments."""

from __future__ import annotations

import sqlalchemy as sa

from data.records.base import Instant, metadata

themes = sa.Table(
    "themes",
    metadata,
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("name", sa.String(100), nullable=False),
    sa.Column("words", sa.JSON, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
)

theme_labels = sa.Table(
    "theme_labels",
    metadata,
    sa.Column("response_id", sa.String(300), primary_key=True),
    sa.Column("theme", sa.String(64), primary_key=True),
    sa.Column("is_about", sa.Boolean, nullable=False),  # false: the rule said so, a person says no
    sa.Column("who", sa.String(100), nullable=False),
    sa.Column("at", Instant, nullable=False),
)
