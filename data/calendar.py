"""The working calendar of the organisation's country and region, by the `holidays` library."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache

import holidays

from dashboard.calendar import Calendar
from dashboard.organisation import Organisation
from data.services import State


@cache
def countries() -> dict[str, tuple[str, ...]]:
    """Return every known country (ISO 3166 code) with its regions."""
    return {
        country: tuple(regions) for country, regions in holidays.list_supported_countries(include_aliases=False).items()
    }


@cache
def places() -> tuple[str, ...]:
    """Return every country, and every region of it, in one code: ES, ES-AR."""
    return tuple(
        code for country, regions in countries().items() for code in (country, *(f"{country}-{one}" for one in regions))
    )


def calendar_of(organisation: Organisation, today: date) -> Calendar:
    """Return the holidays of last, this and next year; a country that nobody knows has none."""
    known = countries()
    if organisation.country not in known:
        return Calendar()
    region = organisation.region if organisation.region in known[organisation.country] else None
    found = holidays.country_holidays(
        organisation.country, subdiv=region, years=range(today.year - 1, today.year + 2), language=organisation.language
    )
    return Calendar(tuple(sorted(found.items())))


def holidays_of(state: State) -> frozenset[date]:
    """Return the days on which nobody of the organisation works beside weekends, around today."""
    return _days(state.organisation, state.today.year)


@lru_cache(maxsize=16)
def _days(organisation: Organisation, year: int) -> frozenset[date]:
    return calendar_of(organisation, date(year, 1, 1)).days
