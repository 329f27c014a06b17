"""Voz: what customers say, whose inbox it is in, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

import dash_bootstrap_components as dbc
import polars as pl
from dash import dcc, html

from dashboard.voice import LONGEST_THANKS, Conversation, Outcome, Thanks
from layouts.fields import field, select
from layouts.shell import Component, card, heading
from layouts.words import Words

ANY = " "
"""Chosen where nothing is looked for."""

SHOWN = 60
SHAPES = {Outcome.OPEN: "○", Outcome.DO: "▲", Outcome.PARK: "◆", Outcome.NO: "✕"}
Names = Mapping[str, Mapping[str, str]]


class Ids(StrEnum):
    """Ids of the voice."""

    FILTERS = "voice-filters"
    ACTIONS = "voice-actions"
    SEARCH = "voice-search"
    INBOX = "voice-inbox"
    OUTCOME = "voice-outcome"
    FACTS = "voice-facts"
    LIST = "voice-list"
    THANKS = "voice-thanks"
    CHOSEN = "voice-chosen"
    OPEN = "voice-open"
    PANEL = "voice-panel"
    SAID = "voice-said"
    DECIDE = "voice-decide"
    REASON = "voice-reason"
    THANKED = "voice-thanked"
    SAVE = "voice-save"
    TEAM = "voice-team"
    SEND = "voice-send"
    TELL = "voice-tell"


def page(t: Words, inboxes: Sequence[tuple[str, str]], words: str, *, may_hear: bool) -> Component:
    """Return the page with places for what its callbacks fill.

    Parameters
    ----------
    t : Words
    inboxes : sequence of (key, name)
        Teams whose inbox may be chosen.
    words : str
        Looked for at first.
    may_hear : bool
        Whether the asker may write down what was heard.
    """
    hear = [dcc.Link(t("voice.hear"), href="/hear", className="mc-button mc-primary")] if may_hear else []
    outcomes = [(one.value, t(f"outcome.{one.value}")) for one in Outcome]
    search = dbc.Input(id=Ids.SEARCH, type="search", value=words, debounce=True, placeholder=t("voice.search_example"))
    said = html.Div(id=Ids.LIST, className="mc-stream")
    chosen = html.Aside(id=Ids.PANEL, className="mc-card mc-voice-panel", **{"aria-label": t("voice.panel")})
    return html.Div(
        [
            heading(t, t("voice.title"), t("voice.subtitle"), [html.Div(id=Ids.ACTIONS), *hear]),
            html.Div(id=Ids.FILTERS),
            html.Div(
                [
                    html.Label([html.Span(t("voice.search")), search], className="mc-control mc-search"),
                    _select(t, Ids.INBOX, "voice.inbox", inboxes),
                    _select(t, Ids.OUTCOME, "voice.outcome", outcomes),
                ],
                className="mc-controls no-print",
            ),
            html.P(id=Ids.SAID, role="status", className="mc-said"),
            dcc.Store(id=Ids.CHOSEN),
            html.Div(
                [
                    html.Div([html.Div(id=Ids.FACTS), said], className="mc-stack"),
                    html.Div([chosen, html.Div(id=Ids.THANKS)], className="mc-stack mc-voice-side"),
                ],
                className="mc-journey",
            ),
        ]
    )


def _select(t: Words, identity: Ids, key: str, options: Sequence[tuple[str, str]]) -> Component:
    every = [(ANY, t("filters.all")), *options]
    return html.Label([html.Span(t(key)), select(identity, every, ANY)], className="mc-control")


def facts(t: Words, found: Conversation, today: date) -> Component:
    """Return how the conversation goes, in four numbers."""
    hours = t("voice.hours", n=round(found.hours)) if found.hours is not None else t("common.none")
    waiting = t("voice.days", n=(today - found.waiting).days) if found.waiting else t("common.none")
    told = [
        (t.count(found.comments), t("voice.comments")),
        (t.share(found.decided), t("voice.decided")),
        (t.share(found.told), t("voice.answered")),
        (hours, t("voice.median")),
        (waiting, t("voice.oldest")),
    ]
    parts = [html.Div([html.Dt(words), html.Dd(number)], className="mc-fact") for number, words in told]
    return html.Dl(parts, className="mc-card mc-voice-facts")


def stream(t: Words, found: pl.DataFrame, names: Names, chosen: str | None) -> list[Component]:
    """Return the newest comments; a line says when there are more."""
    if found.is_empty():
        return [html.P(t("voice.nothing"), className="mc-card mc-muted")]
    shown = [_comment(t, row, names, chosen) for row in found.head(SHOWN).iter_rows(named=True)]
    more = found.height - len(shown)
    return [*shown, *([html.P(t("voice.more", n=more), className="mc-muted")] if more else [])]


def _comment(t: Words, row: Mapping[str, Any], names: Names, chosen: str | None) -> Component:
    is_chosen = row["response_id"] == chosen
    button = html.Button(
        t("voice.open"),
        id={"type": Ids.OPEN.value, "comment": row["response_id"]},
        type="button",
        className="mc-link",
        **{"aria-label": t("voice.open_of", words=row["verbatim"][:60])},
    )
    return html.Article(
        [
            html.Blockquote(t("common.quoted", words=row["verbatim"])),
            html.Footer(
                [html.Span(about(t, row, names), className="mc-muted"), chip(t, row), inbox_chip(t, row, names), button]
            ),
        ],
        className=f"mc-comment mc-said-by {tone(row)}" + (" mc-chosen-one" if is_chosen else ""),
        **({"aria-current": "true"} if is_chosen else {}),
    )


def tone(row: Mapping[str, Any]) -> str:
    """Return whether a comment is good or bad news: by its answer, else by its mood."""
    if row["recommend"] is not None:
        return "mc-good" if row["recommend"] >= 9 else "mc-bad" if row["recommend"] <= 6 else "mc-fair"
    return {"like": "mc-good", "dislike": "mc-bad"}.get(row["mood"] or "", "mc-fair")


def about(t: Words, row: Mapping[str, Any], names: Names) -> str:
    """Return who said it, of what and when."""

    def named(dimension: str) -> str:
        key = row[dimension]
        return names.get(dimension, {}).get(key, key) if key else ""

    answer = f"{row['recommend']}/10" if row["recommend"] is not None else ""
    mood = t(f"mood.{row['mood']}") if row["mood"] else ""
    heard = t("voice.heard") if row["kind"] == "implicit" else ""
    parts = [answer, mood, heard, *map(named, ("moment", "segment", "account", "role")), t.short_day(row["day"])]
    return " · ".join(part for part in parts if part)


def chip(t: Words, row: Mapping[str, Any]) -> Component:
    """Return what came of a comment, with its shape."""
    outcome = Outcome(row["outcome"])
    shape = html.Span(f"{SHAPES[outcome]} ", **{"aria-hidden": "true"})
    told = f" · {t('voice.told')}" if row["told_at"] else ""
    return html.Span([shape, t(f"outcome.{outcome.value}"), told], className=f"mc-chip mc-outcome-{outcome.value}")


def inbox_chip(t: Words, row: Mapping[str, Any], names: Names) -> Component:
    """Return in whose inbox a comment lies."""
    team = row["inbox"]
    return html.Span(names.get("team", {}).get(team, team) if team else t("voice.no_inbox"), className="mc-chip")


def panel(
    t: Words,
    row: Mapping[str, Any] | None,
    masked: str,
    names: Names,
    teams: Sequence[tuple[str, str]],
    rights: tuple[bool, bool],
) -> list[Component]:
    """Return one comment with what can be done of it.

    Parameters
    ----------
    t : Words
    row : mapping or None
        Of `STREAM`.
    masked : str
        Its words, personal details masked: what may be passed on.
    names : mapping
    teams : sequence of (key, name)
        To which it may be sent.
    rights : (bool, bool)
        Whether the asker decides on it, and whether they may answer for it.
    """
    if row is None:
        return [html.H2(t("voice.panel")), html.P(t("voice.choose"), className="mc-muted")]
    may_decide, may_tell = rights
    decided = []
    if row["outcome"] != Outcome.OPEN.value:
        who = {"who": row["who"], "day": t.short_day(row["decided_at"].date())}
        decided = [
            html.P([html.B(t(f"outcome.{row['outcome']}")), f": {row['reason']} ", html.Small(t("voice.by", **who))])
        ]
    copy = html.Button(
        t("voice.copy"), type="button", className="mc-button", **{"data-mc": "words", "data-words": masked}
    )
    account = []
    if row["account"]:
        href = "/accounts?" + urlencode({"account": row["account"]})
        account = [dcc.Link(t("voice.account", account=row["account"]), href=href)]
    tell = html.Button(
        t("voice.tell"), id=Ids.TELL, type="button", className="mc-button", hidden=not may_tell or bool(row["told_at"])
    )
    return [
        html.H2(t("voice.panel")),
        html.Blockquote(t("common.quoted", words=row["verbatim"]), className="mc-voice-words"),
        html.P(about(t, row, names), className="mc-muted"),
        html.P([chip(t, row), " ", inbox_chip(t, row, names)]),
        *decided,
        *account,
        html.Div(
            [copy, tell, dcc.Link(t("voice.improve"), href=_new(row), className="mc-button")],
            className="mc-actions no-print",
        ),
        html.Div(_form(t, row, teams), hidden=not may_decide),
    ]


def _new(row: Mapping[str, Any]) -> str:
    """Return the address that proposes an improvement born from a comment."""
    moment = {"moment": row["moment"]} if row["moment"] else {}
    return "/improvements?" + urlencode({"card": "new", "origin": row["response_id"], **moment})


def _form(t: Words, row: Mapping[str, Any], teams: Sequence[tuple[str, str]]) -> list[Component]:
    options = [{"label": t(f"outcome.{one.value}"), "value": one.value} for one in Outcome if one is not Outcome.OPEN]
    chosen = row["outcome"] if row["outcome"] != Outcome.OPEN.value else None
    return [
        html.H3(t("voice.decide")),
        dbc.RadioItems(id=Ids.DECIDE, options=options, value=chosen, className="mc-chips-choice"),
        field(t("voice.reason"), dbc.Input(id=Ids.REASON, maxLength=300, value=row["reason"] or "")),
        field(t("voice.thanked"), dbc.Input(id=Ids.THANKED, maxLength=LONGEST_THANKS, value=row["thanks"] or "")),
        html.Button(t("common.save"), id=Ids.SAVE, type="button", className="mc-button mc-primary"),
        field(t("voice.send_to"), select(Ids.TEAM, teams, row["inbox"])),
        html.Button(t("voice.send"), id=Ids.SEND, type="button", className="mc-button"),
    ]


def thanked(t: Words, found: Sequence[Thanks]) -> list[Component]:
    """Return what changed thanks to customers this month; nothing when nothing did."""
    if not found:
        return []
    items = [html.Li(words) for words in dict.fromkeys(one.words for one in found)]
    return [card(html.Ul(items, className="mc-list"), title=t("voice.thanks"))]
