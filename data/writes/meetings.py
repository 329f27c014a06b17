"""Holding a meeting: opening and closing it, the wheel, who is there, and the weeks without one on purpose."""

from __future__ import annotations

import zlib
from datetime import date, datetime

import sqlalchemy as sa

from dashboard.filters import Filters
from dashboard.meetings import (
    COMMON,
    QUOTE_WEEKS,
    TRANSITIONS,
    Block,
    Meeting,
    MeetingError,
    MeetingState,
    Rhythm,
    draw_quotes,
)
from dashboard.periods import WEEK, week_of, window
from dashboard.permissions import Capability, Scope, can, check_can_lead, check_can_meet
from data import records
from data.meetings import heard, meeting_by_id
from data.services import Services, State
from data.writes.decision import Decision, decision
from data.writes.peers import peer_by_id


def seed_of(team: str, week: date) -> int:
    """Return the seed of the draw of a meeting's comments: anybody can draw them again."""
    return zlib.crc32(f"{team}|{week}".encode())


def open_meeting(services: Services, scope: Scope, team: str) -> int:
    """Open the meeting of this week, or go on with it, and return its number; its comments are drawn once.

    Raises
    ------
    NotAllowedError
        When the role does not sit at that meeting.
    """
    check_can_meet(scope, team)
    state = services.state()
    week, table = week_of(state.today), records.meetings
    same = (table.c.team == team) & (table.c.week == week)
    with decision(services, scope.who) as made:
        known = made.connection.execute(sa.select(table.c.id, table.c.state).where(same)).first()
        if known is None:
            meeting_id = insert_meeting(made, team, week, made.at)
            _draw(services, made, state, scope, meeting_id, team)
        else:
            meeting_id = int(known.id)
            if known.state == MeetingState.CLOSED.value:
                again = {"state": MeetingState.OPEN.value, "closed_at": None, "version": table.c.version + 1}
                made.connection.execute(sa.update(table).where(same).values(again))
        made.record("open", "meeting", meeting_id, team=team)
    return meeting_id


def close_meeting(services: Services, scope: Scope, meeting_id: int) -> None:
    """Close a meeting: its minutes are what was entered until now.

    Raises
    ------
    NotAllowedError, MeetingError
    """
    with decision(services, scope.who) as made:
        _known(made, scope, meeting_id, MeetingState.CLOSED)
        _update(made, meeting_id, state=MeetingState.CLOSED.value, closed_at=made.at)
        made.record("close", "meeting", meeting_id)


def go_to(services: Services, scope: Scope, meeting_id: int, block: Block) -> None:
    """Take the wheel and go to a block: every screen of the meeting goes along. Of two at once the last one drives.

    Raises
    ------
    NotAllowedError, MeetingError
    """
    with decision(services, scope.who) as made:
        known = _known(made, scope, meeting_id)
        since = {"block_at": made.at} if known.block is not block else {}
        _update(made, meeting_id, block=int(block), driver=scope.who, **since)
        made.record("drive", "meeting", meeting_id, block=int(block))


def attend(services: Services, scope: Scope, meeting_id: int, peer_id: int, *, is_here: bool) -> None:
    """Say that somebody is at a meeting, or is not."""
    table = records.attendance
    with decision(services, scope.who) as made:
        known = _known(made, scope, meeting_id)
        peer = peer_by_id(made, peer_id)
        if known.team not in (COMMON, peer.team):
            raise MeetingError("{} does not sit at this table", peer.name)
        same = (table.c.meeting_id == meeting_id) & (table.c.peer_id == peer_id)
        made.connection.execute(sa.delete(table).where(same))
        if is_here:
            made.connection.execute(sa.insert(table).values(meeting_id=meeting_id, peer_id=peer_id))
        made.record("attend", "meeting", meeting_id, peer=peer_id, here=is_here)


