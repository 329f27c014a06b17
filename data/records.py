"""The tables of the records database. Frames live in the log; here is what people decide and what was done."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = sa.MetaData(naming_convention=NAMING)


class UtcInstant(sa.types.TypeDecorator[datetime]):
    """An aware instant; SQLite forgets the zone, so it is stored and given back in UTC."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Return the instant in UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Return the instant, aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Instant = UtcInstant()

organisation = sa.Table(
    "organisation",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("zone", sa.String(64), nullable=False),
    sa.Column("meeting", sa.String(100), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
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

forgotten = sa.Table(
    "forgotten",
    metadata,
    sa.Column("fingerprint", sa.String(64), primary_key=True),  # keyed hash of an id that must not come back
    sa.Column("at", Instant, nullable=False),
)

revision = sa.Table(
    "revision",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("number", sa.Integer, nullable=False),
)

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
