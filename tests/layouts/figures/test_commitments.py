"""The charts of the commitments: shapes that can be told apart without colour, and figures that plotly accepts."""

from __future__ import annotations

from base64 import b64decode

import plotly.graph_objects as go
import polars as pl
import pytest

from dashboard.survival import waiting
from layouts.figures.commitments import dumbbell, waits
from tests.boards import ES


def svg(source: str) -> str:
    return b64decode(source.partition(",")[2]).decode()


@pytest.mark.parametrize(("sides", "circles"), [((8.0, 5.0), 2), ((8.0, None), 1), ((None, 5.0), 1), ((None, None), 0)])
def test_only_what_was_said_is_drawn(sides: tuple[float | None, float | None], circles: int) -> None:
    assert svg(dumbbell(*sides)).count("<circle") == circles


def test_an_estimate_is_hollow() -> None:
    assert svg(dumbbell(8, 5, is_estimate=True)).count('fill="none"') == 1
    assert svg(dumbbell(8, 5)).count('fill="none"') == 0


def test_waiting_is_a_step_line_per_team() -> None:
    rows = pl.DataFrame({"days": [1.0, 2.0, 3.0, 40.0], "ending": ["delivered", "delivered", None, None]})
    figure = waits(ES, [("Almacén", waiting(rows)), ("Ventas", waiting(rows))])
    go.Figure(figure)
    assert [line["name"] for line in figure["data"]] == ["Almacén", "Ventas"]
    assert len({line["line"]["dash"] for line in figure["data"]}) == 2
    assert figure["data"][0]["y"] == [0.0, 25.0, 50.0, 50.0, 50.0]
    assert figure["layout"]["xaxis"]["range"][1] < 40
    go.Figure(waits(ES, []))
