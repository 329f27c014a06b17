"""Registro: who did what and when, looked for by person, verb, noun and period."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

import dash_bootstrap_components as dbc
from dash import dcc, html

from dashboard.commitments import Step
from dashboard.filters import DIMENSIONS
from layouts.fields import field
from layouts.shell import Component, card, heading, table
from layouts.words import Words


class Ids(StrEnum):
    """Ids of the page."""

    WHO = "audit-who"
    VERB = "audit-verb"
    NOUN = "audit-noun"
    SINCE = "audit-since"
    UNTIL = "audit-until"
    ACTIONS = "audit-actions"
    COUNT = "audit-count"
    LIST = "audit-list"
    NEWER = "audit-newer"
    OLDER = "audit-older"
    PAGE = "audit-page"


ANY = " "
"""Chosen where nothing is looked for: no name is blank, and an empty value would be the control's own placeholder."""

VERBS = (
    *(
        "add",
        "aim",
        "change",
        "change password",
        "choose password",
        "close",
        "erase",
        "fail",
        "forget",
        "import",
        "invite",
    ),
    *(
        "judge",
        "label",
        "merge",
        "move",
        "open",
        "order",
        "pair",
        "pause",
        "propose",
        "publish",
        "read",
        "remove",
        "rename",
        "report",
    ),
    *("agree", "raise", "take", "clear", "drive", "attend", "see"),
    *("reset", "resume", "retire", "revoke", "rollup"),
    *("save", "set", "set up", "sign in", "sign out", "undo", "upkeep", "view as"),
    *("answer", "assign", "decide", "estimate", "hear", "keep", "send", "walk"),
    *(step.value for step in Step if step is not Step.RESUME),  # resuming has its word above
)
"""What can be done and has words; anything else is told as it was written."""

NOUNS = (
    *(
        "activity",
        "comments",
        "commitment",
        "customer",
        "evidence",
        "goal",
        "import",
        "improvement",
        "indicator",
        "mark",
        "organisation",
        "person",
    ),
    *("publication", "reading", "screen", "setup", "sign-in", "themes"),
    *("action", "meeting", "obstacle", "peer", "plan"),
)
"""What it can be done to, beside the dimensions."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the audit; `detail` in the order it was written."""

    at: datetime
    who: str
    verb: str
    noun: str
    noun_id: str
    detail: tuple[tuple[str, str], ...]


def slug(code: str) -> str:
    """Return a verb or noun as the keys of its words have it."""
    return code.replace(" ", "_").replace("-", "_")


def verb_words(t: Words, verb: str) -> str:
    """Return what was done, in words."""
    return t(f"audit.verb_{slug(verb)}") if verb in VERBS else verb


def noun_words(t: Words, noun: str) -> str:
    """Return to what it was done, in words."""
    if noun in DIMENSIONS:
        return t(f"dimension.{noun}")
    return t(f"audit.noun_{slug(noun)}") if noun in NOUNS else noun


def page(t: Words, who: Sequence[str], verbs: Sequence[str], nouns: Sequence[str]) -> Component:
    """Return the page; `who`, `verbs` and `nouns` are those that occur."""
    fields = [
        _choice(t, Ids.WHO, "who", who, str),
        _choice(t, Ids.VERB, "verb", verbs, lambda verb: verb_words(t, verb)),
        _choice(t, Ids.NOUN, "noun", nouns, lambda noun: noun_words(t, noun)),
        field(t("filters.since"), dbc.Input(id=Ids.SINCE, type="date", debounce=True)),
        field(t("filters.until"), dbc.Input(id=Ids.UNTIL, type="date", debounce=True)),
    ]
    turns = [
        html.Button(t("audit.newer"), id=Ids.NEWER, className="mc-button", type="button", disabled=True),
        html.Button(t("audit.older"), id=Ids.OLDER, className="mc-button", type="button", disabled=True),
    ]
    return html.Div(
        [
            heading(t, t("audit.title"), t("audit.subtitle"), [html.Div(id=Ids.ACTIONS)]),
            card(html.Div(fields, className="mc-fields"), class_name="no-print"),
            card(
                [
                    html.P(id=Ids.COUNT, className="mc-muted", role="status"),
                    html.Div(id=Ids.LIST),
                    html.Div(turns, className="mc-actions no-print"),
                    dcc.Store(id=Ids.PAGE, data=0),
                ],
                class_name="mc-below",
            ),
        ]
    )


def _choice(t: Words, identity: Ids, key: str, values: Sequence[str], said: Callable[[str], str]) -> Component:
    named = sorted(
        ({"label": said(value), "value": value} for value in values), key=lambda one: one["label"].casefold()
    )
    options = [{"label": t("filters.all"), "value": ANY}, *named]
    return field(t(f"audit.{key}"), dbc.Select(id=identity, options=options, value=ANY))


def lines(t: Words, rows: Sequence[Row], zone: ZoneInfo) -> Component:
    """Return the rows of one turn of the page."""
    if not rows:
        return html.P(t("audit.nothing"), className="mc-muted")
    columns = [t(f"audit.{name}") for name in ("when", "who", "verb", "noun", "which", "detail")]
    return table(t("audit.title"), columns, [told(t, row, zone) for row in rows])


def told(t: Words, row: Row, zone: ZoneInfo) -> list[str]:
    """Return one row in words, as screen and file show it."""
    detail = " · ".join(f"{name}: {value}" for name, value in row.detail)
    return [t.moment(row.at, zone), row.who, verb_words(t, row.verb), noun_words(t, row.noun), row.noun_id, detail]
