"""Callback bodies as a browser makes them, from what the server itself declares."""

from __future__ import annotations

import json
from typing import Any

from flask.testing import FlaskClient

UPDATE = "/_dash-update-component"


def declared(client: FlaskClient) -> list[dict[str, Any]]:
    """Return every server callback as browsers are told of it."""
    return [one for one in client.get("/_dash-dependencies").json if not one["clientside_function"]]


def body_of(one: dict[str, Any]) -> dict[str, Any]:
    """Return a body of the right shape with nothing in it: patterns match no component."""
    text = one["output"]
    is_many = text.startswith("..")
    names = text.strip(".").split("...") if is_many else [text]
    outputs = [_item(*_split(name)) for name in names]
    return {
        "output": text,
        "outputs": outputs if is_many else outputs[0],
        "inputs": [_item(found["id"], found["property"], None) for found in one["inputs"]],
        "state": [_item(found["id"], found["property"], None) for found in one["state"]],
        "changedPropIds": [],
    }


def _split(name: str) -> tuple[str, str]:
    identity, _, rest = name.rpartition(".")
    return identity, rest


def _item(identity: str, name: str, *value: Any) -> Any:
    if identity.startswith("{"):
        pattern = json.loads(identity)
        if any(told == ["ALL"] for told in pattern.values()):
            return []
        return {"id": pattern, "property": name}
    return {"id": identity, "property": name, **({"value": value[0]} if value else {})}
