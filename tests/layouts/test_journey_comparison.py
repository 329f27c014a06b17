"""A against B in words, shapes and numbers, in every state of a cell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from dashboard.journey import Journey, Opened
from dashboard.journey_cells import Measure
from dashboard.journey_comparison import COMPARED, Comparison, Side, Versus
from dashboard.moments import Kept
from dashboard.periods import Period
from layouts.journey_cell import HEADING, drawer
from layouts.journey_comparison import against, behind, difference, sides
from layouts.journey_grid import grid, head
from layouts.words import MINUS, Words
from tests.boards import EN, ES, NASTY
from tests.journeys import cell, journey_of
from tests.trees import ids, texts

NOW, THEN = Period(date(2026, 8, 17), date(2026, 11, 15)), Period(date(2026, 5, 18), date(2026, 8, 16))
FULL: dict[str, Any] = {
    **dict.fromkeys(COMPARED),
    **{"moment": "Esperar", "row": "industrial", "is_hidden": False, "n": 212, "n_other": 180},
    **{"value": 12.0, "value_other": -3.0, "change": 15.0, "error": 4.0, "low": 7.2, "high": 22.8},
    **{"shrunk": 12.0, "shrunk_sd": 4.0, "verdict": "real"},
}
THIN = dict.fromkeys(("value", "value_other", "change", "error", "low", "high", "shrunk", "shrunk_sd", "verdict"))
SEGMENTS = (("industrial", "industrial"), ("comercio", "comercio"))
SPREAD = ((40, 0, 0, 2, 0, 3, 4, 50, 50, 60, 3), (90, 0, 0, 2, 0, 3, 4, 50, 20, 8, 3))
OPENED = Opened(SPREAD[0], pl.DataFrame(), (), None, (), Kept("Esperar"), {}, (), (), spread_other=SPREAD[1])


def compared(versus: Versus = Versus.VALUE, **more: Any) -> Journey:
    """Return a journey of one cell that is compared: two segments by team, or two periods."""
    row = FULL | more
    cells = pl.DataFrame([row], schema=COMPARED)
    is_value = versus is Versus.VALUE
    ends = [Side(key, name, NOW) for key, name in SEGMENTS] if is_value else [Side("", "", NOW), Side("", "", THEN)]
    choices = SEGMENTS if is_value else ()
    dimension = "segment" if is_value else ""
    one = Comparison(versus, dimension, ends[0], ends[1], choices, (("industrial", "industrial"),), cells, row)
    return replace(journey_of([cell()]), pivot="team", comparison=one)


def of(found: Journey) -> Comparison:
    assert found.comparison is not None
    return found.comparison


def opened(found: Journey, what: Opened = OPENED, t: Words = ES) -> str:
    return texts(drawer(t, found, found.moments[0], found.rows[0], what, {}))


@pytest.mark.parametrize(
    ("versus", "told", "mark"),
    [
        (Versus.VALUE, "industrial frente a comercio", "◆"),
        (Versus.PERIOD, "17 ago – 15 nov frente a 18 may – 16 ago", "▲"),
    ],
)
def test_heading_legend_map_and_table_say_a_against_b(versus: Versus, told: str, mark: str) -> None:
    found = compared(versus)
    assert against(ES, of(found)) == told
    title = texts(head(ES, found))
    assert told in title
    assert mark in title
    map_ = texts(grid(ES, found, None))
    assert "+15" in map_
    assert "±8" in map_
    assert mark in map_
    table = texts(behind(ES, found))
    assert told in table
    for part in ("212", "180", "+12", f"{MINUS}3", "diferencia real"):
        assert part in table, part


def test_a_value_is_no_change_in_time_and_has_no_arrow() -> None:
    words = texts(grid(ES, compared(), None))
    assert "▲" not in words
    assert "▼" not in words
    assert "▼" in texts(grid(ES, compared(Versus.YEAR, change=-15.0), None))


@pytest.mark.parametrize("verdict", ["possible", "noise", "insufficient"])
def test_what_may_be_chance_has_no_mark(verdict: str) -> None:
    words = texts(grid(ES, compared(verdict=verdict), None))
    assert "+15" in words
    assert "◆" not in words


@pytest.mark.parametrize(
    ("more", "shown"),
    [
        (THIN | {"n": 7}, "pocas respuestas"),
        (THIN | {"n_other": 0}, "—"),
        (THIN | {"n": None, "n_other": None, "is_hidden": True}, "pocas respuestas"),
    ],
)
def test_too_few_on_either_side_show_no_number_of_either(more: dict[str, Any], shown: str) -> None:
    found = compared(**more)
    for words in (texts(grid(ES, found, None)), texts(behind(ES, found)), opened(found)):
        assert "+12" not in words
        assert "+15" not in words
    assert shown in texts(grid(ES, found, None))


def test_what_is_hidden_tells_no_count() -> None:
    found = compared(**THIN | {"n": None, "n_other": None, "is_hidden": True})
    assert "Reservado" in opened(found)
    assert "180" not in opened(found)


@pytest.mark.parametrize("t", [ES, EN])
@pytest.mark.parametrize("measure", list(Measure))
@pytest.mark.parametrize("versus", [Versus.VALUE, Versus.YEAR])
def test_every_measure_is_compared_in_words(t: Words, measure: Measure, versus: Versus) -> None:
    found = replace(
        compared(versus, value=7.0, value_other=6.0, change=1.0, error=0.2, low=0.6, high=1.4), measure=measure
    )
    assert texts(head(t, found))
    assert texts(grid(t, found, None))
    assert opened(found, t=t)
    assert difference(t, measure, None) == t("common.none")


def test_a_cell_opened_has_both_sides_beside_each_other_and_the_arithmetic() -> None:
    words = opened(compared())
    for part in ("industrial", "comercio", "212 respuestas", "180 respuestas", "diferencia real"):
        assert part in words, part
    assert "0: 19" in words, "40 of 212 answered nought"
    assert "50" in words, "90 of 180 did so there"
    assert "¿De dónde sale?" in words
    assert "(63 − 49) ÷ 212" in words
    assert "(11 − 99) ÷ 180" in words
    assert "12,0 − (−3,0) = 15,0" in words.replace(MINUS, "−")
    assert "±7,8" in words
    assert "Lo que sigue es de industrial" in words


def test_a_drawer_without_the_answers_of_both_shows_the_spread_of_neither() -> None:
    assert "0: 19" not in opened(compared(), replace(OPENED, spread=(), spread_other=()))


def test_the_drawer_keeps_its_title_to_go_to() -> None:
    found = compared()
    assert HEADING in ids(drawer(ES, found, found.moments[0], found.rows[0], OPENED, {}))


def test_choices_are_two_values_or_two_days_or_none() -> None:
    assert [one["data-mc-key"] for one in (part.to_plotly_json()["props"] for part in sides(ES, of(compared())))] == [
        "a",
        "b",
    ]
    dates = str(sides(ES, of(compared(Versus.PERIOD))))
    assert "2026-05-18" in dates
    assert sides(ES, of(compared(Versus.YEAR))) == []
    assert sides(ES, None) == []


def test_a_comparison_without_common_answers_says_so() -> None:
    assert "ningún momento" in texts(head(ES, compared(**THIN | {"n_other": 0})))


def test_periods_that_share_days_are_told() -> None:
    found = compared(Versus.PERIOD)
    shared = replace(of(found), b=Side("", "", Period(date(2026, 8, 3), date(2026, 11, 1))))
    assert "comparten días" in texts(head(ES, replace(found, comparison=shared)))
    assert "comparten días" not in texts(head(ES, found))


def test_what_people_named_stays_what_it_is() -> None:
    found = compared()
    nasty = replace(of(found), a=Side(NASTY, NASTY, NOW))
    assert NASTY in texts(head(ES, replace(found, comparison=nasty)))
