"""The scoreboard's questions, asked once per version and kept: what wall, desk, phone and command line share."""

from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import polars as pl

from dashboard.accounts import AccountVotes, account_votes
from dashboard.calibration import Calibration, backtest, calibration
from dashboard.changes import GroupChange, group_changes, telling_changes
from dashboard.filters import EVERYTHING, Filters
from dashboard.forecast import History
from dashboard.goal import WINDOW_WEEKS, Goal, Vote
from dashboard.nps import NOBODY
from dashboard.periods import WEEK, Period, window
from dashboard.permissions import Capability, NotAllowedError, Scope, can, check, may_cross, within
from dashboard.scoreboard import Comment, Scoreboard, Story, closed, counts_of, history_of, scoreboard
from dashboard.thresholds import INDICATIVE_FROM, may_show_group
from data.database import reading
from data.groups import check_groups
from data.organisation import shown_weeks
from data.scores import Scores
from data.services import Services, State
from data.writes.comment_readings import note_reading

CHANGE_WEEKS = 4
NOTHING_TO_SPREAD = (0,) * 11
"""Under ten answers the bars would tell what the hidden score does not."""

CHANGE_DIMENSIONS = ("moment", "segment", "team", "channel")


def read_scoreboard(services: Services, state: State, scope: Scope, filters: Filters = EVERYTHING) -> Scoreboard:
    """Return the scoreboard of the published answers under `filters`.

    Without filters it is the goal's own question, with word, line and forecast; with filters, or for somebody who sees
    only some sites, it is the score alone.

    Raises
    ------
    NotAllowedError
        When the role may not ask this.
    """
    check(scope, Capability.SEE_WALL if filters.is_open else Capability.SEE_SCORE)
    asked = within(scope, filters)
    question = ("scoreboard", asked.query())
    board = services.answers.get(state.version, scope.key, question, lambda: _scoreboard(services, state, asked))
    is_private = not can(scope, Capability.SEE_SMALL_GROUPS)
    if not asked.is_open and board.score.n and not may_show_group(board.score.n, is_private):
        raise NotAllowedError("so few people are behind these filters that even their number is theirs")
    if is_private:
        check_groups(services.scores(state), asked_days(services.scores(state), state, asked))
    return board


def _scoreboard(services: Services, state: State, filters: Filters) -> Scoreboard:
    scores = services.scores(state)
    goal = state.goal if filters.is_open else None
    weeks_pooled = state.goal.window_weeks if state.goal else WINDOW_WEEKS
    asked = _with_scope(filters, state.goal)
    last_week, weeks_pooled = _period(asked, newest_week(scores, state), weeks_pooled)
    weeks = scores.weeks(asked)
    pooled_days = asked.within(*_days(window(last_week, weeks_pooled), asked))
    votes = votes_by_account(scores, state.goal, asked, last_week, weeks_pooled)
    running = NOBODY
    if asked.until is None:
        running = counts_of(weeks.filter(pl.col("week") > state.week))
    shown = []
    if goal is not None:
        with reading(services.database) as connection:
            shown = shown_weeks(connection, goal.goal_id)
    history = votes.history if votes else history_of(closed(weeks, state.week))
    board = scoreboard(
        weeks,
        last_week,
        goal,
        window_weeks=weeks_pooled,
        running=running,
        invited=scores.invited(pooled_days),
        calibration=_calibration(history, weeks_pooled) if goal else None,
        shown_weeks=shown,
        votes=votes,
    )
    if asked.since or asked.until:
        since, until = pooled_days.since, pooled_days.until
        assert since is not None and until is not None
        return replace(board, period=Period(since, until))
    return board


def newest_week(scores: Scores, state: State) -> date:
    """Return the week that the score ends with: the last closed one.

    Before there is a goal nothing depends on today, and the newest week that has answers says more than an empty one,
    closed or not.
    """
    newest = scores.last_day or scores.ratings.last_day
    if state.goal is not None or newest is None:
        return state.week
    return newest - timedelta(days=newest.weekday())


def _with_scope(filters: Filters, goal: Goal | None) -> Filters:
    """Return the filters with the goal's scope added where they leave a dimension open."""
    asked = filters
    for dimension, values in goal.scope.where if goal else ():
        if not asked.values(dimension):
            asked = asked.with_values(dimension, values)
    return asked


