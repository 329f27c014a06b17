"""Ajustes: save who we are, set the goal, name and merge members."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from dash import ALL, Input, Output, State, ctx, no_update

from callbacks import indicators, moments, themes
from callbacks.asked import files, scope, words
from callbacks.policies import Guarded
from dashboard.filters import FilterError, parse_day
from dashboard.goal import Goal, GoalError, Vote
from dashboard.members import MemberError
from dashboard.organisation import OrganisationError
from dashboard.permissions import Capability
from data.calendar import calendar_of, places
from data.database import reading
from data.demo.company import SOURCE
from data.imports import ImportState, every_import
from data.organisation import read_goals
from data.services import Services
from data.services import State as Known
from data.writes.decision import ChangedMeanwhileError
from data.writes.demo import remove_demo
from data.writes.goals import set_goal
from data.writes.members import add_member, merge_member, order_members, rename_member
from data.writes.organisation import save_organisation
from layouts import settings as layout
from layouts.fields import is_refused
from layouts.shell import Component
from layouts.shell import Ids as Shell
from layouts.words import Words

PATH = "/settings"
NEEDS = Capability.CONFIGURE
Ids = layout.Ids
NEXT_HOLIDAYS = 4


def draw_page(services: Services, state: Known, t: Words, search: str) -> Component:
    """Return the page."""
    del search
    with reading(services.database) as connection:
        found = every_import(connection)
    has_demo = any(one.source == SOURCE and one.state is ImportState.PUBLISHED for one in found)
    calendar = calendar_of(state.organisation, state.today)
    coming = [f"{name} ({t.short_day(day)})" for day, name in calendar.holidays if day >= state.today]
    menu = files(t, "settings", "")
    return layout.page(t, state.organisation, state.today, has_demo, places(), coming[:NEXT_HOLIDAYS], [menu])


def draw_goals(services: Services, t: Words) -> Component:
    """Return the goals, open and closed."""
    with reading(services.database) as connection:
        return layout.goals(t, read_goals(connection))


def draw_members(services: Services, state: Known, t: Words) -> Component:
    """Return teams, moments and segments as they stand."""
    scores = services.scores(state)
    found, merged = {}, {}
    for dimension in layout.EDITED:
        names, merges = state.members.names(dimension), state.members.merges(dimension)
        keys = [key for key in dict.fromkeys([*scores.values(dimension), *names]) if key not in merges]
        order = state.members.order(dimension)
        keys.sort(key=lambda key, order=order: order.get(key, len(order)))  # type: ignore[misc]  # default argument
        found[dimension] = [(key, names.get(key, key)) for key in keys]
        merged[dimension] = [(key, names.get(into, into)) for key, into in merges.items()]
    return layout.members(t, found, merged)


def register(app: Guarded, services: Services) -> None:
    """Connect the view."""
    _register_organisation(app, services)
    _register_goal(app, services)
    _register_members(app, services)
    indicators.register(app, services)
    moments.register(app, services)
    themes.register(app, services)


def _register_organisation(app: Guarded, services: Services) -> None:
    @app.guarded(
        Capability.CONFIGURE,
        Output(Ids.SAVED, "children"),
        Input(Ids.SAVE, "n_clicks"),
        State(Ids.NAME, "value"),
        State(Ids.LANGUAGE, "value"),
        State(Ids.ZONE, "value"),
        State(Ids.MEETING, "value"),
        State(Ids.PLACE, "value"),
        prevent_initial_call=True,
    )
    def on_save(clicks: object, name: object, language: object, zone: object, meeting: object, place: object) -> object:
        if not clicks:
            return no_update
        state = services.state()
        t = words(state)
        known = str(place) if place in places() else state.organisation.place
        country, _, region = known.partition("-")
        try:
            changed = replace(
                state.organisation,
                name=str(name or ""),
                language=str(language or ""),
                zone=str(zone or ""),
                meeting=str(meeting or ""),
                country=country,
                region=region,
            )
            save_organisation(services, scope(), changed)
        except OrganisationError:
            return t.refused("settings.organisation_wrong")
        except ChangedMeanwhileError:
            return t.refused("common.changed_meanwhile")
        return t("common.saved")

    @app.guarded(
        Capability.CONFIGURE,
        Output(Ids.DEMO_SAID, "children"),
        Input(Ids.DEMO_REMOVE, "n_clicks"),
        prevent_initial_call=True,
        running=[(Output(Ids.DEMO_REMOVE, "disabled"), True, False)],
    )
    def on_remove(clicks: object) -> object:
        if not clicks:
            return no_update
        remove_demo(services, scope())
        return words(services.state())("settings.demo_removed")


def _register_goal(app: Guarded, services: Services) -> None:
    @app.guarded(
        Capability.CONFIGURE,
        Output(Ids.GOALS, "children"),
        Input(Shell.VERSION, "data"),
        Input(Ids.GOAL_SAID, "children"),
    )
    def on_version(version: object, said: object) -> Component:
        del version, said
        return draw_goals(services, words(services.state()))

    @app.guarded(
        Capability.CONFIGURE,
        Output(Ids.GOAL_SAID, "children"),
        Input(Ids.SET, "n_clicks"),
        State(Ids.START, "value"),
        State(Ids.TARGET, "value"),
        State(Ids.STARTS, "value"),
        State(Ids.DEADLINE, "value"),
        State(Ids.WINDOW, "value"),
        State(Ids.VOTE, "value"),
        State(Ids.WHY, "value"),
        prevent_initial_call=True,
    )
    def on_set(clicks: object, *values: Any) -> object:
        if not clicks:
            return no_update
        t = words(services.state())
        try:
            set_goal(services, scope(), goal_of(values))
        except (GoalError, FilterError, ValueError, TypeError):
            return t.refused("goal.wrong")
        return t("goal.was_set")


def goal_of(values: tuple[Any, ...]) -> Goal:
    """Return the goal of the form's values.

    Raises
    ------
    GoalError
        When a field is missing or the goal cannot be played.
    """
    start, target, starts, deadline, window, vote, why = values
    first, last = parse_day(starts), parse_day(deadline)
    if start is None or target is None or first is None or last is None or window is None:
        raise GoalError("every field of the goal is needed")
    return Goal(0, float(start), float(target), first, last, int(window), Vote(vote), why=str(why or ""))


def _register_members(app: Guarded, services: Services) -> None:
    pattern = {"dimension": ALL, "key": ALL}

    @app.guarded(Capability.CONFIGURE, Output(Ids.MEMBERS, "children"), Input(Ids.MEMBER_SAID, "children"))
    def on_said(said: object) -> Any:
        """Draw the members after each change of one's own; a pulse would wipe out a name that is being typed."""
        if is_refused(said):
            return no_update
        state = services.state()
        return draw_members(services, state, words(state))

    @app.guarded(
        Capability.CONFIGURE,
        Output(Ids.MEMBER_SAID, "children"),
        Input({"type": Ids.RENAME.value, **pattern}, "value"),
        Input({"type": Ids.MERGE.value, **pattern, "into": ALL}, "value"),
        Input({"type": Ids.MERGE.value, **pattern, "into": ALL}, "n_clicks"),
        Input({"type": Ids.UP.value, **pattern}, "n_clicks"),
        Input({"type": Ids.ADD_BUTTON.value, "dimension": ALL}, "n_clicks"),
        State({"type": Ids.ADD.value, "dimension": ALL}, "value"),
        State({"type": Ids.ADD.value, "dimension": ALL}, "id"),
        prevent_initial_call=True,
    )
    def on_member(*values: Any) -> object:
        asked = ctx.triggered_id
        value = ctx.triggered[0]["value"] if ctx.triggered else None
        if not isinstance(asked, dict) or not value:
            return no_update
        typed = {identity["dimension"]: text for identity, text in zip(values[-1], values[-2], strict=True)}
        state = services.state()
        t = words(state)
        try:
            told = change_member(services, state, dict(asked), value, typed.get(asked["dimension"]))
        except MemberError:
            return t.refused("settings.member_wrong")
        return t(f"settings.{told}") if told else no_update


