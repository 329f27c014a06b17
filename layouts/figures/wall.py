"""The wall's path, as SVG that we draw ourselves: shapes only, words stand beside it in HTML."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from dashboard.scoreboard import Scoreboard
from layouts.figures.scoreboard import visible_trend

WIDTH, HEIGHT, EDGE = 1000, 560, 45
"""Size of the drawing, and the margin that its two rings need."""

COLOURS = {
    "dark": {"line": "#7cc7f8", "band": "#1d3a52", "goal": "#93a4c4"},
    "light": {"line": "#0072B2", "band": "#cfe5f4", "goal": "#5b6b82"},
}


@dataclass(frozen=True, slots=True)
class Path:
    """The drawing and where its words go: shares of width and height from the top left.

    Attributes
    ----------
    image : str
        Data URI of the SVG.
    start, target, now : tuple[float, float]
        Where X, Y and the present stand, 0..1.
    first, last : date
        Days at the two ends.
    """

    image: str
    start: tuple[float, float]
    target: tuple[float, float]
    now: tuple[float, float]
    first: date
    last: date


LABEL = 0.16
"""Height of a label, as a share of the path's."""


def path(board: Scoreboard, theme: str) -> Path | None:
    """Return the path to the goal; None without a goal or without any closed week since it began."""
    goal = board.goal
    if goal is None:
        return None
    trend = visible_trend(board).filter(pl.col("week") + timedelta(days=6) >= goal.starts)
    if trend.is_empty():
        return None
    span = max(1, (goal.deadline - goal.starts).days)
    values = [goal.start_points, goal.target_points, *trend["low"].to_list(), *trend["high"].to_list()]
    lowest, highest = min(values), max(values)
    label = max(0.0, LABEL * (highest - lowest) - (goal.start_points - lowest))  # the start's label stands under it
    bottom, top = lowest - 1 - label, highest + 1

    def place(day: date, points: float) -> tuple[float, float]:
        across = min(1.0, max(0.0, (day - goal.starts).days / span))
        x = EDGE + across * (WIDTH - 2 * EDGE)
        y = EDGE + (top - points) / (top - bottom) * (HEIGHT - 2 * EDGE)
        return round(x, 1), round(y, 1)

    days = [week + timedelta(days=6) for week in trend["week"]]
    line = [place(day, points) for day, points in zip(days, trend["points"], strict=True)]
    band = [place(day, high) for day, high in zip(days, trend["high"], strict=True)]
    band += [place(day, low) for day, low in reversed(list(zip(days, trend["low"], strict=True)))]
    start, target = place(goal.starts, goal.start_points), place(goal.deadline, goal.target_points)
    image = _svg(line, band, start, target, COLOURS[theme])
    return Path(image, _share(start), _share(target), _share(line[-1]), goal.starts, goal.deadline)


def _share(point: tuple[float, float]) -> tuple[float, float]:
    return point[0] / WIDTH, point[1] / HEIGHT


def _svg(
    line: list[tuple[float, float]],
    band: list[tuple[float, float]],
    start: tuple[float, float],
    target: tuple[float, float],
    colours: dict[str, str],
) -> str:
    def points(shape: list[tuple[float, float]]) -> str:
        return " ".join(f"{x:g},{y:g}" for x, y in shape)

    text = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none">'
        f'<polygon points="{points(band)}" fill="{colours["band"]}"/>'
        f'<line x1="{start[0]:g}" y1="{start[1]:g}" x2="{target[0]:g}" y2="{target[1]:g}" stroke="{colours["goal"]}" '
        'stroke-width="6" stroke-dasharray="3 18" stroke-linecap="round"/>'
        f'<polyline points="{points(line)}" fill="none" stroke="{colours["line"]}" stroke-width="11" '
        'stroke-linejoin="round" stroke-linecap="round"/>'
        "</svg>"
    )
    return "data:image/svg+xml;base64," + b64encode(text.encode()).decode()
