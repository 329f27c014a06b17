"""Clientes empresa's entry points."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlencode

from dash import Input, Output, State

from callbacks import reliance
from callbacks.asked import files, scope, words
from callbacks.policies import Guarded
from dashboard.filters import EVERYTHING
from dashboard.permissions import Capability
from data.accounts import read_account, read_accounts
from data.journey_cell import open_commitments
from data.services import Services
from data.services import State as Known
from layouts import accounts as layout
from layouts.shell import Component
from layouts.shell import Ids as Shell
from layouts.words import Words

PATH = "/accounts"
NEEDS = Capability.SEE_SMALL_GROUPS
NAMED = ("team", "moment", "segment", "role", "area")
Ids = layout.Ids


def chosen_in(search: str) -> str:
    """Return the account that an address names."""
    return parse_qs(search.lstrip("?")).get("account", [""])[0][:200]


def draw_page(services: Services, state: Known, t: Words, search: str) -> Component:
    """Return the page with the choice of an account."""
    return layout.page(t, read_accounts(services, state, scope()), chosen_in(search))


def draw(services: Services, state: Known, t: Words, chosen: object) -> tuple[Any, ...]:
    """Return what is said of one account."""
    name = str(chosen or "")
    found = read_account(services, state, scope(), name) if name else None
    owed = open_commitments(services, scope(), EVERYTHING.with_values("account", [name])) if name else ()
    names = {dimension: dict(state.members.names(dimension)) for dimension in NAMED}
    counted = reliance.draw_account(services, state, t, name) if name else []
    drawn = [*layout.account(t, found, names, owed), *counted]
    return files(t, "accounts", urlencode({"account": name})), drawn


def register(app: Guarded, services: Services) -> None:
    """Connect the view."""

    @app.guarded(
        Capability.SEE_SMALL_GROUPS,
        Output(Ids.ACTIONS, "children"),
        Output(Ids.PAGE, "children"),
        Input(Ids.WHICH, "value"),
        Input(Shell.VERSION, "data"),
        State(Shell.URL, "search"),
    )
    def on_change(chosen: object, version: object, search: object) -> tuple[Any, ...]:
        del version
        state = services.state()
        return draw(services, state, words(state, str(search or "")), chosen)
