"""Cells to values: blanks, numbers, whole numbers on a scale. Every rule is an expression over whole columns."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

Codes = Sequence[str | int | float]
"""What stands for "no answer"."""

CELL = "cell:"
"""Before the name of a file's column, so that one called `day` or `weight` is not taken for ours."""

WITH_COMMA = r"^[+-]?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?$"
"""A number with a decimal comma; points only between thousands, so that 0.5 is not read as 5."""


def spellings(codes: Codes) -> list[str]:
    """Return how the codes for "no answer" may stand in a cell: 11 also as 11.0."""
    texts: list[str] = []
    for code in codes:
        texts.append(str(code))
        if isinstance(code, int):
            texts.append(f"{code}.0")
        elif isinstance(code, float) and code.is_integer():
            texts.append(str(int(code)))
    return list(dict.fromkeys(texts))


def trimmed(cells: pl.DataFrame, columns: Sequence[str]) -> pl.LazyFrame:
    """Return a file's columns as the other expressions want them: under our names, trimmed, blanks null."""
    named = pl.DataFrame([cells[name].alias(CELL + name) for name in columns]).lazy()  # `*` is a name here
    cell = pl.all().str.strip_chars()
    return named.select(pl.when(cell != "").then(cell))


def text(column: str, no_answer: Codes = ()) -> pl.Expr:
    """Return the text of a column of `trimmed`; codes for "no answer" are null."""
    cell = pl.col(CELL + column)
    codes = spellings(no_answer)
    return pl.when(~cell.is_in(codes)).then(cell) if codes else cell


def number(column: str, no_answer: Codes = (), decimal: str = ".") -> pl.Expr:
    """Return the number (Float64) in a column, null when blank or unreadable; never NaN or infinite."""
    cell = text(column, no_answer)
    if decimal == ",":
        plain = cell.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
        cell = pl.when(cell.str.contains(WITH_COMMA)).then(plain)
    value = cell.cast(pl.Float64, strict=False)
    return pl.when(value.is_finite()).then(value)


def whole(column: str, no_answer: Codes = (), decimal: str = ".") -> pl.Expr:
    """Return the whole number (Int64) in a column; 9.0 is 9, 9.5 is null."""
    value = number(column, no_answer, decimal)
    return pl.when(value == value.round()).then(value).cast(pl.Int64, strict=False)
