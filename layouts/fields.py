"""Fields of forms: a control under its label, lists to choose from, and what a form says when it is refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import html

from layouts.drawn import drawn
from layouts.shell import Component
from layouts.words import Refused

Choices = Sequence[tuple[str, str]]
"""What can be chosen: (key, name)."""

REFUSED = "mc-refused"


def field(label: str, control: Component, help_text: str = "", class_name: str = "") -> Component:
    """Return a control under its label, with a line of help where there is something to explain."""
    note = [html.Small(help_text, className="mc-muted")] if help_text else []
    return html.Label([html.Span(label), control, *note], className=f"mc-field {class_name}".strip())


def suggesting(identity: str, names: Sequence[str], value: str = "", longest: int = 200, **more: Any) -> Component:
    """Return a line to write on that offers what was written before."""
    listed = f"{identity}-known"
    line = dbc.Input(id=identity, value=value, maxLength=longest, list=listed, **more)
    return html.Div([line, *suggestions(listed, names)])


def suggestions(identity: str, names: Sequence[str]) -> list[Component]:
    """Return the list, which the browser draws, that a line's attribute `list` may name."""
    return drawn(html.Datalist([html.Option(value=name) for name in names], id=identity))


def options_of(choices: Choices) -> list[dict[str, str]]:
    """Return choices as Dash's lists want them."""
    return [{"label": name, "value": key} for key, name in choices]


def select(identity: Any, choices: Choices, value: str | None, **more: Any) -> Component:
    """Return a list to choose one of."""
    return dbc.Select(id=identity, options=options_of(choices), value=value, **more)


def spoken(said: Any) -> Any:
    """Return what a callback says, a refusal marked as one."""
    if isinstance(said, Refused):
        return html.Span(str(said), className=REFUSED)
    return type(said)(map(spoken, said)) if type(said) in (tuple, list) else said


def is_refused(said: object) -> bool:
    """Return whether the words that stand on a page are a refusal: then the form keeps what was typed."""
    props = said.get("props") if isinstance(said, dict) else None
    return isinstance(props, dict) and props.get("className") == REFUSED
