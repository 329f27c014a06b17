"""Ajustes, the part of the themes: save what customers talk about."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, State, no_update

from callbacks.asked import scope, words
from callbacks.policies import Guarded
from dashboard.permissions import Capability, NotAllowedError
from dashboard.themes import ThemeError, parse_themes
from data.database import reading
from data.services import Services
from data.themes import read_themes
from data.writes.themes import save_themes
from layouts.fields import is_refused
from layouts.themes import Ids, form
from layouts.words import Words


def save(services: Services, t: Words, text: object) -> str:
    """Store the themes of a text and return what to say."""
    try:
        save_themes(services, scope(), parse_themes(str(text or "")))
    except ThemeError as refusal:
        return t.refusal(refusal.told())
    except NotAllowedError:
        return t.refused("common.not_allowed")
    return t("common.saved")


def register(app: Guarded, services: Services) -> None:
    """Connect the section."""

    @app.guarded(Capability.CONFIGURE, Output(Ids.FORM, "children"), Input(Ids.SAID, "children"))
    def on_said(said: object) -> Any:
        """Draw the form anew after a change of one's own, unless it was refused: what was typed stays."""
        if is_refused(said):
            return no_update
        t = words(services.state())
        with reading(services.database) as connection:
            return form(t, read_themes(connection))

    @app.guarded(
        Capability.CONFIGURE,
        Output(Ids.SAID, "children"),
        Input(Ids.SAVE, "n_clicks"),
        State(Ids.TEXT, "value"),
        prevent_initial_call=True,
    )
    def on_save(saved: object, text: object) -> object:
        return save(services, words(services.state()), text) if saved else no_update
