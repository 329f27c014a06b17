"""Personas: who may come in, with which role, and through whose eyes one may look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import dash_bootstrap_components as dbc
from dash import html

from dashboard.people import Person
from dashboard.permissions import DENIABLE, LEAST, Capability, Role
from layouts.fields import field, options_of
from layouts.shell import Component, card, heading
from layouts.words import Words


class Ids(StrEnum):
    """Ids of the page; patterns carry the number of a person, 0 for one to be invited."""

    NAME = "people-name"
    LIST = "people-list"
    SAID = "people-said"
    ROLE = "people-role"
    TEAMS = "people-teams"
    SITES = "people-sites"
    DENIED = "people-denied"
    ACTIVE = "people-active"
    SAVE = "people-save"
    LINK = "people-link"


GIVEN = tuple(role for role in Role if role is not Role.KIOSK)
Options = Sequence[tuple[str, str]]
"""Keys and names."""


@dataclass(frozen=True, slots=True)
class Places:
    """What people can be limited to: teams and sites, keys and names."""

    teams: Options
    sites: Options


def page(t: Words, places: Places) -> Component:
    """Return the page; a callback fills the list."""
    return html.Div(
        [
            heading(t, t("people.title"), t("people.subtitle")),
            html.Div(id=Ids.SAID, role="status", className="mc-said"),
            html.Div([_invite(t, places), _eyes(t)], className="mc-pair"),
            html.Div(id=Ids.LIST),
        ]
    )


def _invite(t: Words, places: Places) -> Component:
    name = dbc.Input(id=Ids.NAME, maxLength=80, autoComplete="off")
    fields = [field(t("people.name"), name), *_rights(t, 0, Role.VIEWER, (), (), places)]
    button = html.Button(t("people.invite"), id=_id(Ids.SAVE, 0, 0), type="button", className="mc-button mc-primary")
    return card([*fields, html.Div(button, className="mc-actions")], title=t("people.invite_title"))


def _eyes(t: Words) -> Component:
    form = html.Form(
        [
            html.P(t("people.eyes_words"), className="mc-muted"),
            html.Div(
                [
                    html.Button(
                        t(f"roles.{role.name.lower()}"),
                        type="submit",
                        name="role",
                        value=role.name,
                        className="mc-button",
                    )
                    for role in GIVEN
                    if role is not Role.ADMINISTRATOR
                ],
                className="mc-actions",
            ),
        ],
        action="/eyes",
        method="post",
    )
    return card(form, title=t("people.eyes"))


def everybody(t: Words, people: Sequence[tuple[Person, bool]], places: Places) -> Component:
    """Return the list; the second of each pair is whether they have chosen a password."""
    items = [_person(t, person, has_password, places) for person, has_password in people]
    return card(html.Ul(items, className="mc-people"), title=t("people.list", n=len(people)))


def _person(t: Words, person: Person, has_password: bool, places: Places) -> Component:
    number = person.person_id
    state = "off" if not person.is_active else "in" if has_password else "invited"
    names = dict(places.teams)
    told = [t(f"roles.{person.role.name.lower()}"), *[names.get(team, team) for team in person.teams]]
    summary = html.Summary(
        [html.B(person.name), html.Span(" · ".join(told)), html.Small(t(f"people.{state}"), className="mc-note")]
    )
    lost = [
        {"label": t(f"capability.{capability.value}"), "value": capability.value}
        for capability in Capability
        if LEAST[capability] <= person.role and capability in DENIABLE
    ]
    denied = dbc.Checklist(id=_id(Ids.DENIED, number), options=lost, value=sorted(person.denied), className="mc-checks")
    active = dbc.Checklist(
        id=_id(Ids.ACTIVE, number),
        options=[{"label": t("people.may_come_in"), "value": "active"}],
        value=["active"] if person.is_active else [],
        className="mc-checks",
    )
    buttons = [
        html.Button(
            t("common.save"), id=_id(Ids.SAVE, number, person.version), type="button", className="mc-button mc-primary"
        ),
        html.Button(t("people.new_link"), id=_id(Ids.LINK, number), type="button", className="mc-button"),
    ]
    fields = [
        *_rights(t, number, person.role, person.teams, person.sites, places),
        _group(t("people.denied"), denied),
        active,
        html.Div(buttons, className="mc-actions"),
    ]
    return html.Li(html.Details([summary, html.Div(fields, className="mc-person-form")]))


def _rights(
    t: Words, number: int, role: Role, teams: Sequence[str], sites: Sequence[str], places: Places
) -> list[Component]:
    roles = [{"label": t(f"roles.{one.name.lower()}"), "value": one.name} for one in GIVEN]
    fields = [
        field(t("people.role"), dbc.Select(id=_id(Ids.ROLE, number), options=roles, value=role.name)),
        _group(t("people.teams"), _checks(_id(Ids.TEAMS, number), places.teams, teams), t("people.teams_help")),
        _group(t("people.sites"), _checks(_id(Ids.SITES, number), places.sites, sites), t("people.sites_help")),
    ]
    return fields


def _checks(identity: dict[str, str | int], known: Options, chosen: Sequence[str]) -> Component:
    others = [(key, key) for key in chosen if key not in dict(known)]
    options = options_of((*known, *others))
    return dbc.Checklist(id=identity, options=options, value=list(chosen), className="mc-checks mc-inline")


def _group(label: str, control: Component, help_text: str = "") -> Component:
    note = [html.Small(help_text, className="mc-muted")] if help_text else []
    return html.Fieldset([html.Legend(label), control, *note], className="mc-field")


def _id(kind: Ids, number: int, version: int | None = None) -> dict[str, str | int]:
    identity: dict[str, str | int] = {"type": kind.value, "person": number}
    return identity if version is None else identity | {"version": version}


def link(t: Words, name: str, address: str) -> Component:
    """Return a link that is told once."""
    return html.Div(
        [html.P(t("people.link_for", name=name)), html.Code(address), html.P(t("people.link_once"))],
        className="mc-told-once",
    )
