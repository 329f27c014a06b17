"""Looking after moments, through the application."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from callbacks.application import create_app
from dashboard.moments import Care, Duty
from data.database import reading
from data.moments import read_care
from data.services import Services
from layouts.moments import Ids
from tests.callbacks.asking import ask, spoken_words
from tests.homes import copy, demo


@pytest.fixture
def own() -> Services:
    return copy(demo("small"))


@pytest.fixture
def own_client(own: Services) -> Iterator[FlaskClient]:
    with create_app(own, is_testing=True).server.test_client() as client:
        client.get("/?lang=es")
        yield client


def care(services: Services) -> Care:
    with reading(services.database) as connection:
        return read_care(connection)


def said(client: FlaskClient, output: Ids, button: Ids, **told: Any) -> str:
    values = {f"moments-{name.replace('_', '-')}.value": value for name, value in told.items()}
    answer = ask(
        client, f"{output}.children", values | {f"{button}.n_clicks": 1}, changedPropIds=[f"{button}.n_clicks"]
    )
    assert answer.status_code == 200
    return spoken_words(answer.json["response"][output.value]["children"])


def test_a_moment_gets_owner_review_and_teams(own_client: FlaskClient, own: Services) -> None:
    told = {"which": "Reclamar", "owner": "Ana", "review": "2027-02-01", "direct": ["Posventa"], "indirect": ["Ventas"]}
    assert said(own_client, Ids.SAID, Ids.SAVE, **told) == "Guardado."
    found = care(own)
    assert found.of("Reclamar").owner == "Ana"
    assert found.duties["Reclamar"] == {"Posventa": Duty.DIRECT, "Ventas": Duty.INDIRECT}
    assert said(own_client, Ids.SAID, Ids.SAVE, **told | {"review": "soon"}) != "Guardado."


def test_a_team_says_what_it_believes_once(own_client: FlaskClient, own: Services) -> None:
    told = {"moment": "Pagar", "team": "Administración", "value": 9}
    assert "ya podéis mirar" in said(own_client, Ids.TOLD, Ids.ESTIMATE, **told)
    assert "ya dijo" in said(own_client, Ids.TOLD, Ids.ESTIMATE, **told)
    assert care(own).estimates["Administración", "Pagar"] == 9


def test_a_walk_is_noted_with_its_walker(own_client: FlaskClient, own: Services) -> None:
    told = {"moment": "Pagar", "walked_on": "2026-11-20", "walker": "Sonia"}
    assert said(own_client, Ids.TOLD, Ids.WALK, **told) == "Recorrido anotado."
    assert care(own).of("Pagar").walked_by == "Sonia"
    assert said(own_client, Ids.TOLD, Ids.WALK, **told | {"walker": ""}) == "Di quién lo recorrió"


def test_the_form_follows_the_chosen_moment(own_client: FlaskClient) -> None:
    answer = ask(own_client, f"{Ids.FORM}.children", {f"{Ids.SAID}.children": ""})
    assert answer.status_code == 200
    assert "Inés Roca" in answer.get_data(as_text=True)
