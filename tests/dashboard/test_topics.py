"""What customers talk about."""

from __future__ import annotations

from math import log

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.topics import telling_words, with_shifts

TEXTS = st.lists(st.tuples(st.sampled_from("abc"), st.text("xyz ", max_size=12)), max_size=20)


def words(comments: list[tuple[str, str | None]]) -> list[tuple[str, str, float]]:
    frame = pl.DataFrame(comments, schema={"topic": pl.String, "text": pl.String}, orient="row")
    return telling_words(frame).rows()


def test_a_word_tells_more_the_more_it_is_of_its_topic_alone() -> None:
    found = words([("late", "camion tarde tarde"), ("bill", "factura tarde")])
    assert found == [
        ("bill", "factura", pytest.approx(0.5 * log(1 + 2.5 / 1))),
        ("bill", "tarde", pytest.approx(0.5 * log(1 + 2.5 / 3))),
        ("late", "camion", pytest.approx(1 / 3 * log(1 + 2.5 / 1))),
        ("late", "tarde", pytest.approx(2 / 3 * log(1 + 2.5 / 3))),
    ]


def test_words_that_tell_as_much_go_by_the_alphabet() -> None:
    assert [word for _, word, _ in words([("a", "z y x")])] == ["x", "y", "z"]


@pytest.mark.parametrize("comments", [[], [("a", "")], [("a", None)], [("a", "   ")]])
def test_texts_without_words_tell_nothing(comments: list[tuple[str, str | None]]) -> None:
    assert words(comments) == []


@given(TEXTS)
def test_every_word_said_weighs_something_and_no_other_does(comments: list[tuple[str, str]]) -> None:
    found = words(list(comments))
    assert {(topic, word) for topic, word, _ in found} == {
        (topic, word) for topic, text in comments for word in text.split(" ") if word
    }
    assert all(weight > 0 for _, _, weight in found)


COUNTS = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), max_size=10)


def shifts(counts: list[tuple[int, int]], before: int = 200, after: int = 200) -> pl.DataFrame:
    frame = pl.DataFrame(counts, schema={"before": pl.Int64, "after": pl.Int64}, orient="row")
    return with_shifts(frame, before, after)


@given(COUNTS)
def test_a_shift_reads_the_same_backwards(counts: list[tuple[int, int]]) -> None:
    there, back = shifts(counts), shifts([(after, before) for before, after in counts])
    assert there["difference"].to_list() == pytest.approx((-back["difference"]).to_list())
    assert there["p"].to_list() == pytest.approx(back["p"].to_list())
    assert there["has_shifted"].to_list() == back["has_shifted"].to_list()


@given(COUNTS)
def test_looking_at_every_topic_makes_each_call_harder(counts: list[tuple[int, int]]) -> None:
    found = shifts(counts)
    assert (found["p_adjusted"] >= found["p"] - 1e-12).all()
    assert found["has_shifted"].to_list() == [p <= 0.1 for p in found["p_adjusted"]]


@pytest.mark.parametrize(
    ("count", "difference", "has_shifted"), [((20, 60), 20, True), ((20, 24), 2, False), ((0, 0), 0, False)]
)
def test_a_topic_has_shifted_or_may_be_chance(count: tuple[int, int], difference: float, has_shifted: bool) -> None:
    found = shifts([count])
    assert found["difference"].to_list() == pytest.approx([difference])
    assert found["has_shifted"].to_list() == [has_shifted]


@pytest.mark.parametrize(("before", "after"), [(0, 10), (10, 0), (0, 0)])
def test_a_period_without_comments_shifts_nothing(before: int, after: int) -> None:
    found = shifts([(0, 0), (0, 0)], before, after)
    assert found.select("difference", "p", "p_adjusted").null_count().row(0) == (2, 2, 2)
    assert found["has_shifted"].to_list() == [False, False]
