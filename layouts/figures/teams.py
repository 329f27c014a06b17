"""The charts of the teams: the weeks of an indicator as SVG that we draw ourselves, and the lag profile."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from dashboard.indicators import Course, Direction, Week
from dashboard.lags import LagProfile
from dashboard.teams import Mark
from layouts.figures.base import BLUE, GREY, layout
from layouts.words import Words

Figure = dict[str, Any]

WIDTH, HEIGHT, EDGE = 320, 64, 8
TONES = {
    Week.MET: "#009e73",
    Week.NEARLY: "#b07d00",
    Week.BELOW: "#d55e00",
    Week.MISSING: "#7d8794",
    Week.AIMLESS: "#0072b2",
}
"""Readable on the light and on the dark card."""


def weeks(course: Course, marks: Sequence[Mark] = ()) -> str:
    """Return the weeks of an indicator as an SVG data URI: values, target, marks; a week not reported is a hole."""
    known = [value for value in (*course.values, *course.targets) if value is not None]
    if not known:
        return ""
    low, high = min(known), max(known)
    span = (high - low) or 1.0
    step = (WIDTH - 2 * EDGE) / max(1, len(course.weeks) - 1)

    def at(place: int, value: float) -> str:
        return f"{EDGE + place * step:.1f},{HEIGHT - EDGE - (value - low) / span * (HEIGHT - 2 * EDGE):.1f}"

    tone = TONES[course.last]
    lines = [
        f'<polyline points="{" ".join(run)}" fill="none" stroke="{tone}" stroke-width="2.5" stroke-linejoin="round" '
        'stroke-linecap="round"/>'
        for run in _runs(course.values, at)
    ]
    aims = [
        f'<polyline points="{" ".join(run)}" fill="none" stroke="#7d8794" stroke-width="1.5" stroke-dasharray="3 4"/>'
        for run in _steps(course.targets, at)
    ]
    dated = [
        f'<line x1="{EDGE + place * step:.1f}" y1="2" x2="{EDGE + place * step:.1f}" y2="{HEIGHT - 2}" '
        f'stroke="{BLUE}" stroke-width="1.5" stroke-dasharray="1 3"/>'
        for place in mark_places(course.weeks, marks)
    ]
    last = [
        f'<circle cx="{x}" cy="{y}" r="4.5" fill="{tone}"/>'
        for place, value in list(enumerate(course.values))[-1:]
        if value is not None
        for x, y in [at(place, value).split(",")]
    ]
    text = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none">'
        f"{''.join([*dated, *aims, *lines, *last])}</svg>"
    )
    return "data:image/svg+xml;base64," + b64encode(text.encode()).decode()


def mark_places(weeks_: Sequence[date], marks: Sequence[Mark]) -> list[int]:
    """Return which of the weeks hold a mark."""
    return [
        place
        for place, week in enumerate(weeks_)
        if any(week <= mark.day <= week + timedelta(days=6) for mark in marks)
    ]


def _runs(values: Sequence[float | None], at: Any) -> list[list[str]]:
    """Return the stretches of values without a hole, as points."""
    runs: list[list[str]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(at(place, value))
    return [[*run, run[0]] if len(run) == 1 else run for run in runs if run]


def _steps(values: Sequence[float | None], at: Any) -> list[list[str]]:
    """Return the target as steps: it changes from one week to the next, not along the way."""
    points = []
    for place, value in enumerate(values):
        if value is not None:
            points += [at(max(0.0, place - 0.5), value), at(min(len(values) - 1.0, place + 0.5), value)]
    return [points] if points else []


def profile(t: Words, found: LagProfile, direction: Direction) -> Figure:
    """Return the lag profile: the correlation at 0 … L weeks with its margin, and what chance reaches."""
    every = [found.same_week, *found.correlations]
    reached = [direction.value * value for value in every]
    intervals = [found.interval(value, lag) for lag, value in enumerate(every)]
    ends = [sorted(direction.value * end for end in interval) for interval in intervals]
    is_beyond = [lag > 0 and value >= found.placebo for lag, value in enumerate(reached)]
    points = {
        "type": "scatter",
        "mode": "markers",
        "x": list(range(len(every))),
        "y": [round(value, 3) for value in reached],
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [round(end[1] - value, 3) for end, value in zip(ends, reached, strict=True)],
            "arrayminus": [round(value - end[0], 3) for end, value in zip(ends, reached, strict=True)],
            "color": GREY,
            "thickness": 2,
            "width": 0,
        },
        "marker": {
            "size": 13,
            "color": [BLUE if beyond else "rgba(0,0,0,0)" for beyond in is_beyond],
            "line": {"color": [GREY if lag == 0 else BLUE for lag in range(len(every))], "width": 2.5},
        },
        "text": [t("evidence.hover", n=lag, found=t.points(value, 2)) for lag, value in enumerate(reached)],
        "hovertemplate": "%{text}<extra></extra>",
    }
    placebo = {
        "type": "scatter",
        "mode": "lines",
        "x": [0.5, len(every) - 0.5],
        "y": [round(found.placebo, 3)] * 2,
        "line": {"color": GREY, "width": 1.5, "dash": "dot"},
        "hoverinfo": "skip",
    }
    top = max(*(end[1] for end in ends), found.placebo) + 0.12
    bottom = min(*(end[0] for end in ends), 0.0) - 0.05
    title = {"text": t("table.ahead"), "font": {"size": 13}}
    axis = {"tickvals": list(range(len(every))), "range": [-0.5, len(every) - 0.5], "title": title}
    return {
        "data": [placebo, points],
        "layout": layout(
            hovermode="closest",
            xaxis=axis,
            yaxis={"visible": False, "range": [bottom, top], "zeroline": True},
            shapes=[{"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 0, "y1": 0, "line": {"color": GREY}}],
            annotations=[_corner(f"┄ {t('evidence.chance_line')}")],
            margin={"l": 8, "r": 8, "t": 26, "b": 44},
        ),
    }


def _corner(text: str) -> Figure:
    """Return words in the upper right corner, where no point is."""
    place = {"xref": "paper", "yref": "paper", "x": 1, "y": 1, "xanchor": "right", "yanchor": "bottom"}
    return {**place, "text": text, "showarrow": False}
