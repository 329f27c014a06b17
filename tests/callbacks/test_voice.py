"""Voz answered by the application: search, open, decide."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from callbacks.application import create_app
from callbacks.voice import search_of
from dashboard.voice import plain
from data.services import Services
from data.voice import Search, read_stream
from layouts.voice import ANY, Ids
from tests.callbacks.asking import ask, spoken_words
from tests.data.stores import ADMINISTRATOR
from tests.homes import copy, demo

ES = "?lang=es"


@pytest.fixture
def own() -> Services:
    return copy(demo("small"))


@pytest.fixture
def own_client(own: Services) -> Iterator[FlaskClient]:
    with create_app(own, is_testing=True).server.test_client() as client:
        client.get("/?lang=es")
        yield client


def drawn(client: FlaskClient, **told: Any) -> str:
    values = {"shell-filters.data": {"query": told.pop("query", "")}, "shell-url.search": ES}
    answer = ask(
        client, f"{Ids.LIST}.children", values | {f"voice-{name}.value": value for name, value in told.items()}
    )
    assert answer.status_code == 200
    return json.dumps(answer.json["response"], ensure_ascii=False)


def test_the_stream_is_searched_as_one_types(client: FlaskClient, services: Services) -> None:
    words = read_stream(services, services.state(), ADMINISTRATOR, Search())["verbatim"][0]
    assert words in drawn(client, search=plain(words).upper())
    assert "Ningún comentario" in drawn(client, search="no such words")


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ((None, None, None), Search()),
        (("x", ANY, ANY), Search(words="x")),
        (("", "Ventas", "do"), Search(inbox="Ventas", outcome="do")),
        (({}, None, "<script>"), Search()),
    ],
)
def test_what_the_controls_say_is_looked_for(told: tuple[Any, ...], asked: Search) -> None:
    assert search_of({"query": ""}, *told) == asked


def test_a_comment_is_decided_on_from_its_panel(own_client: FlaskClient, own: Services) -> None:
    one = read_stream(own, own.state(), ADMINISTRATOR, Search(outcome="open")).row(0, named=True)
    values = {f"{Ids.CHOSEN}.data": one["response_id"], f"{Ids.SAVE}.n_clicks": 1, f"{Ids.DECIDE}.value": "park"}

    def saved(reason: str) -> str:
        answer = ask(own_client, f"{Ids.SAID}.children", values | {f"{Ids.REASON}.value": reason})
        return spoken_words(answer.json["response"][Ids.SAID.value]["children"])

    assert saved("").startswith("Di por qué")
    assert saved("después del verano") == "Guardado."
    told = ask(own_client, f"{Ids.PANEL}.children", {f"{Ids.CHOSEN}.data": one["response_id"]})
    assert "después del verano" in json.dumps(told.json, ensure_ascii=False)


def test_what_is_refused_leaves_the_panel_as_it_was_typed(own_client: FlaskClient, own: Services) -> None:
    one = read_stream(own, own.state(), ADMINISTRATOR, Search(outcome="open")).row(0, named=True)
    values = {f"{Ids.CHOSEN}.data": one["response_id"], f"{Ids.SAVE}.n_clicks": 1, f"{Ids.DECIDE}.value": "park"}
    assert Ids.PANEL.value not in ask(own_client, f"{Ids.SAID}.children", values).json["response"]
    done = ask(own_client, f"{Ids.SAID}.children", values | {f"{Ids.REASON}.value": "ya"}).json["response"]
    assert Ids.PANEL.value in done


def test_the_file_holds_what_may_be_read(client: FlaskClient) -> None:
    text = client.get("/download/voice.csv?lang=es").get_data(as_text=True)
    assert "En qué acabó" in text
    assert text.count("\n") > 5


def test_the_address_searches_too(client: FlaskClient) -> None:
    assert client.get("/voice?lang=es&words=camion").status_code == 200
