"""The weekly meeting: who sits there, what was undertaken, what stands in the way."""

from __future__ import annotations

import sqlalchemy as sa

from data.records.base import Instant, metadata

peers = sa.Table(
    "peers",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("team", sa.String(200), nullable=False),
    sa.Column("name", sa.String(80), nullable=False),
    sa.Column("key", sa.String(240), nullable=False),
    sa.Column("is_voice", sa.Boolean, nullable=False),
    sa.Column("is_ambassador", sa.Boolean, nullable=False),
    sa.Column("shows_name", sa.Boolean, nullable=False),
    sa.Column("is_active", sa.Boolean, nullable=False),
    sa.Column("source", sa.String(100), nullable=False),
    sa.UniqueConstraint("team", "key"),
)

meetings = sa.Table(
    "meetings",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("team", sa.String(200), nullable=False),  # empty: the common one
    sa.Column("week", sa.Date, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("block", sa.Integer, nullable=False),
    sa.Column("driver", sa.String(100), nullable=False),
    sa.Column("opened_at", Instant, nullable=False),
    sa.Column("block_at", Instant, nullable=False),
    sa.Column("closed_at", Instant),
    sa.Column("source", sa.String(100), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.UniqueConstraint("team", "week"),
)

attendance = sa.Table(
    "attendance",
    metadata,
    sa.Column("meeting_id", sa.Integer, sa.ForeignKey("meetings.id"), primary_key=True),
    sa.Column("peer_id", sa.Integer, sa.ForeignKey("peers.id"), primary_key=True),
)

quotes = sa.Table(
    "quotes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("meeting_id", sa.Integer, sa.ForeignKey("meetings.id"), nullable=False, index=True),
    sa.Column("team", sa.String(200), nullable=False),
    sa.Column("response_id", sa.String(300), nullable=False),  # the words stay in the log
    sa.UniqueConstraint("team", "response_id"),
)

actions = sa.Table(
    "actions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("team", sa.String(200), nullable=False, index=True),
    sa.Column("text", sa.String(200), nullable=False),
    sa.Column("owner_id", sa.Integer, sa.ForeignKey("peers.id"), nullable=False),
    sa.Column("due", sa.Date, nullable=False),
    sa.Column("agreed_on", sa.Date, nullable=False),
    sa.Column("indicator_id", sa.Integer, sa.ForeignKey("indicators.id")),
    sa.Column("moment", sa.String(200), nullable=False),
    sa.Column("preference", sa.String(200), nullable=False, server_default=""),
    sa.Column("witness_id", sa.Integer, sa.ForeignKey("peers.id")),
    sa.Column("is_weekly", sa.Boolean, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("told", sa.Text, nullable=False),
    sa.Column("carried", sa.Integer, nullable=False),
    sa.Column("moves", sa.Integer, nullable=False),
    sa.Column("follows", sa.Integer, sa.ForeignKey("actions.id"), unique=True),  # nothing is carried over twice at once
    sa.Column("answered_on", sa.Date),
    sa.Column("source", sa.String(100), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
)

action_answers = sa.Table(
    "action_answers",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),  # in the order in which they were given
    sa.Column("meeting_id", sa.Integer, sa.ForeignKey("meetings.id"), nullable=False, index=True),
    sa.Column("action_id", sa.Integer, sa.ForeignKey("actions.id"), nullable=False, unique=True),
    sa.Column("due", sa.Date),  # when what follows was owed as it was said
)

obstacles = sa.Table(
    "obstacles",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("team", sa.String(200), nullable=False),
    sa.Column("raised_by", sa.String(200), nullable=False),
    sa.Column("text", sa.String(200), nullable=False),
    sa.Column("raised_on", sa.Date, nullable=False),
    sa.Column("remover_id", sa.Integer, sa.ForeignKey("peers.id")),
    sa.Column("due", sa.Date),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("cleared_on", sa.Date),
    sa.Column("source", sa.String(100), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
)

pauses = sa.Table(
    "pauses",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("team", sa.String(200), nullable=False),  # empty: of the whole company
    sa.Column("since", sa.Date, nullable=False),
    sa.Column("until", sa.Date, nullable=False),
    sa.Column("reason", sa.String(200), nullable=False),
    sa.Column("source", sa.String(100), nullable=False),
)

rhythms = sa.Table(
    "rhythms",
    metadata,
    sa.Column("team", sa.String(200), primary_key=True),
    sa.Column("weekday", sa.Integer, nullable=False),
    sa.Column("at", sa.String(5), nullable=False),
    sa.Column("source", sa.String(100), nullable=False),
)

plan_readers = sa.Table(
    "plan_readers",
    metadata,
    sa.Column("goal_id", sa.Integer, sa.ForeignKey("goals.id"), primary_key=True),
    sa.Column("peer_id", sa.Integer, sa.ForeignKey("peers.id"), primary_key=True),
    sa.Column("at", Instant, nullable=False),
)
