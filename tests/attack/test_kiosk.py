"""A wall screen that tries to be more than a wall screen."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from dash import Dash
from flask.testing import FlaskClient

from dashboard.permissions import Role
from dashboard.screens import Look, Preset
from data.services import Services
from data.writes.screens import add_screen, revoke_screen
from tests.attack.bodies import UPDATE, body_of, declared
from tests.callbacks.doorway import ADMINISTRATOR


def on_route(client: FlaskClient, admin: FlaskClient, path: str, search: str = "") -> str:
    """Return the screen of an address as the router answers it."""
    one = next(one for one in declared(admin) if one["output"] == "shell-screen.children")
    body = body_of(one)
    body["inputs"][0]["value"] = {"path": path, "search": search}
    answer = client.post(UPDATE, json=body)
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("path", ["/", "/sources", "/settings", "/people", "/screens", "/nothing"])
def test_it_has_its_wall_and_no_other_page(browser_for: Callable[..., FlaskClient], path: str) -> None:
    kiosk, admin = browser_for(Role.KIOSK), browser_for(Role.ADMINISTRATOR)
    answer = kiosk.get(path)
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/wall"
    told = json.dumps(json.loads(on_route(kiosk, admin, path)), ensure_ascii=False)
    for word in ("Camino al objetivo", "Elige un fichero", "Zona horaria", "people-", "screens-list"):
        assert word not in told


@pytest.mark.parametrize(
    "search", ["?team=Ventas", "?site=Norte", "?preset=inner", "?lang=en&team=Almacén", "?since=2026-11-01"]
)
def test_what_its_address_claims_changes_no_number(browser_for: Callable[..., FlaskClient], search: str) -> None:
    kiosk = browser_for(Role.KIOSK)
    one = next(one for one in declared(browser_for(Role.ADMINISTRATOR)) if one["output"] == "wall-stage.children")

    def stage(asked: str) -> str:
        body = body_of(one)
        body["state"][0]["value"] = {"path": "/wall", "search": asked}
        return kiosk.post(UPDATE, json=body).text

    numbers = [part for part in stage("").split('"') if part.strip("−").isdigit()]
    assert numbers
    assert [part for part in stage(search).split('"') if part.strip("−").isdigit()] == numbers


def test_visitors_see_no_comment_even_where_the_address_asks_for_it(app: Dash, services: Services) -> None:
    _, token = add_screen(services, ADMINISTRATOR, Look("Entrada", preset=Preset.VISITORS))
    client = app.server.test_client()
    client.get(f"/wall/{token}")
    page = client.get("/wall?preset=inner").text
    assert "mc-wall-quote" not in page
    assert "mc-scene-score" in page


def test_the_token_leaves_the_address_bar_and_the_page(app: Dash, services: Services) -> None:
    _, token = add_screen(services, ADMINISTRATOR, Look("Sala"))
    client = app.server.test_client()
    answer = client.get(f"/wall/{token}")
    assert answer.headers["Location"] == "/wall"
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert token not in client.get("/wall").text


def test_a_revoked_screen_is_nobody_for_good(app: Dash, services: Services) -> None:
    number, token = add_screen(services, ADMINISTRATOR, Look("Sala"))
    client = app.server.test_client()
    client.get(f"/wall/{token}")
    assert client.get("/api/v1/pulse").status_code == 200
    revoke_screen(services, ADMINISTRATOR, number)
    assert client.get("/api/v1/pulse").status_code == 401
    assert client.get("/wall").headers["Location"] == "/pairing"
    assert app.server.test_client().get(f"/wall/{token}").status_code == 404


def test_a_code_that_nobody_shows_pairs_nothing(browser_for: Callable[..., FlaskClient]) -> None:
    admin = browser_for(Role.ADMINISTRATOR, is_fresh=True)
    told = {"code": "AAAA-AAAA", "screen_name": "Falsa", "preset": "inner"}
    assert admin.post("/pair", data=told).status_code == 400
    statuses = [admin.post("/pair", data=told).status_code for _ in range(8)]
    assert 429 in statuses, "codes cannot be tried one after the other"


def test_only_the_screen_itself_can_claim_what_was_confirmed(
    app: Dash, browser_for: Callable[..., FlaskClient]
) -> None:
    import re

    television, other = app.server.test_client(), app.server.test_client()
    page = television.get("/pairing", environ_base={"REMOTE_ADDR": "10.77.0.1"}).text
    (code,) = re.findall(r"[A-Z2-9]{4}-[A-Z2-9]{4}", page.split('class="code"')[1])[:1]
    assert television.get("/pairing/state").json == {"state": "waiting"}
    admin = browser_for(Role.ADMINISTRATOR, is_fresh=True)
    assert admin.post("/pair", data={"code": code, "screen_name": "Taller", "preset": "inner"}).status_code == 303
    other.get("/pairing", environ_base={"REMOTE_ADDR": "10.77.0.2"})
    assert other.get("/pairing/state").json == {"state": "waiting"}
    assert other.get("/pairing/enter").headers["Location"] == "/pairing"
    assert television.get("/pairing/state").json == {"state": "ready"}
    assert television.get("/pairing/enter").headers["Location"] == "/wall"
    assert television.get("/wall").status_code == 200
    assert admin.post("/pair", data={"code": code, "screen_name": "Otra", "preset": "inner"}).status_code == 400
