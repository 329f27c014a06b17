"""The scoreboard: the score, today's objective, the word, the path and what has changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import polars as pl

from dashboard.calibration import Badge, Calibration
from dashboard.changes import GroupChange
from dashboard.forecast import Forecast, History, forecast_path
from dashboard.goal import FEWEST_WEEKS, Goal, Judgement, Word, judge, progress
from dashboard.nps import NOBODY, Counts, Nps, net_promoter_score, shown, with_scores
from dashboard.periods import Period, every_week, window

LEAST_FORECAST_ANSWERS = 50


@dataclass(frozen=True, slots=True)
class Amendment:
    """A closed week whose number has changed since it was shown; `points` is None when no answer is left."""

    week: date
    shown_points: float
    points: float | None
    shown_n: int
    n: int


@dataclass(frozen=True, slots=True)
class Shown:
    """What a closed week said when it was closed."""

    week: date
    points: float | None
    low: float | None
    high: float | None
    n: int
    objective: float
    word: Word


@dataclass(frozen=True, slots=True)
class Scoreboard:
    """Everything that the wall and the desk say about the score.

    Attributes
    ----------
    week : date
        Monday of the last closed week.
    period : Period
        Days that the score pools.
    score : Nps
    goal : Goal or None
    judgement : Judgement or None
        None without a goal, or when filters make it another question.
    progress : float or None
        Share of the way from X to Y.
    trend : DataFrame
        `week`, `points`, `low`, `high`, `n` of the pooled window that ends with each closed week.
    running : Nps
        The week that has not ended, apart.
    fan : list of Forecast
        One per week to the deadline; empty when the history is too short.
    calibration : Calibration or None
    answers, invited : int
        Answers and customers asked in the period; `invited` is 0 when unknown.
    amendments : list of Amendment
    """

    week: date
    period: Period
    score: Nps
    goal: Goal | None
    judgement: Judgement | None
    progress: float | None
    trend: pl.DataFrame
    running: Nps
    fan: Sequence[Forecast]
    calibration: Calibration | None
    answers: int
    invited: int
    amendments: Sequence[Amendment]

    @property
    def forecast(self) -> Forecast | None:
        """Return the forecast of the deadline."""
        return self.fan[-1] if self.fan else None

    @property
    def may_show_probability(self) -> bool:
        """Return whether the probability has earned its place."""
        return bool(self.fan) and self.calibration is not None and self.calibration.badge is not Badge.UNRELIABLE

    @property
    def response_rate(self) -> float | None:
        """Return answers per customer asked, 0..1; None when it is not known how many were asked."""
        return min(1.0, self.answers / self.invited) if self.invited else None


def closed(weeks: pl.DataFrame, last_week: date) -> pl.DataFrame:
    """Return the weeks up to `last_week`, none missing in between."""
    past = weeks.filter(pl.col("week") <= last_week)
    return every_week(past, last=last_week) if past.height else past


def pooled(weeks: pl.DataFrame, window_weeks: int) -> pl.DataFrame:
    """Return the score of the window that ends with each week.

    Parameters
    ----------
    weeks : DataFrame
        Schema `WEEKS`, no week missing.
    window_weeks : int
        Weeks pooled; at the beginning, as many as there are.
    """
    sums = ("detractors", "passives", "promoters", "n")
    rolling = weeks.with_columns(pl.col(name).rolling_sum(window_weeks, min_samples=1) for name in sums)
    return with_scores(rolling)


def counts_of(weeks: pl.DataFrame) -> Counts:
    """Return the sum of a frame of `detractors`, `passives`, `promoters`."""
    if weeks.is_empty():
        return NOBODY
    sums = weeks.select(pl.col("detractors", "passives", "promoters").sum()).row(0)
    return Counts(*(int(value) for value in sums))


def judged_weeks(goal: Goal, weeks: pl.DataFrame, last_week: date) -> list[Shown]:
    """Return what every closed week since the goal began says, weeks without any answer in their window left out.

    Parameters
    ----------
    weeks : DataFrame
        Schema `WEEKS`, the goal's own answers.
    """
    past = closed(weeks, last_week)
    if past.is_empty():
        return []
    told = []
    with_answers = 0
    trend = pooled(past, goal.window_weeks).with_columns(own=past["n"])
    for row in trend.iter_rows(named=True):
        week = row["week"]
        if week + timedelta(days=6) < goal.starts:
            continue
        with_answers += row["own"] > 0
        if row["n"] == 0:
            continue
        score = net_promoter_score(Counts(row["detractors"], row["passives"], row["promoters"]))
        judgement = judge(goal, score, week, with_answers)
        told.append(Shown(week, score.points, score.low, score.high, score.n, judgement.objective, judgement.word))
    return told


def amendments(shown_weeks: Sequence[Shown], trend: pl.DataFrame) -> list[Amendment]:
    """Return the closed weeks whose number on the screen, or whose answers, are no longer those that were shown."""
    now = {row["week"]: (row["points"], row["n"]) for row in trend.select("week", "points", "n").iter_rows(named=True)}
    found = []
    for week in shown_weeks:
        points, n = now.get(week.week, (None, 0))
        if week.points is None:
            continue
        if points is None or shown(points) != shown(week.points) or n != week.n:
            found.append(Amendment(week.week, week.points, points, week.n, int(n)))
    return found


def history_of(weeks: pl.DataFrame) -> History:
    """Return weekly counts as the forecast takes them."""
    return History.of(weeks["n"].to_list(), weeks["detractors"].to_list(), weeks["promoters"].to_list())


def fan(goal: Goal, weeks: pl.DataFrame, last_week: date) -> list[Forecast]:
    """Return the forecasts of the weeks to the deadline; none when too little is known or it has passed.

    Their probability is that of the goal: of reaching the target from below, or from above where the goal goes down.
    """
    observed = weeks.filter(pl.col("n") > 0).height
    ahead = (goal.deadline - (last_week + timedelta(days=6))).days
    if observed < FEWEST_WEEKS or weeks["n"].sum() < LEAST_FORECAST_ANSWERS or ahead <= 0:
        return []
    path = forecast_path(history_of(weeks), -(-ahead // 7), goal.window_weeks, goal.target_points)
    if goal.target_points < goal.start_points:
        return [replace(step, probability=1 - step.probability) for step in path]
    return path


def scoreboard(
    weeks: pl.DataFrame,
    last_week: date,
    goal: Goal | None,
    *,
    window_weeks: int,
    running: Counts = NOBODY,
    invited: int = 0,
    calibration: Calibration | None = None,
    shown_weeks: Sequence[Shown] = (),
    score: Nps | None = None,
) -> Scoreboard:
    """Return the scoreboard of the closed weeks.

    Parameters
    ----------
    weeks : DataFrame
        Schema `WEEKS`: the answers that the question is about, the running week may be among them.
    last_week : date
        Monday of the last closed week.
    goal : Goal or None
        None leaves out the word, the line and the forecast.
    window_weeks : int
        Weeks pooled into the score.
    running : Counts
        Answers of the running week.
    invited : int
        Customers asked in the window; 0 unknown.
    calibration : Calibration, optional
    shown_weeks : sequence of Shown
        What closed weeks said when they were closed.
    score : Nps, optional
        The headline where it is not the plain pooled score (one account, one vote).
    """
    past = closed(weeks, last_week)
    trend = pooled(past, window_weeks) if past.height else with_scores(past)
    if goal is not None and score is not None:
        trend = trend.clear()  # the pooled path is another number than one account, one vote: none is better
    headline = score or net_promoter_score(counts_of(past.tail(window_weeks)))
    since_goal = past.filter((pl.col("n") > 0) & (pl.col("week") + timedelta(days=6) >= goal.starts)) if goal else past
    judgement = judge(goal, headline, last_week, since_goal.height) if goal else None
    done = progress(goal, headline.points) if goal and headline.points is not None else None
    return Scoreboard(
        week=last_week,
        period=window(last_week, window_weeks),
        score=headline,
        goal=goal,
        judgement=judgement,
        progress=done,
        trend=trend.select("week", "points", "low", "high", "n"),
        running=net_promoter_score(running),
        fan=fan(goal, past, last_week) if goal and score is None and past.height else [],
        calibration=calibration,
        answers=counts_of(past.tail(window_weeks)).n if goal is not None else headline.n,
        invited=invited,
        amendments=amendments(shown_weeks, trend),
    )


@dataclass(frozen=True, slots=True)
class Comment:
    """What a customer wrote, with what may be said of where."""

    response_id: str
    words: str
    recommend: int | None
    moment: str | None
    segment: str | None
    day: date


@dataclass(frozen=True, slots=True)
class Story:
    """What else the desk tells beside the score.

    Attributes
    ----------
    scores : tuple of int
        Answers 0..10 of the window, eleven counts.
    changes : sequence of GroupChange
        The most telling, four weeks against the four before.
    comments : sequence of Comment
    names : mapping
        Dimension to key to name, for what `changes` and `comments` mention.
    """

    scores: tuple[int, ...]
    changes: Sequence[GroupChange]
    comments: Sequence[Comment]
    names: Mapping[str, Mapping[str, str]]
