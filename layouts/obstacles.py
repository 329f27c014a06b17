"""Clearing the path: what stands in the way, and which commitments to customers are to be made good."""

from __future__ import annotations

from dash import dcc, html

from dashboard.agenda import Agenda
from dashboard.commitments import Commitment, Stage
from dashboard.meetings import Obstacle, ObstacleState
from layouts.agenda import do
from layouts.shell import Component
from layouts.words import Words

MOST_PROMISES = 6
"""Commitments that a meeting looks at together; the page of commitments has them all."""


def obstacles(t: Words, agenda: Agenda) -> list[Component]:
    """Return what stands in the way: who removes it, by when, where it came from."""
    head = html.H2(t("meeting.block_3"))
    lying: Component = html.P(t("meeting.no_obstacles"), className="mc-muted")
    if agenda.obstacles:
        lying = html.Ul([_obstacle(t, agenda, one) for one in agenda.obstacles], className="mc-obstacles")
    if not agenda.promises:
        return [head, lying]
    promised = html.Ul([_promise(t, agenda, one) for one in agenda.promises[:MOST_PROMISES]], className="mc-obstacles")
    more = html.Small(t("meeting.promises_of", n=len(agenda.promises)), className="mc-note")
    title = html.Div([html.H2(dcc.Link(t("meeting.promises"), href="/commitments")), more], className="mc-card-head")
    return [head, lying, title, promised]


def _promise(t: Words, agenda: Agenda, one: Commitment) -> Component:
    is_late = one.due is not None and one.due < agenda.today
    facts = [one.account, one.owner, t("meeting.by", day=t.short_day(one.due)) if one.due else ""]
    chip = [html.Small(t("meeting.late"), className="mc-badge")] if is_late else []
    broken = [html.Small(t("stage_of.broken"), className="mc-badge")] if one.stage is Stage.BROKEN else []
    note = html.Small(" · ".join(part for part in facts if part), className="mc-note")
    said = html.Div([html.Span(one.what), *(broken or chip), note])
    return html.Li([said, do("recover", one.commitment_id, t("meeting.take"))])


def _obstacle(t: Words, agenda: Agenda, one: Obstacle) -> Component:
    is_cleared = one.state is ObstacleState.CLEARED
    facts = [
        t("meeting.from_team", team=one.raised_by or t("meeting.common")) if one.raised_by != one.team else "",
        agenda.names.get(one.remover_id, "") if one.remover_id else t("meeting.unclaimed"),
        t("meeting.by", day=t.week_day(one.due)) if one.due else "",
    ]
    of = f"{one.obstacle_id}.{one.version}"
    acts = [do("clear", of, t("meeting.clear")), do("send", of, t("meeting.send"))]
    if one.remover_id is None:
        acts.append(do("take", of, t("meeting.take")))
    late = one.due is not None and one.due < agenda.today and not is_cleared
    chip = [html.Small(t("meeting.late"), className="mc-badge")] if late else []
    text = html.Span([("✓ " if is_cleared else ""), one.text], className="mc-muted" if is_cleared else "")
    said = html.Div([text, *chip, html.Small(" · ".join(part for part in facts if part), className="mc-note")])
    return html.Li([said, html.Div([] if is_cleared else acts, className="mc-actions")])
