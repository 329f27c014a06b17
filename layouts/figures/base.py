"""What every figure shares: colours readable on both themes, no background, no template."""

from __future__ import annotations

from typing import Any

BLUE, ORANGE, GREY, AMBER = "#0072B2", "#D55E00", "#7d8794", "#E69F00"
BLUE_BAND = "rgba(0,114,178,.16)"
GOAL_LINE = "#5b6b82"

CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "responsive": True,
    "staticPlot": False,
    "scrollZoom": False,
}
"""Every graph gets this configuration: nothing is ever sent to another host."""

EMPTY: dict[str, Any] = {"data": [], "layout": {"xaxis": {"visible": False}, "yaxis": {"visible": False}}}
"""What a graph shows before its first answer."""

FONT = {"family": "Inter, system-ui, sans-serif", "size": 13}


def layout(**more: Any) -> dict[str, Any]:
    """Return a figure layout: transparent, tight, theme-free; `more` wins."""
    axis = {"showgrid": False, "zeroline": False, "fixedrange": True, "automargin": True, "ticks": ""}
    base: dict[str, Any] = {
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 36, "r": 12, "t": 12, "b": 28},
        "font": FONT,
        "showlegend": False,
        "hovermode": "x unified",
        "dragmode": False,
        "xaxis": dict(axis),
        "yaxis": {**axis, "showgrid": True},
        "uirevision": "kept",
    }
    for name, value in more.items():
        base[name] = {**base[name], **value} if isinstance(value, dict) and isinstance(base.get(name), dict) else value
    return base
