"""The question of the teams."""

from __future__ import annotations

from dashboard.periods import WEEK
from data.jobs import is_under_way
from data.services import Services
from data.teams import judge_in_background, read_teams, values_of
from data.writes.indicators import add_indicator
from data.writes.readings import Reading, report
from tests.data.stores import ADMINISTRATOR
from tests.data.test_jobs import ended
from tests.data.writes.test_indicators import MONDAY, PACKED
from tests.homes import copy, demo


def test_the_demo_has_its_teams_with_their_weeks_and_marks() -> None:
    services = copy(demo())
    found = read_teams(services, services.state(), ADMINISTRATOR)
    assert [team.key for team in found.teams] == ["Almacén", "Transporte", "Posventa", "Ventas", "Administración"]
    assert len(found.leads) == 11
    assert [one.indicator.name for one in found.silent] == ["Días hasta el abono"]
    (packed, *_) = found.teams[0].watched
    assert len(packed.course.weeks) == 13
    assert packed.amended == {MONDAY}
    assert len(found.marks) == 1


def test_the_running_week_stands_apart(services: Services) -> None:
    number = add_indicator(services, ADMINISTRATOR, PACKED)
    report(services, ADMINISTRATOR, [Reading(number, MONDAY, 90), Reading(number, MONDAY + WEEK, 95)])
    one = read_teams(services, services.state(), ADMINISTRATOR).by_id(number)
    assert one is not None
    assert one.course.values[-1] == 90
    assert one.running == 95
    assert values_of(services, number) == {MONDAY: 90, MONDAY + WEEK: 95}


def test_new_data_are_judged_in_the_background_once(services: Services) -> None:
    assert not judge_in_background(services, services.state())
    number = add_indicator(services, ADMINISTRATOR, PACKED)
    report(services, ADMINISTRATOR, [Reading(number, MONDAY - place * WEEK, 80 + place) for place in range(12)])
    assert judge_in_background(services, services.state())
    assert is_under_way(services, "evidence")
    assert judge_in_background(services, services.state()), "one is enough"
    assert ended(services, 1).result == {"trials": 3}
    assert not judge_in_background(services, services.state())
