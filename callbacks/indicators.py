"""Ajustes, the part of the indicators: save what a team watches, aim anew, mark what changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from dash import ALL, Input, Output, State, ctx, no_update

from callbacks.asked import scope, words
from callbacks.policies import Guarded
from dashboard.catalogue import STARTERS
from dashboard.filters import FilterError, parse_day
from dashboard.indicators import Cadence, Direction, Indicator, IndicatorError, Kind, Target, nature
from dashboard.permissions import Capability, NotAllowedError, can_lead
from data.database import reading
from data.indicators import read_indicators, read_marks
from data.services import Services
from data.services import State as Known
from data.writes.indicators import add_indicator, change_indicator, retire_indicator, set_target
from data.writes.marks import add_mark, remove_mark
from layouts import indicators as layout
from layouts.fields import Choices, is_refused
from layouts.indicators import NEW, NONE
from layouts.shell import Component
from layouts.words import Words

Ids = layout.Ids

FIELDS = (
    Ids.TEAM,
    Ids.NAME,
    Ids.UNIT,
    Ids.KIND,
    Ids.DIRECTION,
    Ids.CADENCE,
    Ids.RESULT,
    Ids.TARGET,
    Ids.TARGET_REASON,
    Ids.AVOIDS,
    Ids.BELIEF,
    Ids.MOMENTS,
    Ids.REPORTER,
    Ids.DUE_DAY,
)
"""The fields of the form, in the order of `Form`."""


@dataclass(frozen=True, slots=True)
class Form:
    """What stands in the form, as browsers send it."""

    team: Any
    name: Any
    unit: Any
    kind: Any
    direction: Any
    cadence: Any
    result: Any
    target: Any
    target_reason: Any
    avoids: Any
    belief: Any
    moments: Any
    reporter: Any
    due_day: Any

    def indicator(self, indicator_id: int = 0) -> Indicator:
        """Return the indicator that the form describes, without its target."""
        return Indicator(
            indicator_id,
            str(self.team or ""),
            str(self.name or ""),
            str(self.unit or ""),
            Kind(self.kind),
            Direction(int(self.direction)),
            Cadence(self.cadence),
            avoids=str(self.avoids or ""),
            belief=str(self.belief or ""),
            moments=tuple(self.moments or ()),
            reporter=str(self.reporter or ""),
            due_day=int(self.due_day or 0),
            result_id=None if self.result in (None, NONE) else int(self.result),
        )


def led_teams(services: Services, state: Known) -> Choices:
    """Return the teams that the asker decides for."""
    names, merges = state.members.names("team"), state.members.merges("team")
    keys = [key for key in dict.fromkeys([*services.scores(state).values("team"), *names]) if key not in merges]
    return [(key, names.get(key, key)) for key in keys if can_lead(scope(), key)]


def draw_form(services: Services, state: Known, t: Words, chosen: object) -> Component:
    """Return the form of the chosen indicator, or of a new one."""
    with reading(services.database) as connection:
        indicators = [one for one in read_indicators(connection) if can_lead(scope(), one.team)]
    which = next((one for one in indicators if str(one.indicator_id) == str(chosen)), None)
    teams = dict(led_teams(services, state))
    options = layout.Options(
        [(str(one.indicator_id), f"{teams.get(one.team, one.team)}: {one.name}") for one in indicators],
        list(teams.items()),
        [(key, state.members.name("moment", key)) for key in services.scores(state).values("moment")],
        [(str(one.indicator_id), one.name) for one in indicators if one.kind is Kind.LAG and one is not which],
    )
    return layout.form(t, options, which)


def draw_marks(services: Services, state: Known, t: Words) -> Component:
    """Return the marks."""
    with reading(services.database) as connection:
        return layout.marks(t, read_marks(connection), led_teams(services, state), state.today)


def save(services: Services, state: Known, t: Words, which: str, form: Form) -> str:
    """Store what the form says and return what to say."""
    try:
        if which == NEW:
            first = (Target(state.week, float(form.target)),) if form.target is not None else ()
            add_indicator(services, scope(), replace(form.indicator(), targets=first))
            return t("indicator.added")
        known = _known(services, int(which))
        change_indicator(services, scope(), replace(form.indicator(int(which)), team=known.team))
        before = known.targets[-1].value if known.targets else None
        if form.target is not None and float(form.target) != before:
            set_target(services, scope(), int(which), float(form.target), str(form.target_reason or ""))
        return t("common.saved")
    except IndicatorError as refusal:
        return t.refusal(refusal.told())
    except NotAllowedError:
        return t.refused("indicator.not_allowed")


def retire(services: Services, t: Words, which: str) -> str:
    """Stop watching an indicator and return what to say."""
    try:
        retire_indicator(services, scope(), int(which))
    except IndicatorError as refusal:
        return t.refusal(refusal.told())
    except NotAllowedError:
        return t.refused("indicator.not_allowed")
    return t("indicator.retired")


def _known(services: Services, indicator_id: int) -> Indicator:
    with reading(services.database) as connection:
        found = [one for one in read_indicators(connection) if one.indicator_id == indicator_id]
    if not found:
        raise IndicatorError("this indicator is no longer watched")
    return found[0]


def nature_words(t: Words, kind: object, can_move: object, comes_before: object) -> str:
    """Return the warning of the two questions; empty when what is declared fits."""
    found = nature(bool(can_move), bool(comes_before))
    if kind != Kind.LEAD.value or found is Kind.LEAD:
        return ""
    return t("indicator.is_lag") if found is Kind.LAG else t("indicator.is_neither")


def register(app: Guarded, services: Services) -> None:
    """Connect the section."""
    _register_form(app, services)
    _register_starters(app, services)
    _register_marks(app, services)


def _register_form(app: Guarded, services: Services) -> None:
    @app.guarded(Capability.CONFIGURE, Output(Ids.FORM, "children"), Input(Ids.SAID, "children"))
    def on_said(said: object) -> Any:
        """Draw the form anew after each change of one's own; a pulse would wipe out what is being typed."""
        if is_refused(said):
            return no_update
        state = services.state()
        return draw_form(services, state, words(state), NEW)

    @app.guarded(
        Capability.CONFIGURE,
        Output(Ids.FORM, "children", allow_duplicate=True),
        Input(Ids.WHICH, "value"),
        prevent_initial_call=True,
    )
    def on_which(which: object) -> Component:
        state = services.state()
        return draw_form(services, state, words(state), which)

    @app.guarded(
        Capability.CONFIGURE,
        Output(Ids.SAID, "children"),
        Input(Ids.SAVE, "n_clicks"),
        Input(Ids.RETIRE, "n_clicks"),
        State(Ids.WHICH, "value"),
        *(State(identity, "value") for identity in FIELDS),
        prevent_initial_call=True,
    )
    def on_save(saved: object, retired: object, which: object, *values: Any) -> object:
        state = services.state()
        t = words(state)
        if retired and ctx.triggered_id == Ids.RETIRE.value:
            return retire(services, t, str(which))
        return save(services, state, t, str(which), Form(*values)) if saved else no_update

    @app.guarded(
        Capability.CONFIGURE,
        Output(Ids.NATURE, "children"),
        Output(Ids.NATURE, "hidden"),
        Input(Ids.KIND, "value"),
        Input(Ids.CAN_MOVE, "value"),
        Input(Ids.COMES_BEFORE, "value"),
    )
    def on_questions(kind: object, can_move: object, comes_before: object) -> tuple[str, bool]:
        told = nature_words(words(services.state()), kind, can_move, comes_before)
        return told, not told


