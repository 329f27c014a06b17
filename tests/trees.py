"""Reading what a layout returned: its components, ids, texts, and the markup a browser would get."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from dash.development.base_component import Component


def components(node: Any) -> Iterator[Component]:
    """Yield every component of a tree, whatever property it hangs on."""
    if isinstance(node, list | tuple):
        for one in node:
            yield from components(one)
    elif isinstance(node, Component):
        yield node
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
        return texts([drawn_cells(node), getattr(node, "children", None)])
    return ""


def drawn_cells(node: Component) -> list[Any]:
    """Return caption, columns and rows of a table that the browser draws; nothing of other components."""
    told = json.loads(getattr(node, "data-mc-table", None) or "{}")
    return [told["caption"], told["columns"], told["rows"]] if told else []


def tables(node: Any) -> list[list[Any]]:
    """Return caption, columns and rows of every table of a tree that the browser draws."""
    return [told for one in components(node) if (told := drawn_cells(one))]


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
