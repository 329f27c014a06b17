"""A against B: two periods, or two values of a dimension, cell by cell.

Each side is a look at the journey that the asker may have alone; a comparison shows only what both of them show.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from dashboard.filters import Filters
from dashboard.journey import NOT_ASKED, PIVOTS
from dashboard.journey_cells import Measure, measured_cells
from dashboard.journey_comparison import KEYS, Comparison, Side, Sides, Versus, compared_cells
from dashboard.permissions import Capability, Scope, can, may_cross, within_sites
from dashboard.tables import RATED
from data.journey_tables import Cells, cells_of, earlier, named_moments, named_rows, period_of, sums_of
from data.scores import CATEGORIES, Scores
from data.services import State

COMPARABLE = tuple(pivot for pivot in PIVOTS if pivot not in NOT_ASKED)
"""Dimensions of which two values may be compared."""

YEAR_WEEKS = 52


def may_compare(scores: Scores, scope: Scope, limited: Filters, pivot: str, dimension: str) -> bool:
    """Return whether two values of a dimension may be compared under filters, and there are two."""
    is_allowed = may_cross(scope, limited.dimensions | {"moment", pivot, dimension})
    return is_allowed and len(_choices(scores, scope, dimension)) > 1


def compare(
    scores: Scores,
    state: State,
    scope: Scope,
    days: Filters,
    measure: Measure,
    pivot: str,
    versus: Versus,
    sides: Sides,
    is_private: bool,
) -> Comparison | None:
    """Return the comparison asked for, None without one, or where a dimension has not two values.

    Parameters
    ----------
    days : Filters
        A, of which the asker may see this much: the filters with both ends of the period.
    pivot : str
        Rows; where two of its own values are compared, there is a single row.
    is_private : bool
        Whether groups under five are hidden, and B comes in whole weeks.
    """
    if versus is Versus.MARKS:
        return None
    if versus is not Versus.VALUE:
        other = _other_days(days, versus, sides)
        if is_private or not can(scope, Capability.SEE_SMALL_GROUPS):
            other = other.in_whole_weeks()
        cells = [Cells(scores, one, pivot) for one in (days, other)]
        told, sums = _read(measure, cells, state, is_private)
        ends = [Side("", "", period_of(one)) for one in (days, other)]
        return _comparison(measure, versus, "", ends, (), sums, told, named_rows(scores, pivot, cells[0]))
    choices = _choices(scores, scope, sides.dimension)
    keys = _chosen(days, sides, [key for key, _ in choices])
    if keys is None:
        return None
    ends = [Side(key, dict(choices)[key], period_of(days)) for key in keys]
    dimension = sides.dimension
    if dimension != pivot:
        asked = [within_sites(scope, days.with_values(dimension, [key])) for key in keys]
        cells = [Cells(scores, one, pivot) for one in asked]
        told, sums = _read(measure, cells, state, is_private)
        return _comparison(measure, versus, dimension, ends, choices, sums, told, named_rows(scores, pivot, cells[0]))
    every = Cells(scores, within_sites(scope, days.with_values(dimension, ())), pivot)
    (found,), (counted,) = _read(measure, [every], state, is_private)
    told, sums = ([_as_row(frame, key, keys[0]) for key in keys] for frame in (found, counted))
    return _comparison(measure, versus, dimension, ends, choices, sums, told, [(keys[0], ends[0].name)])


def _other_days(days: Filters, versus: Versus, sides: Sides) -> Filters:
    """Return B: the days chosen; of one end alone as many as A; of none, or the wrong way round, those just before."""
    assert days.since is not None
    assert days.until is not None
    if versus is Versus.YEAR:
        return earlier(days, YEAR_WEEKS)
    length = days.until - days.since
    since, until = sides.since, sides.until
    if versus is Versus.BEFORE or (since is None and until is None) or (since and until and until < since):
        return earlier(days)
    if since is None:
        assert until is not None
        return days.within(until - length, until)
    return days.within(since, until or since + length)


def _choices(scores: Scores, scope: Scope, dimension: str) -> tuple[tuple[str, str], ...]:
    """Return key and name of the values that the asker may compare."""
    if dimension not in COMPARABLE:
        return ()
    names = scores.members.names(dimension)
    own = scope.sites if dimension == "site" and scope.sites else None
    return tuple((key, names.get(key, key)) for key in scores.values(dimension) if own is None or key in own)


def _chosen(days: Filters, sides: Sides, values: Sequence[str]) -> tuple[str, str] | None:
    """Return A and B: as chosen, else what is filtered, else the first ones."""
    if len(values) < 2:
        return None
    filtered = [value for value in days.values(sides.dimension) if value in values]
    a = sides.a if sides.a in values else (filtered or values)[0]
    rest = [value for value in (*filtered, *values) if value != a]
    return a, sides.b if sides.b in rest else rest[0]


def _read(
    measure: Measure, sides: Sequence[Cells], state: State, is_private: bool
) -> tuple[list[pl.DataFrame], list[pl.DataFrame]]:
    """Return the cells of each side as the journey alone would tell them, and what they are made of."""
    told = []
    for side in sides:
        moments = [key for key, _ in named_moments(side.scores, state, side)]
        rows = [key for key, _ in named_rows(side.scores, side.pivot, side)]
        told.append(cells_of(measure, side, moments, rows, is_private))
    return told, [sums_of(measure, side) for side in sides]


def _as_row(frame: pl.DataFrame, key: str, name: str) -> pl.DataFrame:
    return frame.filter(pl.col("row") == key).with_columns(row=pl.lit(name, pl.String))


def _comparison(
    measure: Measure,
    versus: Versus,
    dimension: str,
    ends: Sequence[Side],
    choices: tuple[tuple[str, str], ...],
    sums: Sequence[pl.DataFrame],
    told: Sequence[pl.DataFrame],
    rows: Sequence[tuple[str, str]],
) -> Comparison:
    cells = compared_cells(measure, *told, *sums)
    whole = None if any(one["is_hidden"].any() for one in told) else _whole(measure, sums)
    a, b = ends
    return Comparison(versus, dimension, a, b, choices, tuple(rows), cells, whole)


def _whole(measure: Measure, sums: Sequence[pl.DataFrame]) -> dict[str, object] | None:
    """Return everything of A against everything of B; None where either has no answers."""
    names = CATEGORIES if measure in (Measure.NPS, Measure.ANSWERS) else tuple(RATED)
    nowhere = {key: pl.lit("") for key in KEYS}
    together = [one.select(pl.col(names).sum()).with_columns(**nowhere) for one in sums]
    cells = [measured_cells(measure, one, one).with_columns(is_hidden=pl.lit(False)) for one in together]
    found = compared_cells(measure, *[one.filter(pl.col("n") > 0) for one in cells], *together)
    return found.row(0, named=True) if found.height else None
