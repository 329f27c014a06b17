"""The path: obstacles and commitments, each with who and when."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.commitments import Stage
from layouts.obstacles import MOST_PROMISES, obstacles
from layouts.words import Words
from tests.boards import EN, ES, NASTY
from tests.tables import bare, table
from tests.trees import assert_only_text, ids, texts


@pytest.mark.parametrize("t", [ES, EN])
def test_names_are_text_and_each_key_is_there_once(t: Words) -> None:
    shown = obstacles(t, table())
    assert_only_text(shown, NASTY)
    found = [str(one) for one in ids(shown)]
    assert len(found) == len(set(found))


def test_an_obstacle_from_elsewhere_waits_for_somebody_to_take_it() -> None:
    shown = obstacles(ES, table())
    acts = [one["act"] for one in ids(shown)]
    assert acts == ["clear", "send", "take", "clear", "send", "recover"]
    assert "viene de Ventas" in texts(shown)
    assert "fuera de plazo" in texts(shown)


def test_a_clear_path_says_so() -> None:
    assert "Nada estorba" in texts(obstacles(ES, bare()))
    assert "Compromisos" not in texts(obstacles(ES, bare()))


def test_commitments_say_how_they_stand_and_how_many_there_are() -> None:
    (late,) = table().promises
    many = tuple(replace(late, commitment_id=number) for number in range(MOST_PROMISES + 3))
    shown = obstacles(ES, table(promises=(*many, replace(late, stage=Stage.BROKEN))))
    assert f"{len(many) + 1} vencidos" in texts(shown)
    assert [one["act"] for one in ids(shown)].count("recover") == MOST_PROMISES
    assert ES("stage_of.broken") in texts(obstacles(ES, table(promises=(replace(late, stage=Stage.BROKEN),))))
