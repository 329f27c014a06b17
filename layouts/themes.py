"""Ajustes, the part of the themes: what customers talk about, one theme a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

import dash_bootstrap_components as dbc
from dash import html

from dashboard.themes import Theme, written
from layouts.fields import field
from layouts.shell import Component, card
from layouts.words import Words


class Ids(StrEnum):
    """Ids of the section."""

    FORM = "themes-form"
    TEXT = "themes-text"
    SAVE = "themes-save"
    SAID = "themes-said"


def named(t: Words, theme: Theme) -> Theme:
    """Return a theme with its name in the reader's language; one of the organisation's keeps its own."""
    return theme if theme.name else replace(theme, name=t(f"theme.{theme.key}"))


def section(t: Words) -> Component:
    """Return the section with a place for what its callbacks fill."""
    return html.Div([html.Div(id=Ids.FORM), html.P(id=Ids.SAID, role="status", className="mc-said")])


def form(t: Words, themes: Sequence[Theme]) -> Component:
    """Return the form of all themes."""
    text = written([named(t, theme) for theme in themes])
    area = dbc.Textarea(id=Ids.TEXT, value=text, rows=len(themes) + 2, maxLength=20_000)
    save = html.Button(t("common.save"), id=Ids.SAVE, className="mc-button mc-primary", type="button")
    return card([field(t("themes.text"), area), save], title=t("themes.title"), note=t("themes.note"))
