"""Calling a callback as a browser does, by its ids."""

from __future__ import annotations

import json
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

UPDATE = "/_dash-update-component"


def dependencies(client: FlaskClient) -> list[dict[str, Any]]:
    """Return every callback as the browser is told of it."""
    found: list[dict[str, Any]] = client.get("/_dash-dependencies").json
    return found


def split(text: str) -> tuple[Any, str]:
    """Return id and property of `id.property`; the id of a pattern is a dict."""
    identity, _, name = text.partition("@")[0].rpartition(".")
    return (json.loads(identity) if identity.startswith("{") else identity), name


def outputs_of(one: dict[str, Any]) -> list[str]:
    """Return the outputs of a callback as `id.property`."""
    text: str = one["output"]
    return text.strip(".").split("...") if text.startswith("..") else [text]


def ask(client: FlaskClient, output: str, values: dict[str, Any], **more: Any) -> TestResponse:
    """Post the callback that has the output `id.property`; `values` are its inputs and states by `id.property`."""
    one = next(
        found
        for found in dependencies(client)
        if any(name.partition("@")[0] == output for name in outputs_of(found)) and not found["clientside_function"]
    )
    names = [dict(zip(("id", "property"), split(name), strict=True)) for name in outputs_of(one)]
    for told, name in zip(names, outputs_of(one), strict=True):
        told["property"] = name.rpartition(".")[2]
    body = {
        "output": one["output"],
        "outputs": names if one["output"].startswith("..") else names[0],
        "inputs": [{**found, "value": values.get(f"{found['id']}.{found['property']}")} for found in one["inputs"]],
        "state": [{**found, "value": values.get(f"{found['id']}.{found['property']}")} for found in one["state"]],
        "changedPropIds": [f"{found['id']}.{found['property']}" for found in one["inputs"][:1]],
    }
    return client.post(UPDATE, json=body | more)


def spoken_words(said: Any) -> str:
    """Return what a callback says in plain words, whether it is a refusal or not."""
    return str(said["props"]["children"]) if isinstance(said, dict) else str(said)
