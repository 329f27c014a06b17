"""The teams' entry points: draw the page, open the evidence of one indicator."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, State

from callbacks import reporting
from callbacks.asked import files, filters_of, scope, words
from callbacks.choosing import register_choice
from callbacks.policies import Guarded
from dashboard.filters import EVERYTHING, Filters
from dashboard.indicators import RECENT, SEASON
from dashboard.periods import WEEK, week_of
from dashboard.permissions import Capability, can
from dashboard.teams import Teams, Watched
from data.board import read_scoreboard
from data.ledger import read_ledger, season
from data.services import Services
from data.services import State as Known
from data.teams import judge_in_background, read_teams
from layouts import reporting as reporting_layout
from layouts import teams as layout
from layouts.commitment_lists import of_team
from layouts.figures.base import EMPTY
from layouts.figures.teams import profile
from layouts.shell import Component, filter_bar
from layouts.shell import Ids as Shell
from layouts.words import Words

PATH = "/teams"
NEEDS = Capability.SEE_SCORE
MOST_WEEKS = 104
Ids = layout.Ids


def draw_page(services: Services, state: Known, t: Words, search: str) -> Component:
    """Return the page; evidence that data have outrun is judged meanwhile."""
    del search
    judge_in_background(services, state)
    importing = reporting_layout.importing(t) if can(scope(), Capability.CONFIGURE) else None
    return layout.page(t, importing)


def weeks_asked(state: Known, asked: Filters) -> int:
    """Return how many closed weeks are shown: a quarter unless the period says another beginning."""
    if asked.since is None:
        return SEASON
    return min(MOST_WEEKS, max(RECENT, (state.week - week_of(asked.since)).days // 7 + 1))


def chosen_of(found: Teams, chosen: object) -> Watched | None:
    """Return the indicator whose evidence is open: the one asked for, else the most telling."""
    one = found.by_id(chosen) if isinstance(chosen, int) else None
    return one if one is not None and one.evidence is not None else found.telling


def draw(services: Services, state: Known, t: Words, asked: Filters, chosen: object = None) -> tuple[Any, ...]:
    """Return everything that one change of filters or data redraws."""
    every = read_teams(services, state, scope(), weeks_asked(state, asked))
    keys = asked.values("team")
    found = every.only(keys)
    one = chosen_of(found, chosen)
    content = layout.overview(t, found)
    if len(keys) == 1 and len(found.teams) == 1:
        content = layout.team_page(t, found.teams[0], found, read_scoreboard(services, state, scope()))
        period = season(services, state)
        own = EVERYTHING.with_values("team", keys).within(period.since, period.until)
        content += of_team(t, read_ledger(services, state, scope(), own), keys[0])
    found_profile = one.evidence.trial.profile if one is not None and one.evidence is not None else None
    figure = EMPTY
    if one is not None and found_profile is not None:
        figure = profile(t, found_profile, one.indicator.direction)
    return (
        draw_filters(state, t, asked, every),
        files(t, "teams", asked.query(), picture=Ids.PROFILE),
        layout.subtitle(t, judge_in_background(services, state)),
        content,
        layout.profile_title(t, one),
        figure,
        found_profile is None,
        layout.profile_words(t, one),
        layout.forecast_words(t, one),
        one is None,
    )


def draw_filters(state: Known, t: Words, asked: Filters, found: Teams) -> Component:
    """Return the filter bar: weeks and teams."""
    periods = [("", t("filters.last_weeks", n=SEASON))]
    for count in (26, 52, MOST_WEEKS):
        periods.append((f"since={state.week - (count - 1) * WEEK}", t("filters.last_weeks", n=count)))
    options = {"team": [(team.key, team.name) for team in found.teams]}
    return filter_bar(t, asked, options, periods, t("filters.last_weeks", n=SEASON))


def register(app: Guarded, services: Services) -> None:
    """Connect the view."""
    reporting.register(app, services)

    @app.guarded(
        Capability.SEE_SCORE,
        Output(Ids.FILTERS, "children"),
        Output(Ids.ACTIONS, "children"),
        Output(Ids.SUBTITLE, "children"),
        Output(Ids.LIST, "children"),
        Output(Ids.PROFILE_TITLE, "children"),
        Output(Ids.PROFILE, "figure"),
        Output(Ids.PROFILE_FIGURE, "hidden"),
        Output(Ids.PROFILE_WORDS, "children"),
        Output(Ids.TEST, "children"),
        Output(Ids.PROFILE_CARD, "hidden"),
        Input(Shell.FILTERS, "data"),
        Input(Shell.VERSION, "data"),
        Input(Ids.CHOSEN, "data"),
        Input(Ids.SAID, "children"),
        State(Shell.URL, "search"),
    )
    def on_change(filters: object, version: object, chosen: object, said: object, search: object) -> tuple[Any, ...]:
        del version, said
        state = services.state()
        return draw(services, state, words(state, str(search or "")), filters_of(filters), chosen)

    register_choice(app, Ids.CHOSEN.value, Ids.OPEN.value, "indicator")
