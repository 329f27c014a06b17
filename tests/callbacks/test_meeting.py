"""The page of the meeting, at whose table somebody sits, and what is found in the history."""

from __future__ import annotations

from datetime import date

import pytest
from dash import Dash
from flask import g

from callbacks.meeting import STEPS, draw, draw_page, elapsed, team_of, usual_due
from callbacks.sparing import digest
from dashboard.actions import ActionState
from dashboard.permissions import NotAllowedError, Role, Scope
from data.agenda import read_agenda
from data.services import Services
from layouts.agenda import steps
from layouts.meeting import Ids
from tests.boards import ES
from tests.callbacks.asking import ask
from tests.data.stores import ADMINISTRATOR
from tests.trees import ids, texts

SALES = Scope(Role.MEMBER, ("Ventas",), who="Pilar Otero")


def test_a_member_sits_at_the_tables_of_their_teams_and_at_the_common_one(services: Services) -> None:
    state = services.state()
    assert team_of(services, state, "?team=Transporte") == "Transporte"
    assert team_of(services, state, "") == "Almacén"
    assert team_of(services, state, "?common=1") == ""
    g.scope = SALES
    for search in ("", "?team=Transporte", "?team=%00"):
        assert team_of(services, state, search) == "Ventas"
    assert team_of(services, state, "?common=1") == ""
    with pytest.raises(NotAllowedError):
        draw(services, state, ES, "Transporte")
    assert "Transporte" not in texts(draw_page(services, state, ES, ""))


def test_every_output_has_its_part(services: Services, app: Dash) -> None:
    parts = draw(services, services.state(), ES, "Transporte")
    one = next(one for one in app.callback_map.values() if f"{Ids.ROOM}.className" in str(one["output"]))
    assert len(parts) + 1 == len(one["output"])
    assert "Lo que dijimos" in texts(parts)
    assert digest(parts[STEPS]) == digest(drawn_steps(services))


def drawn_steps(services: Services) -> object:
    return steps(ES, read_agenda(services, services.state(), ADMINISTRATOR, "Transporte"), 0)


def test_a_pulse_that_changes_nothing_sends_nothing(services: Services, app: Dash) -> None:
    with app.server.test_client() as client:
        values = {f"{Ids.TEAM}.data": "Transporte"}
        first = ask(client, f"{Ids.ROOM}.className", values).json["response"]
        again = ask(client, f"{Ids.ROOM}.className", values | {f"{Ids.SHOWN}.data": first[Ids.SHOWN.value]["data"]})
    assert Ids.TABLE.value in first
    assert set(again.json["response"]) == {Ids.SHOWN.value}


def test_the_demo_has_something_to_answer_for_at_every_table(services: Services) -> None:
    state = services.state()
    for team in ("Almacén", "Transporte", "Posventa", "Ventas", "Administración", ""):
        agenda = read_agenda(services, state, ADMINISTRATOR, team)
        assert agenda.to_answer, team
        assert agenda.kept.due > 5, team
        assert agenda.held.due == 8, team
        assert all(one.state is not ActionState.AGREED for one in agenda.said if one not in agenda.to_answer)


def test_a_day_off_moves_the_usual_date() -> None:
    christmas = frozenset({date(2026, 12, 25)})
    assert usual_due(date(2026, 11, 22), christmas) == date(2026, 11, 27)
    assert usual_due(date(2026, 11, 27), christmas) == date(2026, 12, 4)
    assert usual_due(date(2026, 12, 21), christmas) == date(2026, 12, 28), "Christmas is a Friday"


def test_no_meeting_has_been_going_on_for_no_time(services: Services) -> None:
    assert elapsed(services, read_agenda(services, services.state(), ADMINISTRATOR, "Ventas")) == 0


def test_the_history_is_searched_and_only_at_ones_own_tables(services: Services, app: Dash) -> None:
    output = f"{Ids.HISTORY}.children"
    with app.server.test_client() as client:
        for words, found in (("conTAR dos veces", "2026"), ("unicornio", "Ninguna reunión")):
            values = {f"{Ids.SEARCH}.value": words, f"{Ids.TEAM}.data": "Almacén"}
            told = ask(client, output, values).json["response"][Ids.HISTORY.value]["children"]
            assert found in str(told)


def test_ids_are_there_once(services: Services) -> None:
    page = draw_page(services, services.state(), ES, "")
    plain = [one for one in ids(page) if isinstance(one, str)]
    assert len(plain) == len(set(plain))
