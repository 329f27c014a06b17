"""The plan as it is stored, for those who may see it."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.goal import Goal
from dashboard.permissions import NotAllowedError, Role, Scope
from data.plan import read_plan, readers_to_be
from data.services import Services
from data.writes.goals import set_goal
from data.writes.meetings import see_plan
from tests.data.stores import ADMINISTRATOR
from tests.data.writes.tables import TEAM, set_table


def test_who_has_seen_it_is_counted_once_and_per_goal(services: Services) -> None:
    table = set_table(services)
    goal = set_goal(services, ADMINISTRATOR, Goal(0, 10, 45, date(2026, 9, 1), date(2026, 12, 31), 4))
    for _ in range(2):
        see_plan(services, ADMINISTRATOR, goal, table.ana)
    state = services.state()
    assert {one.team: (one.seen, one.seats) for one in read_plan(services, state, ADMINISTRATOR).teams} == {
        TEAM: (1, 2),
        "Ventas": (0, 1),
    }
    assert {one.peer_id for one in readers_to_be(services, state, ADMINISTRATOR)} == {table.luis, table.other}
    set_goal(services, ADMINISTRATOR, Goal(0, 12, 46, date(2026, 9, 1), date(2026, 12, 31), 4))
    assert all(one.seen == 0 for one in read_plan(services, services.state(), ADMINISTRATOR).teams)


def test_people_are_named_at_their_own_table(services: Services) -> None:
    table = set_table(services)
    state, sales = services.state(), Scope(Role.MEMBER, ("Ventas",))
    assert set(read_plan(services, state, sales).names) == {table.other}
    assert read_plan(services, state, Scope(Role.VIEWER)).names == {}
    with pytest.raises(NotAllowedError):
        read_plan(services, state, Scope(Role.KIOSK))
    with pytest.raises(NotAllowedError):
        see_plan(services, sales, 1, table.ana)
    assert readers_to_be(services, state, Scope(Role.VIEWER)) == ()
