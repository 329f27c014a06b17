"""The scoreboard: the score, today's objective, the word, the path and what has changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import polars as pl

from dashboard.accounts import AccountVotes
from dashboard.calibration import Badge, Calibration
from dashboard.changes import GroupChange
from dashboard.forecast import Forecast, History, forecast_path
from dashboard.goal import FEWEST_WEEKS, Goal, Judgement, Word, judge, progress
from dashboard.nps import NOBODY, Counts, Nps, net_promoter_score, shown, with_scores
from dashboard.periods import Period, every_week, window
from dashboard.tables import TREND

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
        Schema `TREND`: the pooled window that ends with each closed week.
    running : Nps
        The week that has not ended, apart.
    fan : list of Forecast
        One per week to the deadline; empty when the history is too short.
    calibration : Calibration or None
    answers, invited : int
        Answers and customers asked in the period; `invited` is 0 when unknown.
    amendments : list of Amendment
    accounts : int or None
        Accounts that answered in the period, where one account is one vote.
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
    accounts: int | None = None

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
    """Return the score of the window that ends with each week (schema `TREND`).

    Parameters
    ----------
    weeks : DataFrame
        Schema `WEEKS`, no week missing.
    window_weeks : int
        Weeks pooled; at the beginning, as many as there are.
    """
    sums = ("detractors", "passives", "promoters", "n")
    rolling = weeks.with_columns(pl.col(name).rolling_sum(window_weeks, min_samples=1) for name in sums)
    scored = with_scores(rolling).with_columns(worth=pl.col("n").cast(pl.Float64))
    return TREND.require(scored)


def counts_of(weeks: pl.DataFrame) -> Counts:
    """Return the sum of a frame of `detractors`, `passives`, `promoters`."""
    if weeks.is_empty():
        return NOBODY
    sums = weeks.select(pl.col("detractors", "passives", "promoters").sum()).row(0)
    return Counts(*(int(value) for value in sums))


def judged_weeks(goal: Goal, weeks: pl.DataFrame, last_week: date, votes: AccountVotes | None = None) -> list[Shown]:
    """Return what every closed week since the goal began says, weeks without any answer in their window left out.

    Parameters
    ----------
    goal : Goal
    weeks : DataFrame
        Schema `WEEKS`, the goal's own answers.
    last_week : date
        Monday of the last closed week.
    votes : AccountVotes, optional
        The same answers by account, where the goal counts so.
    """
    past = closed(weeks, last_week)
    if past.is_empty():
        return []
    trend = votes.trend if votes else pooled(past, goal.window_weeks)
    told = []
    with_answers = 0
    for row, has_answers in zip(trend.iter_rows(named=True), _answered(past, votes), strict=True):
        week = row["week"]
        if week + timedelta(days=6) < goal.starts:
            continue
        with_answers += has_answers
        if row["n"] == 0:
            continue
        score = Nps(row["points"], row["low"], row["high"], row["n"], NOBODY, row["worth"])
        judgement = judge(goal, score, week, with_answers)
        told.append(Shown(week, score.points, score.low, score.high, score.n, judgement.objective, judgement.word))
    return told


def _answered(past: pl.DataFrame, votes: AccountVotes | None) -> list[bool]:
    """Return whether anybody answered, for each week of the trend."""
    return [week.n > 0 for week in votes.weeks] if votes else [n > 0 for n in past["n"]]


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


def fan(goal: Goal, history: History, last_week: date) -> list[Forecast]:
    """Return the forecasts of the weeks to the deadline; none when too little is known or it has passed.

    Their probability is that of the goal: of reaching the target from below, or from above where the goal goes down.
    """
    observed = int((history.n > 0).sum())
    ahead = (goal.deadline - (last_week + timedelta(days=6))).days
    if observed < FEWEST_WEEKS or history.n.sum() < LEAST_FORECAST_ANSWERS or ahead <= 0:
        return []
    path = forecast_path(history, -(-ahead // 7), goal.window_weeks, goal.target_points)
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
    votes: AccountVotes | None = None,
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
    votes : AccountVotes, optional
        The same answers by account, where the goal counts so: score, path, running week and forecast are theirs.
    """
    past = closed(weeks, last_week)
    if votes is not None:
        trend, headline, history = votes.trend, votes.score, votes.history
    else:
        trend = pooled(past, window_weeks) if past.height else TREND.empty()
        headline = net_promoter_score(counts_of(past.tail(window_weeks)))
        history = history_of(past)
    judgement = None
    if goal is not None:
        answered = zip(trend["week"], _answered(past, votes), strict=True)
        since_goal = sum(has_answers for week, has_answers in answered if week + timedelta(days=6) >= goal.starts)
        judgement = judge(goal, headline, last_week, since_goal)
    done = progress(goal, headline.points) if goal and headline.points is not None else None
    return Scoreboard(
        week=last_week,
        period=window(last_week, window_weeks),
        score=headline,
        goal=goal,
        judgement=judgement,
        progress=done,
        trend=trend,
        running=votes.running if votes else net_promoter_score(running),
        fan=fan(goal, history, last_week) if goal else [],
        calibration=calibration,
        answers=counts_of(past.tail(window_weeks)).n if goal is not None else headline.n,
        invited=invited,
        amendments=amendments(shown_weeks, trend),
        accounts=votes.accounts if votes else None,
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
