"""Filters: one spelling for URL, command line, mapping and cube."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.filters import (
    DIMENSIONS,
    EVERYTHING,
    NO_VALUE,
    FilterError,
    Filters,
    filters,
    parse_day,
    parse_query,
    parse_where,
)

VALUES = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
DAYS = st.none() | st.dates(date(1970, 1, 1), date(2100, 1, 1))


@st.composite
def any_filters(draw: st.DrawFn) -> Filters:
    where = draw(st.dictionaries(st.sampled_from(DIMENSIONS), st.lists(VALUES, max_size=4), max_size=4))
    since, until = draw(DAYS), draw(DAYS)
    if since and until and until < since:
        since, until = until, since
    return filters(where, since, until)


@given(any_filters())
def test_what_is_printed_is_read_back(asked: Filters) -> None:
    assert parse_query(asked.query()) == asked
    assert parse_query("?" + asked.query()) == asked


@given(any_filters(), st.randoms())
def test_equal_filters_have_equal_keys_however_they_were_written(asked: Filters, random: object) -> None:
    where = {name: [*values, *reversed(values)] for name, values in reversed(asked.where)}
    again = filters(where, asked.since, asked.until)
    assert again == asked
    assert hash(again) == hash(asked)
    assert again.query() == asked.query()


@given(any_filters(), any_filters())
def test_different_filters_have_different_keys(left: Filters, right: Filters) -> None:
    assert (left == right) == (left.query() == right.query())


def test_a_repeated_dimension_accepts_any_of_its_values() -> None:
    asked = parse_where(["team=Almacén", "team=Ventas", "site=Getafe"], "2026-01-01", "2026-02-01")
    assert asked.values("team") == ("Almacén", "Ventas")
    assert asked.dimensions == {"team", "site"}
    assert (asked.since, asked.until) == (date(2026, 1, 1), date(2026, 2, 1))


@pytest.mark.parametrize("term", ["team", "team=", "=x", "team= ", "", "colour=red"])
def test_a_term_that_says_nothing_is_refused_with_what_would_be_understood(term: str) -> None:
    with pytest.raises(FilterError, match=r"team=Almacén|there are team"):
        parse_where([term])


@pytest.mark.parametrize("text", ["22/11/2026", "2026-13-01", "yesterday"])
def test_a_day_is_written_year_month_day(text: str) -> None:
    with pytest.raises(FilterError, match="write it as 2026-11-22"):
        parse_day(text)


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(FilterError, match="ends"):
        filters({}, date(2026, 2, 1), date(2026, 1, 1))


@pytest.mark.parametrize(
    "query", ["since=x", "since=2026-02-01&until=2026-01-01", "page=3&lang=es", "team=", "%%%", ""]
)
def test_an_address_typed_by_hand_never_fails(query: str) -> None:
    assert parse_query(query) == EVERYTHING


FRAME = pl.DataFrame(
    {
        "team": ["A", "B", None, "", "A ", NO_VALUE],
        "site": ["x", None, "x", "x", None, "x"],
        "day": [date(2026, 1, day) for day in range(1, 7)],
    },
    schema={"team": pl.String, "site": pl.String, "day": pl.Date},
)


@pytest.mark.parametrize(
    ("asked", "rows"),
    [
        (EVERYTHING, [1, 2, 3, 4, 5, 6]),
        (filters({"team": ["A"]}), [1]),
        (filters({"team": ["A "]}), [5]),
        (filters({"team": ["A", "B"]}), [1, 2]),
        (filters({"team": [NO_VALUE]}), [3, 6]),
        (filters({"team": [NO_VALUE, "B"]}), [2, 3, 6]),
        (filters({"team": ["A"], "site": ["x"]}), [1]),
        (filters({"team": ["B"], "site": ["x"]}), []),
        (filters({"team": ["nobody"]}), []),
        (filters({}, date(2026, 1, 2), date(2026, 1, 3)), [2, 3]),
        (filters({"site": [NO_VALUE]}, date(2026, 1, 3)), [5]),
    ],
)
def test_a_filter_keeps_exactly_its_rows_and_both_ends_of_its_period(asked: Filters, rows: list[int]) -> None:
    kept = FRAME.filter(asked.expression())
    assert kept["day"].dt.day().to_list() == rows


def test_opening_a_dimension_removes_its_restriction() -> None:
    asked = filters({"team": ["A"], "site": ["x"]}, date(2026, 1, 1))
    assert asked.with_values("team", ()) == filters({"site": ["x"]}, date(2026, 1, 1))
    assert asked.within(None, None) == filters({"team": ["A"], "site": ["x"]})
    assert EVERYTHING.is_open
    assert not asked.is_open
    assert asked.values("channel") == ()
