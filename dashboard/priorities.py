"""Where to act first: what weighs and goes badly.

The potential orders; Ulwick's opportunity score is an ordinal heuristic on stated 0–10 scales (Ulwick 2002, HBR 80(1);
2005, What Customers Want).
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import polars as pl

OVERSERVED_BY = 2.0


class Zone(StrEnum):
    """How large an opportunity is; below ten it is none."""

    EXTREME = "extreme"  # from 15
    HIGH = "high"  # from 12
    WORTH_A_LOOK = "worth_a_look"  # from 10


def with_priorities(moments: pl.DataFrame) -> pl.DataFrame:
    """Return moments with what acting on each would give.

    Parameters
    ----------
    moments : DataFrame
        In journey order: `importance`, `satisfaction` (stated, 0..10), `share` (derived, 0..1) and `performance`
        (0..10), all Float64, null = no data.

    Returns
    -------
    DataFrame
        With `gap` (importance − satisfaction), `opportunity` (0..20), `zone` (String), `is_overserved` (costs and is
        not valued), `potential` (share × (10 − performance)) and `rank` (1 = act first, ties in journey order) added;
        null where an ingredient is missing.
    """
    gap = pl.col("importance") - pl.col("satisfaction")
    opportunity = pl.col("opportunity")
    return moments.with_columns(
        gap=gap,
        opportunity=pl.col("importance") + gap.clip(lower_bound=0),
        is_overserved=-gap >= OVERSERVED_BY,
        potential=pl.col("share") * (10 - pl.col("performance")),
    ).with_columns(
        zone=pl.when(opportunity >= 15)
        .then(pl.lit(Zone.EXTREME.value))
        .when(opportunity >= 12)
        .then(pl.lit(Zone.HIGH.value))
        .when(opportunity >= 10)
        .then(pl.lit(Zone.WORTH_A_LOOK.value)),
        rank=pl.col("potential").rank("ordinal", descending=True).cast(pl.Int64),
    )


def top_chances(potentials: np.ndarray, most: int = 3) -> np.ndarray:
    """Return for each moment how often it is among the first `most` (share 0..1).

    Parameters
    ----------
    potentials : (draws, moments)
        Potentials that could as well have been found. A moment is called a top only from one half on. No draws give
        zeros.
    """
    draws, moments = potentials.shape
    first = np.argsort(-potentials, axis=1, kind="stable")[:, :most]
    return np.asarray(np.bincount(first.ravel(), minlength=moments) / max(draws, 1))
