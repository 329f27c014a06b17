"""Holidays as the library knows them."""

from __future__ import annotations

from datetime import date

import pytest

from data.calendars import holidays_around, holidays_of, is_known_place
from data.services import Services


@pytest.mark.parametrize(
    ("place", "day", "expected"),
    [
        ("ES", date(2026, 12, 25), True),
        ("ES", date(2026, 4, 23), False),
        ("ES-AR", date(2026, 4, 23), True),
        ("", date(2026, 12, 25), False),
        ("ES", date(2028, 12, 25), True),
    ],
)
def test_a_place_has_its_holidays(place: str, day: date, expected: bool) -> None:
    assert (day in holidays_around(place, 2026)) is expected


@pytest.mark.parametrize(
    ("place", "expected"), [("ES", True), ("ES-AR", True), ("", True), ("XX", False), ("ES-ZZ", False), ("es", False)]
)
def test_a_place_nobody_knows_is_none(place: str, expected: bool) -> None:
    assert is_known_place(place) is expected


def test_the_organisation_works_by_its_setting(services: Services) -> None:
    assert date(2026, 12, 25) in holidays_of(services)
