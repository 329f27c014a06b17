"""Cards proposed, changed and moved through the forms."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from callbacks.improving import FIELDS, Form, choice_of, measure_of
from dashboard.improvements import Improvement, Measure
from data.database import reading
from data.improvements import read_improvements
from data.services import Services
from layouts.improvements import Ids as View
from layouts.improving import Ids
from tests.callbacks.asking import ask, outputs_of, split, spoken_words

TODAY = date(2026, 11, 22)
SAID: dict[Ids, Any] = {
    Ids.NAME: "Avisar antes de salir",
    Ids.TEAM: "Transporte",
    Ids.ROUTE: "customers",
    Ids.VERB: "enhance",
    Ids.DEPTH: "patch",
    Ids.HORIZON: "quick_win",
    Ids.CHANGE: "process",
    Ids.MOMENTS: ["Esperar"],
    Ids.WHOM: "external",
    Ids.MEASURE: "site=Getafe",
    Ids.ORIGINS: "demo:1, demo:2",
    Ids.HOURS: 12,
}


def every(services: Services) -> tuple[Improvement, ...]:
    with reading(services.database) as connection:
        return read_improvements(connection)


def save(client: FlaskClient, **changed: Any) -> str:
    said = {f"{name}.value": value for name, value in {**SAID, **{Ids[key]: v for key, v in changed.items()}}.items()}
    answer = ask(client, f"{View.SAID}.children", {f"{Ids.SAVE}.n_clicks": 1, **said})
    return json.dumps(answer.json["response"][View.SAID.value]["children"], ensure_ascii=False)


def move(client: FlaskClient, button: Ids, card: int, words: str, back_to: str = "", version: str = "") -> str:
    values = {f"{button}.n_clicks": 1, f"{Ids.CARD}.value": str(card), f"{Ids.WORDS}.value": words}
    values |= {f"{Ids.BACK_TO}.value": back_to, f"{Ids.VERSION}.value": version}
    deps = [one for one in client.get("/_dash-dependencies").json if f"{Ids.ADVANCE}" in json.dumps(one["inputs"])]
    body = {
        "output": deps[0]["output"],
        "outputs": [dict(zip(("id", "property"), split(name), strict=True)) for name in outputs_of(deps[0])],
        "inputs": [{**one, "value": values.get(f"{one['id']}.{one['property']}")} for one in deps[0]["inputs"]],
        "state": [{**one, "value": values.get(f"{one['id']}.{one['property']}")} for one in deps[0]["state"]],
        "changedPropIds": [f"{button}.n_clicks"],
    }
    answer = client.post("/_dash-update-component", json=body)
    return spoken_words(answer.json["response"][View.SAID.value]["children"])


def forms(client: FlaskClient, search: str) -> str:
    answer = ask(client, f"{View.FORM}.children", {"shell-url.search": search})
    return json.dumps(answer.json["response"], ensure_ascii=False)


def test_a_card_is_proposed_changed_and_brought_to_its_end(client: FlaskClient, services: Services) -> None:
    assert "Guardada." in save(client)
    new = every(services)[-1]
    assert (new.name, new.moments, new.origins) == ("Avisar antes de salir", ("Esperar",), ("demo:1", "demo:2"))
    assert new.measure == Measure("site", "Getafe", True, since=TODAY) and new.worth.hours == 12
    card = new.improvement_id
    assert "responde" in move(client, Ids.ADVANCE, card, "decidido por el equipo")
    known = {"CARD": str(card), "VERSION": "1"}
    assert "Guardada." in save(client, **known, OWNER="Ana Ruiz", DUE="2026-12-01")
    assert "Alguien la ha cambiado" in save(client, **known, OWNER="Luis")
    for words in ("decidido por el equipo", "en marcha desde hoy", "mirado y funciona"):
        assert move(client, Ids.ADVANCE, card, words) == "Hecho."
    assert move(client, Ids.BACK, card, "el sábado no se avisaba", "launched") == "Hecho."
    found = every(services)[-1]
    assert found.step is not None and found.owner == "Ana Ruiz" and len(found.passages) == 4


@pytest.mark.parametrize("button", [Ids.ADVANCE, Ids.BACK, Ids.DROP, Ids.LOOK, Ids.TELL])
def test_who_presses_on_an_old_card_is_told_whatever_they_press(
    client: FlaskClient, services: Services, button: Ids
) -> None:
    old = next(one for one in every(services) if one.launched is not None and one.is_open)
    assert "Alguien la ha cambiado" in move(
        client, button, old.improvement_id, "visto por otra persona", old.way[0].value, str(old.version - 1)
    )
    assert old in every(services)


def test_a_refusal_leaves_what_was_typed_and_a_write_draws_the_form_anew(client: FlaskClient) -> None:
    for name, is_written in (("", False), ("Otra hora de corte", True)):
        said = {f"{key}.value": value for key, value in {**SAID, Ids.NAME: name}.items()}
        told = ask(client, f"{View.SAID}.children", {f"{Ids.SAVE}.n_clicks": 1, **said}).json["response"]
        assert (View.WRITTEN.value in told) is is_written


def test_what_cannot_be_is_said(client: FlaskClient, services: Services) -> None:
    before = every(services)
    assert "varios" in save(client, OWNER="Ana y Luis")
    assert "nombre" in save(client, NAME="")
    assert "no se entiende" in save(client, DUE="mañana")
    assert "no se entiende" in save(client, ROUTE="teleport")
    assert "No existe" in move(client, Ids.ADVANCE, 9999, "lo que sea que sea")
    first = before[-1].improvement_id
    assert "no se entiende" in move(client, Ids.BACK, first, "un motivo cualquiera", "nowhere")
    assert every(services) == before


def test_the_form_of_a_new_card_shows_those_already_open_on_the_moment(client: FlaskClient) -> None:
    told = forms(client, "?card=new&moment=Comprobar&origin=demo:7")
    assert "Sello de revisado en el albarán" in told and "demo:7" in told
    assert Ids.SAVE in told and Ids.ADVANCE not in told
    assert Ids.SAVE not in forms(client, "") and Ids.ADVANCE in forms(client, "?card=1")


@pytest.mark.parametrize(
    "measure",
    [None, Measure(since=TODAY), Measure(indicator_id=3, since=TODAY), Measure("site", "a=b:c", True, since=TODAY)],
)
def test_a_measure_is_the_choice_it_was(measure: Measure | None) -> None:
    assert measure_of(choice_of(measure), TODAY) == measure


def test_an_unknown_measure_is_none() -> None:
    assert measure_of("planet=Mars", TODAY) is None and measure_of("site=", TODAY) is None


@pytest.mark.parametrize("sent", [True, -3, "7", None, float("nan"), [1]])
def test_a_number_that_is_none_is_not_known(sent: object) -> None:
    said = {**SAID, Ids.HOURS: sent}
    assert Form(*(said.get(name) for name in FIELDS)).improvement(TODAY).worth.hours is None


@pytest.mark.parametrize(
    ("count", "hidden"), [("nadie avisa", True), ("el albarán no dice lo que hay en el palé", False)]
)
def test_the_third_patch_on_a_cause_warns(client: FlaskClient, count: str, hidden: bool) -> None:
    values = {f"{Ids.CAUSE}.value": count, f"{Ids.DEPTH}.value": "patch", f"{Ids.CARD}.value": ""}
    told = ask(client, f"{Ids.WARNING}.children", values).json["response"][Ids.WARNING.value]
    assert told["hidden"] is hidden and ("rediseño" in told["children"]) is not hidden
