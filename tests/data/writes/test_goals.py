"""One open goal; the old ones stay."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from dashboard.filters import filters
from dashboard.goal import Goal, Vote
from dashboard.permissions import NotAllowedError, Role, Scope
from data import records
from data.board import read_scoreboard
from data.database import reading
from data.organisation import active_goal, read_goals, shown_weeks
from data.services import Services
from data.writes.goals import close_goal, set_goal
from tests.data.stores import ADMINISTRATOR, TODAY, accounts_of, answers_of, import_rows

GOAL = Goal(0, 32.5, 45, date(2026, 9, 1), date(2026, 12, 31), 4, Vote.ANSWER, filters({"team": ["A, b", "ñ=&"]}), "«»")


def test_a_goal_is_read_back_as_it_was_set(services: Services) -> None:
    goal_id = set_goal(services, ADMINISTRATOR, GOAL)
    with reading(services.database) as connection:
        assert active_goal(connection) == Goal(goal_id, *[getattr(GOAL, name) for name in list(Goal.__slots__)[1:]])


def test_setting_a_goal_closes_the_one_before_and_keeps_it(services: Services) -> None:
    first = set_goal(services, ADMINISTRATOR, GOAL)
    second = set_goal(services, ADMINISTRATOR, GOAL)
    with reading(services.database) as connection:
        assert [(goal.goal_id, is_open) for goal, is_open in read_goals(connection)] == [(second, True), (first, False)]
        closed = connection.execute(sa.select(records.goals.c.closed_at).where(records.goals.c.id == first)).scalar()
    assert closed == TODAY
    close_goal(services, ADMINISTRATOR)
    close_goal(services, ADMINISTRATOR)
    assert services.state().goal is None


def test_the_database_itself_refuses_a_second_open_goal(services: Services) -> None:
    set_goal(services, ADMINISTRATOR, GOAL)
    table = records.goals
    with services.database.begin() as connection:
        row = dict(connection.execute(sa.select(table)).mappings().one())
    row.pop("id")
    with pytest.raises(sa.exc.IntegrityError), services.database.begin() as connection:
        connection.execute(sa.insert(table).values(row))


def test_setting_a_goal_keeps_what_its_closed_weeks_say(services: Services) -> None:
    import_rows(services, "a.csv", answers_of(8, 20))
    goal_id = set_goal(services, ADMINISTRATOR, Goal(0, 10, 45, date(2026, 9, 1), date(2026, 12, 31), 4))
    with reading(services.database) as connection:
        weeks = shown_weeks(connection, goal_id)
    assert weeks[0].week == date(2026, 8, 31)
    assert weeks[-1].week <= services.state().week
    assert weeks[0].n == 20


def test_an_account_vote_keeps_the_weeks_by_account(services: Services) -> None:
    import_rows(services, "a.csv", accounts_of(8))
    goal = Goal(0, 10, 45, date(2026, 9, 1), date(2026, 12, 31), 4, Vote.ACCOUNT)
    goal_id = set_goal(services, ADMINISTRATOR, goal)
    with reading(services.database) as connection:
        weeks = shown_weeks(connection, goal_id)
    assert len(weeks) == 11
    assert [week.points for week in weeks] == pytest.approx([100 * (1 - 5) / 6] * len(weeks))
    assert read_scoreboard(services, services.state(), ADMINISTRATOR).amendments == []


@pytest.mark.parametrize("role", [Role.KIOSK, Role.VIEWER, Role.MEMBER, Role.CAPTAIN])
def test_who_may_not_sets_nothing(services: Services, role: Role) -> None:
    for refused in (lambda: set_goal(services, Scope(role), GOAL), lambda: close_goal(services, Scope(role))):
        with pytest.raises(NotAllowedError):
            refused()
    assert services.state().goal is None
