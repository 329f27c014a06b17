"""Correcting what was said of a commitment, on the fields with which it was written down."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import dash_bootstrap_components as dbc
from dash import html

from dashboard.commitments import Commitment
from layouts import promising
from layouts.promising import Options, said_words
from layouts.shell import Component
from layouts.words import Words


class Ids(StrEnum):
    """Ids of the form; its fields bear the names of `promising.Ids`."""

    SAVE = "correcting-save"
    SAID = "correcting-said"


def name(identity: promising.Ids) -> str:
    """Return the id that a field has in the form that corrects."""
    return identity.value.replace("promising", "correcting")


def form(t: Words, options: Options, one: Commitment) -> Component:
    """Return the form, filled in with what the commitment says."""
    quick, rest = promising.said(t, options, one, name)
    rest.append(dbc.Checkbox(id=name(promising.Ids.PUBLIC), label=t("promising.public"), value=one.is_public))
    more = html.Details([html.Summary(t("promising.rest")), html.Div(rest, className="mc-fields")], className="mc-more")
    save = html.Button(t("correcting.save"), id=Ids.SAVE, className="mc-button mc-primary", type="button")
    return html.Details(
        [
            html.Summary(t("correcting.open"), className="mc-button"),
            html.Div(
                [
                    html.Div(quick, className="mc-fields"),
                    more,
                    html.Div(id=Ids.SAID, role="status", className="mc-said"),
                    save,
                ],
                className="mc-promising",
            ),
        ],
        className="mc-new mc-correcting no-print",
    )


def meanwhile(t: Words, one: Commitment, now: Mapping[str, object]) -> Component:
    """Return that somebody else changed it first, what it says now where it differs, and the way to look at it."""
    rows = [html.Li([html.B(t(f"said.{key}")), " ", said_words(t, key, value)]) for key, value in now.items()]
    told = [html.P(t("correcting.now")), html.Ul(rows, className="mc-lines")] if rows else []
    look = html.A(t("correcting.look"), href=f"/commitments?open={one.commitment_id}", target="_blank")
    return html.Div([html.P(t("correcting.meanwhile"), className="mc-warning"), *told, html.P(look)])
