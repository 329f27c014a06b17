"""Mejoras, the board: where every card stands, what each route yields, what to look at, what to stop doing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import urlencode

import dash_bootstrap_components as dbc
from dash import dcc, html

from dashboard.funnels import Funnel, Stay
from dashboard.improvements import Improvement
from dashboard.leaving import Candidate
from dashboard.preferences import Serving, improvements_serving
from dashboard.steps import STEPS, Horizon, Route, Step, Verb
from layouts.fields import Choices, field, select
from layouts.figures.base import CONFIG, EMPTY
from layouts.shell import Component, card, empty, heading
from layouts.words import Words

PATH = "/improvements"

QUICK_WAY, LONG_WAY = STEPS[Horizon.QUICK_WIN], STEPS[Horizon.MEDIUM_TERM]


class Ids(StrEnum):
    """Ids of the view."""

    TITLE = "improvements-title"
    SUBTITLE = "improvements-subtitle"
    ACTIONS = "improvements-actions"
    PILLS = "improvements-pills"
    CONTENT = "improvements-content"
    FORM = "improvements-form"
    SAID = "improvements-said"
    WRITTEN = "improvements-written"
    EFFECT = "improvements-effect"
    EFFECT_FIGURE = "improvements-effect-figure"
    EFFECT_WORDS = "improvements-effect-words"
    EFFECT_CARD = "improvements-effect-card"
    LEAVING = "improvements-leaving"
    ACTIVITY_NAME = "improvements-activity-name"
    ACTIVITY_TEAM = "improvements-activity-team"
    ACTIVITY_MOMENT = "improvements-activity-moment"
    ACTIVITY_HOURS = "improvements-activity-hours"
    ACTIVITY_ADD = "improvements-activity-add"
    ACTIVITY_REMOVE = "improvements-activity-remove"
    ACTIVITY_SAID = "improvements-activity-said"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address chooses: a route, a horizon, a kind; empty is all. `card` is a number, `new`, or empty."""

    route: str = ""
    horizon: str = ""
    verb: str = ""
    card: str = ""

    def link(self, **changed: str) -> str:
        """Return the address with some choices changed; a card is left."""
        said = {"route": self.route, "horizon": self.horizon, "verb": self.verb, **changed}
        query = urlencode({name: value for name, value in said.items() if value})
        return f"{PATH}?{query}" if query else PATH


@dataclass(frozen=True, slots=True)
class Board:
    """What the board shows."""

    cards: Sequence[Improvement]
    every: Sequence[Improvement]
    funnels: Sequence[Funnel]
    stays: Sequence[Stay]
    candidates: Sequence[Candidate]
    patched: Sequence[tuple[str, int]]
    today: date
    actions: Serving


def page(t: Words, leaving: Component) -> Component:
    """Return the page with places for what its callbacks fill."""
    graph = dcc.Graph(id=Ids.EFFECT, config=CONFIG, figure=EMPTY, responsive=True, className="mc-graph-inner")
    marks = {"aria-describedby": Ids.EFFECT_WORDS, "aria-label": t("improvements.effect")}
    drawn = html.Div(graph, id=Ids.EFFECT_FIGURE, role="img", className="mc-figure mc-graph", **marks)
    return html.Div(
        [
            heading(
                t,
                html.Span(id=Ids.TITLE),
                html.Span(id=Ids.SUBTITLE),
                [html.Div(id=Ids.ACTIONS, className="mc-actions")],
            ),
            html.Div(id=Ids.PILLS),
            html.Div(id=Ids.CONTENT, className="mc-improvements"),
            html.Div(card([drawn, html.Div(id=Ids.EFFECT_WORDS)], title=t("improvements.effect")), id=Ids.EFFECT_CARD),
            dcc.Store(id=Ids.WRITTEN),
            html.P(id=Ids.SAID, role="status", className="mc-said"),
            html.Div(id=Ids.FORM, className="no-print"),
            html.Div(leaving, id=Ids.LEAVING, className="no-print"),
            html.P(id=Ids.ACTIVITY_SAID, role="status", className="mc-said"),
        ]
    )


def new_link(t: Words) -> Component:
    """Return the way to propose an improvement."""
    return dcc.Link(t("improvements.new"), href=f"{PATH}?card=new", className="mc-button mc-primary")


def pills(t: Words, chosen: Chosen) -> Component:
    """Return the choices of route, horizon and kind, as links: the address says what is seen."""
    routes = [(one.value, t(f"route.{one.value}")) for one in Route]
    horizons = [(one.value, t(f"horizon.{one.value}")) for one in Horizon]
    verbs = [(one.value, t(f"verb.{one.value}")) for one in Verb]
    parts = (
        _pill(t, chosen, "route", routes, chosen.route),
        _pill(t, chosen, "horizon", horizons, chosen.horizon),
        _pill(t, chosen, "verb", verbs, chosen.verb),
    )
    return html.Div(list(parts), className="mc-filters no-print", role="group", **{"aria-label": t("filters.title")})


