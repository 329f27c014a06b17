"""The question of the teams, asked once per version and kept: what page, wall and download share."""

from __future__ import annotations

from datetime import date

from dashboard.indicators import SEASON, course
from dashboard.periods import WEEK
from dashboard.permissions import Scope
from dashboard.teams import Mark, Teams, Watched, teams
from data.database import reading
from data.evidence import is_stale, read_evidence, read_pooled
from data.indicators import amended_weeks, read_indicators, read_marks, read_readings
from data.jobs import is_under_way, start_job
from data.services import Services, State


def read_teams(services: Services, state: State, scope: Scope, weeks: int = SEASON) -> Teams:
    """Return what every team watches with its last `weeks` closed weeks and its evidence."""
    question = ("teams", weeks)
    return services.answers.get(state.version, scope.key, question, lambda: _teams(services, state, weeks))


def _teams(services: Services, state: State, weeks: int) -> Teams:
    found = read_evidence(services, state)
    with reading(services.database) as connection:
        indicators, readings = read_indicators(connection), read_readings(connection)
        amended, marks = amended_weeks(connection), read_marks(connection)
    names = {one.indicator_id: one.name for one in indicators}
    watched = []
    for one in indicators:
        own = readings.get(one.indicator_id, {})
        watched.append(
            Watched(
                course(one, own, state.week, weeks),
                found.get(one.indicator_id),
                names.get(one.result_id) if one.result_id is not None else None,
                frozenset(week for indicator_id, week in amended if indicator_id == one.indicator_id),
                own.get(state.week + WEEK),
            )
        )
    members = state.members
    pooled = read_pooled(services, state)
    return teams(state.week, watched, members.names("team"), members.order("team"), marks, pooled)


def marks_of(services: Services) -> tuple[Mark, ...]:
    """Return the marks, oldest first."""
    with reading(services.database) as connection:
        return read_marks(connection)


def values_of(services: Services, indicator_id: int) -> dict[date, float]:
    """Return every value in force of one indicator."""
    with reading(services.database) as connection:
        return dict(read_readings(connection).get(indicator_id, {}))


def judge_in_background(services: Services, state: State) -> bool:
    """Start a job that judges the evidence when data have changed since; return whether one is at work."""
    if is_under_way(services, "evidence"):
        return True
    question = ("evidence is stale",)
    if not services.answers.get(state.version, "", question, lambda: is_stale(services, state)):
        return False
    start_job(services, "evidence", {})
    return True
