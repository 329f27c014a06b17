"""What customers answer before and after a promise to their company was kept or broken: what follows, no cause.

An account counts as failed from the first promise that was broken, else as kept from its first promise. Which of the
two it is changes with the day, what was answered around them does not: both are looked up once, and the day chooses.
"""

from __future__ import annotations

from datetime import date

import polars as pl

REACH = pl.duration(days=182)
"""How far from the day of the promise an answer may lie."""


def turning(promises: pl.LazyFrame) -> pl.LazyFrame:
    """Return when each account was first promised something and first failed.

    Parameters
    ----------
    promises : LazyFrame
        `account` (never null), `day` on which each was due and `is_broken`: what is open counts as broken.

    Returns
    -------
    LazyFrame
        `account`, `first` and `failed` (Date; null of an account that was never failed). One row per account.
    """
    failed = pl.col("day").filter("is_broken").min()
    return promises.group_by("account").agg(first=pl.col("day").min(), failed=failed)


def answers_around(turns: pl.DataFrame, answers: pl.LazyFrame) -> pl.DataFrame:
    """Return what was answered around both days of each account.

    Parameters
    ----------
    turns : DataFrame
        As `turning` returns.
    answers : LazyFrame
        `account`, `respondent` (never null), `day` and `recommend` 0..10, in the order in which they came.

    Returns
    -------
    DataFrame
        `account`, `is_broken`, `turn`, `until` (Date, null = always: the day from which the other of the two counts),
        `before` (the last answer until `turn`) and `after` (the first one later), −1, 0 or 1. One row per respondent
        who answered on both sides.
    """
    kept = turns.filter(pl.col("failed").is_null() | (pl.col("first") < pl.col("failed")))
    sides = pl.concat(
        [
            kept.select("account", is_broken=pl.lit(False), turn="first", until="failed"),
            turns.drop_nulls("failed").select(
                "account", is_broken=pl.lit(True), turn="failed", until=pl.lit(None, dtype=pl.Date)
            ),
        ]
    )
    day, turn, score = pl.col("day"), pl.col("turn"), pl.col("recommend")
    sign = (score >= 9).cast(pl.Int64) - (score <= 6).cast(pl.Int64)
    when = day.cast(pl.Int32).cast(pl.Int64) * 2**40 + pl.col("place").cast(pl.Int64) * 4 + sign + 1
    own = ["account", "respondent", "is_broken"]
    told = (
        answers.with_row_index("place")
        .join(sides.lazy(), on="account")
        .filter(day.is_between(turn - REACH, turn + REACH))
        .group_by(own)
        .agg(
            pl.col("turn", "until").first(),
            before=when.filter(day <= turn).max(),
            after=when.filter(day > turn).min(),
        )
        .drop_nulls(["before", "after"])
        .with_columns(pl.col("before", "after") % 4 - 1)
    )
    columns = ["account", "is_broken", "turn", "until", "before", "after"]
    return told.collect(engine="streaming").sort(own).select(columns)


def compared(around: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Return the recipients that `breaches` compares, of what was due by `as_of`.

    Parameters
    ----------
    around : DataFrame
        As `answers_around` returns.
    as_of : date

    Returns
    -------
    DataFrame
        `account`, `is_broken`, `before` and `after`.
    """
    counts = (pl.col("turn") <= as_of) & (pl.col("until").is_null() | (pl.col("until") > as_of))
    return around.filter(counts).select("account", "is_broken", "before", "after")


def before_and_after(promises: pl.DataFrame, answers: pl.DataFrame) -> pl.DataFrame:
    """Return the recipients that `breaches` compares, of promises that are all due.

    Parameters
    ----------
    promises, answers : DataFrame
        As in `turning` and `answers_around`.
    """
    around = answers_around(turning(promises.lazy()).collect(), answers.lazy())
    return compared(around, date.max)
