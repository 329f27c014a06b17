"""Reference cases of commitments: kept, waited for, lived against expected, and what breaking them costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from statistics import median
from typing import Any

import polars as pl

from dashboard.breaches import breaches, difference_of_changes
from dashboard.debt import expectation_debt as debt_of
from dashboard.punctuality import punctuality, with_lateness
from dashboard.reliability import reliability
from dashboard.satisfaction import asymmetry
from dashboard.survival import Ending, Waiting, waiting
from tests.adapters import adapter

Days = Sequence[int | None]
Numbers = Sequence[float | None]
ENDINGS = {0: None, 1: Ending.DELIVERED.value, 2: Ending.CANCELLED.value}


def waits(days: Numbers, status: Sequence[int]) -> Waiting:
    """Return the curve of commitments with status 0 open, 1 delivered, 2 cancelled."""
    rows = {"days": days, "ending": [ENDINGS[code] for code in status]}
    return waiting(pl.DataFrame(rows, schema={"days": pl.Float64, "ending": pl.String}))


def dates(days: Days) -> pl.Series:
    """Return dates that many days after an arbitrary one."""
    return pl.Series(days, dtype=pl.Int32).cast(pl.Date)


def day(number: int) -> date:
    """Return the date of a number of days."""
    return date(1970, 1, 1) + timedelta(days=number)


@adapter
def promise_km(days: Numbers, delivered: Sequence[int], at: Sequence[float]) -> Mapping[str, Any]:
    result = waits(days, delivered)
    shares = result.at(at)
    closed = [number for number, is_closed in zip(days, delivered, strict=True) if is_closed and number is not None]
    return {
        "n": result.n,
        "events": result.delivered,
        "surv": shares["open"].to_list(),
        "se": shares["error"].to_list(),
        "ci_low": shares["low"].to_list(),
        "ci_high": shares["high"].to_list(),
        "median": result.median,
        "rmst_at_last": result.mean_until(at[-1]),
        "naive_median_closed_only": median(closed) if closed else None,
    }


@adapter
def promise_cuminc(days: Numbers, status: Sequence[int], at: Sequence[float], codes: str = "") -> Mapping[str, Any]:
    del codes
    shares = waits(days, status).at(at)
    return {
        "p_open": shares["open"].to_list(),
        "cif_delivered": shares["share_delivered"].to_list(),
        "cif_cancelled": shares["share_cancelled"].to_list(),
    }


@adapter
def promise_kept_ratio(
    due: Days, delivered: Days, cancelled: Days, as_of: int, grace_days: int = 0
) -> Mapping[str, Any]:
    commitments = pl.DataFrame(
        {"due": dates(due), "delivered": dates(delivered), "cancelled": dates(cancelled)}
    ).with_columns(cancelled_by=pl.lit("us"))
    row = punctuality(commitments, day(as_of), grace_days).row(0, named=True)
    return {
        "n_total": row["total"],
        "n_mature": row["due"],
        "kept": row["kept"],
        "late": row["late"],
        "broken_open_or_cancelled": row["broken"],
        "kept_ratio": row["share"],
        "wilson95": None if row["low"] is None else [row["low"], row["high"]],
        "naive_closed_only": row["share_of_closed"],
        "lateness_days": with_lateness(commitments, day(as_of))["lateness"].to_list(),
    }


@adapter
def reliability_beta_binomial(kept: Sequence[int], promised: Sequence[int]) -> Mapping[str, Any]:
    rows = {"kept": kept, "promised": promised}
    result = reliability(pl.DataFrame(rows, schema=dict.fromkeys(rows, pl.Int64)))
    return {
        "alpha": result.alpha,
        "beta": result.beta,
        "mean": result.mean,
        "rho": result.resemblance,
        "score": result.teams["score"].to_list(),
        "lo90": result.teams["low"].to_list(),
        "hi90": result.teams["high"].to_list(),
        "p_below_mean": result.teams["chance_below"].to_list(),
    }


@adapter
def loss_aversion(expected: Numbers, lived: Numbers, satisfaction: Numbers) -> Mapping[str, Any]:
    rows = {"expected": expected, "lived": lived, "satisfaction": satisfaction}
    result = asymmetry(pl.DataFrame(rows, schema=dict.fromkeys(rows, pl.Float64)))
    if result is None:
        names = ("mean_gap", "share_broken", "intercept", "slope_pos", "slope_neg", "lambda", "se_lambda")
        return dict.fromkeys((*names, "ci_lambda_log", "diff_test_t"))
    return {
        "mean_gap": result.mean_gap,
        "share_broken": result.share_short,
        "intercept": result.level,
        "slope_pos": result.above,
        "slope_neg": result.short,
        "lambda": result.ratio,
        "se_lambda": result.error,
        "ci_lambda_log": None if result.low is None else [result.low, result.high],
        "diff_test_t": result.symmetry_t,
    }


@adapter
def expectation_debt(
    value: Numbers,
    recipients: Sequence[int],
    made: Days,
    due: Days,
    open: Sequence[bool],  # noqa: A002 (contract name)
    as_of: int,
    tau_days: float = 30,
    **ratio: float,
) -> Mapping[str, Any]:
    commitments = pl.DataFrame(
        {
            "expected": pl.Series(value, dtype=pl.Float64),
            "recipients": pl.Series(recipients, dtype=pl.Int64),
            "made": dates(made),
            "due": dates(due),
            "is_open": pl.Series(open, dtype=pl.Boolean),
        }
    )
    result = debt_of(commitments, day(as_of), ratio.get("lambda", 2.0), tau_days)
    return {
        "weight": result.commitments["weight"].to_list(),
        "debt": result.commitments["debt"].to_list(),
        "total": result.total,
        "overdue_share": result.overdue_share,
    }


@adapter
def did_means(
    treated_pre: float,
    treated_post: float,
    control_pre: float,
    control_post: float,
    se: Mapping[str, float] | None = None,
) -> Mapping[str, Any]:
    points, error = difference_of_changes((treated_pre, treated_post), (control_pre, control_post), se)
    return {"did": points, "se_independent": error}


@adapter
def broken_promise_did(
    account: Sequence[Any], broken: Sequence[int], pre: Sequence[int], post: Sequence[int]
) -> Mapping[str, Any]:
    rows = {"account": [str(name) for name in account], "is_broken": broken, "before": pre, "after": post}
    schema = {"account": pl.String, "is_broken": pl.Int64, "before": pl.Int64, "after": pl.Int64}
    result = breaches(pl.DataFrame(rows, schema=schema).with_columns(pl.col("is_broken").cast(pl.Boolean)))
    if result is None:
        names = ("did_pts", "se_cluster", "df", "ci", "matched_att_pts")
        broken_side = sum(broken)
        sides = {"n_treated": broken_side, "n_control": len(broken) - broken_side, "treated_matched": 0}
        return dict.fromkeys(names) | sides
    return {
        "did_pts": result.points,
        "se_cluster": result.error,
        "df": result.freedom,
        "ci": result.interval,
        "matched_att_pts": result.matched_points,
        "n_treated": result.failed,
        "n_control": result.kept,
        "treated_matched": result.matched,
    }
