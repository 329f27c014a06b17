"""The journey: what customers value and live at each moment, told apart by segment, team, channel …"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import polars as pl

from dashboard.changes import Verdict, score_change
from dashboard.heatmap import mean_cells, score_cells
from dashboard.importance import Importance
from dashboard.nps import Counts, critical
from dashboard.periods import Period
from dashboard.priorities import top_chances, with_priorities
from dashboard.suppression import suppress_table
from dashboard.tables import RATED
from dashboard.thresholds import INDICATIVE_FROM, NORMAL_FROM

PIVOTS = ("segment", "team", "channel", "site", "attribute", "touchpoint", "area")
"""What the rows of the heat map may be."""

NOT_ASKED = frozenset({"attribute"})
"""Rows that only ratings have: nobody is asked whether they recommend an attribute."""

TOP_CHANCE = 0.5
"""A moment is called one of the first three from here on."""

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


class Order(StrEnum):
    """In which order the rows come."""

    NAMED = "named"  # as the company orders them
    WORST = "worst"
    BEST = "best"
    MOST = "most"  # answers


class Lack(StrEnum):
    """What a moment that hurts does not have."""

    OWNER = "owner"
    INDICATOR = "indicator"


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment as a whole.

    Attributes
    ----------
    key, name : str
    n : int
        Answers of the period, all rows together.
    share, low, high : float or None
        What it weighs, 0..1, with its margin; None when that is not known.
    stated : float or None
        How important customers say it is, 0..10.
    lived, gap : float or None
        0..10 and lived − expected.
    chance : float or None
        How often it is among the first three to act on, 0..1.
    least, most : (row, value) or None
        The rows it is lived worst and best by; None with fewer than two normal ones.
    owner : str
    lacks : tuple of Lack
    """

    key: str
    name: str
    n: int
    share: float | None = None
    low: float | None = None
    high: float | None = None
    stated: float | None = None
    lived: float | None = None
    gap: float | None = None
    chance: float | None = None
    least: tuple[str, float] | None = None
    most: tuple[str, float] | None = None
    owner: str = ""
    lacks: tuple[Lack, ...] = ()

    @property
    def is_first(self) -> bool:
        """Return whether it is one of the first to act on."""
        return self.chance is not None and self.chance >= TOP_CHANCE

    @property
    def is_measured(self) -> bool:
        """Return whether enough answered to say how it is lived."""
        return self.n >= NORMAL_FROM


