"""What people at a table do through the application, and what they are told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import g

from callbacks.application import create_app
from callbacks.undertaking import day_of, do, lay, note, plan, respond, said_of, undertake, whole
from dashboard.actions import ActionError, ActionState
from dashboard.meetings import COMMON, MeetingError, MeetingState, Rhythm
from dashboard.permissions import Role, Scope
from data.agenda import read_agenda
from data.database import reading
from data.meetings import read_actions, read_obstacles, read_pauses, read_rhythm
from data.services import Services
from layouts.meeting import COMMON_TABLE, Ids
from tests.boards import ES
from tests.callbacks.asking import ask
from tests.data.stores import ADMINISTRATOR
from tests.homes import copy, demo

TEAM = "Transporte"
NOTHING: tuple[Any, ...] = ("", "", "")


@pytest.fixture
def own() -> Iterator[Services]:
    """A copy of the small demo, free to be changed, and somebody who asks."""
    services = copy(demo())
    with create_app(services, is_testing=True).server.test_request_context("/"):
        g.scope = ADMINISTRATOR
        yield services


def peers(services: Services) -> list[int]:
    return [one.peer_id for one in agenda(services).seated]


def agenda(services: Services, team: str = TEAM) -> Any:
    return read_agenda(services, services.state(), ADMINISTRATOR, team)


def asked(services: Services, **changes: Any) -> tuple[Any, ...]:
    first, second, *_ = peers(services)
    told = {"text": "Salir antes", "owner": str(first), "due": "2026-11-27", "moves": "moment:Esperar"}
    values = told | {"witness": str(second), "long": False, "preference": ""} | changes
    names = ("text", "owner", "due", "moves", "witness", "long", "preference")
    return tuple(values[name] for name in names)


def test_an_action_is_agreed_and_stands_ahead(own: Services) -> None:
    assert undertake(own, ES, TEAM, asked(own)) == "Acordada."
    assert [one.text for one in agenda(own).ahead] == ["Salir antes"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"text": ""}, "una sola línea"),
        ({"text": None}, "una sola línea"),
        ({"owner": ""}, "exactamente un responsable"),
        ({"owner": "1,2"}, "exactamente un responsable"),
        ({"owner": ["1", "2"]}, "exactamente un responsable"),
        ({"owner": "99"}, "nadie con ese nombre"),
        ({"due": None}, "ya ha pasado"),
        ({"due": "mañana"}, "ya ha pasado"),
        ({"due": "2026-12-24"}, "como tarde"),
        ({"moves": ""}, "qué indicador"),
        ({"moves": "moment:<b>"}, "qué indicador"),
        ({"moves": "indicator:99"}, "ya no"),
        ({"preference": "x" * 201}, "una preferencia es una sola línea"),
        ({"preference": "una\ny otra"}, "una preferencia es una sola línea"),
    ],
)
def test_without_exactly_one_owner_and_one_date_nothing_is_agreed(
    own: Services, changes: dict[str, Any], said: str
) -> None:
    told, is_done = said_of(ES, lambda: undertake(own, ES, TEAM, asked(own, **changes)))
    assert not is_done
    assert agenda(own).ahead == ()
    assert said in told.lower()


@pytest.mark.parametrize(
    ("typed", "kept"), [(" saber  cuándo llega ", "saber cuándo llega"), ("", ""), (None, ""), ("  ", "")]
)
def test_an_action_says_which_preference_it_serves_or_none(own: Services, typed: object, kept: str) -> None:
    undertake(own, ES, TEAM, asked(own, preference=typed))
    assert [one.preference for one in agenda(own).ahead] == [kept]


def test_a_colleague_with_the_same_and_an_indicator_that_shows_nothing_are_told_of(own: Services) -> None:
    undertake(own, ES, TEAM, asked(own))
    other = peers(own)[1]
    assert "ya tiene algo igual" in undertake(own, ES, TEAM, asked(own, owner=str(other), witness=""))


def test_what_is_answered_goes_on_to_the_next(own: Services) -> None:
    first = agenda(own).chosen(None)
    assert "Contada: " in respond(own, ES, TEAM, "done", (None, "11 de 12", "", ""))
    assert "sigue pendiente" in respond(own, ES, TEAM, "partly", (None, "", "", ""))
    assert agenda(own).chosen(first.action_id).action_id != first.action_id
    assert "Ya está todo" in respond(own, ES, TEAM, "nonsense", (None, "", "", ""))
    turn = agenda(own).chosen(None)
    other = next(one for one in peers(own) if one != turn.owner_id)
    assert "sigue pendiente" in respond(own, ES, TEAM, "handed_over", (None, "", "2026-11-27", str(other)))


def test_a_wrong_key_is_taken_back_by_a_button_until_the_meeting_is_closed(own: Services) -> None:
    do(own, ES, TEAM, "open", "now", NOTHING)
    before = agenda(own)
    action = before.chosen(None)
    assert before.answered_last is None
    respond(own, ES, TEAM, "not_done", (None, "se cruzó algo", "", ""))
    last = agenda(own).answered_last
    of = f"{last.action_id}.{last.version}"
    assert do(own, ES, TEAM, "undo", of, NOTHING) == "Deshecho: vuelve a estar pendiente."
    now = agenda(own)
    assert now.answered_last is None
    assert replace(now.chosen(action.action_id), version=action.version) == action
    assert said_of(ES, lambda: do(own, ES, TEAM, "undo", of, NOTHING)) == (ES("meeting.meanwhile"), False)
    respond(own, ES, TEAM, "done", (None, "", "", ""))
    last = agenda(own).answered_last
    do(own, ES, TEAM, "close", str(now.meeting.meeting_id), NOTHING)
    told, is_done = said_of(ES, lambda: do(own, ES, TEAM, "undo", f"{last.action_id}.{last.version}", NOTHING))
    assert ("cerrada" in told, is_done) == (True, False)
    assert agenda(own).answered_last is None


def test_two_who_answer_at_once_answer_once(own: Services) -> None:
    action = agenda(own).chosen(None)
    respond(own, ES, TEAM, "done", (action.action_id, "", "", ""))
    with reading(own.database) as connection:
        every = [one for one in read_actions(connection) if one.action_id == action.action_id]
    assert [one.state for one in every] == [ActionState.DONE]


def test_a_whole_meeting_by_its_buttons(own: Services) -> None:
    assert do(own, ES, TEAM, "open", "now", NOTHING) == "La reunión ha empezado."
    first = peers(own)[0]
    do(own, ES, TEAM, "here", str(first), NOTHING)
    now = agenda(own)
    assert now.here == {first}
    assert len(now.quotes) == 3
    do(own, ES, TEAM, "away", str(first), NOTHING)
    for block in (2, 3, 4, 9):
        do(own, ES, TEAM, f"block-{block}", str(now.meeting.meeting_id), NOTHING)
    assert agenda(own).meeting.block == 4
    assert "acta está lista" in do(own, ES, TEAM, "close", str(now.meeting.meeting_id), NOTHING)
    assert agenda(own).meeting.state is MeetingState.CLOSED
    assert do(own, ES, TEAM, "explode", "1", NOTHING) == ""


def test_the_path_is_cleared(own: Services) -> None:
    first = str(peers(own)[0])
    assert "anotado" in lay(own, ES, TEAM, ("sin furgoneta", first, "2026-11-25", ""))
    assert "Enviado" in lay(own, ES, TEAM, ("la hora prometida", "", "", "Ventas"))
    assert said_of(ES, lambda: lay(own, ES, TEAM, ("nadie", "", "", "")))[1] is False
    mine = agenda(own).obstacles
    of = f"{mine[-1].obstacle_id}.{mine[-1].version}"
    assert "despejado" in do(own, ES, TEAM, "clear", of, NOTHING)
    sent = agenda(own, "Ventas").obstacles[-1]
    buyer = str(agenda(own, "Ventas").seated[0].peer_id)
    do(own, ES, "Ventas", "take", f"{sent.obstacle_id}.{sent.version}", (buyer, "2026-11-26", ""))
    do(own, ES, "Ventas", "send", f"{sent.obstacle_id}.{sent.version + 1}", ("", "", TEAM))
    with reading(own.database) as connection:
        back = next(one for one in read_obstacles(connection) if one.obstacle_id == sent.obstacle_id)
    assert (back.team, back.remover_id, back.raised_by) == (TEAM, None, "Ventas")


def test_an_obstacle_goes_to_the_table_that_was_chosen_and_to_no_other(own: Services) -> None:
    lay(own, ES, TEAM, ("sin furgoneta", str(peers(own)[0]), "2026-11-25", ""))
    mine = agenda(own).obstacles[-1]
    of = f"{mine.obstacle_id}.{mine.version}"
    for chosen, said in (("", "ya está en esta reunión"), (None, "ya está"), ("Nadie", "elige en qué mesa")):
        told, is_done = said_of(ES, lambda chosen=chosen: do(own, ES, TEAM, "send", of, ("", "", chosen)))
        assert (said in told.lower(), is_done) == (True, False)
    assert mine in agenda(own).obstacles
    do(own, ES, TEAM, "send", of, ("", "", COMMON_TABLE))
    assert agenda(own, COMMON).obstacles[-1].text == "sin furgoneta"
    assert "Enviado" in lay(own, ES, TEAM, ("sin muelle", "", "", COMMON_TABLE))
    assert agenda(own, COMMON).obstacles[-1].text == "sin muelle"
    assert said_of(ES, lambda: lay(own, ES, TEAM, ("sin nada", "", "", "Nadie")))[1] is False


def test_a_missing_reading_is_typed_on_the_spot(own: Services) -> None:
    (silent,) = agenda(own, "Administración").silent
    assert note(own, ES, str(silent.indicator.indicator_id), 5.5) == "Dato anotado."
    assert agenda(own, "Administración").silent == ()
    assert "Elige" in note(own, ES, None, 5)


def test_when_a_team_meets_and_when_it_does_not(own: Services) -> None:
    assert plan(own, ES, TEAM, ("3", "08:15", None, None, None), is_pause=False) == "Guardado."
    assert "no contará" in plan(own, ES, TEAM, (None, None, "2026-12-21", "2027-01-06", "Navidad"), is_pause=True)
    with reading(own.database) as connection:
        assert read_rhythm(connection, TEAM).weekday == 3
        assert read_pauses(connection)[-1].reason == "Navidad"
    told, _ = said_of(ES, lambda: plan(own, ES, TEAM, ("9", "x", None, None, None), is_pause=False))
    assert "lunes a viernes" in told
    assert Rhythm().at.hour == 9


def test_strangers_are_told_whose_table_it_is(own: Services) -> None:
    g.scope = Scope(Role.MEMBER, ("Ventas",))
    for act in ("open", "here"):
        assert said_of(ES, lambda act=act: do(own, ES, TEAM, act, "1", NOTHING))[0] == ES("meeting.not_allowed")


def test_what_was_typed_is_kept_until_it_is_written_down(own: Services) -> None:
    with create_app(own, is_testing=True).server.test_client() as client:
        values = {f"{Ids.AGREE}.n_clicks": 1, f"{Ids.TEAM}.data": TEAM, f"{Ids.TEXT}.value": "Salir antes"}
        told = ask(client, f"{Ids.TEXT}.value", values).json["response"]
        assert Ids.TEXT.value not in told
        first = peers(own)[0]
        more = {f"{Ids.OWNER}.value": str(first), f"{Ids.DUE}.value": "2026-11-27"}
        told = ask(client, f"{Ids.TEXT}.value", values | more | {f"{Ids.MOVES}.value": "moment:Esperar"})
        assert told.json["response"][Ids.TEXT.value]["value"] == ""
        assert told.json["response"][Ids.PREFERENCE.value]["value"] == "", "the next one serves its own"


def test_what_is_typed_is_read_or_is_nothing() -> None:
    assert [day_of(one) for one in ("2026-11-27", "", None, "x")] == [date(2026, 11, 27), None, None, None]
    assert [whole(one) for one in ("7", "", None, "-1", "x", "9" * 12)] == [7, None, None, None, None, None]
    assert said_of(ES, lambda: (_ for _ in ()).throw(ActionError("this is already its date")))[1] is False


def test_a_commitment_that_is_due_is_taken_on_by_one_person_for_one_day(own: Services) -> None:
    team = next(one for one in own.state().members.names("team") if agenda(own, one).promises)
    promised = agenda(own, team).promises[0]
    with pytest.raises(MeetingError, match="who removes it"):
        do(own, ES, team, "recover", str(promised.commitment_id), NOTHING)
    first = str(agenda(own, team).seated[0].peer_id)
    said = do(own, ES, team, "recover", str(promised.commitment_id), (first, "2026-11-25", ""))
    assert "quien lo arregle" in said
    assert promised not in agenda(own, team).promises
    assert promised.what in agenda(own, team).obstacles[-1].text
    with pytest.raises(MeetingError, match="already taken"):
        do(own, ES, team, "recover", str(promised.commitment_id), (first, "2026-11-25", ""))