def pause(services: Services, scope: Scope, team: str, since: date, until: date, reason: str, source: str = "") -> int:
    """Plan days without meetings and return the number of the pause; only what is to come can be planned.

    Raises
    ------
    NotAllowedError
        When the role does not lead the team; of the whole company, when it is not a manager's.
    MeetingError
    """
    check_can_lead(scope, team)
    if not reason.strip() or until < since:
        raise MeetingError("a pause has a first day, a last day and a reason")
    if since < week_of(services.state().today) and not source:
        raise MeetingError("a pause is planned beforehand; a week that has ended stays as it was")
    table = records.pauses
    row = {"team": team, "since": since, "until": until, "reason": reason.strip(), "source": source}
    with decision(services, scope.who) as made:
        created = made.connection.execute(sa.insert(table).values(row).returning(table.c.id)).scalar_one()
        made.record("pause", "meeting", created, team=team, since=since.isoformat(), until=until.isoformat())
    return int(created)


def set_rhythm(services: Services, scope: Scope, team: str, rhythm: Rhythm, source: str = "") -> None:
    """Say on which day of the week, and when, a team meets."""
    check_can_lead(scope, team)
    table = records.rhythms
    row = {"team": team, "weekday": rhythm.weekday, "at": f"{rhythm.at:%H:%M}", "source": source}
    with decision(services, scope.who) as made:
        made.connection.execute(sa.delete(table).where(table.c.team == team))
        made.connection.execute(sa.insert(table).values(row))
        made.record("set", "meeting", team, weekday=rhythm.weekday, at=row["at"])


def see_plan(services: Services, scope: Scope, goal_id: int, peer_id: int) -> None:
    """Write down, once, that somebody has seen the plan of a goal."""
    table = records.plan_readers
    with decision(services, scope.who) as made:
        check_can_meet(scope, peer_by_id(made, peer_id).team)
        same = (table.c.goal_id == goal_id) & (table.c.peer_id == peer_id)
        if made.connection.execute(sa.select(table.c.peer_id).where(same)).first() is None:
            row = {"goal_id": goal_id, "peer_id": peer_id, "at": made.at}
            made.connection.execute(sa.insert(table).values(row))
        made.record("see", "plan", goal_id, peer=peer_id)


def insert_meeting(
    made: Decision, team: str, week: date, opened_at: datetime, closed_at: datetime | None = None, source: str = ""
) -> int:
    """Store a meeting inside an open decision and return its number."""
    row = {
        "team": team,
        "week": week,
        "state": (MeetingState.CLOSED if closed_at else MeetingState.OPEN).value,
        "block": int(Block.WEEK if closed_at else Block.CUSTOMER),
        "driver": made.who,
        "opened_at": opened_at,
        "block_at": opened_at,
        "closed_at": closed_at,
        "source": source,
        "version": 1,
    }
    table = records.meetings
    return int(made.connection.execute(sa.insert(table).values(row).returning(table.c.id)).scalar_one())


def _draw(services: Services, made: Decision, state: State, scope: Scope, meeting_id: int, team: str) -> None:
    """Draw the comments that the meeting opens with, from those that whoever opens it may read."""
    if not can(scope, Capability.READ_COMMENTS):
        return
    recent = window(state.week, QUOTE_WEEKS)
    asked = Filters().with_values("team", (team,)) if team else Filters()
    rows = services.scores(state).comments(scope, asked.within(recent.since, recent.until + WEEK), 2000)
    chosen = draw_quotes(rows, heard(made.connection, team), seed_of(team, week_of(state.today)))
    told = [{"meeting_id": meeting_id, "team": team, "response_id": one} for one in chosen]
    if told:
        made.connection.execute(sa.insert(records.quotes), told)


def _known(made: Decision, scope: Scope, meeting_id: int, wanted: MeetingState | None = None) -> Meeting:
    found = meeting_by_id(made.connection, meeting_id)
    if found is None:
        raise MeetingError("there is no such meeting")
    check_can_meet(scope, found.team)
    if found.state is not MeetingState.OPEN or (wanted and wanted not in TRANSITIONS[found.state]):
        raise MeetingError("this meeting is closed; open it again to go on")
    return found


def _update(made: Decision, meeting_id: int, **values: object) -> None:
    table = records.meetings
    changed = values | {"version": table.c.version + 1}
    made.connection.execute(sa.update(table).where(table.c.id == meeting_id).values(changed))
