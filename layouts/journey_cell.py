"""The drawer of the journey: the words behind one cell, and who looks after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from dash import dcc, html

from dashboard.changes import Verdict
from dashboard.commitments import Commitment
from dashboard.journey import Journey, Moment, Opened
from dashboard.journey_cells import Measure
from dashboard.moments import Duty
from dashboard.thresholds import INDICATIVE_FROM
from layouts import journey_comparison as versus
from layouts.figures.journey import trend
from layouts.journey_numbers import margin, number
from layouts.scoreboard import comment_figure
from layouts.shell import Component
from layouts.themes import named
from layouts.words import Words

HEADING = "journey-drawer-title"
MOST_COMMITMENTS = 6


def closed(t: Words) -> list[Component]:
    """Return the drawer before a cell is chosen."""
    return [html.H2(t("journey.drawer"), id=HEADING, tabIndex="-1"), html.P(t("journey.choose"), className="mc-muted")]


def drawer(
    t: Words,
    found: Journey,
    moment: Moment,
    row: tuple[str, str],
    opened: Opened,
    names: Mapping[str, Mapping[str, str]],
) -> list[Component]:
    """Return one cell opened.

    Parameters
    ----------
    t : Words
    found : Journey
    moment : Moment
    row : (key, name)
    opened : Opened
    names : mapping
        Dimension to key to name.
    """
    key, one = row[0], found.comparison
    cell = (one or found).cell(moment.key, key)
    title = html.H2(f"{versus.row_name(t, found, row)} · {moment.name}", id=HEADING, tabIndex="-1")
    if cell is None or cell["is_hidden"]:
        return [title, html.P(t("journey.hidden"), className="mc-muted"), *_care(t, moment, opened, names)]
    if one is not None:
        shown = versus.beside(t, found, one, cell, opened)
    else:
        numbers = _numbers(t, found.measure, cell, opened)
        shown = [numbers, *_change(t, found, cell), *_spread(t, opened.spread)]
    return [
        title,
        *shown,
        *_trend(t, opened),
        *_topics(t, opened),
        *_said(t, found, moment, key, opened, names),
        *_care(t, moment, opened, names),
        *commitments(t, t("journey.commitments"), opened.commitments),
        *_improvements(t, opened, moment.key),
    ]


def _numbers(t: Words, measure: Measure, cell: Mapping[str, Any], opened: Opened) -> Component:
    answers = t("score.answers", n=cell["n"])
    if cell["n"] < INDICATIVE_FROM:
        return html.P(t("journey.thin", answers=answers), className="mc-sentence")
    between = "" if measure is Measure.ANSWERS else f"{margin(t, measure, cell)} · "
    parts = [
        html.Div(
            [
                html.P(number(t, measure, cell["value"]), className="mc-number mc-cell-number"),
                html.P(f"{between}{answers}", className="mc-muted"),
            ]
        )
    ]
    if opened.gap is not None and measure is not Measure.GAP:
        parts.append(
            html.Div(
                [
                    html.P(t.points(opened.gap, 1, signed=True), className="mc-number mc-cell-number"),
                    html.P(t("journey.gap_words"), className="mc-muted"),
                ]
            )
        )
    return html.Div(parts, className="mc-cell-numbers")


def _change(t: Words, found: Journey, cell: Mapping[str, Any]) -> list[Component]:
    if cell["verdict"] is None or cell["change"] is None:
        return []
    is_real = cell["verdict"] == Verdict.REAL.value
    rises = cell["change"] > 0
    shape = ("▲ " if rises else "▼ ") if is_real else ""
    size = number(t, found.measure, cell["change"])
    told = t(f"journey.change_{cell['verdict']}", change=size)
    return [html.P([html.Span(shape, **{"aria-hidden": "true"}), told], className="mc-muted")]


def _spread(t: Words, spread: Sequence[int]) -> list[Component]:
    """Return how the answers are spread, as bars that are a list too."""
    if not spread:
        return []
    most, total = max(spread), sum(spread)
    bars = []
    for answer, count in enumerate(spread):
        tone = "mc-low" if answer <= 6 else "mc-middle" if answer <= 8 else "mc-high"
        bar = html.Span(className=f"mc-spread-bar {tone}", style={"height": f"{100 * count / most:.0f}%"})
        words = html.Span(t("journey.spread_of", answer=answer, answers=t.count(count)), className="visually-hidden")
        bars.append(
            html.Li(
                [html.Span(bar, className="mc-spread-room"), html.Small(str(answer), **{"aria-hidden": "true"}), words]
            )
        )
    label = t("journey.spread", answers=t("score.answers", n=total))
    return [html.H3(t("scoreboard.distribution")), html.Ol(bars, className="mc-spread", **{"aria-label": label})]


def _trend(t: Words, opened: Opened) -> list[Component]:
    if opened.trend.height < 2:
        return []
    first, last = opened.trend.row(0, named=True), opened.trend.row(-1, named=True)
    alt = t("journey.trend_words", first=t.points(first["points"]), last=t.points(last["points"]))
    weeks = opened.trend["week"].to_list()
    shown = [mark for mark in opened.marks if weeks[0] <= mark.day]
    told = [html.Li(f"{t.short_day(mark.day, year=True)} · {mark.name}") for mark in shown]
    return [
        html.H3(t("journey.trend")),
        html.Img(src=trend(opened.trend, shown), alt=alt, className="mc-cell-trend"),
        html.P(alt, className="mc-muted"),
        *([html.Ul(told, className="mc-list mc-muted")] if told else []),
    ]


def _topics(t: Words, opened: Opened) -> list[Component]:
    """Return what comments talk about, as bars with their counts."""
    if not opened.topics:
        return []
    most = opened.topics[0].n
    rows = []
    for topic in opened.topics:
        bar = html.Span(html.Span(style={"width": f"{100 * topic.n / most:.0f}%"}), className="mc-weight")
        rows.append(html.Li([html.Span(named(t, topic.theme).name), bar, html.B(t.count(topic.n))]))
    return [html.H3(t("journey.topics")), html.Ul(rows, className="mc-topics")]


def commitments(t: Words, title: str, found: Sequence[Commitment]) -> list[Component]:
    """Return what is owed to customers, each with where it stands."""
    if not found:
        return []
    items = [
        html.Li(
            [
                dcc.Link(one.what, href=f"/commitments?open={one.commitment_id}"),
                " ",
                html.Span(t(f"stage_of.{one.stage.value}"), className="mc-chip"),
            ]
        )
        for one in found[:MOST_COMMITMENTS]
    ]
    return [html.H3(title), html.Ul(items, className="mc-list")]


def _improvements(t: Words, opened: Opened, moment: str) -> list[Component]:
    """Return the improvements under way that touch the moment, then the way to propose another."""
    under_way = [
        html.Li([dcc.Link(one.name, href=f"/improvements?card={one.improvement_id}"), f" · {one.team}"])
        for one in opened.improvements
    ]
    nothing = html.P(t("journey.nothing_improved"), className="mc-muted")
    new = "/improvements?" + urlencode({"card": "new", "moment": moment})
    return [
        html.H3(t("journey.improvements")),
        html.Ul(under_way, className="mc-list") if under_way else nothing,
        dcc.Link(t("journey.propose"), href=new, className="mc-button mc-primary"),
    ]


def _said(
    t: Words, found: Journey, moment: Moment, key: str, opened: Opened, names: Mapping[str, Mapping[str, str]]
) -> list[Component]:
    if not opened.comments:
        return []
    where = {"moment": moment.key} | ({} if found.pivot == "attribute" else {found.pivot: key})
    more = dcc.Link(t("journey.more_words"), href="/voice?" + urlencode(where))
    figures = [comment_figure(t, comment, names) for comment in opened.comments]
    return [html.H3(t("journey.said")), html.Div(figures, className="mc-comments"), more]


def _care(t: Words, moment: Moment, opened: Opened, names: Mapping[str, Mapping[str, str]]) -> list[Component]:
    """Return who looks after the moment and what is watched for it."""
    kept, teams = opened.kept, names.get("team", {})

    def of(duty: Duty) -> str:
        return ", ".join(teams.get(team, team) for team, one in opened.duties.items() if one is duty)

    walked = t("journey.never_walked")
    if kept.walked_on is not None:
        walked = t("journey.walked", day=t.short_day(kept.walked_on, year=True), who=kept.walked_by)
    review = t.short_day(kept.review_on, year=True) if kept.review_on else ""
    facts = [
        (t("journey.owner"), kept.owner or t("journey.no_owner")),
        (t("journey.direct"), of(Duty.DIRECT)),
        (t("journey.indirect"), of(Duty.INDIRECT)),
        (t("journey.last_walk"), walked),
        (t("journey.review"), review),
    ]
    terms = [html.Div([html.Dt(label), html.Dd(words)]) for label, words in facts if words]
    watched = [
        html.Li([dcc.Link(name, href="/teams?" + urlencode({"team": team})), f" · {teams.get(team, team)}"])
        for team, name in opened.indicators
    ]
    blind = [
        html.P(
            t(
                "journey.blind",
                team=teams.get(spot.team, spot.team),
                believed=t.points(spot.believed, 1),
                lived=t.points(spot.lived, 1),
            ),
            className="mc-warning",
        )
        for spot in opened.blind
    ]
    return [
        html.H3(t("journey.care", moment=moment.name)),
        html.Dl(terms, className="mc-care"),
        *blind,
        html.H3(t("journey.watched")),
        html.Ul(watched, className="mc-list")
        if watched
        else html.P(t("journey.nothing_watched"), className="mc-muted"),
    ]
