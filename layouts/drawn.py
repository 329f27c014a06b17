"""Content that the browser draws: one component, whatever is in it.

Dash pays for each of its components at every change of a page, about half a millisecond in a browser; a browser draws a
hundred elements in one. So what holds no control is sent as a tree of texts and attributes, which `assets/15-drawn.js`
turns into elements, keeping those that stay. Text stays text: nothing of it is ever parsed as markup.
"""

from __future__ import annotations

from typing import Any

import orjson
from dash import dcc, html
from dash.development.base_component import Component as DashComponent

Tree = Any
"""What a browser draws: a text, or a list of an element's name, its attributes and its own trees."""

TREE = "data-mc-tree"
"""Where a component keeps it."""

CALLED = {"className": "class", "htmlFor": "for"}
"""Attributes that React calls otherwise; the others only lose their capitals."""

PLACE = "mc-drawn"

LINK = "data-mc-link"
"""Marks a link that opens a view without loading the page anew."""


def drawn(content: Any) -> list[Any]:
    """Return content as one component that takes no room of its own; nothing where there is none.

    Parameters
    ----------
    content : component, text or sequence of them
        Of `dash.html` and `dcc.Link` alone: what the browser draws is no control and no callback's output.

    Raises
    ------
    TypeError
        For any other component.
    """
    trees = _trees(content)
    return [html.Div(className=PLACE, **{TREE: orjson.dumps(["div", {}, *trees]).decode()})] if trees else []


def _trees(content: Any) -> list[Tree]:
    if content is None:
        return []
    if isinstance(content, list | tuple):
        return [tree for one in content for tree in _trees(one)]
    if isinstance(content, str | int | float):
        return [str(content)]
    if told := getattr(content, TREE, None):
        inner: list[Tree] = orjson.loads(told)[2:]
        return inner if content.className == PLACE else [[*_tree(content), *inner]]
    return [[*_tree(content), *_trees(getattr(content, "children", None))]]


def _tree(component: Any) -> list[Tree]:
    """Return name and attributes of one element."""
    if isinstance(component, dcc.Link):
        return ["a", {"href": component.href, LINK: "", **_attributes(component, ("className", "title"))}]
    if not isinstance(component, DashComponent) or not type(component).__module__.startswith(html.__name__):
        raise TypeError(f"{type(component).__name__} is no element that a browser draws alone")
    names = [name for name in component.to_plotly_json()["props"] if name not in ("children", TREE)]
    return [type(component).__name__.lower(), _attributes(component, names)]


def _attributes(component: Any, names: Any) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name in names:
        value = getattr(component, name, None)
        if name == "style":
            told[name] = value
        elif value is not None and value is not False:
            told[CALLED.get(name, name.lower())] = "" if value is True else str(value)
    return told
