"""Callbacks called with whatever comes to mind: never a 500, never a look inside, and the server goes on."""

from __future__ import annotations

import json
import logging
from typing import Any
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callbacks.application import create_app
from tests.callbacks.asking import UPDATE, dependencies, outputs_of, split
from tests.homes import copy, demo
from tests.survive.rows import Outcome

INSIDE = (b"Traceback", b"site-packages", b"/callbacks/")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["path", "query", "id", "x"]), inner),
    max_leaves=6,
)
TIMES = 2_000


def callbacks() -> Outcome:
    """Post bodies that are nearly right; jobs that they would start are not started."""
    services = copy(demo())
    app = create_app(services)
    client = app.server.test_client()
    declared = [one for one in dependencies(client) if not one["clientside_function"]]
    tried, failed, leaked = 0, 0, 0
    revision = services.revision()

    @settings(max_examples=TIMES, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(declared), st.lists(VALUES, min_size=12, max_size=12), st.sampled_from(BROKEN), VALUES)
    def post(one: dict[str, Any], values: list[Any], broken: str, instead: Any) -> None:
        nonlocal tried, failed, leaked
        body = called(one, values)
        if broken:
            body[broken] = instead
        answer = client.post(UPDATE, json=body)
        tried += 1
        failed += answer.status_code >= 500
        leaked += any(word in answer.data for word in INSIDE)

    logging.disable(logging.CRITICAL)
    try:
        with patch("data.jobs.subprocess.Popen"):
            post()
    finally:
        logging.disable(logging.NOTSET)
    is_served = client.get("/score").status_code == 200
    changes = services.revision() - revision
    note = f"{failed} answers of 500 or more, {leaked} looks inside, {changes} changes that were valid"
    services.database.dispose()
    return Outcome(tried, tried - failed - (not is_served), leaked, note)


BROKEN = ("", "", "", "", "output", "outputs", "inputs", "state", "changedPropIds")


def called(one: dict[str, Any], values: list[Any]) -> dict[str, Any]:
    """Return the body of a callback with other values."""
    outputs = [dict(zip(("id", "property"), split(name), strict=True)) for name in outputs_of(one)]
    rest = iter(values)

    def given_to(named: list[dict[str, Any]]) -> list[dict[str, Any]]:
        found = []
        for told in named:
            identity = json.loads(told["id"]) if told["id"].startswith("{") else told["id"]
            found.append({"id": identity, "property": told["property"], "value": next(rest, None)})
        return found

    return {
        "output": one["output"],
        "outputs": outputs if one["output"].startswith("..") else outputs[0],
        "inputs": given_to(one["inputs"]),
        "state": given_to(one["state"]),
        "changedPropIds": [f"{told['id']}.{told['property']}" for told in one["inputs"][:1]],
    }
