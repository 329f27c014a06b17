"""Whose words are erased, and what stands in place of their ids."""

from __future__ import annotations

from datetime import date
from itertools import count

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.erasure import (
    ErasureError,
    Known,
    Subject,
    aliases,
    anonymised,
    is_old_comment,
    subject_of,
    without_old_comments,
)

ROWS = pl.DataFrame(
    {
        "respondent": ["s:ana", "s:ana", "s:eva", None],
        "response_id": ["s:1", "s:2", "s:3", "s:4"],
        "day": [date(2026, 1, 1), date(2026, 3, 1), date(2026, 2, 1), date(2026, 1, 1)],
        "recommend": [1, 2, 3, 4],
        "verbatim": ["a", None, "b", "c"],
        "consent": [True, False, True, False],
    }
)


@pytest.mark.parametrize(("source", "name"), [("", "x"), ("x", " "), (" ", "")])
def test_a_source_and_an_id_are_needed(source: str, name: str) -> None:
    with pytest.raises(ErasureError):
        subject_of(source, name)


def test_blanks_around_an_id_are_no_part_of_it() -> None:
    assert subject_of(" tool ", " ana ") == Subject("tool", "ana", Known.RESPONDENT)
    assert subject_of("tool", "ana").key == "tool:ana"


@given(st.sets(st.text(min_size=1), max_size=30))
def test_pseudonyms_are_in_the_order_of_the_ids(names: set[str]) -> None:
    numbers = count(1000)
    ids = [f"s:{name}" for name in names]
    found = aliases(ids, lambda: str((next(numbers) * 7919) % 100_003).zfill(6))
    assert sorted(found) == sorted(ids)
    assert [found[one] for one in sorted(ids)] == sorted(found.values())
    assert len(set(found.values())) == len(ids)
    assert all(one.startswith("s:") for one in found.values())


def test_an_answer_loses_its_words_and_ids_and_keeps_its_score() -> None:
    after = anonymised(ROWS, {"s:ana": "s:p"}, {"s:1": "s:q", "s:2": "s:r"})
    assert after["respondent"].to_list() == ["s:p", "s:p", "s:eva", None]
    assert after["response_id"].to_list() == ["s:q", "s:r", "s:3", "s:4"]
    assert after["verbatim"].to_list() == [None, None, "b", "c"]
    assert after["consent"].to_list() == [False, False, True, False]
    assert after.select("day", "recommend").equals(ROWS.select("day", "recommend"))
    assert after.schema == ROWS.schema


def test_ratings_have_no_words_to_lose() -> None:
    ratings = ROWS.select("respondent", "response_id", "recommend")
    assert anonymised(ratings, {}, {"s:4": "s:q"})["response_id"].to_list() == ["s:1", "s:2", "s:3", "s:q"]


def test_nobody_to_forget_changes_nothing() -> None:
    assert anonymised(ROWS, {}, {}).equals(ROWS)


def test_comments_grow_old_and_scores_do_not() -> None:
    before = date(2026, 2, 1)
    assert ROWS.select(is_old_comment(before)).to_series().to_list() == [True, False, False, True]
    after = without_old_comments(ROWS, before)
    assert after["verbatim"].to_list() == [None, None, "b", None]
    assert after.drop("verbatim").equals(ROWS.drop("verbatim"))
