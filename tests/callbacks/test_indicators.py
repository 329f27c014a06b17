"""Indicators decided in settings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from callbacks.application import create_app
from callbacks.indicators import Form, draw_form, draw_marks, mark, mark_away, nature_words, retire, save
from dashboard.catalogue import STARTERS
from dashboard.indicators import Indicator, Kind
from data.database import reading
from data.indicators import read_indicators, read_marks
from data.services import Services
from layouts.indicators import NEW, NONE, Ids
from tests.boards import EN, ES, WEEK_OF
from tests.callbacks.asking import ask
from tests.homes import copy, demo
from tests.trees import components, texts

FORM = Form("Ventas", "Presupuestos", "%", "lead", "1", "weekly", NONE, 80, None, "a", "b", ["Pedir oferta"], "c", "2")


@pytest.fixture
def own() -> Services:
    """A copy of the small demo, free to be changed."""
    return copy(demo())


def known(services: Services, name: str) -> Indicator:
    with reading(services.database) as connection:
        return next(one for one in read_indicators(connection) if one.name == name)


def test_a_new_indicator_is_stored_with_its_first_target(own: Services) -> None:
    assert save(own, own.state(), ES, NEW, FORM) == "Indicador añadido"
    found = known(own, "Presupuestos")
    assert (found.team, found.due_day, found.moments, found.result_id) == ("Ventas", 2, ("Pedir oferta",), None)
    assert found.target(WEEK_OF) == 80
    assert "ya sigue" in save(own, own.state(), ES, NEW, FORM)


def test_a_target_changes_with_a_reason_and_old_weeks_keep_theirs(own: Services) -> None:
    save(own, own.state(), ES, NEW, FORM)
    number = str(known(own, "Presupuestos").indicator_id)
    assert "di por qué" in save(own, own.state(), ES, number, replace(FORM, target=85)).lower()
    assert save(own, own.state(), ES, number, replace(FORM, target=85, target_reason="ya llegamos")) == "Guardado."
    found = known(own, "Presupuestos")
    assert [target.value for target in found.targets] == [80, 85]
    assert found.target(WEEK_OF) == 80


def test_what_is_said_changes_without_touching_the_target(own: Services) -> None:
    save(own, own.state(), ES, NEW, FORM)
    number = str(known(own, "Presupuestos").indicator_id)
    assert save(own, own.state(), ES, number, replace(FORM, belief="otra razón")) == "Guardado."
    found = known(own, "Presupuestos")
    assert (found.belief, len(found.targets)) == ("otra razón", 1)


def test_what_cannot_be_is_said_in_words(own: Services) -> None:
    assert "un equipo y un nombre" in save(own, own.state(), ES, NEW, replace(FORM, name=" "))
    assert "por qué cree el equipo" in save(own, own.state(), ES, NEW, replace(FORM, belief=""))
    assert "no longer watched" in save(own, own.state(), EN, "9999", FORM)


def test_a_lag_entered_as_a_lead_is_warned_of() -> None:
    assert nature_words(ES, "lead", True, True) == ""
    assert "Parece histórico" in nature_words(ES, "lead", False, True)
    assert "No llega antes" in nature_words(ES, "lead", True, False)
    assert nature_words(ES, Kind.LAG.value, False, False) == ""


def test_the_form_of_a_known_indicator_holds_what_it_is(own: Services) -> None:
    found = known(own, "Días hasta el abono")
    shown = draw_form(own, own.state(), ES, str(found.indicator_id))
    values = {one.id: getattr(one, "value", None) for one in components(shown) if getattr(one, "id", None)}
    assert (values[Ids.NAME], values[Ids.DIRECTION], values[Ids.TARGET]) == ("Días hasta el abono", "-1", 6)


def test_an_example_fills_the_form(own: Services) -> None:
    with create_app(own, is_testing=True).server.test_client() as client:
        values = {f"{Ids.STARTER}.value": STARTERS[-1].key}
        told = ask(client, f"{Ids.NAME}.value", values).json["response"]
    assert told[Ids.NAME.value]["value"] == "Días hasta el abono"
    assert told[Ids.DIRECTION.value]["value"] == "-1"


def test_an_indicator_is_retired(own: Services) -> None:
    number = str(known(own, "Facturas sin incidencia").indicator_id)
    with create_app(own, is_testing=True).server.test_client() as client:
        values = {f"{Ids.RETIRE}.n_clicks": 1, f"{Ids.WHICH}.value": number}
        answer = ask(client, f"{Ids.SAID}.children", values, changedPropIds=[f"{Ids.RETIRE}.n_clicks"])
    assert "Ya no se sigue" in str(answer.json)
    assert "ya no se sigue" in retire(own, ES, number), "twice is said, not an error"
    with reading(own.database) as connection:
        assert "Facturas sin incidencia" not in [one.name for one in read_indicators(connection)]


def test_marks_are_added_and_taken_away(own: Services) -> None:
    assert mark(own, ES, "2026-10-01", "Nueva web", "") == "Cambio señalado"
    assert "Nueva web" in texts(draw_marks(own, own.state(), ES))
    assert "di qué cambió" in mark(own, ES, "2026-10-01", " ", "").lower()
    assert "qué día" in mark(own, ES, "ayer", "x", "")
    assert "qué día" in mark(own, ES, None, "x", "")
    with reading(own.database) as connection:
        number = next(one.mark_id for one in read_marks(connection) if one.name == "Nueva web")
    assert mark_away(own, ES, number) == "Ya no está señalado"
    assert "no hay tal marca" in mark_away(own, ES, number).lower()
