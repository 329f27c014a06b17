"""The scoreboard's questions over a store: what was shown stays, what changed is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from dashboard.filters import filters
from dashboard.goal import Goal, Vote, Word
from dashboard.permissions import NotAllowedError, Role, Scope
from data.board import consented_comment, read_scoreboard, read_story
from data.cache import Answers, make_cache
from data.database import reading
from data.organisation import shown_weeks
from data.services import Services, open_services
from data.settings import Settings
from data.writes.goals import set_goal
from data.writes.imports import undo_import
from tests.data.stores import ADMINISTRATOR, ToldClock, accounts_of, answers_of, import_rows

GOAL = Goal(0, 10, 45, date(2026, 8, 31), date(2026, 12, 31), 4)


def shown(services: Services) -> list[object]:
    goal = services.state().goal
    assert goal is not None
    with reading(services.database) as connection:
        return list(shown_weeks(connection, goal.goal_id))


def test_closed_weeks_stay_as_shown_and_later_imports_become_amendments(services: Services) -> None:
    import_rows(services, "a.csv", answers_of(12, 10))
    set_goal(services, ADMINISTRATOR, GOAL)
    before = shown(services)
    board = read_scoreboard(services, services.state(), ADMINISTRATOR)
    assert board.amendments == []
    late = [{"id": f"late{index}", "when": "2026-11-03 10:00", "score": 0} for index in range(30)]
    outcome = import_rows(services, "b.csv", late)
    assert shown(services) == before
    amended = read_scoreboard(services, services.state(), ADMINISTRATOR)
    assert [str(one.week) for one in amended.amendments] == ["2026-11-02", "2026-11-09"]
    assert all(one.points < one.shown_points and one.n == one.shown_n + 30 for one in amended.amendments)  # type: ignore[operator]
    undo_import(services, ADMINISTRATOR, outcome.import_id)
    assert read_scoreboard(services, services.state(), ADMINISTRATOR).amendments == []


def test_taking_everything_back_amends_every_week(services: Services) -> None:
    outcome = import_rows(services, "a.csv", answers_of(12, 10))
    set_goal(services, ADMINISTRATOR, GOAL)
    weeks = len(shown(services))
    undo_import(services, ADMINISTRATOR, outcome.import_id)
    board = read_scoreboard(services, services.state(), ADMINISTRATOR)
    assert [one.points for one in board.amendments] == [None] * weeks
    assert board.score.points is None


def test_the_empty_scoreboard_is_no_number(services: Services) -> None:
    for goal in (None, GOAL):
        if goal:
            set_goal(services, ADMINISTRATOR, goal)
        state = services.state()
        board = read_scoreboard(services, state, ADMINISTRATOR)
        assert (board.score.points, board.score.n, board.progress) == (None, 0, None)
        story = read_story(services, state, ADMINISTRATOR)
        assert (story.changes, list(story.comments), sum(story.scores)) == ([], [], 0)
        assert consented_comment(services, state, ADMINISTRATOR) is None


def test_filters_ask_another_question_without_a_word(services: Services) -> None:
    import_rows(services, "a.csv", answers_of(12, 10, team="A"))
    set_goal(services, ADMINISTRATOR, GOAL)
    state = services.state()
    board = read_scoreboard(services, state, ADMINISTRATOR, filters({"team": ["A"]}))
    assert board.judgement is None
    assert board.score == read_scoreboard(services, state, ADMINISTRATOR).score
    assert read_scoreboard(services, state, ADMINISTRATOR, filters({"team": ["B"]})).score.points is None
    days = filters({}, date(2026, 11, 10), date(2026, 11, 10))
    assert read_scoreboard(services, state, ADMINISTRATOR, days).score.n == 2


def test_one_account_one_vote_with_few_accounts_is_just_started(services: Services) -> None:
    import_rows(services, "a.csv", answers_of(12, 10))
    set_goal(services, ADMINISTRATOR, Goal(0, 10, 45, date(2026, 8, 31), date(2026, 12, 31), 4, Vote.ACCOUNT))
    board = read_scoreboard(services, services.state(), ADMINISTRATOR)
    assert board.judgement is not None
    assert board.judgement.word is Word.STARTED


def test_a_goal_by_account_counts_accounts_whatever_the_filters(services: Services) -> None:
    import_rows(services, "a.csv", accounts_of(12))
    set_goal(services, ADMINISTRATOR, Goal(0, -90, 45, date(2026, 8, 31), date(2026, 12, 31), 4, Vote.ACCOUNT))
    state = services.state()
    board = read_scoreboard(services, state, ADMINISTRATOR)
    assert board.score.points == pytest.approx(100 * (1 - 5) / 6)
    assert board.trend["points"].to_list() == pytest.approx([100 * (1 - 5) / 6] * 11)
    assert board.accounts == 6
    some = read_scoreboard(services, state, ADMINISTRATOR, filters({"account": ["A", "B"]}))
    assert (some.score.points, some.score.n, some.accounts) == (0, 48, 2)
    days = filters({}, date(2026, 11, 2), date(2026, 11, 3))
    assert read_scoreboard(services, state, ADMINISTRATOR, days).accounts == 3


def test_comments_are_told_only_to_those_who_may_read_them_even_through_the_cache(tmp_path: Path) -> None:
    cache = make_cache(tmp_path / "cache", Flask("test"))
    services = open_services(Settings(home=tmp_path / "home"), ToldClock(), Answers(cache, ""))
    import_rows(services, "a.csv", answers_of(12, 10, words="Una frase de un cliente.", team="A"))
    state = services.state()
    for _ in range(2):  # cold and warm
        assert len(read_story(services, state, Scope(Role.MEMBER, ("A",))).comments) == 2
        assert list(read_story(services, state, Scope(Role.MEMBER, ("B",))).comments) == []
        assert list(read_story(services, state, Scope(Role.VIEWER)).comments) == []
        with pytest.raises(NotAllowedError):
            read_story(services, state, Scope(Role.KIOSK))
    services.database.dispose()


def test_a_role_that_could_single_people_out_is_told_nothing_of_fewer_than_five(services: Services) -> None:
    few_rows = [{**row, "id": f"b{place}", "team": "B"} for place, row in enumerate(answers_of(1, 4))]
    some_rows = [{**row, "id": f"c{place}", "team": "D"} for place, row in enumerate(answers_of(1, 10))]
    import_rows(services, "a.csv", [*answers_of(4, 10, team="A"), *few_rows, *some_rows])
    state = services.state()
    few, some, many = (filters({"team": [team]}) for team in ("B", "D", "A"))
    for asked in (few, some):  # with the second, the first would follow from the whole
        with pytest.raises(NotAllowedError):
            read_scoreboard(services, state, Scope(Role.VIEWER), asked)
    assert read_scoreboard(services, state, Scope(Role.VIEWER), many).score.n == 40
    assert read_scoreboard(services, state, Scope(Role.VIEWER), filters({"team": ["C"]})).score.n == 0
    assert read_scoreboard(services, state, Scope(Role.CAPTAIN, ("A",)), few).score.n == 4


def test_changes_are_searched_only_where_the_role_may_cross(services: Services) -> None:
    rows = [
        {**row, "team": "A", "moment": "Recibir", "score": 10 if place < 240 else 2}
        for place, row in enumerate(answers_of(12, 40))
    ]
    import_rows(services, "a.csv", rows)
    state, asked = services.state(), filters({"team": ["A"]})
    told = {scope: read_story(services, state, scope, asked).changes for scope in (ADMINISTRATOR, Scope(Role.VIEWER))}
    assert {change.dimension for change in told[ADMINISTRATOR]} == {"moment"}
    assert list(told[Scope(Role.VIEWER)]) == []
