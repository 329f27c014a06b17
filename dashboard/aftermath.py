"""What customers answer before and after a promise to their company was kept or broken: what follows, no cause."""

from __future__ import annotations

import polars as pl

REACH = pl.duration(days=182)
"""How far from the day of the promise an answer may lie."""


def before_and_after(promises: pl.DataFrame, answers: pl.DataFrame) -> pl.DataFrame:
    """Return the recipients that `breaches` compares.

    Parameters
    ----------
    promises : DataFrame
        `account` (never null), `day` on which each was due and `is_broken`. An account counts as failed from the first
        promise that was broken, else as kept from its first promise.
    answers : DataFrame
        `account`, `respondent` (never null), `day` and `recommend` 0..10.

    Returns
    -------
    DataFrame
        `account`, `is_broken`, `before` (the last answer until that day) and `after` (the first one later), −1, 0 or 1.
    """
    turned = (
        promises.sort("day")
        .group_by("account")
        .agg(
            is_broken=pl.col("is_broken").any(),
            turn=pl.coalesce(pl.col("day").filter("is_broken").first(), pl.col("day").first()),
        )
    )
    score = pl.col("recommend").cast(pl.Int64)
    told = (
        answers.join(turned, on="account")
        .filter(pl.col("day").is_between(pl.col("turn") - REACH, pl.col("turn") + REACH))
        .with_columns(sign=(score >= 9).cast(pl.Int64) - (score <= 6).cast(pl.Int64))
        .sort("day")
    )
    is_before = pl.col("day") <= pl.col("turn")
    return (
        told.group_by("account", "respondent", "is_broken")
        .agg(before=pl.col("sign").filter(is_before).last(), after=pl.col("sign").filter(~is_before).first())
        .drop_nulls()
        .sort("account", "respondent")
        .select("account", "is_broken", "before", "after")
    )
