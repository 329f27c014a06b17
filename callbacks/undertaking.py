"""What people at the table of a meeting do: answer, agree, move, hand over, clear the path, sit down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any

from dash import ALL, Input, Output, State, ctx, no_update

from callbacks.asked import scope, words
from callbacks.policies import Guarded
from callbacks.reporting import number_of
from dashboard.actions import Action, ActionState, Answer
from dashboard.agenda import recovery, warnings
from dashboard.meetings import COMMON, Block, MeetingError, Obstacle, Rhythm
from dashboard.permissions import Capability, NotAllowedError
from dashboard.refusals import Refusal
from data.agenda import read_agenda
from data.services import Services
from data.writes.actions import agree_action, answer_action, move_action, undo_answer
from data.writes.decision import ChangedMeanwhileError
from data.writes.meetings import attend, close_meeting, go_to, open_meeting, pause, set_rhythm
from data.writes.obstacles import clear_obstacle, raise_obstacle, send_obstacle, take_obstacle
from data.writes.peers import add_peer, mark_peer
from data.writes.readings import Reading, report
from layouts.meeting import COMMON_TABLE, Ids
from layouts.words import Words

Doing = Callable[[], str]
"""Something that writes, and returns what to say of it."""

TOLD_OF = ("open", "close", "undo", "clear", "send", "take", "recover")
"""What a button does that is said in words; the rest is seen."""


def said_of(t: Words, doing: Doing) -> tuple[str, bool]:
    """Return what to say of a write, and whether it was done: what was typed is kept otherwise."""
    try:
        return doing(), True
    except Refusal as refusal:
        return t.refusal(refusal.told()), False
    except ChangedMeanwhileError:
        return t("meeting.meanwhile"), False
    except NotAllowedError:
        return t.refused("meeting.not_allowed"), False


def day_of(typed: object) -> date | None:
    """Return the day in a date field, None when it is empty or none."""
    try:
        return date.fromisoformat(str(typed))
    except ValueError:
        return None


def whole(typed: object) -> int | None:
    """Return the number that a choice stands for, None when nothing is chosen."""
    text = str(typed or "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


def undertake(services: Services, t: Words, team: str, asked: tuple[Any, ...]) -> str:
    """Agree an action and return what to say: that it is agreed, and what speaks against it."""
    text, owner, due, moves, witness, is_long, preference = asked
    state = services.state()
    kind, _, key = str(moves or "").partition(":")
    action = Action(
        0,
        team,
        str(text or ""),
        whole(owner) or 0,
        day_of(due) or date.min,
        state.today,
        whole(key) if kind == "indicator" else None,
        key if kind == "moment" and key in state.members.names("moment") else "",
        whole(witness),
        is_weekly=not is_long,
        preference=str(preference or ""),
    )
    found = warnings(read_agenda(services, state, scope(), team), action)
    agree_action(services, scope(), action)
    told = [t("meeting.agreed_one")]
    if found.shows_nothing:
        told.append(t("meeting.shows_nothing"))
    if found.same is not None:
        told.append(t("meeting.same_as", text=found.same.text))
    return " ".join(told)


def turn_of(services: Services, team: str, chosen: object) -> Action | None:
    """Return the action whose turn it is on the asker's screen."""
    return read_agenda(services, services.state(), scope(), team).chosen(chosen)


def respond(services: Services, t: Words, team: str, state: str, asked: tuple[Any, ...]) -> str:
    """Answer for the action whose turn it is, and return what to say."""
    chosen, told, later, hand_to = asked
    action = turn_of(services, team, chosen)
    if action is None or state not in tuple(ActionState):
        return t("meeting.all_answered")
    said = Answer(ActionState(state), str(told or ""), day_of(later), whole(hand_to))
    following = answer_action(services, scope(), action.action_id, action.version, said)
    return t("meeting.answered_on" if following else "meeting.answered", text=action.text)


