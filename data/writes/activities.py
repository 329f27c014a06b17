"""Writing down what the house does again and again, to ask whether customers would miss it."""

from __future__ import annotations

import sqlalchemy as sa

from dashboard.leaving import Activity, ActivityError
from dashboard.permissions import Scope, check_can_propose
from data import records
from data.services import Services
from data.writes.decision import decision


def add_activity(services: Services, scope: Scope, activity: Activity, source: str = "") -> int:
    """Store an activity and return its id.

    Raises
    ------
    ActivityError
        Without a name, a moment or hours.
    """
    check_can_propose(scope, activity.team)
    if not activity.name.strip():
        raise ActivityError("say what is done")
    if not activity.moment:
        raise ActivityError("say which moment of the customer it serves")
    if not activity.hours > 0:
        raise ActivityError("say how many hours a year it takes")
    table = records.activities
    with decision(services, scope.who) as made:
        row = {
            "team": activity.team,
            "name": activity.name.strip(),
            "moment": activity.moment,
            "hours": activity.hours,
            "source": source,
            "created_at": made.at,
        }
        created = int(made.connection.execute(sa.insert(table).values(row).returning(table.c.id)).scalar_one())
        made.record("add", "activity", created, team=activity.team)
    return created


def remove_activity(services: Services, scope: Scope, activity_id: int) -> None:
    """Remove an activity: it is not done any more, or it was a mistake."""
    table = records.activities
    with decision(services, scope.who) as made:
        team = made.connection.execute(sa.select(table.c.team).where(table.c.id == activity_id)).scalar_one_or_none()
        if team is None:
            raise ActivityError("there is no such activity")
        check_can_propose(scope, team)
        made.connection.execute(sa.delete(table).where(table.c.id == activity_id))
        made.record("remove", "activity", activity_id, team=team)
