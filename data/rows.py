"""Which rows and cells of the published tables a question is about."""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from dashboard.filters import Filters


def of_customers(filters: Filters) -> Filters:
    """Return the filters with external customers only, unless they say which audience."""
    return filters if filters.values("audience") else filters.with_values("audience", ("external",))


def near(rows: pl.LazyFrame, filters: Filters) -> pl.LazyFrame:
    """Return the rows of the partitions that the period touches, so that others are never read."""
    if filters.since is not None:
        first = filters.since - timedelta(days=filters.since.weekday())
        rows = rows.filter(pl.col("month") >= first.strftime("%Y-%m"))
    if filters.until is not None:
        rows = rows.filter(pl.col("month") <= filters.until.strftime("%Y-%m"))
    return rows
