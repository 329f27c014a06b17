"""Does "70 %" happen seven times out of ten? The forecast tried on the company's own history.

Sources: Murphy 1973; Gneiting & Raftery 2007.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import polars as pl
from scipy.special import ndtr

from dashboard.forecast import History, filter_history, forecast

FIRST_ORIGIN, ORIGIN_STEP = 13, 4
HORIZONS = (4, 8, 13)
OFFSETS = (-5.0, 0.0, 5.0, 10.0)
FEWEST_FORECASTS = 20

FORECASTS = {
    "origin": pl.Int64(),
    "horizon": pl.Int64(),
    "offset": pl.Float64(),
    "probability": pl.Float64(),
    "outcome": pl.Int64(),
    "today": pl.Float64(),
    "straight_line": pl.Float64(),
}


@dataclass(frozen=True, slots=True)
class Brier:
    """Murphy's split: brier = reliability − resolution + uncertainty + within_bin.

    `skill` is 1 − brier / uncertainty, None when every outcome was the same. Bins are [k/bins, (k+1)/bins), the last
    one closed; `frequency` and `mean_probability` are None in empty bins.
    """

    brier: float
    reliability: float
    resolution: float
    uncertainty: float
    within_bin: float
    skill: float | None
    bin_n: list[int]
    mean_probability: list[float | None]
    frequency: list[float | None]


def brier_score(probabilities: Sequence[float], outcomes: Sequence[int], bins: int = 10) -> Brier | None:
    """Return the score of forecasts against outcomes 0/1; None without forecasts."""
    p, y = np.asarray(probabilities, float), np.asarray(outcomes, float)
    if p.size == 0:
        return None
    place = np.minimum((p * bins + 1e-12).astype(int), bins - 1)
    n = np.bincount(place, minlength=bins).astype(float)
    filled = np.where(n > 0, n, 1.0)
    mean = np.bincount(place, weights=p, minlength=bins) / filled
    share = np.bincount(place, weights=y, minlength=bins) / filled
    base = float(y.mean())
    brier = float(((p - y) ** 2).mean())
    reliability = float((n * (mean - share) ** 2).sum() / p.size)
    resolution = float((n * (share - base) ** 2).sum() / p.size)
    uncertainty = base * (1 - base)
    return Brier(
        brier,
        reliability,
        resolution,
        uncertainty,
        brier - (reliability - resolution + uncertainty),
        1 - brier / uncertainty if uncertainty > 0 else None,
        [int(value) for value in n],
        [float(value) if count else None for value, count in zip(mean, n, strict=True)],
        [float(value) if count else None for value, count in zip(share, n, strict=True)],
    )


def backtest(history: History, window_weeks: int) -> pl.DataFrame:
    """Return pseudo-forecasts of the company's own past (schema `FORECASTS`).

    Every four weeks from week 13, for 4, 8 and 13 weeks ahead and four targets around that day's level; beside each the
    two simple rivals: "is today's score above the target?" and a straight line with normal error. Too little history
    gives no rows.
    """
    rows: list[tuple[int, int, float, float, int, float, float]] = []
    for origin in range(FIRST_ORIGIN, history.weeks, ORIGIN_STEP):
        past = history.first(origin)
        if not past.n.sum():
            continue
        state = filter_history(past)
        level = float(state.weight @ state.mean[:, 0])
        today = _pooled(past, origin, window_weeks)
        for horizon in HORIZONS:
            end = origin + horizon
            reached = _pooled(history, end, window_weeks) if end <= history.weeks else None
            if reached is None or today is None:
                continue
            trend, error = _straight_line(past, window_weeks, horizon)
            for offset in OFFSETS:
                target = level + offset
                step = forecast(past, horizon, window_weeks, target, state)
                if step is not None:
                    rival = float(ndtr((trend - target) / error))
                    row = (origin, horizon, offset, step.probability, int(reached >= target))
                    rows.append((*row, float(today >= target), rival))
    return pl.DataFrame(rows, schema=FORECASTS, orient="row")


def _pooled(history: History, end: int, window_weeks: int) -> float | None:
    part = slice(max(0, end - window_weeks), end)
    n = history.n[part].sum()
    return float(100 * (history.promoters[part] - history.detractors[part]).sum() / n) if n else None


def _straight_line(history: History, window_weeks: int, horizon: int) -> tuple[float, float]:
    """Return the least-squares forecast of the window's mean and its error, in points."""
    observed = history.n > 0
    time = np.arange(history.weeks)[observed]
    score = 100 * (history.promoters[observed] - history.detractors[observed]) / history.n[observed]
    if time.size < 3:
        return float(score.mean()), 25.0
    slope, start = np.polyfit(time, score, 1)
    end = history.weeks - 1 + horizon
    centre = start + slope * (end - (min(window_weeks, end + 1) - 1) / 2)
    residual = score - (start + slope * time)
    return float(centre), max(float(residual.std(ddof=2)) / np.sqrt(window_weeks), 0.5)


