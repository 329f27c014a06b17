"""Fields of forms: a control under its label, and lists to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import html

from layouts.shell import Component

Choices = Sequence[tuple[str, str]]
"""What can be chosen: (key, name)."""


def field(label: str, control: Component, help_text: str = "", class_name: str = "") -> Component:
    """Return a control under its label, with a line of help where there is something to explain."""
    note = [html.Small(help_text, className="mc-muted")] if help_text else []
    return html.Label([html.Span(label), control, *note], className=f"mc-field {class_name}".strip())


def suggesting(identity: str, names: Sequence[str], value: str = "", longest: int = 200, **more: Any) -> Component:
    """Return a line to write on that offers what was written before."""
    listed = f"{identity}-known"
    options = html.Datalist([html.Option(value=name) for name in names], id=listed)
    return html.Div([dbc.Input(id=identity, value=value, maxLength=longest, list=listed, **more), options])


def options_of(choices: Choices) -> list[dict[str, str]]:
    """Return choices as Dash's lists want them."""
    return [{"label": name, "value": key} for key, name in choices]


def select(identity: Any, choices: Choices, value: str | None, **more: Any) -> Component:
    """Return a list to choose one of."""
    return dbc.Select(id=identity, options=options_of(choices), value=value, **more)
