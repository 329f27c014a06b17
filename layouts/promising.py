"""Writing down a commitment in twenty seconds on a phone, its whole story, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html

from dashboard.commitments import WEIGHTS, Entry, Event, Opinion, Origin, Side, Step, Teller, steps_from
from layouts.commitment_grid import COLUMNS
from layouts.commitments import drawing, whom
from layouts.commitments import when as due_words
from layouts.fields import Choices, field, select
from layouts.shell import Component
from layouts.words import Words

NONE = "none"
"""The choice of nothing: an empty value would show nothing at all."""


class Ids(StrEnum):
    """Ids of the forms."""

    WHAT = "promising-what"
    WHOM = "promising-whom"
    DUE = "promising-due"
    TEAM = "promising-team"
    OWNER = "promising-owner"
    VAGUE = "promising-vague"
    ORIGIN = "promising-origin"
    PEOPLE = "promising-people"
    RECIPIENTS = "promising-recipients"
    SEGMENT = "promising-segment"
    SITE = "promising-site"
    MOMENT = "promising-moment"
    STANDARD = "promising-standard"
    WORDS = "promising-words"
    CONDITIONS = "promising-conditions"
    ANNOUNCED = "promising-announced"
    TRIGGER = "promising-trigger"
    OWED = "promising-owed"
    EXPOSURE = "promising-exposure"
    WEIGHT = "promising-weight"
    EXPECTED = "promising-expected"
    PUBLIC = "promising-public"
    SAVE = "promising-save"
    ACCOUNTS = "promising-accounts"
    KNOWN = "promising-known"
    STEP = "promising-step"
    DAY = "promising-day"
    NEW_DUE = "promising-new-due"
    STEP_WORDS = "promising-step-words"
    RECIPIENT = "promising-recipient"
    HOPED = "promising-hoped"
    LIVED = "promising-lived"
    TELLER = "promising-teller"
    TAKE = "promising-take"
    UNDO = "promising-undo"


@dataclass(frozen=True, slots=True)
class Options:
    """What the form offers; `owner` is who writes."""

    teams: Choices
    accounts: Sequence[str]
    segments: Choices
    sites: Choices
    moments: Choices
    owner: str


def _text(identity: str, most: int = 1000, value: str = "", **more: str) -> Component:
    return dbc.Input(id=identity, value=value, maxLength=most, autocomplete="off", **more)


def _score(identity: str) -> Component:
    return dbc.Input(id=identity, type="number", min=0, max=10, step="any", inputmode="decimal")


def form(t: Words, options: Options) -> Component:
    """Return the form: four things to say, and the rest for who has time; nothing for who may promise for no team."""
    if not options.teams:
        return html.Div()
    quick = [
        field(t("promising.what"), _text(Ids.WHAT, 200, placeholder=t("promising.what_example"))),
        field(
            t("promising.whom"), _text(Ids.WHOM, 200, list=Ids.ACCOUNTS.value, placeholder=t("promising.whom_everyone"))
        ),
        field(t("promising.due"), dbc.Input(id=Ids.DUE, type="date")),
        field(t("promising.team"), select(Ids.TEAM, options.teams, options.teams[0][0])),
    ]
    accounts = html.Datalist([html.Option(value=name) for name in options.accounts], id=Ids.ACCOUNTS)
    return html.Details(
        [
            html.Summary(t("promising.new"), className="mc-button mc-primary"),
            html.Section(
                [
                    html.Div(quick, className="mc-fields"),
                    accounts,
                    html.P(id=Ids.VAGUE, role="status", className="mc-warning", hidden=True),
                    _rest(t, options),
                    html.Button(t("promising.save"), id=Ids.SAVE, className="mc-button mc-primary", type="button"),
                ],
                className="mc-card mc-promising",
            ),
        ],
        className="mc-new",
    )


def _rest(t: Words, options: Options) -> Component:
    nothing = (NONE, t("promising.none"))
    origins = [(one.value, t(f"origin.{one.value}")) for one in Origin]
    weights = [(str(one), t(f"promising.weight{one}")) for one in WEIGHTS]
    fields = [
        field(t("promising.owner"), _text(Ids.OWNER, 200, options.owner)),
        field(t("promising.origin"), select(Ids.ORIGIN, origins, Origin.SPOKEN.value)),
        field(t("promising.words"), _text(Ids.WORDS)),
        field(t("promising.people"), dbc.Input(id=Ids.PEOPLE, type="number", min=0, step=1, inputmode="numeric")),
        field(t("promising.recipients"), _text(Ids.RECIPIENTS), t("promising.recipients_help")),
        field(t("promising.segment"), select(Ids.SEGMENT, [nothing, *options.segments], NONE)),
        field(t("promising.site"), select(Ids.SITE, options.sites or [nothing], (options.sites or [nothing])[0][0])),
        field(t("promising.moment"), select(Ids.MOMENT, [nothing, *options.moments], NONE)),
        field(t("promising.standard"), _text(Ids.STANDARD, 200), t("promising.standard_help")),
        field(t("promising.conditions"), _text(Ids.CONDITIONS)),
        field(t("promising.announced"), _text(Ids.ANNOUNCED)),
        field(t("promising.trigger"), _text(Ids.TRIGGER), t("promising.trigger_help")),
        field(t("promising.owed"), _text(Ids.OWED)),
        field(t("promising.exposure"), _text(Ids.EXPOSURE)),
        field(t("promising.weight"), select(Ids.WEIGHT, weights, "2")),
        field(t("promising.expected"), _score(Ids.EXPECTED), t("promising.expected_help")),
        dbc.Checkbox(id=Ids.PUBLIC, label=t("promising.public"), value=False),
    ]
    rest = html.Div(fields, className="mc-fields")
    return html.Details([html.Summary(t("promising.rest")), rest], className="mc-more")


def story(t: Words, entry: Entry, team: str, *, may_change: bool, today: date) -> Component:
    """Return everything that is known of a commitment, and what may be done with it."""
    one = entry.commitment
    facts = [
        ("commitments.col_owner", one.owner),
        ("promising.team", team),
        ("commitments.col_whom", whom(t, one)),
        ("promising.recipients", t.listed(list(one.recipients)) if one.recipients else ""),
        ("commitments.col_when", one.standard or due_words(t, one)),
        ("promising.made", t.short_day(one.made, year=True)),
        ("commitments.moved", t("commitments.times", n=entry.moves) if entry.moves else ""),
        ("promising.origin", t(f"origin.{one.origin.value}")),
        ("promising.words", t("common.quoted", words=one.words) if one.words else ""),
        ("promising.moment", one.moment),
        ("promising.conditions", one.conditions),
        ("promising.announced", one.announced),
        ("promising.trigger", one.trigger),
        ("promising.owed", one.owed),
        ("promising.exposure", one.exposure),
        ("commitments.lacks", t.listed([t(f"missing.{one.value}") for one in one.missing]) if one.missing else ""),
    ]
    terms = [html.Div([html.Dt(t(key)), html.Dd(words)]) for key, words in facts if words]
    events = [html.Li(_event(t, event)) for event in reversed(entry.events)]
    told = [html.Li(_opinion(t, entry, opinion)) for opinion in entry.opinions]
    head = html.Div(
        [html.H2(one.what), html.Span(t(f"stage_of.{one.stage.value}"), className="mc-chip"), drawing(t, entry)],
        className="mc-card-head",
    )
    close = dcc.Link(t("commitments.close"), href="/commitments", className="mc-button")
    return html.Section(
        [
            head,
            html.Dl(terms, className="mc-terms"),
            html.Div([html.Ul(events, className="mc-lines"), html.Ul(told, className="mc-lines")], className="mc-pair"),
            *([steps(t, entry, today)] if may_change else []),
            html.Div([close], className="mc-actions"),
            dcc.Store(id=Ids.KNOWN, data={"commitment": one.commitment_id, "version": one.version}),
        ],
        className="mc-card mc-story",
    )


def order(t: Words, row: Mapping[str, Any]) -> Component:
    """Return what is known of a promise made in bulk: it changes with the next file of its system."""
    names = ("key", *(name for name in COLUMNS if name != "what"))
    terms = [html.Div([html.Dt(t(f"grid.{name}")), html.Dd(str(row[name]))]) for name in names if row[name] is not None]
    close = dcc.Link(t("commitments.close"), href="/commitments", className="mc-button")
    return html.Section(
        [
            html.H2(row["what"] or row["key"]),
            html.Dl(terms, className="mc-terms"),
            html.Div(close, className="mc-actions"),
        ],
        className="mc-card mc-story",
    )


def _event(t: Words, event: Event) -> list[Component]:
    words = [": ", t("common.quoted", words=event.words)] if event.words else []
    moved = [" ", t("commitments.was_due", day=t.short_day(event.due))] if event.step is Step.MOVE and event.due else []
    head = html.B(t.short_day(event.day, year=True))
    return [head, " ", t(f"step.{event.step.value}"), *moved, *words, " ", html.Small(event.who)]


def _opinion(t: Words, entry: Entry, opinion: Opinion) -> list[Component]:
    is_ours = opinion.teller is Teller.ESTIMATE
    mark = "○" if is_ours else "●"
    said = t(f"side.{opinion.side.value}", value=t.points(opinion.value, 1))
    who = f" · {opinion.recipient}" if opinion.recipient else ""
    late = [" ", html.Em(t("commitments.hindsight"))] if entry.is_hindsight(opinion) else []
    return [f"{mark} {said}{who} · {t(f'teller.{opinion.teller.value}')} · {t.short_day(opinion.day)}", *late]


def steps(t: Words, entry: Entry, today: date) -> Component:
    """Return the form of the next step: only what the table allows today."""
    one = entry.commitment
    allowed = steps_from(one.stage, is_overdue=one.is_overdue(today))
    choices = [(step.value, t(f"step.{step.value}")) for step in allowed]
    tellers = [(teller.value, t(f"teller.{teller.value}")) for teller in Teller]
    fields = [
        field(t("promising.step"), select(Ids.STEP, choices, choices[0][0])),
        field(
            t("promising.day"),
            dbc.Input(id=Ids.DAY, type="date", value=today.isoformat(), max=today.isoformat()),
        ),
        field(t("promising.step_words"), _text(Ids.STEP_WORDS)),
        field(t("promising.hoped"), _score(Ids.HOPED)),
        field(t("promising.lived"), _score(Ids.LIVED)),
        field(t("promising.teller"), select(Ids.TELLER, tellers, Teller.CUSTOMER.value)),
        field(t("promising.recipient"), _text(Ids.RECIPIENT, 200)),
        field(t("promising.new_due"), dbc.Input(id=Ids.NEW_DUE, type="date"), t("promising.new_due_help")),
    ]
    return html.Div(
        [
            html.Div(fields, className="mc-fields"),
            html.Div(
                [
                    html.Button(t("promising.take"), id=Ids.TAKE, className="mc-button mc-primary", type="button"),
                    html.Button(t("promising.undo"), id=Ids.UNDO, className="mc-button", type="button"),
                ],
                className="mc-actions",
            ),
        ],
        className="mc-promising no-print",
    )


def sides_told(
    hoped: float | None, lived: float | None, teller: Teller, recipient: str, day: date
) -> tuple[Opinion, ...]:
    """Return what the form says was expected and lived; nothing of what was left blank."""
    values = ((Side.EXPECTED, hoped), (Side.LIVED, lived))
    return tuple(Opinion(recipient, side, value, teller, day) for side, value in values if value is not None)
