"""The holidays of a country and region, in the organisation's language."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboard.organisation import Organisation
from data.calendar import calendar_of, countries, holidays_of, places
from data.services import Services

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("country", "region", "day", "is_working"),
    [
        ("ES", "", date(2026, 12, 8), False),
        ("ES", "", date(2026, 9, 11), True),
        ("ES", "CT", date(2026, 9, 11), False),
        ("ES", "XX", date(2026, 9, 11), True),
        ("GB", "ENG", date(2026, 12, 28), False),
        ("??", "", date(2026, 12, 8), True),
    ],
)
def test_a_holiday_is_where_it_is_kept(country: str, region: str, day: date, is_working: bool) -> None:
    place = Organisation("x", country=country, region=region)
    assert calendar_of(place, TODAY).is_working(day) is is_working


def test_holidays_are_told_in_the_language_of_the_house() -> None:
    days = [dict(calendar_of(Organisation("x", language=one), TODAY).holidays) for one in ("es", "en")]
    assert [names[date(2026, 1, 6)] for names in days] == ["Epifanía del Señor", "Epiphany"]
    assert "CT" in countries()["ES"]
    assert {"ES", "ES-CT", "GB-ENG"} <= set(places())
    assert Organisation("x", country="ES", region="CT").place == "ES-CT"
    assert Organisation("x").place == "ES"


def test_what_is_due_knows_the_holidays_around_today(services: Services) -> None:
    state = services.state()
    assert date(2026, 12, 25) in holidays_of(state)
    assert date(2026, 12, 25) not in holidays_of(replace(state, organisation=Organisation("x", country="??")))
