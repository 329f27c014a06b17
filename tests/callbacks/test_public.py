"""`/score`: plain HTML, no account, no script, in both languages."""

from __future__ import annotations

from flask.testing import FlaskClient

from callbacks.application import create_app
from tests.homes import open_home


def test_it_says_what_the_wall_says(client: FlaskClient) -> None:
    answer = client.get("/score")
    page = answer.get_data(as_text=True)
    assert answer.mimetype == "text/html"
    assert "Vamos perdiendo" in page
    assert "<script" not in page
    assert "We are losing" in client.get("/score?lang=en").get_data(as_text=True)


def test_filters_change_nothing_here(client: FlaskClient) -> None:
    client.get("/score?lang=es")
    assert client.get("/score?team=Ventas").data == client.get("/score").data


def test_only_reading(client: FlaskClient) -> None:
    assert client.post("/score").status_code == 405


def test_before_any_answer() -> None:
    with create_app(open_home()).server.test_client() as client:
        assert "Aún no ha respondido nadie." in client.get("/score").get_data(as_text=True)
