"""Pantallas: add, change, pause and revoke wall screens."""

from __future__ import annotations

from datetime import time
from typing import Any

from dash import ALL, Input, Output, State, ctx, no_update
from flask import has_request_context, request

from callbacks.asked import scope, words
from callbacks.policies import Guarded
from dashboard.permissions import Capability
from dashboard.screens import Look, Preset, Scene, ScreenError, Theme
from data.database import reading
from data.screens import every_screen, is_alive
from data.services import Services
from data.services import State as Known
from data.writes.decision import ChangedMeanwhileError
from data.writes.screens import add_screen, change_look, pause_screen, revoke_screen
from layouts import screens as layout
from layouts.fields import is_refused
from layouts.shell import Component
from layouts.words import Words

PATH = "/screens"
NEEDS = Capability.MANAGE_SCREENS
Ids = layout.Ids
FIELDS = (Ids.NAME, Ids.PLACE, Ids.PRESET, Ids.SCENES, Ids.SECONDS, Ids.THEME, Ids.FROM, Ids.UNTIL, Ids.DRIFT)


def draw_page(services: Services, state: Known, t: Words, search: str) -> Component:
    """Return the page."""
    del services, state, search
    return layout.page(t, f"{request.host_url}wall" if has_request_context() else "/wall")


def draw_list(services: Services, t: Words) -> Component:
    """Return every screen that is let in."""
    now = services.watch.now()
    with reading(services.database) as connection:
        screens = every_screen(connection)
    return layout.every(t, screens, [is_alive(screen, now) for screen in screens], now)


def register(app: Guarded, services: Services) -> None:
    """Connect the view."""
    which = {"screen": ALL}

    @app.guarded(NEEDS, Output(Ids.LIST, "children"), Input(Ids.SAID, "children"))
    def on_said(said: object) -> Any:
        if is_refused(said):
            return no_update
        return draw_list(services, words(services.state()))

    @app.guarded(
        NEEDS,
        Output(Ids.SAID, "children"),
        Input({"type": Ids.SAVE.value, **which, "version": ALL}, "n_clicks"),
        Input({"type": Ids.PAUSE.value, **which, "version": ALL}, "n_clicks"),
        Input({"type": Ids.REVOKE.value, **which}, "n_clicks"),
        *[State({"type": kind.value, **which}, "value") for kind in FIELDS],
        State({"type": Ids.NAME.value, **which}, "id"),
        prevent_initial_call=True,
    )
    def on_screen(*values: Any) -> object:
        asked = ctx.triggered_id
        if not isinstance(asked, dict) or not (ctx.triggered and ctx.triggered[0]["value"]):
            return no_update
        t = words(services.state())
        try:
            return change(services, t, dict(asked), values[3:])
        except ScreenError as refusal:
            return t.refusal(refusal.told())
        except ChangedMeanwhileError:
            return t.refused("common.changed_meanwhile")


def change(services: Services, t: Words, asked: dict[str, Any], values: tuple[Any, ...]) -> Component:
    """Carry out what was asked of a screen, and return what to say.

    Raises
    ------
    ScreenError, ChangedMeanwhileError
    """
    *fields, ids = values
    number, kind = int(asked["screen"]), asked["type"]
    if kind == Ids.REVOKE.value:
        revoke_screen(services, scope(), number)
        return t("screens.revoked")
    if kind == Ids.PAUSE.value:
        with reading(services.database) as connection:
            now = next((one for one in every_screen(connection) if one.screen_id == number), None)
        if now is None:
            raise ScreenError("there is no such screen")
        pause_screen(services, scope(), number, int(asked["version"]), is_paused=not now.is_paused)
        return t("screens.resumed") if now.is_paused else t("screens.was_paused")
    place = next((place for place, one in enumerate(ids) if one["screen"] == number), None)
    if place is None:
        raise ScreenError("there is no such screen")
    look = look_of([one[place] for one in fields])
    if number == 0:
        _, token = add_screen(services, scope(), look)
        return layout.link(t, look.name, f"{request.host_url}wall/{token}")
    change_look(services, scope(), number, int(asked["version"]), look)
    return t("screens.changed")


def look_of(values: list[Any]) -> Look:
    """Return the look of a form's values, in the order of `FIELDS`.

    Raises
    ------
    ScreenError
    """
    name, place, preset, scenes, seconds, theme, night_from, night_until, drift = values
    try:
        return Look(
            str(name or "").strip(),
            str(place or "").strip(),
            Preset(preset),
            tuple(scene for scene in Scene if scene.value in (scenes or ())),
            int(seconds or 0),
            Theme(theme),
            time.fromisoformat(night_from) if night_from else None,
            time.fromisoformat(night_until) if night_until else None,
            bool(drift),
        )
    except (TypeError, ValueError) as error:
        if isinstance(error, ScreenError):
            raise
        raise ScreenError("there is no such screen") from None
