"""Filters: the one module that parses and prints them, for URLs, `--where`, cubes and logs alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import parse_qsl, urlencode

import polars as pl

DIMENSIONS = (
    "team",
    "segment",
    "channel",
    "site",
    "moment",
    "touchpoint",
    "account",
    "area",
    "role",
    "audience",
    "source",
)
"""Keys by which answers are told apart: the same names in URL, command line, mapping and cube."""

NO_VALUE = "—"
"""How a filter names the answers that have no value in a dimension."""


class FilterError(ValueError):
    """A filter that cannot be understood. The message says what would be."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which answers a question is about.

    Attributes
    ----------
    where : tuple[tuple[str, tuple[str, ...]], ...]
        Dimension and accepted values, both sorted, so that equal filters are equal objects and equal cache keys.
    since, until : date or None
        First and last local day, both included. None is open.
    """

    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    since: date | None = None
    until: date | None = None

    @property
    def dimensions(self) -> frozenset[str]:
        """Return the dimensions that are restricted."""
        return frozenset(name for name, _ in self.where)

    @property
    def is_open(self) -> bool:
        """Return whether nothing is restricted."""
        return not self.where and self.since is None and self.until is None

    def values(self, dimension: str) -> tuple[str, ...]:
        """Return the accepted values of `dimension`; empty means all."""
        return dict(self.where).get(dimension, ())

    def with_values(self, dimension: str, values: Iterable[str]) -> Filters:
        """Return the same filters with `dimension` restricted to `values` (none: open)."""
        where = {**dict(self.where), dimension: tuple(values)}
        return filters(where, self.since, self.until)

    def within(self, since: date | None, until: date | None) -> Filters:
        """Return the same dimensions over another period."""
        return Filters(self.where, since, until)

    def in_whole_weeks(self) -> Filters:
        """Return the same filters, the period widened to begin on a Monday and end on a Sunday."""
        since = self.since and self.since - timedelta(days=self.since.weekday())
        until = self.until and self.until + timedelta(days=6 - self.until.weekday())
        return self.within(since, until)

    def expression(self) -> pl.Expr:
        """Return the Polars predicate over a frame that has `day` and the dimensions."""
        predicate = pl.lit(True)
        for name, values in self.where:
            accepted = pl.col(name).is_in(values)
            if NO_VALUE in values:
                accepted = accepted.fill_null(False) | pl.col(name).is_null()
            predicate &= accepted
        if self.since is not None:
            predicate &= pl.col("day") >= self.since
        if self.until is not None:
            predicate &= pl.col("day") <= self.until
        return predicate

    def query(self) -> str:
        """Return the filters as a URL query, dimensions in their fixed order; `parse_query` reads it back."""
        pairs = [(name, value) for name in DIMENSIONS for value in self.values(name)]
        pairs += [(name, day.isoformat()) for name, day in (("since", self.since), ("until", self.until)) if day]
        return urlencode(pairs)


EVERYTHING = Filters()
"""No restriction."""


def filters(where: Mapping[str, Iterable[str]], since: date | None = None, until: date | None = None) -> Filters:
    """Return normalised filters.

    Raises
    ------
    FilterError
        For a dimension that does not exist or a period that ends before it begins.
    """
    for name in where:
        if name not in DIMENSIONS:
            raise FilterError(f"there is no dimension '{name}'; there are {', '.join(DIMENSIONS)}")
    if since and until and until < since:
        raise FilterError(f"the period ends ({until}) before it begins ({since})")
    pairs = {name: tuple(sorted({value for value in values if value})) for name, values in where.items()}
    return Filters(tuple(sorted((name, values) for name, values in pairs.items() if values)), since, until)


def parse_where(terms: Iterable[str], since: str | None = None, until: str | None = None) -> Filters:
    """Return the filters of `dimension=value` terms; a repeated dimension accepts any of its values.

    Raises
    ------
    FilterError
        For a term without `=`, an unknown dimension or a day that is not YYYY-MM-DD.
    """
    where: dict[str, list[str]] = {}
    for term in terms:
        name, separator, value = term.partition("=")
        if not separator or not value.strip():
            raise FilterError(f"'{term}' is not dimension=value; for example team=Almacén")
        where.setdefault(name.strip(), []).append(value.strip())
    return filters(where, parse_day(since), parse_day(until))


def parse_query(query: str) -> Filters:
    """Return the filters of a URL query; keys that are not filters are left alone.

    A value a person typed into the address bar may be anything: an unreadable day or a reversed period is ignored
    rather than shown as an error.
    """
    where: dict[str, list[str]] = {}
    days: dict[str, date | None] = {"since": None, "until": None}
    for name, value in parse_qsl(query.lstrip("?")):
        if name in DIMENSIONS:
            where.setdefault(name, []).append(value[:200])
        elif name in days:
            try:
                days[name] = parse_day(value)
            except FilterError:
                continue
    since, until = days["since"], days["until"]
    if since and until and until < since:
        since = until = None
    return filters(where, since, until)


def parse_day(text: str | None) -> date | None:
    """Return the day of an ISO text, None for nothing.

    Raises
    ------
    FilterError
        When the text is not YYYY-MM-DD.
    """
    if not text:
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise FilterError(f"'{text}' is not a day; write it as 2026-11-22") from None
