"""Looking after moments: owner, walks, reviews, duties of teams, and what a team believes before it sees the data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa

from dashboard.moments import Duty, MomentError, checked_estimate
from dashboard.permissions import Capability, Scope, check, check_can_report
from data import records
from data.services import Services
from data.writes.decision import Decision, decision

TABLES = (records.moments, records.duties, records.estimates)


def keep_moment(
    services: Services, scope: Scope, moment: str, owner: str, review_on: date | None, source: str = ""
) -> None:
    """Say who owns a moment and when it is looked at again.

    Raises
    ------
    NotAllowedError
        When the role may not configure.
    MomentError
        When no moment is named.
    """
    check(scope, Capability.CONFIGURE)
    with decision(services, scope.who) as made:
        _put(made, _named(moment), {"owner": owner.strip(), "review_on": review_on}, source)
        made.record("keep", "moment", moment, owner=owner.strip(), review=review_on and review_on.isoformat())


def note_walk(services: Services, scope: Scope, moment: str, day: date, walker: str, source: str = "") -> None:
    """Write down that somebody lived a moment in a customer's shoes.

    Raises
    ------
    NotAllowedError
        When the role reports nothing.
    MomentError
        When the day has not come, or nobody is named.
    """
    check(scope, Capability.REPORT)
    if day > services.state().today:
        raise MomentError("the {} has not come yet", day)
    if not walker.strip():
        raise MomentError("say who walked it")
    with decision(services, scope.who) as made:
        _put(made, _named(moment), {"walked_on": day, "walked_by": walker.strip()}, source)
        made.record("walk", "moment", moment, day=day.isoformat())


def set_duties(services: Services, scope: Scope, moment: str, teams: Mapping[str, Duty], source: str = "") -> None:
    """Say which teams bear on a moment, directly or indirectly; the others do not.

    Raises
    ------
    NotAllowedError
        When the role may not configure.
    """
    check(scope, Capability.CONFIGURE)
    table = records.duties
    rows = [
        {"moment": _named(moment), "team": team, "duty": duty.value, "source": source} for team, duty in teams.items()
    ]
    with decision(services, scope.who) as made:
        made.connection.execute(sa.delete(table).where(table.c.moment == moment))
        if rows:
            made.connection.execute(sa.insert(table), rows)
        made.record("assign", "moment", moment, teams={team: duty.value for team, duty in teams.items()})


def estimate(services: Services, scope: Scope, team: str, moment: str, value: float | None, source: str = "") -> None:
    """Write down how a team believes that customers live a moment, once: before it sees what they say.

    Raises
    ------
    NotAllowedError
        When the role may not report for the team.
    MomentError
        When the team has already said it, or the value is not on 0–10.
    """
    check_can_report(scope, team)
    table = records.estimates
    believed = checked_estimate(value)
    same = (table.c.team == team) & (table.c.moment == _named(moment))
    with decision(services, scope.who) as made:
        if made.connection.execute(sa.select(table.c.value).where(same)).first() is not None:
            raise MomentError("the team has already said what it believes of '{}'", moment)
        row = {"team": team, "moment": moment, "value": believed, "source": source, "who": made.who, "at": made.at}
        made.connection.execute(sa.insert(table).values(row))
        made.record("estimate", "moment", moment, team=team)


def forget_moments(services: Services, scope: Scope, source: str) -> None:
    """Remove everything of a source that is said of moments."""
    check(scope, Capability.CONFIGURE)
    with decision(services, scope.who) as made:
        gone = sum(
            made.connection.execute(sa.delete(table).where(table.c.source == source)).rowcount for table in TABLES
        )
        made.record("forget", "moment", "all", source=source, rows=gone)


def _named(moment: str) -> str:
    if not moment.strip():
        raise MomentError("choose a moment")
    return moment


def _put(made: Decision, moment: str, values: dict[str, object], source: str) -> None:
    table = records.moments
    same = table.c.moment == moment
    if made.connection.execute(sa.update(table).where(same).values(values)).rowcount:
        return
    blank: dict[str, object] = {"owner": "", "walked_on": None, "walked_by": "", "review_on": None, "source": source}
    made.connection.execute(sa.insert(table).values({"moment": moment, **blank, **values}))
