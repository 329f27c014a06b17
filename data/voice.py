"""The stream of comments: who may read what, in whose inbox it lies, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import polars as pl
import sqlalchemy as sa

from dashboard.filters import DIMENSIONS, EVERYTHING, Filters
from dashboard.moments import Care, Duty
from dashboard.permissions import Capability, Scope, can, check, within_sites
from dashboard.redaction import as_readable, redacted
from dashboard.voice import STREAM, Outcome, Thanks, says
from data import records
from data.board import asked_days
from data.database import reading
from data.moments import read_care
from data.rows import near, of_customers
from data.services import Services, State
from data.writes.comment_readings import note_reading

MOST = 2000
"""Comments that one look goes through at most, the newest."""

NO_TEAM = "—"
"""The inbox of what no rule sends to a team."""

KEPT = ("response_id", "team", "mood", "state", "reason", "thanks", "told_at", "who", "at")
MONTH = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for in the stream: words, whose inbox, which outcome, which account; empty is any."""

    filters: Filters = EVERYTHING
    words: str = ""
    inbox: str = ""
    outcome: str = ""
    account: str = ""

    def query(self) -> str:
        """Return the search as the audit names it, the words left out: they may be a customer's."""
        more = (("inbox", self.inbox), ("outcome", self.outcome), ("words", "…" if self.words else ""))
        return "&".join([self.filters.query(), *[f"{name}={value}" for name, value in more if value]]).strip("&")


def read_stream(services: Services, state: State, scope: Scope, asked: Search) -> pl.DataFrame:
    """Return the comments looked for (schema `STREAM`), newest first; whole ones leave a note.

    Members and captains read what lies in the inboxes of their teams, personal details masked.

    Raises
    ------
    NotAllowedError
        When the role reads no comments.
    """
    check(scope, Capability.READ_COMMENTS)
    found = _stream(services, state, scope, asked)
    note_reading(services, state, scope, "voice", asked.query(), found.height)
    return found


def _stream(services: Services, state: State, scope: Scope, asked: Search) -> pl.DataFrame:
    days = of_customers(asked_days(services.scores(state), state, asked.filters))
    if asked.filters.until is None:
        days = days.within(days.since, None)  # what was heard today is read today
    said = _readable(services, state, scope, days)
    if asked.inbox:
        said = said.filter(pl.col("inbox").fill_null(NO_TEAM) == asked.inbox)
    if asked.outcome:
        said = said.filter(pl.col("outcome") == asked.outcome)
    if asked.account:
        said = said.filter(pl.col("account") == asked.account)
    said = said.with_columns(as_readable(scope, pl.col("verbatim"))).filter(says(asked.words))
    newest = said.sort("answered_at", "response_id", descending=True).head(MOST)
    return newest.select(pl.col(name).cast(dtype) for name, dtype in STREAM.items()).collect()


def _readable(
    services: Services, state: State, scope: Scope, days: Filters, wanted: pl.Expr | None = None
) -> pl.LazyFrame:
    """Return the comments that the asker may read, with what came of them: their sites', their teams' inboxes'."""
    seen = within_sites(scope, days)
    said = pl.col("verbatim").is_not_null() & (pl.lit(True) if wanted is None else wanted)
    rows = near(services.log.scan("responses", state.publication.versions.responses), seen).filter(said)
    rows = state.members.merged(rows, DIMENSIONS).filter(seen.expression())
    found = _with_outcomes(services, state, rows)
    if can(scope, Capability.READ_WHOLE_COMMENTS):
        return found
    return found.filter(pl.col("inbox").is_in(list(scope.teams)))


def _with_outcomes(services: Services, state: State, rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return rows of `responses` with inbox, mood and what came of them.

    The inbox is the team that somebody sent it to, else the answer's own, else the one that answers for its moment.
    """
    with reading(services.database) as connection:
        care = read_care(connection)
        table = records.outcomes
        kept = connection.execute(sa.select(*[table.c[name] for name in KEPT])).all()
    schema = dict.fromkeys(KEPT, pl.String()) | {"told_at": STREAM["told_at"], "at": STREAM["decided_at"]}
    known = pl.DataFrame([tuple(row) for row in kept], schema=schema, orient="row").rename(
        {"team": "sent_to", "state": "outcome", "at": "decided_at"}
    )
    direct = pl.col("moment").replace_strict(_direct(care), default=None, return_dtype=pl.String)
    sent = pl.when(pl.col("sent_to") != "").then(pl.col("sent_to"))
    inbox = pl.coalesce(sent, pl.col("team"), direct).replace(dict(state.members.merges("team")))
    return rows.join(known.lazy(), on="response_id", how="left").with_columns(
        inbox=inbox, outcome=pl.col("outcome").fill_null(Outcome.OPEN.value)
    )


def _direct(care: Care) -> dict[str, str]:
    """Return moment to the team that answers for it."""
    teams = {moment: care.direct_team(moment) for moment, of in care.duties.items() if Duty.DIRECT in of.values()}
    return {moment: team for moment, team in teams.items() if team is not None}


def one_comment(services: Services, state: State, scope: Scope, response_id: str) -> dict[str, object] | None:
    """Return one comment that the asker may read, word by word, None when there is none.

    Raises
    ------
    NotAllowedError
        When the role reads no comments.
    """
    check(scope, Capability.READ_COMMENTS)
    found = _readable(services, state, scope, EVERYTHING, pl.col("response_id") == response_id).collect()
    return found.row(0, named=True) if found.height else None


def read_comment(
    services: Services, state: State, scope: Scope, response_id: str
) -> tuple[dict[str, object], str] | None:
    """Return one comment as the asker reads it, and its words masked; None when there is none.

    A whole one leaves a note, as `read_stream` does: whoever asks for it need not have come by the stream.

    Raises
    ------
    NotAllowedError
        When the role reads no comments.
    """
    row = one_comment(services, state, scope, response_id)
    if row is None:
        return None
    note_reading(services, state, scope, "voice", f"comment={mark_of(services, response_id)}", 1)
    words = pl.lit(row["verbatim"])
    shown, masked = pl.select(as_readable(scope, words).alias("shown"), redacted(words).alias("masked")).row(0)
    return row | {"verbatim": shown}, masked


def mark_of(services: Services, response_id: str) -> str:
    """Return how the audit names a comment: its own id would outlive a person who was forgotten."""
    return services.secrets.fingerprint("comment", response_id)[:16]


def read_thanks(services: Services, state: State, scope: Scope) -> tuple[Thanks, ...]:
    """Return what changed thanks to customers in the last month, newest first; in words for everybody."""
    check(scope, Capability.SEE_WALL)
    table = records.outcomes
    since = services.clock.now() - MONTH
    done = (table.c.state == Outcome.DO.value) & (table.c.thanks != "") & (table.c.at >= since)
    del state
    with reading(services.database) as connection:
        rows = connection.execute(sa.select(table.c.thanks, table.c.at).where(done).order_by(table.c.at.desc()))
        return tuple(Thanks(words, at) for words, at in rows)
