"""The wall in every state: few words, each of them true, each large enough."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dashboard.organisation import UNNAMED, Organisation
from layouts.wall import Ids, Scene, page, scenes, score, voice
from layouts.words import MINUS
from tests.boards import COMPANY, EN, ES, NASTY, board_of, comment, empty, every_board, few, goal_of
from tests.trees import assert_only_text, classes, components, ids, of_type, texts

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
BOARDS = dict(every_board())


def test_the_frame_has_a_stage_a_title_and_words_for_lost_contact() -> None:
    frame = page(ES, "dark")
    assert ids(frame) == [Ids.STAGE]
    assert "Marcador de la empresa" in texts(frame)
    assert "Sin contacto con el servidor" in texts(frame)
    assert "mc-wall-dark" in classes(frame)
    assert frame.lang == "es"


@pytest.mark.parametrize("name", BOARDS)
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_every_state_fills_the_stage_in_both_languages(name: str, theme: str) -> None:
    for t in (ES, EN):
        drawn = scenes(t, BOARDS[name], None, COMPANY, NOW, theme)
        told = texts(drawn)
        assert told
        assert "{" not in told
        assert "None" not in told
        assert "-0" not in told
        assert "mc-far" in classes(drawn)
        assert not of_type(drawn, "Graph"), "the wall never needs plotly.js"


def test_the_scene_holds_goal_two_numbers_the_word_one_sentence_the_path() -> None:
    shown = score(ES, board_of(goal=goal_of()), COMPANY, "dark")
    told = texts(shown)
    for part in ("Objetivo: NPS de 32 a 45", "Vamos por 30", "Objetivo de hoy", "▼ Vamos perdiendo", "De cada 100"):
        assert part in told, part
    assert len(of_type(shown, "Img")) == 1
    assert of_type(shown, "Img")[0].alt.startswith("Camino al objetivo")


def test_negative_numbers_and_decimals_are_written_well() -> None:
    assert f"Vamos por {MINUS}100" in texts(score(ES, BOARDS["negative"], COMPANY, "dark"))
    assert "," in texts(score(ES, BOARDS["lost by decimals"], COMPANY, "dark"))


@pytest.mark.parametrize("answers", [1, 9])
def test_under_ten_answers_no_number(answers: int) -> None:
    shown = score(ES, few(answers, goal_of()), COMPANY, "dark")
    assert "Vamos por —" in texts(shown)
    assert "El partido acaba de empezar" in texts(shown)
    assert "nos recomiendan" not in texts(shown), "a share of a few people is no number either"


@pytest.mark.parametrize("answers", [10, 29])
def test_few_answers_are_grey(answers: int) -> None:
    assert "mc-wall-grey" in classes(score(ES, few(answers, goal_of()), COMPANY, "dark"))


def test_without_a_goal_the_score_alone_and_what_to_do() -> None:
    told = texts(score(ES, board_of(), COMPANY, "dark"))
    assert "Aún sin objetivo: fíjalo en Ajustes" in told
    assert "NPS 30" in told


def test_without_answers_what_to_do_first() -> None:
    told = texts(score(ES, empty(), UNNAMED, "dark"))
    assert "Aún no hay respuestas" in told
    assert "Importa una encuesta en Datos" in told


def test_a_deadline_that_has_passed_is_told() -> None:
    assert "plazo cumplido" in texts(score(ES, BOARDS["lost"], COMPANY, "dark"))
    assert "No hemos llegado" in texts(score(ES, BOARDS["lost"], COMPANY, "dark"))
    assert "Objetivo conseguido" in texts(score(ES, BOARDS["won"], COMPANY, "dark"))


def test_the_voice_is_quoted_without_a_name() -> None:
    told = texts(voice(ES, comment(), COMPANY, NOW))
    assert "«Llegó cuando dijisteis.»" in told
    assert "Un cliente (industrial)" in told
    assert "Nos da un 9." in told
    assert "13:00" in told


def test_the_voice_says_less_where_less_is_known() -> None:
    told = texts(voice(ES, comment(moment=None, segment=None, recommend=None), COMPANY, NOW))
    assert "Un cliente ." in told.replace("Un cliente.", "Un cliente .")
    assert "Nos da" not in told


def test_one_scene_without_and_two_with_a_comment() -> None:
    board = board_of(goal=goal_of())
    one = scenes(ES, board, None, COMPANY, NOW, "dark")
    two = scenes(ES, board, comment(), COMPANY, NOW, "dark")
    assert [getattr(scene, "data-scene") for scene in one] == [Scene.SCORE]
    assert [getattr(scene, "data-scene") for scene in two] == [Scene.SCORE, Scene.VOICE]


def test_ids_are_unique_across_scenes() -> None:
    found = ids(scenes(ES, board_of(goal=goal_of()), comment(), COMPANY, NOW, "dark"))
    assert len(found) == len(set(found))


def test_what_people_wrote_never_becomes_markup() -> None:
    nasty = Organisation(NASTY, meeting=NASTY)
    said = comment(NASTY, moment=NASTY, segment=NASTY)
    for board in (board_of(goal=goal_of(why=NASTY)), board_of(), empty()):
        drawn = scenes(ES, board, said, nasty, NOW, "dark")
        assert NASTY in texts(drawn)
        assert_only_text(drawn, NASTY)
        assert not [one for one in components(drawn) if one._type == "Img" and NASTY in str(one.src)]
