"""The question of the minutes: what one meeting left behind, and which meetings speak of something."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa

from dashboard.actions import Action, kept
from dashboard.agenda import Sitting
from dashboard.indicators import Indicator
from dashboard.meetings import Meeting, MeetingError, MeetingState, Obstacle, Peer
from dashboard.minutes import Minutes, Typed, agreed_in, answered_in, obstacles_of
from dashboard.periods import WEEK, local_day
from dashboard.permissions import Scope, check_can_meet
from data import records
from data.agenda import quotes_of, table_of
from data.database import reading
from data.indicators import read_indicators
from data.meetings import meeting_by_id, read_actions, read_meetings, read_obstacles, read_peers, read_quotes
from data.services import Services, State


@dataclass(frozen=True, slots=True)
class _Kept:
    """Everything that is stored of the meetings of one team."""

    meetings: tuple[Meeting, ...]
    actions: tuple[Action, ...]
    obstacles: tuple[Obstacle, ...]
    people: tuple[Peer, ...]
    here: Mapping[int, frozenset[int]]
    indicators: Mapping[int, Indicator]


def read_minutes(services: Services, state: State, scope: Scope, meeting_id: int) -> Minutes:
    """Return the minutes of one meeting.

    Raises
    ------
    MeetingError
        When there is none of that number.
    NotAllowedError
        When the role does not sit at that meeting.
    """
    with reading(services.database) as connection:
        meeting = meeting_by_id(connection, meeting_id)
        if meeting is None:
            raise MeetingError("there is no such meeting")
        check_can_meet(scope, meeting.team)
        stored = _read(connection, meeting.team)
        drawn = read_quotes(connection, meeting_id)
        typed = _typed(connection, meeting, stored.indicators)
    found = _minutes(state, stored, meeting)
    return replace(found, quotes=quotes_of(services, state, scope, meeting, drawn), typed=typed)


def history(services: Services, state: State, scope: Scope, team: str, words: str = "") -> tuple[Minutes, ...]:
    """Return the closed meetings of a team that speak of all these words, newest first; without customers' words.

    Raises
    ------
    NotAllowedError
    """
    check_can_meet(scope, team)
    with reading(services.database) as connection:
        stored = _read(connection, team)
    closed = [one for one in reversed(stored.meetings) if one.state is MeetingState.CLOSED]
    every = (_minutes(state, stored, one) for one in closed)
    return tuple(one for one in every if one.holds(words))


def _read(connection: sa.Connection, team: str) -> _Kept:
    table = records.attendance
    here: dict[int, set[int]] = defaultdict(set)
    for meeting_id, peer_id in connection.execute(sa.select(table.c.meeting_id, table.c.peer_id)):
        here[meeting_id].add(peer_id)
    lying = tuple(one for one in read_obstacles(connection) if team in (one.team, one.raised_by))
    return _Kept(
        read_meetings(connection, team),
        read_actions(connection, [team]),
        lying,
        read_peers(connection),
        {meeting_id: frozenset(found) for meeting_id, found in here.items()},
        {one.indicator_id: one for one in read_indicators(connection, with_retired=True)},
    )


def _minutes(state: State, stored: _Kept, meeting: Meeting) -> Minutes:
    zone = state.organisation.tz
    days = {one.meeting_id: local_day(one.opened_at, zone) for one in stored.meetings}
    day = days[meeting.meeting_id]
    sitting = Sitting(day, max((one for one in days.values() if one < day), default=None))
    names = {peer.peer_id: peer.name for peer in stored.people}
    here = stored.here.get(meeting.meeting_id, frozenset())
    seated = [peer for peer in table_of(stored.people, meeting.team) if peer.is_active or peer.peer_id in here]
    return Minutes(
        meeting,
        state.members.name("team", meeting.team) if meeting.team else "",
        sitting,
        tuple(names[peer.peer_id] for peer in seated if peer.peer_id in here),
        len(seated),
        (),
        (),
        answered_in(stored.actions, sitting, is_last=day == max(days.values())),
        agreed_in(stored.actions, sitting),
        obstacles_of(stored.obstacles, sitting),
        kept(stored.actions, meeting.week - WEEK),
        names,
        {number: one.name for number, one in stored.indicators.items()},
    )


def _typed(connection: sa.Connection, meeting: Meeting, indicators: Mapping[int, Indicator]) -> tuple[Typed, ...]:
    """Return the values in force that were written down while the meeting went on."""
    table = records.readings
    rows: Sequence[tuple[int, date, float]]
    during = (table.c.at >= meeting.opened_at) & (table.c.current == 1)
    if meeting.closed_at is not None:
        during &= table.c.at <= meeting.closed_at
    columns = sa.select(table.c.indicator_id, table.c.week, table.c.value).where(during).order_by(table.c.id)
    rows = [(number, week, value) for number, week, value in connection.execute(columns)]
    mine = [row for row in rows if row[0] in indicators and meeting.team in ("", indicators[row[0]].team)]
    return tuple(Typed(indicators[number].name, indicators[number].unit, week, value) for number, week, value in mine)
