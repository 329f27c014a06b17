"""The scoreboard's entry points: draw the page, answer a change of filters or data."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from dash import Input, Output, State

from callbacks.asked import files, filters_of, scope, words
from callbacks.firstrun import first_run, nothing_yet
from callbacks.policies import Guarded
from dashboard.filters import Filters, parse_query
from dashboard.goal import WINDOW_WEEKS
from dashboard.permissions import Capability, NotAllowedError, can
from data.board import read_scoreboard, read_story
from data.services import Services
from data.services import State as Known
from data.teams import marks_of
from layouts import scoreboard as layout
from layouts.drawn import drawn
from layouts.figures import scoreboard as figures
from layouts.shell import Component, filter_bar
from layouts.shell import Ids as Shell
from layouts.words import Words

PATH = "/"
NEEDS = Capability.SEE_SCORE
FILTERED = ("team", "segment", "channel", "site", "moment", "source")
"""Dimensions with a pill of their own; the others work in the address."""


def draw_page(services: Services, state: Known, t: Words, search: str) -> Component:
    """Return the page; before there is any answer, the first run."""
    del search
    if not services.scores(state).has_answers:
        return first_run(t) if can(scope(), Capability.CONFIGURE) else nothing_yet(t)
    return layout.page(t)


def draw(services: Services, state: Known, t: Words, asked: Filters) -> tuple[Any, ...]:
    """Return everything that one change of filters or data redraws."""
    try:
        board = read_scoreboard(services, state, scope(), asked)
        story = read_story(services, state, scope(), asked)
    except NotAllowedError:
        return _too_fine(services, state, t, asked)
    return (
        draw_filters(services, state, t, asked),
        files(t, "scoreboard", asked.query(), picture=layout.Ids.PATH),
        _subtitle(services, state, t),
        drawn(layout.headline(t, board, is_filtered=not asked.is_open)),
        figures.path(t, board, marks_of(services)),
        drawn(layout.path_words(t, board)),
        drawn(layout.explain(t, board)),
        drawn(layout.changes(t, story)),
        figures.distribution(t, story.scores),
        drawn(layout.distribution_words(t, board, story)),
        drawn(layout.comments(t, story)),
    )


def _too_fine(services: Services, state: Known, t: Words, asked: Filters) -> tuple[Any, ...]:
    """Return the view for filters that could single somebody out: nothing but the way back."""
    nothing: dict[str, Any] = {"data": [], "layout": {}}
    filters, subtitle = draw_filters(services, state, t, asked), _subtitle(services, state, t)
    return filters, [], subtitle, layout.too_fine(t), nothing, [], [], [], nothing, [], []


def first_words(services: Services, state: Known, t: Words, search: str) -> dict[str, Any]:
    """Return what stands at the top before the first callback has answered, by id."""
    asked = parse_query(search)
    try:
        board = read_scoreboard(services, state, scope(), asked)
    except NotAllowedError:
        return {}
    return {
        layout.Ids.FILTERS.value: draw_filters(services, state, t, asked),
        layout.Ids.SUBTITLE.value: _subtitle(services, state, t),
        layout.Ids.HEADLINE.value: layout.headline(t, board, is_filtered=not asked.is_open),
    }


def _subtitle(services: Services, state: Known, t: Words) -> str:
    zone = state.organisation.tz
    day = t.day(state.today, weekday=True)
    published = state.publication.at
    same_day = published.astimezone(zone).date() == state.today
    when = t("shell.today_at", time=t.time(published, zone)) if same_day else t.moment(published, zone)
    return t("shell.as_of", day=day[:1].upper() + day[1:], when=when)


def draw_filters(services: Services, state: Known, t: Words, asked: Filters) -> Component:
    """Return the filter bar as it stands."""
    scores = services.scores(state)
    options = {}
    for dimension in FILTERED:
        values = scores.values(dimension)
        if len(values) > 1 or asked.values(dimension):
            names = state.members.names(dimension)
            options[dimension] = [(key, names.get(key, key)) for key in values]
    weeks = state.goal.window_weeks if state.goal else WINDOW_WEEKS
    last = state.week + timedelta(days=6)
    periods = [("", t("filters.last_weeks", n=weeks))]
    for count in (4, 26, 52):
        since = state.week - timedelta(weeks=count - 1)
        periods.append((f"since={since}&until={last}", t("filters.last_weeks", n=count)))
    if scores.first_day is not None:
        periods.append((f"since={scores.first_day}&until={last}", t("filters.everything")))
    return filter_bar(t, asked, options, periods, t("filters.last_weeks", n=weeks))


def register(app: Guarded, services: Services) -> None:
    """Connect the view."""
    ids = layout.Ids

    @app.guarded(
        Capability.SEE_SCORE,
        Output(ids.FILTERS, "children"),
        Output(ids.ACTIONS, "children"),
        Output(ids.SUBTITLE, "children"),
        Output(ids.HEADLINE, "children"),
        Output(ids.PATH, "figure"),
        Output(ids.PATH_WORDS, "children"),
        Output(ids.EXPLAIN, "children"),
        Output(ids.CHANGES, "children"),
        Output(ids.DISTRIBUTION, "figure"),
        Output(ids.DISTRIBUTION_WORDS, "children"),
        Output(ids.COMMENTS, "children"),
        Input(Shell.FILTERS, "data"),
        Input(Shell.VERSION, "data"),
        State(Shell.URL, "search"),
    )
    def on_change(filters: object, version: object, search: object) -> tuple[Any, ...]:
        del version
        state = services.state()
        return draw(services, state, words(state, str(search or "")), filters_of(filters))
