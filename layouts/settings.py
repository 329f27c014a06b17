"""Ajustes: who we are, the goal, the teams and the moments. It grows with what the product learns to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from zoneinfo import available_timezones

import dash_bootstrap_components as dbc
from dash import html

from dashboard.goal import WINDOW_WEEKS, Goal, Vote
from dashboard.organisation import LANGUAGES, Organisation
from layouts import indicators, moments, themes
from layouts.fields import field
from layouts.shell import Component, card, heading
from layouts.verdict import objective_sentence
from layouts.words import Words


class Ids(StrEnum):
    """Ids of the page."""

    ORGANISATION = "settings-organisation"
    NAME = "settings-name"
    LANGUAGE = "settings-language"
    ZONE = "settings-zone"
    MEETING = "settings-meeting"
    PLACE = "settings-place"
    SAVE = "settings-save"
    SAVED = "settings-saved"
    GOAL = "settings-goal"
    START = "settings-start"
    TARGET = "settings-target"
    STARTS = "settings-starts"
    DEADLINE = "settings-deadline"
    WINDOW = "settings-window"
    VOTE = "settings-vote"
    WHY = "settings-why"
    SET = "settings-set"
    GOAL_SAID = "settings-goal-said"
    GOALS = "settings-goals"
    MEMBERS = "settings-members"
    MEMBER_SAID = "settings-member-said"
    RENAME = "settings-rename"
    MERGE = "settings-merge"
    UP = "settings-up"
    ADD = "settings-add"
    ADD_BUTTON = "settings-add-button"
    DEMO = "settings-demo"
    DEMO_REMOVE = "settings-demo-remove"
    DEMO_SAID = "settings-demo-said"


EDITED = ("team", "moment", "segment")
"""Dimensions whose members are named, ordered and merged here."""


def page(
    t: Words,
    organisation: Organisation,
    today: date,
    has_demo: bool,
    places: Sequence[str] = (),
    holidays: Sequence[str] = (),
    actions: Sequence[Component] = (),
) -> Component:
    """Return the page.

    `places` are the countries and regions whose holidays are known, `holidays` the next ones, `actions` stand in its
    head.
    """
    demo = [_demo(t)] if has_demo else []
    return html.Div(
        [
            heading(t, t("settings.title"), t("settings.subtitle"), actions),
            html.Div([_organisation(t, organisation, places, holidays), _goal(t, today)], className="mc-pair"),
            html.Div(id=Ids.MEMBERS),
            html.P(id=Ids.MEMBER_SAID, role="status", className="mc-said"),
            indicators.section(t),
            moments.section(t),
            themes.section(t),
            *demo,
        ]
    )


def _organisation(t: Words, organisation: Organisation, places: Sequence[str], holidays: Sequence[str]) -> Component:
    calendar = [{"label": place, "value": place} for place in places]
    next_ones = t("settings.holidays", days=t.listed(list(holidays))) if holidays else t("settings.no_holidays")
    languages = [{"label": t(f"language.{code}"), "value": code} for code in LANGUAGES]
    zones = [{"label": zone.replace("_", " "), "value": zone} for zone in sorted(available_timezones())]
    return card(
        [
            field(t("settings.name"), dbc.Input(id=Ids.NAME, value=organisation.name, maxLength=200)),
            field(t("settings.language"), dbc.Select(id=Ids.LANGUAGE, options=languages, value=organisation.language)),
            field(
                t("settings.zone"),
                dbc.Select(id=Ids.ZONE, options=zones, value=organisation.zone),
                t("settings.zone_help"),
            ),
            field(
                t("settings.meeting"),
                dbc.Input(id=Ids.MEETING, value=organisation.meeting, maxLength=100),
                t("settings.meeting_help"),
            ),
            field(
                t("settings.place"),
                dbc.Select(id=Ids.PLACE, options=calendar, value=organisation.place),
                next_ones,
            ),
            html.Div(
                dbc.Button(t("common.save"), id=Ids.SAVE, className="mc-button mc-primary"), className="mc-actions"
            ),
            html.P(id=Ids.SAVED, role="status", className="mc-said"),
        ],
        title=t("settings.organisation"),
    )


def _goal(t: Words, today: date) -> Component:
    votes = [{"label": t(f"vote.{vote.value}"), "value": vote.value} for vote in Vote]
    return card(
        [
            html.Div(id=Ids.GOALS),
            html.Div(
                [
                    field(t("goal.from"), dbc.Input(id=Ids.START, type="number", min=-100, max=100, step="any")),
                    field(t("goal.to"), dbc.Input(id=Ids.TARGET, type="number", min=-100, max=100, step="any")),
                    field(t("goal.starts"), dbc.Input(id=Ids.STARTS, type="date", value=today.isoformat())),
                    field(t("goal.deadline"), dbc.Input(id=Ids.DEADLINE, type="date")),
                    field(
                        t("goal.window"),
                        dbc.Input(id=Ids.WINDOW, type="number", min=1, max=53, step=1, value=WINDOW_WEEKS),
                        t("goal.window_help"),
                    ),
                    field(t("goal.vote"), dbc.Select(id=Ids.VOTE, options=votes, value=Vote.ANSWER.value)),
                ],
                className="mc-fields",
            ),
            field(t("goal.why"), dbc.Input(id=Ids.WHY, maxLength=500)),
            html.P(t("goal.fixed"), className="mc-muted"),
            html.Div(dbc.Button(t("goal.set"), id=Ids.SET, className="mc-button mc-primary"), className="mc-actions"),
            html.P(id=Ids.GOAL_SAID, role="status", className="mc-said"),
        ],
        title=t("settings.goal"),
    )


def goals(t: Words, every: Sequence[tuple[Goal, bool]]) -> Component:
    """Return the open goal and those before it, which stay."""
    if not every:
        return html.P(t("goal.none"), className="mc-muted")
    items = [
        html.Li(
            [
                html.B(objective_sentence(t, goal)),
                html.Small(
                    " · ".join(
                        part
                        for part in (
                            t("goal.open") if is_open else t("goal.closed"),
                            t("goal.since", day=t.day(goal.starts, year=True)),
                            t("goal.pooled", n=goal.window_weeks),
                            t(f"vote.{goal.vote.value}"),
                            goal.why,
                        )
                        if part
                    )
                ),
            ],
            className="mc-open" if is_open else "",
        )
        for goal, is_open in every
    ]
    return html.Ul(items, className="mc-goals")


def members(
    t: Words, found: Mapping[str, Sequence[tuple[str, str]]], merged: Mapping[str, Sequence[tuple[str, str]]]
) -> Component:
    """Return the members of each edited dimension.

    Parameters
    ----------
    t : Words
    found : mapping
        Dimension to (key, name) in order.
    merged : mapping
        Dimension to (key, name of what it was merged into).
    """
    cards = [_members(t, dimension, found.get(dimension, ()), merged.get(dimension, ())) for dimension in EDITED]
    return html.Div(cards, className="mc-trio")


def _members(
    t: Words, dimension: str, found: Sequence[tuple[str, str]], merged: Sequence[tuple[str, str]]
) -> Component:
    rows = [_member(t, dimension, key, name, found, place) for place, (key, name) in enumerate(found)]
    gone = [
        html.Li(
            [
                html.Span(t("settings.merged", member=key, into=into)),
                html.Button(
                    t("settings.unmerge"),
                    id={"type": Ids.MERGE.value, "dimension": dimension, "key": key, "into": ""},
                    className="mc-button mc-small",
                    type="button",
                ),
            ]
        )
        for key, into in merged
    ]
    none = [] if rows else [html.P(t("settings.no_members"), className="mc-muted")]
    add = html.Div(
        [
            field(
                t(f"settings.add_{dimension}"),
                dbc.Input(id={"type": Ids.ADD.value, "dimension": dimension}, maxLength=200),
            ),
            html.Button(
                t("common.add"),
                id={"type": Ids.ADD_BUTTON.value, "dimension": dimension},
                className="mc-button",
                type="button",
                **{"aria-label": t(f"settings.add_{dimension}")},
            ),
        ],
        className="mc-add",
    )
    history = [html.Ul(gone, className="mc-goals")] if gone else []
    return card([*none, html.Ul(rows, className="mc-members"), *history, add], title=t(f"settings.{dimension}s"))


def _member(t: Words, dimension: str, key: str, name: str, every: Sequence[tuple[str, str]], place: int) -> Component:
    others = [{"label": other_name, "value": other} for other, other_name in every if other != key]
    label = t("settings.name_of", member=name)
    rename = dbc.Input(
        id={"type": Ids.RENAME.value, "dimension": dimension, "key": key},
        value=name,
        debounce=True,
        size="sm",
        maxLength=200,
    )
    merge = dbc.Select(
        id={"type": Ids.MERGE.value, "dimension": dimension, "key": key, "into": "select"},
        options=others,
        placeholder=t("settings.merge_into"),
        size="sm",
    )
    up = html.Button(
        "↑",
        id={"type": Ids.UP.value, "dimension": dimension, "key": key},
        className="mc-button mc-small",
        type="button",
        disabled=place == 0,
        **{"aria-label": t("settings.up", member=name)},
    )
    return html.Li(
        [
            html.Label([html.Span(label, className="visually-hidden"), rename]),
            html.Label([html.Span(t("settings.merge_of", member=name), className="visually-hidden"), merge]),
            up,
        ]
    )


def _demo(t: Words) -> Component:
    return card(
        [
            html.P(t("settings.demo_text")),
            html.Button(t("settings.demo_remove"), id=Ids.DEMO_REMOVE, className="mc-button", type="button"),
            html.P(id=Ids.DEMO_SAID, role="status", className="mc-said"),
        ],
        title=t("settings.demo"),
    )
