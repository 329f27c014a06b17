"""Voz's entry points: search the stream, open a comment, decide on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from dash import Input, Output, State, ctx, no_update

from callbacks.asked import files, filters_of, scope, words
from callbacks.choosing import register_choice
from callbacks.hearing import own_teams
from callbacks.policies import Guarded
from callbacks.scoreboard import draw_filters
from dashboard.permissions import Capability, NotAllowedError, can, can_lead, can_report
from dashboard.voice import Outcome, Verdict, VoiceError, conversation
from data.services import Services
from data.services import State as Known
from data.voice import NO_TEAM, Search, read_comment, read_stream, read_thanks
from data.writes.voice import decide, send, tell
from layouts import voice as layout
from layouts.shell import Component
from layouts.shell import Ids as Shell
from layouts.words import Words

PATH = "/voice"
NEEDS = Capability.READ_COMMENTS
NAMED = ("team", "moment", "segment", "role")
Ids = layout.Ids


def every_team(services: Services, state: Known) -> list[tuple[str, str]]:
    """Return key and name of every team."""
    names, merges = state.members.names("team"), state.members.merges("team")
    keys = [key for key in dict.fromkeys([*services.scores(state).values("team"), *names]) if key not in merges]
    return [(key, names.get(key, key)) for key in keys]


def draw_page(services: Services, state: Known, t: Words, search: str) -> Component:
    """Return the page with the inboxes that the asker may look into."""
    if can(scope(), Capability.READ_WHOLE_COMMENTS):
        inboxes = [*every_team(services, state), (NO_TEAM, t("voice.no_inbox"))]
    else:
        inboxes = [one for one in every_team(services, state) if one[0] in scope().teams]
    looked_for = parse_qs(search.lstrip("?")).get("words", [""])[0][:200]
    return layout.page(t, inboxes, looked_for, may_hear=bool(own_teams(services, state)))


def search_of(filters: object, said: object, inbox: object, outcome: object) -> Search:
    """Return what the controls look for."""
    known = [one.value for one in Outcome]
    return Search(
        filters_of(filters),
        str(said or "")[:200],
        "" if inbox in (None, layout.ANY) else str(inbox),
        str(outcome) if outcome in known else "",
    )


def draw(services: Services, state: Known, t: Words, asked: Search, chosen: object) -> tuple[Any, ...]:
    """Return everything that one change of search or data redraws."""
    found = read_stream(services, state, scope(), asked)
    which = chosen if isinstance(chosen, str) else None
    return (
        draw_filters(services, state, t, asked.filters),
        files(t, "voice", asked.filters.query()),
        layout.facts(t, conversation(found), state.today),
        layout.stream(t, found, names_of(state), which),
        layout.thanked(t, read_thanks(services, state, scope())),
    )


def names_of(state: Known) -> dict[str, dict[str, str]]:
    """Return how the company calls teams, moments, segments and roles."""
    return {dimension: dict(state.members.names(dimension)) for dimension in NAMED}


def draw_panel(services: Services, state: Known, t: Words, chosen: object) -> list[Component]:
    """Return the chosen comment with what the asker may do of it."""
    found = read_comment(services, state, scope(), chosen) if isinstance(chosen, str) else None
    if found is None:
        return layout.panel(t, None, "", {}, (), (False, False))
    row, masked = found
    inbox = str(row["inbox"] or "")
    rights = can_lead(scope(), inbox), can_report(scope(), inbox)
    return layout.panel(t, row, masked, names_of(state), every_team(services, state), rights)


def done(t: Words, write: Callable[[], None], said: str) -> tuple[str, bool]:
    """Write and return what to say of it, and whether it was written."""
    try:
        write()
    except VoiceError as refusal:
        return t.refusal(refusal.told()), False
    except NotAllowedError:
        return t.refused("voice.not_allowed"), False
    return said, True


def act(services: Services, t: Words, chosen: str, asked: object, told: tuple[Any, ...]) -> tuple[str, bool]:
    """Do what a button of the panel asks; return what to say and whether it was done."""
    outcome, reason, thanks, team = told
    if asked == Ids.TELL.value:
        return done(t, lambda: tell(services, scope(), chosen), t("voice.was_told"))
    if asked == Ids.SEND.value:
        return done(t, lambda: send(services, scope(), chosen, str(team or "")), t("voice.was_sent"))
    if outcome not in [one.value for one in Outcome]:
        return t("voice.no_outcome"), False
    verdict = Verdict(Outcome(outcome), str(reason or ""), str(thanks or ""))
    return done(t, lambda: decide(services, scope(), chosen, verdict), t("common.saved"))


def register(app: Guarded, services: Services) -> None:
    """Connect the view."""

    @app.guarded(
        Capability.READ_COMMENTS,
        Output(Ids.FILTERS, "children"),
        Output(Ids.ACTIONS, "children"),
        Output(Ids.FACTS, "children"),
        Output(Ids.LIST, "children"),
        Output(Ids.THANKS, "children"),
        Input(Shell.FILTERS, "data"),
        Input(Shell.VERSION, "data"),
        Input(Ids.SEARCH, "value"),
        Input(Ids.INBOX, "value"),
        Input(Ids.OUTCOME, "value"),
        Input(Ids.SAID, "children"),
        State(Ids.CHOSEN, "data"),
        State(Shell.URL, "search"),
    )
    def on_change(filters: object, version: object, *told: Any) -> tuple[Any, ...]:
        del version
        said, inbox, outcome, _, chosen, search = told
        state = services.state()
        asked = search_of(filters, said, inbox, outcome)
        return draw(services, state, words(state, str(search or "")), asked, chosen)

    _register_panel(app, services)


def _register_panel(app: Guarded, services: Services) -> None:
    register_choice(app, Ids.CHOSEN.value, Ids.OPEN.value, "comment")

    @app.guarded(Capability.READ_COMMENTS, Output(Ids.PANEL, "children"), Input(Ids.CHOSEN, "data"))
    def on_chosen(chosen: object) -> list[Component]:
        state = services.state()
        return draw_panel(services, state, words(state), chosen)

    @app.guarded(
        Capability.REPORT,
        Output(Ids.SAID, "children"),
        Output(Ids.PANEL, "children", allow_duplicate=True),
        Input(Ids.SAVE, "n_clicks"),
        Input(Ids.SEND, "n_clicks"),
        Input(Ids.TELL, "n_clicks"),
        State(Ids.CHOSEN, "data"),
        State(Ids.DECIDE, "value"),
        State(Ids.REASON, "value"),
        State(Ids.THANKED, "value"),
        State(Ids.TEAM, "value"),
        prevent_initial_call=True,
    )
    def on_act(saved: object, sent: object, told: object, chosen: object, *form: Any) -> tuple[Any, Any]:
        """What is refused leaves the panel as it was typed."""
        if not (saved or sent or told) or not isinstance(chosen, str):
            return no_update, no_update
        t = words(services.state())
        said, is_done = act(services, t, chosen, ctx.triggered_id, form)
        return said, draw_panel(services, services.state(), t, chosen) if is_done else no_update
