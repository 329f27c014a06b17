"""Numbers of the journey as its cells print them, and how strongly they are coloured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.journey_cells import Measure
from layouts.words import Words

MOST_DIFFERENT = {Measure.NPS: 50.0, Measure.MEAN: 3.0, Measure.TOP: 3.0, Measure.GAP: 3.0, Measure.ANSWERS: 1.0}
"""Differences beyond take the end colours, in units of the measure."""

MOST_DOUBT = {Measure.NPS: 16.0, Measure.MEAN: 1.6, Measure.TOP: 1.6, Measure.GAP: 1.6, Measure.ANSWERS: 1.0}
"""From this standard deviation on a colour says nothing."""


def pivot_name(t: Words, pivot: str) -> str:
    """Return what the rows are called."""
    return t("dimension.attribute") if pivot == "attribute" else t(f"dimension.{pivot}")


def number(t: Words, measure: Measure, value: float | None, *, signed: bool = True) -> str:
    """Return a value of a measure as its cell prints it."""
    if value is None:
        return t("common.none")
    if measure is Measure.ANSWERS:
        return t.count(round(value))
    if measure is Measure.TOP:
        return t.share(value / 10)
    if measure is Measure.NPS:
        return t.points(value, signed=signed)
    return t.points(value, 1, signed=measure is Measure.GAP)


def margin(t: Words, measure: Measure, cell: Mapping[str, Any]) -> str:
    """Return between what a value lies."""
    low, high = (number(t, measure, cell[end], signed=False) for end in ("low", "high"))
    return t("score.between", low=low, high=high)
