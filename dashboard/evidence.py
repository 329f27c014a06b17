"""What may be said of an indicator: it foretells the result, seems to, shows nothing, or it is not known yet.

One verdict per indicator. It is judged at four-week marks from what was known then, all indicators together (searching
many finds one by chance), and changes only when two marks in a row agree. Sources: see `lags` and `foretelling`;
Benjamini & Hochberg 1995.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from math import isfinite
from statistics import median

import numpy as np

from dashboard.changes import adjusted_for_search
from dashboard.foretelling import ForecastTest, first_forecast, forecast_test
from dashboard.lags import (
    LagProfile,
    PlainCorrelation,
    Series,
    granger,
    lag_profile,
    plain_correlation,
    weeks_ahead,
)
from dashboard.periods import WEEK

FEWEST_WEEKS, STRONG_WEEKS = 26, 52
FEWEST_ANSWERS = 10
FLAT_SHARE = 2.0
"""Standard deviation, in points of a share, under which an indicator did not move enough to show anything."""

MOST_GAPS = 2
MARK_WEEKS = 4


class Proof(StrEnum):
    """What may be said."""

    STRONG = "strong"
    MODERATE = "moderate"
    NONE = "none"
    INSUFFICIENT = "insufficient"


class Lack(StrEnum):
    """Why nothing can be known yet."""

    WEEKS = "weeks"
    GAPS = "gaps"  # the weeks since the last hole are too few
    FLAT = "flat"  # the indicator hardly moved
    ANSWERS = "answers"  # too few customers answer in a week


def is_mark(week: date) -> bool:
    """Return whether a closed week is one of the marks at which verdicts are judged: one in four, the same for all."""
    return week.toordinal() // 7 % MARK_WEEKS == 0


def marks(first: date, last: date) -> list[date]:
    """Return the marks from the week `first` to the week `last`, oldest first."""
    newest = last - (last.toordinal() // 7 % MARK_WEEKS) * WEEK
    found = []
    while newest >= first:
        found.append(newest)
        newest -= MARK_WEEKS * WEEK
    return found[::-1]


@dataclass(frozen=True, slots=True)
class Stretch:
    """The weeks that both series share, small holes filled.

    Attributes
    ----------
    lead, result : ndarray of float
    gaps : int
        Weeks that were filled.
    is_cut : bool
        Earlier weeks were left out because of a hole too large to fill.
    part : slice
        Which of the weeks they are.
    """

    lead: Series
    result: Series
    gaps: int
    is_cut: bool
    part: slice


def shared_stretch(lead: Sequence[float | None], result: Sequence[float | None]) -> Stretch:
    """Return the newest weeks that both series share.

    A single missing week is filled with the mean of its neighbours, two at most; older weeks than a hole of two in a
    row, or than a third hole, are left out. Which weeks are missing decides, never what the others say.
    """
    x = np.array([np.nan if value is None else value for value in lead], dtype=float)
    y = np.array([np.nan if value is None else value for value in result], dtype=float)
    both = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    if not both.size:
        return Stretch(np.empty(0), np.empty(0), 0, is_cut=False, part=slice(0, 0))
    first, last = int(both[0]), int(both[-1])
    start, gaps, is_missing_after = last, 0, False
    for place in range(last, first - 1, -1):
        holes = int(np.isnan(x[place])) + int(np.isnan(y[place]))
        if holes and (is_missing_after or gaps + holes > MOST_GAPS):
            break
        gaps += holes
        is_missing_after = holes > 0
        if not holes:
            start = place
    part = slice(start, last + 1)
    holes = int(np.isnan([x[part], y[part]]).sum())
    return Stretch(_filled(x[part]), _filled(y[part]), holes, is_cut=start > first, part=part)


def _filled(series: Series) -> Series:
    known = np.flatnonzero(np.isfinite(series))
    return np.interp(np.arange(series.size), known, series[known])


@dataclass(frozen=True, slots=True)
class Trial:
    """One indicator tried against its result with what was known at one mark.

    Attributes
    ----------
    weeks : int
        Weeks that both share.
    lack : Lack or None
        Why it could not be tried.
    per : float
        What the effect is told per: 10 points of a share, a tenth of the target of anything else.
    profile : LagProfile or None
    test : ForecastTest or None
    plain : PlainCorrelation or None
        As a spreadsheet gives it: shown, never part of the verdict.
    granger : float or None
        p-value of the F test of as many past weeks as `best_lag`: shown, never part of the verdict.
    """

    weeks: int
    lack: Lack | None
    per: float
    profile: LagProfile | None = None
    test: ForecastTest | None = None
    plain: PlainCorrelation | None = None
    granger: float | None = None

    @property
    def weeks_needed(self) -> int:
        """Return the weeks of data that are still missing; 0 when something else is."""
        return max(0, FEWEST_WEEKS - self.weeks) if self.lack in (Lack.WEEKS, Lack.GAPS) else 0

    @property
    def effect(self) -> float | None:
        """Return the points of the result per `per` of the indicator, shrunk for having chosen the lag."""
        return None if self.profile is None else self.profile.shrunk_slope * self.per

    @property
    def detectable(self) -> float | None:
        """Return the effect that this history would have found: what is not seen is smaller."""
        return None if self.profile is None else abs(self.profile.detectable * self.per)


def trial(
    lead: Sequence[float | None],
    result: Sequence[float | None],
    answers: Sequence[int] | None,
    *,
    direction: int = 1,
    is_share: bool = True,
    target: float | None = None,
    seed: int = 0,
) -> Trial:
    """Return what the same closed weeks of an indicator and of its result show.

    Parameters
    ----------
    lead, result : sequences of float or None
        Oldest first; None is not reported.
    answers : sequence of int or None
        Customers behind each week of the result; None where it is not made of answers.
    direction : int
        +1 when more of the indicator should bring more of the result.
    is_share : bool
        Values are per cent: the effect is told per 10 points.
    target : float, optional
        Of anything else: the effect is told per tenth of it.
    seed : int
        Of the shuffles.
    """
    known = ready(lead, result, answers, is_share=is_share, target=target)
    if known.lack is not None:
        return known
    stretch = shared_stretch(lead, result)
    profile = lag_profile(stretch.lead, stretch.result, weeks_ahead(known.weeks), direction, seed=seed)
    test = forecast_test(stretch.lead, stretch.result, profile.best_lag, first_forecast(known.weeks))
    plain = plain_correlation(stretch.lead, stretch.result)
    past = granger(stretch.lead, stretch.result, min(profile.best_lag, known.weeks // 8)).p_value
    return replace(known, profile=profile, test=test, plain=plain, granger=past)


def ready(
    lead: Sequence[float | None],
    result: Sequence[float | None],
    answers: Sequence[int] | None,
    *,
    is_share: bool = True,
    target: float | None = None,
) -> Trial:
    """Return how many weeks there are and what is missing, without trying anything; arguments as of `trial`."""
    stretch = shared_stretch(lead, result)
    per = 10.0 if is_share or not target else abs(target) / 10
    return Trial(stretch.lead.size, _lack(stretch, answers, is_share=is_share), per)


def _lack(stretch: Stretch, answers: Sequence[int] | None, *, is_share: bool) -> Lack | None:
    if stretch.lead.size < FEWEST_WEEKS:
        return Lack.GAPS if stretch.is_cut else Lack.WEEKS
    spread, level = float(stretch.lead.std(ddof=1)), float(np.abs(stretch.lead).max())
    if spread < FLAT_SHARE if is_share else spread <= 1e-9 * level:
        return Lack.FLAT
    if float(stretch.result.std()) <= 1e-9 * max(1.0, float(np.abs(stretch.result).max())):
        return Lack.FLAT
    if answers is not None and median(answers[stretch.part]) < FEWEST_ANSWERS:
        return Lack.ANSWERS
    return None


def proofs(trials: Sequence[Trial]) -> list[Proof]:
    """Return what may be said of each of the indicators of one company, tried at the same mark."""
    tried = [place for place, one in enumerate(trials) if one.profile is not None]
    found = [Proof.INSUFFICIENT] * len(trials)
    adjusted = adjusted_for_search([_chance(trials[place]) for place in tried]) if tried else []
    for place, chance in zip(tried, adjusted, strict=True):
        found[place] = _proof(trials[place], chance)
    return found


def _chance(one: Trial) -> float:
    assert one.profile is not None
    return one.profile.chance


def _proof(one: Trial, chance: float) -> Proof:
    test = one.test
    if test is None or not isfinite(test.skill):
        return Proof.NONE
    if one.weeks >= STRONG_WEEKS and chance <= 0.05 and test.skill >= 0.05 and test.chance <= 0.10:
        return Proof.STRONG
    return Proof.MODERATE if chance <= 0.10 and test.skill > 0 else Proof.NONE


def steady(judged: Sequence[Proof]) -> Proof:
    """Return what is shown after marks judged one after the other: it changes when two in a row say the same."""
    told, before = Proof.INSUFFICIENT, None
    for proof in judged:
        if proof is before:
            told = proof
        before = proof
    return told


def pooled_proof(chance: float) -> Proof:
    """Return what may be said of a panel of teams or sites by its chance; its weeks are enough."""
    if chance <= 0.01:
        return Proof.STRONG
    return Proof.MODERATE if chance <= 0.05 else Proof.NONE


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is shown of one indicator.

    Attributes
    ----------
    proof : Proof
    trial : Trial
        The newest that says so; without any yet, what is known today.
    weeks_needed : int
        Weeks of data still missing today before anything can be known; 0 otherwise.
    judged : tuple of (date, Proof)
        Every mark, oldest first.
    """

    proof: Proof
    trial: Trial
    weeks_needed: int
    judged: tuple[tuple[date, Proof], ...]


def evidence(history: Sequence[tuple[date, Trial, Proof]], now: Trial) -> Evidence:
    """Return what is shown of an indicator judged at its marks, oldest first; `now` is what its data allow today."""
    proof = steady([proof for _, _, proof in history])
    own = [trial for _, trial, judged in history if judged is proof]
    needed = now.weeks_needed if proof is Proof.INSUFFICIENT else 0
    shown = now if proof is Proof.INSUFFICIENT else own[-1]
    return Evidence(proof, shown, needed, tuple((mark, judged) for mark, _, judged in history))


@dataclass(frozen=True, slots=True)
class Pooled:
    """What several teams that watch the same show together.

    Attributes
    ----------
    name : str
        Of the indicator.
    teams : tuple of str
        Those without a hole.
    proof : Proof
    weeks : int
    lag : int
    effect : float
        Points of the result per `per` of the indicator.
    per : float
    chance : float
        The search of the lag paid for.
    """

    name: str
    teams: tuple[str, ...]
    proof: Proof
    weeks: int
    lag: int
    effect: float
    per: float
    chance: float
