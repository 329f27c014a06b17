"""The journey's entry points: one request redraws all of it; another opens a cell."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlencode

from dash import ClientsideFunction, Input, Output, State, html

from callbacks.asked import files, filters_of, scope, words
from callbacks.moments import draw_telling
from callbacks.policies import Guarded
from callbacks.scoreboard import draw_filters
from dashboard.filters import FilterError, Filters, parse_day, parse_query
from dashboard.journey import PIVOTS, Journey, Order
from dashboard.journey_cells import Measure
from dashboard.journey_comparison import Sides, Versus
from dashboard.permissions import Capability, NotAllowedError, can, within
from data.board import CHANGE_DIMENSIONS
from data.journey import Asked, read_journey
from data.journey_cell import read_cell
from data.journey_comparison import COMPARABLE
from data.services import Services
from data.services import State as Known
from layouts import journey as layout
from layouts.drawn import drawn
from layouts.figures import journey as figures
from layouts.figures.base import EMPTY
from layouts.journey import SIDES
from layouts.journey_cell import closed, drawer
from layouts.journey_comparison import behind, sides
from layouts.journey_grid import grid, head
from layouts.scoreboard import too_fine
from layouts.shell import Component
from layouts.shell import Ids as Shell
from layouts.words import Words

PATH = "/journey"
NEEDS = Capability.SEE_SCORE
KEYS = ("measure", "pivot", "order", "versus", "a", "b", "from", "to", "cell", "of")
"""What the address chooses beside filters."""

TIMELINE_WEEKS = 104
CHOSEN = tuple(one for one in Versus if one is not Versus.VALUE)
FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2199, 12, 31)
"""Days outside are slips of the keyboard."""

Ids = layout.Ids
CONTROLS = (Ids.MEASURE, Ids.PIVOT, Ids.ORDER, Ids.VERSUS)


def chosen_in(search: str) -> dict[str, str]:
    """Return what an address chooses; what it does not is left out."""
    told = parse_qs(search.lstrip("?"))
    return {key: told[key][0][:200] for key in KEYS if key in told}


def asked_of(
    filters: Filters, measure: object, pivot: object, order: object, versus: object, sides: object = None
) -> Asked:
    """Return one look at the journey as the controls say; what they cannot say is what is usual."""
    kind = Versus.VALUE if versus in COMPARABLE else next((one for one in CHOSEN if one.value == versus), Versus.MARKS)
    return Asked(
        filters,
        str(pivot) if pivot in PIVOTS else "segment",
        next((one for one in Measure if one.value == measure), None),
        next((one for one in Order if one.value == order), Order.NAMED),
        kind,
        sides_of(kind, str(versus), sides),
    )


def sides_of(kind: Versus, dimension: str, told: object) -> Sides:
    """Return what was chosen of two sides, as much of it as can be meant."""
    chosen = {key: str(told[key])[:200] for key in SIDES if told.get(key)} if isinstance(told, dict) else {}
    if kind is Versus.VALUE:
        return Sides(dimension, chosen.get("a", ""), chosen.get("b", ""))
    if kind is not Versus.PERIOD:
        return Sides()
    since, until = (_day(chosen.get(end, "")) for end in ("from", "to"))
    return Sides(since=since, until=until)


def _day(text: str) -> date | None:
    try:
        day = parse_day(text)
    except FilterError:
        return None
    return day if day is not None and FIRST_DAY <= day <= LAST_DAY else None


def draw_page(services: Services, state: Known, t: Words, search: str) -> Component:
    """Return the page with the controls as the address says."""
    pivots: tuple[str, ...] = ()
    comparable: tuple[str, ...] = ()
    with suppress(NotAllowedError):
        found = read_journey(services, state, scope(), Asked(parse_query(search)))
        pivots, comparable = found.may_pivot, found.may_compare
    telling = draw_telling(services, state, t) if can(scope(), Capability.REPORT) else None
    return layout.page(t, chosen_in(search), pivots or ("segment",), telling, comparable)


def draw(services: Services, state: Known, t: Words, asked: Asked, cell: object) -> tuple[Any, ...]:
    """Return everything that one change of filters or data redraws."""
    filters = draw_filters(services, state, t, asked.filters)
    try:
        found = read_journey(services, state, scope(), asked)
    except NotAllowedError:
        return filters, [], [], [], html.Div(too_fine(t)), [], drawn(closed(t)), EMPTY, [], EMPTY, [], []
    which = opened_of(found, cell)
    return (
        filters,
        files(t, "journey", query_of(asked), picture=Ids.PRIORITIES),
        sides(t, found.comparison),
        drawn(head(t, found)),
        drawn(grid(t, found, which)),
        drawn(behind(t, found)),
        draw_cell(services, state, t, asked, found, which),
        figures.priorities(t, found),
        drawn(layout.priorities_words(t, found)),
        *draw_timeline(services, state, t, asked),
        drawn(layout.moments(t, found)),
    )


def first_words(services: Services, state: Known, t: Words, search: str) -> dict[str, Any]:
    """Return what stands there before the first callback has answered, by id: the map, no comment."""
    chosen = chosen_in(search)
    measure, pivot, order, versus = (chosen.get(key) for key in ("measure", "pivot", "order", "versus"))
    sides_told = {key: chosen[key] for key in SIDES if key in chosen}
    asked = asked_of(parse_query(search), measure, pivot, order, versus, sides_told)
    try:
        found = read_journey(services, state, scope(), asked)
    except NotAllowedError:
        return {}
    cell = {"moment": chosen["cell"], "row": chosen["of"]} if "cell" in chosen and "of" in chosen else None
    return {
        Ids.FILTERS.value: draw_filters(services, state, t, asked.filters),
        Ids.HEAD.value: head(t, found),
        Ids.GRID.value: grid(t, found, opened_of(found, cell)),
    }


def query_of(asked: Asked) -> str:
    """Return the address of what a file holds: filters, rows, measure and what is compared."""
    more = [("pivot", asked.pivot), ("measure", asked.measure.value if asked.measure else "")]
    if asked.versus is not Versus.MARKS:
        chosen = asked.sides
        more += [("versus", chosen.dimension or asked.versus.value), ("a", chosen.a), ("b", chosen.b)]
        more += [(key, day.isoformat()) for key, day in (("from", chosen.since), ("to", chosen.until)) if day]
    return "&".join(part for part in (asked.filters.query(), urlencode([one for one in more if one[1]])) if part)


def opened_of(found: Journey, cell: object) -> tuple[str, str] | None:
    """Return the cell that is open: the one asked for, else the one that hurts most, or differs most."""
    compared = found.comparison
    if isinstance(cell, dict):
        asked = str(cell.get("moment", "")), str(cell.get("row", ""))
        if (compared or found).cell(*asked) is not None:
            return asked
    return found.worst if compared is None else compared.telling


def draw_cell(
    services: Services, state: Known, t: Words, asked: Asked, found: Journey, which: tuple[str, str] | None
) -> list[Component]:
    """Return the drawer."""
    if which is None:
        return drawn(closed(t))
    opened = read_cell(services, state, scope(), asked, *which)
    if opened is None:
        return drawn(closed(t))
    moment = next(one for one in found.moments if one.key == which[0])
    rows = found.rows if found.comparison is None else found.comparison.rows
    names = {dimension: state.members.names(dimension) for dimension in CHANGE_DIMENSIONS}
    row = next((row for row in rows if row[0] == which[1]), (which[1], which[1]))
    return drawn(drawer(t, found, moment, row, opened, names))


def draw_timeline(services: Services, state: Known, t: Words, asked: Asked) -> tuple[dict[str, Any], list[Component]]:
    """Return the weeks to brush over; of filters, only for those who may see small groups."""
    if asked.filters.dimensions and not can(scope(), Capability.SEE_SMALL_GROUPS):
        return EMPTY, [html.P(t("journey.no_timeline"), className="mc-muted")]
    weeks = services.scores(state).weeks(within(scope(), asked.filters.within(None, None))).tail(TIMELINE_WEEKS)
    told = t("journey.timeline_words", n=weeks.height) if weeks.height else t("common.no_data")
    return figures.timeline(t, weeks), [html.P(told, className="visually-hidden")]


def register(app: Guarded, services: Services) -> None:
    """Connect the view."""
    controls = [Input(identity, "value") for identity in CONTROLS]
    states = [State(identity, "value") for identity in CONTROLS]

    @app.guarded(
        Capability.SEE_SCORE,
        Output(Ids.FILTERS, "children"),
        Output(Ids.ACTIONS, "children"),
        Output(Ids.CHOICES, "children"),
        Output(Ids.HEAD, "children"),
        Output(Ids.GRID, "children"),
        Output(Ids.BEHIND, "children"),
        Output(Ids.DRAWER, "children"),
        Output(Ids.PRIORITIES, "figure"),
        Output(Ids.PRIORITIES_WORDS, "children"),
        Output(Ids.TIMELINE, "figure"),
        Output(Ids.TIMELINE_WORDS, "children"),
        Output(Ids.MOMENTS, "children"),
        Input(Shell.FILTERS, "data"),
        Input(Shell.VERSION, "data"),
        *controls,
        Input(Ids.SIDES, "data"),
        State(Ids.CELL, "data"),
        State(Shell.URL, "search"),
    )
    def on_change(filters: object, version: object, *told: Any) -> tuple[Any, ...]:
        del version
        *chosen, cell, search = told
        state = services.state()
        asked = asked_of(filters_of(filters), *chosen)
        return draw(services, state, words(state, str(search or "")), asked, cell)

    @app.guarded(
        Capability.SEE_SCORE,
        Output(Ids.DRAWER, "children", allow_duplicate=True),
        Input(Ids.CELL, "data"),
        State(Shell.FILTERS, "data"),
        *states,
        State(Ids.SIDES, "data"),
        State(Shell.URL, "search"),
        prevent_initial_call=True,
    )
    def on_open(cell: object, filters: object, *told: Any) -> list[Component]:
        *chosen, search = told
        state = services.state()
        asked, t = asked_of(filters_of(filters), *chosen), words(state, str(search or ""))
        try:
            found = read_journey(services, state, scope(), asked)
        except NotAllowedError:
            return drawn(closed(t))
        return draw_cell(services, state, t, asked, found, opened_of(found, cell))

    app.clientside_callback(
        ClientsideFunction("marcador", "brushed"),
        Output(Ids.BRUSHED, "data"),
        Input(Ids.TIMELINE, "selectedData"),
        prevent_initial_call=True,
    )