def do(services: Services, t: Words, team: str, act: str, of: str, asked: tuple[Any, ...]) -> str:
    """Do what one button asks for and return what to say."""
    who, (number, _, version) = scope(), of.partition(".")
    first, second = whole(number) or 0, whole(version) or 0
    remover, by_when, send_to = asked
    mark = act.partition("-")[2]
    acts: dict[str, Callable[[], object]] = {
        "open": lambda: open_meeting(services, who, team),
        "close": lambda: close_meeting(services, who, first),
        "here": lambda: attend(services, who, _now(services, team), first, is_here=True),
        "away": lambda: attend(services, who, _now(services, team), first, is_here=False),
        "undo": lambda: undo_answer(services, who, first, second),
        "clear": lambda: clear_obstacle(services, who, first, second),
        "send": lambda: send_obstacle(services, who, first, second, table_of(services, team, send_to)),
        "take": lambda: take_obstacle(services, who, first, second, whole(remover) or 0, day_of(by_when) or date.min),
        "recover": lambda: recover(services, team, first, whole(remover), day_of(by_when)),
        "mark": lambda: mark_peer(services, who, first, mark, value=True),
        "unmark": lambda: mark_peer(services, who, first, mark, value=False),
        "block": lambda: go_to(services, who, first, Block(min(max(whole(mark) or 1, 1), len(Block)))),
    }
    name = act.partition("-")[0]
    if name not in acts:
        return ""
    acts[name]()
    return t(f"meeting.did_{name}") if name in TOLD_OF else ""


def _now(services: Services, team: str) -> int:
    found = read_agenda(services, services.state(), scope(), team).meeting
    return found.meeting_id if found else 0


def lay(services: Services, t: Words, team: str, asked: tuple[Any, ...]) -> str:
    """Write down an obstacle and return what to say; sent to another team it lies at their next meeting."""
    text, remover, by_when, send_to = asked
    where = table_of(services, team, send_to)
    is_sent = where != team
    person, day = (None, None) if is_sent else (whole(remover), day_of(by_when))
    raise_obstacle(services, scope(), Obstacle(0, where, team, str(text or ""), services.state().today, person, day))
    return t("meeting.did_send") if is_sent else t("meeting.did_raise")


def table_of(services: Services, team: str, chosen: object) -> str:
    """Return the team at whose meeting an obstacle is to lie: one's own when nothing else was chosen.

    Raises
    ------
    MeetingError
        When no such team meets.
    """
    where = str(chosen or "")
    if not where:
        return team
    if where == COMMON_TABLE:
        return COMMON
    if where not in services.state().members.names("team"):
        raise MeetingError("choose at whose meeting it is to lie")
    return where


def recover(services: Services, team: str, commitment_id: int, remover: int | None, by_when: date | None) -> int:
    """Take on to make a commitment to a customer good: who and by when, as an obstacle of the team.

    Raises
    ------
    MeetingError
        When it is not one that the meeting looks at, or nobody and no day are named.
    """
    agenda = read_agenda(services, services.state(), scope(), team)
    found = next((one for one in agenda.promises if one.commitment_id == commitment_id), None)
    if found is None:
        raise MeetingError("somebody has already taken this commitment on")
    obstacle = Obstacle(0, team, team, recovery(found), agenda.today, remover, by_when)
    return raise_obstacle(services, scope(), obstacle)


def note(services: Services, t: Words, indicator: object, value: object) -> str:
    """Write down a missing reading of the last closed week and return what to say."""
    number = whole(indicator)
    if number is None:
        return t("meeting.choose_reading")
    report(services, scope(), [Reading(number, services.state().week, number_of(value))])
    return t("meeting.did_report")


def register(app: Guarded, services: Services) -> None:
    """Connect what people do."""
    _register_answers(app, services)
    _register_forms(app, services)
    _register_table(app, services)


