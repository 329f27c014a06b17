"""The goal and its word: it never contradicts the two numbers on the screen."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.goal import Goal, GoalError, Judgement, Word, elapsed, judge, pace_line, progress
from dashboard.nps import NOBODY, Counts, Nps, net_promoter_score, shown
from dashboard.periods import WEEK, week_of

STARTS, DEADLINE = date(2026, 1, 5), date(2026, 12, 31)
POINTS = st.integers(-1000, 1000).map(lambda tenths: tenths / 10)
COUNTS = st.builds(Counts, *[st.integers(0, 900)] * 3)


@st.composite
def goals(draw: st.DrawFn) -> Goal:
    start = draw(POINTS)
    target = draw(POINTS.filter(lambda points: points != start))
    return Goal(1, start, target, STARTS, STARTS + timedelta(days=draw(st.integers(1, 800))))


WEEKS = st.integers(-10, 150).map(lambda index: week_of(STARTS) + index * WEEK)


@given(goals(), COUNTS, WEEKS, st.integers(0, 100))
def test_the_word_never_contradicts_the_two_numbers(goal: Goal, counts: Counts, week: date, weeks: int) -> None:
    judged = judge(goal, net_promoter_score(counts), week, weeks)
    is_over = week + timedelta(days=6) >= goal.deadline
    if judged.points is None:
        assert counts.n == 0
        assert (judged.word, judged.difference) == (Word.STARTED, None)
        return
    side = 1 if goal.target_points > goal.start_points else -1
    ahead = side * (judged.points - judged.objective)
    assert judged.difference == pytest.approx(judged.points - judged.objective)
    if judged.word is Word.WINNING:
        assert ahead > 0
    elif judged.word is Word.LOSING:
        assert ahead < 0
    elif judged.word is Word.LEVEL:
        assert ahead == 0
    elif judged.word is Word.WON:
        assert ahead >= 0
    elif judged.word is Word.LOST:
        assert ahead < 0
    else:
        assert counts.n < 30 or (weeks < 6 and not is_over)
    assert (judged.word in (Word.WON, Word.LOST)) == (is_over and counts.n >= 30)


@given(goals(), COUNTS, WEEKS)
def test_narrow_means_that_the_objective_lies_inside_the_interval(goal: Goal, counts: Counts, week: date) -> None:
    nps = net_promoter_score(counts)
    judged = judge(goal, nps, week, 50)
    if judged.is_narrow:
        assert judged.word in (Word.WINNING, Word.LOSING)
        assert nps.low is not None
        assert nps.high is not None
        assert nps.low <= goal.line(week + timedelta(days=6)) <= nps.high


def case(points: tuple[int, int, int], week: date, weeks: int = 20, **changes: Any) -> Judgement:
    goal = Goal(1, **{"start_points": 32, "target_points": 45, "starts": STARTS, "deadline": DEADLINE} | changes)
    return judge(goal, net_promoter_score(Counts(*points)), week, weeks)


LAST = week_of(DEADLINE)


@pytest.mark.parametrize(
    ("judged", "word", "is_narrow"),
    [
        (case((0, 0, 29), LAST), Word.STARTED, False),
        (case((0, 0, 30), LAST - 4 * WEEK), Word.WINNING, False),
        (case((0, 0, 30), LAST - 4 * WEEK, weeks=5), Word.STARTED, False),
        (case((0, 0, 30), LAST, weeks=1), Word.WON, False),
        (case((170, 250, 580), LAST - 4 * WEEK), Word.LOSING, True),
        (case((1700, 2500, 5800), LAST - 4 * WEEK), Word.LOSING, False),
        (case((100, 350, 550), LAST), Word.WON, False),
        (case((101, 350, 549), LAST), Word.LOST, False),
        (case((99, 350, 551), LAST + 30 * WEEK), Word.WON, False),
        (case((550, 350, 100), LAST, start_points=0, target_points=-45), Word.WON, False),
        (case((549, 350, 101), LAST, start_points=0, target_points=-45), Word.LOST, False),
        (case((0, 0, 400), LAST - 4 * WEEK, start_points=0, target_points=-45), Word.LOSING, False),
    ],
)
def test_the_table_of_words(judged: Judgement, word: Word, is_narrow: bool) -> None:
    assert (judged.word, judged.is_narrow) == (word, is_narrow)


def test_a_deadline_missed_by_less_than_rounding_shows_decimals_enough_to_see_it() -> None:
    judged = case((1001, 3500, 5499), LAST)
    assert judged.word is Word.LOST
    assert judged.points == 44.98
    assert judged.decimals == 2
    assert judged.difference == -0.02


def test_nobody_answered_is_just_started_and_no_number() -> None:
    judged = judge(Goal(1, 0, 10, STARTS, DEADLINE), net_promoter_score(NOBODY), LAST, 0)
    assert (judged.word, judged.points, judged.difference) == (Word.STARTED, None, None)


def test_too_few_accounts_for_an_interval_are_just_started_until_the_deadline() -> None:
    goal = Goal(1, 0, 10, STARTS, DEADLINE)
    accounts = Nps(50.0, None, None, 40, Counts(5, 10, 25), 3.0)
    assert judge(goal, accounts, LAST - 9 * WEEK, 20).word is Word.STARTED
    over = judge(goal, accounts, LAST, 20)
    assert (over.word, over.is_narrow) == (Word.WON, False)


@given(goals(), st.dates(date(2020, 1, 1), date(2032, 1, 1)))
def test_the_objective_stays_between_x_and_y_and_flat_outside(goal: Goal, day: date) -> None:
    low, high = sorted((goal.start_points, goal.target_points))
    assert low - 1e-9 <= goal.line(day) <= high + 1e-9
    if day <= goal.starts:
        assert goal.line(day) == goal.start_points
    if day >= goal.deadline:
        assert goal.line(day) == pytest.approx(goal.target_points)


@given(goals())
def test_progress_is_none_done_at_x_and_all_done_at_y(goal: Goal) -> None:
    assert progress(goal, goal.start_points) == 0
    assert progress(goal, goal.target_points) == 1
    assert progress(goal, 2 * goal.start_points - goal.target_points) == pytest.approx(-1)


@pytest.mark.parametrize(("today", "share"), [(-5, 0), (0, 0), (5, 0.5), (10, 1), (20, 1)])
def test_time_has_gone_between_none_and_all(today: float, share: float) -> None:
    assert elapsed(0, 10, today) == share
    assert pace_line(30, 50, 0, 10, today) == 30 + 20 * share


@pytest.mark.parametrize(
    ("day", "weeks"), [(DEADLINE, 0), (DEADLINE - timedelta(days=1), 1), (DEADLINE - WEEK, 1), (DEADLINE + WEEK, 0)]
)
def test_begun_weeks_count_as_weeks_left(day: date, weeks: int) -> None:
    assert Goal(1, 0, 10, STARTS, DEADLINE).weeks_left(day) == weeks


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"start_points": 101}, "start .* must lie between"),
        ({"target_points": -101}, "target .* must lie between"),
        ({"target_points": float("nan")}, "must lie between"),
        ({"target_points": 32.0}, "nothing to win"),
        ({"deadline": STARTS}, "must come after"),
        ({"window_weeks": 0}, "between 1 and 53"),
        ({"window_weeks": 54}, "between 1 and 53"),
    ],
)
def test_a_goal_that_cannot_be_played_says_what_to_change(changes: dict[str, Any], message: str) -> None:
    values: dict[str, Any] = {"start_points": 32.0, "target_points": 45.0, "starts": STARTS, "deadline": DEADLINE}
    with pytest.raises(GoalError, match=message):
        Goal(0, **values | changes)


def test_numbers_are_judged_as_shown() -> None:
    judged = case((170, 250, 580), LAST - 4 * WEEK)
    assert judged.points == shown(41.0)
    assert judged.objective == shown(Goal(1, 32, 45, STARTS, DEADLINE).line(LAST - 4 * WEEK + timedelta(days=6)))
