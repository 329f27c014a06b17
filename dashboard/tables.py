"""The shape of every frame that crosses into the domain: column, dtype, meaning.

The consumer owns the shape; storage and ingestion conform to it. `require` checks a frame once, at the door.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from dashboard.filters import DIMENSIONS

SCORES = tuple(f"score_{points}" for points in range(11))
"""Names of the eleven counts, one for each answer 0..10."""

DETRACTOR_SCORES, PASSIVE_SCORES, PROMOTER_SCORES = SCORES[:7], SCORES[7:9], SCORES[9:]

WEIGHTS = (
    "weight",
    "weight_detractors",
    "weight_promoters",
    "weight2",
    "weight2_detractors",
    "weight2_promoters",
)
"""Sums of weights (thousandths) and of squared weights (millionths): all that a weighted interval needs."""


class FrameError(ValueError):
    """A frame does not have the declared shape."""


@dataclass(frozen=True, slots=True)
class Table:
    """A declared frame.

    Attributes
    ----------
    name : str
        Plural noun of what one row is.
    columns : dict[str, polars.DataType]
        Column name to dtype, in order.
    """

    name: str
    columns: dict[str, pl.DataType]

    def empty(self) -> pl.DataFrame:
        """Return the frame with no rows."""
        return pl.DataFrame(schema=self.columns)

    def require(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return `frame` with exactly the declared columns.

        Raises
        ------
        FrameError
            When a column is missing or has another dtype.
        """
        for column, dtype in self.columns.items():
            if column not in frame.columns:
                raise FrameError(f"{self.name}: column '{column}' is missing; it has {frame.columns}")
            if frame.schema[column] != dtype:
                raise FrameError(f"{self.name}.{column}: expected {dtype}, found {frame.schema[column]}")
        return frame.select(list(self.columns))


def _text(*names: str) -> dict[str, pl.DataType]:
    return {name: pl.String() for name in names}


PLACE = _text(*DIMENSIONS)

RESPONSES = Table(
    "responses",
    {
        "response_id": pl.String(),  # unique within its source: "source:id"
        "import_id": pl.Int64(),
        "respondent": pl.String(),  # scoped by source; null = unknown, each answer counts
        **PLACE,
        "kind": pl.String(),  # explicit (survey) | implicit (heard by an employee)
        "answered_at": pl.Datetime("us", "UTC"),
        "day": pl.Date(),  # local business day in the organisation's zone
        "week": pl.Date(),  # Monday of the ISO week of `day`
        "month": pl.String(),  # partition: year-month of `week`, so no week straddles two
        "recommend": pl.Int16(),  # 0..10, null = not answered
        "weight": pl.Int64(),  # thousandths, 1000 = one vote
        "counts": pl.Boolean(),  # false: a later answer of the same person, moment and week counts instead
        "verbatim": pl.String(),
        "consent": pl.Boolean(),  # may be published without a name
    },
)
"""One row per answer of one person to one survey."""

RATINGS = Table(
    "ratings",
    {
        "response_id": pl.String(),
        "import_id": pl.Int64(),
        "respondent": pl.String(),
        **PLACE,
        "attribute": pl.String(),
        "answered_at": pl.Datetime("us", "UTC"),
        "day": pl.Date(),
        "week": pl.Date(),
        "month": pl.String(),
        "measure_source": pl.String(),  # customer | survey | estimate
        "scale": pl.String(),  # "min-max" as declared, such as "1-5"
        "lived": pl.Int64(),  # raw integers on that scale
        "expected": pl.Int64(),
        "importance": pl.Int64(),
        "counts": pl.Boolean(),
    },
)
"""One row per response, moment and attribute that was rated."""

INVITATIONS = Table(
    "invitations",
    {
        "import_id": pl.Int64(),
        **PLACE,
        "day": pl.Date(),
        "week": pl.Date(),
        "month": pl.String(),
        "invited": pl.Int64(),
    },
)
"""How many customers were asked, per day and dimensions."""

CUBE = Table(
    "cube",
    {
        "day": pl.Date(),
        "week": pl.Date(),
        **PLACE,
        **{name: pl.Int64() for name in ("answers", *SCORES, *WEIGHTS, "comments", "invited")},
    },
)
"""Sums per day and kept dimensions; a dimension that the cube does not keep is null."""

RATED = ("rated", "lived", "lived2", "top", "hoped", "expected", "compared", "gap", "gap2", "valued", "importance")
"""Sums over ratings, raw integers of one scale: how many said what they lived, Σ, Σ² and how many of them the most;
how many said what they expected, and Σ; how many said both, Σ and Σ² of the difference; how many said how important it
is, and Σ."""

RATING_CUBE = Table(
    "rating_cube",
    {
        "day": pl.Date(),
        "week": pl.Date(),
        **PLACE,
        **_text("attribute", "scale"),
        **{name: pl.Int64() for name in RATED},
    },
)
"""Sums of ratings per day, scale and kept dimensions; a dimension that the cube does not keep is null."""

PROMISES = Table(
    "promises",
    {
        "promise_id": pl.String(),  # unique within its source: "source:id"
        "import_id": pl.Int64(),
        "respondent": pl.String(),  # to whom, scoped by source; null = not said
        **PLACE,
        "standard": pl.String(),  # what kind of thing is promised, such as «pedido en 24 h»
        "made": pl.Date(),  # null = not said: then it tells nothing of how long things take
        "due": pl.Date(),  # as promised
        "day": pl.Date(),  # the day on which it falls due, days of grace added
        "week": pl.Date(),
        "month": pl.String(),  # partition: year-month of `week`
        "delivered": pl.Date(),
        "minutes": pl.Int64(),  # delivered − promised; negative = early; null = not delivered, or not said
        "outcome": pl.String(),  # kept | late | broken | released (the customer called it off); null = still open
        "measure_source": pl.String(),  # customer | survey | estimate
        "scale": pl.String(),
        "expected": pl.Int64(),  # raw integers on that scale
        "lived": pl.Int64(),
        "is_current": pl.Boolean(),  # false: a later file said more of the same promise
    },
)
"""One row per thing promised in bulk: orders, deliveries, tickets, flights."""

PROMISED = ("promised", "kept", "late", "broken", "open", "minutes_late", "released")
"""Counts of promises, and the minutes of those that came late; `promised` leaves out what customers called off."""

PROMISE_CUBE = Table(
    "promise_cube",
    {"day": pl.Date(), "week": pl.Date(), **PLACE, **dict.fromkeys(PROMISED, pl.Int64())},
)
"""Sums per day on which promises fall due and kept dimensions; a dimension that the cube does not keep is null."""

WEEKS = Table(
    "weeks",
    {"week": pl.Date(), "detractors": pl.Int64(), "passives": pl.Int64(), "promoters": pl.Int64(), "n": pl.Int64()},
)
"""One row per ISO week, ascending, weeks without answers included with zeros."""

TREND = Table(
    "trend",
    {
        "week": pl.Date(),
        "points": pl.Float64(),  # null where nobody answered
        "low": pl.Float64(),
        "high": pl.Float64(),
        "n": pl.Int64(),
        "worth": pl.Float64(),  # what the answers are worth: fewer where one account is one vote
    },
)
"""The score of the window that ends with each closed week, ascending, none missing."""


def scale_ends() -> tuple[pl.Expr, pl.Expr]:
    """Return the least and the most (Float64) of the scale that a row's `scale` names, such as "-5-5"."""
    least, most = (pl.col("scale").str.extract(r"^(-?\d+)-(-?\d+)$", place).cast(pl.Float64) for place in (1, 2))
    return least, most
