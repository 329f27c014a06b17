"""The first paint: components as plain HTML, so that the score is on screen before any script has run."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import orjson
from dash import dcc, html
from dash.development.base_component import Component

from layouts.drawn import TREE, Tree

VOID = {"img", "br", "hr", "input"}
SILENT = (dcc.Store, dcc.Location)


def to_html(component: Any, filled: Mapping[str, Any] | None = None) -> str:  # noqa: PLR0911 (one return per kind)
    """Return the HTML of components made of `dash.html`, links and graphs; controls and stores are left out.

    `filled` holds what a callback will put into the component of an id.

    Texts and attributes are escaped. Ids are dropped: the page itself comes soon, with its own.
    """
    if component is None or isinstance(component, SILENT):
        return ""
    if isinstance(component, str | int | float):
        return escape(str(component))
    if isinstance(component, list | tuple):
        return "".join(to_html(child, filled) for child in component)
    if isinstance(component, dcc.Graph):
        return ""
    if isinstance(component, dcc.Link):
        return f"<a{_attributes(component)}>{to_html(getattr(component, 'children', None), filled)}</a>"
    if isinstance(component, Component) and type(component).__module__.startswith(html.__name__):
        tag = type(component).__name__.lower()
        opened = f"<{tag}{_attributes(component)}>"
        if tag in VOID:
            return opened
        children = (filled or {}).get(_identity(component), getattr(component, "children", None))
        inner = "".join(map(_drawn, orjson.loads(getattr(component, TREE, None) or "[]")[2:]))
        return f"{opened}{inner}{to_html(children, filled)}</{tag}>"
    return ""


def _drawn(tree: Tree) -> str:
    """Return the HTML of what the browser would draw."""
    if isinstance(tree, str):
        return escape(tree)
    tag, attributes, *inner = tree
    plain = {name: value for name, value in attributes.items() if name not in ("id", "style")}
    told = "".join(f' {name}="{escape(value, quote=True)}"' for name, value in plain.items())
    style = "; ".join(f"{name}: {value}" for name, value in (attributes.get("style") or {}).items())
    told += f' style="{escape(style, quote=True)}"' if style else ""
    return f"<{tag}{told}>" if tag in VOID else f"<{tag}{told}>{''.join(map(_drawn, inner))}</{tag}>"


def _identity(component: Component) -> str:
    """Return the id as callbacks name it; StrEnum members are their value."""
    identity = getattr(component, "id", "")
    return str(identity) if isinstance(identity, str) else ""


def _attributes(component: Component) -> str:
    """Return the attributes that matter to eyes and to screen readers."""
    plain = ("href", "src", "alt", "lang", "role", "action", "method", "type", "name", "value")
    told = {"className": "class", **{name: name for name in plain}}
    values = component.to_plotly_json()["props"]
    pairs = [(name, values[prop]) for prop, name in told.items() if values.get(prop)]
    marks = {prop: value for prop, value in values.items() if prop.startswith(("aria-", "data-")) and prop != TREE}
    pairs += [(prop, value) for prop, value in marks.items() if value]
    if style := values.get("style"):
        pairs.append(("style", "; ".join(f"{name}: {value}" for name, value in style.items())))
    return "".join(f' {name}="{escape(str(value), quote=True)}"' for name, value in pairs)
