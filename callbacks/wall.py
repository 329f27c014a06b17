"""The wall's entry points: its frame, and one callback driven by the pulse."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs

import segno
from dash import Input, Output, State
from flask import has_request_context, request

from callbacks.asked import scope, screen, words
from callbacks.gate import host_name
from callbacks.policies import Guarded
from dashboard.permissions import Capability
from dashboard.screens import Look, Preset, Theme
from data.board import consented_comment, read_scoreboard
from data.deeds import read_deeds
from data.ledger import read_ledger, season
from data.services import Services
from data.services import State as Known
from data.settings import LOOPBACK
from data.teams import read_teams
from data.voice import read_thanks
from layouts import wall as layout
from layouts.shell import Component
from layouts.shell import Ids as Shell
from layouts.words import Words

PATH = "/wall"
NEEDS = Capability.SEE_WALL


def look_of(search: str) -> Look:
    """Return what is shown here: as the screen was told, else as the address says, for those who look from a desk."""
    if (one := screen()) is not None:
        return one.look
    told = parse_qs(search.lstrip("?"))
    theme = Theme.LIGHT if told.get("theme") == ["light"] else Theme.DARK
    preset = Preset.VISITORS if told.get("preset") == ["visitors"] else Preset.INNER
    return Look("desk", preset=preset, theme=theme)


def draw_page(services: Services, state: Known, t: Words, search: str) -> Component:
    """Return the wall's frame."""
    del services, state
    return layout.page(t, look_of(search).theme)


def draw(services: Services, state: Known, t: Words, search: str) -> list[Component]:
    """Return the scenes."""
    look, one = look_of(search), screen()
    if one is not None and one.is_paused:
        return layout.paused(t, look)
    board = read_scoreboard(services, state, scope())
    is_inner = look.preset is Preset.INNER
    comment = consented_comment(services, state, scope()) if is_inner else None
    teams = read_teams(services, state, scope()) if is_inner else None
    deeds = read_deeds(services, state, scope()) if is_inner else None
    if comment is not None:
        moment, segment = named(state, "moment", comment.moment), named(state, "segment", comment.segment)
        comment = replace(comment, moment=moment, segment=segment)
    thanks = read_thanks(services, state, scope()) if comment is not None else ()
    promised = promised_to_customers(services, state) if is_inner else None
    now = services.clock.now()
    return layout.scenes(t, board, comment, state.organisation, now, look, phone(), teams, thanks, deeds, promised)


def promised_to_customers(services: Services, state: Known) -> layout.Promised:
    """Return what an inner wall says of commitments."""
    ledger = read_ledger(services, state, scope(), season(services, state))
    return layout.Promised(ledger, state.members.names("team"))


def phone() -> layout.Phone | None:
    """Return how to take the score along; None where the address leads nowhere but to this very machine."""
    if not has_request_context() or host_name(request.host) in LOOPBACK:
        return None
    address = f"{request.host_url.rstrip('/')}/score"
    picture = segno.make(address, error="m").svg_data_uri(scale=4, border=2, light="white")
    return layout.Phone(picture, address)


def named(state: Known, dimension: str, key: str | None) -> str | None:
    """Return what the company calls a value, None for none."""
    return key and state.members.name(dimension, state.members.merges(dimension).get(key, key))


def first_words(services: Services, state: Known, t: Words, search: str) -> dict[str, Component]:
    """Return what stands on the stage before the first pulse, by id."""
    return {layout.Ids.STAGE.value: draw(services, state, t, search)}


def register(app: Guarded, services: Services) -> None:
    """Connect the view."""

    @app.guarded(
        Capability.SEE_WALL,
        Output(layout.Ids.STAGE, "children"),
        Input(Shell.VERSION, "data"),
        State(Shell.ROUTE, "data"),
    )
    def on_pulse(version: object, route: object) -> list[Component]:
        del version
        search = str(route.get("search", "")) if isinstance(route, dict) else ""
        state = services.state()
        return draw(services, state, words(state, search), search)