class Badge(StrEnum):
    """What may be said of the probability."""

    UNCHECKED = "unchecked"  # too few forecasts that do not overlap
    UNRELIABLE = "unreliable"  # worse than the base rate: the percentage is hidden
    CALIBRATED = "calibrated"
    FAIR = "fair"  # better than the base rate, not yet calibrated


@dataclass(frozen=True, slots=True)
class Calibration:
    """The backtest in one result.

    Attributes
    ----------
    badge : Badge
    forecasts : int
        Forecasts made; many overlap.
    separate : int
        Forecasts whose windows do not overlap, those of the shortest horizon taken one horizon apart.
    brier : Brier or None
    today_brier, line_brier : float or None
        The two simple rivals.
    """

    badge: Badge
    forecasts: int
    separate: int
    brier: Brier | None
    today_brier: float | None
    line_brier: float | None


def calibration(forecasts: pl.DataFrame) -> Calibration:
    """Return the badge of a backtest (schema `FORECASTS`); no rows are `UNCHECKED`."""
    if forecasts.is_empty():
        return Calibration(Badge.UNCHECKED, 0, 0, None, None, None)
    y = pl.col("outcome")
    rivals = forecasts.select(
        today=((pl.col("today") - y) ** 2).mean(), line=((pl.col("straight_line") - y) ** 2).mean()
    ).row(0)
    brier = brier_score(forecasts["probability"].to_list(), forecasts["outcome"].to_list())
    assert brier is not None
    separate = forecasts.filter(pl.col("horizon") == min(HORIZONS)).select("origin").n_unique()
    if separate < FEWEST_FORECASTS:
        badge = Badge.UNCHECKED
    elif brier.skill is None or brier.skill < 0:
        badge = Badge.UNRELIABLE
    else:
        badge = Badge.CALIBRATED if brier.reliability <= 0.01 else Badge.FAIR
    return Calibration(badge, forecasts.height, separate, brier, *rivals)


class Outlook(StrEnum):
    """Which way the probability points, held steady from week to week."""

    WINNING = "winning"
    LEVEL = "level"
    LOSING = "losing"


def outlooks(
    probabilities: Sequence[float | None], enter: float = 0.70, leave: float = 0.55, dwell: int = 2
) -> list[Outlook | None]:
    """Return the outlook after each closed week.

    A changed outlook must be wanted `dwell` weeks in a row before it is shown; a week without a probability keeps the
    outlook and the count. Until the first probability the outlook is None.
    """
    shown: list[Outlook | None] = []
    state: Outlook | None = None
    wanted: Outlook | None = None
    count = 0
    for p in probabilities:
        if p is None:
            shown.append(state)
            continue
        want = _wanted(p, state, enter, leave)
        if state is None or want is state:
            state, wanted, count = want, None, 0
        else:
            count = count + 1 if want is wanted else 1
            wanted = want
            if count >= dwell:
                state, wanted, count = want, None, 0
        shown.append(state)
    return shown


def _wanted(p: float, state: Outlook | None, enter: float, leave: float) -> Outlook:
    if p >= enter or (state is Outlook.WINNING and p >= leave):
        return Outlook.WINNING
    if p <= 1 - enter or (state is Outlook.LOSING and p <= 1 - leave):
        return Outlook.LOSING
    return Outlook.LEVEL