def change_member(services: Services, state: Known, asked: dict[str, Any], value: Any, typed: str | None) -> str | None:
    """Carry out what was asked of a member, and return the key of what to say; None when nothing changes."""
    dimension, key = str(asked["dimension"]), str(asked.get("key", ""))
    names = state.members.names(dimension)

    def rename() -> str | None:
        if names.get(key, key) == value:
            return None
        rename_member(services, scope(), dimension, key, str(value))
        return "renamed"

    def merge() -> str:
        merge_member(services, scope(), dimension, key, None if asked["into"] == "" else str(value))
        return "unmerged" if asked["into"] == "" else "was_merged"

    def up() -> str | None:
        keys = list(dict.fromkeys([*services.scores(state).values(dimension), *names]))
        order = state.members.order(dimension)
        keys.sort(key=lambda one: order.get(one, len(order)))
        place = keys.index(key)
        if place == 0:
            return None
        keys[place - 1], keys[place] = keys[place], keys[place - 1]
        order_members(services, scope(), dimension, keys)
        return "ordered"

    def add() -> str | None:
        if not typed:
            return None
        add_member(services, scope(), dimension, typed)
        return "added"

    actions: dict[str, Callable[[], str | None]] = {
        Ids.RENAME.value: rename,
        Ids.MERGE.value: merge,
        Ids.UP.value: up,
        Ids.ADD_BUTTON.value: add,
    }
    return actions[str(asked["type"])]()
