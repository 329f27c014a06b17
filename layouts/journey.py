"""The journey: a heat map that is read with a keyboard too, what weighs, and where to act first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

import dash_bootstrap_components as dbc
from dash import dcc, html

from dashboard.importance import FEWEST_ANSWERS, Weighing
from dashboard.journey import Journey, Moment, Order
from dashboard.journey_cells import Measure
from dashboard.journey_comparison import Versus
from layouts.fields import options_of
from layouts.figures.base import CONFIG, EMPTY
from layouts.journey_numbers import number, pivot_name
from layouts.shell import Component, card, heading, table
from layouts.words import Words

BRUSH = {**CONFIG, "modeBarButtonsToRemove": ["lasso2d"]}


class Ids(StrEnum):
    """Ids of the journey."""

    FILTERS = "journey-filters"
    ACTIONS = "journey-actions"
    MEASURE = "journey-measure"
    PIVOT = "journey-pivot"
    ORDER = "journey-order"
    VERSUS = "journey-versus"
    SIDES = "journey-sides"
    CHOICES = "journey-choices"
    CELL = "journey-cell"
    HEAD = "journey-head"
    GRID = "journey-grid"
    BEHIND = "journey-behind"
    DRAWER = "journey-drawer"
    PRIORITIES = "journey-priorities"
    PRIORITIES_WORDS = "journey-priorities-words"
    TIMELINE = "journey-timeline"
    TIMELINE_WORDS = "journey-timeline-words"
    MOMENTS = "journey-moments"
    BRUSHED = "journey-brushed"


Chosen = Mapping[str, str]
"""What the address chooses beside filters: measure, pivot, order, what is compared, cell and row."""

SIDES = ("a", "b", "from", "to")
"""What the address says of the two sides of a comparison."""


def page(
    t: Words, chosen: Chosen, pivots: Sequence[str], telling: Component = None, comparable: Sequence[str] = ()
) -> Component:
    """Return the page with places for what one callback fills, and how people say what they know of a moment."""
    graph = dcc.Graph(id=Ids.PRIORITIES, config=CONFIG, figure=EMPTY, responsive=True, className="mc-graph-inner")
    line = dcc.Graph(id=Ids.TIMELINE, config=BRUSH, figure=EMPTY, responsive=True, className="mc-graph-inner")
    cell = {"moment": chosen["cell"], "row": chosen["of"]} if "cell" in chosen and "of" in chosen else None
    heat = html.Section(
        [
            html.Div(id=Ids.HEAD, className="mc-card-head"),
            html.Div(id=Ids.GRID, className="mc-heat-scroll"),
            html.Div(id=Ids.BEHIND),
        ],
        className="mc-card mc-heat-card",
    )
    first = card(
        [
            _figure(graph, Ids.PRIORITIES_WORDS, t("journey.first"), "mc-graph-first"),
            html.Div(id=Ids.PRIORITIES_WORDS),
        ],
        title=t("journey.first"),
        note=t("journey.first_note"),
    )
    timeline = card(
        [
            _figure(line, Ids.TIMELINE_WORDS, t("journey.timeline"), "mc-graph-timeline"),
            html.Div(id=Ids.TIMELINE_WORDS),
        ],
        title=t("journey.timeline"),
        note=t("journey.timeline_note"),
    )
    return html.Div(
        [
            heading(t, t("journey.title"), t("journey.subtitle"), [html.Div(id=Ids.ACTIONS)]),
            html.Div(id=Ids.FILTERS),
            _controls(t, chosen, pivots, comparable),
            dcc.Store(id=Ids.CELL, data=cell),
            dcc.Store(id=Ids.SIDES, data={key: chosen[key] for key in SIDES if key in chosen}),
            dcc.Store(id=Ids.BRUSHED),
            html.Div(
                [
                    html.Div(
                        [heat, first, html.Div(id=Ids.MOMENTS, className="mc-stack"), timeline, telling],
                        className="mc-stack",
                    ),
                    html.Aside(id=Ids.DRAWER, className="mc-card mc-drawer", **{"aria-label": t("journey.drawer")}),
                ],
                className="mc-journey",
            ),
        ]
    )


def _figure(graph: Component, words: str, title: str, class_name: str) -> Component:
    marks = {"aria-describedby": words, "aria-label": title}
    return html.Div(graph, role="img", className=f"mc-figure {class_name}", **marks)


def _controls(t: Words, chosen: Chosen, pivots: Sequence[str], comparable: Sequence[str]) -> Component:
    def select(identity: Ids, key: str, options: Sequence[tuple[str, str]], usual: str) -> Component:
        values = {value for value, _ in options}
        value = chosen.get(key, usual) if chosen.get(key, usual) in values else usual
        return html.Label(
            [html.Span(t(f"journey.by_{key}")), dbc.Select(id=identity, options=options_of(options), value=value)],
            className="mc-control",
            **{"data-mc-key": key, "data-mc-usual": usual},
        )

    periods = [(one.value, t(f"journey.versus_{one.value}")) for one in Versus if one is not Versus.VALUE]
    values = [(one, t("journey.versus_value", dimension=pivot_name(t, one))) for one in comparable]

    return html.Div(
        [
            select(Ids.MEASURE, "measure", [("auto", t("journey.measure_auto")), *_measures(t)], "auto"),
            select(Ids.PIVOT, "pivot", [(name, pivot_name(t, name)) for name in pivots], "segment"),
            select(Ids.ORDER, "order", [(one.value, t(f"journey.order_{one.value}")) for one in Order], "named"),
            select(Ids.VERSUS, "versus", [*periods, *values], Versus.MARKS.value),
            html.Div(id=Ids.CHOICES, className="mc-sides"),
        ],
        className="mc-controls no-print",
        role="group",
        **{"aria-label": t("journey.controls")},
    )


def _measures(t: Words) -> list[tuple[str, str]]:
    return [(one.value, t(f"measure.{one.value}")) for one in Measure]


def priorities_words(t: Words, found: Journey) -> list[Component]:
    """Return what the figure says: the moments to act on first, and how sure that is."""
    weighed = found.importance
    if weighed.state is Weighing.INSUFFICIENT:
        told = t("journey.weigh_more", n=weighed.n, needed=t.count(max(weighed.needed, FEWEST_ANSWERS)))
        return [html.P(told, className="mc-muted")]
    if weighed.state is Weighing.UNEXPLAINED:
        return [html.P(t("journey.unexplained"), className="mc-muted")]
    first = sorted((one for one in found.moments if one.is_first), key=lambda one: -(one.chance or 0))
    lines = [
        html.Li(t("journey.gain", moment=one.name, share=t.share(one.share), lived=t.points(one.lived, 1)))
        for one in first
    ]
    return [
        html.Ul(lines, className="mc-list") if lines else html.P(t("journey.none_first"), className="mc-muted"),
        html.Details(
            [html.Summary(t("journey.all_weights")), _weights_table(t, found), _how(t, found)], className="mc-more"
        ),
    ]


def _weights_table(t: Words, found: Journey) -> Component:
    columns = [t(f"journey.column_{name}") for name in ("moment", "weighs", "stated", "lived", "gap", "parts")]

    def row(one: Moment) -> list[str]:
        share = t("common.none")
        if one.share is not None:
            share = t("journey.between", share=t.share(one.share), low=t.share(one.low), high=t.share(one.high))
        numbers = [t.points(value, 1) if value is not None else t("common.none") for value in (one.stated, one.lived)]
        signed = [
            t.points(value, 1, signed=True) if value is not None else t("common.none") for value in (one.gap, one.parts)
        ]
        return [one.name, share, *numbers, *signed]

    return table(t("journey.all_weights"), columns, [row(one) for one in found.moments])


def _how(t: Words, found: Journey) -> Component:
    weighed = found.importance
    said = [t("journey.how", n=weighed.n, explained=t.share(weighed.explained))]
    if found.checked is not None:
        said.append(t("journey.how_checked", points=t.points(100 * found.checked, 1)))
    if weighed.left_out:
        said.append(t("journey.left_out", moments=t.listed(list(weighed.left_out))))
    said.append(t("journey.how_caveat"))
    return html.P(" ".join(said), className="mc-muted")


def moments(t: Words, found: Journey) -> list[Component]:
    """Return what hurts and is nobody's, and where it depends on who serves."""
    alone = [one for one in found.moments if one.is_first and one.lacks]
    cards = []
    if alone:
        items = [
            html.Li([html.B(one.name), ": ", t.listed([t(f"lack.{lack.value}") for lack in one.lacks])])
            for one in alone
        ]
        cards.append(card(html.Ul(items, className="mc-list"), title=t("journey.alone"), class_name="mc-alone"))
    names = dict(found.rows)
    spread = [one for one in found.moments if one.least is not None and one.most is not None]
    if spread and found.measure is not Measure.ANSWERS:
        rows = [_spread(t, found.measure, one, names) for one in sorted(spread, key=_width, reverse=True)]
        columns = [
            t("journey.column_moment"),
            t("journey.column_worst"),
            t("journey.column_best"),
            t("journey.column_width"),
        ]
        caption = t("journey.consistency_of", rows=pivot_name(t, found.pivot).lower())
        body = html.Details(
            [html.Summary(_widest(t, found, spread, names)), table(caption, columns, rows)], className="mc-more"
        )
        cards.append(card(body, title=t("journey.consistency")))
    return cards


def _width(one: Moment) -> float:
    assert one.least is not None
    assert one.most is not None
    return one.most[1] - one.least[1]


def _spread(t: Words, measure: Measure, one: Moment, names: Mapping[str, str]) -> list[str]:
    assert one.least is not None
    assert one.most is not None
    ends = [f"{names.get(key, key)}: {number(t, measure, value)}" for key, value in (one.least, one.most)]
    return [one.name, *ends, number(t, measure, _width(one), signed=False)]


def _widest(t: Words, found: Journey, spread: Sequence[Moment], names: Mapping[str, str]) -> str:
    one = max(spread, key=_width)
    _, worst, best, _ = _spread(t, found.measure, one, names)
    return t("journey.widest", moment=one.name, worst=worst, best=best)
