"""Who looks after each moment, what teams believed of it, and what came of each comment."""

from __future__ import annotations

import sqlalchemy as sa

from data.records.base import Instant, metadata

moments = sa.Table(
    "moments",
    metadata,
    sa.Column("moment", sa.String(200), primary_key=True),
    sa.Column("owner", sa.String(200), nullable=False),
    sa.Column("walked_on", sa.Date),
    sa.Column("walked_by", sa.String(200), nullable=False),
    sa.Column("review_on", sa.Date),
    sa.Column("source", sa.String(100), nullable=False),
)

duties = sa.Table(
    "duties",
    metadata,
    sa.Column("moment", sa.String(200), primary_key=True),
    sa.Column("team", sa.String(200), primary_key=True),
    sa.Column("duty", sa.String(8), nullable=False),  # direct | indirect
    sa.Column("source", sa.String(100), nullable=False),
)

estimates = sa.Table(
    "estimates",
    metadata,
    sa.Column("team", sa.String(200), primary_key=True),
    sa.Column("moment", sa.String(200), primary_key=True),
    sa.Column("value", sa.Float, nullable=False),
    sa.Column("source", sa.String(100), nullable=False),
    sa.Column("who", sa.String(100), nullable=False),
    sa.Column("at", Instant, nullable=False),
)

outcomes = sa.Table(
    "outcomes",
    metadata,
    sa.Column("response_id", sa.String(300), primary_key=True),  # as the log writes it
    sa.Column("team", sa.String(200), nullable=False),  # in whose inbox; empty where the rule says
    sa.Column("mood", sa.String(8), nullable=False),  # like | dislike of what was heard, empty of surveys
    sa.Column("state", sa.String(8), nullable=False),  # open | do | park | no
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("thanks", sa.String(80), nullable=False),  # what changed thanks to it, in words for everybody
    sa.Column("told_at", Instant),  # when the customer was answered
    sa.Column("source", sa.String(100), nullable=False),
    sa.Column("who", sa.String(100), nullable=False),
    sa.Column("at", Instant, nullable=False),
)
