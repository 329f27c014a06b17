"""Who can count on us: of each account, what was kept of what was due, and how reliable we are to it.

The same model as of teams (`reliability`): an account with few promises is drawn towards what accounts are like.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import polars as pl

from dashboard.punctuality import wilson
from dashboard.reliability import SURELY_BELOW, Reliability, reliability
from dashboard.thresholds import Display, display


@dataclass(frozen=True, slots=True)
class Account:
    """How reliable we are to one account.

    Attributes
    ----------
    key : str
    promised, kept : int
        Due, and kept on time; `promised` is 1 or more.
    share, share_low, share_high : float
        Kept of due, 0..1, and its interval at 95 % (Wilson).
    score, low, high : float
        Drawn towards all accounts, 0..1, and its interval at 90 %.
    is_surely_below : bool
        Whether it is surely below what accounts are like.
    """

    key: str
    promised: int
    kept: int
    share: float
    share_low: float
    share_high: float
    score: float
    low: float
    high: float
    is_surely_below: bool

    @property
    def display(self) -> Display:
        """Return whether the plain share may be shown."""
        return display(self.promised)


COLUMNS = [one.name for one in fields(Account)]


@dataclass(frozen=True, slots=True)
class Reliance:
    """Every account to which something was due.

    Attributes
    ----------
    rows : DataFrame
        The columns of `Account`, those first that can least surely count on us: by the upper end of the interval, so
        that few promises alone put nobody first.
    model : Reliability
        What accounts are like.
    """

    rows: pl.DataFrame
    model: Reliability

    @property
    def n(self) -> int:
        """Return how many accounts there are."""
        return self.rows.height

    def first(self, most: int) -> tuple[Account, ...]:
        """Return the first accounts, at most so many."""
        return tuple(Account(**row) for row in self.rows.head(most).iter_rows(named=True))

    def of(self, key: str) -> Account | None:
        """Return one account, None when nothing was due to it."""
        found = self.rows.filter(pl.col("key") == key)
        return Account(**found.row(0, named=True)) if found.height else None


def reliance(counts: pl.DataFrame) -> Reliance:
    """Return how reliable we are to each account.

    Parameters
    ----------
    counts : DataFrame
        `key` (String), `promised` and `kept` (integers, 0 ≤ kept ≤ promised). Who was promised nothing is left out.
    """
    found = reliability(counts.filter(pl.col("promised") > 0))
    low, high = wilson(pl.col("kept"), pl.col("promised"))
    rows = found.teams.with_columns(
        share=pl.col("kept") / pl.col("promised"),
        share_low=low,
        share_high=high,
        is_surely_below=pl.col("chance_below") >= SURELY_BELOW,
    )
    return Reliance(rows.sort("high", "key").select(COLUMNS), found)
