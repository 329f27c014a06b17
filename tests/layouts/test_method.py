"""The four facts with their arithmetic, and what each team contributes, unranked."""

from __future__ import annotations

from dashboard.meetings import MeetingState
from layouts.method import MOST_SHOWN, facts, history, method, strip, weeks
from tests.boards import EN, ES, NASTY, board_of, goal_of
from tests.tables import STRIP, bare, minutes, table
from tests.trees import assert_only_text, of_type, texts
from tests.watching import everybody, nobody


def test_each_fact_says_what_it_was_computed_from() -> None:
    words = texts(facts(ES, table(), board_of(goal=goal_of()), everybody()))
    for said in ("Objetivo", "71", "5 hechas de las 7", "1 de la última semana espera", "6 de 8 en 8 semanas"):
        assert said in words


def test_before_there_is_anything_a_fact_is_no_data_and_never_zero() -> None:
    words = texts(facts(EN, bare(), board_of(goal=goal_of()), nobody()))
    assert words.count("no data") == 3
    assert "0 %" not in words


def test_every_state_of_a_week_has_a_shape_and_words() -> None:
    shown = weeks(ES, table().weeks)
    assert [one.title.partition(" · ")[2] for one in of_type(shown, "Li")] == [
        ES(f"meeting_state.{state.value}") for state in MeetingState
    ]


def test_teams_come_in_the_order_of_the_company_and_no_person_is_named() -> None:
    shown = strip(ES, STRIP)
    names = [texts(one.children[0]) for one in of_type(shown, "Li")]
    assert names == ["Almacén", NASTY]
    assert "Ana Gil" not in texts(shown)
    assert "ninguna acción vencida" in texts(shown)
    assert "Sin datos" in texts(strip(ES, ())) or "sin datos" in texts(strip(ES, ()))


def test_the_history_lists_a_few_and_says_how_many_more() -> None:
    assert "no se ha cerrado" in texts(history(ES, (), ""))
    assert "habla de eso" in texts(history(ES, (), "tarifa"))
    many = history(ES, (minutes(),) * (MOST_SHOWN + 2), "")
    assert len(of_type(many, "Li")) == MOST_SHOWN
    assert "y 2 más" in texts(many)
    found = history(ES, (minutes(),), "x")
    assert [one.href for one in of_type(found, "A")] == ["/download/minutes/7.pdf", "/download/minutes/7.md"]


def test_names_are_text() -> None:
    assert_only_text(
        [method(ES, table(), board_of(goal=goal_of()), everybody(), STRIP), history(ES, (minutes(),), "x")], NASTY
    )
