"""The grid's entry points: one callback gives blocks of rows, as the browser scrolls, sorts and filters."""

from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Input, Output, State, no_update

from callbacks.asked import filters_of, scope, words
from callbacks.policies import Guarded
from dashboard.permissions import Capability
from data.ledger_rows import GROUPS, block, grouped, ledger_rows
from data.services import Services
from layouts import commitment_grid as layout
from layouts.commitments import Ids as Page
from layouts.shell import Component
from layouts.shell import Ids as Shell

Ids = layout.Ids


def register(app: Guarded, services: Services) -> None:
    """Connect the grid."""
    app.clientside_callback(
        ClientsideFunction("marcador", "loadGrid"),
        Output(Ids.READY, "data"),
        Input(Page.LEDGER, "children"),
        State(Shell.VERSION, "data"),
        State(Ids.READY, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("marcador", "openStory"),
        Output(Ids.OPENED, "data"),
        Input(Ids.GRID, "selectedRows"),
        prevent_initial_call=True,
    )

    @app.guarded(
        Capability.SEE_SCORE,
        Output(Ids.PLACE, "children"),
        Input(Ids.READY, "data"),
        Input(Ids.GROUP, "value"),
        Input(Shell.FILTERS, "data"),
        Input(Page.SAID, "children"),
        prevent_initial_call=True,
    )
    def on_ready(ready: object, group: object, filters: object, said: object) -> Component:
        del filters, said
        if not ready:
            return no_update
        return layout.grid(words(services.state()), group_of(group))

    @app.guarded(
        Capability.SEE_SCORE,
        Output(Ids.GRID, "getRowsResponse"),
        Input(Ids.GRID, "getRowsRequest"),
        State(Ids.GROUP, "value"),
        State(Shell.FILTERS, "data"),
        prevent_initial_call=True,
    )
    def on_scroll(request: object, group: object, filters: object) -> object:
        if not isinstance(request, dict):
            return no_update
        return rows_asked(services, request, group_of(group), filters)


def group_of(value: object) -> str:
    """Return what rows are grouped by."""
    return str(value) if value in GROUPS else layout.NONE


def rows_asked(services: Services, request: dict[str, Any], group: str, filters: object) -> dict[str, Any]:
    """Return the rows that the grid asks for."""
    state = services.state()
    rows = ledger_rows(services, state, scope(), filters_of(filters))
    found, count = block(rows if group == layout.NONE else grouped(rows, group), request)
    return {"rowData": layout.shown(words(state), found.to_dicts(), group), "rowCount": count}
