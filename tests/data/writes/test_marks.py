"""Marks of what changed."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.indicators import IndicatorError
from dashboard.permissions import NotAllowedError, Role, Scope
from dashboard.teams import Mark
from data.database import reading
from data.indicators import read_marks
from data.services import Services
from data.writes.marks import add_mark, remove_mark
from tests.data.stores import ADMINISTRATOR

DAY = date(2026, 9, 1)


def known(services: Services) -> tuple[Mark, ...]:
    with reading(services.database) as connection:
        return read_marks(connection)


def test_marks_come_back_oldest_first_and_may_be_taken_away(services: Services) -> None:
    second = add_mark(services, ADMINISTRATOR, DAY, " Nueva ruta ", "Transporte")
    first = add_mark(services, ADMINISTRATOR, date(2026, 3, 1), "Turno de tarde")
    assert known(services) == (
        Mark(first, date(2026, 3, 1), "Turno de tarde", ""),
        Mark(second, DAY, "Nueva ruta", "Transporte"),
    )
    remove_mark(services, ADMINISTRATOR, first)
    assert [mark.mark_id for mark in known(services)] == [second]
    with pytest.raises(IndicatorError, match="no such mark"):
        remove_mark(services, ADMINISTRATOR, first)


def test_a_mark_says_what_changed(services: Services) -> None:
    with pytest.raises(IndicatorError, match="what changed"):
        add_mark(services, ADMINISTRATOR, DAY, "  ")


def test_a_captain_marks_the_own_team_only(services: Services) -> None:
    captain = Scope(Role.CAPTAIN, ("Transporte",))
    mark = add_mark(services, captain, DAY, "Nueva ruta", "Transporte")
    for team in ("Ventas", ""):
        with pytest.raises(NotAllowedError):
            add_mark(services, captain, DAY, "x", team)
    with pytest.raises(NotAllowedError):
        remove_mark(services, Scope(Role.MEMBER, ("Transporte",)), mark)
