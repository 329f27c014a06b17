"""What was promised to customers by hand: its recipients, its story, what was expected and lived."""

from __future__ import annotations

import sqlalchemy as sa

from data.records.base import Instant, metadata

commitments = sa.Table(
    "commitments",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("team", sa.String(200), nullable=False),
    sa.Column("what", sa.String(200), nullable=False),
    sa.Column("owner", sa.String(200), nullable=False),
    sa.Column("made", sa.Date, nullable=False),
    sa.Column("due", sa.Date),
    sa.Column("standard", sa.String(200), nullable=False),
    sa.Column("origin", sa.String(16), nullable=False),
    sa.Column("reach", sa.String(16), nullable=False),
    sa.Column("account", sa.String(200), nullable=False),
    sa.Column("segment", sa.String(200), nullable=False),
    sa.Column("site", sa.String(200), nullable=False),
    sa.Column("moment", sa.String(200), nullable=False),
    sa.Column("people", sa.Integer, nullable=False),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("conditions", sa.Text, nullable=False),
    sa.Column("announced", sa.Text, nullable=False),
    sa.Column("trigger_when", sa.Text, nullable=False),
    sa.Column("owed", sa.Text, nullable=False),
    sa.Column("exposure", sa.Text, nullable=False),
    sa.Column("weight", sa.Integer, nullable=False),
    sa.Column("is_public", sa.Boolean, nullable=False),
    sa.Column("stage", sa.String(16), nullable=False),
    sa.Column("source", sa.String(100), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
)

recipients = sa.Table(
    "recipients",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("commitment_id", sa.Integer, sa.ForeignKey("commitments.id"), nullable=False, index=True),
    sa.Column("name", sa.String(200), nullable=False),
)

commitment_steps = sa.Table(
    "commitment_steps",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("commitment_id", sa.Integer, sa.ForeignKey("commitments.id"), nullable=False, index=True),
    sa.Column("step", sa.String(16), nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("stage_before", sa.String(16), nullable=False),
    sa.Column("stage", sa.String(16), nullable=False),
    sa.Column("due_before", sa.Date),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("who", sa.String(100), nullable=False),
    sa.Column("at", Instant, nullable=False),
)

corrections = sa.Table(
    "corrections",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("commitment_id", sa.Integer, sa.ForeignKey("commitments.id"), nullable=False, index=True),
    sa.Column("before", sa.JSON, nullable=False),
    sa.Column("who", sa.String(100), nullable=False),
    sa.Column("at", Instant, nullable=False),
)

opinions = sa.Table(
    "opinions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("commitment_id", sa.Integer, sa.ForeignKey("commitments.id"), nullable=False, index=True),
    sa.Column(
        "step_id", sa.Integer, sa.ForeignKey("commitment_steps.id"), nullable=False
    ),  # with which it was written down
    sa.Column("recipient", sa.String(200), nullable=False),
    sa.Column("side", sa.String(16), nullable=False),
    sa.Column("value", sa.Float, nullable=False),
    sa.Column("teller", sa.String(16), nullable=False),
    sa.Column("day", sa.Date, nullable=False),
)
