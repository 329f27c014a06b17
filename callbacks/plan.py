"""The plan's entry points: draw the sheet, and hear who has seen it."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, State, no_update

from callbacks.asked import scope, words
from callbacks.policies import Guarded
from callbacks.undertaking import said_of, whole
from dashboard.permissions import Capability, can
from data.plan import read_plan, readers_to_be
from data.services import Services
from data.services import State as Known
from data.writes.meetings import see_plan
from layouts import plan as layout
from layouts.shell import Component
from layouts.shell import Ids as Shell
from layouts.words import Words

PATH = "/plan"
NEEDS = Capability.SEE_SCORE
Ids = layout.Ids


def draw_page(services: Services, state: Known, t: Words, search: str) -> Component:
    """Return the page."""
    del services, search
    return layout.page(t, may_see=state.goal is not None and can(scope(), Capability.MEET))


def see(services: Services, t: Words, reader: object) -> str:
    """Write down that somebody has seen the plan and return what to say."""
    goal, peer_id = services.state().goal, whole(reader)
    if goal is None or peer_id is None:
        return t("plan.choose_reader")
    see_plan(services, scope(), goal.goal_id, peer_id)
    return t("plan.thanks")


def register(app: Guarded, services: Services) -> None:
    """Connect the view."""

    @app.guarded(
        Capability.SEE_SCORE,
        Output(Ids.SHEET, "children"),
        Input(Shell.VERSION, "data"),
        State(Shell.URL, "search"),
    )
    def on_change(version: object, search: object) -> list[Component]:
        del version
        state = services.state()
        return layout.sheet(words(state, str(search or "")), read_plan(services, state, scope()))

    @app.guarded(
        Capability.MEET,
        Output(Ids.READER, "options"),
        Input(Ids.SAID, "children"),
        Input(Shell.VERSION, "data"),
    )
    def on_said(said: object, version: object) -> list[dict[str, str]]:
        del said, version
        state = services.state()
        return layout.readers(words(state), readers_to_be(services, state, scope()))

    @app.guarded(
        Capability.MEET,
        Output(Ids.SAID, "children"),
        Output(Ids.READER, "value"),
        Input(Ids.SEEN, "n_clicks"),
        State(Ids.READER, "value"),
        prevent_initial_call=True,
        running=[(Output(Ids.SEEN, "disabled"), True, False)],
    )
    def on_seen(clicks: object, reader: object) -> tuple[Any, Any]:
        if not clicks:
            return no_update, no_update
        t = words(services.state())
        told, is_done = said_of(t, lambda: see(services, t, reader))
        return told, "" if is_done else no_update
