"""The working calendar of the place: its holidays, as the library knows them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import holidays

from data.services import Services

YEARS_AROUND = 3


@lru_cache(maxsize=16)
def holidays_around(place: str, year: int) -> frozenset[date]:
    """Return the holidays of a place in a year and the three before and after it.

    Parameters
    ----------
    place : str
        Country by ISO 3166, with a subdivision where there is one: ES, ES-AR. Empty is none.
    year : int
    """
    if not place:
        return frozenset()
    country, _, subdivision = place.partition("-")
    years = range(year - YEARS_AROUND, year + YEARS_AROUND + 1)
    return frozenset(holidays.country_holidays(country, subdiv=subdivision or None, years=years))


def holidays_of(services: Services) -> frozenset[date]:
    """Return the holidays on which nobody of the organisation works, around today."""
    return holidays_around(services.settings.holidays, services.clock.now().year)


def is_known_place(place: str) -> bool:
    """Return whether the library knows the holidays of a place."""
    country, _, subdivision = place.partition("-")
    known = holidays.list_supported_countries()
    return not place or (country in known and (not subdivision or subdivision in known[country]))
