"""Bodies that no browser of ours would send: renamed, malformed, too deep, too many. Never a 5xx, never an answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import cycle
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.permissions import Role
from tests.attack.bodies import UPDATE, body_of, declared

CANARY = "Llegó"
"""A word of the demo's comments."""

PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
JSON = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize(
    "data",
    [b"", b"null", b"[]", b"7", b"{", b'"x"', b"[" * 100_000, b'{"output":' * 50_000, b"\xff\xfe", b'{"output": 7}'],
)
@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/x-www-form-urlencoded", ""])
def test_what_is_no_body_is_refused(browser_for: Callable[..., FlaskClient], data: bytes, kind: str) -> None:
    answer = browser_for(Role.VIEWER).post(UPDATE, data=data, content_type=kind)
    assert answer.status_code in (400, 404, 413, 415)


def changes(body: dict[str, Any]) -> list[dict[str, Any]]:
    """Return bodies that differ from a good one in one place."""
    first = (
        {**body["inputs"][0]}
        if body["inputs"] and isinstance(body["inputs"][0], dict)
        else {"id": "x", "property": "y"}
    )
    return [
        {key: value for key, value in body.items() if key != "output"},
        {key: value for key, value in body.items() if key != "inputs"},
        body | {"output": body["output"] + "x"},
        body | {"output": [body["output"]]},
        body | {"outputs": {"id": "nobody", "property": "children"}},
        body | {"outputs": []},
        body | {"inputs": []} if body["inputs"] else body | {"inputs": [first]},
        body | {"inputs": [*body["inputs"], first]},
        body | {"inputs": [{**first, "id": "nobody"}, *body["inputs"][1:]]},
        body | {"inputs": [{**first, "property": "pathname"}, *body["inputs"][1:]]},
        body | {"inputs": [{**first, "more": 1}, *body["inputs"][1:]]},
        body | {"inputs": {"0": first}},
        body | {"state": [*body["state"], {"id": "x", "property": "value", "value": 1}]},
        body | {"state": {}},
        body | {"changedPropIds": ["nobody.n_clicks"]},
        body | {"changedPropIds": "x"},
        body | {"changedPropIds": [{"id": 1}]},
        body | {"background": True},
        body | {"multi": True},
    ]


@pytest.mark.parametrize("role", [Role.KIOSK, Role.VIEWER, Role.MANAGER, Role.ADMINISTRATOR])
def test_a_body_that_differs_in_one_place_is_refused(browser_for: Callable[..., FlaskClient], role: Role) -> None:
    for one in declared(browser_for(Role.ADMINISTRATOR)):
        for changed in changes(body_of(one)):
            answer = browser_for(role).post(UPDATE, json=changed)
            assert answer.status_code in (400, 403, 404), (one["output"], changed, answer.status_code)


@pytest.mark.parametrize("query", ["?cacheKey=1", "?oldJob=1", "?job=1", "?cancelJob=1"])
def test_handles_of_background_work_open_nothing(browser_for: Callable[..., FlaskClient], query: str) -> None:
    one = declared(browser_for(Role.ADMINISTRATOR))[0]
    assert browser_for(Role.ADMINISTRATOR).post(UPDATE + query, json=body_of(one)).status_code == 400


def test_a_viewer_who_names_a_public_input_still_may_not_import(browser_for: Callable[..., FlaskClient]) -> None:
    one = next(one for one in declared(browser_for(Role.ADMINISTRATOR)) if one["output"] == "sources-job.data")
    body = body_of(one) | {"inputs": [{"id": "shell-url", "property": "pathname", "value": "/_dash-layout"}]}
    assert browser_for(Role.VIEWER).post(UPDATE, json=body).status_code == 403
    assert browser_for(Role.MANAGER).post(UPDATE, json=body).status_code == 400


def test_eight_thousand_bodies_give_no_5xx_and_no_word_of_a_customer(browser_for: Callable[..., FlaskClient]) -> None:
    known = [body_of(one) for one in declared(browser_for(Role.ADMINISTRATOR))]
    browsers = [browser_for(role) for role in (None, Role.KIOSK, Role.VIEWER)]

    def fill(body: dict[str, Any], values: list[Any]) -> dict[str, Any]:
        turn = cycle(values)
        filled = [{**item, "value": next(turn)} if isinstance(item, dict) else item for item in body["inputs"]]
        states = [{**item, "value": next(turn)} if isinstance(item, dict) else item for item in body["state"]]
        return {**body, "inputs": filled, "state": states}

    bodies = (
        JSON
        | st.builds(fill, st.sampled_from(known), st.lists(JSON, min_size=1, max_size=4))
        | st.builds(
            lambda body, key, value: {**body, key: value},
            st.sampled_from(known),
            st.sampled_from(["output", "outputs", "inputs", "state", "changedPropIds", "x"]),
            JSON,
        )
    )

    @settings(max_examples=8000, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.sampled_from(browsers), bodies)
    def attack(client: FlaskClient, body: Any) -> None:
        answer = client.post(UPDATE, data=json.dumps(body), content_type="application/json")
        assert answer.status_code < 500, body
        assert CANARY not in answer.get_data(as_text=True)

    attack()
