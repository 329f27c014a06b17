"""Pantallas: every wall screen that was let in, what it shows, and when it was last seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

import dash_bootstrap_components as dbc
from dash import html

from dashboard.screens import ROTATE_SECONDS, Look, Preset, Scene, Screen, Theme
from layouts.fields import field
from layouts.shell import Component, card, heading
from layouts.words import Words


class Ids(StrEnum):
    """Ids of the page; patterns carry the number of a screen, 0 for one to be added."""

    LIST = "screens-list"
    SAID = "screens-said"
    NAME = "screens-name"
    PLACE = "screens-place"
    PRESET = "screens-preset"
    SCENES = "screens-scenes"
    SECONDS = "screens-seconds"
    THEME = "screens-theme"
    FROM = "screens-from"
    UNTIL = "screens-until"
    DRIFT = "screens-drift"
    SAVE = "screens-save"
    PAUSE = "screens-pause"
    REVOKE = "screens-revoke"


def page(t: Words, address: str) -> Component:
    """Return the page; `address` is what to open on the television."""
    how = card(
        [
            html.P(t("screens.pair_words", address=address)),
            html.A(t("screens.pair"), href="/pair", className="mc-button"),
        ],
        title=t("screens.pair_title"),
    )
    blank = Look(t("screens.unnamed"))
    add = card(
        [
            *_fields(t, 0, blank, is_new=True),
            html.Div(_button(t("screens.add"), Ids.SAVE, 0, 0), className="mc-actions"),
        ],
        title=t("screens.add_title"),
    )
    return html.Div(
        [
            heading(t, t("screens.title"), t("screens.subtitle")),
            html.Div(id=Ids.SAID, role="status", className="mc-said"),
            html.Div(id=Ids.LIST),
            html.Div([how, add], className="mc-pair"),
        ]
    )


def every(t: Words, screens: Sequence[Screen], alive: Sequence[bool], now: datetime) -> Component:
    """Return the list; `alive` says of each whether it has asked lately."""
    if not screens:
        return html.P(t("screens.none"), className="mc-muted")
    items = [_screen(t, screen, is_alive, now) for screen, is_alive in zip(screens, alive, strict=True)]
    return card(html.Ul(items, className="mc-people"), title=t("screens.list", n=len(screens)))


def _screen(t: Words, screen: Screen, is_alive: bool, now: datetime) -> Component:
    number, version, look = screen.screen_id, screen.version, screen.look
    shape, words = ("●", t("screens.alive")) if is_alive else ("○", _seen(t, screen, now))
    if screen.is_paused:
        shape, words = "‖", t("screens.paused")
    told = " · ".join(part for part in (look.place, t(f"preset.{look.preset.value}")) if part)
    mark = html.Span(shape, className="mc-mark " + ("mc-up" if is_alive else "mc-still"), **{"aria-hidden": "true"})
    summary = html.Summary([mark, html.B(look.name), html.Span(told), html.Small(words, className="mc-note")])
    pause = t("screens.resume") if screen.is_paused else t("screens.pause")
    revoke = html.Button(
        t("screens.revoke"),
        id=_id(Ids.REVOKE, number),
        type="button",
        className="mc-button",
        title=t("screens.for_good"),
    )
    buttons = [_button(t("common.save"), Ids.SAVE, number, version), _plain(pause, Ids.PAUSE, screen), revoke]
    form = [*_fields(t, number, look), html.Div(buttons, className="mc-actions")]
    return html.Li(html.Details([summary, html.Div(form, className="mc-person-form")]))


def _seen(t: Words, screen: Screen, now: datetime) -> str:
    if screen.seen_at is None:
        return t("screens.never_seen")
    minutes = max(0, int((now - screen.seen_at).total_seconds() // 60))
    if minutes < 120:
        return t("screens.seen_minutes", n=minutes)
    return t("screens.seen_hours", n=minutes // 60) if minutes < 2880 else t("screens.seen_days", n=minutes // 1440)


def _fields(t: Words, number: int, look: Look, *, is_new: bool = False) -> list[Component]:
    low, high = ROTATE_SECONDS
    presets = [{"label": t(f"preset.{one.value}"), "value": one.value} for one in Preset]
    themes = [{"label": t(f"screens.{one.value}"), "value": one.value} for one in Theme]
    scenes = [{"label": t(f"scene.{one.value}"), "value": one.value} for one in Scene]
    chosen = dbc.Checklist(
        id=_id(Ids.SCENES, number),
        options=scenes,
        value=[one.value for one in look.scenes],
        className="mc-checks mc-inline",
    )
    drift = dbc.Checklist(
        id=_id(Ids.DRIFT, number),
        options=[{"label": t("screens.drift"), "value": "drift"}],
        value=["drift"] if look.drifts else [],
        className="mc-checks",
    )
    seconds = dbc.Input(id=_id(Ids.SECONDS, number), type="number", min=low, max=high, value=look.rotate_seconds)
    name = dbc.Input(id=_id(Ids.NAME, number), value="" if is_new else look.name, maxLength=80)
    return [
        html.Div(
            [
                field(t("door.screen_name"), name),
                field(t("door.place"), dbc.Input(id=_id(Ids.PLACE, number), value=look.place, maxLength=80)),
                field(
                    t("door.preset"), dbc.Select(id=_id(Ids.PRESET, number), options=presets, value=look.preset.value)
                ),
                field(
                    t("screens.theme"), dbc.Select(id=_id(Ids.THEME, number), options=themes, value=look.theme.value)
                ),
                field(t("screens.seconds"), seconds),
                field(t("screens.from"), _hour(_id(Ids.FROM, number), look.night_from)),
                field(t("screens.until"), _hour(_id(Ids.UNTIL, number), look.night_until)),
            ],
            className="mc-fields",
        ),
        html.Fieldset([html.Legend(t("screens.scenes")), chosen], className="mc-field"),
        drift,
    ]


def _hour(identity: dict[str, str | int], hour: object) -> Component:
    return dbc.Input(id=identity, type="time", value=f"{hour:%H:%M}" if hour else "")


def _button(words: str, kind: Ids, number: int, version: int) -> Component:
    return html.Button(words, id=_id(kind, number, version), type="button", className="mc-button mc-primary")


def _plain(words: str, kind: Ids, screen: Screen) -> Component:
    return html.Button(words, id=_id(kind, screen.screen_id, screen.version), type="button", className="mc-button")


def _id(kind: Ids, number: int, version: int | None = None) -> dict[str, str | int]:
    identity: dict[str, str | int] = {"type": kind.value, "screen": number}
    return identity if version is None else identity | {"version": version}


def link(t: Words, name: str, address: str) -> Component:
    """Return a screen's link, told once."""
    return html.Div(
        [html.P(t("screens.link_for", name=name)), html.Code(address), html.P(t("screens.link_once"))],
        className="mc-told-once",
    )
