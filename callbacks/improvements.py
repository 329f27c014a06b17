"""Mejoras, the entry points of the view: the board, or the story of the card that the address names."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

from dash import ALL, Input, Output, State, ctx, no_update

from callbacks import improving
from callbacks.asked import files, scope, words
from callbacks.policies import Guarded
from dashboard.effects import Effect
from dashboard.funnels import funnel, stays
from dashboard.improvements import TOO_MANY_PATCHES, Improvement, patches_on
from dashboard.leaving import Activity, ActivityError
from dashboard.permissions import Capability, NotAllowedError, can, can_propose
from dashboard.preferences import actions_serving
from dashboard.returns import Return, return_on
from dashboard.steps import STEPS, Horizon, Route, Verb
from dashboard.studies import Study
from data.database import reading
from data.improvements import read_activities, read_improvements
from data.indicators import read_indicators
from data.leaving import read_candidates
from data.meetings import read_actions
from data.origins import read_origins
from data.services import Services
from data.services import State as Known
from data.studies import read_studies
from data.writes.activities import add_activity, remove_activity
from layouts import improvement as told
from layouts import improvements as layout
from layouts.figures.base import EMPTY
from layouts.figures.improvements import effect as drawn
from layouts.shell import Component
from layouts.shell import Ids as Shell
from layouts.words import Words

PATH = layout.PATH
NEEDS = Capability.SEE_SCORE
Ids = layout.Ids
Chosen = layout.Chosen


def chosen_of(search: object) -> Chosen:
    """Return what an address chooses; what is none of the choices is no choice."""
    said = {name: values[0] for name, values in parse_qs(str(search or "").lstrip("?")).items()}

    def one_of(name: str, known: type[Route] | type[Horizon] | type[Verb]) -> str:
        return said.get(name, "") if said.get(name) in [one.value for one in known] else ""

    card = said.get("card", "")
    is_card = card == "new" or (card.isascii() and card.isdigit() and len(card) < 10)
    return Chosen(one_of("route", Route), one_of("horizon", Horizon), one_of("verb", Verb), card if is_card else "")


def draw_page(services: Services, state: Known, t: Words, search: str) -> Component:
    """Return the page."""
    del search
    return layout.page(t, draw_leaving(services, state, t))


def draw_leaving(services: Services, state: Known, t: Words) -> Component:
    """Return the form of what the house does again and again, for those who may write."""
    teams = improving.own_teams(services, state)
    with reading(services.database) as connection:
        known = {one.activity_id: one.name for one in read_activities(connection) if can_propose(scope(), one.team)}
    return layout.leaving_form(t, teams, improving.moments_of(services, state), known)


def draw(services: Services, state: Known, t: Words, search: object) -> tuple[Any, ...]:
    """Return everything that an address or new data redraw: title, line, actions, choices, content, effect."""
    chosen = chosen_of(search)
    with reading(services.database) as connection:
        every = read_improvements(connection)
    one = next((one for one in every if str(one.improvement_id) == chosen.card), None)
    found = read_studies(services, state, scope())
    if chosen.card and one is not None:
        return _draw_card(services, state, t, one, found.get(one.improvement_id))
    if chosen.card == "new" and can(scope(), Capability.REPORT):
        return t("improvements.new"), t("improvements.new_note"), [], [], [], EMPTY, True, [], True, True
    content = layout.board(t, _board(services, state, every, chosen, found), chosen)
    actions = [files(t, "improvements", "")]
    if can(scope(), Capability.REPORT):
        actions.insert(0, layout.new_link(t))
    pills = layout.pills(t, chosen) if every else []
    return t("improvements.title"), t("improvements.subtitle"), actions, pills, content, EMPTY, True, [], True, False


def _board(
    services: Services, state: Known, every: tuple[Improvement, ...], chosen: Chosen, found: Any
) -> layout.Board:
    def fits(one: Improvement) -> bool:
        pairs = ((chosen.route, one.route), (chosen.horizon, one.horizon), (chosen.verb, one.verb))
        return all(not wanted or wanted == own.value for wanted, own in pairs)

    cards = [one for one in every if fits(one)]
    with reading(services.database) as connection:
        undertaken = actions_serving(read_actions(connection))
    causes = {one.cause: patches_on(one.cause, every) for one in every}
    return layout.Board(
        cards,
        every,
        [funnel(route, every, effects_of(every, found)) for route in Route],
        [stay for way in STEPS.values() for stay in stays(way, cards)],
        read_candidates(services, state, scope()),
        [(cause, count) for cause, count in causes.items() if count >= TOO_MANY_PATCHES],
        state.today,
        undertaken,
    )


def effects_of(every: tuple[Improvement, ...], found: dict[int, Study]) -> dict[int, Effect]:
    """Return the effects in points of NPS of what was launched, those that may be told."""
    effects = {}
    for one in every:
        seen = found.get(one.improvement_id)
        is_score = one.measure is not None and one.measure.indicator_id is None
        if seen is not None and is_score and one.launched is not None and seen.is_told and seen.effect is not None:
            effects[one.improvement_id] = seen.effect
    return effects


def _draw_card(services: Services, state: Known, t: Words, one: Improvement, found: Study | None) -> tuple[Any, ...]:
    names = {**state.members.names("moment"), **state.members.names("team")}
    unit = ""
    if one.measure is not None and one.measure.indicator_id is not None:
        with reading(services.database) as connection:
            known = {each.indicator_id: each for each in read_indicators(connection, with_retired=True)}
        unit = known[one.measure.indicator_id].unit if one.measure.indicator_id in known else ""
    comments = read_origins(services, state, scope(), one.origins) if can(scope(), Capability.READ_COMMENTS) else ()
    figure = drawn(t, found) if found is not None and found.effect is not None else EMPTY
    is_lived = one.piloted is not None
    said = (
        [*told.effect_words(t, one, found, unit), *told.money_words(t, one, return_of(one, found))] if is_lived else []
    )
    content = [told.story(t, one, names, comments, state.today)]
    return (
        one.name,
        t(f"horizon.{one.horizon.value}"),
        [],
        [],
        content,
        figure,
        figure is EMPTY,
        said,
        not is_lived,
        True,
    )


def return_of(one: Improvement, found: Study | None) -> Return | None:
    """Return what an improvement gives back; None until its cost, its reach and the worth of a point are known."""
    worth = one.worth
    if worth.cost is None or worth.point is None or not worth.clients:
        return None
    is_score = one.measure is not None and one.measure.indicator_id is None
    seen = found.effect if found is not None and found.is_told and is_score else None
    value, error = (seen.value, seen.error) if seen is not None else (None, 0.0)
    return return_on(value, error, worth.point, worth.point_error or 0.0, worth.clients, worth.cost)


def register(app: Guarded, services: Services) -> None:
    """Connect the view."""
    improving.register(app, services)

    @app.guarded(
        Capability.SEE_SCORE,
        Output(Ids.TITLE, "children"),
        Output(Ids.SUBTITLE, "children"),
        Output(Ids.ACTIONS, "children"),
        Output(Ids.PILLS, "children"),
        Output(Ids.CONTENT, "children"),
        Output(Ids.EFFECT, "figure"),
        Output(Ids.EFFECT_FIGURE, "hidden"),
        Output(Ids.EFFECT_WORDS, "children"),
        Output(Ids.EFFECT_CARD, "hidden"),
        Output(Ids.LEAVING, "hidden"),
        Input(Shell.URL, "search"),
        Input(Shell.VERSION, "data"),
        Input(Ids.WRITTEN, "data"),
        Input(Ids.ACTIVITY_SAID, "children"),
    )
    def on_change(search: object, version: object, written: object, listed: object) -> tuple[Any, ...]:
        del version, written, listed
        state = services.state()
        return draw(services, state, words(state, str(search or "")), search)

    @app.guarded(
        Capability.REPORT,
        Output(Ids.ACTIVITY_SAID, "children"),
        Output(Ids.LEAVING, "children"),
        Input(Ids.ACTIVITY_ADD, "n_clicks"),
        Input({"type": Ids.ACTIVITY_REMOVE.value, "activity": ALL}, "n_clicks"),
        State(Ids.ACTIVITY_NAME, "value"),
        State(Ids.ACTIVITY_TEAM, "value"),
        State(Ids.ACTIVITY_MOMENT, "value"),
        State(Ids.ACTIVITY_HOURS, "value"),
        prevent_initial_call=True,
    )
    def on_activity(added: object, removed: list[object], name: Any, team: Any, moment: Any, hours: Any) -> object:
        asked = ctx.triggered_id
        t = words(services.state())
        if not added and not any(removed):
            return no_update, no_update
        if isinstance(asked, dict):
            said = leave(services, t, int(asked["activity"]))
        else:
            said = list_activity(services, t, Activity(0, str(team), str(name or ""), str(moment or ""), _hours(hours)))
        return said, draw_leaving(services, services.state(), t)


def _hours(sent: Any) -> float:
    return float(sent) if isinstance(sent, int | float) else 0.0


def list_activity(services: Services, t: Words, activity: Activity) -> str:
    """Store an activity and return what to say."""
    try:
        add_activity(services, scope(), activity)
    except ActivityError as refusal:
        return t.refusal(refusal.told())
    except NotAllowedError:
        return t.refused("common.not_allowed")
    return t("common.saved")


def leave(services: Services, t: Words, activity_id: int) -> str:
    """Remove an activity and return what to say."""
    try:
        remove_activity(services, scope(), activity_id)
    except ActivityError as refusal:
        return t.refusal(refusal.told())
    except NotAllowedError:
        return t.refused("common.not_allowed")
    return t("common.saved")
