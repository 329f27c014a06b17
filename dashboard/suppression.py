"""Which cells of a table may be shown, so that nobody small can be worked out from the rest.

Applied once per table, on the number of people who answered, before any statistic of it is made. Greedy, not optimal:
it hides a little more than needed, and an exact audit has the last word. Sources: Cox 1980; Hundepool et al. 2012;
Denning & Denning 1979.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.thresholds import PRIVATE_BELOW

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A row of groups: which are hidden, whether their total is, and how many people the hidden ones are."""

    hidden: tuple[bool, ...]
    is_total_hidden: bool
    hidden_people: int


def suppress_row(people: Sequence[int], fewest: int = PRIVATE_BELOW) -> Suppressed:
    """Return which of several groups to hide so that no group of 1 … `fewest` − 1 people can be worked out.

    A single hidden group, or hidden groups of fewer than `fewest` people together, would follow from the total: the
    smallest visible group (the first of equals) is hidden too, and the total when none is left. Empty groups are shown.
    """
    hidden = [0 < n < fewest for n in people]
    while any(hidden):
        together = sum(n for n, is_hidden in zip(people, hidden, strict=True) if is_hidden)
        if sum(hidden) > 1 and together >= fewest:
            break
        visible = [(n, place) for place, n in enumerate(people) if n > 0 and not hidden[place]]
        if not visible:
            return Suppressed(tuple(hidden), True, together)
        hidden[min(visible)[1]] = True
    return Suppressed(tuple(hidden), False, sum(n for n, is_hidden in zip(people, hidden, strict=True) if is_hidden))


@dataclass(frozen=True, slots=True)
class SuppressedTable:
    """A table of groups with its totals.

    Attributes
    ----------
    hidden : ndarray of bool, (rows + 1, columns + 1)
        The last column holds the totals of rows, the last row those of columns, the last cell the grand total.
    disclosed : tuple of places
        Hidden inner cells that follow exactly from what is shown. Not empty: the table must not be shown at all.
    """

    hidden: np.ndarray
    disclosed: tuple[Place, ...]

    @property
    def may_be_shown(self) -> bool:
        """Return whether nothing hidden can be worked out."""
        return not self.disclosed

    @property
    def hidden_cells(self) -> tuple[Place, ...]:
        """Return the hidden inner cells, row by row."""
        return _places(self.hidden[:-1, :-1])


def suppress_table(people: Sequence[Sequence[int]], fewest: int = PRIVATE_BELOW) -> SuppressedTable:
    """Return which cells of a table of groups to hide.

    Parameters
    ----------
    people : rows × columns of counts ≥ 0
    fewest : int
        Groups of 1 … `fewest` − 1 people are hidden.
    """
    table = with_totals(people)
    hidden = np.zeros(table.shape, dtype=bool)
    inner = table[:-1, :-1]
    hidden[:-1, :-1] = (inner > 0) & (inner < fewest)
    has_moved = True
    while has_moved:
        has_moved = False
        for line in _lines(table.shape):
            has_moved |= _hide_one_more(table, hidden, line, fewest)
    return SuppressedTable(hidden, disclosed_cells(hidden))


def with_totals(people: Sequence[Sequence[int]]) -> np.ndarray:
    """Return the table with a last column and a last row of totals."""
    inner = np.asarray(people, dtype=int)
    rows = np.column_stack([inner, inner.sum(axis=1)])
    return np.vstack([rows, rows.sum(axis=0)])


def _lines(shape: tuple[int, ...]) -> Iterator[list[Place]]:
    """Yield every line of the table, rows first; the last place of a line is its total."""
    rows, columns = shape
    yield from ([(row, column) for column in range(columns)] for row in range(rows))
    yield from ([(row, column) for row in range(rows)] for column in range(columns))


