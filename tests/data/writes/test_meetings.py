"""Holding a meeting: open, the wheel, who is there, closed, and weeks without one."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from dashboard.meetings import Block, MeetingError, MeetingState, Rhythm
from dashboard.periods import WEEK
from dashboard.permissions import Capability, NotAllowedError, Role, Scope
from data.database import reading
from data.meetings import (
    heard,
    meeting_by_id,
    read_attendance,
    read_meetings,
    read_pauses,
    read_quotes,
    read_rhythm,
)
from data.services import Services
from data.writes.decision import ChangedMeanwhileError
from data.writes.meetings import attend, close_meeting, go_to, open_meeting, pause, set_rhythm
from tests.data.stores import ADMINISTRATOR, ToldClock, import_rows
from tests.data.writes.tables import SUNDAY, TEAM, at_once, set_table

MONDAY = date(2026, 11, 16)


def survey(services: Services, count: int, team: str = TEAM) -> None:
    rows = [
        {"when": "2026-11-10 10:00", "score": place % 11, "words": f"palabras de {team} {place}", "team": team}
        for place in range(count)
    ]
    import_rows(services, f"{team}.csv", rows, source=team)


def test_a_meeting_is_opened_once_a_week_and_goes_on_where_it_was(services: Services) -> None:
    table = set_table(services)
    number = open_meeting(services, ADMINISTRATOR, TEAM)
    assert open_meeting(services, ADMINISTRATOR, TEAM) == number
    attend(services, ADMINISTRATOR, number, table.ana, is_here=True)
    attend(services, ADMINISTRATOR, number, table.luis, is_here=True)
    attend(services, ADMINISTRATOR, number, table.luis, is_here=False)
    go_to(services, ADMINISTRATOR, number, Block.PATH)
    close_meeting(services, ADMINISTRATOR, number)
    with reading(services.database) as connection:
        found = meeting_by_id(connection, number)
        assert read_attendance(connection, number) == {table.ana}
    assert found is not None
    assert (found.week, found.state, found.block) == (MONDAY, MeetingState.CLOSED, Block.PATH)
    with pytest.raises(MeetingError, match="is closed"):
        go_to(services, ADMINISTRATOR, number, Block.WEEK)
    assert open_meeting(services, ADMINISTRATOR, TEAM) == number
    go_to(services, ADMINISTRATOR, number, Block.WEEK)


def test_all_who_open_it_at_the_same_moment_sit_at_one_meeting(services: Services) -> None:
    survey(services, 6)
    set_table(services)
    told = at_once(*[lambda: open_meeting(services, ADMINISTRATOR, TEAM)] * 4)
    numbers = {one for one in told if isinstance(one, int)}
    assert len(numbers) == 1
    assert all(isinstance(one, int | ChangedMeanwhileError) for one in told)
    with reading(services.database) as connection:
        assert [one.meeting_id for one in read_meetings(connection)] == list(numbers)
        assert len(read_quotes(connection, numbers.pop())) == 3


def test_any_peer_takes_the_wheel(services: Services) -> None:
    set_table(services)
    number = open_meeting(services, ADMINISTRATOR, TEAM)
    go_to(services, Scope(Role.MEMBER, (TEAM,), who="Luis"), number, Block.SAID)
    with reading(services.database) as connection:
        (found,) = read_meetings(connection, TEAM)
    assert (found.driver, found.block) == ("Luis", Block.SAID)
    with pytest.raises(NotAllowedError):
        go_to(services, Scope(Role.MEMBER, ("Ventas",)), number, Block.PATH)


def test_no_comment_is_heard_twice_by_a_team(services: Services) -> None:
    survey(services, 7)
    survey(services, 5, "Ventas")
    told = services.clock
    assert isinstance(told, ToldClock)
    drawn = []
    for _ in range(3):
        number = open_meeting(services, ADMINISTRATOR, TEAM)
        with reading(services.database) as connection:
            drawn.append(read_quotes(connection, number))
            assert len(set(heard(connection, TEAM))) == sum(map(len, drawn))
        told.at += WEEK
    assert [len(one) for one in drawn] == [3, 3, 1]


def test_who_reads_no_comments_draws_none(services: Services) -> None:
    survey(services, 7)
    blind = Scope(Role.MEMBER, (TEAM,), denied=frozenset({Capability.READ_COMMENTS}))
    number = open_meeting(services, blind, TEAM)
    with reading(services.database) as connection:
        assert read_quotes(connection, number) == ()


def test_the_common_meeting_hears_one_voice_per_team(services: Services) -> None:
    table = set_table(services)
    number = open_meeting(services, Scope(Role.MEMBER, (TEAM,)), "")
    for peer in (table.ana, table.other):
        attend(services, ADMINISTRATOR, number, peer, is_here=True)
    own = open_meeting(services, ADMINISTRATOR, TEAM)
    with pytest.raises(MeetingError, match="does not sit"):
        attend(services, ADMINISTRATOR, own, table.other, is_here=True)


def test_a_pause_is_planned_beforehand_by_who_leads(services: Services) -> None:
    since, until = SUNDAY + timedelta(days=1), SUNDAY + timedelta(days=12)
    pause(services, Scope(Role.CAPTAIN, (TEAM,)), TEAM, since, until, "inventario")
    with pytest.raises(MeetingError, match="planned beforehand"):
        pause(services, ADMINISTRATOR, TEAM, SUNDAY - 2 * WEEK, until, "tarde")
    for since_, reason in ((until + WEEK, "x"), (since, " ")):
        with pytest.raises(MeetingError, match="first day"):
            pause(services, ADMINISTRATOR, TEAM, since_, until, reason)
    for scope, team in ((Scope(Role.MEMBER, (TEAM,)), TEAM), (Scope(Role.CAPTAIN, (TEAM,)), "")):
        with pytest.raises(NotAllowedError):
            pause(services, scope, team, since, until, "agosto")
    with reading(services.database) as connection:
        assert [one.reason for one in read_pauses(connection)] == ["inventario"]


def test_a_team_says_when_it_meets(services: Services) -> None:
    with reading(services.database) as connection:
        assert read_rhythm(connection, TEAM) == Rhythm()
    for rhythm in (Rhythm(2, time(8, 30)), Rhythm(4, time(13, 15))):
        set_rhythm(services, ADMINISTRATOR, TEAM, rhythm)
    with reading(services.database) as connection:
        assert read_rhythm(connection, TEAM) == Rhythm(4, time(13, 15))
