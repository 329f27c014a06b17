"""The first page anybody sees: two ways to begin."""

from __future__ import annotations

from enum import StrEnum

import dash_bootstrap_components as dbc
from dash import dcc, html

from layouts.shell import Component
from layouts.words import Words


class Ids(StrEnum):
    """Ids of the first run."""

    DEMO = "firstrun-demo"
    SMALL = "firstrun-small"
    JOB = "firstrun-job"
    PROGRESS = "firstrun-progress"


def welcome(t: Words) -> Component:
    """Return the two ways to begin."""
    return html.Div(
        [
            html.H1(t("firstrun.title")),
            html.P(t("firstrun.text"), className="mc-lead"),
            html.Div(
                [
                    html.Section(
                        [
                            html.H2(t("firstrun.own")),
                            html.P(t("firstrun.own_text")),
                            dcc.Link(t("firstrun.own_button"), href="/sources", className="mc-button mc-primary"),
                        ],
                        className="mc-card",
                    ),
                    html.Section(
                        [
                            html.H2(t("firstrun.demo")),
                            html.P(t("firstrun.demo_text")),
                            html.Div(
                                [
                                    dbc.Button(t("firstrun.demo_button"), id=Ids.DEMO, className="mc-button"),
                                    dbc.Button(t("firstrun.demo_small"), id=Ids.SMALL, className="mc-button"),
                                ],
                                className="mc-actions",
                            ),
                        ],
                        className="mc-card",
                    ),
                ],
                className="mc-pair",
            ),
            html.P(id=Ids.PROGRESS, className="mc-progress", role="status"),
            dcc.Store(id=Ids.JOB),
        ],
        className="mc-welcome",
    )
