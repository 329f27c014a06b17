"""The journey: a heat map that is read with a keyboard too, what weighs, and where to act first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

import dash_bootstrap_components as dbc
import polars as pl
from dash import dcc, html

from dashboard.changes import Verdict
from dashboard.importance import FEWEST_ANSWERS, Weighing
from dashboard.journey import Journey, Moment, Order
from dashboard.journey_cells import Measure, hurts
from dashboard.palette import with_classes
from dashboard.thresholds import INDICATIVE_FROM, NORMAL_FROM
from layouts.figures.base import CONFIG, EMPTY
from layouts.shell import Component, card, empty, heading, table
from layouts.words import Words

BRUSH = {**CONFIG, "modeBarButtonsToRemove": ["lasso2d"]}

MOST_DIFFERENT = {Measure.NPS: 50.0, Measure.MEAN: 3.0, Measure.TOP: 3.0, Measure.GAP: 3.0, Measure.ANSWERS: 1.0}
"""Differences beyond take the end colours, in units of the measure."""

MOST_DOUBT = {Measure.NPS: 16.0, Measure.MEAN: 1.6, Measure.TOP: 1.6, Measure.GAP: 1.6, Measure.ANSWERS: 1.0}
"""From this standard deviation on a colour says nothing."""


class Ids(StrEnum):
    """Ids of the journey."""

    FILTERS = "journey-filters"
    ACTIONS = "journey-actions"
    MEASURE = "journey-measure"
    PIVOT = "journey-pivot"
    ORDER = "journey-order"
    VERSUS = "journey-versus"
    CELL = "journey-cell"
    HEAD = "journey-head"
    GRID = "journey-grid"
    DRAWER = "journey-drawer"
    PRIORITIES = "journey-priorities"
    PRIORITIES_WORDS = "journey-priorities-words"
    TIMELINE = "journey-timeline"
    TIMELINE_WORDS = "journey-timeline-words"
    MOMENTS = "journey-moments"
    BRUSHED = "journey-brushed"


Chosen = Mapping[str, str]
"""What the address chooses beside filters: measure, pivot, order, versus, cell and row."""


def page(t: Words, chosen: Chosen, pivots: Sequence[str], telling: Component = None) -> Component:
    """Return the page with places for what one callback fills, and how people say what they know of a moment."""
    graph = dcc.Graph(id=Ids.PRIORITIES, config=CONFIG, figure=EMPTY, responsive=True, className="mc-graph-inner")
    line = dcc.Graph(id=Ids.TIMELINE, config=BRUSH, figure=EMPTY, responsive=True, className="mc-graph-inner")
    cell = {"moment": chosen["cell"], "row": chosen["of"]} if "cell" in chosen and "of" in chosen else None
    heat = html.Section(
        [html.Div(id=Ids.HEAD, className="mc-card-head"), html.Div(id=Ids.GRID, className="mc-heat-scroll")],
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
            _controls(t, chosen, pivots),
            dcc.Store(id=Ids.CELL, data=cell),
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


def _controls(t: Words, chosen: Chosen, pivots: Sequence[str]) -> Component:
    def select(identity: Ids, key: str, options: Sequence[tuple[str, str]], usual: str) -> Component:
        known = [{"label": label, "value": value} for value, label in options]
        values = {value for value, _ in options}
        value = chosen.get(key, usual) if chosen.get(key, usual) in values else usual
        return html.Label(
            [html.Span(t(f"journey.by_{key}")), dbc.Select(id=identity, options=known, value=value)],
            className="mc-control",
            **{"data-mc-key": key},
        )

    return html.Div(
        [
            select(Ids.MEASURE, "measure", [("auto", t("journey.measure_auto")), *_measures(t)], "auto"),
            select(Ids.PIVOT, "pivot", [(name, pivot_name(t, name)) for name in pivots], "segment"),
            select(Ids.ORDER, "order", [(one.value, t(f"journey.order_{one.value}")) for one in Order], "named"),
            select(Ids.VERSUS, "versus", [(one, t(f"journey.versus_{one}")) for one in ("before", "year")], "before"),
        ],
        className="mc-controls no-print",
        role="group",
        **{"aria-label": t("journey.controls")},
    )


def _measures(t: Words) -> list[tuple[str, str]]:
    return [(one.value, t(f"measure.{one.value}")) for one in Measure]


def pivot_name(t: Words, pivot: str) -> str:
    """Return what the rows are called."""
    return t("dimension.attribute") if pivot == "attribute" else t(f"dimension.{pivot}")


def number(t: Words, measure: Measure, value: float | None, *, signed: bool = True) -> str:
    """Return a value of a measure as its cell prints it."""
    if value is None:
        return t("common.none")
    if measure is Measure.ANSWERS:
        return t.count(round(value))
    if measure is Measure.TOP:
        return t.share(value / 10)
    if measure is Measure.NPS:
        return t.points(value, signed=signed)
    return t.points(value, 1, signed=measure is Measure.GAP)


def head(t: Words, found: Journey) -> list[Component]:
    """Return the title of the heat map and how it is read."""
    title = t("journey.heat", measure=t(f"measure.{found.measure.value}"), rows=pivot_name(t, found.pivot).lower())
    notes = []
    if found.whole is not None:
        notes.append(t("journey.colours", whole=number(t, found.measure, found.whole, signed=False)))
    if found.measure is not Measure.ANSWERS:
        since, until = t.short_day(found.before.since), t.short_day(found.before.until)
        notes.append(t("journey.marks", since=since, until=until))
    coverage = t("journey.coverage", measured=found.measured, n=len(found.moments))
    return [
        html.H2(title),
        html.Small([coverage, *[part for note in notes for part in (" · ", note)]], className="mc-note"),
    ]


def grid(t: Words, found: Journey, opened: tuple[str, str] | None) -> Component:
    """Return the heat map: a grid whose one cell in the order of tabs is the open one, else the first."""
    if found.is_empty or found.cells.is_empty():
        sources = dcc.Link(t("journey.empty_action"), href="/sources", className="mc-button mc-primary")
        return empty(t, t("journey.empty"), t("journey.empty_next"), [sources])
    cells = {(row["moment"], row["row"]): row for row in _coloured(found).iter_rows(named=True)}
    keys = [(moment.key, key) for key, _ in found.rows for moment in found.moments]
    focus = opened if opened in keys else keys[0]
    names = [_column(t, moment) for moment in found.moments]
    corner_words = html.Span(pivot_name(t, found.pivot), className="visually-hidden")
    corner = html.Div(corner_words, role="columnheader", className="mc-heat-name")
    header = html.Div([corner, *names], role="row")
    rows = [header, *_weights(t, found)]
    for line, (key, name) in enumerate(found.rows):
        label = html.Div(name, role="rowheader", className="mc-heat-name")
        inner = [
            _cell(t, found, cells.get((moment.key, key)), moment, (key, name), (line, place), (focus, opened))
            for place, moment in enumerate(found.moments)
        ]
        rows.append(html.Div([label, *inner], role="row"))
    return html.Div(
        rows,
        role="grid",
        className="mc-heat",
        style={"--columns": str(len(found.moments))},
        **{"aria-label": t("journey.grid", rows=pivot_name(t, found.pivot).lower()), "data-mc-grid": "journey"},
    )


def _coloured(found: Journey) -> pl.DataFrame:
    """Return the cells with the class of their colour, the less certain the paler."""
    whole = found.whole if found.whole is not None else 0.0
    differing = found.cells.with_columns(value_from=pl.col("shrunk") - whole)
    return with_classes(differing, "value_from", "shrunk_sd", MOST_DIFFERENT[found.measure], MOST_DOUBT[found.measure])


def _column(t: Words, moment: Moment) -> Component:
    glow = [html.Span("●", className="mc-glow", title=t("journey.hurts_alone"), **{"aria-hidden": "true"})]
    hidden = html.Span(t("journey.hurts_alone"), className="visually-hidden")
    is_glowing = moment.is_first and bool(moment.lacks)
    return html.Div([moment.name, *([*glow, hidden] if is_glowing else [])], role="columnheader", title=moment.name)


def _weights(t: Words, found: Journey) -> list[Component]:
    """Return the line of what each moment weighs; none where that is not known."""
    heaviest = max((moment.share or 0.0 for moment in found.moments), default=0.0)
    if not heaviest:
        return []
    bars = []
    for moment in found.moments:
        words = t("journey.weighs", share=t.share(moment.share)) if moment.share is not None else t("common.no_data")
        width = f"{100 * (moment.share or 0) / heaviest:.0f}%"
        bar = html.Span(html.Span(style={"width": width}), className="mc-weight", title=words)
        bars.append(html.Div([bar, html.Span(words, className="visually-hidden")], role="gridcell"))
    label = html.Div(t("journey.weight"), role="rowheader", className="mc-heat-name")
    return [html.Div([label, *bars], role="row", className="mc-heat-weights")]


def _cell(
    t: Words,
    found: Journey,
    cell: Mapping[str, Any] | None,
    moment: Moment,
    row: tuple[str, str],
    place: tuple[int, int],
    states: tuple[tuple[str, str], tuple[str, str] | None],
) -> Component:
    key, name = row
    focus, opened = states
    shown, tone, mark = _face(t, found, cell)
    is_open = opened == (moment.key, key)
    told = f"{name}, {moment.name}: {told_cell(t, found.measure, cell)}"
    return html.Div(
        [html.Span(shown), *([html.Span(mark, className="mc-heat-mark")] if mark else [])],
        role="gridcell",
        tabIndex="0" if focus == (moment.key, key) else "-1",
        className=f"mc-heat-cell {tone}" + (" mc-open" if is_open else ""),
        title=told,
        **{
            "aria-label": told,
            "aria-selected": "true" if is_open else "false",
            "data-moment": moment.key,
            "data-row": key,
            "data-line": str(place[0]),
            "data-place": str(place[1]),
        },
    )


def _face(t: Words, found: Journey, cell: Mapping[str, Any] | None) -> tuple[str, str, str]:
    """Return what a cell shows, the class of its look and its mark."""
    if cell is None:
        return t("common.none"), "mc-heat-none", ""
    if cell["is_hidden"] or cell["n"] < INDICATIVE_FROM:
        return t("journey.few"), "mc-heat-thin", ""
    text = number(t, found.measure, cell["value"])
    if found.measure is Measure.ANSWERS:
        return text, "mc-heat-plain", ""
    tone = f"mc-heat-{cell['level']}-{cell['place']}"
    if cell["n"] < NORMAL_FROM:
        return text, f"{tone} mc-heat-indicative", ""
    mark = {True: "▲", False: "▼"}[cell["change"] > 0] if cell["verdict"] == Verdict.REAL.value else ""
    pain = " mc-heat-pain" if hurts(found.measure, cell, found.whole) else ""
    return text, tone + pain, mark


def told_cell(t: Words, measure: Measure, cell: Mapping[str, Any] | None) -> str:
    """Return a cell in words."""
    if cell is None:
        return t("common.no_data")
    if cell["is_hidden"]:
        return t("journey.hidden")
    answers = t("score.answers", n=cell["n"])
    if cell["n"] < INDICATIVE_FROM:
        return t("journey.thin", answers=answers)
    if measure is Measure.ANSWERS:
        return answers
    parts = [number(t, measure, cell["value"]), margin(t, measure, cell), answers]
    if cell["n"] < NORMAL_FROM:
        parts.append(t("score.indicative"))
    elif cell["verdict"] == Verdict.REAL.value:
        parts.append(t("journey.rose" if cell["change"] > 0 else "journey.fell"))
    return ", ".join(parts)


def margin(t: Words, measure: Measure, cell: Mapping[str, Any]) -> str:
    """Return between what a value lies."""
    low, high = (number(t, measure, cell[end], signed=False) for end in ("low", "high"))
    return t("score.between", low=low, high=high)


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
