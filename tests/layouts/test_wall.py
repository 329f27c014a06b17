"""The wall in every state: few words, each of them true, each large enough."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from dashboard.organisation import UNNAMED, Organisation
from dashboard.screens import Look, Scene, Theme
from dashboard.voice import Thanks
from layouts.wall import Ids, Phone, page, paused, scenes, score, voice
from layouts.words import MINUS
from tests.boards import COMPANY, EN, ES, NASTY, board_of, comment, empty, every_board, few, goal_of
from tests.trees import assert_only_text, classes, components, ids, of_type, texts

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
BOARDS = dict(every_board())
DARK = Look("Sala")


def test_the_frame_has_a_stage_a_title_and_words_for_lost_contact() -> None:
    frame = page(ES, Theme.DARK)
    assert ids(frame) == [Ids.STAGE]
    assert "Marcador de la empresa" in texts(frame)
    assert "Sin contacto con el servidor" in texts(frame)
    assert "mc-wall-dark" in classes(frame)
    assert frame.lang == "es"


@pytest.mark.parametrize("name", BOARDS)
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_every_state_fills_the_stage_in_both_languages(name: str, theme: str) -> None:
    for t in (ES, EN):
        drawn = scenes(t, BOARDS[name], None, COMPANY, NOW, Look("Sala", theme=Theme(theme)))
        told = texts(drawn)
        assert told
        assert "{" not in told
        assert "None" not in told
        assert "-0" not in told
        assert "mc-far" in classes(drawn)
        assert not of_type(drawn, "Graph"), "the wall never needs plotly.js"


def test_the_scene_holds_goal_two_numbers_the_word_one_sentence_the_path() -> None:
    shown = score(ES, board_of(goal=goal_of()), COMPANY, Theme.DARK)
    told = texts(shown)
    for part in ("Objetivo: NPS de 32 a 45", "Vamos por 30", "Objetivo de hoy", "▼ Vamos perdiendo", "De cada 100"):
        assert part in told, part
    assert len(of_type(shown, "Img")) == 1
    assert of_type(shown, "Img")[0].alt.startswith("Camino al objetivo")


def test_negative_numbers_and_decimals_are_written_well() -> None:
    assert f"Vamos por {MINUS}100" in texts(score(ES, BOARDS["negative"], COMPANY, Theme.DARK))
    assert "," in texts(score(ES, BOARDS["lost by decimals"], COMPANY, Theme.DARK))


@pytest.mark.parametrize("answers", [1, 9])
def test_under_ten_answers_no_number(answers: int) -> None:
    shown = score(ES, few(answers, goal_of()), COMPANY, Theme.DARK)
    assert "Vamos por —" in texts(shown)
    assert "El partido acaba de empezar" in texts(shown)
    assert "nos recomiendan" not in texts(shown), "a share of a few people is no number either"


@pytest.mark.parametrize("answers", [10, 29])
def test_few_answers_are_grey(answers: int) -> None:
    assert "mc-wall-grey" in classes(score(ES, few(answers, goal_of()), COMPANY, Theme.DARK))


def test_without_a_goal_the_score_alone_and_what_to_do() -> None:
    told = texts(score(ES, board_of(), COMPANY, Theme.DARK))
    assert "Aún sin objetivo: fíjalo en Ajustes" in told
    assert "NPS 30" in told


def test_without_answers_what_to_do_first() -> None:
    told = texts(score(ES, empty(), UNNAMED, "dark"))
    assert "Aún no hay respuestas" in told
    assert "Importa una encuesta en Datos" in told


def test_a_deadline_that_has_passed_is_told() -> None:
    assert "plazo cumplido" in texts(score(ES, BOARDS["lost"], COMPANY, Theme.DARK))
    assert "No hemos llegado" in texts(score(ES, BOARDS["lost"], COMPANY, Theme.DARK))
    assert "Objetivo conseguido" in texts(score(ES, BOARDS["won"], COMPANY, Theme.DARK))


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
    one = scenes(ES, board, None, COMPANY, NOW, DARK)
    two = scenes(ES, board, comment(), COMPANY, NOW, DARK)
    assert [getattr(scene, "data-scene") for scene in one[1:]] == [Scene.SCORE]
    assert [getattr(scene, "data-scene") for scene in two[1:]] == [Scene.SCORE, Scene.VOICE]


def test_a_look_chooses_and_orders_its_scenes() -> None:
    board = board_of(goal=goal_of())
    turned = scenes(ES, board, comment(), COMPANY, NOW, Look("Sala", scenes=(Scene.VOICE, Scene.SCORE)))
    assert [getattr(scene, "data-scene") for scene in turned[1:]] == [Scene.VOICE, Scene.SCORE]
    alone = scenes(ES, board, None, COMPANY, NOW, Look("Sala", scenes=(Scene.VOICE,)))
    assert [getattr(scene, "data-scene") for scene in alone[1:]] == [Scene.SCORE], "never an empty wall"


def test_the_browser_is_told_of_rotation_night_and_drift() -> None:
    look = Look("Sala", rotate_seconds=45, night_from=time(22), night_until=time(7), drifts=False)
    orders = scenes(ES, board_of(goal=goal_of()), None, COMPANY, NOW, look)[0]
    told = [getattr(orders, f"data-{name}") for name in ("seconds", "night", "drifts", "theme")]
    assert told == ["45", "22:00-07:00", "", "dark"]


def test_a_paused_screen_says_its_name_and_no_number() -> None:
    told = texts(paused(ES, Look("Recepción")))
    assert "Recepción" in told
    assert "NPS" not in told


def test_the_score_can_be_taken_along_where_a_phone_can_reach_it() -> None:
    phone = Phone("data:image/svg+xml,x", "https://marcador.example.com/score")
    shown = score(ES, board_of(goal=goal_of()), COMPANY, Theme.DARK, phone)
    assert [one.alt for one in of_type(shown, "Img") if "https://marcador.example.com/score" in one.alt]


def test_ids_are_unique_across_scenes() -> None:
    found = ids(scenes(ES, board_of(goal=goal_of()), comment(), COMPANY, NOW, DARK))
    assert len(found) == len(set(found))


def test_what_people_wrote_never_becomes_markup() -> None:
    nasty = Organisation(NASTY, meeting=NASTY)
    said = comment(NASTY, moment=NASTY, segment=NASTY)
    for board in (board_of(goal=goal_of(why=NASTY)), board_of(), empty()):
        drawn = scenes(ES, board, said, nasty, NOW, DARK)
        assert NASTY in texts(drawn)
        assert_only_text(drawn, NASTY)
        assert not [one for one in components(drawn) if one._type == "Img" and NASTY in str(one.src)]


def test_what_changed_thanks_to_customers_is_told_as_far_as_it_fits() -> None:
    few_words = [Thanks(words, NOW) for words in ("caja retornable", "aviso", "aviso", "una factura", "otra cosa")]
    assert "caja retornable, aviso, una factura." in texts(voice(ES, comment(), COMPANY, NOW, few_words))
    many = [Thanks(letter * 79, NOW) for letter in "ab"]
    told = texts(voice(ES, comment(), COMPANY, NOW, many))
    assert "a" * 79 in told
    assert "b" * 79 not in told
    assert "gracias a vosotros" not in texts(voice(ES, comment(), COMPANY, NOW))
    long = comment("Estupendamente " * 10)
    assert "gracias a vosotros" not in texts(voice(ES, long, COMPANY, NOW, many)), "it has the wall for itself"
