"""The one goal: NPS from X to Y by a date; today's objective, progress and the word.

The word compares the two numbers on the screen and never contradicts them. Source: McChesney, Covey & Huling 2012.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from dashboard.filters import EVERYTHING, Filters
from dashboard.nps import Nps, shown

FEWEST_WEEKS = 6
FEWEST_ANSWERS = 30
WINDOW_WEEKS = 13


class GoalError(ValueError):
    """A goal that cannot be played. The message says what to change."""


class Vote(StrEnum):
    """What counts as one."""

    ANSWER = "answer"
    ACCOUNT = "account"


class Word(StrEnum):
    """Whether we are winning."""

    WINNING = "winning"
    LOSING = "losing"
    LEVEL = "level"
    STARTED = "started"
    WON = "won"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal, fixed at its creation.

    Attributes
    ----------
    goal_id : int
        0 before it is stored.
    start_points, target_points : float
        X and Y, points −100..100.
    starts, deadline : date
        First and last day.
    window_weeks : int
        Closed weeks pooled into the score.
    vote : Vote
        One answer or one account, one vote.
    scope : Filters
        Which answers count; never a period.
    why : str
        The reason, in the company's words.
    """

    goal_id: int
    start_points: float
    target_points: float
    starts: date
    deadline: date
    window_weeks: int = WINDOW_WEEKS
    vote: Vote = Vote.ANSWER
    scope: Filters = EVERYTHING
    why: str = ""

    def __post_init__(self) -> None:
        for name, points in (("start", self.start_points), ("target", self.target_points)):
            if not -100 <= points <= 100:
                raise GoalError(f"the {name} ({points:g}) must lie between -100 and 100")
        if self.target_points == self.start_points:
            raise GoalError("start and target are the same; there is nothing to win")
        if self.deadline <= self.starts:
            raise GoalError(f"the deadline ({self.deadline}) must come after the start ({self.starts})")
        if not 1 <= self.window_weeks <= 53:
            raise GoalError("the score pools between 1 and 53 weeks")

    def line(self, day: date) -> float:
        """Return the objective of `day`: the straight line from X to Y, flat before and after."""
        return pace_line(
            self.start_points, self.target_points, self._days(self.starts), self._days(self.deadline), self._days(day)
        )

    def weeks_left(self, day: date) -> int:
        """Return the whole or begun weeks from `day` to the deadline; 0 once it has passed."""
        return max(0, -(-(self.deadline - day).days // 7))

    @staticmethod
    def _days(day: date) -> float:
        return float(day.toordinal())


def pace_line(start_points: float, target_points: float, starts: float, deadline: float, today: float) -> float:
    """Return where the line stands `today`; the three times share one unit, and `deadline` is after `starts`."""
    return start_points + (target_points - start_points) * elapsed(starts, deadline, today)


def elapsed(starts: float, deadline: float, today: float) -> float:
    """Return the share of the time that has gone, 0..1."""
    return min(1.0, max(0.0, (today - starts) / (deadline - starts)))


def progress(goal: Goal, points: float) -> float:
    """Return the share of the way done, (now − X) / (Y − X); negative when we have gone back."""
    return (points - goal.start_points) / (goal.target_points - goal.start_points)


@dataclass(frozen=True, slots=True)
class Judgement:
    """The word and the two numbers it compares.

    Attributes
    ----------
    word : Word
    is_narrow : bool
        The objective lies inside the interval, both as shown: it may be chance.
    points, objective : float or None
        As shown, rounded to `decimals`.
    difference : float or None
        Shown score minus shown objective.
    decimals : int
        0, or more where rounding would hide that the deadline was missed.
    weeks : int
        Closed weeks with answers since the goal began.
    """

    word: Word
    is_narrow: bool
    points: float | None
    objective: float
    difference: float | None
    decimals: int
    weeks: int


def judge(goal: Goal, score: Nps, last_closed_week: date, weeks_with_answers: int) -> Judgement:
    """Return the word for the last closed week.

    Parameters
    ----------
    goal : Goal
    score : Nps
        Pooled score of the goal's window that ends with `last_closed_week`.
    last_closed_week : date
        Its Monday; the objective is read on its Sunday, so that both numbers speak of the same moment.
    weeks_with_answers : int
        Closed weeks with answers since the goal began.

    Returns
    -------
    Judgement
        `STARTED` when little is known: few answers or weeks, or too few accounts for an interval. After the deadline
        only the answers must be enough: the score is compared as it is.
    """
    sunday = last_closed_week + timedelta(days=6)
    is_over = sunday >= goal.deadline
    objective = goal.target_points if is_over else goal.line(sunday)
    is_few = score.points is None or score.n < FEWEST_ANSWERS
    is_early = not is_over and (score.low is None or weeks_with_answers < FEWEST_WEEKS)
    if is_few or is_early:
        points = None if score.points is None else shown(score.points)
        difference = None if points is None else points - shown(objective)
        return Judgement(Word.STARTED, False, points, shown(objective), difference, 0, weeks_with_answers)
    return _compared(goal, score, objective, is_over, weeks_with_answers)


def _compared(goal: Goal, score: Nps, objective: float, is_over: bool, weeks: int) -> Judgement:
    assert score.points is not None
    upward = goal.target_points > goal.start_points
    is_ahead = score.points >= objective if upward else score.points <= objective
    decimals = 0
    if is_over:
        word = Word.WON if is_ahead else Word.LOST
        while word is Word.LOST and shown(score.points, decimals) == shown(objective, decimals) and decimals < 6:
            decimals += 1
    elif shown(score.points) == shown(objective):
        word = Word.LEVEL
    else:
        word = Word.WINNING if is_ahead else Word.LOSING
    points, line = shown(score.points, decimals), shown(objective, decimals)
    has_interval = score.low is not None and score.high is not None
    is_inside = has_interval and shown(score.low or 0.0, decimals) <= line <= shown(score.high or 0.0, decimals)
    is_narrow = is_inside and word in (Word.WINNING, Word.LOSING)
    return Judgement(word, is_narrow, points, line, round(points - line, decimals), decimals, weeks)
