"""What lies on the table of a meeting, in every state, and nothing of it is markup."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.actions import ActionState
from dashboard.agenda import Agenda
from dashboard.meetings import Block, MeetingState
from layouts import agenda as drawn
from layouts.words import Words
from tests.boards import EN, ES, NASTY, board_of, goal_of
from tests.tables import CALL, MEETING, bare, table
from tests.trees import assert_only_text, ids, of_type, texts

CLOSED = table(meeting=replace(MEETING, state=MeetingState.CLOSED))


@pytest.mark.parametrize("t", [ES, EN])
@pytest.mark.parametrize("agenda", [table(), bare(), CLOSED, table(team="", name="", peers=(), answered_last=CALL)])
def test_every_part_can_be_drawn_and_names_are_text(t: Words, agenda: Agenda) -> None:
    turn = agenda.chosen(None)
    every = [
        drawn.commands(t, agenda),
        drawn.steps(t, agenda, 30),
        drawn.quotes(t, agenda),
        drawn.here(t, agenda),
        drawn.said_table(t, agenda, turn),
        drawn.turn(t, agenda, turn),
        drawn.keys(t, turn),
        drawn.undo(t, agenda),
        drawn.ahead(t, agenda),
        drawn.aside(t, agenda, board_of(goal=goal_of())),
        drawn.people(t, agenda),
    ]
    assert_only_text(every, NASTY)
    found = [str(one) for one in ids(every)]
    assert len(found) == len(set(found))


def test_an_action_shows_the_preference_it_serves_wherever_it_stands_and_no_empty_one() -> None:
    agenda = table()
    turn = agenda.chosen(None)
    for part in (drawn.said_table(ES, agenda, turn), drawn.turn(ES, agenda, turn), drawn.ahead(ES, agenda)):
        assert f"sirve a «{NASTY}»" in texts(part)
    assert drawn.serves(ES, replace(CALL, preference="")) == []


def test_the_last_answer_of_an_open_meeting_can_be_taken_back_by_a_button_with_its_key() -> None:
    agenda = table(answered_last=replace(CALL, action_id=5, version=3, state=ActionState.PARTLY))
    (button,) = drawn.undo(ES, agenda)
    assert (button.id["act"], button.id["of"], getattr(button, "data-mc-key")) == ("undo", "5.3", "u")
    assert f"Deshacer «{NASTY}»: a medias" in texts(button)
    assert drawn.undo(ES, table()) == []
    assert drawn.undo(ES, replace(agenda, meeting=CLOSED.meeting)) == []


def test_the_room_shows_the_block_of_now_and_all_while_nobody_meets() -> None:
    assert drawn.room_class(table()).endswith("mc-room-2")
    assert drawn.room_class(CLOSED).endswith("mc-room-0")
    assert drawn.room_class(bare()).endswith("mc-room-0")


def test_the_timer_knows_how_long_the_block_has_been_going_on_and_asks_for_a_fast_pulse() -> None:
    (row, driver) = drawn.steps(ES, table(), 125.4)
    (timer,) = [one for one in of_type(row, "Div") if getattr(one, "role", "") == "timer"]
    assert (getattr(timer, "data-elapsed"), getattr(timer, "data-limit")) == ("125", "600")
    assert getattr(row, "data-mc-pulse") == "1"
    assert "Ana Gil" in texts(driver)
    current = [texts(one) for one in of_type(row, "Button") if getattr(one, "aria-current", None)]
    assert len(current) == 1
    assert current[0].startswith("2. Lo que dijimos que haríamos")
    assert len(of_type(row, "Button")) == len(Block)


def test_the_third_time_two_keys_are_gone() -> None:
    agenda = table()
    turn = agenda.chosen(None)
    assert turn is not None
    assert turn.carried == 2
    words = texts(drawn.keys(ES, turn))
    assert "hecha" in words
    assert "abandonada" in words
    assert "a medias" not in words
    assert "se ha arrastrado dos veces" in texts(drawn.turn(ES, agenda, turn)).lower()
    assert "sin hacer" in texts(drawn.keys(ES, CALL))
    assert drawn.keys(ES, None) == []


def test_what_was_said_tells_result_carry_overs_moves_and_the_share_kept() -> None:
    words = texts(drawn.said_table(ES, table(), None))
    for state in ActionState:
        assert ES(f"action.{state.value}") in words
    assert "1 de 6 hechas · 8 semanas: 71" in words
    assert "arrastrada 2 veces" in words
    assert "movida 6 veces" in words


def test_the_effect_on_the_indicator_stands_beside_the_action() -> None:
    (effect,) = drawn.moved(ES, table(), CALL)
    assert "Pedidos completos" in texts(effect)
    (moment,) = drawn.moved(ES, table(), replace(CALL, indicator_id=None, moment="Esperar"))
    assert texts(moment) == "Mueve: Esperar"


def test_who_may_not_read_comments_is_told_that_there_are_some() -> None:
    assert "tu papel no los lee" in texts(drawn.quotes(ES, table(quotes=())))
    assert "ya no" not in texts(drawn.quotes(ES, table()))
    assert "Semilla 42" in texts(drawn.quotes(ES, table()))
    assert "oído ya" in texts(drawn.quotes(ES, table(quotes=(), drawn=0)))


def test_what_can_be_moved_are_indicators_then_moments() -> None:
    found = drawn.moveable(ES, table(), [("Esperar", "Esperar")])
    assert [one["value"] for one in found] == ["indicator:1", "moment:Esperar"]
    assert [one["value"] for one in drawn.owners(table())] == ["1", "2"]
    assert len(drawn.silent_options(table().silent)) == len(table().silent)
