"""What no page of ours sends is refused with 400, told in the log, and changes nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from callbacks.application import create_app
from data.services import Services
from tests.callbacks.asking import UPDATE, ask
from tests.callbacks.test_application import BAD_BODIES
from tests.homes import copy, demo


@pytest.mark.parametrize("body", BAD_BODIES)
def test_a_body_of_another_shape_is_refused(client: FlaskClient, body: Any) -> None:
    assert client.post(UPDATE, json=body).status_code < 500


@pytest.mark.parametrize("value", [5, "x", [1], {"a": 1}, True])
def test_a_value_of_another_shape_is_refused(client: FlaskClient, services: Services, value: Any) -> None:
    before = services.revision()
    answer = ask(client, "sources-mapping.value", {"sources-upload.data": value, "sources-name.data": value})
    assert answer.status_code in (200, 204, 400)
    assert services.revision() == before


def test_a_mistake_elsewhere_stays_a_500(monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app(copy(demo()))

    def wrong(*_: object) -> None:
        raise KeyError("ours")

    monkeypatch.setattr("callbacks.public.read_scoreboard", wrong)
    with app.server.test_client() as client:
        assert client.get("/score").status_code == 500
