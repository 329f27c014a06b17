"""What weighs: how much of the recommendation each moment explains.

Association, not cause: a halo and moments nobody measured inflate it. Relative weights share out the explained
variance (Johnson 2000, MBR 35:1); the average over all orders (LMG) is kept as the purist's view (Lindeman, Merenda &
Gold 1980; Grömping 2006). Margins come from deleting groups of accounts one at a time (Kott 2001).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import comb

import numpy as np
import polars as pl
from scipy.special import stdtrit

LEAST_EIGENVALUE = 1e-6
FEWEST_PAIRS = 50
"""Answers that have both of two moments; a moment with fewer is left out."""

FEWEST_ANSWERS, ANSWERS_PER_MOMENT = 100, 20
LEAST_EXPLAINED = 0.05
FEW_VALUES = 5
"""A moment with so few distinct values is ordinal: ranks are correlated instead."""

GROUPS, GROUPS_OF_FEW, FEW_ANSWERS = 50, 20, 500
MOST_FOR_ALL_ORDERS = 12


@dataclass(frozen=True, slots=True)
class PairSums:
    """Sums over answers of which any may be missing: all that correlations need, and they add up over groups.

    Square arrays (k, k), the recommendation first: `n[i, j]` answers have both i and j; over these, `total[i, j]` and
    `square[i, j]` are the sums of i and of i², `cross[i, j]` of i × j.
    """

    n: np.ndarray
    total: np.ndarray
    square: np.ndarray
    cross: np.ndarray

    def __add__(self, other: PairSums) -> PairSums:
        return PairSums(
            self.n + other.n, self.total + other.total, self.square + other.square, self.cross + other.cross
        )

    def __sub__(self, other: PairSums) -> PairSums:
        return PairSums(
            self.n - other.n, self.total - other.total, self.square - other.square, self.cross - other.cross
        )

    def keeping(self, places: Sequence[int]) -> PairSums:
        """Return the sums of some variables only."""
        kept = np.ix_(places, places)
        return PairSums(self.n[kept], self.total[kept], self.square[kept], self.cross[kept])


def pair_sums(answers: np.ndarray) -> PairSums:
    """Return the sums of answers (rows, k), NaN where there is none."""
    known = ~np.isnan(answers)
    value, is_known = np.where(known, answers, 0.0), known.astype(float)
    return PairSums(is_known.T @ is_known, value.T @ is_known, (value**2).T @ is_known, value.T @ value)


def correlations(sums: PairSums) -> np.ndarray:
    """Return pairwise correlations (k, k); NaN below two answers and for what never varies."""
    n = np.where(sums.n > 1, sums.n, np.nan)
    spread = sums.square - sums.total**2 / n
    spread = np.where(spread > 1e-12 * sums.square, spread, np.nan)
    return np.asarray((sums.cross - sums.total * sums.total.T / n) / np.sqrt(spread * spread.T))


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each moment weighs, in the order given.

    Attributes
    ----------
    explained : float or None
        R², 0..1; None when no moment is left.
    raw : tuple of float or None
        Parts of R²; None for a moment without correlations.
    share : tuple of float or None
        The parts as shares of their sum; None also when nothing is explained.
    sign : tuple of int or None
        −1, 0, 1: whether the recommendation falls or rises with the moment.
    """

    explained: float | None
    raw: tuple[float | None, ...]
    share: tuple[float | None, ...]
    sign: tuple[int | None, ...]


def relative_weights(matrix: np.ndarray) -> Weights:
    """Return Johnson's relative weights of a correlation matrix (p + 1, p + 1), the recommendation first.

    A moment whose correlation with the recommendation is NaN (it never varies) is left out; no other may be NaN. A
    matrix that is not positive definite, as pairwise correlations may be, is repaired first. One moment alone has the
    whole share.
    """
    known = _known(matrix)
    full = repaired(matrix[np.ix_(known, known)])
    value, vector = np.linalg.eigh(full[1:, 1:])
    root = np.sqrt(value)
    loading = vector * root @ vector.T
    beta = (vector / root) @ vector.T @ full[1:, 0]
    return _placed(matrix, known, loading**2 @ beta**2)


def average_over_orders(matrix: np.ndarray) -> Weights:
    """Return the weights averaged over all orders in which moments may enter (Shapley, LMG), shaped as above.

    Exact over 2^p subsets.

    Raises
    ------
    ValueError
        For more than twelve moments.
    """
    known = _known(matrix)
    p = len(known) - 1
    if p > MOST_FOR_ALL_ORDERS:
        raise ValueError(f"all orders of {p} moments are too many; at most {MOST_FOR_ALL_ORDERS}")
    full = repaired(matrix[np.ix_(known, known)])
    codes = np.arange(2**p)
    holds = (codes[:, None] >> np.arange(p) & 1).astype(bool)
    sizes = holds.sum(axis=1)
    explained = _explained(full, holds, sizes)
    worth = np.array([1 / (p * comb(p - 1, size)) if size < p else 0.0 for size in range(p + 1)])[sizes]
    raw = np.zeros(p)
    for place in range(p):
        without = codes[~holds[:, place]]
        raw[place] = ((explained[without | 1 << place] - explained[without]) * worth[without]).sum()
    return _placed(matrix, known, raw)


