"""Storing and removing the demo company's meetings: what happened on days that have passed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

import polars as pl
import sqlalchemy as sa

from dashboard.filters import Filters
from dashboard.meetings import QUOTE_WEEKS, draw_quotes
from dashboard.people import key_of
from dashboard.periods import WEEK
from dashboard.permissions import Capability, Scope, check
from data import records
from data.calendar import holidays_of
from data.demo.company import SOURCE
from data.demo.meetings import RHYTHMS, Story, has_seen_the_plan, story
from data.indicators import read_indicators
from data.services import Services, State
from data.writes.actions import insert_action
from data.writes.decision import Decision, decision
from data.writes.meetings import insert_meeting, seed_of
from data.writes.obstacles import insert_obstacle


def tell_meetings(services: Services, scope: Scope) -> Story:
    """Store half a year of meetings and return what was told."""
    check(scope, Capability.CONFIGURE)
    state = services.state()
    told = story(services.settings.demo_seed, state.today, holidays_of(state))
    with decision(services, scope.who) as made:
        seats = {peer.peer_id: _seat(made, peer.team, peer.name, told, peer.peer_id) for peer in told.peers}
        for pause in told.pauses:
            row = {"team": pause.team, "since": pause.since, "until": pause.until, "reason": pause.reason}
            made.connection.execute(sa.insert(records.pauses).values(row | {"source": SOURCE}))
        for team, rhythm in RHYTHMS.items():
            row = {"team": team, "weekday": rhythm.weekday, "at": f"{rhythm.at:%H:%M}", "source": SOURCE}
            made.connection.execute(sa.insert(records.rhythms).values(row))
        _store_meetings(services, state, made, scope, told, seats)
        _store_actions(made, told, seats)
        for obstacle in told.obstacles:
            assert obstacle.remover_id is not None, "the demo names who removes each"
            insert_obstacle(made, replace(obstacle, remover_id=seats[obstacle.remover_id]), SOURCE)
        if (goal := state.goal) is not None:
            seen = [seats[peer.peer_id] for peer in told.peers if has_seen_the_plan(peer)]
            rows = [{"goal_id": goal.goal_id, "peer_id": peer_id, "at": made.at} for peer_id in seen]
            made.connection.execute(sa.insert(records.plan_readers), rows)
        made.record("add", "meeting", "demo", meetings=len(told.meetings), actions=len(told.actions))
    return told


def forget_meetings(services: Services, scope: Scope, source: str) -> int:
    """Remove every meeting, action, obstacle, pause and person of a source, with what hangs on them.

    Actions and obstacles that others wrote at those tables go too: their people are gone.
    """
    check(scope, Capability.CONFIGURE)
    with decision(services, scope.who) as made:
        run = made.connection.execute
        meetings, peers = records.meetings, records.peers
        gone = run(sa.select(meetings.c.id).where(meetings.c.source == source)).scalars().all()
        people = sa.select(peers.c.id).where(peers.c.source == source)
        given, table = records.action_answers, records.actions
        theirs = sa.select(table.c.id).where(_of(table, people))
        run(sa.delete(given).where(given.c.meeting_id.in_(gone) | given.c.action_id.in_(theirs)))
        run(sa.update(records.actions).values(follows=None, witness_id=None).where(_of(records.actions, people)))
        run(sa.delete(records.actions).where(_of(records.actions, people)))
        obstacles = records.obstacles
        run(sa.delete(obstacles).where((obstacles.c.source == source) | obstacles.c.remover_id.in_(people)))
        run(sa.delete(records.plan_readers).where(records.plan_readers.c.peer_id.in_(people)))
        there = records.attendance
        run(sa.delete(there).where(there.c.meeting_id.in_(gone) | there.c.peer_id.in_(people)))
        run(sa.delete(records.quotes).where(records.quotes.c.meeting_id.in_(gone)))
        for table in (meetings, records.pauses, records.rhythms, peers):
            run(sa.delete(table).where(table.c.source == source))
        made.record("forget", "meeting", "all", source=source, meetings=len(gone))
    return len(gone)


def _of(table: sa.Table, people: sa.Select[tuple[int]]) -> sa.ColumnElement[bool]:
    return table.c.owner_id.in_(people) | table.c.witness_id.in_(people)


def _seat(made: Decision, team: str, name: str, told: Story, number: int) -> int:
    peer = told.peers[number - 1]
    row = {
        "team": team,
        "name": name,
        "key": key_of(name),
        "is_voice": peer.is_voice,
        "is_ambassador": peer.is_ambassador,
        "shows_name": peer.shows_name,
        "is_active": True,
        "source": SOURCE,
    }
    table = records.peers
    return int(made.connection.execute(sa.insert(table).values(row).returning(table.c.id)).scalar_one())


def _store_meetings(
    services: Services, state: State, made: Decision, scope: Scope, told: Story, seats: dict[int, int]
) -> None:
    """Store the meetings with who was there and the comments that each would have drawn."""
    scores, heard = services.scores(state), dict[str, set[str]]()
    comments = {team: scores.comments(scope, _asked(team), 200_000) for team in RHYTHMS}
    for one in told.meetings:
        opened, closed = one.opened_at.astimezone(UTC), one.closed_at.astimezone(UTC)
        meeting_id = insert_meeting(made, one.team, one.week, opened, closed, SOURCE)
        rows = [{"meeting_id": meeting_id, "peer_id": seats[peer]} for peer in one.here]
        made.connection.execute(sa.insert(records.attendance), rows)
        seen = heard.setdefault(one.team, set())
        recent = pl.col("day").is_between(one.week - QUOTE_WEEKS * WEEK, one.week, closed="left")
        drawn = draw_quotes(comments[one.team].filter(recent), seen, seed_of(one.team, one.week))
        seen.update(drawn)
        quotes = [{"meeting_id": meeting_id, "team": one.team, "response_id": quote} for quote in drawn]
        if quotes:
            made.connection.execute(sa.insert(records.quotes), quotes)


def _asked(team: str) -> Filters:
    return Filters().with_values("team", (team,)) if team else Filters()


def _store_actions(made: Decision, told: Story, seats: dict[int, int]) -> None:
    ids = {one.name: one.indicator_id for one in read_indicators(made.connection)}
    stored: dict[int, int] = {}
    for action in told.actions:
        real = replace(
            action,
            owner_id=seats[action.owner_id],
            indicator_id=ids[told.indicators[action.action_id]],
            follows=stored.get(action.follows or 0),
        )
        stored[action.action_id] = insert_action(made, real, SOURCE)
