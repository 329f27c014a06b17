"""No group of one to four people can be worked out from what a table shows."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.suppression import (
    batched,
    disclosed_cells,
    feasible_ranges,
    suppress_row,
    suppress_table,
    unsafe_pairs,
    with_totals,
)

COUNTS = st.integers(0, 25)
TABLES = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(COUNTS, min_size=width, max_size=width), min_size=1, max_size=5)
)


@pytest.mark.parametrize(
    ("people", "hidden", "is_total_hidden"),
    [
        ([], [], False),
        ([0, 0], [False, False], False),
        ([5, 30], [False, False], False),
        ([4, 30], [True, True], False),
        ([4, 4, 30], [True, True, False], False),
        ([1, 1, 30], [True, True, True], False),
        ([3], [True], True),
        ([3, 6, 6], [True, True, False], False),
    ],
)
def test_a_small_group_never_hides_alone(people: list[int], hidden: list[bool], is_total_hidden: bool) -> None:
    result = suppress_row(people)
    assert list(result.hidden) == hidden
    assert result.is_total_hidden is is_total_hidden


@given(st.lists(COUNTS, max_size=12))
def test_what_is_hidden_in_a_row_is_nobody_or_enough_or_without_a_total(people: list[int]) -> None:
    result = suppress_row(people)
    assert all(is_hidden for n, is_hidden in zip(people, result.hidden, strict=True) if 0 < n < 5)
    assert not any(is_hidden for n, is_hidden in zip(people, result.hidden, strict=True) if n == 0)
    assert sum(result.hidden) == 0 or result.is_total_hidden or (result.hidden_people >= 5 and sum(result.hidden) > 1)


@settings(max_examples=150, deadline=None)
@given(TABLES)
def test_no_small_cell_of_a_table_that_may_be_shown_can_be_worked_out(people: list[list[int]]) -> None:
    result = suppress_table(people)
    table = with_totals(people)
    small = (table[:-1, :-1] > 0) & (table[:-1, :-1] < 5)
    assert not (small & ~result.hidden[:-1, :-1]).any()
    assert result.disclosed == disclosed_cells(result.hidden)
    if result.may_be_shown:
        for low, high in feasible_ranges(people, result.hidden):
            assert high - low > 1e-6 or np.isinf(high)


def test_hiding_only_the_small_cells_gives_them_away() -> None:
    people = [[12, 3, 9], [7, 8, 15]]
    only_small = np.zeros((3, 4), dtype=bool)
    only_small[0, 1] = True
    assert disclosed_cells(only_small) == ((0, 1),)
    assert suppress_table(people).may_be_shown


def test_a_table_without_small_cells_is_shown_whole() -> None:
    result = suppress_table([[5, 6], [7, 0]])
    assert not result.hidden.any()
    assert result.may_be_shown


def test_two_groups_that_differ_by_a_few_people_are_unsafe() -> None:
    groups = {"all": range(20), "most": range(18), "half": range(10), "same": range(20)}
    found = unsafe_pairs({name: list(people) for name, people in groups.items()})
    assert [(pair.inner, pair.outer, pair.difference) for pair in found] == [("most", "all", 2), ("most", "same", 2)]


@given(st.lists(st.integers(0, 9), max_size=20))
def test_a_running_result_moves_by_five_answers_or_stays(steps: list[int]) -> None:
    cumulative = np.cumsum(steps).tolist()
    shown = [0, *batched(cumulative)]
    assert all(after == before or after - before >= 5 for before, after in pairwise(shown))
    assert all(n <= total for n, total in zip(shown[1:], cumulative, strict=True))
