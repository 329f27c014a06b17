"""Commitments written down through the application: promised, delivered late, taken back; what cannot be is said."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from callbacks.promising import FIELDS, Form
from dashboard.commitments import Reach, Stage
from data.commitments import read_entries
from data.database import reading
from data.services import Services
from layouts.commitments import Ids as Page
from layouts.promising import NONE, Ids
from tests.boards import ES
from tests.callbacks.asking import UPDATE, ask, dependencies, spoken_words
from tests.homes import TODAY

PARTS = ("inputs", "state")
FILLED: dict[str, Any] = dict.fromkeys((f"{field}.value" for field in FIELDS), "") | {
    f"{Ids.WHAT}.value": "Muestras el viernes",
    f"{Ids.WHOM}.value": "Cliente 07",
    f"{Ids.DUE}.value": "2026-11-27",
    f"{Ids.TEAM}.value": "Ventas",
    f"{Ids.ORIGIN}.value": "spoken",
    f"{Ids.WEIGHT}.value": "2",
    f"{Ids.EXPECTED}.value": 8,
    **dict.fromkeys((f"{field}.value" for field in (Ids.SEGMENT, Ids.SITE, Ids.MOMENT)), NONE),
}


def saved(client: FlaskClient, **changes: Any) -> str:
    values = FILLED | {f"{Ids.SAVE}.n_clicks": 1} | {f"{Ids[name]}.value": value for name, value in changes.items()}
    answer = ask(client, f"{Page.SAID}.children", values)
    assert answer.status_code == 200
    return spoken_words(answer.json["response"][Page.SAID.value]["children"])


def newest(services: Services) -> Any:
    with reading(services.database) as connection:
        return read_entries(connection)[-1]


def stepped(client: FlaskClient, trigger: Ids, known: dict[str, int], **values: Any) -> str:
    asked = {"STEP": "deliver", "DAY": str(TODAY), "TELLER": "customer"} | values
    told = {f"{Ids[name]}.value": value for name, value in asked.items()} | {f"{Ids.KNOWN}.data": known}
    told |= {f"{trigger}.n_clicks": 1}
    one = next(found for found in dependencies(client) if found["inputs"][0]["id"] == Ids.TAKE.value)
    sent = {part: [{**of, "value": told.get(f"{of['id']}.{of['property']}")} for of in one[part]] for part in PARTS}
    output = {"id": Page.SAID.value, "property": one["output"].rpartition(".")[2]}
    changed = {"changedPropIds": [f"{trigger}.n_clicks"]}
    answer = client.post(UPDATE, json={"output": one["output"], "outputs": output} | sent | changed)
    assert answer.status_code == 200
    return spoken_words(answer.json["response"][Page.SAID.value]["children"])


def test_promised_delivered_with_a_lived_value_and_taken_back(client: FlaskClient, services: Services) -> None:
    assert saved(client) == "Apuntado: Muestras el viernes."
    entry = newest(services)
    one = entry.commitment
    assert (one.reach, one.account, one.people, one.made) == (Reach.ACCOUNT, "Cliente 07", 1, TODAY)
    known = {"commitment": one.commitment_id, "version": 1}
    assert stepped(client, Ids.TAKE, known, LIVED=5, STEP_WORDS="faltaba una") == "Apuntado: entregado a tiempo."
    assert newest(services).satisfaction == -3
    assert stepped(client, Ids.TAKE, known, STEP="tell") == ES("common.changed_meanwhile")
    assert stepped(client, Ids.UNDO, known | {"version": 2}) == "Deshecho."
    assert newest(services).commitment.stage is Stage.PROMISED


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"WHAT": ""}, "Di qué se prometió"),
        ({"DUE": "2026-11-01"}, "antes de que se prometiera"),
        ({"TRIGGER": "si llueve"}, "Un compromiso con condición"),
        ({"EXPECTED": 11}, "entre 0 y 10"),
        ({"DUE": "soon"}, "Pon el día."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(
    client: FlaskClient, services: Services, changes: dict[str, Any], words: str
) -> None:
    before = newest(services)
    assert words in saved(client, **changes)
    assert newest(services) == before


def test_a_vague_promise_is_warned_until_it_has_a_date(client: FlaskClient) -> None:
    def hint(due: str) -> str:
        values = {f"{Ids.WHAT}.value": "Llamar pronto", f"{Ids.WORDS}.value": "", f"{Ids.DUE}.value": due}
        return json.dumps(ask(client, f"{Ids.VAGUE}.children", values).json)

    assert "pronto" in hint("")
    assert "pronto" not in hint("2026-11-27")


@pytest.mark.parametrize(
    ("changes", "reach"),
    [
        ({"whom": ""}, Reach.EVERYONE),
        ({"whom": "", "segment": "industrial"}, Reach.SEGMENT),
        ({"whom": "Cliente 07"}, Reach.ACCOUNT),
        ({"whom": "Cliente 07", "recipients": "Ana, Luis"}, Reach.INTERLOCUTORS),
    ],
)
def test_to_whom_follows_from_what_was_filled_in(changes: dict[str, Any], reach: Reach) -> None:
    told = {field.name.lower(): FILLED[f"{field}.value"] for field in FIELDS} | changes
    assert Form(**told).commitment(TODAY).reach is reach
