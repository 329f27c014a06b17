"""Mejoras, what is written: proposing and changing a card, and moving it with that step's evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import dash_bootstrap_components as dbc
from dash import dcc, html

from dashboard.improvements import Improvement, Worth
from dashboard.steps import Change, Depth, Horizon, Route, Verb
from layouts.fields import Choices, field, options_of, select, suggesting
from layouts.improvements import PATH
from layouts.shell import Component, card
from layouts.words import Words

NOBODY, SCORE = "", "score"
"""The choice of no measure, and of the NPS of everybody."""

LONGEST_NAMED = 300


class Ids(StrEnum):
    """Ids of the forms."""

    CARD = "improving-card"
    VERSION = "improving-version"
    NAME = "improving-name"
    TEAM = "improving-team"
    ROUTE = "improving-route"
    VERB = "improving-verb"
    DEPTH = "improving-depth"
    HORIZON = "improving-horizon"
    CHANGE = "improving-change"
    CAUSE = "improving-cause"
    PREFERENCE = "improving-preference"
    PILLAR = "improving-pillar"
    MOMENTS = "improving-moments"
    WHOM = "improving-whom"
    WITH_CUSTOMERS = "improving-with-customers"
    OWNER = "improving-owner"
    DUE = "improving-due"
    ORIGINS = "improving-origins"
    HOURS = "improving-hours"
    COST = "improving-cost"
    CLIENTS = "improving-clients"
    POINT = "improving-point"
    POINT_ERROR = "improving-point-error"
    SOURCE = "improving-source"
    MEASURE = "improving-measure"
    SAVE = "improving-save"
    WORDS = "improving-words"
    ADVANCE = "improving-advance"
    BACK_TO = "improving-back-to"
    BACK = "improving-back"
    DROP = "improving-drop"
    LOOK = "improving-look"
    TELL = "improving-tell"
    WARNING = "improving-warning"


@dataclass(frozen=True, slots=True)
class Options:
    """What the form offers: the writer's teams, moments, how it may be measured, and what was named before."""

    teams: Choices
    moments: Choices
    measures: Choices
    pillars: Sequence[str]
    people: Sequence[str]
    preferences: Sequence[str] = ()


def form(
    t: Words, options: Options, one: Improvement | None, measure: str, moments: Sequence[str], origins: str
) -> Component:
    """Return the form of a card; None proposes a new one with `moments` and `origins` filled in."""
    heading = t("improvements.new" if one is None else "improvements.edit")
    body = html.Div(
        [
            html.Div(_said(t, options, one, moments), className="mc-fields"),
            html.P(id=Ids.WARNING, role="status", className="mc-warning", hidden=True),
            html.Details(
                [
                    html.Summary(t("improvements.more")),
                    html.Div(_worth(t, one, options, measure, origins), className="mc-fields"),
                ],
                className="mc-more",
            ),
            html.Button(t("common.save"), id=Ids.SAVE, className="mc-button mc-primary", type="button"),
        ]
    )
    hidden = [
        dbc.Input(id=Ids.CARD, type="hidden", value=str(one.improvement_id) if one else ""),
        dbc.Input(id=Ids.VERSION, type="hidden", value=str(one.version) if one else ""),
    ]
    if one is None:
        return card([*hidden, body], title=heading)
    return html.Details([html.Summary(heading), *hidden, body], className="mc-card mc-reporting")


def _said(t: Words, options: Options, one: Improvement | None, moments: Sequence[str]) -> list[Component]:
    """Return the fields of what the card says."""

    def text(name: str) -> str:
        return str(getattr(one, name)) if one else ""

    checks = dbc.Checklist(
        id=Ids.MOMENTS,
        options=options_of(options.moments),
        value=list(one.moments if one else moments),
        className="mc-checks mc-moments",
        inline=True,
    )
    due = one.due.isoformat() if one and one.due else ""
    asked = bool(one and one.with_customers)
    name = dbc.Input(id=Ids.NAME, value=text("name"), maxLength=200)
    return [
        field(t("improvements.name"), name, class_name="mc-whole"),
        *_kinds(t, options, one),
        field(t("improvements.cause"), dbc.Input(id=Ids.CAUSE, value=text("cause"), maxLength=300, debounce=True)),
        field(
            t("improvements.preference"),
            suggesting(Ids.PREFERENCE, options.preferences, text("preference"), LONGEST_NAMED),
        ),
        field(t("improvements.pillar"), suggesting(Ids.PILLAR, options.pillars, text("pillar"))),
        field(
            t("improvements.owner"),
            suggesting(Ids.OWNER, options.people, text("owner")),
            t("improvements.owner_help"),
        ),
        field(t("improvements.due"), dbc.Input(id=Ids.DUE, type="date", value=due)),
        dbc.Checkbox(id=Ids.WITH_CUSTOMERS, label=t("improvements.with_customers"), value=asked),
        html.Fieldset([html.Legend(t("improvements.moments")), checks], className="mc-questions mc-whole"),
    ]


