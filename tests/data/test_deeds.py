"""Deeds as they are stored."""

from __future__ import annotations

import pytest

from dashboard.actions import ActionState, Answer
from dashboard.meetings import Rhythm
from dashboard.permissions import Capability, NotAllowedError, Role, Scope
from data.deeds import read_deeds
from data.services import Services
from data.writes.actions import agree_action, answer_action
from data.writes.meetings import set_rhythm
from data.writes.peers import mark_peer
from tests.data.stores import ADMINISTRATOR
from tests.data.writes.tables import TEAM, set_table


def test_what_was_done_is_told_and_names_by_consent(services: Services) -> None:
    table = set_table(services)
    number = agree_action(services, ADMINISTRATOR, table.action())
    answer_action(services, ADMINISTRATOR, number, 1, Answer(ActionState.DONE))
    kiosk = Scope(Role.KIOSK)
    (deed,) = read_deeds(services, services.state(), kiosk).rows
    assert (deed.team, deed.who) == (TEAM, "")
    mark_peer(services, ADMINISTRATOR, table.ana, "shows_name", value=True)
    (deed,) = read_deeds(services, services.state(), kiosk).rows
    assert deed.who == "Ana Gil"
    with pytest.raises(NotAllowedError):
        read_deeds(services, services.state(), Scope(Role.KIOSK, denied=frozenset({Capability.SEE_WALL})))


def test_the_next_meeting_is_the_nearest_of_all_tables(services: Services) -> None:
    assert read_deeds(services, services.state(), ADMINISTRATOR).next_day is None
    set_table(services)
    set_rhythm(services, ADMINISTRATOR, "", Rhythm(3))
    set_rhythm(services, ADMINISTRATOR, TEAM, Rhythm(2))
    set_rhythm(services, ADMINISTRATOR, "Ventas", Rhythm(1))
    found = read_deeds(services, services.state(), ADMINISTRATOR)
    assert (found.next_team, str(found.next_day)) == ("Ventas", "2026-11-24")
