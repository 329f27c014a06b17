"""One vote per respondent, moment and ISO week: which rows count."""

from __future__ import annotations

import polars as pl

RESPONSE_KEY = ("source", "respondent", "moment", "week")
RATING_KEY = (*RESPONSE_KEY, "attribute", "measure_source")


def with_votes(rows: pl.DataFrame, key: tuple[str, ...]) -> pl.DataFrame:
    """Return the rows with `counts` set: of several answers of one person to the same thing in one week, the latest.

    Rows without a respondent always count. The latest is by `answered_at`, then by `response_id`, so that the order of
    rows does not matter; what one answer says twice stands or falls together.
    """
    if rows.is_empty():
        return rows
    rank = pl.struct("answered_at", "response_id").rank("min", descending=True).over(list(key))
    return rows.with_columns(counts=pl.col("respondent").is_null() | (rank == 1))
