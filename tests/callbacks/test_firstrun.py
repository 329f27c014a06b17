"""The first run: a button starts the demo, of the size that was asked for."""

from __future__ import annotations

import json

from flask.testing import FlaskClient

from callbacks.firstrun import first_run
from data.jobs import job_by_id
from data.services import Services
from layouts.firstrun import Ids
from tests.boards import ES
from tests.callbacks.asking import ask
from tests.trees import texts


def test_the_page_offers_both_ways() -> None:
    assert "Ver la demo" in texts(first_run(ES))


def test_no_click_starts_nothing(client: FlaskClient) -> None:
    assert Ids.JOB not in json.loads(ask(client, f"{Ids.JOB}.data", {}).data).get("response", {})


def test_a_click_starts_a_job_of_that_size(client: FlaskClient, services: Services) -> None:
    answer = ask(client, f"{Ids.JOB}.data", {f"{Ids.SMALL}.n_clicks": 1})
    number = json.loads(answer.data)["response"][Ids.JOB]["data"]["job"]
    found = job_by_id(services, number)
    assert found is not None
    assert (found.kind, found.payload) == ("demo", {"size": "small"})
