"""Commitments kept on time, of those already due.

Only what was due by today counts: the share of what is closed forgets what is still open and says 77 % where 70 % is
true. Interval: Wilson 1927.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from dashboard.nps import critical


def punctuality(
    commitments: pl.DataFrame,
    as_of: date,
    grace_days: int = 0,
    by: Sequence[str] = (),
    confidence: float = 0.95,
) -> pl.DataFrame:
    """Return how many commitments were kept on time.

    Parameters
    ----------
    commitments : DataFrame
        `due`, `delivered`, `cancelled` (Date; null = not yet, not at all) and `cancelled_by` (String, us | client), and
        the columns of `by`. What the client cancelled is left out; what we cancelled is broken. What happens after
        `as_of` has not happened.
    by : sequence of str
        One row for each of their values; without any, one row.

    Returns
    -------
    DataFrame
        The columns of `by`, then `total`, `due` (already), `kept`, `late`, `broken` (neither; Int64), `share` (kept of
        due, 0..1) with `low` and `high`, and `share_of_closed` (on time of delivered, due or not: only to compare with
        other tools); null where nothing is due or nothing was delivered.
    """
    limit = pl.col("due") + pl.duration(days=grace_days)
    delivered = pl.when(pl.col("delivered") <= as_of).then(pl.col("delivered"))
    is_cancelled = (pl.col("cancelled") <= as_of).fill_null(False)
    is_due, is_delivered = limit <= as_of, delivered.is_not_null() & ~is_cancelled
    is_in_time = is_delivered & (delivered <= limit)
    counts = {
        "total": pl.lit(True),
        "due": is_due,
        "kept": is_due & is_in_time,
        "late": is_due & is_delivered & ~is_in_time,
        "closed": is_delivered,
        "closed_in_time": is_in_time,
    }
    counted = commitments.filter(pl.col("cancelled_by").ne_missing("client")).select(
        *by, *(count.fill_null(False).alias(name) for name, count in counts.items())
    )
    sums = [pl.col(name).sum().cast(pl.Int64) for name in counts]
    kept = counted.group_by(by).agg(sums).sort(by) if by else counted.select(sums)
    low, high = wilson(pl.col("kept"), pl.col("due"), confidence)
    return kept.select(
        *by,
        "total",
        "due",
        "kept",
        "late",
        broken=pl.col("due") - pl.col("kept") - pl.col("late"),
        share=_share("kept", "due"),
        low=low,
        high=high,
        share_of_closed=_share("closed_in_time", "closed"),
    )


def _share(part: str, whole: str) -> pl.Expr:
    return pl.when(pl.col(whole) > 0).then(pl.col(part) / pl.col(whole))


def wilson(part: pl.Expr, whole: pl.Expr, confidence: float = 0.95) -> tuple[pl.Expr, pl.Expr]:
    """Return the interval of the share `part` of `whole` (counts), 0..1; null where `whole` is zero."""
    square = critical(confidence) ** 2
    share = part / whole
    centre = (share + square / (2 * whole)) / (1 + square / whole)
    half = (square * (share * (1 - share) / whole + square / (4 * whole**2))).sqrt() / (1 + square / whole)
    some = pl.when(whole > 0)
    return some.then((centre - half).clip(0, 1)), some.then((centre + half).clip(0, 1))


def with_lateness(commitments: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Return commitments (shaped as in `punctuality`) with `lateness` (Int64 days) added.

    From due to delivered (negative = early), or to `as_of` while open or cancelled; 0 while not yet due.
    """
    overdue = pl.max_horizontal(pl.lit(as_of) - pl.col("due"), pl.duration(days=0))
    return commitments.with_columns(
        lateness=pl.when(pl.col("delivered") <= as_of)
        .then(pl.col("delivered") - pl.col("due"))
        .otherwise(overdue)
        .dt.total_days()
    )
