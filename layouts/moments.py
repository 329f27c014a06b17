"""Looking after moments: owner, review and teams in Ajustes; walks and what a team believes, on Viaje."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import dash_bootstrap_components as dbc
from dash import html

from dashboard.moments import Care, Duty
from layouts.fields import Choices, field, options_of, select
from layouts.shell import Component, card
from layouts.words import Words

"""Keys and names to choose from."""


class Ids(StrEnum):
    """Ids of the forms."""

    FORM = "moments-form"
    WHICH = "moments-which"
    OWNER = "moments-owner"
    REVIEW = "moments-review"
    DIRECT = "moments-direct"
    INDIRECT = "moments-indirect"
    SAVE = "moments-save"
    SAID = "moments-said"
    MOMENT = "moments-moment"
    WALKED_ON = "moments-walked-on"
    WALKER = "moments-walker"
    WALK = "moments-walk"
    TEAM = "moments-team"
    VALUE = "moments-value"
    ESTIMATE = "moments-estimate"
    TOLD = "moments-told"


def section(t: Words) -> Component:
    """Return the section of Ajustes with a place for its form."""
    said = html.P(id=Ids.SAID, role="status", className="mc-said")
    return html.Div([html.Div(id=Ids.FORM), said], className="mc-indicators")


def form(t: Words, moments: Choices, teams: Choices, which: str, care: Care) -> Component:
    """Return the form of one moment, and the table of who answers for which."""
    if not moments:
        return html.Div()
    kept, duties = care.of(which), care.duties.get(which, {})
    options = options_of(teams)

    def chosen(duty: Duty) -> list[str]:
        return [team for team, one in duties.items() if one is duty]

    review = kept.review_on.isoformat() if kept.review_on else ""
    return card(
        [
            html.Div(
                [
                    field(t("moments.which"), select(Ids.WHICH, moments, which)),
                    field(t("moments.owner"), dbc.Input(id=Ids.OWNER, value=kept.owner, maxLength=200)),
                    field(t("moments.review"), dbc.Input(id=Ids.REVIEW, type="date", value=review)),
                ],
                className="mc-fields",
            ),
            _teams(t("moments.direct"), Ids.DIRECT, options, chosen(Duty.DIRECT)),
            _teams(t("moments.indirect"), Ids.INDIRECT, options, chosen(Duty.INDIRECT)),
            html.Button(t("common.save"), id=Ids.SAVE, type="button", className="mc-button mc-primary"),
            matrix(t, moments, teams, care),
        ],
        title=t("moments.title"),
        note=t("moments.note"),
    )


def _teams(title: str, identity: Ids, options: list[dict[str, str]], value: list[str]) -> Component:
    choice = dbc.Checklist(id=identity, options=options, value=value, inline=True)
    return html.Fieldset([html.Legend(title, className="mc-hearing-legend"), choice], className="mc-hearing-group")


def matrix(t: Words, moments: Choices, teams: Choices, care: Care) -> Component:
    """Return which team bears on which moment; moments of nobody and teams of nothing stand out."""
    shapes = {Duty.DIRECT: ("●", t("moments.is_direct")), Duty.INDIRECT: ("○", t("moments.is_indirect"))}
    columns = [html.Th(t("dimension.moment"), scope="col"), *[html.Th(name, scope="col") for _, name in teams]]
    rows = []
    for key, name in moments:
        duties = care.duties.get(key, {})
        cells = []
        for team, _ in teams:
            shape, words = shapes[duties[team]] if team in duties else ("", "")
            cells.append(html.Td([html.Span(shape, title=words), html.Span(words, className="visually-hidden")]))
        is_alone = Duty.DIRECT not in duties.values()
        rows.append(html.Tr([html.Th(name, scope="row"), *cells], className="mc-row-alone" if is_alone else ""))
    body = html.Table([html.Thead(html.Tr(columns)), html.Tbody(rows)], className="mc-table mc-matrix")
    scroll = html.Div(
        body, className="mc-table-scroll", tabIndex="0", role="region", **{"aria-label": t("moments.matrix")}
    )
    return html.Details([html.Summary(t("moments.matrix")), scroll], className="mc-more")


def telling(t: Words, moments: Choices, teams: Choices, today: date) -> Component:
    """Return how the people of a team say that they walked a moment, and what they believe of it."""
    if not moments or not teams:
        return html.Div()
    walk = [
        field(t("moments.walked_on"), dbc.Input(id=Ids.WALKED_ON, type="date", value=today.isoformat())),
        field(t("moments.walker"), dbc.Input(id=Ids.WALKER, maxLength=200)),
        html.Button(t("moments.walk"), id=Ids.WALK, type="button", className="mc-button"),
    ]
    believe = [
        field(t("moments.team"), select(Ids.TEAM, teams, teams[0][0])),
        field(t("moments.value"), dbc.Input(id=Ids.VALUE, type="number", min=0, max=10, step=0.5)),
        html.Button(t("moments.estimate"), id=Ids.ESTIMATE, type="button", className="mc-button"),
    ]
    which = select(Ids.MOMENT, moments, moments[0][0])
    return html.Details(
        [
            html.Summary(html.B(t("moments.tell"))),
            html.P(t("moments.tell_text"), className="mc-muted"),
            field(t("moments.which"), which),
            html.Div([html.Div(walk), html.Div(believe)], className="mc-pair"),
            html.P(id=Ids.TOLD, role="status", className="mc-said"),
        ],
        className="mc-card mc-reporting no-print",
    )
