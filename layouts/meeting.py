"""Reunión semanal: the page of one table. Forms stand still, so that no pulse wipes out what is being typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from urllib.parse import urlencode

import dash_bootstrap_components as dbc
from dash import dcc, html

from dashboard.actions import LONGEST_PREFERENCE, LONGEST_TEXT
from dashboard.meetings import LONGEST_OBSTACLE
from dashboard.people import LONGEST_NAME
from layouts.fields import field, suggesting
from layouts.shell import Component, card, heading
from layouts.words import Words

LONGEST_TOLD = 300

COMMON_TABLE = " "
"""What stands for the common meeting where a table is chosen: nothing chosen is the team's own."""


class Ids(StrEnum):
    """Ids of the meeting."""

    TEAM = "meeting-team"
    ROOM = "meeting-room"
    SUBTITLE = "meeting-subtitle"
    COMMANDS = "meeting-commands"
    STEPS = "meeting-steps"
    SHOWN = "meeting-shown"
    SAID = "meeting-said"
    CHOSEN = "meeting-chosen"
    CHOOSE = "meeting-choose"
    DO = "meeting-do"
    ANSWER = "meeting-answer"
    QUOTES = "meeting-quotes"
    HERE = "meeting-here"
    SILENT = "meeting-silent"
    READING = "meeting-reading"
    VALUE = "meeting-value"
    REPORT = "meeting-report"
    TABLE = "meeting-table"
    TURN = "meeting-turn"
    KEYS = "meeting-keys"
    UNDO = "meeting-undo"
    TOLD = "meeting-told"
    LATER = "meeting-later"
    HAND_TO = "meeting-hand-to"
    AWAY = "meeting-away"
    MOVE = "meeting-move"
    OBSTACLES = "meeting-obstacles"
    OBSTACLE = "meeting-obstacle"
    REMOVER = "meeting-remover"
    BY_WHEN = "meeting-by-when"
    SEND_TO = "meeting-send-to"
    RAISE = "meeting-raise"
    AHEAD = "meeting-ahead"
    TEXT = "meeting-text"
    OWNER = "meeting-owner"
    DUE = "meeting-due"
    MOVES = "meeting-moves"
    PREFERENCE = "meeting-preference"
    WITNESS = "meeting-witness"
    LONG = "meeting-long"
    AGREE = "meeting-agree"
    ASIDE = "meeting-aside"
    METHOD = "meeting-method"
    PEOPLE = "meeting-people"
    PEER = "meeting-peer"
    SEAT = "meeting-seat"
    PAUSE_SINCE = "meeting-pause-since"
    PAUSE_UNTIL = "meeting-pause-until"
    PAUSE_WHY = "meeting-pause-why"
    PAUSE = "meeting-pause"
    WEEKDAY = "meeting-weekday"
    TIME = "meeting-time"
    RHYTHM = "meeting-rhythm"
    SEARCH = "meeting-search"
    HISTORY = "meeting-history"


def page(
    t: Words,
    team: str,
    teams: Sequence[tuple[str, str]],
    due: date,
    preferences: Sequence[str] = (),
    menu: Sequence[Component] = (),
    *,
    may_lead: bool,
) -> Component:
    """Return the page with places for what its callbacks fill.

    Parameters
    ----------
    t : Words
    team : str
        Whose meeting it is; empty is the common one.
    teams : sequence of (str, str)
        Key and name of every meeting that the visitor sits at.
    due : date
        What a new action is due by unless somebody says otherwise.
    preferences : sequence of str
        What customers value, as it was named before.
    menu : sequence of Component
        What can be done beside holding it.
    may_lead : bool
        Whether the visitor decides when the team meets.
    """
    room = html.Div(
        [
            html.Div(id=Ids.STEPS),
            html.P(id=Ids.SAID, role="status", className="mc-said"),
            html.Div(
                [
                    html.Div(
                        [_customer(t), _said(t), _path(t), _week(t, due, preferences)],
                        className="mc-panels",
                        **{"data-mc-drafts": team or "*"},
                    ),
                    html.Aside(id=Ids.ASIDE, className="mc-aside", **{"aria-label": t("meeting.aside")}),
                ],
                className="mc-table-and-aside",
            ),
        ],
        id=Ids.ROOM,
        className="mc-room",
    )
    lead = [_when(t)] if may_lead else []
    below = [html.Div(id=Ids.METHOD), _history(t), _people(t, team), *lead]
    return html.Div(
        [
            dcc.Store(id=Ids.TEAM, data=team),
            dcc.Store(id=Ids.CHOSEN),
            dcc.Store(id=Ids.SHOWN),
            heading(
                t,
                t("meeting.title"),
                html.Span(id=Ids.SUBTITLE),
                [html.Div(id=Ids.COMMANDS, className="mc-actions"), *menu],
            ),
            _tables(t, team, teams),
            room,
            html.Div(below, className="mc-after no-print"),
        ]
    )


