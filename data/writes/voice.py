"""Writing down what was heard, and what comes of what customers say."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta

import polars as pl
import sqlalchemy as sa
from filelock import Timeout

from dashboard.filters import DIMENSIONS
from dashboard.periods import local_day, week_of
from dashboard.permissions import NotAllowedError, Scope, check_can_lead, check_can_report
from dashboard.tables import RESPONSES
from dashboard.voice import Heard, Outcome, Verdict, VoiceError
from data import records
from data.services import Services
from data.voice import mark_of, one_comment
from data.writes.decision import Decision, decision
from data.writes.publications import publish_versions, published_versions, refresh_cubes, writer_lock

PATIENCE = timedelta(seconds=15)

SOURCE = "oído"
"""Where what employees hear comes from, as screens name it."""


def hear(services: Services, scope: Scope, heard: Heard) -> str:
    """Write down what was heard and return the id of it: it is published at once and lies in the team's inbox.

    Raises
    ------
    NotAllowedError
        When the role may not report for the team.
    VoiceError
        When there are no words, too many, or no team; or while a file is being imported.
    """
    told = heard.checked()
    check_can_report(scope, told.team)
    state = services.state()
    at = services.clock.now()
    response_id = f"{SOURCE}:{secrets.token_hex(8)}"
    rows = _row(scope, told, response_id, at, local_day(at, state.organisation.tz))
    with _writing(services):
        services.log.return_to(published_versions(services))
        services.log.append("responses", rows, f"hear-{response_id}")
        versions = refresh_cubes(services, rows["month"].to_list(), f"hear-{response_id}")
        with decision(services, scope.who) as made:
            publish_versions(services, made, versions, "heard")
            _put(made, response_id, {"team": told.team, "mood": told.mood.value})
            made.record("hear", "comments", mark_of(services, response_id), team=told.team, moment=told.moment)
    return response_id


@contextmanager
def _writing(services: Services) -> Iterator[None]:
    """Hold the lock of the one who writes the log; who stands at a counter does not wait for a long import."""
    try:
        with writer_lock(services.home).acquire(timeout=PATIENCE.total_seconds()):
            yield
    except Timeout:
        raise VoiceError("a file is being imported; send it again in a minute") from None


def _row(scope: Scope, told: Heard, response_id: str, at: datetime, day: date) -> pl.DataFrame:
    week = week_of(day)
    place: dict[str, str | None] = dict.fromkeys(DIMENSIONS)
    place |= {"team": told.team, "audience": "external", "source": SOURCE}
    place |= {"moment": told.moment or None, "account": told.account or None, "role": told.role or None}
    place |= {"site": scope.sites[0]} if len(scope.sites) == 1 else {}
    row = {
        "response_id": response_id,
        "import_id": 0,
        "respondent": None,
        **place,
        "kind": "implicit",
        "answered_at": at,
        "day": day,
        "week": week,
        "month": f"{week:%Y-%m}",
        "recommend": None,
        "weight": 1000,
        "counts": True,
        "verbatim": told.words,
        "consent": False,
    }
    return RESPONSES.require(pl.DataFrame([row], schema=RESPONSES.columns))


def decide(services: Services, scope: Scope, response_id: str, verdict: Verdict, source: str = "") -> None:
    """Say what comes of a comment: do, park or no, with its reason.

    Raises
    ------
    NotAllowedError
        When the asker may not read it, or does not lead the team in whose inbox it lies.
    VoiceError
        When a reason is missing.
    """
    told = verdict.checked()
    comment = _comment(services, scope, response_id)
    check_can_lead(scope, str(comment["inbox"] or ""))
    with decision(services, scope.who) as made:
        values = {"state": told.outcome.value, "reason": told.reason, "thanks": told.thanks}
        _put(made, response_id, values | {"who": made.who, "at": made.at}, source)
        made.record("decide", "comments", mark_of(services, response_id), outcome=told.outcome.value)


def send(services: Services, scope: Scope, response_id: str, team: str) -> None:
    """Put a comment into another team's inbox.

    Raises
    ------
    NotAllowedError
        When the asker may not read it, or does not lead the team in whose inbox it lies.
    VoiceError
        When no team is named.
    """
    comment = _comment(services, scope, response_id)
    check_can_lead(scope, str(comment["inbox"] or ""))
    if not team.strip():
        raise VoiceError("choose the team that should hear it")
    with decision(services, scope.who) as made:
        _put(made, response_id, {"team": team})
        made.record("send", "comments", mark_of(services, response_id), before=comment["inbox"], after=team)


def tell(services: Services, scope: Scope, response_id: str, ago: timedelta = timedelta(), source: str = "") -> None:
    """Write down that the customer was answered.

    Raises
    ------
    NotAllowedError
        When the asker may not read it, or does not report for the team in whose inbox it lies.
    """
    comment = _comment(services, scope, response_id)
    check_can_report(scope, str(comment["inbox"] or ""))
    with decision(services, scope.who) as made:
        _put(made, response_id, {"told_at": made.at - ago}, source)
        made.record("answer", "comments", mark_of(services, response_id))


def _comment(services: Services, scope: Scope, response_id: str) -> dict[str, object]:
    comment = one_comment(services, services.state(), scope, response_id)
    if comment is None:
        raise NotAllowedError("this comment is for another team")
    return comment


def _put(made: Decision, response_id: str, values: Mapping[str, object], source: str = "") -> None:
    table = records.outcomes
    same = table.c.response_id == response_id
    if made.connection.execute(sa.update(table).where(same).values(dict(values))).rowcount:
        return
    blank = {"team": "", "mood": "", "state": Outcome.OPEN.value, "reason": "", "thanks": "", "told_at": None}
    told = {"source": source, "who": made.who, "at": made.at}
    made.connection.execute(sa.insert(table).values({"response_id": response_id, **blank, **told, **values}))


def forget_outcomes(made: Decision, aliases: Mapping[str, str]) -> int:
    """Give outcomes the new ids of their comments and take what was written of them; return how many there were."""
    table, found = records.outcomes, 0
    for old, new in aliases.items():
        empty = {"response_id": new, "reason": "", "thanks": ""}
        found += made.connection.execute(sa.update(table).where(table.c.response_id == old).values(empty)).rowcount
    return found


def remove_outcomes(services: Services, scope: Scope, source: str) -> None:
    """Remove what came of the comments of a source."""
    check_can_lead(scope, "")
    table = records.outcomes
    with decision(services, scope.who) as made:
        gone = made.connection.execute(sa.delete(table).where(table.c.source == source)).rowcount
        made.record("remove", "comments", "all", source=source, outcomes=gone)
