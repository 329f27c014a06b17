"""Marks: dated changes of policy or process, which every trend shows."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from dashboard.indicators import IndicatorError
from dashboard.permissions import Scope, check_can_lead
from data import records
from data.services import Services
from data.writes.decision import decision


def add_mark(services: Services, scope: Scope, day: date, name: str, team: str = "", source: str = "") -> int:
    """Store a mark and return its id; without a team it is of the whole company.

    Raises
    ------
    NotAllowedError
        When the role may not decide for the team.
    IndicatorError
        When the mark has no name.
    """
    check_can_lead(scope, team)
    if not name.strip():
        raise IndicatorError("say what changed")
    table = records.marks
    with decision(services, scope.who) as made:
        row = {"day": day, "name": name.strip(), "team": team, "source": source, "who": made.who, "at": made.at}
        created = made.connection.execute(sa.insert(table).values(row).returning(table.c.id)).scalar_one()
        made.record("add", "mark", created, day=day.isoformat())
    return int(created)


def remove_mark(services: Services, scope: Scope, mark_id: int) -> None:
    """Remove a mark that was a mistake."""
    table = records.marks
    with decision(services, scope.who) as made:
        team = made.connection.execute(sa.select(table.c.team).where(table.c.id == mark_id)).scalar_one_or_none()
        if team is None:
            raise IndicatorError("there is no such mark")
        check_can_lead(scope, team)
        made.connection.execute(sa.delete(table).where(table.c.id == mark_id))
        made.record("remove", "mark", mark_id)
