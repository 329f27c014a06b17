"""What can be said of one improvement after its launch, from the weeks before and after.

A group that did not get it beside the one that did, where there is one; else the trend of its own weeks. What is never
done: a plain before and after with money beside it. Source: `dashboard.effects`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import ceil

import polars as pl

from dashboard.changes import Verdict
from dashboard.effects import FEWEST_AFTER, Effect, Errors, effect_against_control, effect_on_trend
from dashboard.nps import ADDED
from dashboard.periods import WEEK, week_of, weeks_between

LONGEST = 26
"""Weeks that are looked at on either side."""

CHOSEN_BADLY = 8
"""Weeks before the decision that do not count without a control: what was chosen for a bad spell gets better alone."""

LONGEST_WAIT = 104
"""More weeks than these are not worth naming."""


class Method(StrEnum):
    """How it was compared, the more credible first."""

    CONTROL = "control"
    TREND = "trend"


@dataclass(frozen=True, slots=True)
class Study:
    """An improvement's effect and the weeks behind it.

    Attributes
    ----------
    method : Method
    effect : Effect or None
        None while there are too few weeks to compute anything.
    weeks : tuple of date
        Mondays, oldest first.
    treated, control : tuple of float or None
        Weekly values; `control` is empty without one.
    launched : date
        Monday of the first week that counts as after.
    more_weeks : int or None
        Weeks still needed; 0 when it can be judged, None when more than two years would not do.
    """

    method: Method
    effect: Effect | None
    weeks: tuple[date, ...]
    treated: tuple[float | None, ...]
    control: tuple[float | None, ...]
    launched: date
    more_weeks: int | None

    @property
    def is_told(self) -> bool:
        """Return whether enough weeks stand on both sides to speak of an effect."""
        return self.effect is not None and self.effect.verdict is not Verdict.INSUFFICIENT


def weekly_scores(weeks: pl.DataFrame, first: date, last: date) -> pl.DataFrame:
    """Return `week`, `value` (points) and `variance` (points²) of every week, null where nobody answered.

    Parameters
    ----------
    weeks : DataFrame
        Schema `WEEKS`, ascending.
    first, last : date
        Mondays.
    """
    low, middle, high = ADDED
    n = pl.col("n") + low + middle + high
    plus, minus = (pl.col("promoters") + high) / n, (pl.col("detractors") + low) / n
    value = 100 * (pl.col("promoters") - pl.col("detractors")) / pl.col("n")
    variance = 10_000 * (plus + minus - (plus - minus) ** 2) / n
    is_told = pl.col("n") > 0
    every = pl.DataFrame({"week": weeks_between(first, last)}).join(weeks, on="week", how="left")
    return every.select("week", value=pl.when(is_told).then(value), variance=pl.when(is_told).then(variance))


def study(
    treated: pl.DataFrame, control: pl.DataFrame | None, launched: date, decided: date | None, last_week: date
) -> Study:
    """Return what the weeks say.

    Parameters
    ----------
    treated : DataFrame
        `week` (Monday), `value`, `variance`, every week from 26 before the launch.
    control : DataFrame or None
        The same of those who did not get it.
    launched : date
        The first day on which the treated lived it.
    decided : date or None
        Without a control the eight weeks before it are left out.
    last_week : date
        Monday of the last closed week.
    """
    begun = launched if launched.weekday() == 0 else week_of(launched) + WEEK
    first, last = begun - LONGEST * WEEK, min(last_week, begun + (LONGEST - 1) * WEEK)
    rows = treated.filter(pl.col("week").is_between(first, last))
    if control is None:
        chosen = week_of(decided or launched)
        is_spell = pl.col("week").is_between(chosen - CHOSEN_BADLY * WEEK, chosen - WEEK)
        rows = rows.with_columns(pl.when(~is_spell).then(pl.col("value", "variance")))
    before = int((rows["week"] < begun).sum())
    values = tuple(rows["value"])
    others: tuple[float | None, ...] = ()
    if control is None:
        effect = effect_on_trend(values, tuple(rows["variance"]), before, Errors.MEMORY)
    else:
        others = tuple(rows.select("week").join(control, on="week", how="left")["value"])
        effect = effect_against_control(values, others, before, Errors.MEMORY)
    after = rows.height - before
    method = Method.TREND if control is None else Method.CONTROL
    return Study(method, effect, tuple(rows["week"]), values, others, begun, _more_weeks(effect, after))


def _more_weeks(effect: Effect | None, after: int) -> int | None:
    """Return how many weeks are missing: up to the fewest, then until a margin this wide would no longer hold zero."""
    if effect is None or after < FEWEST_AFTER or effect.verdict is Verdict.INSUFFICIENT:
        return max(FEWEST_AFTER - after, 1)
    if effect.verdict is Verdict.REAL:
        return 0
    half = (effect.interval[1] - effect.interval[0]) / 2
    needed = ceil(after * (half / effect.value) ** 2) - after if effect.value else LONGEST_WAIT + 1
    return max(1, needed) if needed <= LONGEST_WAIT else None
