"""Ajustes, the part of the indicators: what each team watches, its target, who reports, and dated changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import dash_bootstrap_components as dbc
from dash import html

from dashboard.catalogue import STARTERS
from dashboard.indicators import SHARE, Cadence, Direction, Indicator, Kind
from dashboard.teams import Mark
from layouts.fields import Choices, field, options_of, select
from layouts.shell import Component, card
from layouts.words import Words

"""Keys and names to choose from."""


class Ids(StrEnum):
    """Ids of the section."""

    FORM = "indicators-form"
    WHICH = "indicators-which"
    STARTER = "indicators-starter"
    TEAM = "indicators-team"
    NAME = "indicators-name"
    UNIT = "indicators-unit"
    KIND = "indicators-kind"
    CAN_MOVE = "indicators-can-move"
    COMES_BEFORE = "indicators-comes-before"
    NATURE = "indicators-nature"
    DIRECTION = "indicators-direction"
    CADENCE = "indicators-cadence"
    RESULT = "indicators-result"
    TARGET = "indicators-target"
    TARGET_REASON = "indicators-target-reason"
    AVOIDS = "indicators-avoids"
    BELIEF = "indicators-belief"
    MOMENTS = "indicators-moments"
    REPORTER = "indicators-reporter"
    DUE_DAY = "indicators-due-day"
    SAVE = "indicators-save"
    RETIRE = "indicators-retire"
    SAID = "indicators-said"
    MARKS = "indicators-marks"
    MARK_DAY = "indicators-mark-day"
    MARK_NAME = "indicators-mark-name"
    MARK_TEAM = "indicators-mark-team"
    MARK_ADD = "indicators-mark-add"
    MARK_REMOVE = "indicators-mark-remove"
    MARK_SAID = "indicators-mark-said"


NEW, NONE = "new", "none"
"""The choices of an indicator that does not exist yet, and of nothing: an empty value would show nothing at all."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the form offers: indicators by number, teams, moments, and lag indicators as results."""

    indicators: Choices
    teams: Choices
    moments: Choices
    results: Choices


def section(t: Words) -> Component:
    """Return the section with places for what its callbacks fill."""
    return html.Div(
        [
            html.Div(id=Ids.FORM),
            html.P(id=Ids.SAID, role="status", className="mc-said"),
            html.Div(id=Ids.MARKS),
            html.P(id=Ids.MARK_SAID, role="status", className="mc-said"),
        ],
        className="mc-indicators",
    )


def form(t: Words, options: Options, which: Indicator | None) -> Component:
    """Return the form of one indicator; None begins a new one. What is measured of a known one stays as it is."""
    is_known = which is not None
    chosen = str(which.indicator_id) if which else NEW
    choices = [(NEW, t("indicator.new")), *options.indicators]
    top: list[Component] = [field(t("indicator.which"), select(Ids.WHICH, choices, chosen))]
    starters = [(NONE, t("indicator.no_starter")), *[(one.key, _starter(t, one.key)) for one in STARTERS]]
    starter = field(t("indicator.starter"), select(Ids.STARTER, starters, NONE), t("indicator.starter_help"))
    top.append(html.Div(starter, hidden=is_known))
    return card(
        [
            html.Div(top, className="mc-fields"),
            html.Div(_measured(t, options, which), className="mc-fields"),
            html.Div(_questions(t), hidden=is_known),
            html.P(id=Ids.NATURE, role="status", className="mc-warning", hidden=True),
            html.Div(_told(t, options, which), className="mc-fields"),
            html.Div(
                [
                    html.Button(t("common.save"), id=Ids.SAVE, className="mc-button mc-primary", type="button"),
                    html.Button(
                        t("indicator.retire"), id=Ids.RETIRE, className="mc-button", type="button", hidden=not is_known
                    ),
                ],
                className="mc-actions",
            ),
        ],
        title=t("indicator.title"),
        note=t("indicator.note"),
    )


def _starter(t: Words, key: str) -> str:
    trade = next(one.trade for one in STARTERS if one.key == key)
    return f"{t(f'trade.{trade.value}')}: {t(f'starter.{key}_name')}"


