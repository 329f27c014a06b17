"""The desk in every state: nothing invented, nothing hidden, and customers' words stay words."""

from __future__ import annotations

import pytest

from layouts import scoreboard as layout
from layouts.scoreboard import Ids, changes, comments, distribution_words, explain, headline, page, path_words
from layouts.words import NARROW
from tests.boards import (
    EN,
    ES,
    NASTY,
    NO_STORY,
    amended,
    board_of,
    by_account,
    empty,
    every_board,
    few,
    goal_of,
    story_of,
)
from tests.trees import assert_only_text, classes, components, ids, of_type, tables, texts

BOARDS = dict(every_board())


def test_the_page_has_a_place_for_everything_once() -> None:
    found = ids(page(ES))
    assert sorted(found) == sorted(Ids)


def test_figures_are_images_with_a_name_and_words_behind_them() -> None:
    for one in components(page(ES)):
        if one._type == "Div" and "mc-figure" in (getattr(one, "className", None) or ""):
            assert one.role == "img"
            assert getattr(one, "aria-label")
            assert getattr(one, "aria-describedby") in set(Ids)


@pytest.mark.parametrize("name", BOARDS)
def test_every_state_is_told_without_holes(name: str) -> None:
    board = BOARDS[name]
    for t in (ES, EN):
        told = texts([headline(t, board, is_filtered=False), path_words(t, board), explain(t, board)])
        assert "{" not in told
        assert "None" not in told
        assert "-0" not in told


@pytest.mark.parametrize("answers", [0, 1, 9])
def test_under_ten_answers_only_the_count(answers: int) -> None:
    shown = headline(ES, few(answers), is_filtered=False)
    assert f"{answers} respuesta{'s' * (answers != 1)}" in texts(shown)
    assert "mc-number" not in classes(shown)
    assert "recomiendan" not in texts(shown)


@pytest.mark.parametrize("answers", [10, 29])
def test_from_ten_to_twenty_nine_answers_the_number_is_indicative(answers: int) -> None:
    shown = headline(ES, few(answers), is_filtered=False)
    assert "orientativo" in texts(shown)
    assert "mc-indicative" in classes(shown)


def test_from_thirty_answers_the_number_stands() -> None:
    shown = headline(ES, few(30), is_filtered=False)
    assert "orientativo" not in texts(shown)
    assert "mc-normal" in classes(shown)


def test_a_goal_with_few_answers_has_just_started() -> None:
    for answers in (0, 1, 9, 10, 29):
        assert "El partido acaba de empezar" in texts(headline(ES, few(answers, goal_of()), is_filtered=False))


def test_without_a_goal_the_way_to_one() -> None:
    shown = headline(ES, board_of(), is_filtered=False)
    assert "Aún no hay objetivo" in texts(shown)
    assert [link.href for link in of_type(shown, "Link")] == ["/settings"]


def test_under_filters_no_word_is_said() -> None:
    shown = texts(headline(ES, board_of(), is_filtered=True))
    assert "el objetivo se juzga con todas las respuestas" in shown
    assert "ganando" not in shown


def test_the_number_comes_with_margin_and_answers() -> None:
    shown = texts(headline(ES, board_of(goal=goal_of()), is_filtered=False))
    assert "30" in shown
    assert "entre 23 y 37" in shown
    assert "520 respuestas" in shown
    assert "%" not in shown.partition("respuestas")[0]


def test_one_account_one_vote_is_told() -> None:
    board = by_account()
    assert "Vamos" in texts(headline(ES, board, is_filtered=False))
    assert "Un cliente empresa, un voto" in texts(explain(ES, board))


def test_the_running_week_stands_apart() -> None:
    assert "esta semana, sin cerrar · 15 respuestas" in texts(headline(ES, BOARDS["running week"], is_filtered=False))
    few_ = texts(headline(ES, BOARDS["running week, few"], is_filtered=False))
    assert "6 respuestas" in few_


def test_the_path_has_a_sentence_and_a_table() -> None:
    shown = path_words(ES, board_of(goal=goal_of()))
    assert "El NPS pasó de 30 la semana del" in texts(shown)
    ((_, columns, rows),) = tables(shown)
    assert (len(columns), len(rows)) == (5, 20)
    assert texts(path_words(ES, empty())) == "sin datos"


def test_what_closed_weeks_said_is_told_where_it_changed() -> None:
    assert "2 semanas cerradas han cambiado desde que se mostraron" in texts(path_words(ES, amended()))
    assert "han cambiado" not in texts(path_words(ES, board_of(goal=goal_of())))


def test_changes_say_whether_they_are_real_and_on_how_many_answers() -> None:
    told = texts(changes(ES, story_of()))
    assert "Almacén bajó 100 puntos" in told
    assert "cambio real · 300 respuestas" in told
    assert "Almacén sigue igual" in told
    assert "aún no hay respuestas suficientes · 4 respuestas" in told
    assert texts(changes(ES, NO_STORY)).startswith("Aún no hay dos periodos")


def test_arrows_only_for_real_changes() -> None:
    marks = [
        texts(one)
        for one in of_type(changes(ES, story_of()), "Span")
        if "mc-mark" in (getattr(one, "className", None) or "")
    ]
    assert marks == ["▼", "▲", "●", "●"]


def test_a_group_opens_in_the_filters_whatever_its_name() -> None:
    links = of_type(changes(ES, story_of("Ventas & Cía. #1")), "Link")
    assert links[0].href == "?team=Ventas+%26+C%C3%ADa.+%231"


def test_the_bars_have_a_sentence_and_a_table() -> None:
    shown = distribution_words(ES, board_of(), story_of())
    assert f"promotores 58{NARROW}%" in texts(shown)
    ((_, columns, rows),) = tables(shown)
    assert (len(columns), len(rows)) == (3, 11)
    assert texts(distribution_words(ES, empty(), NO_STORY)) == "sin datos"


def test_a_low_response_rate_is_a_warning() -> None:
    assert "mc-warning" in classes(distribution_words(ES, BOARDS["few respond"], story_of()))
    assert "mc-warning" not in classes(distribution_words(ES, BOARDS["response rate"], story_of()))
    assert "mc-warning" not in classes(distribution_words(ES, board_of(), story_of()))


def test_comments_are_quoted_or_said_to_be_missing() -> None:
    assert "«Llegó cuando dijisteis.»" in texts(comments(ES, story_of()))
    assert texts(comments(ES, NO_STORY)) == "No hay comentarios en las últimas cuatro semanas."


def test_comments_name_moment_and_segment_as_the_company_does() -> None:
    story = story_of()
    named = type(story)(story.scores, story.changes, story.comments, {"moment": {"Recibir": "Recepción"}, "team": {}})
    assert "Recepción" in texts(comments(ES, named))


def test_what_people_wrote_never_becomes_markup() -> None:
    story = story_of(NASTY, NASTY)
    shown = [changes(ES, story), comments(ES, story)]
    assert NASTY in texts(shown)
    assert_only_text(shown, NASTY)


def test_the_arithmetic_is_closed_until_asked_for() -> None:
    details = explain(ES, board_of())
    assert details._type == "Details"
    assert not getattr(details, "open", None)
    assert layout.Ids.EXPLAIN in ids(page(ES))
