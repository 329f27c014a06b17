"""The desk's charts: the path to the goal, and the eleven answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape
from typing import Any

import polars as pl

from dashboard.goal import Goal
from dashboard.scoreboard import Scoreboard
from dashboard.teams import Mark
from dashboard.thresholds import INDICATIVE_FROM
from layouts.figures.base import AMBER, BLUE, BLUE_BAND, GOAL_LINE, GREY, ORANGE, layout
from layouts.words import Words

Figure = dict[str, Any]


def path(t: Words, board: Scoreboard, marks: Sequence[Mark] = ()) -> Figure:
    """Return the path: pooled score with its margin, the goal's line and where it will end eight times out of ten.

    `marks` of the whole company are dated lines; those before the first week drawn are left out.
    """
    trend = visible_trend(board)
    traces = [*_band(t, trend), *_fan(t, board), *_line(t, trend)]
    if board.goal is not None:
        traces.append(_objective(t, board.goal))
    time, points = _time_axis(t, trend, board.goal), _points_axis(trend, board)
    return {"data": traces, "layout": layout(xaxis=time, yaxis=points, **_marked(marks, trend))}


def _marked(marks: Sequence[Mark], trend: pl.DataFrame) -> dict[str, Any]:
    """Return the lines of the marks and their names."""
    first = trend["week"].min()
    shown = [mark for mark in marks if not mark.team and isinstance(first, date) and mark.day >= first]
    line = {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "line": {"color": GREY, "width": 1, "dash": "dot"}}
    words = {"yref": "paper", "y": 0, "yanchor": "bottom", "xanchor": "left", "showarrow": False, "font": {"size": 11}}
    days = [(mark.day.isoformat(), mark.name) for mark in shown]
    return {
        "shapes": [{**line, "x0": day, "x1": day} for day, _ in days],
        "annotations": [{**words, "x": day, "text": escape(name)} for day, name in days],
    }


def visible_trend(board: Scoreboard) -> pl.DataFrame:
    """Return the weeks drawn: from a little before the goal began, all when there is no goal; none of a few answers."""
    trend = board.trend.filter((pl.col("worth") >= INDICATIVE_FROM) & pl.col("low").is_not_null())
    if board.goal is not None:
        recent = trend.filter(pl.col("week") >= board.goal.starts - timedelta(weeks=4))
        trend = recent if recent.height else trend.tail(26)
    return trend.tail(160)


def _ends(trend: pl.DataFrame) -> list[str]:
    """Return the Sundays on which the weeks end, as plotly reads days."""
    return trend.select(pl.col("week").dt.offset_by("6d").dt.to_string("%Y-%m-%d")).to_series().to_list()


def _rounded(trend: pl.DataFrame, column: str) -> list[float]:
    return trend[column].round(2).to_list()


def _band(t: Words, trend: pl.DataFrame) -> list[Figure]:
    ends = _ends(trend)
    shared = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "line": {"width": 0}}
    return [
        {**shared, "x": ends, "y": _rounded(trend, "low")},
        {
            **shared,
            "x": ends,
            "y": _rounded(trend, "high"),
            "fill": "tonexty",
            "fillcolor": BLUE_BAND,
            "name": t("scoreboard.margin"),
        },
    ]


def _line(t: Words, trend: pl.DataFrame) -> list[Figure]:
    ends = _ends(trend)
    texts = [
        t(
            "scoreboard.hover",
            points=t.points(points),
            low=t.points(low),
            high=t.points(high),
            answers=t("score.answers", n=n),
        )
        for points, low, high, n in trend.select("points", "low", "high", "n").iter_rows()
    ]
    line = {
        "type": "scatter",
        "mode": "lines",
        "name": "NPS",
        "x": ends,
        "y": _rounded(trend, "points"),
        "line": {"color": BLUE, "width": 3},
        "text": texts,
        "hovertemplate": "%{text}<extra></extra>",
    }
    if not ends:
        return [line]
    last = {
        "type": "scatter",
        "mode": "markers",
        "x": ends[-1:],
        "y": _rounded(trend, "points")[-1:],
        "marker": {"size": 12, "color": "#fff", "line": {"color": BLUE, "width": 3}},
        "hoverinfo": "skip",
    }
    return [line, last]


def _fan(t: Words, board: Scoreboard) -> list[Figure]:
    if not board.may_show_probability:
        return []
    sunday = board.week + timedelta(days=6)
    days = [sunday, *[sunday + timedelta(weeks=step) for step in range(1, len(board.fan) + 1)]]
    x = [day.isoformat() for day in days]
    now = board.score.points or 0.0
    low = [round(now, 2), *[round(max(-100.0, step.low80), 2) for step in board.fan]]
    high = [round(now, 2), *[round(min(100.0, step.high80), 2) for step in board.fan]]
    shared = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "line": {"width": 0}}
    return [
        {**shared, "x": x, "y": low},
        {
            **shared,
            "x": x,
            "y": high,
            "fill": "tonexty",
            "fillcolor": "rgba(230,159,0,.28)",
            "name": t("scoreboard.fan"),
            "line": {"width": 0, "color": AMBER},
        },
    ]


def _objective(t: Words, goal: Goal) -> Figure:
    return {
        "type": "scatter",
        "mode": "lines+text",
        "name": t("scoreboard.objective_line"),
        "x": [goal.starts.isoformat(), goal.deadline.isoformat()],
        "y": [goal.start_points, goal.target_points],
        "line": {"color": GOAL_LINE, "width": 2, "dash": "dot"},
        "text": ["", t("scoreboard.objective_at", points=t.points(goal.target_points))],
        "textposition": "top left",
        "textfont": {"size": 13, "weight": 700},
        "hoverinfo": "skip",
    }


def _time_axis(t: Words, trend: pl.DataFrame, goal: Goal | None) -> dict[str, Any]:
    first = trend["week"].min() if trend.height else (goal.starts if goal else None)
    last = goal.deadline if goal else (trend["week"].max() if trend.height else None)
    if not isinstance(first, date) or not isinstance(last, date):
        return {"visible": False}
    months = _months(first, last)
    step = max(1, -(-len(months) // 7))
    marks = months[::step]
    return {
        "type": "date",
        "tickangle": 0,
        "tickvals": [day.isoformat() for day in marks],
        "ticktext": [_mark(t, day) for day in marks],
        "range": [(first - timedelta(days=3)).isoformat(), (last + timedelta(days=5)).isoformat()],
    }


def _mark(t: Words, day: date) -> str:
    return f"{t.month(day, short=True)}<br>{day.year}" if day.month == 1 else t.month(day, short=True)


def _months(first: date, last: date) -> list[date]:
    """Return the first day of every month between two days."""
    days = []
    day = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    while day <= last:
        days.append(day)
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return days or [first]


def _points_axis(trend: pl.DataFrame, board: Scoreboard) -> dict[str, Any]:
    values = [value for name in ("low", "high") for value in trend[name].drop_nulls().to_list()]
    if board.goal is not None:
        values += [board.goal.start_points, board.goal.target_points]
    if board.may_show_probability:
        values += [value for step in board.fan for value in (step.low80, step.high80)]
    if not values:
        return {"visible": False}
    low, high = max(-100.0, min(values) - 3), min(100.0, max(values) + 6)
    return {"range": [low, high], "nticks": 6, "zeroline": low < 0 < high, "tickformat": "d"}


def distribution(t: Words, scores: tuple[int, ...]) -> Figure:
    """Return the bars of the answers 0 … 10: detractors orange, passives grey, promoters blue, and named below."""
    total = sum(scores)
    shares = [count / total if total else 0.0 for count in scores]
    colours = [ORANGE] * 7 + [GREY] * 2 + [BLUE] * 2
    bar = {
        "type": "bar",
        "x": list(range(11)),
        "y": [round(100 * share, 2) for share in shares],
        "marker": {"color": colours},
        "customdata": [str(points) for points in range(11)],
        "text": [
            t("scoreboard.bar", answer=points, answers=t("score.answers", n=count), share=t.share(share, 1))
            for points, (count, share) in enumerate(zip(scores, shares, strict=True))
        ],
        "textposition": "none",
        "hovertemplate": "%{text}<extra></extra>",
    }
    return {
        "data": [bar],
        "layout": layout(
            hovermode="closest",
            bargap=0.25,
            xaxis={"tickvals": list(range(11)), "range": [-0.6, 10.6]},
            yaxis={"visible": False},
            margin={"l": 6, "r": 6, "t": 8, "b": 26},
        ),
    }
