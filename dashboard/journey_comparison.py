"""Two sides of the journey beside each other: A against B, two periods or two values of a dimension."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import polars as pl

from dashboard.changes import Verdict
from dashboard.journey_cells import Measure, differences
from dashboard.periods import Period
from dashboard.shrinkage import SPREAD_SCALE, SPREADS, shrunk_cells
from dashboard.thresholds import INDICATIVE_FROM

COMPARED = {
    "moment": pl.String(),
    "row": pl.String(),
    "n": pl.Int64(),
    "n_other": pl.Int64(),
    "value": pl.Float64(),
    "value_other": pl.Float64(),
    "change": pl.Float64(),
    "error": pl.Float64(),
    "low": pl.Float64(),
    "high": pl.Float64(),
    "shrunk": pl.Float64(),
    "shrunk_sd": pl.Float64(),
    "verdict": pl.String(),
    "is_hidden": pl.Boolean(),
}
KEYS = ["moment", "row"]


class Versus(StrEnum):
    """What the journey is compared with."""

    MARKS = "marks"  # with nothing: the values, and what changed against as many days just before
    BEFORE = "before"  # as many days just before
    YEAR = "year"  # the same weeks a year ago
    PERIOD = "period"  # days of one's own choice
    VALUE = "value"  # one value of a dimension against another


@dataclass(frozen=True, slots=True)
class Sides:
    """What a person chose to compare: two values of a dimension, or the days of B; what is left open is what is usual.

    Attributes
    ----------
    dimension, a, b : str
    since, until : date or None
    """

    dimension: str = ""
    a: str = ""
    b: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One side.

    Attributes
    ----------
    key, name : str
        The value of the dimension; empty where periods are compared.
    period : Period
    """

    key: str
    name: str
    period: Period


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that a comparison says.

    Attributes
    ----------
    versus : Versus
    dimension : str
        Empty where periods are compared.
    a, b : Side
        What is compared, and with what.
    choices : tuple of (key, name)
        Values that A and B may be; none for periods.
    rows : tuple of (key, name)
        A single one, A itself, where the rows are what is compared.
    cells : DataFrame
        Schema `COMPARED`: A − B.
    whole : mapping or None
        A row of `COMPARED` of everything shown; None where something of it is hidden.
    """

    versus: Versus
    dimension: str
    a: Side
    b: Side
    choices: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, str], ...]
    cells: pl.DataFrame
    whole: Mapping[str, Any] | None

    @property
    def is_of_periods(self) -> bool:
        """Return whether two periods are compared."""
        return not self.dimension

    @property
    def overlaps(self) -> bool:
        """Return whether the two periods share days: their margin is then wider than it needs to be."""
        one, other = self.a.period, self.b.period
        return self.is_of_periods and one.since <= other.until and other.since <= one.until

    def cell(self, moment: str, row: str) -> dict[str, Any] | None:
        """Return one cell, None when there is none."""
        found = self.cells.filter((pl.col("moment") == moment) & (pl.col("row") == row))
        return found.row(0, named=True) if found.height else None

    @property
    def telling(self) -> tuple[str, str] | None:
        """Return the cell that differs most: of the real differences, else of those that have one; else None."""
        known = self.cells.drop_nulls("change").sort(pl.col("change").abs(), *KEYS, descending=[True, False, False])
        for found in (known.filter(pl.col("verdict") == Verdict.REAL.value), known):
            if found.height:
                return found["moment"][0], found["row"][0]
        return None


def compared_cells(
    measure: Measure, cells: pl.DataFrame, others: pl.DataFrame, sums: pl.DataFrame, other_sums: pl.DataFrame
) -> pl.DataFrame:
    """Return A against B, a row per cell of A; what either side hides, both hide.

    Parameters
    ----------
    measure : Measure
    cells, others : DataFrame
        A and B: `moment`, `row`, `n`, `value`, `is_hidden`.
    sums, other_sums : DataFrame
        `moment`, `row` and what `measured_cells` reads, of both.

    Returns
    -------
    DataFrame
        Schema `COMPARED`. Hidden: no numbers. Fewer than ten answers on either side: only how many. A cell that nobody
        answered in B has `n_other` = 0.
    """
    names = ("n", "value", "is_hidden")
    both = cells.select(*KEYS, *names).join(
        others.select(*KEYS, *[pl.col(name).alias(f"{name}_other") for name in names]), on=KEYS, how="left"
    )
    both = both.with_columns(
        pl.col("n_other").fill_null(0), is_hidden=pl.col("is_hidden") | pl.col("is_hidden_other").fill_null(False)
    )
    is_told = ~pl.col("is_hidden") & (pl.min_horizontal("n", "n_other") >= INDICATIVE_FROM)
    seen = both.filter(is_told).select(KEYS)
    found = differences(measure, *(one.join(seen, on=KEYS, how="semi") for one in (sums, other_sums)))
    told = both.join(found.drop("p_value"), on=KEYS, how="left")
    if measure is Measure.ANSWERS:
        told = told.with_columns(change=pl.col("value") - pl.col("value_other"))
    told = _shrunk(measure, told)
    numbers = [name for name in COMPARED if name not in (*KEYS, "is_hidden")]
    counted = ("n", "n_other")
    may_be_said = {name: ~pl.col("is_hidden") if name in counted else is_told for name in numbers}
    hidden = told.with_columns(pl.when(said).then(pl.col(name)).alias(name) for name, said in may_be_said.items())
    return hidden.select(pl.col(name).cast(dtype) for name, dtype in COMPARED.items()).sort(KEYS)


def _shrunk(measure: Measure, told: pl.DataFrame) -> pl.DataFrame:
    """Return the cells with the differences drawn towards what row and moment make expect: the colours."""
    if measure is Measure.ANSWERS:
        return told.with_columns(shrunk=pl.col("change"), shrunk_sd=pl.lit(0.0))
    per = 1.0 if measure is Measure.NPS else 0.1
    known = told.select(*KEYS, column="moment", value="change", variance=pl.col("error") ** 2)
    found = shrunk_cells(known, [per * spread for spread in SPREADS], per * SPREAD_SCALE).cells
    return told.join(found.select(*KEYS, "shrunk", "shrunk_sd"), on=KEYS, how="left")
