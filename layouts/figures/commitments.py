"""The charts of the commitments: expected → lived as SVG of our own, and how long what is promised takes."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from typing import Any

from dashboard.survival import Waiting
from layouts.figures.base import BLUE, GREY, ORANGE, layout
from layouts.words import Words

Figure = dict[str, Any]

WIDTH, HEIGHT, EDGE, RADIUS = 180, 22, 10, 6
INK, TEAL = "#5b6b82", "#009e73"
TONES = (BLUE, ORANGE, "#009e73", "#9467bd", "#7a5200", GREY)
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
MOST_POINTS = 120


def dumbbell(expected: float | None, lived: float | None, *, is_estimate: bool = False) -> str:
    """Return what was expected (ring) and lived (dot, hollow when we only estimate) on 0 … 10, as an SVG data URI."""

    def at(value: float) -> str:
        return f"{EDGE + value / 10 * (WIDTH - 2 * EDGE):.1f}"

    middle = HEIGHT / 2
    parts = [
        f'<line x1="{EDGE}" y1="{middle}" x2="{WIDTH - EDGE}" y2="{middle}" stroke="#a9b4c6" stroke-opacity=".55"/>'
    ]
    if lived is not None:
        tone = ORANGE if expected is not None and lived < expected else TEAL
        if expected is not None:
            ends = f'x1="{at(expected)}" y1="{middle}" x2="{at(lived)}" y2="{middle}"'
            parts.append(f'<line {ends} stroke="{tone}" stroke-width="4"/>')
        fill = f'fill="none" stroke="{tone}" stroke-width="2.5"' if is_estimate else f'fill="{tone}"'
        parts.append(f'<circle cx="{at(lived)}" cy="{middle}" r="{RADIUS}" {fill}/>')
    if expected is not None:
        ring = f'fill="#fff" stroke="{INK}" stroke-width="2.5"'
        parts.append(f'<circle cx="{at(expected)}" cy="{middle}" r="{RADIUS - 1}" {ring}/>')
    return _uri(parts)


def reach(low: float, score: float, high: float, *, is_thin: bool) -> str:
    """Return an interval of shares (0..1) and the share in it as an SVG data URI; hatched and hollow when thin."""

    def at(share: float) -> float:
        return EDGE + share * (WIDTH - 2 * EDGE)

    middle = HEIGHT / 2
    ends = f'x="{at(low):.1f}" y="{middle - 4}" width="{max(1.0, at(high) - at(low)):.1f}" height="8" rx="2"'
    lines = '<path d="M0 6L6 0" stroke="#5b6b82" stroke-width="1.4"/>'
    hatch = f'<pattern id="h" width="6" height="6" patternUnits="userSpaceOnUse">{lines}</pattern>'
    band = 'fill="url(#h)" stroke="#5b6b82" stroke-width="1"' if is_thin else f'fill="{BLUE}" fill-opacity=".35"'
    dot = f'fill="#fff" stroke="{INK}" stroke-width="2.5"' if is_thin else f'fill="{BLUE}"'
    parts = [
        f"<defs>{hatch}</defs>",
        f'<line x1="{EDGE}" y1="{middle}" x2="{WIDTH - EDGE}" y2="{middle}" stroke="#a9b4c6" stroke-opacity=".55"/>',
        f"<rect {ends} {band}/>",
        f'<circle cx="{at(score):.1f}" cy="{middle}" r="{RADIUS - 1}" {dot}/>',
    ]
    return _uri(parts)


def _uri(parts: Sequence[str]) -> str:
    text = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">{"".join(parts)}</svg>'
    return "data:image/svg+xml;base64," + b64encode(text.encode()).decode()


def waits(t: Words, teams: Sequence[tuple[str, Waiting]]) -> Figure:
    """Return the share delivered by days since it was promised, a step line per team; open promises are counted."""
    lines = []
    for place, (name, waited) in enumerate(teams):
        curve = waited.curve
        if curve.height > MOST_POINTS:
            curve = curve.gather_every(-(-curve.height // MOST_POINTS))
        shares = [0.0, *curve["share_delivered"].to_list()]
        lines.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": name,
                "x": [0.0, *curve["days"].to_list()],
                "y": [round(100 * share, 1) for share in shares],
                "line": {
                    "shape": "hv",
                    "width": 2.5,
                    "color": TONES[place % len(TONES)],
                    "dash": DASHES[place % len(DASHES)],
                },
                "hovertemplate": f"{name}: %{{y:.0f}}<extra></extra>",
            }
        )
    reach = max((_nearly_all(waited) for _, waited in teams), default=1.0)
    title = {"text": t("commitments.days_since"), "font": {"size": 13}}
    return {
        "data": lines,
        "layout": layout(
            showlegend=True,
            legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
            xaxis={"title": title, "range": [0, reach]},
            yaxis={"range": [0, 102], "ticksuffix": t("commitments.per_cent")},
            margin={"l": 44, "r": 8, "t": 40, "b": 44},
        ),
    }


def _nearly_all(waited: Waiting) -> float:
    """Return the days after which hardly anything more comes: beyond them lines would only run flat."""
    share = waited.curve["share_delivered"]
    reached = waited.curve.filter(share >= 0.98 * (share.max() or 0.0))["days"].min()  # type: ignore[operator]  # a share
    return max(5.0, 1.15 * float(reached or 0.0))  # type: ignore[arg-type]  # a number of days
