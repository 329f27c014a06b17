"""The four facts of the method with their arithmetic, what each team contributes, and the weeks of the meetings."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from dash import dcc, html

from dashboard.actions import KEPT_WEEKS
from dashboard.agenda import Agenda, Contribution
from dashboard.meetings import MeetingState, MeetingWeek
from dashboard.minutes import Minutes
from dashboard.scoreboard import Scoreboard
from dashboard.teams import Teams
from layouts.shell import Component, card
from layouts.verdict import saying
from layouts.words import Words

SHAPES = {
    MeetingState.CLOSED: "●",
    MeetingState.OPEN: "◉",
    MeetingState.MISSED: "○",
    MeetingState.PAUSED: "–",
    MeetingState.PLANNED: "·",
}
WEEKS_SHOWN = 13
MOST_SHOWN = 8
"""Earlier meetings that are listed at once; older ones are found by what they speak of."""


def method(
    t: Words, agenda: Agenda, board: Scoreboard, found: Teams, contributions: Sequence[Contribution]
) -> list[Component]:
    """Return the facts, the weeks of this meeting and the strip of the teams."""
    return [
        card([facts(t, agenda, board, found), weeks(t, agenda.weeks)], title=t("method.title"), note=t("method.note")),
        card(strip(t, contributions), title=t("method.strip"), note=t("method.strip_note", n=KEPT_WEEKS)),
    ]


def facts(t: Words, agenda: Agenda, board: Scoreboard, found: Teams) -> Component:
    """Return the four facts: objective, lead indicators, actions, meetings; each with what it was computed from."""
    kept, held = agenda.kept, agenda.held
    told = [
        _goal(t, board),
        _fact(t, "leads", f"{found.met}/{len(found.states)}" if found.states else "", t("method.leads_why")),
        _fact(t, "kept", t.share(kept.share) if kept.due else "", _kept_why(t, agenda)),
        _fact(t, "held", t.share(held.share) if held.due else "", t("method.held_why", held=held.held, n=held.due)),
    ]
    return html.Dl(told, className="mc-method")


def _goal(t: Words, board: Scoreboard) -> Component:
    judgement = board.judgement
    if board.goal is None or judgement is None or judgement.points is None:
        return _fact(t, "goal", "", t("scoreboard.no_goal"))
    points, objective = (t.points(value, judgement.decimals) for value in (judgement.points, judgement.objective))
    told = saying(t, judgement)
    why = f"{t('method.goal_why', points=points, objective=objective)} {told.word} {told.by}"
    return _fact(t, "goal", f"{points}/{objective}", why)


def _kept_why(t: Words, agenda: Agenda) -> str:
    kept = agenda.kept
    words = t("method.kept_why", done=kept.done, n=kept.due)
    return f"{words} {t('method.kept_waiting', n=kept.waiting)}" if kept.waiting else words


def _fact(t: Words, name: str, value: str, why: str) -> Component:
    number = html.B(value or t("common.no_data"), className="mc-fact-number" if value else "")
    return html.Div([html.Dt(t(f"method.{name}")), html.Dd([number, html.Small(why)])], className="mc-method-fact")


def weeks(t: Words, found: Sequence[MeetingWeek]) -> Component:
    """Return the last weeks as marks with words: held, missed, paused on purpose."""
    cells = []
    for one in found[-WEEKS_SHOWN:]:
        words = f"{t.short_day(one.week)} · {t(f'meeting_state.{one.state.value}')}"
        shape = html.Span(SHAPES[one.state], **{"aria-hidden": "true"})
        hidden = html.Span(words, className="visually-hidden")
        cells.append(html.Li([shape, hidden], title=words, className=f"mc-cell mc-met-{one.state.value}"))
    return html.Ol(cells, className="mc-grid", **{"aria-label": t("method.weeks")})


def strip(t: Words, contributions: Sequence[Contribution]) -> Component:
    """Return what each team contributes, in the company's order: nobody is ranked, no person is named."""
    if not contributions:
        return html.P(t("common.no_data"), className="mc-muted")
    cells = [
        html.Li(
            [
                html.B(dcc.Link(one.name, href="/teams?" + urlencode({"team": one.team}))),
                _part(t, "met", one.met, one.reported),
                _part(t, "kept", one.kept.done, one.kept.due),
                _part(t, "held", one.held.held, one.held.due),
            ]
        )
        for one in contributions
    ]
    return html.Ul(cells, className="mc-strip")


def _part(t: Words, name: str, part: int, whole: int) -> Component:
    words = t(f"method.part_{name}", part=t.count(part), whole=t.count(whole)) if whole else t(f"method.no_{name}")
    bar = html.Span(className="mc-part-bar", style={"width": f"{100 * part / whole:.0f}%"}) if whole else ""
    track = html.Span(bar, className="mc-part-track", **{"aria-hidden": "true"})
    return html.Div([html.Small(words), track], className="mc-part")


def history(t: Words, found: Sequence[Minutes], words: str) -> Component:
    """Return the meetings that speak of what is looked for, newest first, each with its minutes."""
    if not found:
        return html.P(t("meeting.nothing_found" if words else "meeting.no_history"), className="mc-muted")
    more = len(found) - MOST_SHOWN
    rest = [html.P(t("meeting.more", n=more), className="mc-muted")] if more > 0 else []
    entries = [_entry(t, one, words) for one in found[:MOST_SHOWN]]
    return html.Div([html.Ul(entries, className="mc-history"), *rest])


def _entry(t: Words, one: Minutes, words: str) -> Component:
    address = f"/download/minutes/{one.meeting.meeting_id}"
    facts_ = [
        t("meeting.done_of", done=one.done, n=len(one.said)),
        t("meeting.agreed", n=len(one.agreed)),
        t("meeting.attend", here=len(one.here), n=one.seats),
    ]
    links = [html.A(kind, href=f"{address}.{end}") for kind, end in (("PDF", "pdf"), ("Markdown", "md"))]
    hits = [action.text for action in (*one.said, *one.agreed)] if words else []
    shown = [html.Small(t.listed(list(dict.fromkeys(hits))[:3]), className="mc-note")] if hits else []
    day = html.B(t.day(one.sitting.day, weekday=True, year=True))
    return html.Li([html.Div([day, html.Small(" · ".join(facts_), className="mc-note"), *shown]), html.Div(links)])
