"""The commitments answered by the application: the ledger, a promise from a form, its story, one step and undo."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from data.commitments import read_entries
from data.database import reading
from data.services import Services
from layouts.commitments import Ids
from tests.callbacks.asking import ask


def drawn(client: FlaskClient, query: str = "") -> dict[str, Any]:
    values = {"shell-filters.data": {"query": query}, "shell-url.search": "?lang=es"}
    answer = ask(client, f"{Ids.LEDGER}.children", values)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json["response"]
    return found


def told(found: object) -> str:
    return json.dumps(found, ensure_ascii=False)


def test_the_ledger_tells_the_four_numbers_and_what_asks_for_most(client: FlaskClient) -> None:
    found = drawn(client)
    for part in (
        "cumplidos a tiempo",
        "fuera de plazo",
        "lo vivido frente a lo esperado",
        "clientes, al menos, esperando",
    ):
        assert part in told(found[Ids.NUMBERS.value]), part
    assert "Entrega en franja de 2 h" in told(found[Ids.LEDGER.value])
    assert "Dicho y no escrito" in told(found[Ids.LISTS.value])
    assert found[Ids.WAITS_CARD.value]["hidden"] is False


def test_filters_narrow_the_ledger(client: FlaskClient) -> None:
    found = told(drawn(client, "team=Administraci%C3%B3n")[Ids.LEDGER.value])
    assert "Factura única mensual" in found
    assert "Entrega en franja" not in found


@pytest.mark.parametrize("query", ["since=2015-01-01&until=2015-12-31", "team=nobody", "channel=web"])
def test_a_filter_without_anything_draws_too(client: FlaskClient, query: str) -> None:
    assert drawn(client, query)[Ids.NUMBERS.value]["children"]


def test_every_commitment_by_hand_has_a_story(client: FlaskClient, services: Services) -> None:
    with reading(services.database) as connection:
        entries = read_entries(connection)
    for entry in entries[:7]:
        one = entry.commitment
        values = {"shell-popped.data": {"search": f"?open={one.commitment_id}&lang=es"}}
        answer = ask(client, f"{Ids.STORY}.children", values)
        assert one.what in told(answer.json)
    nothing = ask(client, f"{Ids.STORY}.children", {"shell-popped.data": {"search": "?open=999999"}})
    assert nothing.json["response"][Ids.STORY.value]["children"] == ""


def test_an_order_has_its_story_too(client: FlaskClient) -> None:
    answer = ask(client, f"{Ids.STORY}.children", {"shell-popped.data": {"search": "?open=demo:1&lang=es"}})
    assert "demo:1" in told(answer.json)
    assert "Cerrar" in told(answer.json)
