"""The wall's scene of the deeds: what each team has done lately, and when the next meeting is."""

from __future__ import annotations

from datetime import datetime

from dash import html

from dashboard.deeds import Deed, Deeds
from dashboard.organisation import Organisation
from layouts.shell import Component
from layouts.words import Words

ROWS = 5
"""Deeds that fit a screen in letters that are read from eight metres."""


def scene(t: Words, found: Deeds, organisation: Organisation, now: datetime) -> list[Component]:
    """Return the scene: how many actions were done, then a deed per team."""
    head = html.Header(
        [
            html.P(t("wall.done", n=found.done), className="mc-wall-goal mc-far"),
            html.P(t.time(now, organisation.tz), className="mc-wall-left mc-clock"),
        ],
        className="mc-wall-head",
    )
    since = t("wall.done_since", day=t.day(found.since, weekday=True))
    foot = html.Footer([html.P(since), html.P(meeting(t, found, organisation))], className="mc-wall-foot")
    return [head, html.Div([_row(deed) for deed in found.rows[:ROWS]], className="mc-wall-deeds"), foot]


def meeting(t: Words, found: Deeds, organisation: Organisation) -> str:
    """Return when the next meeting is and whose; before any is planned, what the company says of it."""
    if found.next_day is None or found.next_time is None:
        return t("wall.meeting", when=organisation.meeting) if organisation.meeting else organisation.name
    when = f"{t.day(found.next_day, weekday=True)}, {found.next_time:%H:%M}"
    return t("wall.next_meeting", team=found.next_team or t("meeting.common"), when=when)


def _row(deed: Deed) -> Component:
    team = html.P([deed.team, *([html.Span(f" · {deed.who}")] if deed.who else [])], className="mc-wall-small")
    shape = html.Span("✓", className="mc-wall-tick", **{"aria-hidden": "true"})
    return html.Div(
        [shape, html.Div([html.P(deed.text, className="mc-wall-deed mc-far"), team])], className="mc-wall-deed-row"
    )
