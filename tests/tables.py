"""Meetings for tests of screens, made by the domain: every state that a table may have to draw."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from dashboard.actions import Action, ActionState, Kept
from dashboard.agenda import Agenda, Contribution, Sitting
from dashboard.commitments import Commitment
from dashboard.meetings import (
    Block,
    Held,
    Meeting,
    MeetingState,
    MeetingWeek,
    Obstacle,
    ObstacleState,
    Peer,
    Rhythm,
)
from dashboard.minutes import Minutes, Typed
from dashboard.periods import WEEK
from dashboard.scoreboard import Comment
from tests.boards import NASTY, WEEK_OF
from tests.watching import everybody, watched

MONDAY = WEEK_OF + WEEK
FRIDAY = MONDAY + timedelta(days=4)
AT = datetime(MONDAY.year, MONDAY.month, MONDAY.day, 8, tzinfo=UTC)
ANA, LUIS = Peer(1, "Almacén", "Ana Gil", is_voice=True, shows_name=True), Peer(2, "Almacén", NASTY)
MEETING = Meeting(7, "Almacén", MONDAY, MeetingState.OPEN, Block.SAID, "Ana Gil", AT, AT)
CALL = Action(1, "Almacén", NASTY, 1, WEEK_OF + timedelta(days=4), WEEK_OF, 1, preference=NASTY)
NAMES = {1: "Ana Gil", 2: NASTY}
QUOTE = Comment("s:1", NASTY, 3, "Esperar", None, WEEK_OF)
LYING = Obstacle(3, "Almacén", "Ventas", NASTY, WEEK_OF)


def table(**changes: object) -> Agenda:
    """Return an open meeting with something of everything."""
    said = tuple(
        replace(CALL, action_id=place, state=state, told=NASTY, carried=2 if place == 1 else 0, moves=place)
        for place, state in enumerate(ActionState, start=1)
    )
    ahead = (replace(CALL, action_id=9, agreed_on=MONDAY, due=FRIDAY, indicator_id=None, moment="Esperar"),)
    weeks = tuple(MeetingWeek(WEEK_OF, state) for state in MeetingState)
    obstacles = (LYING, replace(LYING, obstacle_id=4, remover_id=1, due=WEEK_OF, raised_by="Almacén"))
    cleared = replace(obstacles[1], obstacle_id=5, state=ObstacleState.CLEARED, cleared_on=MONDAY)
    found = Agenda(
        *("Almacén", "Almacén", MONDAY, Sitting(MONDAY, WEEK_OF), MEETING, weeks, Rhythm(0, time(9)), MONDAY),
        *((ANA, LUIS), frozenset({1}), (QUOTE, replace(QUOTE, recommend=None)), 3, 42),
        *(everybody().silent, (watched(),), said, ahead, (*obstacles, cleared), Kept(5, 7, 1), Held(6, 8), NAMES),
        (Commitment(8, "Almacén", NASTY, WEEK_OF, NASTY, WEEK_OF, account=NASTY),),
    )
    return replace(found, **changes)  # type: ignore[arg-type]  # by name


def bare() -> Agenda:
    """Return a table where nothing was ever said."""
    nothing: dict[str, object] = dict.fromkeys(("weeks", "peers", "quotes", "silent", "watched", "said", "ahead"), ())
    nothing |= {
        "obstacles": (),
        "promises": (),
        "here": frozenset(),
        "drawn": 0,
        "kept": Kept(0, 0, 0),
        "held": Held(0, 0),
    }
    return table(meeting=None, upcoming=None, names={}, **nothing)


def minutes() -> Minutes:
    """Return the minutes of the open table, closed."""
    found = table()
    closed = replace(MEETING, state=MeetingState.CLOSED, closed_at=AT + timedelta(minutes=24))
    typed = (Typed("Pedidos completos", "%", WEEK_OF, 91.0),)
    indicators = {1: "Pedidos completos"}
    parts = (("Ana Gil",), 2, found.quotes, typed, found.said, found.ahead, found.obstacles, Kept(5, 7, 0))
    return Minutes(closed, "Almacén", found.sitting, *parts, NAMES, indicators)


STRIP = (
    Contribution("Almacén", "Almacén", 3, 16, Kept(5, 7, 0), Held(8, 8)),
    Contribution("Ventas", NASTY, 0, 0, Kept(0, 0, 0), Held(0, 0)),
)
