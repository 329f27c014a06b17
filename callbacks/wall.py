"""The wall's entry points: its frame, and one callback driven by the pulse."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs

from dash import Dash, Input, Output, State

from callbacks.asked import scope, words
from data.board import consented_comment, read_scoreboard
from data.services import Services
from data.services import State as Known
from data.teams import read_teams
from layouts import wall as layout
from layouts.shell import Component
from layouts.shell import Ids as Shell
from layouts.words import Words

PATH = "/wall"


def theme_of(search: str) -> str:
    """Return the theme that the wall's address asks for: dark unless it says light."""
    return "light" if parse_qs(search.lstrip("?")).get("theme") == ["light"] else "dark"


def preset_of(search: str) -> str:
    """Return who sees the screen: `inner` unless the address says `visitors`, who see no comment and no team."""
    return "visitors" if parse_qs(search.lstrip("?")).get("preset") == ["visitors"] else "inner"


def draw_page(services: Services, state: Known, t: Words, search: str) -> Component:
    """Return the wall's frame."""
    del services, state
    return layout.page(t, theme_of(search))


def draw(services: Services, state: Known, t: Words, search: str) -> list[Component]:
    """Return the scenes."""
    board = read_scoreboard(services, state, scope())
    is_inner = preset_of(search) == "inner"
    comment = consented_comment(services, state, scope()) if is_inner else None
    teams = read_teams(services, state, scope()) if is_inner else None
    if comment is not None:
        moment, segment = named(state, "moment", comment.moment), named(state, "segment", comment.segment)
        comment = replace(comment, moment=moment, segment=segment)
    return layout.scenes(t, board, comment, state.organisation, services.clock.now(), theme_of(search), teams)


def named(state: Known, dimension: str, key: str | None) -> str | None:
    """Return what the company calls a value, None for none."""
    return key and state.members.name(dimension, state.members.merges(dimension).get(key, key))


def first_words(services: Services, state: Known, t: Words, search: str) -> dict[str, Component]:
    """Return what stands on the stage before the first pulse, by id."""
    return {layout.Ids.STAGE.value: draw(services, state, t, search)}


def register(app: Dash, services: Services) -> None:
    """Connect the view."""

    @app.callback(
        Output(layout.Ids.STAGE, "children"),
        Input(Shell.VERSION, "data"),
        State(Shell.ROUTE, "data"),
    )
    def on_pulse(version: object, route: object) -> list[Component]:
        del version
        search = str(route.get("search", "")) if isinstance(route, dict) else ""
        state = services.state()
        return draw(services, state, words(state, search), search)
