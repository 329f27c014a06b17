"""Reading what a layout returned: its components, ids, texts, and the markup a browser would get."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from layouts.drawn import CALLED, LINK, TREE

ELEMENTS = {name.lower(): getattr(html, name) for name in html.__all__}
REACT = {"tabindex": "tabIndex", "colspan": "colSpan", "rowspan": "rowSpan"} | {
    one: name for name, one in CALLED.items()
}


def components(node: Any) -> Iterator[Component]:
    """Yield every component of a tree, whatever property it hangs on."""
    if isinstance(node, list | tuple):
        for one in node:
            yield from components(one)
    elif isinstance(node, Component):
        yield node
        yield from components(drawn_by_browser(node))
        for name in node._prop_names:
            value = getattr(node, name, None)
            if isinstance(value, list | tuple | Component):
                yield from components(value)


def ids(node: Any) -> list[Any]:
    """Return every id of a tree, in order."""
    return [one.id for one in components(node) if getattr(one, "id", None) is not None]


def texts(node: Any) -> str:
    """Return every text of a tree, joined."""
    if isinstance(node, str | int | float):
        return str(node)
    if isinstance(node, list | tuple):
        return " ".join(part for part in map(texts, node) if part)
    if isinstance(node, Component):
        return texts([drawn_by_browser(node), getattr(node, "children", None)])
    return ""


def drawn_by_browser(node: Component) -> list[Any]:
    """Return what a browser draws of a component, as the components that it was made of."""
    return [_component(tree) for tree in json.loads(getattr(node, TREE, None) or "[]")[2:]]


def _component(tree: Any) -> Any:
    if isinstance(tree, str):
        return tree
    tag, attributes, *inner = tree
    kind = dcc.Link if LINK in attributes else ELEMENTS[tag]
    told = {REACT.get(name, name): value for name, value in attributes.items() if name != LINK}
    return kind([_component(one) for one in inner], **told)


def tables(node: Any) -> list[list[Any]]:
    """Return caption, columns and rows of every table behind a figure."""
    found = []
    for one in of_type(node, "Table"):
        if one.className == "mc-table" and one.children[0]._type == "Caption":
            caption, head, body = one.children
            rows = [[texts(cell) for cell in row.children] for row in body.children]
            found.append([texts(caption), [texts(cell) for cell in head.children[0].children], rows])
    return found


def classes(node: Any) -> set[str]:
    """Return every class name of a tree."""
    names = [getattr(one, "className", None) or "" for one in components(node)]
    return {part for name in names for part in name.split()}


def of_type(node: Any, kind: str) -> list[Component]:
    """Return the components of a type: `Button`, `A`, `Store`."""
    return [one for one in components(node) if one._type == kind]


def addresses(node: Any) -> list[str]:
    """Return every address that a tree leads to or loads from."""
    found = []
    for one in components(node):
        for name in ("href", "src", "action"):
            if value := getattr(one, name, None):
                found.append(str(value))
    return found


def assert_only_text(node: Any, written: str) -> None:
    """Fail when what a person wrote has become anything else than text: an address, markup, raw HTML."""
    for one in components(node):
        for name in ("dangerously_allow_html", "srcDoc", "dangerouslySetInnerHTML"):
            assert not getattr(one, name, None), f"{one._type} takes HTML"
        assert one._type not in ("Markdown", "Iframe", "Script"), one._type
    assert not [address for address in addresses(node) if address.strip().lower().startswith("javascript:")]
    assert not [address for address in addresses(node) if written in address]
