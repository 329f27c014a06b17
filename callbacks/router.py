"""Which view an address names, and the one store of filters that all views read.

The browser decides when the address has changed (assets/url.js); a change of filters alone redraws no page.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from dash import ALL, ClientsideFunction, Dash, Input, Output, State, dcc, html
from flask import Flask, Response, request

from callbacks.asked import words
from data.services import Services
from layouts.shell import Component, Filter, Ids, empty, shell
from layouts.words import Words


def register(app: Dash, services: Services, views: Any) -> None:
    """Connect address, views and filters."""
    pages = {view.PATH: view for view in views}

    app.clientside_callback(
        ClientsideFunction("marcador", "route"),
        Output(Ids.ROUTE, "data"),
        Output(Ids.FILTERS, "data"),
        Input(Ids.URL, "pathname"),
        Input(Ids.URL, "search"),
        Input(Ids.POPPED, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("marcador", "filter"),
        Output(Ids.FILTERS, "data", allow_duplicate=True),
        Input({"type": Filter.CHOICE.value, "dimension": ALL}, "value"),
        Input({"type": Filter.EDGE.value, "edge": ALL}, "value"),
        State({"type": Filter.CHOICE.value, "dimension": ALL}, "id"),
        State({"type": Filter.EDGE.value, "edge": ALL}, "id"),
        prevent_initial_call=True,
    )

    @app.callback(Output(Ids.SCREEN, "children"), Input(Ids.ROUTE, "data"), prevent_initial_call=True)
    def on_route(route: object) -> Component:
        path = route.get("path", "/") if isinstance(route, dict) else "/"
        search = route.get("search", "") if isinstance(route, dict) else ""
        state = services.state()
        t = words(state, str(search))
        view = pages.get(str(path).rstrip("/") or "/")
        if view is None:
            return shell(t, "", not_found(t))
        return view.draw_page(services, state, t, str(search))

    _tell_unknown(app.server, pages)


def _tell_unknown(server: Flask, paths: Collection[str]) -> None:
    """Answer an address of no view with 404; its page says the same in words."""

    @server.after_request
    def unknown(response: Response) -> Response:
        is_page = request.url_rule is not None and request.url_rule.rule == "/<path:path>"
        if is_page and response.status_code == 200 and (request.path.rstrip("/") or "/") not in paths:
            response.status_code = 404
        return response


def not_found(t: Words) -> Component:
    """Return the page for an address that is none of ours; it repeats nothing of it."""
    return html.Div(
        empty(t, t("shell.not_found"), t("shell.not_found_next"), [dcc.Link(t("menu.scoreboard"), href="/")])
    )
