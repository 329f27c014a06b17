"""The weekly meeting's entry points: draw the table, and hear what anybody at it does."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode

from dash import Input, Output, State, no_update

from callbacks import undertaking
from callbacks.asked import files, scope, words
from callbacks.choosing import register_choice
from callbacks.policies import Guarded
from callbacks.sparing import digest, only_changed
from dashboard.actions import latest_due
from dashboard.agenda import Agenda
from dashboard.meetings import COMMON
from dashboard.permissions import Capability, can, can_lead, can_meet
from dashboard.preferences import preferences_in
from dashboard.workdays import is_working_day
from data.agenda import contributions, read_agenda, score_beside, teams_of
from data.calendar import holidays_of
from data.database import reading
from data.improvements import read_improvements
from data.minutes import history
from data.services import Services
from data.services import State as Known
from data.teams import read_teams
from layouts import agenda as drawn
from layouts import meeting as layout
from layouts import method
from layouts.obstacles import obstacles
from layouts.shell import Component
from layouts.shell import Ids as Shell
from layouts.words import Words

PATH = "/meeting"
NEEDS = Capability.MEET
FRIDAY = 4
STEPS = 3
"""Place of the blocks and their timer among what is drawn."""

Ids = layout.Ids


def team_of(services: Services, state: Known, search: str) -> str:
    """Return whose meeting an address asks for: one at which the asker sits, else the first of theirs."""
    asked = parse_qs(search.lstrip("?"))
    mine = teams_of(services, state, scope())
    team = (asked.get("team") or [""])[0]
    if team in mine and team:
        return team
    return COMMON if "common" in asked else mine[0]


def usual_due(today: date, holidays: AbstractSet[date]) -> date:
    """Return what a new action is usually due by: the next Friday, else as late as the week allows."""
    friday = today + timedelta(days=(FRIDAY - today.weekday() - 1) % 7 + 1)
    return friday if is_working_day(friday, holidays) else latest_due(today, holidays)


def draw_page(services: Services, state: Known, t: Words, search: str) -> Component:
    """Return the page."""
    team = team_of(services, state, search)
    names = state.members.names("team")
    tables = [(key, names.get(key, key) or t("meeting.common")) for key in teams_of(services, state, scope())]
    may_lead = can_lead(scope(), team)
    due = usual_due(state.today, holidays_of(state))
    query = urlencode({"team": team} if team else {"common": 1})
    menu = [files(t, "meeting", query)]
    return layout.page(t, team, tables, due, named_preferences(services), menu, may_lead=may_lead)


def named_preferences(services: Services) -> tuple[str, ...]:
    """Return the preferences of customers that improvements name; nothing for those who do not see improvements."""
    if not can(scope(), Capability.SEE_SCORE):
        return ()
    with reading(services.database) as connection:
        return preferences_in(read_improvements(connection))


def draw(services: Services, state: Known, t: Words, team: str, chosen: object = None) -> tuple[Any, ...]:
    """Return everything that one change of the data redraws."""
    agenda = read_agenda(services, state, scope(), team)
    board = score_beside(services, state, scope())
    found = read_teams(services, state, scope())
    turn = agenda.chosen(chosen)
    return (
        drawn.room_class(agenda),
        drawn.subtitle(t, agenda),
        drawn.commands(t, agenda),
        drawn.steps(t, agenda, elapsed(services, agenda)),
        drawn.quotes(t, agenda),
        drawn.here(t, agenda),
        drawn.said_table(t, agenda, turn),
        drawn.turn(t, agenda, turn),
        drawn.keys(t, turn),
        drawn.undo(t, agenda),
        obstacles(t, agenda),
        drawn.ahead(t, agenda),
        drawn.aside(t, agenda, board),
        method.method(t, agenda, board, found if not team else found.only([team]), _contributions(services, state)),
        drawn.people(t, agenda),
        not agenda.silent,
        *_options(state, t, agenda),
    )


def digests_of(services: Services, t: Words, team: str, parts: tuple[Any, ...]) -> list[int]:
    """Return the digest of every part; the timer runs by itself in the browser, so its seconds change nothing."""
    agenda = read_agenda(services, services.state(), scope(), team)
    still = [drawn.steps(t, agenda, 0.0) if place == STEPS else part for place, part in enumerate(parts)]
    return [digest(part) for part in still]


def _contributions(services: Services, state: Known) -> tuple[Any, ...]:
    return contributions(services, state, scope()) if can(scope(), Capability.SEE_SCORE) else ()


def _options(state: Known, t: Words, agenda: Agenda) -> tuple[Any, ...]:
    """Return what can be chosen in the forms."""
    names = state.members.names("team")
    moments = list(state.members.names("moment").items())
    owners = drawn.owners(agenda)
    nobody = [{"label": t("meeting.no_witness"), "value": ""}]
    elsewhere = [{"label": name, "value": key} for key, name in names.items() if key != agenda.team]
    stays = [{"label": t("meeting.stays"), "value": ""}]
    if agenda.team != COMMON:
        stays.append({"label": t("meeting.common"), "value": layout.COMMON_TABLE})
    return (
        owners,
        [*nobody, *owners],
        owners,
        owners,
        [*stays, *elsewhere],
        drawn.moveable(t, agenda, moments),
        drawn.silent_options(agenda.silent),
    )


def elapsed(services: Services, agenda: Agenda) -> float:
    """Return for how many seconds the block of now has been going on."""
    if agenda.meeting is None:
        return 0.0
    return max(0.0, (services.clock.now() - agenda.meeting.block_at).total_seconds())


def register(app: Guarded, services: Services) -> None:
    """Connect the view."""
    undertaking.register(app, services)
    _register_looking(app, services)

    @app.guarded(
        Capability.MEET,
        Output(Ids.ROOM, "className"),
        Output(Ids.SUBTITLE, "children"),
        Output(Ids.COMMANDS, "children"),
        Output(Ids.STEPS, "children"),
        Output(Ids.QUOTES, "children"),
        Output(Ids.HERE, "children"),
        Output(Ids.TABLE, "children"),
        Output(Ids.TURN, "children"),
        Output(Ids.KEYS, "children"),
        Output(Ids.UNDO, "children"),
        Output(Ids.OBSTACLES, "children"),
        Output(Ids.AHEAD, "children"),
        Output(Ids.ASIDE, "children"),
        Output(Ids.METHOD, "children"),
        Output(Ids.PEOPLE, "children"),
        Output(Ids.SILENT, "hidden"),
        Output(Ids.OWNER, "options"),
        Output(Ids.WITNESS, "options"),
        Output(Ids.HAND_TO, "options"),
        Output(Ids.REMOVER, "options"),
        Output(Ids.SEND_TO, "options"),
        Output(Ids.MOVES, "options"),
        Output(Ids.READING, "options"),
        Output(Ids.SHOWN, "data"),
        Input(Ids.TEAM, "data"),
        Input(Shell.VERSION, "data"),
        Input(Ids.CHOSEN, "data"),
        Input(Ids.SAID, "children"),
        State(Ids.SHOWN, "data"),
        State(Shell.URL, "search"),
    )
    def on_change(team: object, version: object, chosen: object, said: object, *more: Any) -> list[Any]:
        del version, said
        shown, search = more
        state, key = services.state(), str(team or "")
        t = words(state, str(search or ""))
        parts = draw(services, state, t, key, chosen)
        digests = digests_of(services, t, key, parts)
        return [*only_changed(parts, digests, shown), digests]


def _register_looking(app: Guarded, services: Services) -> None:
    register_choice(app, Ids.CHOSEN.value, Ids.CHOOSE.value, "action")

    @app.guarded(
        Capability.MEET,
        Output(Ids.HISTORY, "children"),
        Input(Ids.SEARCH, "value"),
        Input(Ids.TEAM, "data"),
        Input(Shell.VERSION, "data"),
    )
    def on_search(looked_for: object, team: object, version: object) -> object:
        del version
        state = services.state()
        if not can_meet(scope(), str(team or "")):
            return no_update
        asked = str(looked_for or "")[:80]
        return method.history(words(state), history(services, state, scope(), str(team or ""), asked), asked)
