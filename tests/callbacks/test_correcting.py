"""Correcting what was said through the application: saved with what it said before, or refused with the text kept."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from flask import g
from flask.testing import FlaskClient

from callbacks.correcting import SAID, correct
from callbacks.promising import Form, draw_story
from dashboard.commitments import Commitment, Entry, Reach, Step
from dashboard.permissions import Role, Scope
from data.services import Services
from data.writes.commitments import Taken, promise, take_step
from layouts import correcting
from layouts.commitments import Ids as Page
from layouts.promising import Ids, Options
from tests.boards import EN, ES
from tests.callbacks.asking import UPDATE, dependencies, spoken_words
from tests.callbacks.test_promising import newest
from tests.homes import TODAY

SAMPLE = Commitment(
    0,
    "Ventas",
    "Muestras",
    TODAY.replace(day=2),
    "Marta",
    TODAY.replace(day=20),
    reach=Reach.ACCOUNT,
    account="Cliente 07",
    people=3,
    words="«el viernes sin falta»",
)
ADMINISTRATOR = Scope.administrator()


def made(services: Services, one: Commitment = SAMPLE) -> Entry:
    promise(services, ADMINISTRATOR, one)
    entry: Entry = newest(services)
    return entry


def form_of(one: Commitment) -> dict[str, Any]:
    """Return what stands in the drawn form, by the name of the field, as a browser would send it."""
    drawn = correcting.form(ES, options(), one)
    values = {getattr(part, "id", None): getattr(part, "value", None) for part in drawn._traverse()}
    return {field.name: values[correcting.name(field)] for field in SAID}


def options() -> Options:
    return Options([("Ventas", "Ventas")], [], [], [], [], "Otra")


def corrected(client: FlaskClient, known: dict[str, Any] | None, typed: dict[str, Any]) -> dict[str, Any]:
    output = f"{correcting.Ids.SAID}.children"
    one = next(found for found in dependencies(client) if output in found["output"])
    told = {f"{correcting.name(Ids[name])}.value": value for name, value in typed.items()}
    told |= {f"{Ids.KNOWN}.data": known, f"{correcting.Ids.SAVE}.n_clicks": 1}
    sent = {
        part: [{**of, "value": told.get(f"{of['id']}.{of['property']}")} for of in one[part]]
        for part in ("inputs", "state")
    }
    first = one["output"].strip(".").split("...")[0]
    outputs = [
        {"id": Page.SAID.value, "property": first.rpartition(".")[2]},
        {"id": correcting.Ids.SAID.value, "property": "children"},
    ]
    changed = {"changedPropIds": [f"{correcting.Ids.SAVE}.n_clicks"]}
    answer = client.post(UPDATE, json={"output": one["output"], "outputs": outputs} | sent | changed)
    if answer.status_code == 204:
        return {}
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json["response"]
    return found


def known(entry: Entry) -> dict[str, int]:
    return {"commitment": entry.commitment.commitment_id, "version": entry.commitment.version}


def test_what_was_said_is_corrected_and_the_story_keeps_what_it_said(client: FlaskClient, services: Services) -> None:
    entry = made(services)
    typed = form_of(entry.commitment) | {"OWNER": "Luis", "PEOPLE": 5, "PUBLIC": True}
    told = corrected(client, known(entry), typed)
    assert told == {Page.SAID.value: {"children": "Corregido: Muestras."}}, "the form stays as it is"
    after = newest(services)
    assert after.commitment == replace(entry.commitment, owner="Luis", people=5, is_public=True, version=2)
    for t, words in (
        (ES, "antes, responde de ello: «Marta»"),
        (EN, "before, who answers for it: “Marta”"),
    ):
        story = json.dumps(
            draw_story(services, services.state(), t, f"?open={entry.commitment.commitment_id}").to_plotly_json(),
            default=lambda one: one.to_plotly_json(),
            ensure_ascii=False,
        )
        assert words in story


def test_the_form_is_filled_in_with_everything_that_was_said(client: FlaskClient, services: Services) -> None:
    whole = replace(
        SAMPLE,
        reach=Reach.INTERLOCUTORS,
        recipients=("Ana", "Luis"),
        segment="raro",
        moment="otro",
        conditions="a",
        announced="b",
        trigger="c",
        owed="d",
        exposure="e",
        weight=3,
        is_public=True,
        site="lejos",
    )
    entry = made(services, whole)
    told = corrected(client, known(entry), form_of(entry.commitment))
    assert "dice lo mismo que antes" in spoken_words(told[correcting.Ids.SAID.value]["children"]).lower()
    assert newest(services) == entry


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"DUE": "2026-12-24"}, "no se cambia la fecha"),
        ({"DUE": None}, "no se cambia la fecha"),
        ({"DUE": "pronto"}, "no se entiende"),
        ({"WHAT": ""}, "Di qué se prometió"),
        ({"PEOPLE": "muchas"}, "no se entiende"),
        ({"PEOPLE": -1}, "número de personas"),
        ({"ORIGIN": "dreamt"}, "no se entiende"),
        ({"WEIGHT": "9"}, "pesa 1, 2 o 3"),
        ({"STANDARD": "respuesta en 4 h"}, "no las dos"),
        ({"TRIGGER": "si llueve", "OWED": "un paraguas"}, "una condición"),
        ({}, "nada que corregir"),
    ],
)
def test_what_is_no_correction_is_said_beside_the_text_and_nothing_is_written(
    client: FlaskClient, services: Services, changes: dict[str, Any], words: str
) -> None:
    entry = made(services)
    told = corrected(client, known(entry), form_of(entry.commitment) | changes)
    assert set(told) == {correcting.Ids.SAID.value}, "the story is not drawn anew: what was typed stays"
    assert words in spoken_words(told[correcting.Ids.SAID.value]["children"])
    assert newest(services) == entry


def test_of_two_who_correct_the_second_is_told_what_it_says_now(client: FlaskClient, services: Services) -> None:
    entry = made(services)
    corrected(client, known(entry), form_of(entry.commitment) | {"OWNER": "Luis"})
    told = corrected(client, known(entry), form_of(entry.commitment) | {"OWNER": "Eva", "DUE": "2026-12-24"})
    words = json.dumps(told, ensure_ascii=False)
    assert set(told) == {correcting.Ids.SAID.value}
    assert ES("correcting.meanwhile") in words
    assert "«Luis»" in words
    assert newest(services).commitment.owner == "Luis"


def test_who_comes_after_its_date_moved_is_told_and_does_not_move_it_back(
    client: FlaskClient, services: Services
) -> None:
    entry = made(services)
    one = entry.commitment
    later = TODAY.replace(day=29)
    take_step(services, ADMINISTRATOR, one.commitment_id, 1, Taken(Step.MOVE, TODAY.replace(day=19), later))
    told = corrected(client, known(entry), form_of(one) | {"OWNER": "Eva"})
    assert ES("correcting.meanwhile") in json.dumps(told, ensure_ascii=False)
    assert newest(services).commitment.due == later


@pytest.mark.parametrize(
    "who",
    [
        Scope(Role.VIEWER, ("Ventas",)),
        Scope(Role.MEMBER, ("Almacén",)),
        Scope(Role.CAPTAIN, ("Almacén",)),
        Scope(Role.MANAGER, sites=("Norte",)),
    ],
)
def test_other_teams_and_sites_are_offered_no_form_and_write_nothing(services: Services, who: Scope) -> None:
    entry = made(services)
    g.scope = who
    story = draw_story(services, services.state(), ES, f"?open={entry.commitment.commitment_id}")
    ids = {getattr(part, "id", None) for part in story._traverse()} if story else set()
    assert correcting.Ids.SAVE not in ids
    typed = {name.lower(): value for name, value in form_of(entry.commitment).items()}
    is_saved, told = correct(services, ES, known(entry), Form(**typed | {"owner": "Eva"}, expected=None))
    assert not is_saved
    assert told
    assert newest(services) == entry


def test_one_that_is_gone_is_said_to_be(client: FlaskClient, services: Services) -> None:
    entry = made(services)
    told = corrected(client, {"commitment": 999_999, "version": 1}, form_of(entry.commitment) | {"OWNER": "Eva"})
    assert "ya no existe" in spoken_words(told[correcting.Ids.SAID.value]["children"]).lower()


@pytest.mark.parametrize("known_as", [None, {}, {"commitment": []}, {"commitment": "1"}])
def test_what_no_page_sends_writes_nothing(client: FlaskClient, services: Services, known_as: Any) -> None:
    entry = made(services)
    corrected(client, known_as, form_of(entry.commitment) | {"OWNER": "Eva"})
    assert newest(services) == entry
