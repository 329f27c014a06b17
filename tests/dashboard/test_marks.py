"""Which cells lie above or below the rest of their row."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.marks import Mark, with_marks

SCHEMA = {"row": pl.String, "n": pl.Int64, "total": pl.Int64, "square": pl.Int64}


def cells(answers: list[tuple[str, list[int]]]) -> pl.DataFrame:
    rows = [(row, len(values), sum(values), sum(value**2 for value in values)) for row, values in answers]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


GOOD, BAD, MIXED = [9, 10] * 30, [1, 2] * 30, [4, 7] * 30


def test_a_cell_is_marked_against_the_rest_of_its_own_row() -> None:
    marked = with_marks(cells([("a", GOOD), ("a", BAD), ("a", MIXED), ("b", BAD), ("b", BAD)]))
    assert marked["mark"].to_list() == [Mark.ABOVE, Mark.BELOW, None, None, None]


@pytest.mark.parametrize(
    "answers",
    [
        [],
        [("a", [])],
        [("a", GOOD)],
        [("a", [7] * 40), ("a", [7] * 40)],
        [("a", [9] * 9), ("a", [1])],
        [("a", [9] * 40), ("a", [])],
    ],
)
def test_without_anything_to_compare_there_is_no_mark(answers: list[tuple[str, list[int]]]) -> None:
    marked = with_marks(cells(answers))
    assert marked.select("z", "p", "p_adjusted", "mark").null_count().row(0) == (len(answers),) * 4


def test_few_answers_get_no_mark_but_count_in_the_rest() -> None:
    marked = with_marks(cells([("a", BAD[:9]), ("a", GOOD)]))
    assert marked["mark"].to_list() == [None, Mark.ABOVE]


def test_answers_that_are_all_the_same_do_not_vary_by_their_rounding() -> None:
    same = pl.DataFrame({"row": ["a"] * 3, "n": [30, 70, 41]}).with_columns(
        total=pl.col("n") * 7.1, square=pl.col("n") * 7.1**2
    )
    assert with_marks(same)["z"].to_list() == [None] * 3


@given(st.lists(st.lists(st.integers(0, 10), min_size=10, max_size=30), min_size=2, max_size=6))
def test_turning_the_scale_over_turns_the_marks_over(answers: list[list[int]]) -> None:
    there = with_marks(cells([("a", values) for values in answers]))
    back = with_marks(cells([("a", [10 - value for value in values]) for values in answers]))
    turned = {Mark.ABOVE: Mark.BELOW, Mark.BELOW: Mark.ABOVE, None: None}
    assert [turned[mark] for mark in there["mark"].to_list()] == back["mark"].to_list()
    judged = there.drop_nulls("p")
    assert (judged["p"] <= judged["p_adjusted"] + 1e-12).all()
    assert judged.height == judged.drop_nulls("p_adjusted").height
