"""The wall's scene of the teams: what is in each team's hands, this week and the last six. No names of people."""

from __future__ import annotations

from datetime import datetime

from dash import html

from dashboard.indicators import RECENT, Kind, Week
from dashboard.organisation import Organisation
from dashboard.periods import window
from dashboard.teams import Team, Teams
from layouts.shell import Component
from layouts.teams import SHAPES, against, second_word
from layouts.words import Words

ROWS = 5
"""Teams that fit a screen in letters that are read from eight metres."""


def chunks(found: Teams) -> list[tuple[Team, ...]]:
    """Return the teams that watch a lead indicator, as many scenes as they need."""
    leading = [team for team in found.teams if team.watched[0].indicator.kind is Kind.LEAD]
    return [tuple(leading[place : place + ROWS]) for place in range(0, len(leading), ROWS)]


def scene(
    t: Words, found: Teams, teams: tuple[Team, ...], organisation: Organisation, now: datetime
) -> list[Component]:
    """Return one scene: the second word and how many are met, then a row per team with its first indicator."""
    met = t("wall.met_of", met=found.met, n=len(found.states))
    word = second_word(t, found.posture)
    tone = f"mc-posture mc-posture-{found.posture.value}" if found.posture else ""
    said = [html.Span(word, className=tone), ", "] if word else []
    head = html.Header(
        [
            html.P([t("wall.in_hands"), " ", *said, met], className="mc-wall-goal mc-far"),
            html.P(t.time(now, organisation.tz), className="mc-wall-left mc-clock"),
        ],
        className="mc-wall-head",
    )
    days = window(found.week, 1)
    foot = t("wall.week", since=t.short_day(days.since), until=t.short_day(days.until))
    meeting = t("wall.meeting", when=organisation.meeting) if organisation.meeting else organisation.name
    return [
        head,
        html.Div([_row(t, team) for team in teams], className="mc-wall-teams"),
        html.Footer([html.P(foot), html.P(meeting)], className="mc-wall-foot"),
    ]


def _row(t: Words, team: Team) -> Component:
    course = team.watched[0].course
    indicator, last = course.indicator, course.last
    value = course.values[-1] if course.weeks else None
    target = course.targets[-1] if course.weeks else None
    unit = indicator.unit if indicator.is_share else ""
    shown = t("common.none") if value is None else against(t, value, target, unit)
    aim = t("wall.of_target", target=t.amount(target, unit)) if target is not None else ""
    dots = [
        html.Span(className="mc-dot" + (" mc-dot-full" if state is Week.MET else ""))
        for state in course.states[-RECENT:]
    ]
    recent = course.recent(RECENT)
    label = {"aria-label": t("teams.meets", met=recent.met, n=recent.weeks), "role": "img"}
    return html.Div(
        [
            html.Div(
                [html.P(team.name, className="mc-far"), html.P(indicator.name, className="mc-wall-small")],
                className="mc-wall-team",
            ),
            html.Div(dots, className="mc-dots", **label),
            html.P([html.B(shown, className="mc-far"), " ", html.Span(aim)], className="mc-wall-amount"),
            html.P(
                [html.Span(SHAPES[last], **{"aria-hidden": "true"}), f" {t(f'week.{last.value}')}"],
                className="mc-wall-state mc-far",
            ),
        ],
        className=f"mc-wall-row mc-week-{last.value}",
    )
