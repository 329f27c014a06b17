"""The drawer in words, in every state of a cell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from dashboard.commitments import Commitment
from dashboard.journey import Opened
from dashboard.moments import BlindSpot, Duty, Kept
from dashboard.teams import Mark
from layouts.journey_cell import HEADING, closed, drawer
from layouts.words import Words
from tests.boards import EN, ES, NASTY, WEEK_OF, comment
from tests.journeys import cell, journey_of
from tests.trees import ids, texts

TREND = pl.DataFrame(
    {
        "week": [date(2026, 9, 7), WEEK_OF],
        "points": [40.0, -12.0],
        "low": [30.0, None],
        "high": [50.0, 1.0],
        "n": [90, 80],
    }
)
OPENED = Opened(
    (1, 0, 0, 2, 0, 3, 4, 5, 9, 6, 12),
    TREND,
    (Mark(1, date(2026, 10, 1), "Nueva ruta", ""),),
    -2.1,
    (comment("Nadie llama."),),
    Kept("Esperar", "Marta", date(2026, 11, 1), "Luis", date(2027, 1, 4)),
    {"Transporte": Duty.DIRECT, "Almacén": Duty.INDIRECT},
    (("Transporte", "Avisos a tiempo"),),
    (BlindSpot("Transporte", "Esperar", 8.0, 6.0),),
    commitments=(Commitment(7, "Transporte", "Franja de 2 h", date(2026, 10, 1)),),
)
NOTHING = Opened((), pl.DataFrame(), (), None, (), Kept("Esperar"), {}, (), ())


def told(one: dict[str, Any], opened: Opened = OPENED, t: Words = ES) -> str:
    found = journey_of([one])
    return texts(drawer(t, found, found.moments[0], found.rows[0], opened, {}))


@pytest.mark.parametrize("t", [ES, EN])
def test_a_cell_tells_number_words_and_who_looks_after_it(t: Words) -> None:
    words = told(cell(value=-12.0, n=212, verdict="real", change=-20.0), t=t)
    for part in ("\u221212", t.points(-2.1, 1, signed=True), "Nadie llama.", "Marta", "Luis", "Avisos a tiempo", "▼"):
        assert part in words, part
    for part in ("Nueva ruta", "Franja de 2 h", t("journey.propose")):
        assert part in words, part


def test_a_hidden_cell_tells_who_looks_after_it_and_no_number() -> None:
    words = told(cell(n=None, value=12.0, is_hidden=True))
    assert "Reservado" in words
    assert "Nadie llama." not in words
    assert "Marta" in words


def test_a_thin_cell_says_that_it_is_thin() -> None:
    words = told(cell(n=7, value=80.0), replace(NOTHING))
    assert "7 respuestas" in words
    assert "80" not in words


def test_what_nobody_looks_after_is_said() -> None:
    words = told(cell(), NOTHING)
    for part in ("nadie", "nunca", "Ningún indicador", "Ninguna mejora"):
        assert part in words, part


def test_what_people_wrote_stays_what_it_is() -> None:
    nasty = replace(OPENED, comments=(comment(NASTY),), kept=Kept(NASTY, NASTY))
    assert told(cell(), nasty).count(NASTY) >= 2


def test_the_drawer_always_has_a_title_to_go_to() -> None:
    assert HEADING in ids(closed(ES))
    found = journey_of([cell()])
    assert HEADING in ids(drawer(ES, found, found.moments[0], found.rows[0], NOTHING, {}))
