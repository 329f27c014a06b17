"""Personas: invite, change rights, give a new link."""

from __future__ import annotations

from typing import Any

from dash import ALL, Input, Output, State, ctx, no_update
from flask import request

from callbacks.asked import scope, words
from callbacks.policies import Guarded
from dashboard.people import PersonError
from dashboard.permissions import Capability, Role
from data.database import reading
from data.people import every_person
from data.services import Services
from data.services import State as Known
from data.writes.decision import ChangedMeanwhileError
from data.writes.people import change_rights, invite, renew_link
from layouts import people as layout
from layouts.fields import is_refused
from layouts.shell import Component
from layouts.words import Words

PATH = "/people"
NEEDS = Capability.MANAGE_PEOPLE
Ids = layout.Ids


def draw_page(services: Services, state: Known, t: Words, search: str) -> Component:
    """Return the page."""
    del search
    return layout.page(t, places_of(services, state))


def places_of(services: Services, state: Known) -> layout.Places:
    """Return the teams and sites that people can be limited to."""
    scores = services.scores(state)
    teams, sites = (
        [(key, state.members.name(dimension, key)) for key in scores.values(dimension)]
        for dimension in ("team", "site")
    )
    return layout.Places(teams, sites)


def draw_list(services: Services, state: Known, t: Words) -> Component:
    """Return everybody."""
    with reading(services.database) as connection:
        return layout.everybody(t, every_person(connection), places_of(services, state))


def register(app: Guarded, services: Services) -> None:
    """Connect the view."""
    person = {"person": ALL}

    @app.guarded(NEEDS, Output(Ids.LIST, "children"), Input(Ids.SAID, "children"))
    def on_said(said: object) -> Any:
        if is_refused(said):
            return no_update
        state = services.state()
        return draw_list(services, state, words(state))

    @app.guarded(
        NEEDS,
        Output(Ids.SAID, "children"),
        Input({"type": Ids.SAVE.value, **person, "version": ALL}, "n_clicks"),
        Input({"type": Ids.LINK.value, **person}, "n_clicks"),
        State(Ids.NAME, "value"),
        State({"type": Ids.ROLE.value, **person}, "value"),
        State({"type": Ids.TEAMS.value, **person}, "value"),
        State({"type": Ids.SITES.value, **person}, "value"),
        State({"type": Ids.DENIED.value, **person}, "value"),
        State({"type": Ids.ACTIVE.value, **person}, "value"),
        State({"type": Ids.ROLE.value, **person}, "id"),
        State({"type": Ids.DENIED.value, **person}, "id"),
        prevent_initial_call=True,
    )
    def on_person(*values: Any) -> object:
        asked = ctx.triggered_id
        if not isinstance(asked, dict) or not (ctx.triggered and ctx.triggered[0]["value"]):
            return no_update
        t = words(services.state())
        try:
            return change(services, t, dict(asked), values[2:])
        except PersonError as refusal:
            return t.refusal(refusal.told())
        except ChangedMeanwhileError:
            return t.refused("common.changed_meanwhile")


def change(services: Services, t: Words, asked: dict[str, Any], values: tuple[Any, ...]) -> Component:
    """Carry out what was asked of a person, and return what to say.

    Raises
    ------
    PersonError, ChangedMeanwhileError
    """
    name, roles, teams, sites, denied, active, ids, more_ids = values
    number = int(asked["person"])
    if asked["type"] == Ids.LINK.value:
        token = renew_link(services, scope(), number)
        return layout.link(t, "", f"{request.host_url}join/{token}")
    place = next((place for place, one in enumerate(ids) if one["person"] == number), None)
    if place is None or roles[place] not in Role.__members__:
        raise PersonError("there is no such person")
    role, its_teams, its_sites = Role[roles[place]], teams[place] or (), sites[place] or ()
    if number == 0:
        token = invite(services, scope(), str(name or ""), role, its_teams, its_sites)
        return layout.link(t, str(name), f"{request.host_url}join/{token}")
    more = next(place for place, one in enumerate(more_ids) if one["person"] == number)
    known = set(Capability)
    change_rights(
        services,
        scope(),
        number,
        int(asked["version"]),
        role=role,
        teams=its_teams,
        sites=its_sites,
        denied=[Capability(one) for one in denied[more] or () if one in known],
        is_active=bool(active[more]),
    )
    return t("people.changed")
