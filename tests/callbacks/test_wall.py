"""The wall's callback: scenes by the pulse, themes and presets by the address."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

from callbacks import wall
from data.services import Services
from data.writes.members import rename_member
from tests.boards import EN, ES
from tests.callbacks.asking import ask, dependencies
from tests.homes import ADMINISTRATOR, copy, demo, open_home
from tests.trees import texts


@pytest.mark.parametrize(("search", "theme"), [("", "dark"), ("?theme=light", "light"), ("?theme=<x>", "dark")])
def test_dark_unless_the_address_says_light(search: str, theme: str) -> None:
    assert wall.theme_of(search) == theme


def test_visitors_never_see_a_comment(services: Services) -> None:
    state = services.state()
    assert len(wall.draw(services, state, ES, "")) == 3
    assert len(wall.draw(services, state, ES, "?preset=visitors")) == 1
    assert wall.preset_of("?preset=other") == "inner"


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
