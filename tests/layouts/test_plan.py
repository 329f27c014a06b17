"""The plan as a sheet."""

from __future__ import annotations

from dataclasses import replace

from dashboard.plan import plan
from layouts.plan import Ids, page, readers, sheet
from tests.boards import EN, ES, NASTY, goal_of
from tests.tables import ANA, CALL, LUIS, MONDAY
from tests.trees import assert_only_text, ids, texts
from tests.watching import everybody

PEOPLE = [replace(ANA, is_ambassador=True), LUIS]


def test_the_goal_the_teams_and_the_areas_without_ambassador_are_on_one_page() -> None:
    found = plan(goal_of(), MONDAY, everybody(), PEOPLE, [CALL], {1}, {"Almacén"})
    words = texts(sheet(ES, found))
    for part in ("Objetivo: NPS de 32 a 45", "Sin embajador", "visto por 1 de 2", "Ana Gil", "Acciones en marcha"):
        assert part in words
    assert_only_text(sheet(EN, found), NASTY)


def test_strangers_read_what_is_undertaken_and_no_name() -> None:
    words = texts(sheet(ES, plan(goal_of(), MONDAY, everybody(), PEOPLE, [CALL], (), ())))
    assert "Ana Gil" not in words
    assert "El área tiene embajador" in words
    assert CALL.text in words


def test_before_there_is_a_goal_it_says_what_to_do() -> None:
    assert "Todavía no hay objetivo" in texts(sheet(ES, plan(None, MONDAY, everybody(), [], [], (), ())))


def test_only_who_sits_somewhere_says_that_they_have_seen_it() -> None:
    assert Ids.SEEN in ids(page(ES, may_see=True))
    assert Ids.SEEN not in ids(page(ES, may_see=False))
    assert readers(ES, [ANA]) == [{"label": "Ana Gil (Almacén)", "value": "1"}]