def _register_starters(app: Guarded, services: Services) -> None:
    @app.guarded(
        Capability.CONFIGURE,
        Output(Ids.NAME, "value"),
        Output(Ids.UNIT, "value"),
        Output(Ids.DIRECTION, "value"),
        Output(Ids.TARGET, "value"),
        Output(Ids.AVOIDS, "value"),
        Output(Ids.BELIEF, "value"),
        Input(Ids.STARTER, "value"),
        prevent_initial_call=True,
    )
    def on_starter(key: object) -> tuple[Any, ...]:
        chosen = next((one for one in STARTERS if one.key == key), None)
        if chosen is None:
            return (no_update,) * 6
        t = words(services.state())
        avoids, belief = t(f"starter.{chosen.key}_avoids"), t(f"starter.{chosen.key}_belief")
        way = str(chosen.direction.value)
        return t(f"starter.{chosen.key}_name"), chosen.unit, way, chosen.target, avoids, belief


def _register_marks(app: Guarded, services: Services) -> None:
    @app.guarded(Capability.CONFIGURE, Output(Ids.MARKS, "children"), Input(Ids.MARK_SAID, "children"))
    def on_marked(said: object) -> Any:
        if is_refused(said):
            return no_update
        state = services.state()
        return draw_marks(services, state, words(state))

    @app.guarded(
        Capability.CONFIGURE,
        Output(Ids.MARK_SAID, "children"),
        Input(Ids.MARK_ADD, "n_clicks"),
        Input({"type": Ids.MARK_REMOVE.value, "mark": ALL}, "n_clicks"),
        State(Ids.MARK_DAY, "value"),
        State(Ids.MARK_NAME, "value"),
        State(Ids.MARK_TEAM, "value"),
        prevent_initial_call=True,
    )
    def on_mark(added: object, removed: list[object], day: Any, name: object, team: object) -> object:
        t = words(services.state())
        asked = ctx.triggered_id
        if isinstance(asked, dict):
            return mark_away(services, t, int(asked["mark"])) if any(removed) else no_update
        whose = "" if team in (None, NONE) else str(team)
        return mark(services, t, day, str(name or ""), whose) if added else no_update


def mark(services: Services, t: Words, day: Any, name: str, team: str) -> str:
    """Store a mark and return what to say."""
    try:
        on = parse_day(day)
        if on is None:
            return t.refused("indicator.mark_without_day")
        add_mark(services, scope(), on, name, team)
    except IndicatorError as refusal:
        return t.refusal(refusal.told())
    except FilterError:
        return t.refused("indicator.mark_without_day")
    except NotAllowedError:
        return t.refused("indicator.not_allowed")
    return t("indicator.marked")


def mark_away(services: Services, t: Words, mark_id: int) -> str:
    """Remove a mark and return what to say."""
    try:
        remove_mark(services, scope(), mark_id)
    except IndicatorError as refusal:
        return t.refusal(refusal.told())
    except NotAllowedError:
        return t.refused("indicator.not_allowed")
    return t("indicator.unmarked")
