"""Colours that say no more than is known."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.palette import LEAST_CONTRAST, contrast, luminance, text_colour, with_classes

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")


@pytest.mark.parametrize(("one", "other", "expected"), [("#000000", "#FFFFFF", 21), ("#123456", "#123456", 1)])
def test_contrast_goes_from_one_to_twenty_one(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == pytest.approx(expected)
    assert contrast(other, one) == contrast(one, other)


@given(COLOURS)
def test_text_can_be_read_on_any_colour(colour: str) -> None:
    assert 0 <= luminance(colour) <= 1
    assert contrast(text_colour(colour), colour) >= 4.3


@pytest.mark.parametrize("colour", ["#0072B2", "#D55E00", "#F7F7F7", "#999999"])
def test_text_on_the_colours_of_the_house_has_the_contrast_it_needs(colour: str) -> None:
    assert contrast(text_colour(colour), colour) >= LEAST_CONTRAST


def test_the_less_certain_the_fewer_colours() -> None:
    cells = pl.DataFrame({"value": [60.0] * 5, "sd": [0.0, 4.0, 8.0, 12.0, 99.0]})
    found = with_classes(cells)
    assert found["classes"].to_list() == [8, 4, 2, 1, 1]
    assert found["place"].to_list() == [7, 3, 1, 0, 0]
    assert found["centre"].to_list() == [0.9375, 0.875, 0.75, 0.5, 0.5]


def test_without_a_value_or_its_deviation_there_is_no_colour() -> None:
    cells = pl.DataFrame({"value": [None, 5.0, float("nan")], "sd": [1.0, None, 1.0]})
    assert with_classes(cells).select("level", "classes", "place", "centre").null_count().row(0) == (3,) * 4


@given(st.floats(-1e6, 1e6), st.floats(0, 100))
def test_a_value_and_its_opposite_have_opposite_colours_or_touch_the_middle(value: float, sd: float) -> None:
    found = with_classes(pl.DataFrame({"value": [value, -value], "sd": [sd, sd]}))
    classes = found["classes"][0]
    assert found["centre"].is_between(0, 1).all()
    assert abs(found["place"].sum() - (classes - 1)) <= 1
