"""One line of JSON per event, with the id of its request, and no word of a customer in any of them."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient

from callbacks.application import create_app
from callbacks.logs import JsonLine, start_logging
from dashboard.refusals import Refusal
from data.services import Services
from tests.callbacks.asking import UPDATE
from tests.homes import copy, demo

SECRET = "El repartidor Fulano fue grosero"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """What was logged, everything included; afterwards logging is what it was."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    found = io.StringIO()
    start_logging("debug", found)
    yield found
    logging.captureWarnings(False)
    root.handlers[:], root.level = before


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    """Return every event."""
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def requests(stream: io.StringIO) -> list[dict[str, Any]]:
    """Return the events about requests."""
    return [one for one in lines(stream) if one["logger"] == "marcador.requests"]


def test_every_request_is_one_line_with_the_id_of_its_answer(client: FlaskClient, stream: io.StringIO) -> None:
    answer = client.get("/score?team=Ventas")
    (told,) = requests(stream)
    assert told["request"] == answer.headers["X-Request-Id"]
    assert (told["route"], told["method"], told["status"]) == ("/score", "GET", 200)
    assert told["seconds"] > 0
    assert "Ventas" not in stream.getvalue(), "who was asked for is nobody's business"


@pytest.mark.parametrize(
    ("given", "is_kept"), [("abc-123", True), ("x" * 64, True), ("x" * 65, False), ('a"b', False), ("", False)]
)
def test_the_id_of_a_proxy_is_kept_when_it_is_one(client: FlaskClient, given: str, is_kept: bool) -> None:
    answer = client.get("/api/v1/pulse", headers={"X-Request-Id": given})
    assert (answer.headers["X-Request-Id"] == given) is is_kept
    assert answer.headers["X-Request-Id"]


def test_what_the_gate_refuses_is_told_too(client: FlaskClient, stream: io.StringIO) -> None:
    answer = client.get("/", environ_base={"REMOTE_ADDR": "10.0.0.5"})
    (told,) = requests(stream)
    assert (told["status"], told["request"]) == (403, answer.headers["X-Request-Id"])


def test_pulses_are_told_only_to_who_wants_everything(client: FlaskClient, stream: io.StringIO) -> None:
    client.get("/api/v1/pulse")
    client.get("/score")
    assert [one["level"] for one in requests(stream)] == ["debug", "info"]


def test_no_body_no_address_and_no_word_of_a_customer(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    services = copy(demo())
    app = create_app(services)

    def wrong(*_: object) -> None:
        raise ValueError(SECRET)

    monkeypatch.setattr("callbacks.public.read_scoreboard", wrong)
    with app.server.test_client() as client:
        assert client.get(f"/score?account={SECRET}").status_code == 500
        client.post(UPDATE, json={"output": SECRET, "inputs": [{"value": SECRET}]})
        client.get(f"/{SECRET}")
        client.get(f"/api/v1/jobs/{SECRET}")
    assert "Fulano" not in stream.getvalue()
    (told,) = [one for one in lines(stream) if one.get("error") == "ValueError"]
    assert told["request"]
    assert any("wrong" in frame for frame in told["where"])


def test_a_new_line_in_what_is_told_stays_one_line() -> None:
    record = logging.LogRecord("x", logging.INFO, "", 0, "a\nb %s", ("c\r\nd",), None)
    assert len(JsonLine().format(record).splitlines()) == 1


def test_our_own_sentences_are_told() -> None:
    try:
        raise Refusal("the disk is full: {}", "x")
    except Refusal as error:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "e", (), (Refusal, error, error.__traceback__))
    assert json.loads(JsonLine().format(record))["message"] == "the disk is full: x"


def test_an_event_of_a_library_is_a_line_too(app: Dash, services: Services, stream: io.StringIO) -> None:
    del app, services
    logging.getLogger("waitress").warning("Serving on port %d", 3)
    assert lines(stream)[-1]["event"] == "Serving on port 3"
