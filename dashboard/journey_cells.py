"""The cells of the journey: one measure by moment and row, what is hidden, what changed and what hurts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from math import sqrt

import numpy as np
import polars as pl
from scipy.special import ndtr

from dashboard.changes import Profile, Verdict, adjusted_for_search, judged, score_change
from dashboard.heatmap import ROUNDING_VARIANCE, mean_cells, score_cells
from dashboard.nps import Counts, critical
from dashboard.suppression import suppress_table
from dashboard.tables import RATED, scale_ends
from dashboard.thresholds import NORMAL_FROM

PAIN_BY = 10.0
"""How far below the whole a cell is to hurt, in points; a tenth of it on 0–10."""

CELLS = {
    "moment": pl.String(),
    "row": pl.String(),
    "n": pl.Int64(),
    "value": pl.Float64(),
    "low": pl.Float64(),
    "high": pl.Float64(),
    "shrunk": pl.Float64(),
    "shrunk_sd": pl.Float64(),
    "verdict": pl.String(),
    "change": pl.Float64(),
    "is_hidden": pl.Boolean(),
}


class Measure(StrEnum):
    """What a cell says."""

    NPS = "nps"
    MEAN = "mean"  # lived, 0–10
    TOP = "top"  # per cent who gave the most
    GAP = "gap"  # lived − expected, on 0–10
    ANSWERS = "answers"


def on_ten(sums: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """Return sums `RATED` of raw integers per scale as sums on 0–10, scales put together.

    Parameters
    ----------
    sums : DataFrame
        `keys`, `scale` ("1-5") and `RATED` (Int64).
    keys : sequence of str
        One row of the result each.
    """
    least, most = scale_ends()
    n, per = pl.col("rated"), 10 / (most - least)
    converted = sums.with_columns(
        pl.col("rated", "top", "hoped", "compared", "valued").cast(pl.Float64),
        lived=per * (pl.col("lived") - n * least),
        lived2=per**2 * (pl.col("lived2") - 2 * least * pl.col("lived") + n * least**2),
        expected=per * (pl.col("expected") - pl.col("hoped") * least),
        gap=per * pl.col("gap"),
        gap2=per**2 * pl.col("gap2"),
        importance=per * (pl.col("importance") - pl.col("valued") * least),
    )
    return converted.group_by(keys).agg(pl.col(RATED).sum()) if keys else converted.select(pl.col(RATED).sum())


def measured_cells(measure: Measure, answers: pl.DataFrame, ratings: pl.DataFrame) -> pl.DataFrame:
    """Return the cells of a measure before anything is hidden.

    Parameters
    ----------
    measure : Measure
    answers : DataFrame
        `moment`, `row` and the counts `detractors`, `passives`, `promoters`, `n`.
    ratings : DataFrame
        `moment`, `row` and `RATED` on 0–10.

    Returns
    -------
    DataFrame
        `moment`, `row`, `n`, `value`, `low`, `high`, `shrunk`, `shrunk_sd`.
    """
    if measure in (Measure.NPS, Measure.ANSWERS):
        cells = score_cells(answers.rename({"moment": "column"}))
        if measure is Measure.ANSWERS:
            n = pl.col("n").cast(pl.Float64)
            cells = cells.with_columns(value=n, low=n, high=n, shrunk=n, shrunk_sd=pl.lit(0.0))
    else:
        cells = mean_cells(_sums(measure, ratings))
        half = critical(0.95) * pl.col("variance").sqrt()
        cells = cells.with_columns(low=pl.col("value") - half, high=pl.col("value") + half)
    cells = cells.rename({"column": "moment"})
    return cells.select("moment", "row", pl.col("n").cast(pl.Int64), "value", "low", "high", "shrunk", "shrunk_sd")


def _sums(measure: Measure, ratings: pl.DataFrame) -> pl.DataFrame:
    """Return `n`, Σ and Σ² of what a measure averages; what was given most is 0 or 10."""
    n, total, square = {
        Measure.MEAN: ("rated", pl.col("lived"), pl.col("lived2")),
        Measure.TOP: ("rated", 10 * pl.col("top"), 100 * pl.col("top")),
        Measure.GAP: ("compared", pl.col("gap"), pl.col("gap2")),
    }[measure]
    return ratings.select(
        "row", pl.col("moment").alias("column"), n=pl.col(n).cast(pl.Int64), total=total, square=square
    )


def hidden_cells(cells: pl.DataFrame, moments: Sequence[str], rows: Sequence[str]) -> pl.DataFrame:
    """Return the cells with `is_hidden`: one suppression pass over the whole table of answers."""
    people = _table(cells, moments, rows)
    if not people.size:
        return cells.with_columns(is_hidden=pl.lit(False))
    found = suppress_table(people.tolist())
    hidden = found.hidden[:-1, :-1] if found.may_be_shown else np.ones_like(people, dtype=bool)
    places = [(row, moment) for row in rows for moment in moments]
    told = pl.DataFrame(
        {"row": [row for row, _ in places], "moment": [moment for _, moment in places], "is_hidden": hidden.ravel()}
    )
    return cells.join(told, on=["row", "moment"], how="left").with_columns(pl.col("is_hidden").fill_null(True))


def _table(cells: pl.DataFrame, moments: Sequence[str], rows: Sequence[str]) -> np.ndarray:
    known = {(row, moment): n for row, moment, n in cells.select("row", "moment", "n").iter_rows()}
    return np.array([[known.get((row, moment), 0) for moment in moments] for row in rows], dtype=int)


def with_changes(cells: pl.DataFrame, measure: Measure, after: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame:
    """Return the cells with their `change` (in units of the value) and its `verdict`; null where either side is thin.

    Parameters
    ----------
    cells : DataFrame
        With `moment` and `row`.
    measure : Measure
    after, before : DataFrame
        `moment`, `row` and what `measured_cells` reads; only cells that may be shown.
    """
    found = differences(measure, after, before).filter(pl.col("verdict") != Verdict.INSUFFICIENT.value)
    return cells.join(found.select("moment", "row", "verdict", "change"), on=["moment", "row"], how="left")


DIFFERENCES = {
    "moment": pl.String(),
    "row": pl.String(),
    "change": pl.Float64(),
    "error": pl.Float64(),
    "low": pl.Float64(),
    "high": pl.Float64(),
    "p_value": pl.Float64(),
    "verdict": pl.String(),
}


def differences(measure: Measure, after: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame:
    """Return the difference of every cell that has answers on both sides, with its margin.

    A map is a search: what is called real must survive the false-discovery control over all cells with enough answers
    (Benjamini & Hochberg 1995), else it is only possible.

    Parameters
    ----------
    measure : Measure
        Answers only add up: they give no rows.
    after, before : DataFrame
        `moment`, `row` and what `measured_cells` reads.

    Returns
    -------
    DataFrame
        Schema `DIFFERENCES`: `change` is after − before, `error` its standard error, `low` and `high` its 95 %
        interval, all in units of the measure; `verdict` is insufficient below thirty answers on either side.
    """
    sides = after.join(before, on=["moment", "row"], suffix="_before")
    tell = _score_differences if measure is Measure.NPS else _mean_differences
    told = [] if measure is Measure.ANSWERS else tell(measure, sides)
    found = pl.DataFrame(told, schema=DIFFERENCES, orient="row")
    is_heard = pl.col("verdict") != Verdict.INSUFFICIENT.value
    heard, thin = found.filter(is_heard), found.filter(~is_heard)
    searched = pl.Series("searched", adjusted_for_search(heard["p_value"].to_list()), dtype=pl.Float64)
    is_lost = (pl.col("verdict") == Verdict.REAL.value) & (searched > 1 - Profile.WATCHED_WEEKLY.value[0])
    verdict = pl.when(is_lost).then(pl.lit(Verdict.POSSIBLE.value)).otherwise("verdict")
    return pl.concat([heard.with_columns(verdict=verdict), thin])


Told = list[tuple[str, str, float, float, float, float, float, str]]


def _score_differences(measure: Measure, sides: pl.DataFrame) -> Told:
    del measure
    names = ("detractors", "passives", "promoters")
    found: Told = []
    columns = sides.select("moment", "row", *names, *[f"{name}_before" for name in names])
    for moment, row, *numbers in columns.iter_rows():
        one = score_change(Counts(*numbers[3:]), Counts(*numbers[:3]))
        if one.points is not None:
            low, high = min(one.inner[0], one.points), max(one.inner[1], one.points)
            found.append((moment, row, one.points, one.error, low, high, one.p_value, one.verdict.value))
    return found


def _mean_differences(measure: Measure, sides: pl.DataFrame) -> Told:
    """Return the differences of means, two independent groups with variances of their own (Welch)."""
    names = [f"{name}_before" for name in RATED]
    later = _sums(measure, sides)
    earlier = _sums(measure, sides.select("moment", "row", *[pl.col(name).alias(name[:-7]) for name in names]))
    outer, inner = (critical(level) for level in Profile.WATCHED_WEEKLY.value)
    found: Told = []
    for new, old in zip(later.iter_rows(named=True), earlier.iter_rows(named=True), strict=True):
        fewest = min(new["n"], old["n"])
        if fewest < 2:
            continue
        change = new["total"] / new["n"] - old["total"] / old["n"]
        error = sqrt(_variance_of_mean(new) + _variance_of_mean(old))
        ends = [(change - times * error, change + times * error) for times in (outer, inner)]
        verdict = judged(ends[0], ends[1], is_enough=fewest >= NORMAL_FROM)
        p_value = float(2 * ndtr(-abs(change) / error))
        found.append((new["column"], new["row"], change, error, *ends[1], p_value, verdict.value))
    return found


def _variance_of_mean(side: Mapping[str, float]) -> float:
    """Return the variance of a mean of two answers or more; of answers in whole points never nothing."""
    spread = (side["square"] - side["total"] ** 2 / side["n"]) / (side["n"] - 1)
    return max(spread, ROUNDING_VARIANCE) / side["n"]


def shown_cells(cells: pl.DataFrame) -> pl.DataFrame:
    """Return the cells (schema `CELLS`) without the numbers of what is hidden."""
    numbers = ("n", "value", "low", "high", "shrunk", "shrunk_sd", "verdict", "change")
    is_seen = ~pl.col("is_hidden")
    return cells.with_columns(pl.when(is_seen).then(pl.col(name)).alias(name) for name in numbers).select(
        pl.col(name).cast(dtype) for name, dtype in CELLS.items()
    )


def hurts(measure: Measure, cell: Mapping[str, object], whole: float | None) -> bool:
    """Return whether a cell is surely far below the whole."""
    value, sd, n = cell["shrunk"], cell["shrunk_sd"], cell["n"]
    if measure is Measure.ANSWERS or whole is None or value is None or not isinstance(n, int) or n < NORMAL_FROM:
        return False
    by = PAIN_BY if measure is Measure.NPS else PAIN_BY / 10
    assert isinstance(value, float)
    assert isinstance(sd, float)
    return value + sd < whole - by
