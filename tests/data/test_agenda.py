"""The table of a meeting, read for those who sit at it."""

from __future__ import annotations

import pytest

from dashboard.actions import ActionState, Answer
from dashboard.meetings import MeetingState
from dashboard.periods import WEEK
from dashboard.permissions import Capability, NotAllowedError, Role, Scope
from data.agenda import contributions, read_agenda, teams_of
from data.services import Services
from data.writes.actions import agree_action, answer_action
from data.writes.meetings import close_meeting, open_meeting
from tests.data.stores import ADMINISTRATOR, ToldClock
from tests.data.writes.tables import FRIDAY, TEAM, set_table
from tests.data.writes.test_meetings import survey


def test_what_is_not_done_comes_back_next_week_and_is_counted(services: Services) -> None:
    table = set_table(services)
    number = agree_action(services, ADMINISTRATOR, table.action())
    told = services.clock
    assert isinstance(told, ToldClock)
    for carried in (1, 2):
        told.at += WEEK
        agenda = read_agenda(services, services.state(), ADMINISTRATOR, TEAM)
        (owed,) = agenda.to_answer
        assert owed.action_id == number
        following = answer_action(
            services, ADMINISTRATOR, number, 1, Answer(ActionState.NOT_DONE, due=FRIDAY + carried * WEEK)
        )
        assert following is not None
        agenda = read_agenda(services, services.state(), ADMINISTRATOR, TEAM)
        (fresh,) = agenda.ahead
        assert (fresh.action_id, fresh.carried) == (following, carried)
        assert agenda.to_answer == ()
        number = following


def test_a_meeting_of_this_week_that_is_closed_leads_to_the_next(services: Services) -> None:
    set_table(services)
    number = open_meeting(services, ADMINISTRATOR, TEAM)
    assert read_agenda(services, services.state(), ADMINISTRATOR, TEAM).is_open
    close_meeting(services, ADMINISTRATOR, number)
    agenda = read_agenda(services, services.state(), ADMINISTRATOR, TEAM)
    assert [one.state for one in agenda.weeks] == [MeetingState.CLOSED]
    assert agenda.upcoming is not None
    assert agenda.upcoming.isoformat() == "2026-11-23"


def test_comments_are_masked_for_everybody_and_hidden_from_who_may_not_read_them(services: Services) -> None:
    from tests.data.stores import import_rows

    rows = [
        {"when": "2026-11-10 10:00", "score": score, "words": f"escribid a ana{score}@x.es", "team": TEAM}
        for score in (1, 8, 10)
    ]
    import_rows(services, "a.csv", rows)
    set_table(services)
    open_meeting(services, ADMINISTRATOR, TEAM)
    state = services.state()
    for scope in (ADMINISTRATOR, Scope(Role.MEMBER, (TEAM,))):
        agenda = read_agenda(services, state, scope, TEAM)
        assert len(agenda.quotes) == 3
        assert "@" not in "".join(one.words for one in agenda.quotes)
    blind = Scope(Role.MEMBER, (TEAM,), denied=frozenset({Capability.READ_COMMENTS}))
    agenda = read_agenda(services, state, blind, TEAM)
    assert (agenda.quotes, agenda.drawn) == ((), 3)


def test_members_of_other_teams_read_no_words_of_it_at_the_common_table(services: Services) -> None:
    survey(services, 6)
    set_table(services)
    open_meeting(services, ADMINISTRATOR, "")
    state = services.state()
    assert len(read_agenda(services, state, ADMINISTRATOR, "").quotes) == 3
    assert read_agenda(services, state, Scope(Role.MEMBER, ("Ventas",)), "").quotes == ()


def test_a_table_is_read_by_those_who_sit_at_it(services: Services) -> None:
    set_table(services)
    state, stranger = services.state(), Scope(Role.CAPTAIN, ("Ventas",))
    with pytest.raises(NotAllowedError):
        read_agenda(services, state, stranger, TEAM)
    assert teams_of(services, state, stranger) == ("Ventas", "")
    assert set(teams_of(services, state, ADMINISTRATOR)) == {TEAM, "Ventas", ""}
    with pytest.raises(NotAllowedError):
        contributions(services, state, Scope(Role.KIOSK))
    assert [one.team for one in contributions(services, state, stranger)] == [TEAM]


def test_the_common_table_is_of_the_voices(services: Services) -> None:
    table = set_table(services)
    agenda = read_agenda(services, services.state(), ADMINISTRATOR, "")
    assert {one.peer_id for one in agenda.seated} == {table.ana, table.other}
