"""Which groups may be shown to those who may not see small ones: one suppression pass per table of two dimensions.

Desk and journey ask the same tables, so that what one hides the other does not give away.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import polars as pl

from dashboard.filters import NO_VALUE, Filters
from dashboard.permissions import DECLARED_PAIRS, NotAllowedError
from dashboard.suppression import suppress_table
from data.rows import of_customers
from data.scores import Scores


@dataclass(frozen=True, slots=True)
class Groups:
    """A table of groups by two dimensions, those without a value included.

    Attributes
    ----------
    pair : (str, str)
    rows, columns : tuple of str
        Values of each dimension.
    hidden : ndarray of bool, (rows + 1, columns + 1)
        The last column and row are totals.
    """

    pair: tuple[str, str]
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    hidden: np.ndarray

    def hides(self, asked: Filters) -> bool:
        """Return whether filters of the two dimensions ask for anything hidden: every line, or every cell, counts."""
        first, second = (asked.values(name) for name in self.pair)
        lines, places = _places(self.rows, first), _places(self.columns, second)
        if first and second:
            return bool(self.hidden[np.ix_(lines, places)].any())
        totals = self.hidden[lines, -1] if first else self.hidden[-1, places]
        return bool(totals.any())

    def cells(self) -> pl.DataFrame:
        """Return every inner cell that is hidden: a column per dimension."""
        found = [(self.rows[y], self.columns[x]) for y, x in np.argwhere(self.hidden[:-1, :-1])]
        return pl.DataFrame(found, schema=dict.fromkeys(self.pair, pl.String), orient="row")


def _places(values: tuple[str, ...], chosen: Iterable[str]) -> list[int]:
    known = {value: place for place, value in enumerate(values)}
    return [known[value] for value in chosen if value in known]


def groups_of(scores: Scores, days: Filters, pair: tuple[str, str]) -> Groups:
    """Return the groups of a period by two dimensions; what else the filters restrict stays restricted."""
    asked = days.with_values(pair[0], ()).with_values(pair[1], ())
    by = tuple(pl.col(name).cast(pl.String).fill_null(NO_VALUE).alias(f"of_{name}") for name in pair)
    told = scores.counts(asked, tuple(pl.col(name) for name in pair), pair, ("n",)).collect().select(*by, "n")
    counts: dict[tuple[str, str], int] = {(row, column): n for row, column, n in told.iter_rows() if n}
    rows, columns = (tuple(sorted({key[place] for key in counts})) for place in (0, 1))
    if not counts:
        return Groups(pair, (), (), np.zeros((1, 1), dtype=bool))
    found = suppress_table([[counts.get((row, column), 0) for column in columns] for row in rows])
    return Groups(pair, rows, columns, found.hidden if found.may_be_shown else np.ones_like(found.hidden))


def check_groups(scores: Scores, days: Filters) -> None:
    """Raise `NotAllowedError` when filters ask for a group that is hidden in any declared pair that holds them.

    Several audiences at once are looked at one by one: apart, each must be allowed.
    """
    asked = of_customers(days)
    dimensions = asked.dimensions - {"audience"}
    pairs = [tuple(sorted(pair)) for pair in DECLARED_PAIRS if len(pair) > 1 and dimensions <= pair]
    for audience in asked.values("audience"):
        own = asked.with_values("audience", [audience])
        for first, second in pairs if dimensions else ():
            if groups_of(scores, own, (first, second)).hides(own):
                raise NotAllowedError("so few people are behind these filters that even their number is theirs")
