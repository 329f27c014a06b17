"""The question of the weekly meeting: everything that one table shows, for those who sit there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import polars as pl

from dashboard.actions import KEPT_WEEKS, kept
from dashboard.agenda import Agenda, Contribution, Sitting, ahead, in_the_way, said, to_recover, weeks_met
from dashboard.commitments import Commitment
from dashboard.filters import Filters
from dashboard.indicators import Kind
from dashboard.ledger import horizon
from dashboard.meetings import COMMON, QUOTE_WEEKS, Meeting, MeetingState, Obstacle, Peer, held, next_meeting, weeks_of
from dashboard.periods import local_day, week_of
from dashboard.permissions import Capability, Scope, can, can_meet, check, check_can_meet
from dashboard.redaction import redacted
from dashboard.scoreboard import Comment, Scoreboard
from dashboard.teams import Teams
from data.board import comment_of, read_scoreboard
from data.calendar import calendar_of, holidays_of
from data.database import reading
from data.ledger import own_entries
from data.meetings import (
    first_week,
    last_answered,
    read_actions,
    read_attendance,
    read_meetings,
    read_obstacles,
    read_pauses,
    read_peers,
    read_quotes,
    read_rhythm,
)
from data.services import Services, State
from data.teams import read_teams
from data.writes.meetings import seed_of


def teams_of(services: Services, state: State, scope: Scope) -> tuple[str, ...]:
    """Return the teams whose meeting the asker sits at, in the company's order, the common one last."""
    with reading(services.database) as connection:
        known = {peer.team for peer in read_peers(connection)}
    known |= {team.key for team in read_teams(services, state, scope).teams} | set(state.members.names("team"))
    order = state.members.order("team")
    mine = sorted(
        (team for team in known if can_meet(scope, team)), key=lambda team: (order.get(team, len(order)), team)
    )
    return (*mine, COMMON)


def read_agenda(services: Services, state: State, scope: Scope, team: str) -> Agenda:
    """Return the meeting of a team as it stands now.

    Raises
    ------
    NotAllowedError
        When the role does not sit at that meeting.
    """
    check_can_meet(scope, team)
    found = read_teams(services, state, scope)
    every = found if team == COMMON else found.only([team])
    watched = tuple(one for part in every.teams for one in part.watched)
    with reading(services.database) as connection:
        people = read_peers(connection)
        meetings = read_meetings(connection, team)
        pauses, rhythm = read_pauses(connection), read_rhythm(connection, team)
        actions = read_actions(connection, [team])
        obstacles = read_obstacles(connection, team)
        running = week_of(state.today)
        now = next((one for one in meetings if one.week == running), None)
        here = read_attendance(connection, now.meeting_id) if now else frozenset[int]()
        drawn = read_quotes(connection, now.meeting_id) if now else ()
        goes_on = now is not None and now.state is MeetingState.OPEN
        last = last_answered(connection, now.meeting_id) if now is not None and goes_on else None
    holidays = holidays_of(state)
    weeks = weeks_of(team, meetings, pauses, holidays, first_week(meetings, running), running)
    sitting = sitting_of(meetings, now, state)
    is_met = now is not None and now.state is MeetingState.CLOSED
    return Agenda(
        team,
        state.members.name("team", team),
        state.today,
        sitting,
        now,
        weeks,
        rhythm,
        next_meeting(team, rhythm, state.today, pauses, holidays, is_met),
        table_of(people, team),
        here,
        quotes_of(services, state, scope, now, drawn),
        len(drawn),
        seed_of(team, running),
        tuple(one for one in every.silent),
        watched,
        said(actions, sitting),
        ahead(actions, sitting),
        in_the_way(obstacles, sitting),
        kept(actions, state.week),
        held(weeks, KEPT_WEEKS),
        {peer.peer_id: peer.name for peer in people},
        promises_of(services, state, scope, team, obstacles),
        next((one for one in actions if one.action_id == last), None),
    )


