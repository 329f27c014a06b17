"""The debt of expectations: what was promised and has not come, weighed by who waits, for how much and how long.

A made-up index of this product: it orders what is open, it never predicts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from dashboard.satisfaction import ASSUMED_LOSS_RATIO

DOUBLING_DAYS = 30.0


@dataclass(frozen=True, slots=True)
class Debt:
    """What is owed.

    Attributes
    ----------
    commitments : DataFrame
        The commitments with `weight`, `debt` (Float64; 0 when not open, null when no expectation is known at all) and
        `is_assumed` (its expectation is the median of the others) added.
    total : float
        Expectation points; 0 when nothing is open.
    overdue_share : float or None
        Share of the total that is overdue, 0..1; None when nothing is owed.
    """

    commitments: pl.DataFrame
    total: float
    overdue_share: float | None


def expectation_debt(
    commitments: pl.DataFrame,
    as_of: date,
    loss_ratio: float = ASSUMED_LOSS_RATIO,
    doubling_days: float = DOUBLING_DAYS,
) -> Debt:
    """Return what is owed by open commitments.

    Parameters
    ----------
    commitments : DataFrame
        `expected` (0..10, null = unknown), `recipients` (integer), `made`, `due` (Date) and `is_open` (Boolean).
    as_of : date
    loss_ratio : float
        How many times falling short costs what exceeding earns (`Asymmetry.used`).
    doubling_days : float
        Days overdue after which a commitment weighs twice what it did when it fell due.
    """
    age, promised, overdue = (
        days.dt.total_days()
        for days in (pl.lit(as_of) - pl.col("made"), pl.col("due") - pl.col("made"), pl.lit(as_of) - pl.col("due"))
    )
    weight = (
        pl.when(~pl.col("is_open"))
        .then(0.0)
        .when(overdue > 0)
        .then(loss_ratio * (1 + overdue / doubling_days))
        .otherwise((age / promised.clip(lower_bound=1)).clip(0, 1))
    )
    expected = pl.col("expected").cast(pl.Float64)
    owed = commitments.with_columns(weight=weight, is_assumed=expected.is_null()).with_columns(
        debt=pl.when(pl.col("is_open"))
        .then(expected.fill_null(expected.median()) * pl.col("recipients") * pl.col("weight"))
        .otherwise(0.0)
    )
    total = float(owed["debt"].sum())
    late = float(owed.filter(pl.col("due") < as_of)["debt"].sum())
    return Debt(owed, total, late / total if total > 0 else None)