def _measured(t: Words, options: Options, which: Indicator | None) -> list[Component]:
    """Return what is measured; of a known indicator only the target may still change."""
    known = {"disabled": which is not None}
    kinds = [(kind.value, t(f"kind.{kind.value}")) for kind in Kind]
    directions = [(str(one.value), t(f"direction.{one.name.lower()}")) for one in Direction]
    cadences = [(one.value, t(f"cadence.{one.value}")) for one in Cadence]
    target = which.targets[-1].value if which and which.targets else None
    team = select(Ids.TEAM, options.teams, which.team if which else _first(options.teams), **known)
    way = which.direction if which else Direction.MORE
    kind, cadence = (which.kind, which.cadence) if which else (Kind.LEAD, Cadence.WEEKLY)
    reason = field(t("indicator.target_reason"), dbc.Input(id=Ids.TARGET_REASON, maxLength=300))
    return [
        field(t("indicator.team"), team),
        field(t("indicator.name"), dbc.Input(id=Ids.NAME, value=which.name if which else "", maxLength=200)),
        field(
            t("indicator.unit"),
            dbc.Input(id=Ids.UNIT, value=which.unit if which else SHARE, maxLength=20, **known),
            t("indicator.unit_help"),
        ),
        field(t("indicator.direction"), select(Ids.DIRECTION, directions, str(way.value), **known)),
        field(t("indicator.target"), dbc.Input(id=Ids.TARGET, type="number", step="any", value=target)),
        html.Div(reason, hidden=target is None),
        field(t("indicator.kind"), select(Ids.KIND, kinds, kind.value)),
        field(t("indicator.cadence"), select(Ids.CADENCE, cadences, cadence.value)),
    ]


def _first(choices: Choices) -> str:
    return choices[0][0] if choices else ""


def _questions(t: Words) -> Component:
    """Return the two questions that tell a lead from a lag."""
    return html.Fieldset(
        [
            html.Legend(t("indicator.questions")),
            dbc.Checkbox(id=Ids.CAN_MOVE, label=t("indicator.can_move"), value=True),
            dbc.Checkbox(id=Ids.COMES_BEFORE, label=t("indicator.comes_before"), value=True),
        ],
        className="mc-questions",
    )


def _told(t: Words, options: Options, which: Indicator | None) -> list[Component]:
    results = [(NONE, t("indicator.result_nps")), *options.results]
    days = [(str(day), t(f"day.{day}")) for day in range(7)]
    moments = dbc.Checklist(
        id=Ids.MOMENTS,
        options=options_of(options.moments),
        value=list(which.moments) if which else [],
        className="mc-checks mc-moments",
        inline=True,
    )
    result = str(which.result_id) if which and which.result_id else NONE
    return [
        field(t("indicator.avoids"), dbc.Input(id=Ids.AVOIDS, value=which.avoids if which else "", maxLength=300)),
        field(t("indicator.belief"), dbc.Input(id=Ids.BELIEF, value=which.belief if which else "", maxLength=300)),
        field(t("indicator.result"), select(Ids.RESULT, results, result)),
        field(
            t("indicator.reporter"),
            dbc.Input(id=Ids.REPORTER, value=which.reporter if which else "", maxLength=200),
            t("indicator.reporter_help"),
        ),
        field(t("indicator.due_day"), select(Ids.DUE_DAY, days, str(which.due_day if which else 0))),
        html.Fieldset([html.Legend(t("indicator.moments")), moments], className="mc-questions mc-whole"),
    ]


def _of_mark(t: Words, mark: Mark, names: Mapping[str, str]) -> list[str]:
    team = names.get(mark.team, mark.team) or t("indicator.whole_company")
    return [t.short_day(mark.day, year=True), mark.name, team]


def marks(t: Words, every: Sequence[Mark], teams: Choices, today: date) -> Component:
    """Return the marks, newest first, and the form of another."""
    names = dict(teams)
    items = [
        html.Li(
            [
                html.Span(" · ".join(_of_mark(t, mark, names))),
                html.Button(
                    t("indicator.mark_remove"),
                    id={"type": Ids.MARK_REMOVE.value, "mark": mark.mark_id},
                    className="mc-button mc-small",
                    type="button",
                    **{"aria-label": f"{t('indicator.mark_remove')}: {mark.name}"},
                ),
            ]
        )
        for mark in reversed(every)
    ]
    choices = [(NONE, t("indicator.whole_company")), *teams]
    fields = [
        field(t("indicator.mark_day"), dbc.Input(id=Ids.MARK_DAY, type="date", value=today.isoformat())),
        field(t("indicator.mark_name"), dbc.Input(id=Ids.MARK_NAME, maxLength=200)),
        field(t("indicator.team"), select(Ids.MARK_TEAM, choices, NONE)),
    ]
    add = html.Button(t("common.add"), id=Ids.MARK_ADD, className="mc-button", type="button")
    return card(
        [html.Ul(items, className="mc-goals mc-marks"), html.Div(fields, className="mc-fields"), add],
        title=t("teams.marks"),
        note=t("indicator.mark_help"),
    )
