"""Writing down a commitment in twenty seconds on a phone, its whole story, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html

from dashboard.commitments import (
    WEIGHTS,
    Commitment,
    Correction,
    Entry,
    Event,
    Opinion,
    Origin,
    Side,
    Step,
    Teller,
    steps_from,
)
from layouts.commitment_grid import COLUMNS
from layouts.commitments import drawing, whom
from layouts.commitments import when as due_words
from layouts.fields import Choices, field, select, suggestions
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


def _text(identity: str, most: int = 1000, value: str = "", **more: Any) -> Component:
    return dbc.Input(id=identity, value=value, maxLength=most, autocomplete="off", **more)


def _score(identity: str) -> Component:
    return dbc.Input(id=identity, type="number", min=0, max=10, step="any", inputmode="decimal")


def _choices(choices: Choices, value: str) -> Choices:
    """Return the choices with the one that was made, where it is offered no more."""
    return choices if value in dict(choices) else [*choices, (value, value)]


def form(t: Words, options: Options) -> Component:
    """Return the form: four things to say, and the rest for who has time; nothing for who may promise for no team."""
    if not options.teams:
        return html.Div()
    quick, rest = said(t, options)
    rest += [
        field(t("promising.expected"), _score(Ids.EXPECTED), t("promising.expected_help")),
        dbc.Checkbox(id=Ids.PUBLIC, label=t("promising.public"), value=False),
    ]
    more = html.Details([html.Summary(t("promising.rest")), html.Div(rest, className="mc-fields")], className="mc-more")
    return html.Details(
        [
            html.Summary(t("promising.new"), className="mc-button mc-primary"),
            html.Section(
                [
                    html.Div(quick, className="mc-fields"),
                    *suggestions(Ids.ACCOUNTS.value, options.accounts),
                    html.P(id=Ids.VAGUE, role="status", className="mc-warning", hidden=True),
                    more,
                    html.Button(t("promising.save"), id=Ids.SAVE, className="mc-button mc-primary", type="button"),
                ],
                className="mc-card mc-promising",
            ),
        ],
        className="mc-new",
    )


def as_new(identity: Ids) -> str:
    """Return the id that a field has in the form of a new commitment."""
    return identity.value


def said(
    t: Words, options: Options, one: Commitment | None = None, name: Callable[[Ids], str] = as_new
) -> tuple[list[Component], list[Component]]:
    """Return the fields of what is said of a commitment: the four that are asked of everybody, and the rest.

    Filled in with a commitment that is known, of which team, site and date are only read; `name` gives the ids.
    """
    fixed = {"disabled": True} if one else {}
    team = one.team if one else options.teams[0][0]
    day = one.due.isoformat() if one and one.due else None
    example = {} if one else {"placeholder": t("promising.what_example")}
    account = _text(
        name(Ids.WHOM),
        200,
        one.account if one else "",
        list=Ids.ACCOUNTS.value,
        placeholder=t("promising.whom_everyone"),
    )
    quick = [
        field(t("promising.what"), _text(name(Ids.WHAT), 200, one.what if one else "", **example)),
        field(t("promising.whom"), account),
        field(
            t("promising.due"),
            dbc.Input(id=name(Ids.DUE), type="date", value=day, **fixed),
            t("correcting.due_help") if one else "",
        ),
        field(t("promising.team"), select(name(Ids.TEAM), _choices(options.teams, team), team, **fixed)),
    ]
    return quick, _rest(t, options, one, name)


def _rest(t: Words, options: Options, one: Commitment | None, name: Callable[[Ids], str]) -> list[Component]:
    nothing = (NONE, t("promising.none"))
    origins = [(origin.value, t(f"origin.{origin.value}")) for origin in Origin]
    weights = [(str(weight), t(f"promising.weight{weight}")) for weight in WEIGHTS]
    sites = options.sites or [nothing]
    site = sites[0][0] if one is None else one.site or NONE
    people = {"value": one.people} if one else {}

    def text(identity: Ids, most: int = 1000, start: str = "") -> Component:
        value = getattr(one, identity.name.lower()) if one else start
        return _text(name(identity), most, value)

    def chosen(identity: Ids, choices: Choices) -> Component:
        value = (getattr(one, identity.name.lower()) if one else "") or NONE
        return select(name(identity), _choices(choices, value), value)

    number = dbc.Input(id=name(Ids.PEOPLE), type="number", min=0, step=1, inputmode="numeric", **people)
    names = _text(name(Ids.RECIPIENTS), value=", ".join(one.recipients) if one else "")
    fixed = {"disabled": True} if one else {}
    return [
        field(t("promising.owner"), text(Ids.OWNER, 200, options.owner)),
        field(
            t("promising.origin"), select(name(Ids.ORIGIN), origins, one.origin.value if one else Origin.SPOKEN.value)
        ),
        field(t("promising.words"), text(Ids.WORDS)),
        field(t("promising.people"), number),
        field(t("promising.recipients"), names, t("promising.recipients_help")),
        field(t("promising.segment"), chosen(Ids.SEGMENT, [nothing, *options.segments])),
        field(t("promising.site"), select(name(Ids.SITE), _choices(sites, site) if one else sites, site, **fixed)),
        field(t("promising.moment"), chosen(Ids.MOMENT, [nothing, *options.moments])),
        field(t("promising.standard"), text(Ids.STANDARD, 200), t("promising.standard_help")),
        field(t("promising.conditions"), text(Ids.CONDITIONS)),
        field(t("promising.announced"), text(Ids.ANNOUNCED)),
        field(t("promising.trigger"), text(Ids.TRIGGER), t("promising.trigger_help")),
        field(t("promising.owed"), text(Ids.OWED)),
        field(t("promising.exposure"), text(Ids.EXPOSURE)),
        field(t("promising.weight"), select(name(Ids.WEIGHT), weights, str(one.weight) if one else "2")),
    ]


def story(t: Words, entry: Entry, team: str, *, may_change: bool, today: date, correction: Component = "") -> Component:
    """Return everything that is known of a commitment, what may be done with it, and the form that corrects it."""
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
    every: list[Event | Correction] = [*entry.events, *entry.corrections]
    happened = sorted(every, key=lambda one: one.at)
    events = [html.Li(_event(t, one) if isinstance(one, Event) else _corrected(t, one)) for one in reversed(happened)]
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
            *([steps(t, entry, today), correction] if may_change else []),
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


def _corrected(t: Words, correction: Correction) -> list[Component]:
    """Return what was said until it was corrected."""
    told = t.listed([f"{t(f'said.{name}')}: {said_words(t, name, was)}" for name, was in correction.before.items()])
    head = html.B(t.short_day(correction.at.date(), year=True))
    return [head, " ", t("correcting.corrected", before=told), " ", html.Small(correction.who)]


def said_words(t: Words, name: str, value: object) -> str:
    """Return a field of what was said, in words; a dash where nothing was."""
    if name == "origin":
        return t(f"origin.{value}")
    if name == "weight":
        return t(f"promising.weight{value}")
    if isinstance(value, bool):
        return t("correcting.yes" if value else "correcting.no")
    if isinstance(value, list | tuple):
        value = t.listed([str(one) for one in value])
    return t("common.quoted", words=value) if value else t("common.none")


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
