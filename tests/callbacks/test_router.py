"""Which view an address names; what is none of ours says so, and repeats nothing of it."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

from callbacks.router import not_found
from tests.boards import EN, ES, NASTY
from tests.callbacks.asking import ask
from tests.trees import addresses, texts


def drawn(client: FlaskClient, path: object, search: object = "") -> str:
    """Return the screen of an address as the browser gets it."""
    answer = ask(client, "shell-screen.children", {"shell-route.data": {"path": path, "search": search}})
    assert answer.status_code == 200
    return json.dumps(json.loads(answer.data), ensure_ascii=False)


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/", "Camino al objetivo"),
        ("/sources", "Elige un fichero"),
        ("/settings/", "Zona horaria"),
        ("/wall", "mc-wall"),
    ],
)
def test_our_own_addresses(client: FlaskClient, path: str, word: str) -> None:
    assert word in drawn(client, path)


@pytest.mark.parametrize("path", ["/nothing", "/SOURCES", "/sources/x", NASTY, None, 7, ["/"], "//"])
def test_other_addresses_say_so_and_repeat_nothing(client: FlaskClient, path: object) -> None:
    if path == "//":
        assert "Camino al objetivo" in drawn(client, path)
        return
    shown = drawn(client, path)
    assert "Esta página no existe" in shown
    assert "alert(" not in shown


@pytest.mark.parametrize("route", [None, "x", [], {}, 3])
def test_a_route_that_is_none_is_the_front_page(client: FlaskClient, route: object) -> None:
    answer = ask(client, "shell-screen.children", {"shell-route.data": route})
    assert answer.status_code == 200
    assert "Camino al objetivo" in answer.get_data(as_text=True)


def test_an_unknown_view_is_404_for_who_reads_no_pages(client: FlaskClient) -> None:
    assert client.get("/no-such-view").status_code == 404
    assert client.get("/no-such-view").mimetype == "text/html"


def test_the_language_of_the_address_is_the_language_of_the_screen(client: FlaskClient) -> None:
    assert "Path to the goal" in drawn(client, "/", "?lang=en")
    assert "Camino al objetivo" in drawn(client, "/", "?lang=xx")
    assert "Camino al objetivo" in drawn(client, "/", {"lang": "en"})


def test_the_page_that_is_missing_leads_back() -> None:
    for t in (ES, EN):
        assert addresses(not_found(t)) == ["/"]
    assert "Vuelve al marcador" in texts(not_found(ES))
