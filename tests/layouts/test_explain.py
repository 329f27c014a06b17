"""«¿De dónde sale?» holds the arithmetic of every number on the page, in every state."""

from __future__ import annotations

from dashboard.forecast import Forecast
from dashboard.scoreboard import Scoreboard
from layouts.explain import explanation
from tests.boards import EN, ES, amended, board_of, by_account, empty, every_board, goal_of
from tests.trees import of_type, texts


def titles(board: Scoreboard) -> list[str]:
    """Return the titles of the blocks."""
    return [texts(one) for one in of_type(explanation(ES, board), "H3")]


def test_every_state_is_explained_without_holes() -> None:
    for name, board in every_board():
        for t in (ES, EN):
            told = texts(explanation(t, board))
            assert "{" not in told, name
            assert "None" not in told, name
            assert "nan" not in told.split(), name


def test_the_formula_has_the_numbers_in_it() -> None:
    told = texts(explanation(ES, board_of((9, 10, 21))))
    assert "100 × (273 − 117) ÷ 520 = 30,0" in told
    assert "273 promotores (9–10), 130 pasivos (7–8) y 117 detractores (0–6): 520 respuestas." in told


def test_without_a_goal_only_score_and_margin() -> None:
    assert titles(board_of()) == ["El NPS", "El margen de error"]


def test_with_a_goal_the_line_the_word_and_the_way() -> None:
    found = titles(board_of(goal=goal_of()))
    assert found[:5] == ["El NPS", "El margen de error", "El objetivo de hoy", "La palabra", "El camino recorrido"]


def test_the_forecast_is_explained_where_there_is_one() -> None:
    board = board_of(goal=goal_of())
    assert isinstance(board.forecast, Forecast)
    assert "La probabilidad de llegar" in titles(board)
    assert "Probabilidad aún sin contrastar" in texts(explanation(ES, board))


def test_nobody_has_answered() -> None:
    told = texts(explanation(ES, empty(goal_of())))
    assert "Aún no ha respondido nadie." in told
    assert "Sin respuestas no hay margen" in told


def test_one_account_one_vote_tells_another_formula() -> None:
    assert "Un cliente empresa, un voto" in texts(explanation(ES, by_account()))


def test_an_amended_board_is_still_explained() -> None:
    assert texts(explanation(ES, amended()))
