"""Mejoras answered by the application."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient

from callbacks.improvements import chosen_of, leave, list_activity, return_of
from dashboard.improvements import Measure, Worth
from dashboard.leaving import Activity
from dashboard.permissions import Role, Scope
from data.database import reading
from data.improvements import read_activities, read_improvements
from data.services import Services
from layouts.improvements import Chosen, Ids
from tests.boards import ES
from tests.callbacks.asking import ask
from tests.dashboard.test_improvements import card
from tests.dashboard.test_studies import LAST, LAUNCHED, study, values, weeks
from tests.data.stores import ADMINISTRATOR


@contextmanager
def asking(scope: Scope) -> Iterator[None]:
    with Flask("tests").test_request_context():
        g.scope = scope
        yield


def drawn(client: FlaskClient, search: str = "") -> dict[str, Any]:
    answer = ask(client, f"{Ids.CONTENT}.children", {"shell-url.search": f"?lang=es{search}"})
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json["response"]
    return found


def words(found: object) -> str:
    return json.dumps(found, ensure_ascii=False)


@pytest.mark.parametrize(
    ("search", "chosen"),
    [
        ("?route=sales&horizon=quick_win&verb=reduce", Chosen("sales", "quick_win", "reduce")),
        ("?route=<b>&card=12", Chosen(card="12")),
        ("?card=new", Chosen(card="new")),
        ("?card=1' or 1=1", Chosen()),
        ("?card=99999999999999999999", Chosen()),
        ("?card=²", Chosen()),
        (None, Chosen()),
    ],
)
def test_an_address_chooses_what_it_can(search: str | None, chosen: Chosen) -> None:
    assert chosen_of(search) == chosen


def test_the_board_tells_every_lane_and_what_asks_for_somebody(client: FlaskClient) -> None:
    told = drawn(client)
    for part in (
        "Medio plazo: ocho pasos",
        "Sello de revisado en el albarán",
        "Qué dejar de hacer",
        "Catálogo en papel",
        "mejoras dice a qué preferencia del cliente sirve",
        "acciones dice a qué preferencia del cliente sirve",
    ):
        assert part in words(told), part
    assert told[Ids.EFFECT_CARD.value]["hidden"] is True and told[Ids.LEAVING.value]["hidden"] is False


def test_choices_leave_the_others_out(client: FlaskClient) -> None:
    told = words(drawn(client, "&route=sales")[Ids.CONTENT.value])
    assert "Repetir el último pedido desde el móvil" in told
    assert "Sello de revisado en el albarán" not in told
    assert "ocho pasos" not in words(drawn(client, "&horizon=quick_win")[Ids.CONTENT.value])


def test_a_card_tells_its_story_and_its_effect(client: FlaskClient, services: Services) -> None:
    with reading(services.database) as connection:
        every = read_improvements(connection)
    lived = next(one for one in every if one.name == "SMS al salir del almacén")
    told = drawn(client, f"&card={lived.improvement_id}")
    assert told[Ids.TITLE.value]["children"] == lived.name and told[Ids.EFFECT_CARD.value]["hidden"] is False
    assert "Decidido en la reunión del equipo" in words(told[Ids.CONTENT.value])
    assert told[Ids.EFFECT.value]["figure"]["data"], "the weeks are drawn"
    waiting = next(one for one in every if one.piloted is None and one.is_open)
    assert drawn(client, f"&card={waiting.improvement_id}")[Ids.EFFECT_CARD.value]["hidden"] is True


def test_a_card_that_is_not_there_is_the_board(client: FlaskClient) -> None:
    assert "Medio plazo" in words(drawn(client, "&card=9999")[Ids.CONTENT.value])


def test_what_is_done_again_and_again_is_written_down_and_taken_away(services: Services) -> None:
    report = Activity(0, "Ventas", "Informe mensual", "Decidir", 80)
    with asking(ADMINISTRATOR):
        assert list_activity(services, ES, report) == "Guardado."
        with reading(services.database) as connection:
            stored = read_activities(connection)[-1]
        assert stored.name == "Informe mensual"
        assert "horas" in list_activity(services, ES, replace(report, hours=0))
        assert leave(services, ES, stored.activity_id) == "Guardado."
        assert "No existe" in leave(services, ES, stored.activity_id)
    with asking(Scope(Role.VIEWER)):
        assert "papel" in list_activity(services, ES, report)


def test_the_download_has_every_card(client: FlaskClient, services: Services) -> None:
    with reading(services.database) as connection:
        every = read_improvements(connection)
    told = client.get("/download/improvements.csv").get_data(as_text=True)
    assert all(one.name in told for one in every)


def test_money_needs_cost_reach_and_the_worth_of_a_point() -> None:
    seen = study(weeks(values(8.0)), weeks(values(0, seed=2)), LAUNCHED, None, LAST)
    whole = Worth(cost=100, clients=10, point=2, point_error=0.5)
    back = return_of(card(measure=Measure("site", "Getafe", True), worth=whole), seen)
    assert back is not None and back.break_even == 5 and back.benefit is not None
    counted = return_of(card(measure=Measure(indicator_id=3), worth=whole), seen)
    assert counted is not None and counted.benefit is None, "complaints are not points of NPS"
    for lacking in (Worth(cost=100, clients=10), Worth(clients=10, point=2), Worth(cost=1, point=2)):
        assert return_of(card(worth=lacking), seen) is None
