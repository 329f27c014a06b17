"""Values written down: none is overwritten, none is invented."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.indicators import IndicatorError
from dashboard.permissions import NotAllowedError, Role, Scope
from data.database import reading
from data.indicators import amended_weeks, courses, read_entries, read_readings
from data.services import Services
from data.writes.indicators import add_indicator
from data.writes.readings import Reading, report
from tests.data.stores import ADMINISTRATOR
from tests.data.writes.test_indicators import MONDAY, PACKED


@pytest.fixture
def number(services: Services) -> int:
    return add_indicator(services, ADMINISTRATOR, PACKED)


def in_force(services: Services, number: int) -> dict[date, float]:
    with reading(services.database) as connection:
        return dict(read_readings(connection).get(number, {}))


def test_a_value_belongs_to_the_week_of_its_day(services: Services, number: int) -> None:
    assert report(services, ADMINISTRATOR, [Reading(number, date(2026, 11, 12), numerator=48, denominator=50)]) == 1
    assert in_force(services, number) == {MONDAY: 96}


def test_another_value_is_an_amendment_with_author_and_reason(services: Services, number: int) -> None:
    report(services, ADMINISTRATOR, [Reading(number, MONDAY, 90)])
    with pytest.raises(IndicatorError, match="say why"):
        report(services, ADMINISTRATOR, [Reading(number, MONDAY, 80)])
    assert report(services, ADMINISTRATOR, [Reading(number, MONDAY, 80)], "contamos dos veces") == 1
    assert in_force(services, number) == {MONDAY: 80}
    with reading(services.database) as connection:
        first, second = read_entries(connection, number, MONDAY)
        assert amended_weeks(connection) == {(number, MONDAY)}
    assert (first.value, first.is_current) == (90, False)
    assert (second.value, second.is_current, second.reason) == (80, True, "contamos dos veces")
    assert second.who


def test_the_same_value_again_changes_nothing(services: Services, number: int) -> None:
    report(services, ADMINISTRATOR, [Reading(number, MONDAY, 90)])
    assert report(services, ADMINISTRATOR, [Reading(number, MONDAY, 90)]) == 0
    with reading(services.database) as connection:
        assert amended_weeks(connection) == set()


def test_a_week_without_value_is_not_reported_and_never_zero(services: Services, number: int) -> None:
    report(services, ADMINISTRATOR, [Reading(number, MONDAY, 0)])
    with reading(services.database) as connection:
        (found,) = courses(connection, MONDAY, 3)
    assert found.values == (None, None, 0)


@pytest.mark.parametrize(
    "wrong",
    [{"week": date(2026, 11, 23), "value": 90}, {"value": 101}, {"numerator": 1, "denominator": 0}, {}],
)
def test_all_or_nothing_is_written(services: Services, number: int, wrong: dict[str, object]) -> None:
    good = Reading(number, MONDAY, 90)
    bad = Reading(number, **{"week": date(2026, 11, 2)} | wrong)  # type: ignore[arg-type]  # a table of wrong values
    with pytest.raises(IndicatorError):
        report(services, ADMINISTRATOR, [good, bad])
    assert in_force(services, number) == {}


def test_the_running_week_may_be_reported_already(services: Services, number: int) -> None:
    report(services, ADMINISTRATOR, [Reading(number, date(2026, 11, 18), 90)])
    assert in_force(services, number) == {date(2026, 11, 16): 90}


def test_the_people_of_a_team_report_for_it(services: Services, number: int) -> None:
    report(services, Scope(Role.MEMBER, ("Almacén",)), [Reading(number, MONDAY, 90)])
    for scope in (Scope(Role.MEMBER, ("Ventas",)), Scope(Role.VIEWER), Scope(Role.KIOSK)):
        with pytest.raises(NotAllowedError):
            report(services, scope, [Reading(number, MONDAY, 91)], "x")


def test_an_unknown_indicator_is_refused(services: Services) -> None:
    with pytest.raises(IndicatorError, match="no longer"):
        report(services, ADMINISTRATOR, [Reading(99, MONDAY, 1)])
