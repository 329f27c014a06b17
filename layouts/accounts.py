"""Clientes empresa: one plain page per account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from urllib.parse import urlencode

import dash_bootstrap_components as dbc
from dash import dcc, html

from dashboard.account_page import Account
from dashboard.commitments import Commitment
from layouts.journey_cell import commitments
from layouts.shell import Component, card, empty, heading, table
from layouts.voice import about, chip, inbox_chip, tone
from layouts.words import Words

MOST_WORDS = 20


class Ids(StrEnum):
    """Ids of the page."""

    ACTIONS = "accounts-actions"
    WHICH = "accounts-which"
    PAGE = "accounts-page"


def page(t: Words, accounts: Sequence[str], chosen: str) -> Component:
    """Return the page with the choice of an account and a place for what is said of it."""
    options = [{"label": name, "value": name} for name in dict.fromkeys([*accounts, *([chosen] if chosen else [])])]
    which = dbc.Select(id=Ids.WHICH, options=options, value=chosen or (accounts[0] if accounts else None))
    return html.Div(
        [
            heading(t, t("accounts.title"), t("accounts.subtitle"), [html.Div(id=Ids.ACTIONS)]),
            html.Label(
                [html.Span(t("accounts.which")), which],
                className="mc-control mc-controls",
                **{"data-mc-key": "account"},
            ),
            html.Div(id=Ids.PAGE, className="mc-stack"),
        ]
    )


def account(
    t: Words, found: Account | None, names: Mapping[str, Mapping[str, str]], owed: Sequence[Commitment] = ()
) -> list[Component]:
    """Return one account: the mean and the worst of its people, each of them, their words and what is open.

    Parameters
    ----------
    t : Words
    found : Account or None
    names : mapping
        Dimension to key to name.
    owed : sequence of Commitment
        What was promised to it and is still open.
    """
    if found is None:
        return [empty(t, t("accounts.nothing"), t("accounts.nothing_next"), [dcc.Link(t("menu.voice"), href="/voice")])]
    facts = [
        (t.points(found.mean, 1) if found.mean is not None else t("common.none"), t("accounts.mean")),
        (str(found.worst) if found.worst is not None else t("common.none"), t("accounts.worst")),
        (t.count(found.people.height), t("accounts.people")),
        (t.count(found.open), t("accounts.open")),
    ]
    parts = [html.Div([html.Dt(words), html.Dd(number)], className="mc-fact") for number, words in facts]
    return [
        html.Dl(parts, className="mc-card mc-voice-facts"),
        card(_people(t, found, names), title=t("accounts.answers"), note=t("accounts.answers_note")),
        card(_words(t, found, names), title=t("journey.said")),
        *([card(commitments(t, t("accounts.owed"), owed))] if owed else []),
    ]


def _people(t: Words, found: Account, names: Mapping[str, Mapping[str, str]]) -> Component:
    columns = [t(f"accounts.column_{name}") for name in ("person", "last", "day", "mean", "worst", "answers")]
    roles, areas = names.get("role", {}), names.get("area", {})
    rows = []
    for place, row in enumerate(found.people.iter_rows(named=True), start=1):
        told = [roles.get(row["role"], row["role"]), areas.get(row["area"], row["area"])]
        who = " · ".join(part for part in told if part) or t("accounts.person", n=place)
        numbers = [str(row["last"]), t.short_day(row["day"], year=True), t.points(row["mean"], 1), str(row["worst"])]
        rows.append([who, *numbers, t.count(row["n"])])
    return table(t("accounts.answers"), columns, rows)


def _words(t: Words, found: Account, names: Mapping[str, Mapping[str, str]]) -> Component:
    if found.comments.is_empty():
        return html.P(t("accounts.no_words"), className="mc-muted")
    said = [
        html.Article(
            [
                html.Blockquote(t("common.quoted", words=row["verbatim"])),
                html.Footer(
                    [html.Span(about(t, row, names), className="mc-muted"), chip(t, row), inbox_chip(t, row, names)]
                ),
            ],
            className=f"mc-comment mc-said-by {tone(row)}",
        )
        for row in found.comments.head(MOST_WORDS).iter_rows(named=True)
    ]
    return html.Div(
        [
            html.Div(said, className="mc-stream"),
            dcc.Link(t("journey.more_words"), href="/voice?" + urlencode({"account": found.name})),
        ]
    )