def _pill(t: Words, chosen: Chosen, name: str, options: Sequence[tuple[str, str]], value: str) -> Component:
    every = [("", t("filters.all")), *options]
    links = [dcc.Link(said, href=chosen.link(**{name: key}), className="mc-menu-item") for key, said in every]
    summary = html.Summary([t(f"improvements.{name}"), " ", html.B(dict(every)[value])], className="mc-pill")
    marked = " mc-chosen" if value else ""
    return html.Details([summary, html.Div(links, className="mc-popup")], className="mc-dropdown" + marked)


def board(t: Words, shown: Board, chosen: Chosen) -> list[Component]:
    """Return the whole board; before there is any card, what to do."""
    if not shown.every:
        return [empty(t, t("improvements.empty"), t("improvements.empty_next"), [new_link(t)])]
    lanes = []
    for horizon, way in ((Horizon.MEDIUM_TERM, LONG_WAY), (Horizon.QUICK_WIN, QUICK_WAY)):
        mine = [one for one in shown.cards if one.horizon is horizon]
        if chosen.horizon in ("", horizon.value):
            lanes.append(_lane(t, horizon, way, mine, shown.today))
    pair = [_routes(t, shown.funnels), _leaving(t, shown.candidates)]
    last = [_attention(t, shown), _steps(t, shown.stays)]
    return [*lanes, html.Div(pair, className="mc-pair"), html.Div(last, className="mc-pair")]


def _lane(t: Words, horizon: Horizon, way: Sequence[Step], cards: Sequence[Improvement], today: date) -> Component:
    columns = [_column(t, place, step, way, cards, today) for place, step in enumerate(way)]
    gone = sum(one.is_dropped for one in cards)
    note = t("improvements.dropped", n=gone) if gone else ""
    return html.Section(
        [
            html.Div([html.H2(t(f"improvements.lane_{horizon.value}")), html.Small(note, className="mc-note")]),
            html.Div(columns, className=f"mc-lane mc-lane-{len(way)}"),
        ],
        className="mc-way",
    )


def _column(
    t: Words, place: int, step: Step, way: Sequence[Step], cards: Sequence[Improvement], today: date
) -> Component:
    """Return one step: who stands in it; the last one also holds what is done, newest first."""
    here = [one for one in cards if one.is_open and one.step is step]
    done = [one for one in cards if one.step is None and not one.is_dropped] if step is way[-1] else []
    done.sort(key=lambda one: one.launched or one.born, reverse=True)
    title = html.H3([f"{place + 1} {t(f'step.{step.value}')} ", html.Small(t.count(len(here) + len(done)))])
    items = [html.Li(tile(t, one, today)) for one in (*here, *done)]
    return html.Section([title, html.Ul(items)], className="mc-step" + ("" if items else " mc-step-empty"))


def tile(t: Words, one: Improvement, today: date) -> Component:
    """Return a card as a link to its story."""
    return dcc.Link(
        [
            html.B(one.name),
            html.Span(t(f"route.{one.route.value}"), className="mc-muted"),
            _owner(t, one, today),
            *([html.Small(t("improvements.is_slow"), className="mc-down")] if one.is_slow_win(today) else []),
        ],
        href=f"{PATH}?card={one.improvement_id}",
        className="mc-tile",
    )


def _owner(t: Words, one: Improvement, today: date) -> Component:
    """Return who answers for it and until when, with its state in words."""
    if one.step is None:
        return html.Span(f"{one.owner} · {t('improvements.done')} ✓", className="mc-chip mc-chip-done")
    if not one.owner or one.due is None:
        return html.Span(t("improvements.undecided"), className="mc-chip")
    late = one.is_late(today)
    words = f"{one.owner} · {t.short_day(one.due)}" + (f" · {t('improvements.late')}" if late else "")
    return html.Span(words, className="mc-chip" + (" mc-chip-late" if late else ""))


def _routes(t: Words, funnels: Sequence[Funnel]) -> Component:
    most = max((one.proposed for one in funnels), default=0) or 1
    rows = []
    for one in funnels:
        parts = ((one.launched, "launched"), (one.piloted - one.launched, "piloted"))
        rest = one.proposed - one.piloted
        bars = [
            html.Span(className=f"mc-part mc-part-{name}", style={"width": f"{100 * count / most:.1f}%"})
            for count, name in (*parts, (rest, "proposed"))
            if count
        ]
        said = t("improvements.funnel", proposed=one.proposed, piloted=one.piloted, launched=one.launched)
        effect = t("improvements.no_effect")
        if one.effect is not None:
            low, high = (t.points(edge, 1) for edge in one.effect.interval)
            effect = t("improvements.pooled", d=t.points(one.effect.value, 1, signed=True), low=low, high=high)
        if one.per_hour is not None:
            effect += " · " + t("improvements.per_hour", d=t.points(100 * one.per_hour, 1, signed=True))
        rows.append(
            html.Div(
                [
                    html.Dt(t(f"route.{one.route.value}")),
                    html.Dd(
                        [
                            html.Div(bars, className="mc-parts", **{"aria-hidden": "true"}),
                            html.Span(said),
                            html.Small(effect),
                        ]
                    ),
                ],
                className="mc-route",
            )
        )
    return card(html.Dl(rows), title=t("improvements.routes"), note=t("improvements.routes_note"))


