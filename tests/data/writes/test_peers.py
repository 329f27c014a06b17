"""Who sits at a table."""

from __future__ import annotations

import pytest

from dashboard.meetings import MeetingError
from dashboard.permissions import NotAllowedError, Role, Scope
from data.database import reading
from data.meetings import read_peers
from data.services import Services
from data.writes.peers import add_peer, mark_peer
from tests.data.stores import ADMINISTRATOR
from tests.data.writes.tables import TEAM, set_table


def test_a_name_sits_down_once_however_it_is_written(services: Services) -> None:
    table = set_table(services)
    assert add_peer(services, ADMINISTRATOR, TEAM, "  ANA  gil ") == table.ana
    with reading(services.database) as connection:
        assert [(one.name, one.is_voice) for one in read_peers(connection) if one.team == TEAM] == [
            ("Ana Gil", True),
            ("Luis", False),
        ]


def test_who_left_is_not_forgotten_and_may_come_back(services: Services) -> None:
    table = set_table(services)
    mark_peer(services, ADMINISTRATOR, table.luis, "is_active", value=False)
    assert add_peer(services, ADMINISTRATOR, TEAM, "Luis") == table.luis
    with reading(services.database) as connection:
        assert all(one.is_active for one in read_peers(connection))


@pytest.mark.parametrize("mark", ["is_voice", "is_ambassador"])
def test_a_team_has_one_voice_and_an_area_one_ambassador(services: Services, mark: str) -> None:
    table = set_table(services)
    mark_peer(services, ADMINISTRATOR, table.luis, mark, value=True)
    with reading(services.database) as connection:
        marked = [one.name for one in read_peers(connection) if one.team == TEAM and getattr(one, mark)]
    assert marked == ["Luis"]


def test_nobody_seats_people_at_the_table_of_others(services: Services) -> None:
    table, stranger = set_table(services), Scope(Role.CAPTAIN, ("Ventas",))
    for write in (
        lambda: add_peer(services, stranger, TEAM, "Eva"),
        lambda: mark_peer(services, stranger, table.ana, "shows_name", value=True),
        lambda: add_peer(services, Scope(Role.VIEWER, (TEAM,)), TEAM, "Eva"),
    ):
        with pytest.raises(NotAllowedError):
            write()


def test_what_cannot_be_is_refused(services: Services) -> None:
    table = set_table(services)
    with pytest.raises(MeetingError, match="voices of the teams"):
        add_peer(services, ADMINISTRATOR, "", "Eva")
    with pytest.raises(MeetingError, match="no such mark"):
        mark_peer(services, ADMINISTRATOR, table.ana, "name", value=True)
    with pytest.raises(MeetingError, match="nobody of that name"):
        mark_peer(services, ADMINISTRATOR, 99, "is_voice", value=True)
