"""The desk's charts in every state: valid, of the small bundle, and honest."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import plotly.graph_objects as go
import pytest

from layouts.figures.base import BLUE, GREY, ORANGE
from layouts.figures.scoreboard import distribution, path, visible_trend
from tests.boards import EN, ES, NASTY, board_of, empty, every_board, goal_of
from tests.watching import MARK

CARTESIAN = {
    *("bar", "box", "contour", "heatmap", "histogram", "histogram2d", "histogram2dcontour", "image", "pie"),
    *("scatter", "scatterternary", "violin", "waterfall", "funnel", "ohlc", "candlestick", "quiver"),
}
"""Trace types that the cartesian bundle of plotly.js draws."""

BOARDS = dict(every_board())


def assert_drawable(figure: dict[str, Any]) -> None:
    """Fail unless plotly knows every attribute and our bundle every trace."""
    go.Figure(figure)
    assert {trace["type"] for trace in figure["data"]} <= CARTESIAN
    json.dumps(figure, allow_nan=False)
    assert "template" not in figure["layout"]


@pytest.mark.parametrize("name", BOARDS)
def test_the_path_is_drawable_in_every_state(name: str) -> None:
    for t in (ES, EN):
        assert_drawable(path(t, BOARDS[name]))


def test_marks_of_the_company_are_dated_lines() -> None:
    own = replace(MARK, team="Ventas", name="De un equipo")
    old = replace(MARK, day=date(2020, 1, 1))
    figure = path(ES, board_of(goal=goal_of()), (old, own, MARK))
    assert_drawable(figure)
    assert [line["x0"] for line in figure["layout"]["shapes"]] == [MARK.day.isoformat()]
    assert [words["text"] for words in figure["layout"]["annotations"]] == [MARK.name]
    assert "<" not in path(ES, board_of(), (replace(MARK, name=NASTY),))["layout"]["annotations"][0]["text"]


def test_the_path_shows_score_margin_and_goal() -> None:
    figure = path(ES, board_of(goal=goal_of()))
    names = [trace.get("name") for trace in figure["data"]]
    assert {"NPS", "margen de error", "objetivo"} <= set(names)
    assert figure["data"][-1]["y"] == [32, 45]


def test_the_path_of_nobody_draws_no_axis() -> None:
    figure = path(ES, empty())
    assert figure["layout"]["xaxis"]["visible"] is False
    assert figure["layout"]["yaxis"]["visible"] is False


def test_hovering_says_the_answers_beside_the_number() -> None:
    line = next(trace for trace in path(ES, board_of())["data"] if trace.get("name") == "NPS")
    assert all("respuestas" in text and "entre" in text for text in line["text"])


def test_the_fan_stays_within_the_scale() -> None:
    for name, board in BOARDS.items():
        for trace in path(ES, board)["data"]:
            assert all(-100 <= value <= 100 for value in trace["y"] if value is not None), name


def test_weeks_without_answers_are_not_drawn() -> None:
    assert visible_trend(empty()).is_empty()
    assert visible_trend(board_of()).height == 20


def test_months_carry_their_year_once() -> None:
    marks = path(ES, board_of(weeks=60))["layout"]["xaxis"]["ticktext"]
    assert [mark for mark in marks if "<br>" in mark] in (["ene<br>2026"], [])
    assert len(marks) <= 8


@pytest.mark.parametrize("scores", [(0,) * 11, (1, *(0,) * 10), (3, 0, 1, 2, 4, 5, 9, 20, 30, 41, 60)])
def test_the_bars_are_drawable(scores: tuple[int, ...]) -> None:
    for t in (ES, EN):
        assert_drawable(distribution(t, scores))


def test_the_bars_are_coloured_by_group_and_named_when_touched() -> None:
    bar = distribution(ES, (3, 0, 1, 2, 4, 5, 9, 20, 30, 41, 60))["data"][0]
    assert bar["marker"]["color"] == [ORANGE] * 7 + [GREY] * 2 + [BLUE] * 2
    assert bar["text"][0].startswith("Nota 0: 3 respuestas (")
    assert isinstance(bar["customdata"], list), "numbers in arrays would vanish from click data"