def _tables(t: Words, team: str, teams: Sequence[tuple[str, str]]) -> Component:
    """Return the ways to the tables at which the visitor sits."""
    links = []
    for key, name in teams:
        marks = {"aria-current": "true"} if key == team else {}
        query = urlencode({"team": key}) if key else "common=1"
        links.append(html.Li(dcc.Link(name, href=f"/meeting?{query}", className="mc-pill"), **marks))
    return html.Nav(html.Ul(links, className="mc-filters mc-tables no-print"), **{"aria-label": t("meeting.tables")})


def _wide(label: str, control: Component) -> Component:
    return field(label, control, class_name="mc-grow")


def _text(identity: Ids, placeholder: str, longest: int) -> Component:
    return dbc.Input(id=identity, maxLength=longest, placeholder=placeholder, autocomplete="off")


def _day(identity: Ids, value: date | None = None) -> Component:
    return dbc.Input(id=identity, type="date", value=value.isoformat() if value else "")


def _select(identity: Ids) -> Component:
    return dbc.Select(id=identity, options=[])


def _button(identity: Ids, words: str, *, is_primary: bool = True) -> Component:
    name = "mc-button mc-primary" if is_primary else "mc-button"
    return html.Button(words, id=identity, className=name, type="button")


def _panel(block: int, children: list[Component], label: str) -> Component:
    return html.Section(children, className=f"mc-card mc-panel mc-panel-{block}", **{"aria-label": label})


def _customer(t: Words) -> Component:
    report = html.Div(
        [
            field(t("meeting.reading"), _select(Ids.READING)),
            field(t("meeting.value"), dbc.Input(id=Ids.VALUE, type="number", step="any", inputmode="decimal")),
            _button(Ids.REPORT, t("meeting.report"), is_primary=False),
        ],
        id=Ids.SILENT,
        hidden=True,
        className="mc-fields mc-line-form",
    )
    children = [html.Div(id=Ids.QUOTES), html.Div(id=Ids.HERE), report]
    return _panel(1, children, t("meeting.block_1"))


def _said(t: Words) -> Component:
    more = html.Details(
        [
            html.Summary(t("meeting.hand_or_move")),
            html.Div(
                [
                    field(t("meeting.hand_to"), _select(Ids.HAND_TO)),
                    html.Button(
                        t("meeting.hand_over"),
                        id={"type": Ids.ANSWER.value, "state": "handed_over"},
                        className="mc-button",
                        type="button",
                    ),
                    dbc.Checkbox(id=Ids.AWAY, label=t("meeting.away"), value=False),
                    _button(Ids.MOVE, t("meeting.move"), is_primary=False),
                ],
                className="mc-fields mc-line-form",
            ),
        ],
        className="mc-more",
    )
    form = html.Div(
        [
            html.Div(
                [
                    _wide(t("meeting.told"), _text(Ids.TOLD, t("meeting.told_hint"), LONGEST_TOLD)),
                    field(t("meeting.later"), _day(Ids.LATER)),
                ],
                className="mc-fields mc-line-form",
            ),
            html.Div(id=Ids.KEYS),
            html.Div(id=Ids.UNDO),
            more,
        ],
        className="mc-answer",
    )
    return _panel(2, [html.Div(id=Ids.TABLE), html.Div(id=Ids.TURN), form], t("meeting.block_2"))


