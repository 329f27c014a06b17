"""The charts of the journey: where to act first, the weeks to brush over, and the trend of one cell as SVG."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from datetime import timedelta
from html import escape
from typing import Any

import polars as pl

from dashboard.journey import Journey
from dashboard.teams import Mark
from layouts.figures.base import BLUE, EMPTY, GREY, ORANGE, layout
from layouts.words import Words

Figure = dict[str, Any]
WIDTH, HEIGHT, EDGE = 320, 90, 8
TELLING = 0.6
"""How far behind what was expected a moment is named in the chart however little it weighs."""


def priorities(t: Words, found: Journey) -> Figure:
    """Return moments by what they weigh (across) and how far they stay behind what was expected (up)."""
    known = [one for one in found.moments if one.share is not None and one.gap is not None]
    if not known:
        return EMPTY
    across = [100 * (one.share or 0.0) for one in known]
    up = [-(one.gap or 0.0) for one in known]
    tones = [ORANGE if one.is_first else BLUE if (one.gap or 0) >= 0 else GREY for one in known]
    usual = sum(across) / len(across)
    told = [one.is_first or across[place] >= usual or up[place] >= TELLING for place, one in enumerate(known)]
    names = [f"<b>{escape(one.name)}</b>" if one.is_first else escape(one.name) for one in known]
    points = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [round(value, 2) for value in across],
        "y": [round(value, 2) for value in up],
        "text": [name if is_told else "" for name, is_told in zip(names, told, strict=True)],
        "textposition": ["top center" if one.is_first else "middle right" for one in known],
        "marker": {"size": [22 if one.is_first else 13 for one in known], "color": tones, "line": {"width": 0}},
        "hovertext": [
            t("journey.hover", moment=one.name, share=t.share(one.share), gap=t.points(one.gap, 1, signed=True))
            for one in known
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
    }
    high, low = max(*up, 0.5) * 1.25, min(*up, 0.0) - 0.3
    act = {"type": "rect", "x0": usual, "x1": max(across) * 1.12, "y0": 0, "y1": high}
    shapes = [{**act, "fillcolor": ORANGE, "opacity": 0.08, "line": {"width": 0}, "layer": "below"}]
    corner = {"x": max(across) * 1.12, "y": high, "xanchor": "right", "yanchor": "top", "showarrow": False}
    return {
        "data": [points],
        "layout": layout(
            hovermode="closest",
            xaxis={"title": {"text": t("journey.axis_weight")}, "range": [-1, max(across) * 1.14], "ticksuffix": " %"},
            yaxis={"title": {"text": t("journey.axis_gap")}, "range": [low, high]},
            shapes=shapes,
            annotations=[{**corner, "text": f"<b>{t('journey.act_now')}</b>"}],
            margin={"l": 56, "r": 16, "t": 12, "b": 48},
        ),
    }


def timeline(t: Words, weeks: pl.DataFrame) -> Figure:
    """Return the answers of every week (schema `WEEKS`): a stretch of them may be brushed."""
    if weeks.is_empty():
        return EMPTY
    bars = {
        "type": "bar",
        "x": [week.isoformat() for week in weeks["week"]],
        "y": weeks["n"].to_list(),
        "marker": {"color": BLUE, "opacity": 0.75},
        "hovertext": [
            f"{t.short_day(week, year=True)} · {t('score.answers', n=n)}"
            for week, n in weeks.select("week", "n").iter_rows()
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    return {
        "data": [bars],
        "layout": layout(
            hovermode="closest",
            dragmode="select",
            selectdirection="h",
            bargap=0.25,
            xaxis={"type": "date", "tickformat": "%b %Y"},
            yaxis={"nticks": 3},
        ),
    }


def trend(blocks: pl.DataFrame, marks: Sequence[Mark]) -> str:
    """Return the score of every four weeks as an SVG data URI: its margin, its line, the marks."""
    lows, highs = (blocks.select(pl.coalesce(end, "points")).to_series() for end in ("low", "high"))
    low, high = float(lows.min() or 0), float(highs.max() or 0)  # type: ignore[arg-type]  # floats by schema
    span = (high - low) or 1.0
    first, last = blocks["week"][0], blocks["week"][-1]
    days = (last - first).days or 1

    def at(week: Any, value: float) -> str:
        across = EDGE + (week - first).days / days * (WIDTH - 2 * EDGE)
        return f"{across:.1f},{HEIGHT - EDGE - (value - low) / span * (HEIGHT - 2 * EDGE):.1f}"

    weeks, points = blocks["week"].to_list(), blocks["points"].to_list()
    band = [at(week, value) for week, value in zip(weeks, highs, strict=True)]
    band += [at(week, value) for week, value in reversed(list(zip(weeks, lows, strict=True)))]
    line = " ".join(at(week, value) for week, value in zip(weeks, points, strict=True))
    dated = []
    for mark in marks:
        day = min(max(mark.day, first), last + timedelta(days=6))
        across = at(day, low).partition(",")[0]
        dated.append(
            f'<line x1="{across}" y1="2" x2="{across}" y2="{HEIGHT - 2}" stroke="{GREY}" stroke-dasharray="2 3"/>'
        )
    x, y = at(weeks[-1], points[-1]).split(",")
    text = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<polygon points="{" ".join(band)}" fill="{BLUE}" opacity=".16"/>{"".join(dated)}'
        f'<polyline points="{line}" fill="none" stroke="{BLUE}" stroke-width="2.5" stroke-linejoin="round"/>'
        f'<circle cx="{x}" cy="{y}" r="4" fill="{BLUE}"/></svg>'
    )
    return "data:image/svg+xml;base64," + b64encode(text.encode()).decode()
