"""Who can count on us: of each account, what was kept of what was due, and how reliable we are to it.

The same model as of teams (`reliability`): an account with few promises is drawn towards what accounts are like.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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


@dataclass(frozen=True, slots=True)
class Reliance:
    """Every account to which something was due.

    Attributes
    ----------
    accounts : tuple of Account
        Those first that can least surely count on us: by the upper end of the interval, so that few promises alone put
        nobody first.
    model : Reliability
        What accounts are like.
    """

    accounts: tuple[Account, ...]
    model: Reliability

    def of(self, key: str) -> Account | None:
        """Return one account, None when nothing was due to it."""
        return next((one for one in self.accounts if one.key == key), None)


def reliance(counts: pl.DataFrame) -> Reliance:
    """Return how reliable we are to each account.

    Parameters
    ----------
    counts : DataFrame
        `key` (String), `promised` and `kept` (integers, 0 ≤ kept ≤ promised). Who was promised nothing is left out.
    """
    found = reliability(counts.filter(pl.col("promised") > 0))
    low, high = wilson(pl.col("kept"), pl.col("promised"))
    rows = found.teams.with_columns(share=pl.col("kept") / pl.col("promised"), share_low=low, share_high=high)
    accounts = tuple(_account(row) for row in rows.sort("high", "key").iter_rows(named=True))
    return Reliance(accounts, found)


def _account(row: Mapping[str, Any]) -> Account:
    names = ("key", "promised", "kept", "share", "share_low", "share_high", "score", "low", "high")
    return Account(**{name: row[name] for name in names}, is_surely_below=row["chance_below"] >= SURELY_BELOW)