def _kinds(t: Words, options: Options, one: Improvement | None) -> list[Component]:
    """Return the choices of what kind of improvement it is; team and horizon of a known one stay."""
    team = one.team if one else options.teams[0][0] if options.teams else ""
    whom = "internal" if one and one.is_internal else "external"
    known = {"disabled": one is not None}
    routes = [(kind.value, t(f"route.{kind.value}")) for kind in Route]
    horizons = [(kind.value, t(f"horizon.{kind.value}")) for kind in Horizon]
    verbs = [(kind.value, t(f"verb.{kind.value}")) for kind in Verb]
    depths = [(kind.value, t(f"depth.{kind.value}")) for kind in Depth]
    changes = [(kind.value, t(f"change.{kind.value}")) for kind in Change]
    sides = [(side, t(f"improvements.{side}")) for side in ("external", "internal")]
    horizon = (one.horizon if one else Horizon.QUICK_WIN).value
    depth, change = (one.depth, one.change) if one else (Depth.REDESIGN, Change.PROCESS)
    return [
        field(t("improvements.team"), select(Ids.TEAM, options.teams, team, **known)),
        field(t("improvements.horizon"), select(Ids.HORIZON, horizons, horizon, **known)),
        field(t("improvements.route"), select(Ids.ROUTE, routes, (one.route if one else Route.CUSTOMERS).value)),
        field(t("improvements.verb"), select(Ids.VERB, verbs, (one.verb if one else Verb.ENHANCE).value)),
        field(t("improvements.depth"), select(Ids.DEPTH, depths, depth.value)),
        field(t("improvements.change"), select(Ids.CHANGE, changes, change.value)),
        field(t("improvements.whom"), select(Ids.WHOM, sides, whom)),
    ]


def _worth(t: Words, one: Improvement | None, options: Options, measure: str, origins: str) -> list[Component]:
    worth = one.worth if one else Worth()

    def number(identity: Ids, value: float | None) -> Component:
        return dbc.Input(id=identity, type="number", min=0, step="any", value=value)

    return [
        field(
            t("improvements.measure"),
            select(Ids.MEASURE, [(NOBODY, t("improvements.no_measure")), *options.measures], measure),
            t("improvements.measure_help"),
            "mc-whole",
        ),
        field(t("improvements.hours"), number(Ids.HOURS, worth.hours)),
        field(t("improvements.cost"), number(Ids.COST, worth.cost)),
        field(t("improvements.clients"), number(Ids.CLIENTS, worth.clients)),
        field(t("improvements.point"), number(Ids.POINT, worth.point), t("improvements.point_help")),
        field(t("improvements.point_error"), number(Ids.POINT_ERROR, worth.point_error)),
        field(t("improvements.point_source"), dbc.Input(id=Ids.SOURCE, value=worth.source, maxLength=300)),
        field(
            t("improvements.origin_ids"),
            dbc.Input(id=Ids.ORIGINS, value=origins, maxLength=2000),
            t("improvements.origin_help"),
            "mc-whole",
        ),
    ]


def proposed(t: Words, improvement_id: int) -> Component:
    """Return what is said of a new card: that it is stored, and the way to it."""
    link = dcc.Link(t("improvements.open"), href=f"{PATH}?card={improvement_id}", className="mc-see")
    return [t("improvements.saved"), " ", link]


def moves(t: Words, one: Improvement, may_decide: bool) -> Component:
    """Return what can be done with a card where it stands; what cannot is not there."""
    steps = [(step.value, t(f"step.{step.value}")) for step in one.way if step in one.evidence]
    buttons: list[Component] = []

    def button(identity: Ids, words: str, is_there: bool, class_name: str = "mc-button") -> None:
        buttons.append(html.Button(words, id=identity, className=class_name, type="button", hidden=not is_there))

    here = t(f"step.{one.step.value}") if one.step else ""
    button(Ids.ADVANCE, t("improvements.advance", step=here), one.is_open, "mc-button mc-primary")
    button(Ids.BACK, t("improvements.go_back"), bool(steps) and not one.is_dropped)
    button(Ids.LOOK, t("improvements.look"), one.launched is not None)
    button(Ids.DROP, t("improvements.drop"), one.is_open and may_decide)
    button(Ids.TELL, t("improvements.tell"), one.is_untold)
    asks = t(f"step.{one.step.value}_asks") if one.step and one.is_open else t("improvements.words_help")
    words = dbc.Textarea(id=Ids.WORDS, maxLength=1000, rows=3)
    back = html.Div(
        field(t("improvements.back_to"), select(Ids.BACK_TO, steps, steps[0][0] if steps else "")), hidden=not steps
    )
    return card(
        [
            field(asks, words),
            html.Div(buttons[:1] + buttons[2:], className="mc-actions"),
            html.Div([back, buttons[1]], className="mc-actions mc-back"),
        ],
        title=t("improvements.move"),
        note=t("improvements.move_note"),
    )
