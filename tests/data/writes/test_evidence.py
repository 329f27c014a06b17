"""Judging again changes nothing; new data are judged where they matter."""

from __future__ import annotations

import sqlalchemy as sa

from dashboard.periods import WEEK
from data import records
from data.database import reading
from data.evidence import read_evidence, stored
from data.services import Services
from data.writes.evidence import judge
from data.writes.indicators import add_indicator, retire_indicator
from data.writes.readings import Reading, report
from tests.data.stores import ADMINISTRATOR
from tests.data.writes.test_indicators import MONDAY, PACKED
from tests.homes import copy, demo


def test_judging_twice_is_judging_once(services: Services) -> None:
    number = add_indicator(services, ADMINISTRATOR, PACKED)
    report(services, ADMINISTRATOR, [Reading(number, MONDAY - place * WEEK, 80 + place) for place in range(12)])
    assert judge(services) == 3
    revision = services.revision()
    assert judge(services) == 0
    assert services.revision() == revision


def test_a_correction_is_judged_from_its_week_on_and_nothing_before() -> None:
    services = copy(demo("normal"))
    number = min(read_evidence(services, services.state()))
    with reading(services.database) as connection:
        before = stored(connection)
    week = MONDAY - 20 * WEEK
    report(services, ADMINISTRATOR, [Reading(number, week, 50)], "error de recuento")
    made = judge(services)
    with reading(services.database) as connection:
        after = stored(connection)
    changed = {key for key in after if after[key] != before[key]}
    assert made == len(changed)
    assert {indicator for indicator, _ in changed} == {number}
    assert all(mark >= week for _, mark in changed)
    assert len(changed) == sum(indicator == number and mark >= week for indicator, mark in after)


def test_what_is_no_longer_watched_is_no_longer_judged(services: Services) -> None:
    number = add_indicator(services, ADMINISTRATOR, PACKED)
    report(services, ADMINISTRATOR, [Reading(number, MONDAY - 5 * WEEK, 80)])
    judge(services)
    retire_indicator(services, ADMINISTRATOR, number)
    judge(services)
    with reading(services.database) as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(records.trials)).scalar() == 0
