"""Journeys for tests, made of a few cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl

from dashboard.importance import Importance, Weighing
from dashboard.journey import Journey, Lack, Moment
from dashboard.journey_cells import CELLS, Measure
from dashboard.periods import Period

WEIGHED = {"share": pl.Float64, "low": pl.Float64, "high": pl.Float64, "sign": pl.Int8}


def cell(**more: Any) -> dict[str, Any]:
    """Return one row of `CELLS`."""
    blank = dict.fromkeys(CELLS) | {"moment": "Esperar", "row": "industrial", "is_hidden": False, "shrunk_sd": 3.0}
    value = more.get("value", 12.0)
    return blank | {"value": value, "shrunk": value, "low": value - 9, "high": value + 9, "n": 40} | more


def journey_of(cells: Sequence[dict[str, Any]], moment: str = "Esperar", row: str = "industrial") -> Journey:
    """Return a journey of one moment and row that hurts, weighs all and is nobody's."""
    whole = Moment(moment, moment, 40, 1.0, 0.9, 1.0, 8.0, 5.0, -2.0, 1.0, 0.9, (row, 1.0), (row, 9.0))
    lonely = replace(whole, lacks=(Lack.OWNER, Lack.INDICATOR))
    weights = pl.DataFrame(
        {"moment": [moment], "share": [1.0], "low": [0.9], "high": [1.0], "sign": [1]},
        schema={"moment": pl.String} | WEIGHED,
    )
    return Journey(
        Measure.NPS,
        "segment",
        Period(date(2026, 8, 17), date(2026, 11, 15)),
        Period(date(2026, 5, 18), date(2026, 8, 16)),
        (lonely,),
        ((row, row),),
        pl.DataFrame(list(cells), schema=CELLS),
        30.0,
        Importance(Weighing.WEIGHED, 900, 100, 0.5, weights, (), None),
        0.01,
    )
