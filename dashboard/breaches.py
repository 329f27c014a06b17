"""Do broken commitments cost points? The change of those we failed against the change of those we did not.

It supposes that, had nothing been broken, both would have changed alike. Who was lower before tends to rise by itself,
so the same comparison within equal answers before stands beside it. Sources: Cameron & Miller 2015, JHR 50:317; Iacus,
King & Porro 2012, Pol. Analysis 20:1; Card & Krueger 1994.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

import numpy as np
import polars as pl
from scipy.special import stdtrit

from dashboard.changes import Profile, Verdict, judged
from dashboard.nps import Interval
from dashboard.regression import least_squares

FEWEST_RECIPIENTS, FEWEST_ACCOUNTS = 20, 10
"""On each side."""


@dataclass(frozen=True, slots=True)
class Breaches:
    """How much more the score of those we failed changed.

    Attributes
    ----------
    points : float
        Change of the failed − change of the others, in points.
    error : float
        Standard error by accounts.
    freedom : int
        Accounts − 1.
    interval : Interval
        At 95 %.
    matched_points : float or None
        The same within equal answers before; None when no answer before is common to both.
    failed, kept, matched : int
        Recipients, and the failed ones that could be matched.
    verdict : Verdict
        At most `POSSIBLE` when the two estimates differ in sign.
    """

    points: float
    error: float
    freedom: int
    interval: Interval
    matched_points: float | None
    failed: int
    kept: int
    matched: int
    verdict: Verdict


def breaches(recipients: pl.DataFrame) -> Breaches | None:
    """Return what broken commitments cost.

    Parameters
    ----------
    recipients : DataFrame
        One row per recipient who answered before and after: `account` (never null), `is_broken` (Boolean), `before` and
        `after` (−1 detractor, 0 passive, 1 promoter).

    Returns
    -------
    Breaches or None
        None without recipients on both sides, or with a single account.
    """
    steps = recipients.with_columns(change=(pl.col("after") - pl.col("before")).cast(pl.Float64))
    is_broken = steps["is_broken"].cast(pl.Float64).to_numpy()
    group = steps.select(pl.col("account").rank("dense").cast(pl.Int64) - 1).to_series().to_numpy()
    groups = int(group.max()) + 1 if group.size else 0
    design = np.column_stack([np.ones(is_broken.size), is_broken])
    fit = least_squares(design, steps["change"].to_numpy()) if groups > 1 else None
    if fit is None:
        return None
    points = 100 * float(fit.coefficients[1])
    error = 100 * sqrt(float(fit.clustered_covariance(group, groups)[1, 1]))
    outer, inner = (
        (points - reach, points + reach)
        for reach in (float(stdtrit(groups - 1, (1 + level) / 2)) * error for level in Profile.ONE_OFF.value)
    )
    sides = steps.group_by("is_broken").agg(recipients=pl.len(), accounts=pl.col("account").n_unique())
    failed = int(is_broken.sum())
    matched_points, matched = _matched(steps)
    is_enough = (
        matched_points is not None
        and sides.select((pl.col("recipients") >= FEWEST_RECIPIENTS) & (pl.col("accounts") >= FEWEST_ACCOUNTS))
        .to_series()
        .all()
    )
    verdict = judged(outer, inner, is_enough)
    if verdict is Verdict.REAL and matched_points is not None and matched_points * points <= 0:
        verdict = Verdict.POSSIBLE
    return Breaches(points, error, groups - 1, outer, matched_points, failed, is_broken.size - failed, matched, verdict)


def _matched(steps: pl.DataFrame) -> tuple[float | None, int]:
    """Return the difference within equal answers before, weighed by the failed, and how many of them there are."""
    change, is_broken = pl.col("change"), pl.col("is_broken")
    strata = (
        steps.group_by("before")
        .agg(
            failed=is_broken.sum().cast(pl.Int64),
            difference=change.filter(is_broken).mean() - change.filter(~is_broken).mean(),
        )
        .drop_nulls()
    )
    failed = int(strata["failed"].sum())
    if not failed:
        return None, 0
    return 100 * float((strata["failed"] * strata["difference"]).sum()) / failed, failed


def difference_of_changes(
    treated: Interval, control: Interval, errors: Mapping[str, float] | None = None
) -> tuple[float, float | None]:
    """Return the change of `treated` (before, after) beyond that of `control`, and its standard error.

    `errors` are the standard errors of the means, any names, taken for independent; without them the error is None.
    Answers of the same people before and after are not: use `breaches`.
    """
    points = (treated[1] - treated[0]) - (control[1] - control[0])
    return points, sqrt(sum(error**2 for error in errors.values())) if errors else None
