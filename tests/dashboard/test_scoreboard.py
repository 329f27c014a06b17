"""The scoreboard: what closed weeks say, what has changed since, what lies ahead."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.accounts import AccountVotes, account_sums, account_votes
from dashboard.calibration import Badge, Calibration
from dashboard.forecast import forecast
from dashboard.goal import Goal, Word
from dashboard.nps import Counts, net_promoter_score
from dashboard.periods import WEEK
from dashboard.scoreboard import (
    Amendment,
    Shown,
    amendments,
    closed,
    counts_of,
    fan,
    history_of,
    judged_weeks,
    pooled,
    scoreboard,
)
from dashboard.tables import WEEKS

FIRST = date(2026, 1, 5)
LAST = FIRST + 19 * WEEK
GOAL = Goal(1, 20, 40, FIRST, FIRST + 40 * WEEK, window_weeks=4)


def weeks_of(counts: dict[int, tuple[int, int, int]]) -> pl.DataFrame:
    rows = [(FIRST + index * WEEK, *three, sum(three)) for index, three in counts.items()]
    return pl.DataFrame(rows, schema=WEEKS.columns, orient="row")


STEADY = weeks_of(dict.fromkeys(range(20), (20, 30, 50)))
SOME = st.dictionaries(st.integers(0, 25), st.tuples(*[st.integers(0, 30)] * 3), max_size=20)


@given(SOME, st.integers(1, 8))
def test_every_window_is_the_score_of_its_answers(counts: dict[int, tuple[int, int, int]], window: int) -> None:
    frame = weeks_of(dict(sorted(counts.items()))).filter(pl.col("n") > 0)
    past = closed(frame, LAST)
    if past.is_empty():
        return
    for row in pooled(past, window).iter_rows(named=True):
        days = (row["week"] - (window - 1) * WEEK, row["week"])
        nps = net_promoter_score(counts_of(frame.filter(pl.col("week").is_between(*days))))
        assert row["n"] == nps.n
        assert row["points"] == (None if nps.points is None else pytest.approx(nps.points))
        assert row["low"] == (None if nps.low is None else pytest.approx(nps.low))


def test_the_running_week_never_enters_the_score() -> None:
    now = pl.concat([STEADY, weeks_of({20: (500, 0, 0)})])
    board = scoreboard(now, LAST, GOAL, window_weeks=4, running=Counts(500, 0, 0))
    assert board.score == net_promoter_score(Counts(80, 120, 200))
    assert board.running.points == -100
    assert board.trend["week"].max() == LAST
    assert scoreboard(STEADY, LAST, GOAL, window_weeks=4).score == board.score


def test_weeks_without_answers_up_to_the_last_closed_one_stay_in_the_window() -> None:
    board = scoreboard(weeks_of({0: (0, 0, 10), 12: (0, 10, 0)}), LAST, None, window_weeks=8)
    assert board.score.points == 0
    assert board.trend.height == 20
    empty = scoreboard(weeks_of({0: (0, 0, 10)}), LAST, None, window_weeks=8)
    assert (empty.score.points, empty.score.n) == (None, 0)
    assert empty.trend["points"].to_list()[-1] is None


def test_nothing_at_all_is_an_empty_scoreboard_and_not_a_zero() -> None:
    board = scoreboard(WEEKS.empty(), LAST, GOAL, window_weeks=4)
    assert board.score.points is None
    assert board.progress is None
    assert board.judgement is not None
    assert board.judgement.word is Word.STARTED
    assert board.judgement.points is None
    assert board.fan == []
    assert board.forecast is None
    assert board.response_rate is None
    assert not board.may_show_probability
    assert board.trend.is_empty()
    assert judged_weeks(GOAL, WEEKS.empty(), LAST) == []


def test_without_a_goal_there_is_a_score_and_no_word() -> None:
    board = scoreboard(STEADY, LAST, None, window_weeks=4)
    assert (board.judgement, board.progress, board.fan) == (None, None, [])


def test_each_closed_week_says_what_the_scoreboard_said_that_week() -> None:
    frame = weeks_of({index: (20, 30, 30 + index) for index in range(20) if index not in (7, 8)})
    told = judged_weeks(GOAL, frame, LAST)
    assert [week.week for week in told] == [FIRST + index * WEEK for index in range(20)]
    for week in told:
        board = scoreboard(frame.filter(pl.col("week") <= week.week), week.week, GOAL, window_weeks=4)
        assert board.judgement is not None
        assert week.word is board.judgement.word
        assert week.objective == board.judgement.objective
        assert (week.points, week.n) == (pytest.approx(board.score.points), board.score.n)
    assert [week.word for week in told[:5]] == [Word.STARTED] * 5


def test_weeks_before_the_goal_and_windows_without_answers_say_nothing() -> None:
    goal = Goal(1, 20, 40, FIRST + 10 * WEEK, FIRST + 40 * WEEK, window_weeks=2)
    told = judged_weeks(goal, weeks_of({0: (1, 1, 1), 11: (1, 1, 1), 15: (1, 1, 1)}), LAST)
    assert [(week.week - FIRST).days // 7 for week in told] == [11, 12, 15, 16]


def test_a_goal_that_starts_on_a_sunday_has_that_week() -> None:
    goal = Goal(1, 20, 40, FIRST + timedelta(days=6), FIRST + 40 * WEEK, window_weeks=1)
    assert judged_weeks(goal, STEADY, LAST)[0].week == FIRST


def as_shown(index: int, points: float | None, n: int) -> Shown:
    return Shown(FIRST + index * WEEK, points, None, None, n, 30, Word.LEVEL)


def test_amendments_are_the_weeks_whose_number_or_answers_changed() -> None:
    trend = pooled(weeks_of({0: (0, 0, 10), 1: (0, 5, 5), 2: (0, 0, 10), 3: (2, 0, 8)}), 1)
    was = [
        as_shown(0, 100.0, 10),
        as_shown(1, 100.0, 5),
        as_shown(2, 100.0, 9),
        as_shown(3, 60.2, 10),
        as_shown(4, 10.0, 3),
        as_shown(5, None, 0),
    ]
    assert amendments(was, trend) == [
        Amendment(FIRST + WEEK, 100.0, 50.0, 5, 10),
        Amendment(FIRST + 2 * WEEK, 100.0, 100.0, 9, 10),
        Amendment(FIRST + 4 * WEEK, 10.0, None, 3, 0),
    ]
    assert amendments([], trend) == []


def test_what_was_shown_and_has_not_changed_is_no_amendment() -> None:
    told = judged_weeks(GOAL, STEADY, LAST)
    assert scoreboard(STEADY, LAST, GOAL, window_weeks=4, shown_weeks=told).amendments == []
    late = pl.concat([STEADY.filter(pl.col("week") != LAST), weeks_of({19: (21, 30, 50)})])
    changed = scoreboard(late, LAST, GOAL, window_weeks=4, shown_weeks=told).amendments
    assert [(one.week, one.shown_n, one.n) for one in changed] == [(LAST, 400, 401)]


def test_the_fan_has_a_step_for_every_week_to_the_deadline() -> None:
    path = fan(GOAL, history_of(STEADY), LAST)
    assert len(path) == 21
    assert path[-1].probability == pytest.approx(forecast(history_of(STEADY), 21, 4, 40).probability)  # type: ignore[union-attr]
    assert fan(GOAL, history_of(STEADY.head(5)), FIRST + 4 * WEEK) == []
    assert fan(GOAL, history_of(STEADY), GOAL.deadline) == []
    few = weeks_of(dict.fromkeys(range(16), (1, 1, 1)))
    assert fan(GOAL, history_of(few), LAST) == []


def test_a_goal_that_goes_down_is_reached_from_above() -> None:
    easy = Goal(1, 40, 35, FIRST, FIRST + 40 * WEEK, window_weeks=4)
    path = fan(easy, history_of(STEADY), LAST)
    up = fan(Goal(1, 20, 35, FIRST, FIRST + 40 * WEEK, window_weeks=4), history_of(STEADY), LAST)
    assert path[-1].probability == pytest.approx(1 - up[-1].probability)
    assert path[-1].probability > 0.5


@pytest.mark.parametrize(
    ("badge", "may"), [(Badge.UNCHECKED, True), (Badge.FAIR, True), (Badge.CALIBRATED, True), (Badge.UNRELIABLE, False)]
)
def test_an_unreliable_probability_is_not_shown(badge: Badge, may: bool) -> None:
    found = Calibration(badge, 0, 0, None, None, None)
    assert scoreboard(STEADY, LAST, GOAL, window_weeks=4, calibration=found).may_show_probability is may


@pytest.mark.parametrize(("invited", "rate"), [(0, None), (800, 0.5), (100, 1.0)])
def test_the_response_rate_needs_to_know_how_many_were_asked(invited: int, rate: float | None) -> None:
    assert scoreboard(STEADY, LAST, GOAL, window_weeks=4, invited=invited).response_rate == rate


def votes_by_account() -> AccountVotes:
    """Return twenty weeks of ten accounts, seven of them promoters; the loudest of all is a detractor."""
    rows = [(FIRST + week * WEEK, f"C{name}", None, 10 if name > 2 else 0) for week in range(20) for name in range(10)]
    rows += [(FIRST + week * WEEK, "C0", None, 0) for week in range(20) for _ in range(10)]
    schema = {"week": pl.Date, "account": pl.String, "role": pl.String, "recommend": pl.Int16}
    answers = pl.DataFrame(rows, schema=schema, orient="row")
    return account_votes(account_sums(answers.lazy(), {}, "week").collect(), LAST, 4)


def test_a_goal_by_account_has_score_path_word_and_forecast_of_its_accounts() -> None:
    votes = votes_by_account()
    board = scoreboard(STEADY, LAST, GOAL, window_weeks=4, votes=votes)
    assert board.score.points == pytest.approx(40)
    assert board.accounts == 10
    assert board.trend["points"].to_list() == pytest.approx([40] * 20)
    assert board.judgement is not None
    assert board.judgement.points == 40
    assert board.forecast is not None
    assert board.forecast.level_mean == pytest.approx(40, abs=2)
    told = judged_weeks(GOAL, STEADY, LAST, votes)
    assert [week.points for week in told] == pytest.approx([40] * len(told))
    assert scoreboard(STEADY, LAST, GOAL, window_weeks=4, votes=votes, shown_weeks=told).amendments == []


def test_everybody_who_answered_is_in_the_response_rate_of_a_goal_by_account() -> None:
    board = scoreboard(STEADY, LAST, GOAL, window_weeks=4, votes=votes_by_account(), invited=1000)
    assert board.answers == 400
    assert board.response_rate == 0.4
