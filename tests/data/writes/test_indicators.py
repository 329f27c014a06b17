"""What a team watches: stored with its history, decided by those who may."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from dashboard.indicators import Direction, Indicator, IndicatorError, Kind, Target
from dashboard.permissions import NotAllowedError, Role, Scope
from data import records
from data.database import reading
from data.indicators import read_indicators
from data.services import Services
from data.writes.indicators import (
    add_indicator,
    change_indicator,
    forget_indicators,
    retire_indicator,
    set_target,
)
from data.writes.marks import add_mark
from data.writes.readings import Reading, report
from tests.data.stores import ADMINISTRATOR

MONDAY = date(2026, 11, 9)
PACKED = Indicator(
    0,
    "Almacén",
    "Pedidos completos",
    "%",
    targets=(Target(date(2026, 1, 5), 90),),
    avoids="que falten piezas",
    belief="quien recibe todo, recomienda",
    moments=("Comprobar",),
    reporter="jefe de turno",
    due_day=1,
)
LATE = Indicator(0, "Transporte", "Retrasos", "h", Kind.LAG, Direction.LESS)


def known(services: Services) -> tuple[Indicator, ...]:
    with reading(services.database) as connection:
        return read_indicators(connection)


def test_an_indicator_comes_back_as_it_was_said(services: Services) -> None:
    number = add_indicator(services, ADMINISTRATOR, PACKED)
    assert known(services) == (replace(PACKED, indicator_id=number),)


def test_a_changed_target_asks_for_a_reason_and_old_weeks_keep_the_old_one(services: Services) -> None:
    number = add_indicator(services, ADMINISTRATOR, PACKED)
    with pytest.raises(IndicatorError, match="say why"):
        set_target(services, ADMINISTRATOR, number, 95)
    with pytest.raises(IndicatorError, match="already"):
        set_target(services, ADMINISTRATOR, number, 90, "otra vez")
    set_target(services, ADMINISTRATOR, number, 95, "la ficha nueva")
    (found,) = known(services)
    assert found.targets == (*PACKED.targets, Target(date(2026, 11, 16), 95, "la ficha nueva"))
    assert (found.target(MONDAY), found.target(date(2026, 11, 16))) == (90, 95)


def test_a_first_target_holds_for_the_last_closed_week(services: Services) -> None:
    number = add_indicator(services, ADMINISTRATOR, replace(PACKED, targets=()))
    set_target(services, ADMINISTRATOR, number, 95)
    (found,) = known(services)
    assert found.target(MONDAY) == 95


def test_what_is_said_changes_and_what_is_measured_does_not(services: Services) -> None:
    number = add_indicator(services, ADMINISTRATOR, PACKED)
    said = replace(PACKED, indicator_id=number, name="Completos", belief="otra", unit="h", team="Ventas", targets=())
    change_indicator(services, ADMINISTRATOR, said)
    assert known(services) == (replace(PACKED, indicator_id=number, name="Completos", belief="otra"),)


def test_a_team_watches_a_name_once(services: Services) -> None:
    add_indicator(services, ADMINISTRATOR, PACKED)
    with pytest.raises(IndicatorError, match="already watches"):
        add_indicator(services, ADMINISTRATOR, replace(PACKED, name="pedidos COMPLETOS"))
    add_indicator(services, ADMINISTRATOR, replace(PACKED, team="Ventas"))


def test_a_lead_is_tested_against_a_lag_and_nothing_else(services: Services) -> None:
    late, packed = add_indicator(services, ADMINISTRATOR, LATE), add_indicator(services, ADMINISTRATOR, PACKED)
    add_indicator(services, ADMINISTRATOR, replace(PACKED, name="a", result_id=late))
    with pytest.raises(IndicatorError, match="tested against"):
        add_indicator(services, ADMINISTRATOR, replace(PACKED, name="b", result_id=packed))


def test_a_retired_indicator_is_gone_and_its_history_stays(services: Services) -> None:
    number = add_indicator(services, ADMINISTRATOR, PACKED)
    report(services, ADMINISTRATOR, [Reading(number, MONDAY, 91)])
    retire_indicator(services, ADMINISTRATOR, number)
    assert known(services) == ()
    with pytest.raises(IndicatorError, match="no longer"):
        set_target(services, ADMINISTRATOR, number, 99, "x")
    with reading(services.database) as connection:
        assert len(read_indicators(connection, with_retired=True)) == 1
        assert connection.execute(sa.select(sa.func.count()).select_from(records.readings)).scalar() == 1


def test_only_the_captain_of_a_team_decides_for_it(services: Services) -> None:
    own, other = Scope(Role.CAPTAIN, ("Almacén",)), Scope(Role.CAPTAIN, ("Ventas",))
    number = add_indicator(services, own, PACKED)
    for scope in (other, Scope(Role.MEMBER, ("Almacén",))):
        with pytest.raises(NotAllowedError):
            add_indicator(services, scope, replace(PACKED, name="otro"))
        with pytest.raises(NotAllowedError):
            set_target(services, scope, number, 99, "x")
        with pytest.raises(NotAllowedError):
            change_indicator(services, scope, replace(PACKED, indicator_id=number))
        with pytest.raises(NotAllowedError):
            retire_indicator(services, scope, number)


def test_what_came_from_a_source_goes_with_it(services: Services) -> None:
    gone = add_indicator(services, ADMINISTRATOR, LATE, source="demo")
    kept = add_indicator(services, ADMINISTRATOR, replace(PACKED, result_id=gone))
    report(services, ADMINISTRATOR, [Reading(gone, MONDAY, 3)])
    add_mark(services, ADMINISTRATOR, MONDAY, "Nueva ruta", source="demo")
    assert forget_indicators(services, ADMINISTRATOR, "demo") == 1
    assert [(one.indicator_id, one.result_id) for one in known(services)] == [(kept, None)]
    with reading(services.database) as connection:
        for table in (records.readings, records.marks):
            assert connection.execute(sa.select(sa.func.count()).select_from(table)).scalar() == 0
