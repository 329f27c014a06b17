"""Obstacles: who removes them, and at whose meeting they lie."""

from __future__ import annotations

import pytest

from dashboard.meetings import MeetingError, Obstacle, ObstacleState
from dashboard.permissions import NotAllowedError, Role, Scope
from data.database import reading
from data.meetings import read_obstacles
from data.services import Services
from data.writes.decision import ChangedMeanwhileError
from data.writes.obstacles import clear_obstacle, raise_obstacle, send_obstacle, take_obstacle
from tests.data.stores import ADMINISTRATOR
from tests.data.writes.tables import FRIDAY, SUNDAY, TEAM, Table, set_table


def missing(table: Table) -> Obstacle:
    return Obstacle(0, TEAM, TEAM, "la tarifa no está en la web", SUNDAY, table.ana, FRIDAY)


def test_an_obstacle_goes_to_the_next_meeting_of_another_team_and_is_cleared_there(services: Services) -> None:
    table = set_table(services)
    number = raise_obstacle(services, ADMINISTRATOR, missing(table))
    assert raise_obstacle(services, ADMINISTRATOR, missing(table)) == number
    send_obstacle(services, ADMINISTRATOR, number, 1, "Ventas")
    with reading(services.database) as connection:
        assert read_obstacles(connection, TEAM) == ()
        (sent,) = read_obstacles(connection, "Ventas")
    assert (sent.raised_by, sent.remover_id, sent.due) == (TEAM, None, None)
    sales = Scope(Role.MEMBER, ("Ventas",))
    with pytest.raises(MeetingError, match="does not sit"):
        take_obstacle(services, sales, number, 2, table.ana, FRIDAY)
    with pytest.raises(MeetingError, match="has passed"):
        take_obstacle(services, sales, number, 2, table.other, SUNDAY.replace(day=1))
    take_obstacle(services, sales, number, 2, table.other, FRIDAY)
    clear_obstacle(services, sales, number, 3)
    with reading(services.database) as connection:
        (gone,) = read_obstacles(connection)
    assert (gone.state, gone.cleared_on, gone.remover_id) == (ObstacleState.CLEARED, SUNDAY, table.other)
    with pytest.raises(MeetingError, match="already"):
        clear_obstacle(services, sales, number, 4)


def test_the_second_who_changes_it_is_told_and_strangers_change_nothing(services: Services) -> None:
    table = set_table(services)
    number = raise_obstacle(services, ADMINISTRATOR, missing(table))
    with pytest.raises(NotAllowedError):
        clear_obstacle(services, Scope(Role.CAPTAIN, ("Ventas",)), number, 1)
    with pytest.raises(NotAllowedError):
        raise_obstacle(services, Scope(Role.CAPTAIN, ("Ventas",)), missing(table))
    with pytest.raises(MeetingError, match="lies at this meeting"):
        send_obstacle(services, ADMINISTRATOR, number, 1, TEAM)
    send_obstacle(services, ADMINISTRATOR, number, 1, "Ventas")
    with pytest.raises(ChangedMeanwhileError):
        clear_obstacle(services, ADMINISTRATOR, number, 1)
    with pytest.raises(MeetingError, match="no such obstacle"):
        clear_obstacle(services, ADMINISTRATOR, 99, 1)
