"""Compromisos: draw the ledger under the filters of the address."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

from dash import Input, Output, State

from callbacks import commitment_grid, correcting, promising, reliance
from callbacks.asked import files, filters_of, scope, words
from callbacks.policies import Guarded
from dashboard.filters import Filters, parse_query
from dashboard.ledger import SEASON
from dashboard.periods import WEEK
from dashboard.permissions import Capability
from data.ledger import read_ledger, season
from data.ledger_rows import GROUPS
from data.services import Services
from data.services import State as Known
from layouts import commitment_grid as grid_layout
from layouts import commitments as layout
from layouts.commitment_lists import lists
from layouts.drawn import drawn
from layouts.figures.commitments import waits
from layouts.shell import Component, filter_bar
from layouts.shell import Ids as Shell
from layouts.words import Words

PATH = "/commitments"
NEEDS = Capability.SEE_SCORE
FILTERED = ("team", "segment", "channel", "site")
LONG_AGO = 520
Ids = layout.Ids


def draw_page(services: Services, state: Known, t: Words, search: str) -> Component:
    """Return the page."""
    del services, state, search
    return layout.page(t, grid_layout.section(t, GROUPS))


def asked_period(services: Services, state: Known, asked: Filters) -> Filters:
    """Return the filters with the season's period where they name none."""
    if asked.since or asked.until:
        return asked
    period = season(services, state)
    return asked.within(period.since, period.until)


def draw(services: Services, state: Known, t: Words, asked: Filters) -> tuple[Any, ...]:
    """Return everything that one change of filters or data redraws."""
    ledger = read_ledger(services, state, scope(), asked_period(services, state, asked))
    named = [(state.members.name("team", team), waited) for team, waited in ledger.waits]
    return (
        draw_filters(services, state, t, asked),
        files(t, "commitments", asked.query(), picture=Ids.WAITS),
        drawn(layout.numbers(t, ledger)),
        drawn(layout.table(t, ledger, [])),
        drawn(lists(t, ledger)),
        waits(t, named),
        not named,
        drawn(layout.waits_words(t, ledger)),
    )


def first_words(services: Services, state: Known, t: Words, search: str) -> dict[str, Any]:
    """Return what stands there before the first callback has answered, by id; one that is open stands above it all."""
    asked = parse_query(search)
    if "open" in parse_qs(search.lstrip("?")):
        return {}
    ledger = read_ledger(services, state, scope(), asked_period(services, state, asked))
    return {
        Ids.FILTERS.value: draw_filters(services, state, t, asked),
        Ids.NUMBERS.value: layout.numbers(t, ledger),
        Ids.LEDGER.value: layout.table(t, ledger, []),
    }


def draw_filters(services: Services, state: Known, t: Words, asked: Filters) -> Component:
    """Return the filter bar: when things fell due, team, segment, channel, site."""
    period = season(services, state)
    assert period.since is not None
    periods = [("", t("filters.last_weeks", n=SEASON))]
    periods += [
        (f"since={period.since - (weeks - SEASON) * WEEK}", t("filters.last_weeks", n=weeks))
        for weeks in (26, 52, LONG_AGO)
    ]
    promises, members = services.promises(state), state.members
    options = {
        name: [(key, members.name(name, key)) for key in dict.fromkeys([*promises.values(name), *members.names(name)])]
        for name in FILTERED
    }
    return filter_bar(t, asked, options, periods, t("filters.last_weeks", n=SEASON))


def register(app: Guarded, services: Services) -> None:
    """Connect the view."""
    promising.register(app, services)
    correcting.register(app, services)
    commitment_grid.register(app, services)
    reliance.register(app, services)

    @app.guarded(
        Capability.SEE_SCORE,
        Output(Ids.FILTERS, "children"),
        Output(Ids.ACTIONS, "children"),
        Output(Ids.NUMBERS, "children"),
        Output(Ids.LEDGER, "children"),
        Output(Ids.LISTS, "children"),
        Output(Ids.WAITS, "figure"),
        Output(Ids.WAITS_CARD, "hidden"),
        Output(Ids.WAITS_WORDS, "children"),
        Input(Shell.FILTERS, "data"),
        Input(Shell.VERSION, "data"),
        Input(Ids.SAID, "children"),
        State(Shell.URL, "search"),
    )
    def on_change(filters: object, version: object, said: object, search: object) -> tuple[Any, ...]:
        del version, said
        state = services.state()
        return draw(services, state, words(state, str(search or "")), filters_of(filters))