def promises_of(
    services: Services, state: State, scope: Scope, team: str, obstacles: Sequence[Obstacle]
) -> tuple[Commitment, ...]:
    """Return the commitments to customers that the meeting looks at, as much of each as the asker may read."""
    if not can(scope, Capability.SEE_SCORE):
        return ()
    asked = Filters().with_values("team", (team,)) if team else Filters()
    mine = [entry.commitment for entry in own_entries(services, scope, asked)]
    soon = horizon(calendar_of(state.organisation, state.today), state.today)
    return to_recover(mine, obstacles, state.today, soon)


def table_of(people: Sequence[Peer], team: str) -> tuple[Peer, ...]:
    """Return who has a seat at a meeting: the team's people, at the common one the voice of each team."""
    if team == COMMON:
        return tuple(peer for peer in people if peer.is_voice)
    return tuple(peer for peer in people if peer.team == team)


def sitting_of(meetings: Sequence[Meeting], now: Meeting | None, state: State) -> Sitting:
    """Return the days that the meeting of this week, or of today, answers for."""
    zone = state.organisation.tz
    day = local_day(now.opened_at, zone) if now else state.today
    earlier = [local_day(one.opened_at, zone) for one in meetings if one is not now]
    return Sitting(day, max((one for one in earlier if one < day), default=None))


def quotes_of(
    services: Services, state: State, scope: Scope, meeting: Meeting | None, drawn: Sequence[str]
) -> tuple[Comment, ...]:
    """Return the drawn comments that the asker may read, always masked: they stand on a screen that many see."""
    if meeting is None or not drawn or not can(scope, Capability.READ_COMMENTS):
        return ()
    question = ("quotes", meeting.meeting_id, tuple(drawn))
    version = f"publication {state.publication.publication_id}"
    return services.answers.get(version, scope.key, question, lambda: _quotes(services, state, scope, meeting, drawn))


def _quotes(
    services: Services, state: State, scope: Scope, meeting: Meeting, drawn: Sequence[str]
) -> tuple[Comment, ...]:
    asked = Filters().with_values("team", (meeting.team,)) if meeting.team else Filters()
    days = asked.within(meeting.week - timedelta(weeks=QUOTE_WEEKS + 1), meeting.week + timedelta(days=6))
    rows = services.scores(state).comments(scope, days, 5000).with_columns(redacted(pl.col("verbatim")))
    found = {row["response_id"]: comment_of(row) for row in rows.iter_rows(named=True)}
    return tuple(found[one] for one in drawn if one in found)


def score_beside(services: Services, state: State, scope: Scope) -> Scoreboard:
    """Return the scoreboard that stands beside a meeting, kept while answers, week, goal and names are the same.

    What is written at the table changes none of them, and every screen there asks again within a second.
    """
    version = f"score {state.publication.publication_id}.{state.week}.{state.goal}.{hash(state.members)}"
    return services.answers.get(version, scope.key, ("beside",), lambda: read_scoreboard(services, state, scope))


def contributions(services: Services, state: State, scope: Scope) -> tuple[Contribution, ...]:
    """Return what each team has done for the goal in the last weeks, in the company's order.

    Raises
    ------
    NotAllowedError
    """
    check(scope, Capability.SEE_SCORE)
    found: Teams = read_teams(services, state, scope)
    with reading(services.database) as connection:
        actions, meetings, pauses = read_actions(connection), read_meetings(connection), read_pauses(connection)
    holidays, running = holidays_of(state), week_of(state.today)
    told = []
    for team in found.teams:
        own = [one for one in meetings if one.team == team.key]
        weeks = weeks_of(team.key, own, pauses, holidays, first_week(own, running), running)
        leads = [one for one in team.watched if one.indicator.kind is Kind.LEAD]
        mine = kept((one for one in actions if one.team == team.key), state.week)
        met, reported = weeks_met(leads, KEPT_WEEKS)
        told.append(Contribution(team.key, team.name, met, reported, mine, held(weeks, KEPT_WEEKS)))
    return tuple(told)
