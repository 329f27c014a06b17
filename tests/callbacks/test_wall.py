"""The wall's callback: scenes by the pulse, themes and presets by the address."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from dash import Dash
from flask import g
from flask.testing import FlaskClient

from callbacks import wall
from dashboard.screens import Look, Preset, Screen, Theme
from data.services import Services
from data.writes.members import rename_member
from tests.boards import EN, ES
from tests.callbacks.asking import ask, dependencies
from tests.homes import ADMINISTRATOR, copy, demo, open_home
from tests.trees import texts


@pytest.mark.parametrize(("search", "theme"), [("", "dark"), ("?theme=light", "light"), ("?theme=<x>", "dark")])
def test_dark_unless_the_address_says_light(search: str, theme: str) -> None:
    assert wall.look_of(search).theme == theme


def test_visitors_never_see_a_comment(services: Services) -> None:
    state = services.state()
    assert len(wall.draw(services, state, ES, "")) == 1 + 5
    assert len(wall.draw(services, state, ES, "?preset=visitors")) == 1 + 1
    assert wall.look_of("?preset=other").preset is Preset.INNER


def test_a_screen_shows_what_it_was_told_whatever_its_address_says(services: Services) -> None:
    look = Look("Recepción", preset=Preset.VISITORS, theme=Theme.LIGHT)
    g.screen = Screen(1, look, False, None, datetime.now(UTC), 1)
    assert wall.look_of("?preset=inner&theme=dark") == look
    assert len(wall.draw(services, services.state(), ES, "?preset=inner")) == 1 + 1


def test_a_paused_screen_shows_nothing(services: Services) -> None:
    g.screen = Screen(1, Look("Recepción"), True, None, datetime.now(UTC), 1)
    assert "Recepción: pantalla en pausa" in texts(wall.draw(services, services.state(), ES, ""))


@pytest.mark.parametrize(("host", "is_there"), [("localhost", False), ("127.0.0.1:8050", False), ("tv.example", True)])
def test_a_phone_is_led_to_the_score_only_where_it_can_get_there(app: Dash, host: str, is_there: bool) -> None:
    with app.server.test_request_context("/", headers={"Host": host}):
        assert (wall.phone() is not None) is is_there


def test_the_wall_is_driven_by_the_version_alone(client: FlaskClient) -> None:
    mine = [one for one in dependencies(client) if one["output"].startswith("wall-")]
    assert [(found["id"], found["property"]) for one in mine for found in one["inputs"]] == [("data-version", "data")]


def test_the_callback_answers_in_the_language_of_the_wall(client: FlaskClient) -> None:
    route = {"shell-route.data": {"path": "/wall", "search": "?lang=en"}}
    answer = ask(client, "wall-stage.children", route)
    assert "We are losing" in json.dumps(json.loads(answer.data))


@pytest.mark.parametrize("route", [None, [], "x", {"search": None}, {"search": ["a"]}])
def test_a_wall_without_an_address_still_shows_the_score(client: FlaskClient, route: object) -> None:
    answer = ask(client, "wall-stage.children", {"shell-route.data": route})
    assert answer.status_code == 200
    assert "Vamos perdiendo" in json.dumps(json.loads(answer.data), ensure_ascii=False)


def test_before_any_answer_it_says_what_to_do() -> None:
    services = open_home()
    assert "Aún no hay respuestas" in texts(wall.draw(services, services.state(), ES, ""))
    assert "Nobody" not in texts(wall.draw(services, services.state(), EN, ""))


def test_moments_are_called_as_the_company_calls_them() -> None:
    services = copy(demo())
    told = texts(wall.draw(services, services.state(), ES, ""))
    moment = next(key for key in services.state().members.names("moment") if f"en «{key}»" in told)
    rename_member(services, ADMINISTRATOR, "moment", moment, "Momento nuevo")
    assert "en «Momento nuevo»" in texts(wall.draw(services, services.state(), ES, ""))
