"""The heat map in words, shapes and colours, in every state."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from dashboard.importance import Weighing
from dashboard.journey import Journey
from dashboard.journey_cells import CELLS, Measure
from dashboard.palette import contrast
from layouts.journey import moments, page, priorities_words
from layouts.journey_grid import grid, head, told_cell
from layouts.journey_numbers import number
from layouts.words import Words
from tests.boards import EN, ES, NASTY
from tests.journeys import cell, journey_of
from tests.trees import texts

SHEET = Path(__file__).resolve().parents[2] / "assets" / "35-journey.css"


def told(found: Journey, t: Words = ES) -> str:
    return texts(grid(t, found, None))


@pytest.mark.parametrize(
    ("one", "shown"),
    [
        (cell(value=-12.0, n=212), "\u221212"),
        (cell(value=24.0, n=212), "+24"),
        (cell(n=9), "pocas respuestas"),
        (cell(n=None, is_hidden=True), "pocas respuestas"),
        (cell(value=5.0, n=40, verdict="real", change=-20.0), "▼"),
        (cell(value=5.0, n=40, verdict="real", change=20.0), "▲"),
    ],
)
def test_a_cell_shows_its_number_or_that_it_is_thin(one: dict[str, Any], shown: str) -> None:
    assert shown in told(journey_of([one]))


@pytest.mark.parametrize("verdict", ["noise", "possible", None])
def test_arrows_are_for_real_changes_alone(verdict: str | None) -> None:
    words = told(journey_of([cell(value=5.0, n=40, verdict=verdict, change=-20.0)]))
    assert "▼" not in words
    assert "▲" not in words


@pytest.mark.parametrize("t", [ES, EN])
@pytest.mark.parametrize("measure", list(Measure))
def test_every_measure_can_be_said(t: Words, measure: Measure) -> None:
    found = replace(journey_of([cell(value=5.0, n=40)]), measure=measure)
    assert texts(head(t, found))
    assert told_cell(t, measure, found.cells.row(0, named=True))
    assert number(t, measure, None) == t("common.none")


def test_a_hidden_cell_says_no_number() -> None:
    assert not re.search(r"\d", told_cell(ES, Measure.NPS, cell(n=None, is_hidden=True)))


def test_a_journey_without_answers_says_what_to_do() -> None:
    nothing = replace(journey_of([]), cells=pl.DataFrame(schema=CELLS), rows=())
    assert "Importar respuestas" in told(nothing)


def test_what_people_named_stays_what_it_is() -> None:
    found = journey_of([cell(moment=NASTY, row=NASTY, n=40)], moment=NASTY, row=NASTY)
    assert NASTY in texts(grid(ES, found, (NASTY, NASTY)))
    assert texts(moments(ES, found)) is not None


@pytest.mark.parametrize("state", list(Weighing))
def test_what_weighs_is_told_in_every_state(state: Weighing) -> None:
    found = journey_of([cell(n=40)])
    assert texts(priorities_words(ES, replace(found, importance=replace(found.importance, state=state))))


def test_a_moment_that_hurts_alone_is_named() -> None:
    assert "sin responsable" in texts(moments(ES, journey_of([cell(n=40)])))


def test_every_colour_can_be_read() -> None:
    pairs = re.findall(r"mc-heat-\d-\d \{ background: (#\w{6}); color: (#\w{6})", SHEET.read_text(encoding="utf-8"))
    assert len(pairs) == 15
    assert min(contrast(background, text) for background, text in pairs) >= 4.5


def test_the_page_opens_with_what_the_address_chooses() -> None:
    told_page = str(page(ES, {"pivot": "team", "measure": "gap", "cell": "A", "of": "B"}, ("segment", "team")))
    for part in ("value='team'", "value='gap'", "{'moment': 'A', 'row': 'B'}"):
        assert part in told_page
    assert "value='segment'" in str(page(ES, {"pivot": "nonsense"}, ("segment", "team")))
