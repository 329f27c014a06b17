"""Writing down what was heard: the form of a phone, at /hear?team=Transporte for instance."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

from dash import Input, Output, State, no_update

from callbacks.asked import scope, words
from callbacks.policies import Guarded
from dashboard.permissions import Capability, NotAllowedError, can_report
from dashboard.voice import Heard, Mood, VoiceError
from data.database import reading
from data.moments import read_care
from data.services import Services
from data.services import State as Known
from data.writes.voice import hear
from layouts import hearing as layout
from layouts.shell import Component
from layouts.words import Words

PATH = "/hear"
NEEDS = Capability.REPORT
OFFERED = 300
"""Accounts that are offered while one types."""

Ids = layout.Ids


def own_teams(services: Services, state: Known) -> list[tuple[str, str]]:
    """Return key and name of the teams that the asker may report for."""
    names, merges = state.members.names("team"), state.members.merges("team")
    keys = [key for key in dict.fromkeys([*services.scores(state).values("team"), *names]) if key not in merges]
    return [(key, names.get(key, key)) for key in keys if can_report(scope(), key)]


def draw_page(services: Services, state: Known, t: Words, search: str) -> Component:
    """Return the form for the team that the address names, else for the first of one's own."""
    teams = own_teams(services, state)
    asked = parse_qs(search.lstrip("?")).get("team", [""])[0]
    team = asked if asked in dict(teams) else teams[0][0] if teams else ""
    with reading(services.database) as connection:
        care = read_care(connection)
    scores = services.scores(state)
    moments = [(key, state.members.name("moment", key)) for key in scores.values("moment")]
    moments.sort(key=lambda one: team not in care.duties.get(one[0], {}))
    return layout.page(t, teams, team, moments, scores.values("account")[:OFFERED])


def save(services: Services, t: Words, told: tuple[Any, ...]) -> tuple[str, bool]:
    """Write down what the form says; return what to say and whether it was written."""
    said, mood, moment, customer, team = told
    if mood not in tuple(Mood):
        return t("hearing.no_mood"), False
    account, _, role = str(customer or "").partition("·")
    where = "" if moment in (None, layout.OTHER) else str(moment)
    heard = Heard(str(said or ""), Mood(mood), str(team or ""), where, account.strip(), role.strip())
    try:
        hear(services, scope(), heard)
    except VoiceError as refusal:
        return t.refusal(refusal.told()), False
    except NotAllowedError:
        return t.refused("reporting.not_allowed"), False
    return t("hearing.sent", team=services.state().members.name("team", heard.team)), True


def register(app: Guarded, services: Services) -> None:
    """Connect the view."""

    @app.guarded(
        Capability.REPORT,
        Output(Ids.SAID, "children"),
        Output(Ids.WORDS, "value"),
        Output(Ids.CUSTOMER, "value"),
        Input(Ids.SEND, "n_clicks"),
        State(Ids.WORDS, "value"),
        State(Ids.MOOD, "value"),
        State(Ids.MOMENT, "value"),
        State(Ids.CUSTOMER, "value"),
        State(Ids.TEAM, "value"),
        prevent_initial_call=True,
        running=[(Output(Ids.SEND, "disabled"), True, False)],
    )
    def on_send(clicks: object, *told: Any) -> tuple[Any, ...]:
        if not clicks:
            return no_update, no_update, no_update
        said, is_written = save(services, words(services.state()), told)
        return (said, "", "") if is_written else (said, no_update, no_update)

    @app.guarded(Capability.REPORT, Output(Ids.SEND, "children"), Input(Ids.TEAM, "value"), prevent_initial_call=True)
    def on_team(team: object) -> str:
        state = services.state()
        return words(state)("hearing.send", team=state.members.name("team", str(team or "")))
