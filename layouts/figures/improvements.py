"""The chart of an improvement: the weeks of those who live it, those who do not, and the launch."""

from __future__ import annotations

from typing import Any

from dashboard.studies import Study
from layouts.figures.base import BLUE, GREY, layout
from layouts.words import Words

Figure = dict[str, Any]

DAYS_OF_A_WEEK = 7
"""A month begins in the week whose Monday is one of its first seven days."""


def effect(t: Words, found: Study) -> Figure:
    """Return the weekly values as lines; weeks that do not count are holes."""
    weeks = [week.isoformat() for week in found.weeks]
    parts = [("effect.treated", found.treated, BLUE, "solid")]
    if found.control:
        parts.append(("effect.others", found.control, GREY, "dot"))
    data = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "x": weeks,
            "y": list(values),
            "name": t(key),
            "line": {"color": colour, "width": 2.5, "dash": dash},
            "marker": {"size": 5, "symbol": "circle" if dash == "solid" else "diamond"},
            "connectgaps": False,
            "text": [t("effect.hover", value=t.points(value, 1), day=t.day(week)) for week, value in points],
            "hovertemplate": "%{text}<extra></extra>",
        }
        for key, values, colour, dash in parts
        for points in [list(zip(found.weeks, values, strict=True))]
    ]
    launched = found.launched.isoformat()
    months = [week for week in found.weeks if week.day <= DAYS_OF_A_WEEK]
    ticks = [t.month_of(day) if day.month == 1 else t.month(day, short=True) for day in months]
    line = {"type": "line", "x0": launched, "x1": launched, "yref": "paper", "y0": 0, "y1": 1}
    return {
        "data": data,
        "layout": layout(
            showlegend=True,
            legend={"orientation": "h", "y": 1.12},
            xaxis={"type": "date", "tickvals": [day.isoformat() for day in months], "ticktext": ticks},
            shapes=[{**line, "line": {"color": GREY, "width": 1.5, "dash": "dash"}}],
            annotations=[
                {
                    "x": launched,
                    "y": 1,
                    "yref": "paper",
                    "text": t("effect.launch"),
                    "showarrow": False,
                    "xanchor": "left",
                }
            ],
        ),
    }
