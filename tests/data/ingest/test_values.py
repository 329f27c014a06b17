"""Cells to values: nothing is guessed, nothing becomes NaN."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.ingest.values import number, spellings, text, trimmed, whole


def value(expression: pl.Expr, cell: str) -> object:
    return trimmed(pl.DataFrame({"x": [cell]}), ["x"]).select(expression).collect().item()


@pytest.mark.parametrize(
    ("cell", "point", "comma"),
    [
        ("9", 9.0, 9.0),
        (" 9 ", 9.0, 9.0),
        ("9.5", 9.5, None),
        ("9,5", None, 9.5),
        ("0.5", 0.5, None),
        ("1.234", 1.234, 1234.0),
        ("1.234,5", None, 1234.5),
        ("1,234.5", None, None),
        ("-1", -1.0, -1.0),
        ("1e3", 1000.0, None),
        ("", None, None),
        ("NaN", None, None),
        ("inf", None, None),
        ("-Infinity", None, None),
        ("nine", None, None),
        ("7 - perhaps", None, None),
    ],
)
def test_a_number_is_read_as_its_decimal_mark_says(cell: str, point: float | None, comma: float | None) -> None:
    assert value(number("x"), cell) == point
    assert value(number("x", (), ","), cell) == comma


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("9", 9), ("9.0", 9), ("9.5", None), ("1e30", None), ("100000", 100000), ("-0", 0), ("", None)],
)
def test_a_whole_number_has_nothing_after_the_point(cell: str, expected: int | None) -> None:
    assert value(whole("x"), cell) == expected


@pytest.mark.parametrize("cell", ["11", "11.0", " 11 ", "N/I", "", "  "])
def test_codes_and_blanks_are_no_answer(cell: str) -> None:
    assert value(text("x", [11, "N/I"]), cell) is None


def test_codes_are_spelled_as_spreadsheets_write_them() -> None:
    assert spellings([11, 5.0, "x", 10**400])[:4] == ["11", "11.0", "5.0", "5"]


@given(st.integers(-(10**9), 10**9), st.booleans())
def test_every_written_integer_is_read_back(integer: int, with_point: bool) -> None:
    assert value(whole("x"), f"{integer}.0" if with_point else str(integer)) == integer


@given(st.text(max_size=12))
def test_any_text_is_a_finite_number_or_none(cell: str) -> None:
    for decimal in (".", ","):
        found = value(number("x", (), decimal), cell)
        assert found is None or abs(float(str(found))) < float("inf")
