"""One card: what is said of its way, its effect and its money, and what is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dashboard.improvements import Improvement, Measure, Worth, looked_at, returned
from dashboard.returns import return_on
from dashboard.scoreboard import Comment
from dashboard.studies import Study, study
from layouts.improvement import effect_words, money_words, similar, story
from layouts.words import Words
from tests.boards import EN, ES, NASTY
from tests.dashboard.test_improvements import DAY, PROOF, card, moved
from tests.dashboard.test_studies import LAST, LAUNCHED, values, weeks
from tests.trees import assert_only_text, texts

SITE = Measure("site", "Getafe", True, since=DAY - timedelta(days=1))


def lived(**said: object) -> Improvement:
    return moved(card(measure=SITE, **said), 8)


def found(step: float, weeks_after: int = 20) -> Study:
    last = LAUNCHED + timedelta(weeks=weeks_after)
    return study(weeks(values(step)), weeks(values(0, seed=2, level=30)), LAUNCHED, None, min(last, LAST))


@pytest.mark.parametrize("t", [ES, EN])
def test_a_story_is_told_without_holes_and_texts_stay_texts(t: Words) -> None:
    one = lived(name=NASTY, cause=NASTY, owner=NASTY, preference=NASTY, pillar=NASTY, origins=("s:1",))
    one = looked_at(one, PROOF, DAY, NASTY)
    comment = Comment("s:1", NASTY, 9, "Esperar", None, DAY)
    tree = story(t, one, {"Esperar": NASTY}, [comment], DAY)
    assert "{" not in texts(tree).replace(NASTY, "") and "None" not in texts(tree).replace(NASTY, "")
    assert_only_text(tree, NASTY)


def test_the_step_where_it_stands_asks_and_the_passed_ones_prove() -> None:
    said = texts(story(ES, moved(card(), 1), {}, [], DAY + timedelta(days=3)))
    assert PROOF in said and "¿A qué pilar sirve" in said and "aquí desde hace 3 días" in said


def test_going_back_is_told_with_its_reason() -> None:
    said = texts(story(ES, returned(moved(card(), 3), card().way[0], "faltaba la causa", DAY, "Ana"), {}, [], DAY))
    assert "Vuelve atrás" in said and "faltaba la causa" in said


def test_the_letter_is_there_once_it_is_launched() -> None:
    comment = Comment("s:1", "Nadie avisa", 3, None, None, DAY)
    launched = texts(story(ES, lived(origins=("s:1",)), {}, [comment], DAY))
    assert "Nos dijiste: «Nadie avisa». Desde el 1 de septiembre hacemos esto: Avisar." in launched
    waiting = texts(story(ES, card(origins=("s:1",)), {}, [comment], DAY))
    assert "Nadie avisa" in waiting and "Nos dijiste" not in waiting


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        (found(8.0), "La mejora aportó +"),
        (found(0.0), "No se distingue de la casualidad"),
        (found(8.0, weeks_after=4), "hacen falta 3 semanas más"),
        (study(weeks(values(8.0)), None, LAUNCHED, DAY, LAST), "sin grupo de control"),
        (None, "Aún no hay semanas"),
    ],
)
def test_an_effect_is_said_as_surely_as_it_is_known(seen: Study | None, said: str) -> None:
    told = texts(effect_words(ES, lived(), seen, ""))
    assert said in told and "caus" not in told.replace("casualidad", "")
    assert "None" not in told


def test_without_a_measure_nothing_is_said_of_an_effect() -> None:
    assert "Nadie escribió" in texts(effect_words(ES, replace(lived(), measure=None), found(8.0), ""))


@pytest.mark.parametrize(("since", "said"), [(date(2026, 1, 1), "se escribió antes"), (DAY, "vale menos")])
def test_when_the_measure_was_written_is_said(since: date, said: str) -> None:
    assert said in texts(effect_words(ES, replace(lived(), measure=replace(SITE, since=since)), found(8.0), ""))


def test_a_count_is_told_in_its_own_unit() -> None:
    assert "por cien" in texts(effect_words(ES, lived(), found(8.0), "por cien"))


def test_money_is_told_with_every_assumption_or_not_at_all() -> None:
    worth = Worth(40, 1200, 90, 2.5, 0.5, NASTY)
    back = return_on(3.0, 1.0, 2.5, 0.5, 90, 1200)
    said = texts(money_words(ES, card(worth=worth), back))
    for part in ("40 horas", "Se recupera con 5,33 puntos", "Probabilidad", "90 clientes", "2,50 €", NASTY):
        assert part in said, part
    assert "no se habla de dinero" in texts(money_words(ES, card(), None))


def test_those_already_open_are_shown_first() -> None:
    assert NASTY in texts(similar(ES, [card(name=NASTY)])) and texts(similar(ES, [])) == ""
