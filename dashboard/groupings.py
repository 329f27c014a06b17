"""Whether two ways of grouping the same comments say the same, whatever the groups are called.

Sources: Hubert & Arabie 1985 (adjusted Rand); Strehl & Ghosh 2002 (normalised mutual information).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import comb, entr


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two groupings are.

    Attributes
    ----------
    n : int
    rand : float or None
        Pairs put together or apart alike, 0 = as by chance, 1 = always; None when chance alone does it (one group in
        both, or all alone in both).
    information : float or None
        What one says of the other, 0..1; None when both have a single group.
    purity : float or None
        Share that lies in the commonest true group of its found group; None without comments.
    """

    n: int
    rand: float | None
    information: float | None
    purity: float | None


def likeness(truth: Sequence[object], found: Sequence[object]) -> Likeness:
    """Return how alike two groupings of the same comments are: the true one first, equal lengths."""
    if not truth:
        return Likeness(0, None, None, None)
    rows, columns = (_numbered(labels) for labels in (truth, found))
    table = np.zeros((rows.max() + 1, columns.max() + 1))
    np.add.at(table, (rows, columns), 1)
    n = len(truth)
    pairs, left, right, every = (
        float(comb(counts, 2).sum()) for counts in (table, table.sum(axis=1), table.sum(axis=0), np.array([n]))
    )
    chance = left * right / every if every else 0.0
    most = (left + right) / 2
    entropy_rows, entropy_columns, entropy_both = (
        float(entr(part / n).sum()) for part in (table.sum(axis=1), table.sum(axis=0), table)
    )
    mean_entropy = (entropy_rows + entropy_columns) / 2
    return Likeness(
        n,
        (pairs - chance) / (most - chance) if most > chance else None,
        (entropy_rows + entropy_columns - entropy_both) / mean_entropy if mean_entropy > 0 else None,
        float(table.max(axis=0).sum() / n),
    )


def _numbered(labels: Sequence[object]) -> np.ndarray:
    places = {label: place for place, label in enumerate(dict.fromkeys(labels))}
    return np.array([places[label] for label in labels])
