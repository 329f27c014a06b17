"""The page of the teams in every state: what is said is said with its week, its target and its evidence."""

from __future__ import annotations

import pytest

from dashboard.indicators import Posture, Week
from dashboard.scoreboard import Scoreboard
from layouts.teams import (
    SHAPES,
    Ids,
    against,
    forecast_words,
    grid,
    number,
    overview,
    page,
    profile_title,
    profile_words,
    second_word,
    subtitle,
    team_page,
)
from layouts.words import Words
from tests.boards import EN, ES, NASTY, board_of, goal_of
from tests.trees import assert_only_text, classes, ids, of_type, texts
from tests.watching import PACKED, everybody, nobody, watched


def test_every_place_of_the_page_is_there_once() -> None:
    found = ids(page(ES, "x"))
    assert len(found) == len(set(found))
    assert {Ids.FILTERS, Ids.LIST, Ids.PROFILE, Ids.TEST, Ids.REPORT, Ids.SAID} <= set(found)


@pytest.mark.parametrize("t", [ES, EN])
def test_every_state_is_told_without_holes(t: Words) -> None:
    told = texts(overview(t, everybody()))
    assert "{" not in told.replace(NASTY, "")
    assert "None" not in told
    assert_only_text(overview(t, everybody()), NASTY)


def test_a_row_says_value_target_weeks_met_and_evidence() -> None:
    told = texts(overview(ES, everybody()))
    for part in ("El almacén", "Pedidos completos", "▲", "anticipa el NPS", "cumple 4 de 6", "Ver la prueba"):
        assert part in told, part


def test_the_last_closed_week_stands_beside_its_target() -> None:
    assert texts(number(ES, watched((96,)).course)).replace("\u202f", " ") == "▲ 96 %   / 95 %"
    assert "sin dato" in texts(number(ES, watched((96, None)).course))


@pytest.mark.parametrize(
    ("value", "target", "unit", "shown"),
    [
        (94.6, 95, "%", "94,6"),
        (94.97, 95, "%", "94,97"),
        (95, 95, "%", "95"),
        (88, 95, "%", "88"),
        (5.04, 5, "d", "5,04"),
    ],
)
def test_a_number_never_looks_like_its_target_without_being_it(
    value: float, target: float, unit: str, shown: str
) -> None:
    assert against(ES, value, target, unit).partition("\u202f")[0] == shown


def test_a_week_not_reported_is_never_zero() -> None:
    found = watched((None, None))
    told = texts(overview(ES, everybody().only(["Posventa"])))
    assert "sin dato" in told
    assert "0 %" not in texts(number(ES, found.course))


def test_two_missed_weeks_say_what_may_be_coming() -> None:
    assert "Aviso: que falten piezas" in texts(overview(ES, everybody().only(["Ventas"])))
    assert "Aviso" not in texts(overview(ES, everybody().only(["Almacén"])))


def test_before_there_is_any_indicator_the_page_says_what_to_do() -> None:
    told = overview(ES, nobody())
    assert "Ningún equipo sigue todavía" in texts(told)
    assert [link.href for link in of_type(told, "Link")] == ["/settings"]


def test_the_second_word_is_said_with_what_it_counts() -> None:
    told = texts(overview(ES, everybody()))
    assert "a la defensiva :  1 de 4 indicadores cumplen" in told
    assert second_word(EN, Posture.ATTACK) == "on the attack"
    assert second_word(ES, None) == ""


def test_teams_together_are_told_below() -> None:
    assert "Salidas, en 6 equipos a la vez" in texts(overview(ES, everybody()))


@pytest.mark.parametrize("board", [board_of(goal=goal_of()), board_of()])
def test_a_teams_page_has_the_goal_on_top_and_its_own_indicators_alone(board: Scoreboard) -> None:
    found = everybody()
    told = texts(team_page(ES, found.teams[0], found, board))
    assert ("Objetivo: NPS de 32 a 45" in told) is (board.goal is not None)
    for part in (
        "que falten piezas",
        "quien recibe todo, recomienda",
        "Comprobar y Recibir",
        "martes",
        "la ficha nueva",
    ):
        assert part in told, part
    assert "Turno de tarde" in told
    assert "cumple 4 de las últimas 13 semanas" in told
    assert "racha" not in told, "the last week was missed"
    assert "esta semana, de momento, 93" in told
    assert "Visitas" not in told


def test_the_grid_says_every_week_in_words_and_marks_corrections() -> None:
    cells = of_type(grid(ES, watched()), "Li")
    assert len(cells) == 13
    assert "corregido" in cells[7].title
    assert "cumple" in cells[7].title
    assert "sin dato" in cells[11].title
    assert "mc-week-missing" in classes(cells[11])
    assert len(set(SHAPES.values())) == len(Week)


def test_a_page_that_is_judging_says_so() -> None:
    assert "poniendo a prueba" in subtitle(ES, is_judging=True)
    assert "anticipa el marcador" in subtitle(ES, is_judging=False)


def test_the_evidence_of_a_young_indicator_says_how_far_it_is() -> None:
    young = everybody().by_id(4)
    told = texts(profile_words(ES, young))
    assert "15 semanas de 26" in told
    assert "faltan 11 semanas" in told
    (progress,) = of_type(profile_words(ES, young), "Progress")
    assert (progress.value, progress.max) == ("15", "26")
    assert "semanas bastantes" in texts(forecast_words(ES, young))


def test_no_indicator_is_no_evidence() -> None:
    assert profile_title(ES, None) == "¿Anticipa el marcador?"
    assert profile_title(ES, watched()) == f"{PACKED.name}: ¿anticipa el marcador?"
    assert "sin datos" in texts(profile_words(ES, None)).lower()
    assert texts(forecast_words(ES, None))
