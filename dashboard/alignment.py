"""Do we know what customers value? Our order of the moments against theirs.

Kendall 1945 (τ-b); Spearman.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import polars as pl

FEWEST_MOMENTS = 5
ALIGNED_FROM, PARTLY_FROM = 0.6, 0.2


class Aligned(StrEnum):
    """How well we know what customers value."""

    ALIGNED = "aligned"
    PARTLY = "partly"
    NOT = "not"
    INSUFFICIENT = "insufficient"  # too few moments, or one side holds all equal


@dataclass(frozen=True, slots=True)
class Alignment:
    """Our order of the moments against the customers'.

    Attributes
    ----------
    moments : DataFrame
        The moments with `our_rank`, `their_rank` (Float64, 1 = most important, ties share their mean) and `overlooked`
        (our rank − theirs: positive = they value it more than we think) added; null where either side is missing.
    tau, rho : float or None
        Kendall's τ-b and Spearman's ρ, −1..1; None below two moments or when one side holds all equal.
    blind_spot : str or None
        The moment most overlooked, the first of equals; None when none is.
    """

    moments: pl.DataFrame
    tau: float | None
    rho: float | None
    blind_spot: str | None

    @property
    def state(self) -> Aligned:
        """Return how well we know what customers value."""
        known = self.moments["overlooked"].count()
        if self.tau is None or known < FEWEST_MOMENTS:
            return Aligned.INSUFFICIENT
        if self.tau >= ALIGNED_FROM:
            return Aligned.ALIGNED
        return Aligned.PARTLY if self.tau >= PARTLY_FROM else Aligned.NOT


def alignment(moments: pl.DataFrame) -> Alignment:
    """Return how our order of the moments goes with the customers'.

    Parameters
    ----------
    moments : DataFrame
        In journey order: `moment` (String), `ours` and `theirs` (how important, any scale, larger = more; null =
        unknown: such a moment is compared with none).
    """
    both = pl.all_horizontal(pl.col("ours", "theirs").is_not_null())
    ranks = [
        pl.when(both).then(name).rank(descending=True).alias(rank)
        for name, rank in (("ours", "our_rank"), ("theirs", "their_rank"))
    ]
    ranked = moments.with_columns(ranks).with_columns(overlooked=pl.col("our_rank") - pl.col("their_rank"))
    known = ranked.drop_nulls("overlooked")
    most = known.filter((pl.col("overlooked") > 0) & (pl.col("overlooked") == pl.col("overlooked").max()))
    blind_spot = most["moment"].to_list()[0] if most.height else None
    ours, theirs = (known[name].to_numpy() for name in ("our_rank", "their_rank"))
    return Alignment(ranked, *_correlations(ours, theirs), blind_spot)


def _correlations(ours: np.ndarray, theirs: np.ndarray) -> tuple[float | None, float | None]:
    """Return τ-b and ρ of two rankings; None when one holds all equal."""
    first, second = (np.sign(ranks[:, None] - ranks[None, :]) for ranks in (ours, theirs))
    if not first.any() or not second.any():
        return None, None
    tau = (first * second).sum() / np.sqrt((first**2).sum() * (second**2).sum())
    return float(tau), float(np.corrcoef(ours, theirs)[0, 1])
