"""A against B on the journey: what is chosen, how the map is read, the table behind it, and one cell of both sides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import html

from dashboard.changes import Verdict
from dashboard.journey import Journey, Opened
from dashboard.journey_cells import Measure
from dashboard.journey_comparison import Comparison, Side
from dashboard.nps import critical
from dashboard.palette import with_classes
from dashboard.thresholds import INDICATIVE_FROM, NORMAL_FROM
from layouts.fields import options_of
from layouts.journey_numbers import MOST_DIFFERENT, MOST_DOUBT, number, pivot_name
from layouts.shell import Component, table
from layouts.words import Words

Cell = Mapping[str, Any]
REAL = Verdict.REAL.value


def side_name(t: Words, found: Comparison, side: Side) -> str:
    """Return what a side is called: its value, or its days."""
    if side.name:
        return side.name
    years = found.a.period.since.year != found.b.period.until.year
    since, until = (t.short_day(day, year=years) for day in (side.period.since, side.period.until))
    return t("journey.days", since=since, until=until)


def against(t: Words, found: Comparison) -> str:
    """Return «A frente a B»."""
    return t("journey.against", a=side_name(t, found, found.a), b=side_name(t, found, found.b))


def row_name(t: Words, found: Journey, row: tuple[str, str]) -> str:
    """Return what a row is called: both sides where it is the two values that are compared."""
    one = found.comparison
    return against(t, one) if one is not None and one.dimension == found.pivot else row[1]


def sides(t: Words, found: Comparison | None) -> list[Component]:
    """Return what to choose of A and B; nothing where there is nothing to choose."""
    if found is None or not (found.choices or found.versus.value == "period"):
        return []
    if found.choices:
        dimension = t(f"dimension.{found.dimension}")
        return [
            _control(
                t(f"journey.side_{key}", dimension=dimension),
                key,
                dbc.Select(id=f"journey-side-{key}", options=options_of(found.choices), value=side.key),
            )
            for key, side in (("a", found.a), ("b", found.b))
        ]
    days = (("from", found.b.period.since), ("to", found.b.period.until))
    return [
        _control(
            t(f"journey.side_{key}"),
            key,
            dbc.Input(id=f"journey-side-{key}", type="date", value=day.isoformat(), size="sm"),
        )
        for key, day in days
    ]


def _control(label: str, key: str, control: Component) -> Component:
    return html.Label([html.Span(label), control], className="mc-control", **{"data-mc-key": key})


def head(t: Words, found: Journey, one: Comparison) -> list[Component]:
    """Return the title of a map of differences and how it is read."""
    told = {"measure": t(f"measure.{found.measure.value}"), "rows": pivot_name(t, found.pivot).lower()}
    title = t("journey.difference", against=against(t, one), **told)
    notes = [t("journey.difference_colours", a=side_name(t, one, one.a))]
    if found.measure is not Measure.ANSWERS:
        notes += [t("journey.marks_of_periods" if one.is_of_periods else "journey.marks_of_values")]
        notes += [t("journey.difference_margin")]
    if one.whole is not None and one.whole["change"] is not None:
        notes.insert(0, t("journey.difference_whole", told=_told_both(t, found.measure, one, one.whole)))
    if one.cells["change"].is_null().all():
        notes.append(t("journey.difference_none"))
    if one.overlaps:
        notes.append(t("journey.difference_overlap"))
    return [html.H2(title), html.Small(" · ".join(notes), className="mc-note")]


def coloured(found: Journey, one: Comparison) -> list[dict[str, Any]]:
    """Return the cells with the class of their colour: blue where A is above B, the less certain the paler."""
    most, doubt = MOST_DIFFERENT[found.measure], MOST_DOUBT[found.measure]
    return with_classes(one.cells, "shrunk", "shrunk_sd", most, doubt).to_dicts()


def face(t: Words, found: Journey, one: Comparison, cell: Cell | None) -> tuple[list[Component], str, str]:
    """Return what a cell shows, the class of its look and its mark."""
    if cell is None or (not cell["is_hidden"] and not cell["n_other"]):
        return [t("common.none")], "mc-heat-none", ""
    if cell["change"] is None:
        return [t("journey.few")], "mc-heat-thin", ""
    text = difference(t, found.measure, cell["change"])
    if found.measure is Measure.ANSWERS:
        return [text], "mc-heat-plain", ""
    tone = f"mc-heat-{cell['level']}-{cell['place']}"
    shown = [text, html.Small(f"±{_size(t, found.measure, cell)}", className="mc-heat-margin")]
    if cell["verdict"] == Verdict.INSUFFICIENT.value:
        return shown, f"{tone} mc-heat-indicative", ""
    return shown, tone, mark(one, cell)


def mark(one: Comparison, cell: Cell) -> str:
    """Return the mark of a real difference: ▲▼ are for what moved in time alone."""
    if cell["verdict"] != REAL:
        return ""
    return "◆" if not one.is_of_periods else "▲" if cell["change"] > 0 else "▼"


def difference(t: Words, measure: Measure, change: float | None) -> str:
    """Return a difference with its sign."""
    if change is None:
        return t("common.none")
    if measure is Measure.ANSWERS:
        return t.points(change, signed=True)
    if measure is Measure.TOP:
        return ("+" if change > 0 else "") + t.share(change / 10)
    return t.points(change, 0 if measure is Measure.NPS else 1, signed=True)


def _size(t: Words, measure: Measure, cell: Cell) -> str:
    """Return half the width of the margin."""
    return number(t, measure, critical(0.95) * cell["error"], signed=False).lstrip("+")


def told_cell(t: Words, found: Journey, one: Comparison, cell: Cell | None) -> str:
    """Return a cell in words: A, B, the difference, and whether it may be chance."""
    if cell is None:
        return t("common.no_data")
    if cell["is_hidden"]:
        return t("journey.hidden")
    answers = [t("score.answers", n=cell[name]) for name in ("n", "n_other")]
    names = [side_name(t, one, side) for side in (one.a, one.b)]
    if cell["change"] is None:
        return t("journey.thin_sides", a=names[0], answers=answers[0], b=names[1], other=answers[1])
    told = [
        t("journey.side_told", side=name, value=number(t, found.measure, value), answers=count)
        for name, value, count in zip(names, (cell["value"], cell["value_other"]), answers, strict=True)
    ]
    parts = [t("journey.against", a=told[0], b=told[1]), difference(t, found.measure, cell["change"])]
    if found.measure is not Measure.ANSWERS:
        parts += [_between(t, found.measure, cell), verdict(t, cell)]
    return ", ".join(parts)


def _told_both(t: Words, measure: Measure, one: Comparison, cell: Cell) -> str:
    values = [number(t, measure, cell[name]) for name in ("value", "value_other")]
    told = t("journey.against", a=values[0], b=values[1])
    change = difference(t, measure, cell["change"])
    if measure is Measure.ANSWERS:
        return f"{told} ({change})"
    return f"{told} ({change} ±{_size(t, measure, cell)}, {verdict(t, cell)})"


def _between(t: Words, measure: Measure, cell: Cell) -> str:
    low, high = (difference(t, measure, cell[end]) for end in ("low", "high"))
    return t("score.between", low=low, high=high)


def verdict(t: Words, cell: Cell) -> str:
    """Return whether a difference may be chance."""
    return t(f"journey.differs_{cell['verdict']}")


def behind(t: Words, found: Journey) -> list[Component]:
    """Return the table behind the map of differences; nothing where nothing is compared."""
    one = found.comparison
    if one is None or one.cells.is_empty():
        return []
    names = dict(one.rows)
    places = {moment.key: place for place, moment in enumerate(found.moments)}
    lines = {key: place for place, (key, _) in enumerate(one.rows)}
    shown = [cell for cell in one.cells.to_dicts() if cell["moment"] in places and cell["row"] in lines]
    shown.sort(key=lambda cell: (lines[cell["row"]], places[cell["moment"]]))
    moments = {moment.key: moment.name for moment in found.moments}
    rows = [
        [moments[cell["moment"]], row_name(t, found, (cell["row"], names[cell["row"]])), *_columns(t, found, cell)]
        for cell in shown
    ]
    a, b = (side_name(t, one, side) for side in (one.a, one.b))
    of = [t("journey.answers_of", side=side) for side in (a, b)]
    columns = [t("journey.column_moment"), pivot_name(t, found.pivot), a, of[0], b, of[1]]
    columns += [t(f"journey.column_{name}") for name in ("difference", "interval", "verdict")]
    title = t("journey.difference_table", against=against(t, one))
    return [html.Details([html.Summary(title), table(title, columns, rows)], className="mc-more")]


def _columns(t: Words, found: Journey, cell: Cell) -> list[str]:
    if cell["is_hidden"]:
        return [t("journey.few"), *[t("common.none")] * 6]
    measure, none = found.measure, t("common.none")
    values = [number(t, measure, cell[name]) for name in ("value", "value_other")]
    counts = [t.count(cell[name]) for name in ("n", "n_other")]
    told = [difference(t, measure, cell["change"]), none, none]
    if cell["change"] is None:
        told[2] = t("journey.few")
    elif measure is not Measure.ANSWERS:
        told[1:] = [_between(t, measure, cell), verdict(t, cell)]
    return [values[0], counts[0], values[1], counts[1], *told]


def beside(t: Words, found: Journey, one: Comparison, cell: Cell, opened: Opened) -> list[Component]:
    """Return both sides of a cell: numbers, difference, how answers are spread, and the arithmetic."""
    if cell["change"] is None:
        return [html.P(told_cell(t, found, one, cell), className="mc-sentence")]
    names = [side_name(t, one, side) for side in (one.a, one.b)]
    numbers = [
        html.Div(
            [
                html.P(name, className="mc-side-name"),
                html.P(number(t, found.measure, value), className="mc-number mc-cell-number"),
                html.P(t("score.answers", n=count), className="mc-muted"),
            ]
        )
        for name, value, count in zip(
            names, (cell["value"], cell["value_other"]), (cell["n"], cell["n_other"]), strict=True
        )
    ]
    shape = html.Span(f"{mark(one, cell)} ".lstrip(), **{"aria-hidden": "true"})
    told = [difference(t, found.measure, cell["change"])]
    if found.measure is not Measure.ANSWERS:
        told += [_between(t, found.measure, cell), verdict(t, cell)]
    return [
        html.Div(numbers, className="mc-cell-numbers"),
        html.P([shape, html.B(told[0]), *[f" · {part}" for part in told[1:]]]),
        *_spreads(t, names, opened),
        *_why(t, found, names, cell, opened),
        html.P(t("journey.rest_of", side=names[0]), className="mc-muted"),
    ]


def _spreads(t: Words, names: Sequence[str], opened: Opened) -> list[Component]:
    """Return how the answers of A and B are spread, side by side, each in per cent of its own."""
    if not opened.spread or not opened.spread_other:
        return []
    shares = [[count / sum(one) for count in one] for one in (opened.spread, opened.spread_other)]
    most = max(max(one) for one in shares)
    bars = []
    for answer, (a, b) in enumerate(zip(*shares, strict=True)):
        room = [
            html.Span(className=f"mc-spread-bar mc-side-{side}", style={"height": f"{100 * share / most:.0f}%"})
            for side, share in (("a", a), ("b", b))
        ]
        told = t("journey.spread_sides", answer=answer, a=t.share(a), b=t.share(b))
        bars.append(
            html.Li(
                [
                    html.Span(room, className="mc-spread-room"),
                    html.Small(str(answer), **{"aria-hidden": "true"}),
                    html.Span(told, className="visually-hidden"),
                ],
                title=told,
            )
        )
    legend = [
        html.Span([html.Span(className=f"mc-swatch mc-side-{side}", **{"aria-hidden": "true"}), name])
        for side, name in zip("ab", names, strict=True)
    ]
    label = t("journey.against", a=names[0], b=names[1])
    return [
        html.H3(t("scoreboard.distribution")),
        html.P(legend, className="mc-sides-legend mc-muted"),
        html.Ol(bars, className="mc-spread mc-spread-sides", **{"aria-label": label}),
    ]


def _why(t: Words, found: Journey, names: Sequence[str], cell: Cell, opened: Opened) -> list[Component]:
    """Return the arithmetic of a difference."""
    if found.measure is Measure.ANSWERS:
        return []
    sums = []
    for side, value, n, spread in zip(
        names,
        (cell["value"], cell["value_other"]),
        (cell["n"], cell["n_other"]),
        (opened.spread, opened.spread_other),
        strict=True,
    ):
        if found.measure is Measure.NPS and spread:
            promoters, detractors = t.count(sum(spread[9:])), t.count(sum(spread[:7]))
            formula = t(
                "why.formula", promoters=promoters, detractors=detractors, n=t.count(n), points=t.points(value, 1)
            )
        else:
            formula = t("journey.why_mean", measure=t(f"measure.{found.measure.value}"), value=_exact(t, found, value))
        sums.append(html.P(t("journey.why_side", side=side, formula=formula, answers=t("score.answers", n=n))))
    parts = [
        t(
            "journey.why_difference",
            a=_exact(t, found, cell["value"]),
            b=_exact(t, found, cell["value_other"]),
            change=_exact(t, found, cell["change"]),
        ),
        t(
            "journey.why_margin",
            error=_exact(t, found, cell["error"]),
            margin=_exact(t, found, critical(0.95) * cell["error"]),
        ),
        t("journey.why_real", fewest=t.count(NORMAL_FROM), thin=t.count(INDICATIVE_FROM)),
    ]
    return [
        html.Details(
            [html.Summary(t("scoreboard.why")), *sums, *[html.P(part) for part in parts]],
            className="mc-more mc-sides-why",
        )
    ]


def _exact(t: Words, found: Journey, value: float) -> str:
    """Return a number with one decimal more than its cell."""
    if found.measure is Measure.TOP:
        return t.share(value / 10, 1)
    return t.points(value, 1 if found.measure is Measure.NPS else 2)
