"""What was heard, from the form of a phone to the inbox of its team."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from callbacks.application import create_app
from data.services import Services
from data.voice import Search, read_stream
from layouts.hearing import OTHER, Ids
from tests.callbacks.asking import ask, spoken_words
from tests.data.stores import ADMINISTRATOR
from tests.homes import copy, demo

FORM = {Ids.WORDS: "Que alguien llame", Ids.MOOD: "dislike", Ids.MOMENT: "Esperar", Ids.TEAM: "Transporte"}


@pytest.fixture
def own() -> Services:
    return copy(demo("small"))


@pytest.fixture
def own_client(own: Services) -> Iterator[FlaskClient]:
    with create_app(own, is_testing=True).server.test_client() as client:
        client.get("/?lang=es")
        yield client


def sent(client: FlaskClient, **more: Any) -> dict[str, Any]:
    told = {identity.value: value for identity, value in FORM.items()} | more
    values = {f"{name}.value": value for name, value in told.items()} | {f"{Ids.SEND}.n_clicks": 1}
    answer = ask(client, f"{Ids.SAID}.children", values)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json["response"]
    return found


def test_what_was_heard_lands_in_the_inbox_of_its_team(own_client: FlaskClient, own: Services) -> None:
    told = sent(own_client, **{Ids.CUSTOMER.value: "Hotel de ejemplo · jefe de cocina"})
    assert told[Ids.SAID.value]["children"] == "Enviado a Transporte. Gracias."
    assert told[Ids.WORDS.value]["value"] == "", "the form is ready for the next"
    row = read_stream(own, own.state(), ADMINISTRATOR, Search(inbox="Transporte")).row(0, named=True)
    assert (row["verbatim"], row["account"], row["role"]) == ("Que alguien llame", "Hotel de ejemplo", "jefe de cocina")
    assert (row["mood"], row["moment"]) == ("dislike", "Esperar")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({Ids.MOOD.value: None}, "Di si le gusta"),
        ({Ids.MOOD.value: "angry"}, "Di si le gusta"),
        ({Ids.WORDS.value: ""}, "Escribe lo que has oído"),
        ({Ids.TEAM.value: ""}, "Elige el equipo"),
    ],
)
def test_what_is_missing_is_asked_for(own_client: FlaskClient, more: dict[str, Any], said: str) -> None:
    told = sent(own_client, **more)
    assert spoken_words(told[Ids.SAID.value]["children"]).startswith(said)
    assert Ids.WORDS.value not in told, "what was typed stays"


def test_another_moment_is_no_moment(own_client: FlaskClient, own: Services) -> None:
    sent(own_client, **{Ids.MOMENT.value: OTHER})
    assert read_stream(own, own.state(), ADMINISTRATOR, Search()).row(0, named=True)["moment"] is None


def test_a_link_chooses_the_team(own_client: FlaskClient) -> None:
    answer = ask(
        own_client, "shell-screen.children", {"shell-route.data": {"path": "/hear", "search": "?team=Posventa"}}
    )
    assert "Enviar a Posventa" in answer.get_data(as_text=True)
