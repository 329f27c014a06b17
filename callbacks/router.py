"""Which view an address names, and the one store of filters that all views read.

The browser decides when the address has changed (assets/url.js); a change of filters alone redraws no page.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from dash import ALL, ClientsideFunction, Input, Output, State, dcc, html
from flask import Flask, Response, g, request

from callbacks.asked import scope, visitor, words
from callbacks.policies import Guarded
from dashboard.permissions import Capability, can
from data.services import Services
from data.services import State as Known
from layouts.shell import Component, Filter, Ids, empty, shell
from layouts.words import Words


def register(app: Guarded, services: Services, views: Any) -> None:
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

    @app.guarded(
        Capability.SEE_WALL, Output(Ids.SCREEN, "children"), Input(Ids.ROUTE, "data"), prevent_initial_call=True
    )
    def on_route(route: object) -> Component:
        path = route.get("path", "/") if isinstance(route, dict) else "/"
        search = route.get("search", "") if isinstance(route, dict) else ""
        state = services.state()
        t = words(state, str(search))
        view = pages.get(str(path).rstrip("/") or "/")
        return framed(view, services, state, t, str(search))

    _tell_unknown(app.server, pages)


def framed(view: Any, services: Services, state: Known, t: Words, search: str) -> Component:
    """Return a view's page in its frame; None, and what the role may not see, say so."""
    if view is None:
        return shell(t, "", not_found(t), visitor())
    if not can(scope(), view.NEEDS):
        return shell(t, "", not_allowed(t), visitor())
    page = view.draw_page(services, state, t, search)
    return page if view.NEEDS is Capability.SEE_WALL else shell(t, view.PATH, page, visitor())


def _tell_unknown(server: Flask, paths: Collection[str]) -> None:
    """Answer an address of no view with 404 and one that the role may not see with 403; their pages say so in words."""

    @server.after_request
    def unknown(response: Response) -> Response:
        is_page = request.url_rule is not None and request.url_rule.rule == "/<path:path>"
        if is_page and response.status_code == 200 and (request.path.rstrip("/") or "/") not in paths:
            response.status_code = 404
        if response.status_code == 200 and g.get("is_refused"):
            response.status_code = 403
        return response


def not_found(t: Words) -> Component:
    """Return the page for an address that is none of ours; it repeats nothing of it."""
    return html.Div(
        empty(t, t("shell.not_found"), t("shell.not_found_next"), [dcc.Link(t("menu.scoreboard"), href="/")])
    )


def not_allowed(t: Words) -> Component:
    """Return the page for what the role may not see."""
    home = dcc.Link(t("menu.scoreboard"), href="/")
    return html.Div(empty(t, t("shell.not_allowed"), t("shell.not_allowed_next"), [home]))
