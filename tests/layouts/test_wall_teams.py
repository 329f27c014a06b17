"""The wall's scene of the teams."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dashboard.screens import Look
from dashboard.teams import Teams, teams
from layouts.wall import scenes
from layouts.wall_teams import ROWS, chunks, scene
from layouts.words import Words
from tests.boards import COMPANY, EN, ES, NASTY, WEEK_OF, board_of, goal_of
from tests.trees import assert_only_text, classes, of_type, texts
from tests.watching import PACKED, everybody, nobody, watched

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DARK = Look("Sala")


def many(count: int) -> Teams:
    every = [watched(indicator=replace(PACKED, team=f"Equipo {place}", reporter="Ana")) for place in range(count)]
    return teams(WEEK_OF, every, {}, {})


@pytest.mark.parametrize("t", [ES, EN])
def test_a_row_per_team_with_its_first_lead_indicator(t: Words) -> None:
    found = everybody()
    (rows,) = chunks(found)
    shown = scene(t, found, rows, COMPANY, NOW)
    told = texts(shown)
    assert "{" not in told.replace(NASTY, "")
    assert "Devoluciones" not in told, "a lag indicator is in nobody's hands"
    assert_only_text(shown, NASTY)
    assert {"mc-week-nearly", "mc-week-met", "mc-week-below", "mc-week-aimless"} <= classes(shown)


def test_the_head_says_the_second_word_and_how_many_are_met() -> None:
    found = everybody()
    told = texts(scene(ES, found, chunks(found)[0], COMPANY, NOW))
    assert "En manos de cada equipo:" in told
    assert "a la defensiva ,  1 de 4 cumplen" in told


def test_no_name_of_a_person_is_on_the_wall() -> None:
    found = many(2)
    assert "Ana" not in texts(scene(ES, found, chunks(found)[0], COMPANY, NOW))


def test_dots_tell_the_last_six_weeks() -> None:
    found = many(1)
    shown = scene(ES, found, chunks(found)[0], COMPANY, NOW)
    dots = [one for one in of_type(shown, "Span") if "mc-dot" in classes(one)]
    assert ["mc-dot-full" in one.className for one in dots] == [True, True, True, True, False, False]


@pytest.mark.parametrize(("count", "drawn"), [(0, 0), (1, 1), (5, 1), (6, 2), (15, 3), (16, 3)])
def test_five_teams_fit_a_screen_and_fifteen_the_wall(count: int, drawn: int) -> None:
    found = scenes(ES, board_of(goal=goal_of()), None, COMPANY, NOW, DARK, None, many(count))[1:]
    names = [getattr(one, "data-scene") for one in found]
    assert names == ["score", *["teams", "teams-2", "teams-3"][:drawn]]
    assert all(len(rows) <= ROWS for rows in chunks(many(count)))


def test_the_second_word_stands_beside_the_sentence() -> None:
    board = board_of(goal=goal_of())
    with_teams = texts(scenes(ES, board, None, COMPANY, NOW, DARK, None, everybody())[1])
    assert "a la defensiva" in with_teams
    for silent in (None, nobody()):
        assert "defensiva" not in texts(scenes(ES, board, None, COMPANY, NOW, DARK, None, silent))
