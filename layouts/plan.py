"""El plan: one page that can be printed and hung up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

import dash_bootstrap_components as dbc
from dash import dcc, html

from dashboard.meetings import Peer
from dashboard.plan import Plan, TeamPlan
from dashboard.teams import Watched
from layouts.fields import field
from layouts.shell import Component, card, empty, heading
from layouts.teams import SHAPES, number
from layouts.verdict import objective_sentence
from layouts.words import Words


class Ids(StrEnum):
    """Ids of the plan."""

    SHEET = "plan-sheet"
    READER = "plan-reader"
    SEEN = "plan-seen"
    SAID = "plan-said"


def page(t: Words, *, may_see: bool) -> Component:
    """Return the page with places for what its callbacks fill; `may_see`: whether there is a table to sit at."""
    printing = html.Button(t("download.print"), type="button", className="mc-button", **{"data-mc": "print"})
    reader = html.Div(
        [
            field(t("plan.reader"), dbc.Select(id=Ids.READER, options=[])),
            html.Button(t("plan.seen"), id=Ids.SEEN, className="mc-button mc-primary", type="button"),
        ],
        className="mc-line-form no-print",
    )
    forms = [card([reader, html.P(id=Ids.SAID, role="status", className="mc-said")], class_name="no-print")]
    return html.Div(
        [
            heading(t, t("plan.title"), t("plan.subtitle"), [printing]),
            html.Div(id=Ids.SHEET, className="mc-sheet"),
            *(forms if may_see else []),
        ]
    )


def readers(t: Words, people: Sequence[Peer]) -> list[dict[str, str]]:
    """Return who has not said yet that they have seen the plan."""
    return [{"label": t("plan.of_team", name=peer.name, team=peer.team), "value": str(peer.peer_id)} for peer in people]


def sheet(t: Words, plan: Plan) -> list[Component]:
    """Return the plan: the goal on top, the areas without ambassador, then team by team."""
    if plan.goal is None:
        action = dcc.Link(t("menu.settings"), href="/settings", className="mc-button mc-primary")
        return [empty(t, t("plan.no_goal"), t("plan.no_goal_next"), [action])]
    why = [html.P(plan.goal.why, className="mc-muted")] if plan.goal.why else []
    goal = card([html.P(objective_sentence(t, plan.goal), className="mc-plan-goal"), *why])
    lacking = plan.without_ambassador
    words = t("plan.without", names=t.listed(list(lacking))) if lacking else t("plan.all_have_one")
    ambassadors = html.P(words, className="mc-warning" if lacking else "mc-muted")
    teams = html.Div([_team(t, plan, team) for team in plan.teams], className="mc-plan-teams")
    return [goal, ambassadors, teams]


def _team(t: Words, plan: Plan, team: TeamPlan) -> Component:
    ambassador = t("plan.ambassador", name=team.ambassador) if team.ambassador and _is_named(plan, team) else ""
    if not ambassador:
        ambassador = t("plan.has_ambassador") if team.ambassador else t("plan.no_ambassador")
    seen = t("plan.seen_by", seen=team.seen, n=team.seats) if team.seats else t("plan.no_people")
    leads = [_lead(t, one) for one in team.leads] or [html.P(t("plan.no_leads"), className="mc-muted")]
    actions = [
        html.Li(
            [html.Span(one.text), html.Small(_when(t, plan.names.get(one.owner_id, ""), one.due), className="mc-note")]
        )
        for one in team.actions
    ]
    undertaken: Component = html.Ul(actions, className="mc-plan-actions")
    return html.Section(
        [
            html.Div([html.H2(team.name), html.Small(seen, className="mc-note")], className="mc-card-head"),
            *leads,
            html.H3(t("plan.actions")),
            undertaken if actions else html.P(t("plan.no_actions"), className="mc-muted"),
            html.P(ambassador, className="mc-note"),
        ],
        className="mc-card mc-plan-team",
    )


def _is_named(plan: Plan, team: TeamPlan) -> bool:
    return team.ambassador in plan.names.values()


def _lead(t: Words, one: Watched) -> Component:
    state = one.course.last
    name = html.Span([html.Span(SHAPES[state], **{"aria-hidden": "true"}), " ", one.indicator.name])
    return html.Div([name, number(t, one.course)], className=f"mc-plan-lead mc-week-{state.value}")


def _when(t: Words, owner: str, due: date) -> str:
    return " · ".join(part for part in (owner, t.week_day(due)) if part)