def _path(t: Words) -> Component:
    form = html.Div(
        [
            _wide(t("meeting.obstacle"), _text(Ids.OBSTACLE, t("meeting.obstacle_hint"), LONGEST_OBSTACLE)),
            field(t("meeting.remover"), _select(Ids.REMOVER)),
            field(t("meeting.by_when"), _day(Ids.BY_WHEN)),
            field(t("meeting.send_to"), _select(Ids.SEND_TO)),
            _button(Ids.RAISE, t("meeting.raise")),
        ],
        className="mc-fields mc-line-form",
    )
    return _panel(3, [html.Div(id=Ids.OBSTACLES), html.Div(form, className="mc-dashed")], t("meeting.block_3"))


def _week(t: Words, due: date, preferences: Sequence[str]) -> Component:
    serves = suggesting(
        Ids.PREFERENCE,
        preferences,
        longest=LONGEST_PREFERENCE,
        placeholder=t("meeting.preference_hint"),
        autocomplete="off",
    )
    form = html.Div(
        [
            html.H3(t("meeting.new_action")),
            html.Div(
                [
                    _wide(t("meeting.text"), _text(Ids.TEXT, t("meeting.text_hint"), LONGEST_TEXT)),
                    field(t("meeting.owner"), _select(Ids.OWNER)),
                    field(t("meeting.due"), _day(Ids.DUE, due)),
                    field(t("meeting.moves"), _select(Ids.MOVES)),
                    _wide(t("meeting.preference"), serves),
                    field(t("meeting.witness"), _select(Ids.WITNESS)),
                    _button(Ids.AGREE, t("meeting.agree")),
                ],
                className="mc-fields mc-line-form",
            ),
            dbc.Checkbox(id=Ids.LONG, label=t("meeting.long"), value=False),
        ],
        className="mc-dashed",
    )
    return _panel(4, [html.Div(id=Ids.AHEAD), form], t("meeting.block_4"))


def _history(t: Words) -> Component:
    search = dbc.Input(id=Ids.SEARCH, type="search", debounce=True, maxLength=80, placeholder=t("meeting.search_hint"))
    return card([field(t("meeting.search"), search), html.Div(id=Ids.HISTORY)], title=t("meeting.history"))


def _people(t: Words, team: str) -> Component:
    """Return who sits here and what may be said of them; the common table has only the voices of the teams."""
    seat = html.Div(
        [_wide(t("meeting.peer"), _text(Ids.PEER, "", LONGEST_NAME)), _button(Ids.SEAT, t("meeting.seat"))],
        className="mc-fields mc-line-form",
        hidden=not team,
    )
    return html.Details([html.Summary(t("meeting.people")), html.Div(id=Ids.PEOPLE), seat], className="mc-card mc-fold")


def _when(t: Words) -> Component:
    days = [{"label": t(f"day.{day}"), "value": str(day)} for day in range(5)]
    return html.Details(
        [
            html.Summary(t("meeting.when")),
            html.Div(
                [
                    field(t("meeting.weekday"), dbc.Select(id=Ids.WEEKDAY, options=days, value="0")),
                    field(t("meeting.time"), dbc.Input(id=Ids.TIME, type="time", value="09:00")),
                    _button(Ids.RHYTHM, t("meeting.set_rhythm"), is_primary=False),
                ],
                className="mc-fields mc-line-form",
            ),
            html.Div(
                [
                    field(t("meeting.pause_since"), _day(Ids.PAUSE_SINCE)),
                    field(t("meeting.pause_until"), _day(Ids.PAUSE_UNTIL)),
                    field(t("meeting.pause_why"), _text(Ids.PAUSE_WHY, t("meeting.pause_hint"), 80)),
                    _button(Ids.PAUSE, t("meeting.pause"), is_primary=False),
                ],
                className="mc-fields mc-line-form",
            ),
        ],
        className="mc-card mc-fold",
    )
