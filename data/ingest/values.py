"""Cells to values: blanks, numbers, whole numbers on a scale. Every rule is an expression over whole columns."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl


def spellings(codes: Sequence[str | int | float]) -> list[str]:
    """Return how the codes for "no answer" may stand in a cell: 11 also as 11.0."""
    texts: list[str] = []
    for code in codes:
        texts.append(str(code))
        if isinstance(code, int | float) and float(code).is_integer():
            texts += [str(int(code)), f"{int(code)}.0"]
    return list(dict.fromkeys(texts))


def text(column: str, no_answer: Sequence[str | int | float] = ()) -> pl.Expr:
    """Return the trimmed text of a column; blanks and codes for "no answer" are null."""
    trimmed = pl.col(column).str.strip_chars()
    return pl.when(~trimmed.is_in(["", *spellings(no_answer)])).then(trimmed)


def number(column: str, no_answer: Sequence[str | int | float] = (), decimal: str = ".") -> pl.Expr:
    """Return the number (Float64) in a column, null when blank or unreadable; never NaN or infinite."""
    cell = text(column, no_answer)
    if decimal == ",":
        cell = cell.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
    value = cell.cast(pl.Float64, strict=False)
    return pl.when(value.is_finite()).then(value)


def whole(column: str, no_answer: Sequence[str | int | float] = (), decimal: str = ".") -> pl.Expr:
    """Return the whole number (Int64) in a column; 9.0 is 9, 9.5 is null."""
    value = number(column, no_answer, decimal)
    return pl.when(value == value.round()).then(value).cast(pl.Int64, strict=False)
