"""The charts of the journey can be drawn, and name only what is worth a name."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import replace
from datetime import date

import plotly.graph_objects as go
import polars as pl
import pytest

from dashboard.teams import Mark
from layouts.figures.base import EMPTY
from layouts.figures.journey import priorities, timeline, trend
from tests.boards import EN, ES, weeks_of
from tests.journeys import cell, journey_of
from tests.layouts.test_journey_cell import TREND


@pytest.mark.parametrize("t", [ES, EN])
def test_where_to_act_first_is_a_figure(t: object) -> None:
    figure = priorities(t, journey_of([cell()]))  # type: ignore[arg-type]  # Words
    go.Figure(figure)
    assert figure["data"][0]["text"] == ["<b>Esperar</b>"]
    assert figure["data"][0]["y"] == [2.0], "it stays two points behind what was expected"


def test_without_weights_nothing_is_drawn() -> None:
    found = journey_of([cell()])
    moments = (replace(found.moments[0], share=None),)
    assert priorities(ES, replace(found, moments=moments)) == EMPTY


def test_the_weeks_can_be_brushed() -> None:
    figure = timeline(ES, weeks_of((1, 2, 3)))
    go.Figure(figure)
    assert figure["layout"]["dragmode"] == "select"
    assert len(figure["data"][0]["x"]) == 20
    assert timeline(ES, weeks_of((1, 2, 3)).clear()) == EMPTY


def test_the_trend_has_its_margin_and_its_marks() -> None:
    drawn = b64decode(trend(TREND, [Mark(1, date(2026, 10, 1), "x", "")]).partition(",")[2]).decode()
    assert drawn.count("<polygon") == drawn.count("<polyline") == 1
    assert drawn.count("<line") == 1
    assert (
        "nan" not in b64decode(trend(TREND.with_columns(low=pl.lit(None, pl.Float64)), []).partition(",")[2]).decode()
    )