def _register_answers(app: Guarded, services: Services) -> None:
    @app.guarded(
        Capability.MEET,
        Output(Ids.SAID, "children"),
        Output(Ids.TOLD, "value"),
        Output(Ids.LATER, "value"),
        Input({"type": Ids.ANSWER.value, "state": ALL}, "n_clicks"),
        State(Ids.TEAM, "data"),
        State(Ids.CHOSEN, "data"),
        State(Ids.TOLD, "value"),
        State(Ids.LATER, "value"),
        State(Ids.HAND_TO, "value"),
        prevent_initial_call=True,
    )
    def on_answer(clicks: list[object], team: object, *asked: Any) -> tuple[Any, ...]:
        pressed = ctx.triggered_id
        if not any(clicks) or not isinstance(pressed, dict):
            return no_update, no_update, no_update
        t, state = words(services.state()), str(pressed["state"])
        told, is_done = said_of(t, lambda: respond(services, t, str(team or ""), state, asked))
        return (told, "", "") if is_done else (told, no_update, no_update)

    @app.guarded(
        Capability.MEET,
        Output(Ids.SAID, "children", allow_duplicate=True),
        Output(Ids.LATER, "value", allow_duplicate=True),
        Input(Ids.MOVE, "n_clicks"),
        State(Ids.TEAM, "data"),
        State(Ids.CHOSEN, "data"),
        State(Ids.LATER, "value"),
        State(Ids.AWAY, "value"),
        prevent_initial_call=True,
        running=[(Output(Ids.MOVE, "disabled"), True, False)],
    )
    def on_move(clicks: object, team: object, chosen: object, later: object, is_away: object) -> tuple[Any, Any]:
        if not clicks:
            return no_update, no_update
        t = words(services.state())

        def moving() -> str:
            action, due = turn_of(services, str(team or ""), chosen), day_of(later)
            if action is None or due is None:
                return t("meeting.choose_date")
            move_action(services, scope(), action.action_id, action.version, due, is_away=bool(is_away))
            return t("meeting.did_move")

        told, is_done = said_of(t, moving)
        return told, "" if is_done else no_update


def _register_forms(app: Guarded, services: Services) -> None:
    @app.guarded(
        Capability.MEET,
        Output(Ids.SAID, "children", allow_duplicate=True),
        Output(Ids.TEXT, "value"),
        Output(Ids.PREFERENCE, "value"),
        Input(Ids.AGREE, "n_clicks"),
        State(Ids.TEAM, "data"),
        State(Ids.TEXT, "value"),
        State(Ids.OWNER, "value"),
        State(Ids.DUE, "value"),
        State(Ids.MOVES, "value"),
        State(Ids.WITNESS, "value"),
        State(Ids.LONG, "value"),
        State(Ids.PREFERENCE, "value"),
        prevent_initial_call=True,
        running=[(Output(Ids.AGREE, "disabled"), True, False)],
    )
    def on_agree(clicks: object, team: object, *asked: Any) -> tuple[Any, Any, Any]:
        told, field = _sent(clicks, lambda t: undertake(services, t, str(team or ""), asked))
        return told, field, field

    @app.guarded(
        Capability.MEET,
        Output(Ids.SAID, "children", allow_duplicate=True),
        Output(Ids.OBSTACLE, "value"),
        Input(Ids.RAISE, "n_clicks"),
        State(Ids.TEAM, "data"),
        State(Ids.OBSTACLE, "value"),
        State(Ids.REMOVER, "value"),
        State(Ids.BY_WHEN, "value"),
        State(Ids.SEND_TO, "value"),
        prevent_initial_call=True,
        running=[(Output(Ids.RAISE, "disabled"), True, False)],
    )
    def on_raise(clicks: object, team: object, *asked: Any) -> tuple[Any, Any]:
        return _sent(clicks, lambda t: lay(services, t, str(team or ""), asked))

    @app.guarded(
        Capability.MEET,
        Output(Ids.SAID, "children", allow_duplicate=True),
        Output(Ids.VALUE, "value"),
        Input(Ids.REPORT, "n_clicks"),
        State(Ids.READING, "value"),
        State(Ids.VALUE, "value"),
        prevent_initial_call=True,
        running=[(Output(Ids.REPORT, "disabled"), True, False)],
    )
    def on_report(clicks: object, indicator: object, value: object) -> tuple[Any, Any]:
        return _sent(clicks, lambda t: note(services, t, indicator, value))

    def _sent(clicks: object, doing: Callable[[Words], str]) -> tuple[Any, Any]:
        """Return what to say of a form, and its first field: empty once it was written down."""
        if not clicks:
            return no_update, no_update
        t = words(services.state())
        told, is_done = said_of(t, lambda: doing(t))
        return told, "" if is_done else no_update


