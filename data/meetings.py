"""Meetings, actions, obstacles and the people at the table, as stored."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, time

import sqlalchemy as sa

from dashboard.actions import Action, ActionState
from dashboard.meetings import Block, Meeting, MeetingState, Obstacle, ObstacleState, Pause, Peer, Rhythm
from data import records


def read_peers(connection: sa.Connection) -> tuple[Peer, ...]:
    """Return everybody who ever sat at a table, by team and name."""
    table = records.peers
    rows = connection.execute(sa.select(table).order_by(table.c.team, table.c.key)).mappings()
    return tuple(
        Peer(
            row["id"],
            row["team"],
            row["name"],
            row["is_voice"],
            row["is_ambassador"],
            row["shows_name"],
            row["is_active"],
        )
        for row in rows
    )


def read_meetings(connection: sa.Connection, team: str | None = None) -> tuple[Meeting, ...]:
    """Return the meetings that were opened, of one team or of all, oldest first."""
    table = records.meetings
    query = sa.select(table).order_by(table.c.week, table.c.id)
    rows = connection.execute(query if team is None else query.where(table.c.team == team)).mappings()
    return tuple(_meeting(row) for row in rows)


def meeting_by_id(connection: sa.Connection, meeting_id: int) -> Meeting | None:
    """Return a meeting, None when there is none of that number."""
    table = records.meetings
    row = connection.execute(sa.select(table).where(table.c.id == meeting_id)).mappings().first()
    return _meeting(row) if row else None


def _meeting(row: sa.RowMapping) -> Meeting:
    return Meeting(
        row["id"],
        row["team"],
        row["week"],
        MeetingState(row["state"]),
        Block(row["block"]),
        row["driver"],
        row["opened_at"],
        row["block_at"],
        row["closed_at"],
        row["version"],
    )


def read_attendance(connection: sa.Connection, meeting_id: int) -> frozenset[int]:
    """Return the peers who are, or were, at a meeting."""
    table = records.attendance
    query = sa.select(table.c.peer_id).where(table.c.meeting_id == meeting_id)
    return frozenset(connection.execute(query).scalars())


def read_quotes(connection: sa.Connection, meeting_id: int) -> tuple[str, ...]:
    """Return the answers whose words opened a meeting, in the order in which they were drawn."""
    table = records.quotes
    query = sa.select(table.c.response_id).where(table.c.meeting_id == meeting_id).order_by(table.c.id)
    return tuple(connection.execute(query).scalars())


def heard(connection: sa.Connection, team: str) -> frozenset[str]:
    """Return every answer whose words have opened a meeting of a team."""
    table = records.quotes
    return frozenset(connection.execute(sa.select(table.c.response_id).where(table.c.team == team)).scalars())


def read_actions(connection: sa.Connection, teams: Collection[str] | None = None) -> tuple[Action, ...]:
    """Return the actions of some teams or of all, in the order in which they were agreed."""
    table = records.actions
    query = sa.select(table).order_by(table.c.id)
    rows = connection.execute(query if teams is None else query.where(table.c.team.in_(list(teams)))).mappings()
    return tuple(action_of(row) for row in rows)


def action_of(row: sa.RowMapping) -> Action:
    """Return the action of a row of `actions`."""
    return Action(
        row["id"],
        row["team"],
        row["text"],
        row["owner_id"],
        row["due"],
        row["agreed_on"],
        row["indicator_id"],
        row["moment"],
        row["witness_id"],
        row["is_weekly"],
        ActionState(row["state"]),
        row["told"],
        row["carried"],
        row["moves"],
        row["follows"],
        row["answered_on"],
        row["version"],
        row["preference"],
    )


def last_answered(connection: sa.Connection, meeting_id: int) -> int | None:
    """Return the action for which a meeting was given its last answer, None without any."""
    table = records.action_answers
    query = sa.select(table.c.action_id).where(table.c.meeting_id == meeting_id).order_by(table.c.id.desc())
    found = connection.execute(query.limit(1)).scalar()
    return None if found is None else int(found)


def read_obstacles(connection: sa.Connection, team: str | None = None) -> tuple[Obstacle, ...]:
    """Return the obstacles that lie at a team's meeting, or all, oldest first."""
    table = records.obstacles
    query = sa.select(table).order_by(table.c.id)
    rows = connection.execute(query if team is None else query.where(table.c.team == team)).mappings()
    return tuple(obstacle_of(row) for row in rows)


def obstacle_of(row: sa.RowMapping) -> Obstacle:
    """Return the obstacle of a row of `obstacles`."""
    return Obstacle(
        row["id"],
        row["team"],
        row["raised_by"],
        row["text"],
        row["raised_on"],
        row["remover_id"],
        row["due"],
        ObstacleState(row["state"]),
        row["cleared_on"],
        row["version"],
    )


def read_pauses(connection: sa.Connection) -> tuple[Pause, ...]:
    """Return the planned pauses, oldest first."""
    table = records.pauses
    rows = connection.execute(sa.select(table).order_by(table.c.since, table.c.id)).mappings()
    return tuple(Pause(row["id"], row["team"], row["since"], row["until"], row["reason"]) for row in rows)


def read_rhythm(connection: sa.Connection, team: str) -> Rhythm:
    """Return when a team meets: Mondays at nine unless it said otherwise."""
    table = records.rhythms
    row = connection.execute(sa.select(table).where(table.c.team == team)).mappings().first()
    return Rhythm(row["weekday"], time.fromisoformat(row["at"])) if row else Rhythm()


def plan_readers(connection: sa.Connection, goal_id: int) -> frozenset[int]:
    """Return the peers who have seen the plan of a goal."""
    table = records.plan_readers
    return frozenset(connection.execute(sa.select(table.c.peer_id).where(table.c.goal_id == goal_id)).scalars())


def first_week(meetings: Collection[Meeting], running: date) -> date:
    """Return the week of a team's first meeting: what came before is no hole."""
    return min((one.week for one in meetings), default=running)