def _known(matrix: np.ndarray) -> list[int]:
    return [0, *(place for place in range(1, len(matrix)) if not np.isnan(matrix[place, 0]))]


def _placed(matrix: np.ndarray, known: Sequence[int], raw: np.ndarray) -> Weights:
    parts = {place: float(part) for place, part in zip(known[1:], raw, strict=True)}
    total = sum(parts.values())
    places = range(1, len(matrix))
    return Weights(
        total if parts else None,
        tuple(parts.get(place) for place in places),
        tuple(parts[place] / total if place in parts and total > 0 else None for place in places),
        tuple(int(np.sign(matrix[place, 0])) if place in parts else None for place in places),
    )


def _explained(full: np.ndarray, holds: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Return what each subset of moments explains, those of one size solved together."""
    explained = np.zeros(len(holds))
    for size in range(1, holds.shape[1] + 1):
        chosen = np.flatnonzero(sizes == size)
        places = np.nonzero(holds[chosen])[1].reshape(-1, size) + 1
        within, towards = full[places[:, :, None], places[:, None, :]], full[places, 0]
        solved = np.linalg.solve(within, towards[:, :, None])[:, :, 0]
        explained[chosen] = (towards * solved).sum(axis=1)
    return explained


def repaired(matrix: np.ndarray) -> np.ndarray:
    """Return the matrix with no eigenvalue below 1e−6 and ones on its diagonal; unchanged when it already is so."""
    value, vector = np.linalg.eigh(matrix)
    if value.min() >= LEAST_EIGENVALUE:
        return matrix
    clipped = vector * np.maximum(value, LEAST_EIGENVALUE) @ vector.T
    scale = np.sqrt(np.diag(clipped))
    return np.asarray(clipped / np.outer(scale, scale))


@dataclass(frozen=True, slots=True)
class ShareMargins:
    """Shares (p,) with their margins; `error`, `low` and `high` are None with fewer than two groups.

    `replicates` (groups, p) are the shares without each group.
    """

    n: int
    share: np.ndarray
    error: np.ndarray | None
    low: np.ndarray | None
    high: np.ndarray | None
    replicates: np.ndarray

    def draws(self, times: int, random: np.random.Generator) -> np.ndarray:
        """Return shares (times, p) that could as well have been found, by the covariance of the replicates."""
        groups = len(self.replicates)
        deviations = self.replicates - self.replicates.mean(axis=0)
        steps = random.standard_normal((times, groups)) @ deviations
        return np.asarray(np.clip(self.share + np.sqrt((groups - 1) / groups) * steps, 0, 1))


def share_margins(groups: Sequence[PairSums], confidence: float = 0.95) -> ShareMargins | None:
    """Return the shares of relative weights with margins by deleting a group at a time (Kott 2001).

    A share of nothing still weighs a little: a margin that leaves zero out says nothing. Groups without answers do not
    count. None when there are no answers or some share cannot be found.
    """
    filled = [group for group in groups if group.n[0, 0] > 0]
    if not filled:
        return None
    total = filled[0]
    for group in filled[1:]:
        total = total + group
    shares = [relative_weights(correlations(sums)).share for sums in (total, *(total - group for group in filled))]
    whole, without = shares[0], shares[1:]
    if not whole or None in whole:
        return None
    share = np.array(whole, dtype=float)
    n, count = int(total.n[0, 0]), len(filled)
    if count < 2 or any(None in part for part in without):
        return ShareMargins(n, share, None, None, None, np.empty((0, share.size)))
    replicates = np.array(without, dtype=float)
    error = np.sqrt((count - 1) / count * ((replicates - replicates.mean(axis=0)) ** 2).sum(axis=0))
    half = float(stdtrit(count - 1, 1 - (1 - confidence) / 2)) * error
    return ShareMargins(n, share, error, np.clip(share - half, 0, 1), np.clip(share + half, 0, 1), replicates)


class Weighing(StrEnum):
    """What may be said of what weighs."""

    WEIGHED = "weighed"
    INSUFFICIENT = "insufficient"
    UNEXPLAINED = "unexplained"  # the moments hardly explain the recommendation


@dataclass(frozen=True, slots=True)
class Importance:
    """What weighs, moment by moment.

    Attributes
    ----------
    state : Weighing
    n : int
        Answers with a recommendation.
    needed : int
        Answers needed for as many moments.
    explained : float or None
        R², 0..1.
    moments : DataFrame
        `moment` (String), `share`, `low`, `high` (Float64, 0..1), `sign` (Int8), in journey order; no rows unless the
        state is `WEIGHED`.
    left_out : tuple of str
        Moments that too few rated or that never vary.
    margins : ShareMargins or None
    """

    state: Weighing
    n: int
    needed: int
    explained: float | None
    moments: pl.DataFrame
    left_out: tuple[str, ...]
    margins: ShareMargins | None


WEIGHED_MOMENTS = {
    "moment": pl.String(),
    "share": pl.Float64(),
    "low": pl.Float64(),
    "high": pl.Float64(),
    "sign": pl.Int8(),
}


def importance(answers: pl.DataFrame, moments: Sequence[str]) -> Importance:
    """Return what weighs in the recommendation.

    Parameters
    ----------
    answers : DataFrame
        One row per respondent: `cluster` (String, never null: account, else respondent; who
        stays together), `recommend` (0..10) and a
        column of satisfaction (0..10, null = not lived or not rated) per moment.
    moments : sequence of str
        In journey order.

    Returns
    -------
    Importance
        No answers are `INSUFFICIENT`.
    """
    answered = answers.drop_nulls("recommend")
    groups = [sums for sums in sums_by_group(answered, moments) if sums.n[0, 0] > 0]
    if not groups:
        return _silent(Weighing.INSUFFICIENT, 0, FEWEST_ANSWERS, None, tuple(moments))
    total = groups[0]
    for group in groups[1:]:
        total = total + group
    kept = _kept(total)
    left_out = tuple(moment for place, moment in enumerate(moments, start=1) if place not in kept)
    n, needed = answered.height, max(FEWEST_ANSWERS, ANSWERS_PER_MOMENT * len(kept))
    if not kept or n < needed:
        return _silent(Weighing.INSUFFICIENT, n, needed, None, left_out)
    places = [0, *kept]
    weights = relative_weights(correlations(total.keeping(places)))
    margins = share_margins([group.keeping(places) for group in groups])
    if weights.explained is None or weights.explained < LEAST_EXPLAINED:
        return _silent(Weighing.UNEXPLAINED, n, needed, weights.explained, left_out)
    if margins is None or margins.low is None:
        return _silent(Weighing.INSUFFICIENT, n, needed, weights.explained, left_out)
    found = {
        "moment": [moments[place - 1] for place in kept],
        "share": margins.share,
        "low": margins.low,
        "high": margins.high,
        "sign": weights.sign,
    }
    frame = pl.DataFrame(found, schema=WEIGHED_MOMENTS)
    return Importance(Weighing.WEIGHED, n, needed, weights.explained, frame, left_out, margins)


def _silent(state: Weighing, n: int, needed: int, explained: float | None, left_out: tuple[str, ...]) -> Importance:
    return Importance(state, n, needed, explained, pl.DataFrame(schema=WEIGHED_MOMENTS), left_out, None)


def sums_by_group(answers: pl.DataFrame, moments: Sequence[str]) -> list[PairSums]:
    """Return the sums of groups of clusters (shaped as in `importance`), so that no cluster is split.

    Fifty groups, twenty below 500 answers, fewer where there are fewer clusters. With a moment of two to five distinct
    values, ranks take the place of answers (Spearman). No answers give no groups.
    """
    columns = ["recommend", *moments]
    values = answers.select(pl.col(columns).cast(pl.Float64).fill_nan(None))
    distinct = [values[column].drop_nulls().n_unique() for column in columns]
    if any(1 < number <= FEW_VALUES for number in distinct):
        values = values.select(pl.all().rank() / pl.len())
    groups = GROUPS if answers.height >= FEW_ANSWERS else GROUPS_OF_FEW
    place = answers.select(pl.col("cluster").rank("dense").cast(pl.Int64) % groups).to_series().to_numpy()
    matrix = values.to_numpy()
    return [pair_sums(matrix[place == group]) for group in np.unique(place)]


def _kept(total: PairSums) -> list[int]:
    """Return the moments that vary and have enough answers beside every other one; the rarest are dropped first."""
    related = correlations(total)
    pairs = np.where(np.isnan(related), 0, total.n)
    kept = [place for place in range(1, len(related)) if pairs[place, 0] > 0]
    while kept:
        fewest, _, rarest = min((pairs[place, [0, *kept]].min(), pairs[place, place], -place) for place in kept)
        if fewest >= FEWEST_PAIRS:
            break
        kept.remove(-rarest)
    return kept
