"""Minutes hold exactly what was entered, for those who sat there."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dashboard.actions import ActionState, Answer
from dashboard.erasure import Subject
from dashboard.meetings import MeetingError, Obstacle
from dashboard.periods import WEEK
from dashboard.permissions import NotAllowedError, Role, Scope
from data.database import reading
from data.meetings import heard
from data.minutes import history, read_minutes
from data.services import Services
from data.writes.actions import agree_action, answer_action
from data.writes.erasure import forget
from data.writes.meetings import attend, close_meeting, open_meeting
from data.writes.obstacles import raise_obstacle
from data.writes.readings import Reading, report
from tests.data.stores import ADMINISTRATOR, ToldClock, import_rows
from tests.data.writes.tables import FRIDAY, SUNDAY, TEAM, set_table
from tests.data.writes.test_indicators import MONDAY
from tests.data.writes.test_meetings import survey


def later(services: Services, span: timedelta) -> None:
    told = services.clock
    assert isinstance(told, ToldClock)
    told.at += span


def test_they_hold_what_was_entered_and_nothing_else(services: Services) -> None:
    survey(services, 6)
    table = set_table(services)
    old = agree_action(services, ADMINISTRATOR, table.action())
    report(services, ADMINISTRATOR, [Reading(table.indicator, MONDAY - WEEK, 70)])
    later(services, WEEK)
    number = open_meeting(services, ADMINISTRATOR, TEAM)
    attend(services, ADMINISTRATOR, number, table.ana, is_here=True)
    report(services, ADMINISTRATOR, [Reading(table.indicator, MONDAY, 80)])
    answer_action(services, ADMINISTRATOR, old, 1, Answer(ActionState.DONE, "11 de 12"))
    fresh = agree_action(
        services, ADMINISTRATOR, table.action(owner_id=table.luis, due=FRIDAY + WEEK, preference="que esté todo")
    )
    obstacle = Obstacle(0, TEAM, TEAM, "sin furgoneta", SUNDAY, table.ana, FRIDAY + WEEK)
    raised = raise_obstacle(services, ADMINISTRATOR, obstacle)
    later(services, timedelta(minutes=24))
    close_meeting(services, ADMINISTRATOR, number)
    later(services, timedelta(hours=1))
    report(services, ADMINISTRATOR, [Reading(table.indicator, MONDAY + WEEK, 90)])
    found = read_minutes(services, services.state(), ADMINISTRATOR, number)
    assert found.here == ("Ana Gil",)
    assert found.seats == 2
    assert [(one.action_id, one.state, one.told) for one in found.said] == [(old, ActionState.DONE, "11 de 12")]
    assert [one.action_id for one in found.agreed] == [fresh]
    assert [one.obstacle_id for one in found.obstacles] == [raised]
    assert [(one.week, one.value) for one in found.typed] == [(MONDAY, 80)]
    assert found.meeting.minutes == 24
    assert len(found.quotes) == 3
    assert found.owner(found.agreed[0]) == "Luis"
    assert found.holds("QUE este todo")


def test_history_is_of_closed_meetings_the_newest_first(services: Services) -> None:
    table = set_table(services)
    numbers = []
    for _ in range(3):
        numbers.append(open_meeting(services, ADMINISTRATOR, TEAM))
        attend(services, ADMINISTRATOR, numbers[-1], table.luis, is_here=len(numbers) == 2)
        close_meeting(services, ADMINISTRATOR, numbers[-1])
        later(services, WEEK)
    open_meeting(services, ADMINISTRATOR, TEAM)
    state = services.state()
    every = history(services, state, ADMINISTRATOR, TEAM)
    assert [one.meeting.meeting_id for one in every] == numbers[::-1]
    assert [one.meeting.meeting_id for one in history(services, state, ADMINISTRATOR, TEAM, "luis")] == [numbers[1]]
    with pytest.raises(NotAllowedError):
        history(services, state, Scope(Role.MEMBER, ("Ventas",)), TEAM)
    with pytest.raises(NotAllowedError):
        read_minutes(services, state, Scope(Role.MEMBER, ("Ventas",)), numbers[0])
    with pytest.raises(MeetingError):
        read_minutes(services, state, ADMINISTRATOR, 99)


def test_what_an_erased_customer_said_is_gone_from_old_minutes(services: Services) -> None:
    rows = [
        {
            "id": place,
            "who": f"w{place}",
            "when": "2026-11-10 10:00",
            "score": score,
            "words": f"lo dijo el cliente {place}",
            "team": TEAM,
        }
        for place, score in enumerate((1, 8, 10))
    ]
    import_rows(services, "a.csv", rows)
    set_table(services)
    number = open_meeting(services, ADMINISTRATOR, TEAM)
    forget(services, ADMINISTRATOR, Subject("tool", "w0"))
    found = read_minutes(services, services.state(), ADMINISTRATOR, number)
    with reading(services.database) as connection:
        assert "tool:0" not in heard(connection, TEAM)
        assert len(heard(connection, TEAM)) == 2
    assert sorted(one.words for one in found.quotes) == ["lo dijo el cliente 1", "lo dijo el cliente 2"]
