"""Setting the one goal. Changing it closes the old one and opens another: no moving goalposts, both stay."""

from __future__ import annotations

import sqlalchemy as sa

from dashboard.goal import Goal
from dashboard.permissions import Capability, Scope, check
from data import records
from data.publications import current
from data.services import Services
from data.writes.decision import decision
from data.writes.publications import keep_closed_weeks


def set_goal(services: Services, scope: Scope, goal: Goal) -> int:
    """Open a goal, closing the one before, and return its id.

    Raises
    ------
    NotAllowedError
        When the role may not.
    """
    check(scope, Capability.CONFIGURE)
    table = records.goals
    with decision(services, scope.who) as made:
        is_open = table.c.active == 1
        made.connection.execute(sa.update(table).where(is_open).values(active=None, closed_at=made.at))
        row = {
            "start_points": goal.start_points,
            "target_points": goal.target_points,
            "starts": goal.starts,
            "deadline": goal.deadline,
            "window_weeks": goal.window_weeks,
            "vote": goal.vote.value,
            "scope": goal.scope.query(),
            "why": goal.why,
            "created_at": made.at,
            "active": 1,
        }
        goal_id = int(made.connection.execute(sa.insert(table).values(row).returning(table.c.id)).scalar_one())
        publication = current(made.connection)
        assert publication is not None
        keep_closed_weeks(services, made, publication.publication_id, publication.versions)
        made.record("set", "goal", goal_id, start=goal.start_points, target=goal.target_points)
    return goal_id


def close_goal(services: Services, scope: Scope) -> None:
    """Close the open goal, if any, without opening another."""
    check(scope, Capability.CONFIGURE)
    table = records.goals
    with decision(services, scope.who) as made:
        changed = sa.update(table).where(table.c.active == 1).values(active=None, closed_at=made.at)
        made.connection.execute(changed)
        made.record("close", "goal", "open")
