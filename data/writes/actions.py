"""Undertaking something, answering for it, moving its date. Sent twice by a bad connection, it is written once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import sqlalchemy as sa

from dashboard.actions import MOST_AT_ONCE, Action, ActionError, Answer, agree, answer, move, undone
from dashboard.meetings import MeetingError, MeetingState
from dashboard.periods import week_of
from dashboard.permissions import Scope, check_can_meet
from data import records
from data.calendar import holidays_of
from data.indicators import read_indicators
from data.meetings import action_of, last_answered, read_actions
from data.services import Services
from data.writes.decision import ChangedMeanwhileError, Decision, decision
from data.writes.peers import seated


def agree_action(services: Services, scope: Scope, action: Action, source: str = "") -> int:
    """Store a new action and return its number; the same one, sent again over a bad connection, is still one.

    Raises
    ------
    NotAllowedError
        When the role does not sit at that meeting.
    ActionError, MeetingError
        When it has no owner of the team, no date that can be, moves nothing, or its owner has three already.
    """
    check_can_meet(scope, action.team)
    state = services.state()
    today = state.today
    with decision(services, scope.who) as made:
        fresh = agree(replace(action, agreed_on=today), holidays_of(state))
        _hold(made, fresh.owner_id)
        for known in read_actions(made.connection, [fresh.team]):
            if replace(known, action_id=0, version=1) == fresh:
                made.record("agree", "action", known.action_id, again=True)
                return known.action_id
        _check(made, fresh)
        action_id = insert_action(made, fresh, source)
        made.record("agree", "action", action_id, team=fresh.team, due=fresh.due.isoformat())
    return action_id


def answer_action(services: Services, scope: Scope, action_id: int, version: int, said: Answer) -> int | None:
    """Answer for an action and return the number of the one that follows it, None without any.

    Raises
    ------
    NotAllowedError, ActionError, MeetingError
    ChangedMeanwhileError
        When somebody else answered first.
    """
    state = services.state()
    today = state.today
    with decision(services, scope.who) as made:
        known = _known(made, scope, action_id)
        ended, fresh = answer(known, said, today, holidays_of(state))
        meeting_id = _goes_on(made, known.team, today)
        update_action(made, ended, version)
        following = None
        if fresh is not None:
            seated(made, fresh.team, fresh.owner_id)
            following = insert_action(made, fresh)
        if meeting_id is not None:
            given = {"meeting_id": meeting_id, "action_id": action_id, "due": fresh and fresh.due}
            made.connection.execute(sa.insert(records.action_answers).values(given))
        made.record("answer", "action", action_id, state=ended.state.value, following=following)
    return following


def undo_answer(services: Services, scope: Scope, action_id: int, version: int) -> None:
    """Take back the last answer that the meeting of now was given: the action is owed again, what followed it is gone.

    Raises
    ------
    NotAllowedError
    MeetingError
        When the meeting is closed.
    ActionError
        When what follows it has been changed since.
    ChangedMeanwhileError
        When it is not the last answer any more, or somebody else took it back first.
    """
    today = services.state().today
    with decision(services, scope.who) as made:
        known = _known(made, scope, action_id)
        meeting_id = _goes_on(made, known.team, today)
        if meeting_id is None:
            raise MeetingError("this meeting is closed; open it again to go on")
        if last_answered(made.connection, meeting_id) != action_id:
            raise ChangedMeanwhileError(f"action {action_id} is not the last that was answered; look again")
        table, given = records.actions, records.action_answers
        row = made.connection.execute(sa.select(table).where(table.c.follows == action_id)).mappings().first()
        following = action_of(row) if row is not None else None
        due = made.connection.execute(sa.select(given.c.due).where(given.c.action_id == action_id)).scalar()
        update_action(made, undone(known, following, due), version)
        made.connection.execute(sa.delete(given).where(given.c.action_id == action_id))
        if following is not None:
            _remove(made, following)
        removed = following.action_id if following else None
        made.record("undo", "action", action_id, state=known.state.value, removed=removed)


def _goes_on(made: Decision, team: str, today: date) -> int | None:
    """Return the meeting of a team that goes on this week, None without any; until the end nobody closes it."""
    table = records.meetings
    now = (table.c.team == team) & (table.c.week == week_of(today)) & (table.c.state == MeetingState.OPEN.value)
    found = made.connection.execute(sa.select(table.c.id).where(now).with_for_update()).scalar()
    return None if found is None else int(found)


def _remove(made: Decision, action: Action) -> None:
    """Remove an action unless somebody changed it meanwhile."""
    table = records.actions
    same = (table.c.id == action.action_id) & (table.c.version == action.version)
    if not made.connection.execute(sa.delete(table).where(same)).rowcount:
        raise ChangedMeanwhileError(f"somebody else changed action {action.action_id} meanwhile; look again")


def move_action(
    services: Services, scope: Scope, action_id: int, version: int, due: date, *, is_away: bool = False
) -> None:
    """Move the date of an action; it counts unless its owner is away and says so beforehand.

    Raises
    ------
    NotAllowedError, ActionError, ChangedMeanwhileError
    """
    state = services.state()
    today = state.today
    with decision(services, scope.who) as made:
        known = _known(made, scope, action_id)
        moved = move(known, due, today, holidays_of(state), is_away=is_away)
        update_action(made, moved, version)
        made.record("move", "action", action_id, due=due.isoformat(), away=is_away)


def _hold(made: Decision, peer_id: int) -> None:
    """Let one decision at a time undertake things for somebody: what is sent twice at once is still one."""
    table = records.peers
    made.connection.execute(sa.select(table.c.id).where(table.c.id == peer_id).with_for_update())


def _known(made: Decision, scope: Scope, action_id: int) -> Action:
    table = records.actions
    row = made.connection.execute(sa.select(table).where(table.c.id == action_id)).mappings().first()
    if row is None:
        raise ActionError("there is no such action")
    found = action_of(row)
    check_can_meet(scope, found.team)
    return found


def _check(made: Decision, action: Action) -> None:
    """Raise unless owner and witness sit at the table, the indicator is watched and the owner has room."""
    owner = seated(made, action.team, action.owner_id)
    if action.witness_id is not None:
        seated(made, action.team, action.witness_id)
    watched = {one.indicator_id for one in read_indicators(made.connection)}
    if action.indicator_id is not None and action.indicator_id not in watched:
        raise ActionError("this indicator is no longer watched")
    every = read_actions(made.connection, [action.team])
    mine = [
        one for one in every if one.owner_id == action.owner_id and one.is_open and one.agreed_on == action.agreed_on
    ]
    if len(mine) >= MOST_AT_ONCE:
        raise ActionError("{} has {} actions already: fewer, and done", owner.name, MOST_AT_ONCE)


def insert_action(made: Decision, action: Action, source: str = "") -> int:
    """Store an action inside an open decision and return its number."""
    table = records.actions
    row = _row(action) | {"source": source}
    return int(made.connection.execute(sa.insert(table).values(row).returning(table.c.id)).scalar_one())


def update_action(made: Decision, action: Action, version: int) -> None:
    """Store what has become of an action inside an open decision, unless it is no longer what `version` was."""
    made.change(records.actions, action.action_id, version, _row(action))


def _row(action: Action) -> dict[str, object]:
    return {
        "team": action.team,
        "text": action.text,
        "owner_id": action.owner_id,
        "due": action.due,
        "agreed_on": action.agreed_on,
        "indicator_id": action.indicator_id,
        "moment": action.moment,
        "preference": action.preference,
        "witness_id": action.witness_id,
        "is_weekly": action.is_weekly,
        "state": action.state.value,
        "told": action.told,
        "carried": action.carried,
        "moves": action.moves,
        "follows": action.follows,
        "answered_on": action.answered_on,
        "version": action.version,
    }