@dataclass(frozen=True, slots=True)
class Journey:
    """Everything that one look at the journey says.

    Attributes
    ----------
    measure : Measure
    pivot : str
    period, before : Period
        What is shown, and what changes are judged against.
    moments : tuple of Moment
        In journey order.
    rows : tuple of (key, name)
        In the order asked for.
    cells : DataFrame
        Schema `CELLS`, moment × row, hidden ones without numbers.
    whole : float or None
        The same measure of everything shown.
    importance : Importance
    may_pivot : tuple of str
        Rows that the asker may choose and that have values.
    """

    measure: Measure
    pivot: str
    period: Period
    before: Period
    moments: tuple[Moment, ...]
    rows: tuple[tuple[str, str], ...]
    cells: pl.DataFrame
    whole: float | None
    importance: Importance
    may_pivot: tuple[str, ...] = ()

    @property
    def measured(self) -> int:
        """Return how many moments enough customers answered about."""
        return sum(moment.is_measured for moment in self.moments)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was asked about any moment."""
        return not self.rows or not self.moments

    def cell(self, moment: str, row: str) -> dict[str, object] | None:
        """Return one cell, None when there is none."""
        found = self.cells.filter((pl.col("moment") == moment) & (pl.col("row") == row))
        return found.row(0, named=True) if found.height else None

    @property
    def worst(self) -> tuple[str, str] | None:
        """Return the cell that hurts most: enough answers, furthest below; None when all are thin."""
        known = self.cells.filter((pl.col("n") >= NORMAL_FROM) & ~pl.col("is_hidden") & pl.col("shrunk").is_not_null())
        found = known.sort("shrunk", "moment", "row").head(1)
        return (found["moment"][0], found["row"][0]) if found.height else None


def on_ten(sums: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """Return sums `RATED` of raw integers per scale as sums on 0–10, scales put together.

    Parameters
    ----------
    sums : DataFrame
        `keys`, `scale` ("1-5") and `RATED` (Int64).
    keys : sequence of str
        One row of the result each.
    """
    least, most = (pl.col("scale").str.extract(r"^(-?\d+)-(-?\d+)$", place).cast(pl.Float64) for place in (1, 2))
    n, per = pl.col("rated"), 10 / (most - least)
    converted = sums.with_columns(
        pl.col("rated", "top", "compared", "valued").cast(pl.Float64),
        lived=per * (pl.col("lived") - n * least),
        lived2=per**2 * (pl.col("lived2") - 2 * least * pl.col("lived") + n * least**2),
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
    return ratings.select("row", pl.col("moment").alias("column"), n=pl.col(n).cast(pl.Int64), total=total, square=square)


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


def with_changes(cells: pl.DataFrame, after: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame:
    """Return the cells with `change` (points of NPS) and its `verdict`; null where a side is hidden or missing.

    Parameters
    ----------
    cells : DataFrame
        With `moment` and `row`.
    after, before : DataFrame
        `moment`, `row`, `detractors`, `passives`, `promoters`; only cells that may be shown.
    """
    names = ("detractors", "passives", "promoters")
    sides = after.join(before, on=["moment", "row"], suffix="_before")
    judged = []
    for moment, row, *numbers in sides.select("moment", "row", *names, *[f"{name}_before" for name in names]).iter_rows():
        change = score_change(Counts(*numbers[3:]), Counts(*numbers[:3]))
        is_told = change.verdict is not Verdict.INSUFFICIENT
        judged.append((moment, row, change.verdict.value if is_told else None, change.points if is_told else None))
    schema = {"moment": pl.String, "row": pl.String, "verdict": pl.String, "change": pl.Float64}
    told = pl.DataFrame(judged, schema=schema, orient="row")
    return cells.join(told, on=["moment", "row"], how="left")


def shown_cells(cells: pl.DataFrame) -> pl.DataFrame:
    """Return the cells (schema `CELLS`) without the numbers of what is hidden."""
    numbers = ("n", "value", "low", "high", "shrunk", "shrunk_sd", "verdict", "change")
    is_seen = ~pl.col("is_hidden")
    return cells.with_columns(pl.when(is_seen).then(pl.col(name)).alias(name) for name in numbers).select(
        pl.col(name).cast(dtype) for name, dtype in CELLS.items()
    )


def ordered_rows(
    rows: Sequence[tuple[str, str]], cells: pl.DataFrame, order: Order
) -> tuple[tuple[str, str], ...]:
    """Return the rows in the order asked for; those without a number come last."""
    if order is Order.NAMED:
        return tuple(rows)
    value = pl.col("n").cast(pl.Float64).sum() if order is Order.MOST else pl.col("shrunk").mean()
    found = dict(cells.group_by("row").agg(value=value).select("row", "value").iter_rows())
    sign = 1 if order is Order.WORST else -1

    def place(row: tuple[str, str]) -> tuple[bool, float]:
        number = found.get(row[0])
        return number is None, sign * (number or 0.0)

    return tuple(sorted(rows, key=place))


def moments_of(
    named: Sequence[tuple[str, str]],
    answered: Mapping[str, int],
    ratings: pl.DataFrame,
    weighed: Importance,
    cells: pl.DataFrame,
    owners: Mapping[str, str],
    watched: frozenset[str],
    seed: int,
) -> tuple[Moment, ...]:
    """Return every moment as a whole.

    Parameters
    ----------
    named : sequence of (key, name)
        In journey order.
    answered : mapping
        Moment to answers of the period.
    ratings : DataFrame
        `moment` and `RATED` on 0–10, a row per moment.
    weighed : Importance
    cells : DataFrame
        Schema `CELLS`.
    owners : mapping
        Moment to the person who owns it.
    watched : frozenset of str
        Moments that some indicator is about.
    seed : int
        Of the draws that say who is among the first.
    """
    table = _priorities([key for key, _ in named], ratings, weighed)
    chances = _chances(table, weighed, seed)
    found = []
    for (key, name), row in zip(named, table.iter_rows(named=True), strict=True):
        least, most = _ends(cells.filter(pl.col("moment") == key))
        lacks = [Lack.OWNER] * (key not in owners) + [Lack.INDICATOR] * (key not in watched)
        numbers = {part: row[part] for part in ("share", "low", "high", "stated", "lived", "gap")}
        found.append(
            Moment(
                key,
                name,
                max(answered.get(key, 0), int(row["rated"] or 0)),
                **numbers,
                chance=chances.get(key),
                least=least,
                most=most,
                owner=owners.get(key, ""),
                lacks=tuple(lacks),
            )
        )
    return tuple(found)


def _priorities(moments: Sequence[str], ratings: pl.DataFrame, weighed: Importance) -> pl.DataFrame:
    """Return a row per moment: what it weighs, how it is lived, and what acting on it would give."""

    def mean(total: str, n: str) -> pl.Expr:
        return pl.when(pl.col(n) >= INDICATIVE_FROM).then(pl.col(total) / pl.col(n))

    table = pl.DataFrame({"moment": list(moments)}, schema={"moment": pl.String})
    lived = ratings.select(
        "moment", "rated", lived=mean("lived", "rated"), gap=mean("gap", "compared"), stated=mean("importance", "valued")
    )
    table = table.join(lived, on="moment", how="left").join(weighed.moments, on="moment", how="left")
    gaps = table["gap"]
    ranked = with_priorities(table.rename({"stated": "importance", "gap": "lacking"}).with_columns(
        satisfaction=pl.col("lived"), performance=pl.col("lived")
    ))
    return ranked.rename({"importance": "stated"}).with_columns(gaps)


def _chances(table: pl.DataFrame, weighed: Importance, seed: int) -> dict[str, float]:
    """Return how often each weighed moment is among the first three, over shares that could as well have been found."""
    if weighed.margins is None or not weighed.margins.replicates.size:
        return {}
    lived = dict(table.select("moment", "lived").iter_rows())
    keys = weighed.moments["moment"].to_list()
    room = np.array([10 - lived[key] if lived.get(key) is not None else 0.0 for key in keys])
    draws = weighed.margins.draws(400, np.random.Generator(np.random.PCG64(seed)))
    return dict(zip(keys, top_chances(draws * room).tolist(), strict=True))


def _ends(cells: pl.DataFrame) -> tuple[tuple[str, float] | None, tuple[str, float] | None]:
    """Return the worst and the best row of one moment, by what is shrunk; nothing with fewer than two."""
    known = cells.filter((pl.col("n") >= INDICATIVE_FROM) & pl.col("shrunk").is_not_null()).sort("shrunk", "row")
    if known.height < 2:
        return None, None
    first, last = known.row(0, named=True), known.row(-1, named=True)
    return (first["row"], first["value"]), (last["row"], last["value"])


def hurts(measure: Measure, cell: Mapping[str, object], whole: float | None) -> bool:
    """Return whether a cell is surely far below the whole."""
    value, sd, n = cell["shrunk"], cell["shrunk_sd"], cell["n"]
    if measure is Measure.ANSWERS or whole is None or value is None or not isinstance(n, int) or n < NORMAL_FROM:
        return False
    by = PAIN_BY if measure is Measure.NPS else PAIN_BY / 10
    assert isinstance(value, float)
    assert isinstance(sd, float)
    return value + sd < whole - by
