"""Registro: look for who did what, a hundred rows at a time."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlencode

from dash import Input, Output, State, ctx

from callbacks.asked import files, words
from callbacks.policies import Guarded
from dashboard.filters import FilterError, parse_day
from dashboard.permissions import Capability
from data.audit import Entry, Search, audit_choices, count_audit, read_audit
from data.database import reading
from data.services import Services
from data.services import State as Known
from layouts import audit as layout
from layouts.shell import Component
from layouts.shell import Ids as Shell
from layouts.words import Words

PATH = "/audit"
NEEDS = Capability.READ_AUDIT
Ids = layout.Ids

ROWS = 100


def draw_page(services: Services, state: Known, t: Words, search: str) -> Component:
    """Return the page."""
    del state, search
    with reading(services.database) as connection:
        choices = audit_choices(connection)
    return layout.page(t, choices.who, choices.verbs, choices.nouns)


def search_of(values: dict[str, Any]) -> Search:
    """Return what is looked for; a day that cannot be read is no limit."""
    names = {name: str(values.get(name) or "").strip() for name in ("who", "verb", "noun")}
    return Search(**names, since=_day(values.get("since")), until=_day(values.get("until")))


def _day(value: object) -> Any:
    try:
        return parse_day(str(value or ""))
    except FilterError:
        return None


def search_in(query: str) -> Search:
    """Return what the query of a download looks for."""
    return search_of({name: found[0] for name, found in parse_qs(query).items()})


def query_of(search: Search) -> str:
    """Return a search as the query of a download."""
    values = {name: getattr(search, name) for name in ("who", "verb", "noun", "since", "until")}
    return urlencode({name: str(value) for name, value in values.items() if value})


def row_of(entry: Entry) -> layout.Row:
    """Return a row of the audit as the page shows it."""
    plain = [(name, value if isinstance(value, str) else json.dumps(value)) for name, value in entry.detail.items()]
    return layout.Row(entry.at, entry.who, entry.verb, entry.noun, entry.noun_id, tuple(plain))


def draw(services: Services, state: Known, t: Words, search: Search, page: int) -> tuple[Any, ...]:
    """Return downloads, count, rows, whether there is nothing newer or older, and the page that is shown."""
    zone = state.organisation.tz
    with reading(services.database) as connection:
        count = count_audit(connection, search, zone)
        page = min(max(0, page), max(0, count - 1) // ROWS)
        rows = [row_of(entry) for entry in read_audit(connection, search, zone, ROWS, page * ROWS)]
    first = page * ROWS + 1
    said = t("audit.shown", n=count, first=t.count(first), last=t.count(first + len(rows) - 1)) if rows else ""
    menu = files(t, "audit", query_of(search))
    return menu, said, layout.lines(t, rows, zone), page == 0, first + len(rows) > count, page


def register(app: Guarded, services: Services) -> None:
    """Connect the view."""

    @app.guarded(
        Capability.READ_AUDIT,
        Output(Ids.ACTIONS, "children"),
        Output(Ids.COUNT, "children"),
        Output(Ids.LIST, "children"),
        Output(Ids.NEWER, "disabled"),
        Output(Ids.OLDER, "disabled"),
        Output(Ids.PAGE, "data"),
        Input(Ids.WHO, "value"),
        Input(Ids.VERB, "value"),
        Input(Ids.NOUN, "value"),
        Input(Ids.SINCE, "value"),
        Input(Ids.UNTIL, "value"),
        Input(Ids.NEWER, "n_clicks"),
        Input(Ids.OLDER, "n_clicks"),
        Input(Shell.VERSION, "data"),
        State(Ids.PAGE, "data"),
    )
    def on_search(*values: Any) -> tuple[Any, ...]:
        search = search_of(dict(zip(("who", "verb", "noun", "since", "until"), values, strict=False)))
        page = values[-1] if isinstance(values[-1], int) else 0
        turned = {Ids.NEWER: page - 1, Ids.OLDER: page + 1, Shell.VERSION: page}
        state = services.state()
        return draw(services, state, words(state), search, turned.get(ctx.triggered_id, 0))
