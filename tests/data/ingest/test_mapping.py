"""Mappings: every mistake is named with its key and what may stand there."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.ingest.mapping import MappingError, check_columns, mapping_of, parse_mapping, written
from tests.data.ingest.helpers import SIMPLE, mapping

RATING: dict[str, Any] = {"moment": "delivery", "lived": "q1", "min": 1, "max": 5}


def test_the_shortest_mapping_is_five_lines() -> None:
    read = parse_mapping('source = "survey"\nrecommend = "score"\n[dates]\ncolumn = "date"\nformats = ["%d/%m/%Y"]\n')
    assert (read.recommend.column if read.recommend else None, read.columns()) == ("score", ["date", "score"])


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"source": None}, "'source' is missing"),
        ({"source": ""}, "'source'"),
        ({"source": "a:b"}, "'source': 'a:b' does not fit: letters, digits, spaces"),
        ({"colour": "x"}, "there is no key 'colour'"),
        ({"version": 2}, "'version'"),
        ({"dates": {}}, "give one of: column"),
        ({"dates": {"column": "d"}}, "needs formats, for example"),
        ({"dates": {"column": "d", "formats": ["?"]}}, r"replace '\?' with \['%d/%m/%Y'\] or \['%m/%d/%Y'\]"),
        ({"dates": {"column": "d", "formats": ["dd/mm/yyyy"]}}, "the format 'dd/mm/yyyy' does not say a day"),
        ({"dates": {"column": "d", "formats": ["%d/%m/%Y %H"]}}, "does not say a day"),
        ({"dates": {"column": "d", "constant": "2026-01-01"}}, "give one of"),
        ({"dates": {"constant": "?"}}, "'dates.constant'"),
        ({"dates": {"year": "?", "month": "?", "day": "d"}}, r"replace '\?' with a number"),
        ({"dates": {"year": 2026, "day": "d"}}, "parts need year, month and day"),
        ({"dates": {"year": 2026, "month": 13, "day": "d"}}, "month must be 1 to 12, not 13"),
        ({"dates": {"year": 10**30, "month": 1, "day": 1}}, "year must be 1 to 9999"),
        ({"recommend": {"column": "n", "min": 1, "max": 10}}, "NPS comes only from a 0-10"),
        ({"recommend": {"column": "n", "min": 5, "max": 5}}, "min must be below max"),
        ({"recommend": None}, "map at least one of recommend"),
        ({"zone": "Mars/Olympus"}, "there is no time zone 'Mars/Olympus'"),
        ({"layout": "long", "id": None}, "needs id"),
        ({"dimensions": {"colour": "c"}}, "there is no dimension 'colour'"),
        ({"dimensions": {"source": "c"}}, "there is no dimension 'source'"),
        ({"dimensions": {"team": {}}}, "give column or constant"),
        ({"dimensions": {"audience": {"constant": "staff"}}}, "the audience is external or internal"),
        ({"ratings": [{**RATING, "min": 5}]}, "min must be below max"),
        ({"ratings": [{**RATING, "max": 10**30}]}, "max"),
        ({"ratings": [{"lived": "q", "min": 1, "max": 5}]}, "give moment"),
        ({"ratings": [{"moment": "m", "min": 1, "max": 5}]}, "at least one of lived"),
        ({"ratings": [RATING, {**RATING, "lived": "q2"}]}, "two .* are of the moment 'delivery'"),
        ({"file": {"separator": '"'}}, "'file.separator'"),
        ({"file": {"separator": "\n"}}, "'file.separator'"),
        ({"file": {"separator": "ab"}}, "'file.separator': 'ab' does not fit: it is one character"),
        ({"file": {"header_row": 0}}, "'file.header_row'"),
        ({"decimal": "'"}, "'decimal'"),
    ],
)
def test_a_wrong_mapping_is_refused_in_words(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(MappingError, match=message):
        mapping(**changes)


def test_what_is_not_toml_is_refused() -> None:
    with pytest.raises(MappingError, match="the mapping is not TOML"):
        parse_mapping("source = ")


def test_missing_columns_are_named_with_those_there_are() -> None:
    with pytest.raises(MappingError, match="no column 'score'; it has id, date"):
        check_columns(mapping(), ("id", "date"))


@given(
    source=st.text(st.sampled_from("abñ 9.-_"), min_size=1, max_size=10),
    column=st.text(min_size=1, max_size=10),
    codes=st.lists(st.one_of(st.integers(-9, 99), st.text(max_size=3)), max_size=3),
    layout=st.sampled_from(["wide", "long"]),
)
def test_a_written_mapping_is_read_back_equal(source: str, column: str, codes: list[Any], layout: str) -> None:
    content = {
        **SIMPLE,
        "source": source,
        "layout": layout,
        "recommend": {"column": column, "no_answer": codes},
        "ratings": [{**RATING, "lived": column}],
    }
    made = mapping_of(content)
    assert parse_mapping(written(made)) == made


@given(st.text(max_size=60))
def test_any_text_is_a_mapping_or_refused(text: str) -> None:
    try:
        parse_mapping(text)
    except MappingError as error:
        assert str(error)
