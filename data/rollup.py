"""The rollup: from rows of the log to cubes of integers. The only place where a measure is defined.

Written once in Narwhals expressions, so that Polars, DuckDB and Spark compute the same cells. It never touches a clock
or a time zone: `day`, `week` and `month` were fixed at import.
"""

from __future__ import annotations

from typing import Any

import narwhals as nw

from dashboard.tables import PROMISED, RATED, SCORES, WEIGHTS

CUBES: dict[str, tuple[str, ...]] = {
    "total": (),
    "team_segment": ("team", "segment"),
    "moment_segment": ("moment", "segment"),
    "channel_site": ("channel", "site"),
    "source": ("source",),
    **{f"moment_{name}": ("moment", name) for name in ("team", "channel", "site", "touchpoint", "area")},
}
"""Marginal cubes: name and the dimensions each keeps, besides `audience`, which every cube keeps."""

RATING_CUBES: dict[str, tuple[str, ...]] = {
    f"rated_{name}": ("moment", name)
    for name in ("segment", "team", "channel", "site", "touchpoint", "area", "attribute", "source")
}
"""The same of ratings; each keeps `scale` too."""

TIME = ("day", "week", "month")
MEASURES = ("answers", *SCORES, *WEIGHTS, "comments", "invited")


def kept(cube: str) -> tuple[str, ...]:
    """Return the dimensions that a cube keeps."""
    return (*CUBES[cube], "audience") if cube in CUBES else (*RATING_CUBES[cube], "audience", "scale")


def roll_up_responses(native: Any, dimensions: tuple[str, ...]) -> Any:
    """Return one row per day and combination of `dimensions`, with every measure but `invited` summed.

    Parameters
    ----------
    native : LazyFrame, DuckDB relation or Spark frame
        Rows of `responses`.
    dimensions : tuple of str
        Dimensions to keep.

    Returns
    -------
    The same kind of frame: `TIME`, `dimensions` and Int64 measures. No rows give no rows.
    """
    integer = nw.Int64
    column = nw.col
    one = nw.lit(1, dtype=integer)
    zero = nw.lit(0, dtype=integer)
    counted = column("counts") & ~column("recommend").is_null()
    frame = nw.from_native(native)
    frame = frame.with_columns(
        answer=nw.when(counted).then(column("recommend").cast(integer)),
        worth=nw.when(counted).then(column("weight").cast(integer)).otherwise(zero),
        comments=nw.when(~column("verbatim").is_null()).then(one).otherwise(zero),
        answers=nw.when(counted).then(one).otherwise(zero),
    )
    frame = frame.with_columns(
        **{name: nw.when(column("answer") == points).then(one).otherwise(zero) for points, name in enumerate(SCORES)},
        weight=column("worth"),
        weight_detractors=nw.when(column("answer") <= 6).then(column("worth")).otherwise(zero),
        weight_promoters=nw.when(column("answer") >= 9).then(column("worth")).otherwise(zero),
        weight2=column("worth") * column("worth"),
    )
    frame = frame.with_columns(
        weight2_detractors=column("weight_detractors") * column("weight_detractors"),
        weight2_promoters=column("weight_promoters") * column("weight_promoters"),
    )
    sums = [column(name).sum().alias(name) for name in MEASURES if name != "invited"]
    cells = frame.group_by(*TIME, *dimensions).agg(*sums)
    return cells.with_columns(*[column(name).cast(integer) for name in MEASURES if name != "invited"]).to_native()


def roll_up_invitations(native: Any, dimensions: tuple[str, ...]) -> Any:
    """Return one row per day and combination of `dimensions` with `invited` summed (Int64)."""
    frame = nw.from_native(native).group_by(*TIME, *dimensions).agg(nw.col("invited").sum().alias("invited"))
    return frame.with_columns(nw.col("invited").cast(nw.Int64)).to_native()


def roll_up_ratings(native: Any, dimensions: tuple[str, ...]) -> Any:
    """Return one row per day and combination of `dimensions` with the sums `RATED` (Int64, raw integers).

    What we estimate ourselves is left out. `dimensions` must hold `scale`: integers of two scales are never added up.
    """
    column, integer = nw.col, nw.Int64
    zero = nw.lit(0, dtype=integer)
    frame = nw.from_native(native).filter(column("counts") & (column("measure_source") != "estimate"))
    lived, expected, importance = (column(name).cast(integer) for name in ("lived", "expected", "importance"))
    most = column("scale").str.replace_all(r"^-?\d+-", "").cast(integer)
    gap = lived - expected
    values = {
        "rated": ~lived.is_null(),
        "lived": lived,
        "lived2": lived * lived,
        "top": lived == most,
        "hoped": ~expected.is_null(),
        "expected": expected,
        "compared": ~gap.is_null(),
        "gap": gap,
        "gap2": gap * gap,
        "valued": ~importance.is_null(),
        "importance": importance,
    }
    parts = {
        f"sum_{name}": nw.when(~value.is_null()).then(value.cast(integer)).otherwise(zero)
        for name, value in values.items()
    }
    cells = (
        frame.with_columns(**parts).group_by(*TIME, *dimensions).agg(*[column(f"sum_{name}").sum() for name in RATED])
    )
    return cells.select(
        *TIME, *dimensions, *[column(f"sum_{name}").cast(integer).alias(name) for name in RATED]
    ).to_native()


def roll_up_promises(native: Any, dimensions: tuple[str, ...]) -> Any:
    """Return one row per day on which promises fall due and combination of `dimensions`, `PROMISED` summed (Int64)."""
    integer = nw.Int64
    column = nw.col
    one, zero = nw.lit(1, dtype=integer), nw.lit(0, dtype=integer)

    def counted(is_so: nw.Expr) -> nw.Expr:
        return nw.when(is_so).then(one).otherwise(zero)

    outcome, minutes = column("outcome"), column("minutes")
    frame = nw.from_native(native).filter(column("is_current"))
    frame = frame.with_columns(
        kept=counted(outcome == "kept"),
        late=counted(outcome == "late"),
        broken=counted(outcome == "broken"),
        released=counted(outcome == "released"),
        open=counted(outcome.is_null()),
        minutes_late=nw.when((outcome == "late") & ~minutes.is_null()).then(minutes).otherwise(zero),
    )
    frame = frame.with_columns(promised=one - column("released"))
    sums = [column(name).sum().alias(name) for name in PROMISED]
    cells = frame.group_by(*TIME, *dimensions).agg(*sums)
    return cells.with_columns(*[column(name).cast(integer) for name in PROMISED]).to_native()
