"""One account as its page tells it: everybody counts once, and the unhappiest stands first."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from dashboard.voice import Outcome

PEOPLE = {
    "respondent": pl.String(),
    "area": pl.String(),
    "role": pl.String(),
    "n": pl.Int64(),
    "mean": pl.Float64(),
    "worst": pl.Int16(),
    "last": pl.Int16(),
    "day": pl.Date(),
}
"""One row per person of the account: what they answered on the mean, at worst and last, and when that was."""


@dataclass(frozen=True, slots=True)
class Account:
    """One account.

    Attributes
    ----------
    name : str
    people : DataFrame
        Schema `PEOPLE`, the worst first.
    mean : float or None
        Of the last answers of its people, 0..10; None when nobody answered.
    worst : int or None
        The lowest of them.
    comments : DataFrame
        Schema `voice.STREAM`, newest first: those that the asker may read.
    """

    name: str
    people: pl.DataFrame
    mean: float | None
    worst: int | None
    comments: pl.DataFrame

    @property
    def open(self) -> int:
        """Return how many comments wait for a decision."""
        return self.comments.filter(pl.col("outcome") == Outcome.OPEN.value).height


def account_of(name: str, answers: pl.DataFrame, comments: pl.DataFrame) -> Account | None:
    """Return an account, None when nobody of it answered or said anything.

    Parameters
    ----------
    name : str
    answers : DataFrame
        `response_id`, `respondent`, `area`, `role`, `recommend`, `day`, `answered_at` of answers that count. Who is
        unknown is one person per answer.
    comments : DataFrame
        Schema `voice.STREAM`.
    """
    people = (
        answers.sort("answered_at", "response_id")
        .group_by(pl.coalesce("respondent", "response_id").alias("respondent"))
        .agg(
            pl.col("area", "role").last(),
            n=pl.len(),
            mean=pl.col("recommend").cast(pl.Float64).mean(),
            worst=pl.col("recommend").min(),
            last=pl.col("recommend").last(),
            day=pl.col("day").last(),
        )
        .sort("last", "day", "respondent")
        .select(pl.col(column).cast(dtype) for column, dtype in PEOPLE.items())
    )
    if people.is_empty() and comments.is_empty():
        return None
    mean, worst = people["last"].cast(pl.Float64).mean(), people["last"].min()
    return Account(
        name, people, mean if isinstance(mean, float) else None, worst if isinstance(worst, int) else None, comments
    )
