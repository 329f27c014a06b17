"""The organisation, its goal and the members of its dimensions, as stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa

from dashboard.filters import parse_query
from dashboard.goal import Goal, Vote, Word
from dashboard.members import Member, Members
from dashboard.organisation import UNNAMED, Organisation
from dashboard.scoreboard import Shown
from data import records


def read_organisation(connection: sa.Connection) -> Organisation:
    """Return the organisation; before anybody has said anything, one without a name of its own."""
    row = connection.execute(sa.select(records.organisation)).mappings().first()
    if row is None:
        return UNNAMED
    places = (row["country"], row["region"])
    return Organisation(row["name"], row["language"], row["zone"], row["meeting"], row["version"], *places)


def read_goals(connection: sa.Connection) -> list[tuple[Goal, bool]]:
    """Return every goal, newest first, with whether it is the open one."""
    table = records.goals
    rows = connection.execute(sa.select(table).order_by(table.c.id.desc())).mappings()
    return [(_goal(row), row["active"] == 1) for row in rows]


def active_goal(connection: sa.Connection) -> Goal | None:
    """Return the one open goal, None when there is none."""
    table = records.goals
    row = connection.execute(sa.select(table).where(table.c.active == 1)).mappings().first()
    return _goal(row) if row else None


def _goal(row: sa.RowMapping) -> Goal:
    return Goal(
        row["id"],
        row["start_points"],
        row["target_points"],
        row["starts"],
        row["deadline"],
        row["window_weeks"],
        Vote(row["vote"]),
        parse_query(row["scope"]),
        row["why"],
    )


def read_members(connection: sa.Connection) -> Members:
    """Return every named member in its order."""
    table = records.members
    rows = connection.execute(sa.select(table).order_by(table.c.dimension, table.c.position, table.c.key)).mappings()
    return Members(
        tuple(Member(row["dimension"], row["key"], row["name"], row["merged_into"], row["position"]) for row in rows)
    )


def shown_weeks(connection: sa.Connection, goal_id: int) -> list[Shown]:
    """Return what the closed weeks of a goal said when they were closed, oldest first."""
    table = records.shown_weeks
    rows = connection.execute(sa.select(table).where(table.c.goal_id == goal_id).order_by(table.c.week)).mappings()
    return [
        Shown(row["week"], row["points"], row["low"], row["high"], row["n"], row["objective"], Word(row["word"]))
        for row in rows
    ]


def keep_shown(
    connection: sa.Connection, goal_id: int, publication_id: int, weeks: Sequence[Shown], at: datetime
) -> list[date]:
    """Store what closed weeks say for the first time, and return those weeks; weeks already stored stay as they are."""
    table = records.shown_weeks
    known = set(connection.execute(sa.select(table.c.week).where(table.c.goal_id == goal_id)).scalars())
    fresh = [week for week in weeks if week.week not in known]
    if fresh:
        rows = [
            {
                "goal_id": goal_id,
                "week": week.week,
                "publication_id": publication_id,
                "points": week.points,
                "low": week.low,
                "high": week.high,
                "n": week.n,
                "objective": week.objective,
                "word": week.word.value,
                "closed_at": at,
            }
            for week in fresh
        ]
        connection.execute(sa.insert(table), rows)
    return [week.week for week in fresh]
