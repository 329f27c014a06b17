"""How long what was promised takes to come, counting what has not come yet.

Deliveries and cancellations compete (Aalen & Johansen 1978, Scand. J. Stat. 5:141); what is open today is only known to
have waited so far. Without cancellations this is Kaplan & Meier 1958. Taking only what was delivered would flatter us.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from dashboard.nps import critical

NEAR = 1e-8
"""Shares so near are the same."""


class Ending(StrEnum):
    """How a wait ended; null = still open."""

    DELIVERED = "delivered"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Waiting:
    """How what was promised leaves the state of being open.

    Attributes
    ----------
    n, delivered, cancelled : int
    curve : DataFrame
        One row per day on which something was last seen, ascending: `days` (Float64), `waiting`, `delivered`,
        `cancelled` (Int64), and after that day the shares (Float64, 0..1) `open`, its standard `error`, `low`, `high`
        (log-log interval), `share_delivered` and `share_cancelled`. The interval is null while nothing has ended, and
        with the error when nothing is left.
    """

    n: int
    delivered: int
    cancelled: int
    curve: pl.DataFrame

    def at(self, days: Sequence[float]) -> pl.DataFrame:
        """Return the shares of the curve after each of `days`, in that order; beyond its end they stay as they are."""
        asked = pl.DataFrame({"days": days}, schema={"days": pl.Float64}).with_row_index("place")
        shares = self.curve.select("days", "open", "error", "low", "high", "share_delivered", "share_cancelled")
        before = {"open": 1.0, "error": 0.0, "share_delivered": 0.0, "share_cancelled": 0.0}
        is_before = pl.col("days") < self.curve["days"].min() if self.n else pl.lit(False)
        return (
            asked.sort("days")
            .join_asof(shares, on="days", strategy="backward")
            .sort("place")
            .drop("place")
            .with_columns(pl.when(is_before).then(value).otherwise(name).alias(name) for name, value in before.items())
        )

    @property
    def median(self) -> float | None:
        """Return the days within which half is delivered; the middle of the days on which it is exactly half.

        None when no more than half ever is.
        """
        share = pl.col("share_delivered")
        middle = self.curve.select(
            (pl.col("days").filter(share > 0.5 + NEAR).min() + pl.col("days").filter(share >= 0.5 - NEAR).min()) / 2
        )
        return None if middle.item() is None else float(middle.item())

    def mean_until(self, days: float) -> float | None:
        """Return the mean days open within the first `days`; None without commitments."""
        if not self.n:
            return None
        steps = self.curve.filter(pl.col("days") < days)
        starts = [0.0, *steps["days"]]
        pieces = zip(starts, [*starts[1:], days], [1.0, *steps["open"]], strict=True)
        return float(sum(share * (end - start) for start, end, share in pieces))


def waiting(commitments: pl.DataFrame, confidence: float = 0.95) -> Waiting:
    """Return how long commitments stay open.

    Parameters
    ----------
    commitments : DataFrame
        `days` (number ≥ 0, from promise to ending, or to today while open), `ending` (String, see `Ending`) and perhaps
        `times` (Int64, how many there are of a row; else one). Commitments entered long after they were made are left
        out by the caller. None give an empty curve.
    """
    if "times" not in commitments.columns:
        commitments = commitments.with_columns(times=pl.lit(1, dtype=pl.Int64))
    times = pl.col("times")
    is_delivered, is_cancelled = (pl.col("ending").eq_missing(ending.value) for ending in Ending)
    curve = (
        commitments.group_by(pl.col("days").cast(pl.Float64))
        .agg(
            seen=times.sum(),
            delivered=times.filter(is_delivered).sum(),
            cancelled=times.filter(is_cancelled).sum(),
        )
        .sort("days")
        .with_columns(waiting=pl.col("seen").cum_sum(reverse=True))
    )
    left, ended = pl.col("waiting"), pl.col("delivered") + pl.col("cancelled")
    still = pl.col("open").shift(1, fill_value=1.0)
    # Greenwood's sum stops where nothing is left: there the share is exactly zero and has no error
    curve = (
        curve.with_columns(open=(1 - ended / left).cum_prod())
        .with_columns(
            error=pl.when(pl.col("open") > 0).then(
                pl.col("open") * pl.when(ended < left).then(ended / (left * (left - ended))).cum_sum().sqrt()
            ),
            share_delivered=(still * pl.col("delivered") / left).cum_sum(),
            share_cancelled=(still * pl.col("cancelled") / left).cum_sum(),
        )
        .with_columns(_interval(critical(confidence)))
    )
    names = ("days", "waiting", "delivered", "cancelled", "open", "error", "low", "high")
    return Waiting(
        int(curve["seen"].sum()),
        int(curve["delivered"].sum()),
        int(curve["cancelled"].sum()),
        curve.select(*names, "share_delivered", "share_cancelled"),
    )


def _interval(quantile: float) -> list[pl.Expr]:
    """Return the log-log interval of the share still open, where some but not all has ended."""
    share = pl.when((pl.col("open") > 0) & (pl.col("open") < 1)).then(pl.col("open"))
    reach = quantile * pl.col("error") / (share * share.log())
    return [(share ** (sign * reach).exp()).alias(name) for name, sign in (("low", -1), ("high", 1))]
