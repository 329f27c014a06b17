"""The application: set up before the first request, wired without a slip, in two languages."""

from __future__ import annotations

import ast
import json
import re
import threading
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient

from callbacks.application import ROOT, build_of, create_app
from callbacks.asked import COOKIE
from callbacks.firstrun import first_run
from callbacks.views import VIEWS
from dashboard.screens import Look
from data.services import Services
from layouts import (
    accounts,
    commitment_grid,
    commitments,
    firstrun,
    hearing,
    improvements,
    improving,
    indicators,
    journey,
    ledger,
    meeting,
    moments,
    plan,
    promising,
    reporting,
    scoreboard,
    settings,
    shell,
    sources,
    teams,
    themes,
    voice,
    wall,
)
from layouts.shell import root
from tests.boards import ES, board_of, comment, goal_of
from tests.callbacks.asking import UPDATE, dependencies, outputs_of, split
from tests.callbacks.test_bundles import addresses
from tests.callbacks.test_views import every_page
from tests.homes import copy
from tests.trees import ids

LAYOUTS = (
    scoreboard,
    teams,
    reporting,
    wall,
    sources,
    ledger,
    settings,
    indicators,
    firstrun,
    journey,
    voice,
    hearing,
    accounts,
    moments,
)
LAYOUTS += (improvements, improving, themes, meeting, plan)
LAYOUTS += (commitments, promising, commitment_grid)
ENUMS = [shell.Ids, shell.Filter, *[module.Ids for module in LAYOUTS]]
BAD_BODIES: list[Any] = [
    None,
    [],
    {},
    {"output": "x"},
    {"output": "shell-screen.children", "inputs": []},
    {"output": "shell-screen.children", "outputs": {"id": "shell-screen", "property": "children"}, "inputs": "x"},
    {
        "output": "shell-screen.children",
        "outputs": {"id": "shell-screen", "property": "children"},
        "inputs": [{"id": "shell-route", "property": "data", "value": {"path": ["/"], "search": {"a": 1}}}],
        "changedPropIds": ["shell-route.data"],
    },
    {"output": "..a.b...c.d..", "outputs": [{}], "inputs": [{}], "changedPropIds": [1]},
]


def test_set_up_has_run_before_anybody_asks(app: Dash) -> None:
    assert app._got_first_request["setup_server"] is True


def test_the_first_burst_is_answered(services: Services) -> None:
    fresh = create_app(copy(services))
    found: list[int] = []

    def get() -> None:
        with fresh.server.test_client() as client:
            found.extend(client.get(address).status_code for address in addresses(client))

    threads = [threading.Thread(target=get) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) > 60
    assert set(found) == {200}


def test_no_machine_protocol_and_no_dev_tools(client: FlaskClient, app: Dash) -> None:
    for path in ("/_mcp", "/mcp", "/_dash-mcp"):
        answer = client.get(path)
        assert answer.status_code == 404
    assert not any("mcp" in rule.rule for rule in app.server.url_map.iter_rules())


def test_no_output_is_written_by_two_callbacks_without_saying_so(client: FlaskClient) -> None:
    names = [name for one in dependencies(client) for name in outputs_of(one) if "@" not in name]
    assert [name for name, times in Counter(names).items() if times > 1] == []


def test_every_id_of_a_callback_is_in_a_layout(client: FlaskClient, services: Services) -> None:
    pages = [root("1"), *every_page(services)]
    present: set[str] = {str(one) for page in pages for one in ids(page) if not isinstance(one, dict)}
    kinds = {one["type"] for page in every_page(services) for one in ids(page) if isinstance(one, dict)}
    for one in dependencies(client):
        told = [split(name)[0] for name in outputs_of(one)]
        told += [found["id"] for found in (*one["inputs"], *one["state"])]
        for name in told:
            identity = json.loads(name) if isinstance(name, str) and name.startswith("{") else name
            if isinstance(identity, dict):
                assert identity["type"] in kinds, identity
            else:
                assert identity in present, identity


def test_no_id_is_twice_in_a_page(services: Services) -> None:
    frame = ids(root("1"))
    for page in every_page(services):
        found = [json.dumps(one, sort_keys=True, default=str) for one in [*frame, *ids(page)]]
        assert [name for name, times in Counter(found).items() if times > 1] == []


def test_ids_are_never_written_out_in_callbacks() -> None:
    known = {str(one) for enum in ENUMS for one in enum}
    for path in (ROOT / "callbacks").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert node.value not in known - {"main", "freshness"}, f"{path.name}:{node.lineno}"


def test_ids_of_two_views_never_meet() -> None:
    every = [str(one) for enum in ENUMS for one in enum]
    assert len(every) == len(set(every))


def test_the_browser_uses_ids_that_exist() -> None:
    known = {str(one) for enum in ENUMS for one in enum}
    for path in (ROOT / "assets").glob("*.js"):
        for name in re.findall(
            r"['\"#]((?:shell|sources|scoreboard|wall|firstrun|settings)-[a-z-]+)['\" ]", path.read_text()
        ):
            assert name in known, f"{path.name}: {name}"


@pytest.mark.parametrize("body", BAD_BODIES)
def test_malformed_callbacks_never_show_a_traceback(client: FlaskClient, body: Any) -> None:
    answer = client.post(UPDATE, json=body)
    text = answer.get_data(as_text=True)
    assert "Traceback" not in text
    assert "/work/" not in text
    assert str(Path(__file__).parents[2]) not in text


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"[" * 5000])
def test_what_is_not_json_never_shows_a_traceback(client: FlaskClient, data: bytes) -> None:
    for kind in ("application/json", "text/plain", "application/x-www-form-urlencoded"):
        answer = client.post(UPDATE, data=data, content_type=kind)
        assert answer.status_code >= 400
        assert "Traceback" not in answer.get_data(as_text=True)


def test_the_language_comes_from_the_address_and_stays_in_a_cookie(client: FlaskClient) -> None:
    assert '<html lang="es">' in client.get("/").get_data(as_text=True)
    answer = client.get("/?lang=en")
    assert '<html lang="en">' in answer.get_data(as_text=True)
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith(f"{COOKIE}=en")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert '<html lang="en">' in client.get("/wall").get_data(as_text=True)
    assert '<html lang="es">' in client.get("/?lang=es").get_data(as_text=True)
    assert '<html lang="es">' in client.get("/").get_data(as_text=True)


def test_an_unknown_language_changes_nothing(client: FlaskClient) -> None:
    answer = client.get("/?lang=xx")
    assert "Set-Cookie" not in answer.headers
    assert '<html lang="es">' in answer.get_data(as_text=True)


def test_only_pages_set_the_cookie(client: FlaskClient) -> None:
    assert "Set-Cookie" not in client.get("/api/v1/pulse?lang=en").headers


def test_the_build_changes_with_the_program(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    before = build_of(tmp_path)
    (tmp_path / "assets" / "x.css").write_text("a {}")
    assert build_of(tmp_path) != before
    assert build_of(ROOT) == build_of(ROOT)


def test_pages_are_what_their_paths_say(services: Services) -> None:
    paths = ["/", "/teams", "/journey", "/commitments", "/meeting", "/improvements", "/voice"]
    paths += ["/hear", "/accounts", "/plan", "/wall", "/sources", "/settings", "/screens", "/people", "/audit"]
    assert [view.PATH for view in VIEWS] == paths
    assert set(firstrun.Ids) <= set(ids(first_run(ES)))
    drawn = wall.scenes(
        ES, board_of(goal=goal_of()), comment(), services.state().organisation, services.clock.now(), Look("Sala")
    )
    assert wall.Ids.CLOCK in ids(drawn)
