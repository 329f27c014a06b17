"""Who may forget a person is asked twice, and the job does it and forgets of whom."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask, g

from callbacks.application import create_app
from callbacks.erasure import draw_card
from dashboard.erasure import Known
from dashboard.permissions import Capability, Role, Scope
from data.jobs import JobState, job_by_id
from data.services import Services
from layouts.erasure import Ids
from tests.boards import ES
from tests.callbacks.asking import ask, spoken_words
from tests.data.test_jobs import ended
from tests.homes import open_home, survey_home
from tests.trees import of_type

FORM = {
    f"{Ids.FORGET}.n_clicks": 1,
    f"{Ids.SOURCE}.value": "encuesta",
    f"{Ids.KNOWN}.value": Known.RESPONSE.value,
    f"{Ids.NAME}.value": " some-id ",
    f"{Ids.SURE}.value": True,
}


def answer(services: Services, output: str, values: dict[str, Any]) -> dict[str, Any]:
    """Return everything a callback answers."""
    with create_app(services, is_testing=True).server.test_client() as client:
        found = ask(client, output, values)
    assert found.status_code in (200, 204)
    return json.loads(found.data)["response"] if found.status_code == 200 else {}


def sources(services: Services, scope: Scope) -> list[str]:
    """Return the sources that the card offers to somebody."""
    with Flask("tests").test_request_context():
        g.scope = scope
        card = draw_card(services, ES)
    return [option["value"] for one in of_type(card, "Select") if one.id == Ids.SOURCE for option in one.options]


def test_the_card_is_for_those_who_may() -> None:
    services = survey_home([9, 10])
    assert sources(services, Scope(Role.ADMINISTRATOR)) == ["encuesta"]
    assert sources(services, Scope(Role.MANAGER)) == []
    assert sources(services, Scope(Role.ADMINISTRATOR, denied=frozenset({Capability.ERASE}))) == []


def test_an_answer_is_forgotten_from_the_screen() -> None:
    services = survey_home([9, 10], words="CANARY")
    stored = services.log.scan("responses", services.state().publication.versions.responses).collect()
    name = stored["response_id"][0].removeprefix("encuesta:")
    told = answer(services, f"{Ids.JOB}.data", FORM | {f"{Ids.NAME}.value": name})
    job = ended(services, told[Ids.JOB]["data"]["job"])
    assert (job.state, job.payload) == (JobState.DONE, {})
    shown = answer(services, f"{Ids.NAME}.value", {f"{Ids.RESULT}.data": {"state": "done", "result": job.result}})
    assert "1 respuesta ya no es de nadie" in json.dumps(shown, ensure_ascii=False)
    assert (shown[Ids.NAME]["value"], shown[Ids.SURE]["value"]) == ("", False)


def test_a_job_that_finds_nobody_says_so() -> None:
    services = survey_home([9, 10])
    told = answer(services, f"{Ids.JOB}.data", FORM)
    job = ended(services, told[Ids.JOB]["data"]["job"])
    assert job.state is JobState.FAILED
    assert "knows nobody" in job.message
    shown = answer(services, f"{Ids.NAME}.value", {f"{Ids.RESULT}.data": {"state": "failed", "message": "no"}})
    assert list(shown) == [Ids.SAID]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        (Ids.SURE, False, "Marca antes"),
        (Ids.SURE, "yes", "Marca antes"),
        (Ids.KNOWN, "everybody", "Marca antes"),
        (Ids.NAME, " ", "Di la fuente"),
        (Ids.SOURCE, None, "Di la fuente"),
    ],
)
def test_without_a_whole_form_nothing_begins(field: Ids, value: object, said: str) -> None:
    services = open_home()
    told = answer(services, f"{Ids.JOB}.data", FORM | {f"{field}.value": value})
    assert said in spoken_words(told[Ids.SAID]["children"])
    assert job_by_id(services, 1) is None