def _hide_one_more(table: np.ndarray, hidden: np.ndarray, line: list[Place], fewest: int) -> bool:
    """Hide one more cell of a line that gives a hidden one away; return whether one was hidden."""
    *cells, total = line
    secret = [place for place in cells if hidden[place]]
    alone = len(secret) + int(hidden[total]) == 1
    too_few = bool(secret) and not hidden[total] and sum(int(table[place]) for place in secret) < fewest
    if not (alone or too_few):
        return False
    visible = [(int(table[place]), place) for place in cells if table[place] > 0 and not hidden[place]]
    chosen = min(visible)[1] if visible else total
    if hidden[chosen]:
        return False
    hidden[chosen] = True
    return True


def disclosed_cells(hidden: np.ndarray) -> tuple[Place, ...]:
    """Return the hidden inner cells that the shown totals determine exactly.

    Every line says that its cells add up to its total. A hidden cell is determined exactly when its unit vector lies in
    the row space of these equations, written for the hidden cells alone.
    """
    places, equations = equations_of(hidden)
    if not places:
        return ()
    rank = np.linalg.matrix_rank(equations) if equations.size else 0
    found = []
    for index, place in enumerate(places):
        is_inner = place[0] < hidden.shape[0] - 1 and place[1] < hidden.shape[1] - 1
        unit = np.zeros((1, len(places)))
        unit[0, index] = 1
        if is_inner and rank and np.linalg.matrix_rank(np.vstack([equations, unit])) == rank:
            found.append(place)
    return tuple(found)


def equations_of(hidden: np.ndarray) -> tuple[list[Place], np.ndarray]:
    """Return the hidden places and one equation per line that has any: +1 for a cell, −1 for a total."""
    places = list(_places(hidden))
    index = {place: number for number, place in enumerate(places)}
    rows = []
    for *cells, total in _lines(hidden.shape):
        signs = {index[place]: 1.0 for place in cells if place in index}
        signs |= {index[total]: -1.0} if total in index else {}
        if signs:
            row = np.zeros(len(places))
            row[list(signs)] = list(signs.values())
            rows.append(row)
    return places, np.array(rows) if rows else np.zeros((0, len(places)))


def _places(hidden: np.ndarray) -> tuple[Place, ...]:
    return tuple((int(row), int(column)) for row, column in np.argwhere(hidden))


def feasible_ranges(people: Sequence[Sequence[int]], hidden: np.ndarray) -> list[tuple[float, float]]:
    """Return for each hidden inner cell the least and the most that what is shown allows (linear programming)."""
    from scipy.optimize import linprog

    table = with_totals(people)
    places, equations = equations_of(hidden)
    sums = equations @ np.array([table[place] for place in places], dtype=float)
    ranges = []
    for place in SuppressedTable(hidden, ()).hidden_cells:
        aim = np.zeros(len(places))
        aim[places.index(place)] = 1
        ends = [linprog(sign * aim, A_eq=equations, b_eq=sums, bounds=(0, None)) for sign in (1, -1)]
        low, high = (float(end.fun) if end.success else float("inf") for end in ends)
        ranges.append((low, -high))
    return ranges


@dataclass(frozen=True, slots=True)
class UnsafePair:
    """Two published groups, one inside the other, whose difference is too small a group."""

    inner: str
    outer: str
    difference: int


def unsafe_pairs(groups: Mapping[str, Sequence[int]], fewest: int = PRIVATE_BELOW) -> list[UnsafePair]:
    """Return the pairs A ⊂ B of published groups with 1 … `fewest` − 1 people in B but not in A, in group order."""
    members = {name: set(people) for name, people in groups.items()}
    return [
        UnsafePair(inner, outer, len(members[outer] - members[inner]))
        for inner in members
        for outer in members
        if members[inner] < members[outer] and 0 < len(members[outer] - members[inner]) < fewest
    ]


def batched(cumulative: Sequence[int], fewest: int = PRIVATE_BELOW) -> list[int]:
    """Return how many answers a running result may speak of at each moment: it moves only by `fewest` or more."""
    published, shown = 0, []
    for answers in cumulative:
        if answers - published >= fewest:
            published = answers
        shown.append(published)
    return shown
