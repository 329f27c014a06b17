"""The demo's meetings come and go with it, and leave what is one's own."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa

from dashboard.actions import Action, ActionState, Answer
from dashboard.meetings import MeetingState
from dashboard.permissions import NotAllowedError, Role, Scope
from data import records
from data.agenda import contributions, read_agenda
from data.database import reading
from data.plan import read_plan
from data.services import Services
from data.writes.actions import agree_action, answer_action
from data.writes.demo import remove_demo
from data.writes.demo_meetings import tell_meetings
from data.writes.meetings import open_meeting
from data.writes.peers import add_peer
from tests.data.stores import ADMINISTRATOR
from tests.data.writes.tables import FRIDAY, SUNDAY
from tests.homes import copy, demo

TABLES = (
    records.action_answers,
    records.actions,
    records.meetings,
    records.attendance,
    records.quotes,
    records.obstacles,
    records.pauses,
    records.rhythms,
    records.plan_readers,
    records.peers,
)


def test_both_views_show_what_its_truth_says() -> None:
    services = demo()
    state = services.state()
    told = json.loads((services.home / "demo.json").read_text(encoding="utf-8"))["meetings"]
    holes = {}
    for team in told["kept"]:
        agenda = read_agenda(services, state, ADMINISTRATOR, team)
        missed = [one.week.isoformat() for one in agenda.weeks if one.state is MeetingState.MISSED]
        if missed:
            holes[team] = missed
        assert sum(one.state is MeetingState.PAUSED for one in agenda.weeks) == 3
    assert holes == told["missed"]
    assert read_plan(services, state, ADMINISTRATOR).without_ambassador == (told["without_ambassador"],)
    assert all(one.kept.due for one in contributions(services, state, ADMINISTRATOR))


def test_it_goes_without_a_trace_and_ones_own_people_stay() -> None:
    services: Services = copy(demo())
    mine = add_peer(services, ADMINISTRATOR, "Ventas", "Persona propia")
    agenda = read_agenda(services, services.state(), ADMINISTRATOR, "Ventas")
    own = Action(0, "Ventas", "algo mío", mine, FRIDAY, SUNDAY, agenda.watched[0].indicator.indicator_id)
    kept = agree_action(services, ADMINISTRATOR, own)
    remove_demo(services, ADMINISTRATOR)
    with reading(services.database) as connection:
        left = {
            table.name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar() for table in TABLES
        }
        row = connection.execute(sa.select(records.actions)).mappings().one()
    assert left == {table.name: 0 for table in TABLES} | {"actions": 1, "peers": 1}
    assert (row["id"], row["owner_id"], row["indicator_id"]) == (kept, mine, None)


def test_what_was_answered_in_ones_own_meeting_goes_with_the_actions_of_the_demo() -> None:
    services: Services = copy(demo())
    open_meeting(services, ADMINISTRATOR, "Ventas")
    owed = read_agenda(services, services.state(), ADMINISTRATOR, "Ventas").to_answer[0]
    answer_action(services, ADMINISTRATOR, owed.action_id, owed.version, Answer(ActionState.PARTLY))
    remove_demo(services, ADMINISTRATOR)
    with reading(services.database) as connection:
        assert connection.execute(sa.select(records.action_answers)).all() == []


def test_it_is_for_those_who_configure() -> None:
    with pytest.raises(NotAllowedError):
        tell_meetings(demo(), Scope(Role.CAPTAIN, ("Ventas",)))
