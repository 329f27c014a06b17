"""The heat map of the journey: a grid that is read with a keyboard too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
from dash import dcc, html

from dashboard.changes import Verdict
from dashboard.journey import Journey, Moment
from dashboard.journey_cells import Measure, hurts
from dashboard.palette import with_classes
from dashboard.thresholds import INDICATIVE_FROM, NORMAL_FROM
from layouts import journey_comparison as versus
from layouts.journey_numbers import MOST_DIFFERENT, MOST_DOUBT, margin, number, pivot_name
from layouts.shell import Component, empty
from layouts.words import Words


def head(t: Words, found: Journey) -> list[Component]:
    """Return the title of the heat map and how it is read."""
    if found.comparison is not None:
        return versus.head(t, found, found.comparison)
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
    compared = found.comparison
    if not found.moments or (found.rows if compared is None else compared.rows) == () or found.cells.is_empty():
        sources = dcc.Link(t("journey.empty_action"), href="/sources", className="mc-button mc-primary")
        return empty(t, t("journey.empty"), t("journey.empty_next"), [sources])
    lines = found.rows if compared is None else compared.rows
    drawn = _coloured(found) if compared is None else versus.coloured(found, compared)
    cells = {(row["moment"], row["row"]): row for row in drawn}
    keys = [(moment.key, key) for key, _ in lines for moment in found.moments]
    focus = opened if opened in keys else keys[0]
    names = [_column(t, moment) for moment in found.moments]
    corner_words = html.Span(pivot_name(t, found.pivot), className="visually-hidden")
    corner = html.Div(corner_words, role="columnheader", className="mc-heat-name")
    header = html.Div([corner, *names], role="row")
    rows = [header, *_weights(t, found)]
    for line, (key, own) in enumerate(lines):
        name = versus.row_name(t, found, (key, own))
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


def _coloured(found: Journey) -> list[dict[str, Any]]:
    """Return the cells with the class of their colour, the less certain the paler."""
    whole = found.whole if found.whole is not None else 0.0
    differing = found.cells.with_columns(value_from=pl.col("shrunk") - whole)
    most, doubt = MOST_DIFFERENT[found.measure], MOST_DOUBT[found.measure]
    return with_classes(differing, "value_from", "shrunk_sd", most, doubt).to_dicts()


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
    one = found.comparison
    if one is None:
        face, tone, mark = _face(t, found, cell)
        shown, words = [face], told_cell(t, found.measure, cell)
    else:
        shown, tone, mark = versus.face(t, found, one, cell)
        words = versus.told_cell(t, found, one, cell)
    is_open = opened == (moment.key, key)
    told = f"{name}, {moment.name}: {words}"
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
