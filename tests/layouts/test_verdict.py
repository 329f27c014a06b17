"""One source says what wall, desk, phone and paper say of a judgement."""

from __future__ import annotations

import re

import pytest

from dashboard.goal import Judgement, Word
from layouts.verdict import SHAPES, hundred_sentence, objective_sentence, saying, until_sentence
from layouts.words import MINUS
from tests.boards import EN, ES, board_of, empty, every_board, few, goal_of


def judged(word: Word, difference: float | None = -3, *, is_narrow: bool = False, decimals: int = 0) -> Judgement:
    """Return a judgement of 41 against 44, or of what is asked for."""
    points = None if difference is None else 44 + difference
    return Judgement(word, is_narrow, points, 44, difference, decimals, 20)


SAID = [
    (judged(Word.WINNING, 3), "▲", "Vamos ganando", "por 3 puntos, y no es casualidad"),
    (judged(Word.WINNING, 1, is_narrow=True), "▲", "Vamos ganando", "por 1 punto: puede ser casualidad"),
    (judged(Word.LOSING, -3), "▼", "Vamos perdiendo", "por 3 puntos, y no es casualidad"),
    (judged(Word.LOSING, -1, is_narrow=True), "▼", "Vamos perdiendo", "por 1 punto: puede ser casualidad"),
    (judged(Word.LEVEL, 0), "●", "Empatados", "justo en el objetivo de hoy"),
    (judged(Word.STARTED, None), "○", "El partido acaba de empezar", "aún no hay bastantes semanas o respuestas"),
    (judged(Word.WON, 2), "▲", "Objetivo conseguido", "por 2 puntos, al terminar el plazo"),
    (judged(Word.WON, 0), "▲", "Objetivo conseguido", "justo, al terminar el plazo"),
    (judged(Word.LOST, -1), "▼", "No hemos llegado", "por 1 punto, al terminar el plazo"),
    (judged(Word.LOST, -0.1, decimals=1), "▼", "No hemos llegado", "por 0,1 puntos, al terminar el plazo"),
]


@pytest.mark.parametrize(("judgement", "shape", "word", "by"), SAID)
def test_the_word_is_said_in_spanish(judgement: Judgement, shape: str, word: str, by: str) -> None:
    said = saying(ES, judgement)
    assert (said.shape, said.word, said.by) == (shape, word, by)
    assert said.tone == judgement.word.value


@pytest.mark.parametrize("word", list(Word))
@pytest.mark.parametrize("is_narrow", [True, False])
def test_every_word_is_said_in_both_languages(word: Word, is_narrow: bool) -> None:
    for t in (ES, EN):
        said = saying(t, judged(word, 2, is_narrow=is_narrow))
        assert said.word
        assert said.by
        assert "{" not in said.by
        assert ("casualidad" in said.by or "chance" in said.by) == (word in (Word.WINNING, Word.LOSING))


def test_every_word_has_a_shape_so_that_colour_is_never_alone() -> None:
    assert set(SHAPES) == set(Word)
    assert SHAPES[Word.WINNING] != SHAPES[Word.LOSING]


def test_every_state_can_be_said() -> None:
    for name, board in every_board():
        if board.judgement is None:
            continue
        for t in (ES, EN):
            said = saying(t, board.judgement)
            assert said.word, name
            assert not re.search(rf"{MINUS}0(?![,.\d])", said.by), name
            assert "-" not in said.by.replace("–", ""), name


def test_the_goal_is_one_line() -> None:
    assert objective_sentence(ES, goal_of(-100, -98)).startswith(f"Objetivo: NPS de {MINUS}100 a {MINUS}98 antes del")
    assert "31" not in objective_sentence(EN, goal_of(32, 45))


def test_a_hundred_customers() -> None:
    board = board_of((17, 25, 58))
    assert hundred_sentence(ES, board) == "De cada 100 clientes, 58 nos recomiendan y 17 no."
    assert hundred_sentence(ES, empty()) == "Aún no ha respondido nadie."
    assert hundred_sentence(EN, empty()) == "Nobody has answered yet."


def test_until_when_and_on_how_many_answers() -> None:
    assert (
        until_sentence(ES, board_of((9, 10, 21))) == "Hasta el domingo 15 de noviembre · 520 respuestas en 13 semanas"
    )
    assert "1 respuesta en" in until_sentence(ES, few(1))
