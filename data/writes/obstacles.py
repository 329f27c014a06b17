"""Clearing the path: what stands in the way, who removes it, by when, and at whose meeting it lies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import sqlalchemy as sa

from dashboard.actions import ActionError, check_due
from dashboard.meetings import MeetingError, Obstacle, ObstacleState
from dashboard.permissions import Scope, check_can_meet
from data import records
from data.calendar import holidays_of
from data.meetings import obstacle_of, read_obstacles
from data.services import Services, State
from data.writes.decision import Decision, decision
from data.writes.peers import seated


def raise_obstacle(services: Services, scope: Scope, obstacle: Obstacle, source: str = "") -> int:
    """Store an obstacle and return its number; the same one, sent again over a bad connection, is still one.

    Raises
    ------
    NotAllowedError
        When the role does not sit at the meeting that raises it.
    MeetingError, ActionError
        When who removes it does not sit there, or the day cannot be.
    """
    check_can_meet(scope, obstacle.raised_by)
    state = services.state()
    with decision(services, scope.who) as made:
        fresh = replace(obstacle, text=obstacle.text.strip(), raised_on=state.today)
        for known in read_obstacles(made.connection, fresh.team):
            if replace(known, obstacle_id=0, version=1) == fresh:
                made.record("raise", "obstacle", known.obstacle_id, again=True)
                return known.obstacle_id
        _check(state, made, fresh)
        created = insert_obstacle(made, fresh, source)
        made.record("raise", "obstacle", created, team=obstacle.team)
    return created


def send_obstacle(services: Services, scope: Scope, obstacle_id: int, version: int, team: str) -> None:
    """Lay an obstacle on the table of another team's next meeting; there they name who removes it."""
    with decision(services, scope.who) as made:
        known = _known(made, scope, obstacle_id)
        if team == known.team:
            raise MeetingError("it lies at this meeting already")
        sent = replace(known, team=team, raised_by=known.team, remover_id=None, due=None)
        _update(made, sent, version)
        made.record("send", "obstacle", obstacle_id, team=team)


def take_obstacle(services: Services, scope: Scope, obstacle_id: int, version: int, remover_id: int, due: date) -> None:
    """Name who removes an obstacle and by when."""
    state = services.state()
    with decision(services, scope.who) as made:
        known = _known(made, scope, obstacle_id)
        taken = replace(known, remover_id=remover_id, due=due)
        _check(state, made, taken)
        _update(made, taken, version)
        made.record("take", "obstacle", obstacle_id, due=due.isoformat())


def clear_obstacle(services: Services, scope: Scope, obstacle_id: int, version: int) -> None:
    """Say that an obstacle is out of the way."""
    today = services.state().today
    with decision(services, scope.who) as made:
        known = _known(made, scope, obstacle_id)
        _update(made, replace(known, state=ObstacleState.CLEARED, cleared_on=today), version)
        made.record("clear", "obstacle", obstacle_id)


def insert_obstacle(made: Decision, obstacle: Obstacle, source: str = "") -> int:
    """Store an obstacle inside an open decision and return its number."""
    table = records.obstacles
    row = _row(obstacle) | {"source": source}
    return int(made.connection.execute(sa.insert(table).values(row).returning(table.c.id)).scalar_one())


def _check(state: State, made: Decision, obstacle: Obstacle) -> None:
    if obstacle.remover_id is None or obstacle.due is None:
        return
    seated(made, obstacle.team, obstacle.remover_id)
    try:
        check_due(obstacle.due, state.today, holidays_of(state), is_weekly=False)
    except ActionError as refusal:
        raise MeetingError("{}", refusal) from None


def _known(made: Decision, scope: Scope, obstacle_id: int) -> Obstacle:
    table = records.obstacles
    row = made.connection.execute(sa.select(table).where(table.c.id == obstacle_id)).mappings().first()
    if row is None:
        raise MeetingError("there is no such obstacle")
    found = obstacle_of(row)
    check_can_meet(scope, found.team)
    if found.state is ObstacleState.CLEARED:
        raise MeetingError("this obstacle is out of the way already")
    return found


def _update(made: Decision, obstacle: Obstacle, version: int) -> None:
    made.change(records.obstacles, obstacle.obstacle_id, version, _row(obstacle))


def _row(obstacle: Obstacle) -> dict[str, object]:
    return {
        "team": obstacle.team,
        "raised_by": obstacle.raised_by,
        "text": obstacle.text,
        "raised_on": obstacle.raised_on,
        "remover_id": obstacle.remover_id,
        "due": obstacle.due,
        "state": obstacle.state.value,
        "cleared_on": obstacle.cleared_on,
        "version": obstacle.version,
    }