def _leaving(t: Words, candidates: Sequence[Candidate]) -> Component:
    if not candidates:
        return card(html.P(t("improvements.leaving_empty"), className="mc-muted"), title=t("improvements.leaving"))
    rows = []
    for one in candidates:
        signal = t("improvements.no_signal")
        if one.weight is not None:
            signal = t("improvements.weighs", share=t.share(one.weight))
        warned = t("improvements.promised", n=one.promised) if one.promised else ""
        rows.append(
            html.Li(
                [
                    html.B(one.activity.name),
                    html.Span(t("improvements.hours_year", n=round(one.activity.hours))),
                    html.Span(signal, className="mc-muted"),
                    *([html.Span(f"⚠ {warned}", className="mc-down")] if warned else []),
                ]
            )
        )
    return card(
        html.Ul(rows, className="mc-leaving"), title=t("improvements.leaving"), note=t("improvements.leaving_note")
    )


def _attention(t: Words, shown: Board) -> Component:
    """Return what asks for somebody: slow wins, launches nobody looked at, customers not told, third patches."""
    groups = (
        ("slow", [one for one in shown.every if one.is_slow_win(shown.today)]),
        ("forgotten", [one for one in shown.every if one.is_forgotten(shown.today)]),
        ("untold", [one for one in shown.every if one.is_untold]),
        ("late_ones", [one for one in shown.every if one.is_late(shown.today)]),
    )
    parts: list[Component] = []
    for name, cards in groups:
        if cards:
            links = [
                html.Li(dcc.Link(one.name, href=f"{PATH}?card={one.improvement_id}", className="mc-see"))
                for one in cards
            ]
            parts += [html.H3(t(f"improvements.{name}")), html.Ul(links, className="mc-plain")]
    for cause, count in shown.patched:
        parts.append(html.P(f"⚠ {t('improvements.patched', cause=cause, n=count)}", className="mc-warning"))
    parts += _served(t, improvements_serving(shown.every), shown.actions)
    return card(parts, title=t("improvements.attention"))


def _served(t: Words, improved: Serving, undertaken: Serving) -> list[Component]:
    """Return which share of improvements, and which of actions, names the preference of the customer that it serves."""
    told = [t("improvements.preference_share", share=t.share(improved.share), n=improved.n)]
    if undertaken.n:
        told.append(t("improvements.preference_share_actions", share=t.share(undertaken.share), n=undertaken.n))
    else:
        told.append(t("improvements.preference_no_actions"))
    return [html.H3(t("improvements.preference_title")), html.Ul([html.Li(one) for one in told], className="mc-plain")]


def _steps(t: Words, stays: Sequence[Stay]) -> Component:
    head = [t("improvements.step"), t("improvements.here"), t("improvements.days"), t("improvements.died")]
    rows = [
        html.Tr(
            [
                html.Th(t(f"step.{stay.step.value}"), scope="row"),
                html.Td(t.count(stay.here)),
                html.Td("—" if stay.days is None else t.points(stay.days)),
                html.Td(t.count(stay.died)),
            ]
        )
        for stay in stays
    ]
    columns = html.Thead(html.Tr([html.Th(name, scope="col") for name in head]))
    return card(
        html.Table([columns, html.Tbody(rows)], className="mc-table mc-steps-table"),
        title=t("improvements.steps"),
        note=t("improvements.steps_note"),
    )


def leaving_form(
    t: Words, teams: Sequence[tuple[str, str]], moments: Sequence[tuple[str, str]], known: Mapping[int, str]
) -> Component:
    """Return the form of what the house does again and again; nothing for those who may not write."""
    if not teams:
        return html.Div()

    def first(choices: Choices) -> str | None:
        return choices[0][0] if choices else None

    hours = dbc.Input(id=Ids.ACTIVITY_HOURS, type="number", min=1, step=1)
    fields = [
        field(t("improvements.activity"), dbc.Input(id=Ids.ACTIVITY_NAME, maxLength=200)),
        field(t("dimension.team"), select(Ids.ACTIVITY_TEAM, teams, first(teams))),
        field(t("dimension.moment"), select(Ids.ACTIVITY_MOMENT, moments, first(moments))),
        field(t("improvements.hours_a_year"), hours),
    ]
    gone = [
        html.Button(
            f"{t('common.remove')}: {name}",
            id={"type": Ids.ACTIVITY_REMOVE.value, "activity": activity_id},
            className="mc-button mc-small",
            type="button",
        )
        for activity_id, name in known.items()
    ]
    add = html.Button(t("common.add"), id=Ids.ACTIVITY_ADD, className="mc-button", type="button")
    return html.Details(
        [
            html.Summary(t("improvements.leaving_edit")),
            html.Div(fields, className="mc-fields"),
            html.Div([add, *gone], className="mc-actions"),
        ],
        className="mc-card mc-reporting",
    )
