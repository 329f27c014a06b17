"""What an employee heard, written down in fifteen seconds: words, like or dislike, moment, customer."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import dash_bootstrap_components as dbc
from dash import dcc, html

from dashboard.voice import LONGEST, Mood
from layouts.fields import field, options_of, select, suggestions
from layouts.shell import Component, empty
from layouts.words import Words

OTHER = " "
"""Chosen where the moment is none of those named: no moment is blank."""


class Ids(StrEnum):
    """Ids of the form."""

    WORDS = "hearing-words"
    MOOD = "hearing-mood"
    MOMENT = "hearing-moment"
    CUSTOMER = "hearing-customer"
    TEAM = "hearing-team"
    SEND = "hearing-send"
    SAID = "hearing-said"


def page(
    t: Words,
    teams: Sequence[tuple[str, str]],
    team: str,
    moments: Sequence[tuple[str, str]],
    accounts: Sequence[str],
) -> Component:
    """Return the form.

    Parameters
    ----------
    t : Words
    teams : sequence of (key, name)
        Those that the asker may report for.
    team : str
        The one that will hear it.
    moments : sequence of (key, name)
        In journey order, the team's own first.
    accounts : sequence of str
        Offered while one types.
    """
    if not teams:
        return html.Div(empty(t, t("hearing.no_team"), t("hearing.no_team_next"), []))
    chips = options_of([*moments, (OTHER, t("hearing.other"))])
    moods = options_of([(mood.value, t(f"mood.{mood.value}")) for mood in Mood])
    customer = dbc.Input(
        id=Ids.CUSTOMER,
        maxLength=300,
        autocomplete="off",
        placeholder=t("hearing.customer_example"),
        list="hearing-accounts",
    )
    said = dbc.Textarea(
        id=Ids.WORDS, maxLength=LONGEST, rows=4, placeholder=t("hearing.words"), className="mc-hearing-words"
    )
    return html.Div(
        [
            html.Header([html.H1(t("hearing.title")), html.P(t("hearing.subtitle"), className="mc-subtitle")]),
            html.Label([html.Span(t("hearing.words"), className="visually-hidden"), said]),
            _group(t("hearing.mood"), dbc.RadioItems(id=Ids.MOOD, options=moods, className="mc-moods"), is_hidden=True),
            _group(t("hearing.moment"), dbc.RadioItems(id=Ids.MOMENT, options=chips, className="mc-chips-choice")),
            field(t("hearing.customer"), customer),
            *suggestions("hearing-accounts", accounts),
            html.P(
                [t("hearing.promised"), " ", dcc.Link(t("hearing.promise"), href="/commitments")],
                className="mc-promise",
            ),
            html.Div(field(t("hearing.team"), select(Ids.TEAM, teams, team)), hidden=len(teams) == 1),
            html.Button(
                t("hearing.send", team=dict(teams)[team]),
                id=Ids.SEND,
                type="button",
                className="mc-button mc-primary mc-send",
            ),
            html.P(id=Ids.SAID, role="status", className="mc-said"),
            dcc.Link(t("hearing.inbox"), href="/voice"),
        ],
        className="mc-hearing",
    )


def _group(title: str, choice: Component, *, is_hidden: bool = False) -> Component:
    legend = html.Legend(title, className="visually-hidden" if is_hidden else "mc-hearing-legend")
    return html.Fieldset([legend, choice], className="mc-hearing-group")