def _register_table(app: Guarded, services: Services) -> None:
    @app.guarded(
        Capability.MEET,
        Output(Ids.SAID, "children", allow_duplicate=True),
        Input({"type": Ids.DO.value, "act": ALL, "of": ALL}, "n_clicks"),
        State(Ids.TEAM, "data"),
        State(Ids.REMOVER, "value"),
        State(Ids.BY_WHEN, "value"),
        State(Ids.SEND_TO, "value"),
        prevent_initial_call=True,
    )
    def on_do(clicks: list[object], team: object, *asked: Any) -> object:
        pressed = ctx.triggered_id
        if not isinstance(pressed, dict) or not ctx.triggered or not ctx.triggered[0]["value"]:
            return no_update
        t, act, of = words(services.state()), str(pressed["act"]), str(pressed["of"])
        return said_of(t, lambda: do(services, t, str(team or ""), act, of, asked))[0]

    @app.guarded(
        Capability.MEET,
        Output(Ids.SAID, "children", allow_duplicate=True),
        Output(Ids.PEER, "value"),
        Input(Ids.SEAT, "n_clicks"),
        State(Ids.TEAM, "data"),
        State(Ids.PEER, "value"),
        prevent_initial_call=True,
        running=[(Output(Ids.SEAT, "disabled"), True, False)],
    )
    def on_seat(clicks: object, team: object, name: object) -> tuple[Any, Any]:
        if not clicks:
            return no_update, no_update
        t = words(services.state())

        def sitting() -> str:
            add_peer(services, scope(), str(team or ""), str(name or ""))
            return t("meeting.did_seat")

        told, is_done = said_of(t, sitting)
        return told, "" if is_done else no_update

    @app.guarded(
        Capability.MEET,
        Output(Ids.SAID, "children", allow_duplicate=True),
        Input(Ids.RHYTHM, "n_clicks"),
        Input(Ids.PAUSE, "n_clicks"),
        State(Ids.TEAM, "data"),
        State(Ids.WEEKDAY, "value"),
        State(Ids.TIME, "value"),
        State(Ids.PAUSE_SINCE, "value"),
        State(Ids.PAUSE_UNTIL, "value"),
        State(Ids.PAUSE_WHY, "value"),
        prevent_initial_call=True,
    )
    def on_plan(rhythm: object, paused: object, team: object, *asked: Any) -> object:
        if not rhythm and not paused:
            return no_update
        t = words(services.state())
        is_pause = ctx.triggered_id == Ids.PAUSE
        return said_of(t, lambda: plan(services, t, str(team or ""), asked, is_pause=is_pause))[0]


def plan(services: Services, t: Words, team: str, asked: tuple[Any, ...], *, is_pause: bool) -> str:
    """Say when a team meets, or when it does not, and return what to say."""
    weekday, at, since, until, why = asked
    if is_pause:
        first, last = day_of(since) or date.max, day_of(until) or date.min
        pause(services, scope(), team, first, last, str(why or ""))
        return t("meeting.did_pause")
    try:
        when = time.fromisoformat(str(at))
    except ValueError:
        when = Rhythm().at
    set_rhythm(services, scope(), team, Rhythm(whole(weekday) or 0, when))
    return t("meeting.did_rhythm")
