"""Forgetting a person: who, are you sure, and then what was erased and what is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html

from dashboard.erasure import Known
from layouts.fields import field
from layouts.shell import Component, card
from layouts.words import Words


class Ids(StrEnum):
    """Ids of the card."""

    SOURCE = "erasure-source"
    KNOWN = "erasure-known"
    NAME = "erasure-name"
    SURE = "erasure-sure"
    FORGET = "erasure-forget"
    JOB = "erasure-job"
    RESULT = "erasure-result"
    PROGRESS = "erasure-progress"
    SAID = "erasure-said"


ERASED = ("answers", "ratings", "comments", "promises", "commitments", "rejected", "uploads", "jobs", "kept", "files")
"""What is counted, in the order of telling."""


def erasure(t: Words, sources: Sequence[str]) -> Component:
    """Return the card; `sources` are those that anything was ever imported from."""
    known = [{"label": t(f"erasure.{one.value}"), "value": one.value} for one in Known]
    names = [{"label": source, "value": source} for source in sources]
    return card(
        [
            html.P(t("erasure.text")),
            html.Div(
                [
                    field(
                        t("erasure.source"), dbc.Select(id=Ids.SOURCE, options=names, value=next(iter(sources), None))
                    ),
                    field(t("erasure.known"), dbc.Select(id=Ids.KNOWN, options=known, value=Known.RESPONDENT.value)),
                    field(t("erasure.name"), dbc.Input(id=Ids.NAME, maxLength=200, autocomplete="off")),
                ],
                className="mc-fields",
            ),
            dbc.Checkbox(id=Ids.SURE, label=t("erasure.sure"), value=False),
            html.Div(html.Button(t("erasure.button"), id=Ids.FORGET, className="mc-button"), className="mc-actions"),
            html.P(id=Ids.PROGRESS, className="mc-progress", role="status"),
            html.Div(id=Ids.SAID, role="status"),
            dcc.Store(id=Ids.JOB),
            dcc.Store(id=Ids.RESULT),
        ],
        title=t("erasure.title"),
        class_name="mc-below",
    )


def erased(t: Words, result: Mapping[str, Any]) -> list[Component]:
    """Return what was erased and where, and the copies that are left."""
    counts = [html.Li(t(f"erasure.erased_{name}", n=int(result[name]))) for name in ERASED]
    copies = [
        html.Li(f"{copy['name']} · {t.short_day(date.fromisoformat(copy['day']), year=True)}")
        for copy in result["backups"]
    ]
    left = [html.P(t("erasure.backups")), html.Ul(copies)] if copies else [html.P(t("erasure.no_backups"))]
    return [html.P(t("erasure.done"), className="mc-lead"), html.Ul(counts), *left]