def _period(filters: Filters, last_week: date, weeks_pooled: int) -> tuple[date, int]:
    """Return the last week and how many weeks are pooled: the goal's window, or the chosen period."""
    if filters.since is None and filters.until is None:
        return last_week, weeks_pooled
    until = filters.until or last_week + timedelta(days=6)
    end = until - timedelta(days=until.weekday())
    if filters.since is None:
        return end, weeks_pooled
    start = filters.since - timedelta(days=filters.since.weekday())
    return end, max(1, (end - start).days // 7 + 1)


def asked_days(scores: Scores, state: State, filters: Filters) -> Filters:
    """Return the filters in the goal's scope, over the days that the desk pools: the window, or the chosen period."""
    asked = _with_scope(filters, state.goal)
    weeks_pooled = state.goal.window_weeks if state.goal else WINDOW_WEEKS
    last_week, weeks_pooled = _period(asked, newest_week(scores, state), weeks_pooled)
    return asked.within(*_days(window(last_week, weeks_pooled), asked))


def _days(period: Period, filters: Filters) -> tuple[date, date]:
    return filters.since or period.since, filters.until or period.until


def votes_by_account(
    scores: Scores, goal: Goal | None, asked: Filters, last_week: date, weeks_pooled: int
) -> AccountVotes | None:
    """Return the answers by account, None unless the goal says that one account is one vote."""
    if goal is None or goal.vote is not Vote.ACCOUNT:
        return None
    return account_votes(scores.account_weeks(asked), last_week, weeks_pooled)


def _calibration(history: History, weeks_pooled: int) -> Calibration | None:
    return calibration(backtest(history, weeks_pooled)) if history.weeks else None


def read_story(services: Services, state: State, scope: Scope, filters: Filters = EVERYTHING) -> Story:
    """Return what the desk tells beside the score: distribution, changes, two comments; whole ones leave a note."""
    check(scope, Capability.SEE_SCORE)
    asked = within(scope, filters)
    question = ("story", asked.query())
    story = services.answers.get(state.version, scope.key, question, lambda: _story(services, state, scope, asked))
    note_reading(services, state, scope, "scoreboard", asked.query(), len(story.comments))
    return story


def _story(services: Services, state: State, scope: Scope, filters: Filters) -> Story:
    scores = services.scores(state)
    asked = _with_scope(filters, state.goal)
    days = asked_days(scores, state, asked)
    last_week, _ = _period(asked, newest_week(scores, state), WINDOW_WEEKS)
    spread = scores.distribution(days)
    return Story(
        spread if sum(spread) >= INDICATIVE_FROM else NOTHING_TO_SPREAD,
        _changes(scores, scope, asked, last_week),
        _comments(scores, scope, asked, last_week) if can(scope, Capability.READ_COMMENTS) else (),
        {dimension: state.members.names(dimension) for dimension in CHANGE_DIMENSIONS},
    )


def _changes(scores: Scores, scope: Scope, asked: Filters, last_week: date) -> list[GroupChange]:
    """Return the most telling changes of the last four closed weeks against the four before."""
    recent = window(last_week, 2 * CHANGE_WEEKS)
    split = last_week - (CHANGE_WEEKS - 1) * WEEK
    searched = [
        dimension
        for dimension in CHANGE_DIMENSIONS
        if len(asked.values(dimension)) != 1 and may_cross(scope, asked.dimensions | {dimension})
    ]
    halves = scores.halves(asked.within(recent.since, recent.until), searched, split)
    found = (group_changes(*pair) for pair in zip(halves, searched, strict=True))
    return telling_changes([change for changes in found for change in changes])


def _comments(scores: Scores, scope: Scope, asked: Filters, last_week: date) -> list[Comment]:
    """Return one comment of a promoter and one of a detractor, drawn from the newest weeks; the week is the seed."""
    recent = window(last_week, CHANGE_WEEKS)
    rows = scores.comments(scope, asked.within(recent.since, recent.until), 400).sort("response_id")
    draw = Random(zlib.crc32(f"{last_week}|{asked.query()}".encode()))  # noqa: S311 (a fair draw, not a secret)
    chosen = []
    for part in (pl.col("recommend") >= 9, pl.col("recommend") <= 6):
        group = rows.filter(part & pl.col("verbatim").str.len_chars().is_between(12, 240))
        if group.height:
            chosen.append(comment_of(group.row(draw.randrange(group.height), named=True)))
    return chosen


def consented_comment(services: Services, state: State, scope: Scope) -> Comment | None:
    """Return one recent comment whose author agreed to its publication, drawn by the week; None without any."""
    question = ("consented", state.week.isoformat())
    return services.answers.get(state.version, scope.key, question, lambda: _consented(services, state, scope))


def _consented(services: Services, state: State, scope: Scope) -> Comment | None:
    recent = window(state.week, 2 * CHANGE_WEEKS)
    asked = _with_scope(EVERYTHING, state.goal).within(recent.since, recent.until)
    rows = services.scores(state).consented(scope, asked, 2000)
    fits = pl.col("verbatim").str.len_chars().is_between(12, 160) & (pl.col("recommend") >= 9)
    group = rows.filter(fits).sort("response_id")
    if group.is_empty():
        return None
    draw = Random(zlib.crc32(state.week.isoformat().encode()))  # noqa: S311 (a fair draw, not a secret)
    return comment_of(group.row(draw.randrange(group.height), named=True))


def comment_of(row: dict[str, object]) -> Comment:
    """Return the comment of a row of `COMMENTS`."""
    score, day = row["recommend"], row["day"]
    assert isinstance(day, date)
    return Comment(
        str(row["response_id"]),
        str(row["verbatim"]),
        int(score) if isinstance(score, int) else None,
        str(row["moment"]) if row["moment"] else None,
        str(row["segment"]) if row["segment"] else None,
        day,
    )
