"""Who answered before and after the promise to their company: the rows that are compared."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from dashboard.aftermath import REACH, answers_around, before_and_after, compared, turning
from dashboard.breaches import breaches

TURN = date(2026, 6, 1)


def test_the_last_answer_before_and_the_first_after_are_compared() -> None:
    promises = pl.DataFrame(
        {
            "account": ["A", "A", "B"],
            "day": [TURN - timedelta(days=9), TURN, TURN],
            "is_broken": [False, True, False],
        }
    )
    days = [-300, -20, -1, 1, 30]
    answers = pl.DataFrame(
        {
            "account": ["A"] * 5 + ["B"] * 2 + ["C"],
            "respondent": ["a"] * 5 + ["b", "b2"] + ["c"],
            "day": [TURN + timedelta(days=place) for place in [*days, -1, 2, 3]],
            "recommend": [10, 10, 8, 3, 10, 9, 9, 9],
        }
    )
    assert before_and_after(promises, answers).rows() == [("A", True, 0, -1)]


def test_a_true_loss_is_found_and_none_is_not() -> None:
    draw = np.random.default_rng(7)
    accounts = [f"A{place}" for place in range(60)]
    for loss, is_found in ((0.9, True), (0.0, False)):
        promises = pl.DataFrame({"account": accounts, "day": [TURN] * 60, "is_broken": [p % 2 == 0 for p in range(60)]})
        rows = []
        for place, account in enumerate(accounts):
            for person in range(4):
                mood = draw.normal(8, 1.5)
                after = mood - (2 * loss if place % 2 == 0 else 0)
                for offset, value in ((-5, mood), (5, after + draw.normal(0, 0.5))):
                    score = int(np.clip(round(value), 0, 10))
                    rows.append((account, f"{account}-{person}", TURN + timedelta(days=offset), score))
        answers = pl.DataFrame(rows, schema=["account", "respondent", "day", "recommend"], orient="row")
        found = breaches(before_and_after(promises, answers))
        assert found is not None
        assert (found.interval[1] < 0) is is_found


def by_rows(promises: pl.DataFrame, answers: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Return the same as `compared`, row by row of what was due: what it must agree with."""
    turned = (
        promises.filter(pl.col("day") <= as_of)
        .sort("day")
        .group_by("account")
        .agg(
            is_broken=pl.col("is_broken").any(),
            turn=pl.coalesce(pl.col("day").filter("is_broken").first(), pl.col("day").first()),
        )
    )
    score = pl.col("recommend").cast(pl.Int64)
    told = (
        answers.join(turned, on="account")
        .filter(pl.col("day").is_between(pl.col("turn") - REACH, pl.col("turn") + REACH))
        .with_columns(sign=(score >= 9).cast(pl.Int64) - (score <= 6).cast(pl.Int64))
        .sort("day", maintain_order=True)
    )
    is_before = pl.col("day") <= pl.col("turn")
    return (
        told.group_by("account", "respondent", "is_broken")
        .agg(before=pl.col("sign").filter(is_before).last(), after=pl.col("sign").filter(~is_before).first())
        .drop_nulls()
        .sort("account", "respondent")
        .select("account", "is_broken", "before", "after")
    )


DAYS = st.integers(-400, 400).map(lambda days: TURN + timedelta(days=days))
ACCOUNTS = st.sampled_from("ABC")


@given(
    st.lists(st.tuples(ACCOUNTS, DAYS, st.booleans()), max_size=12),
    st.lists(st.tuples(ACCOUNTS, st.sampled_from("xyz"), DAYS, st.integers(0, 10)), max_size=40),
    DAYS,
)
def test_looked_up_once_it_is_what_every_row_says_on_any_day(
    promised: list[tuple[str, date, bool]], told: list[tuple[str, str, date, int]], as_of: date
) -> None:
    promises = pl.DataFrame(
        promised, schema={"account": pl.String, "day": pl.Date, "is_broken": pl.Boolean}, orient="row"
    )
    schema = {"account": pl.String, "respondent": pl.String, "day": pl.Date, "recommend": pl.Int16}
    answers = pl.DataFrame(told, schema=schema, orient="row")
    around = answers_around(turning(promises.lazy()).collect(), answers.lazy())
    assert compared(around, as_of).equals(by_rows(promises, answers, as_of))


def test_who_was_failed_only_tomorrow_counts_as_kept_today() -> None:
    promises = pl.DataFrame(
        {"account": ["A", "A"], "day": [TURN, TURN + timedelta(days=5)], "is_broken": [False, True]}
    )
    answers = pl.DataFrame(
        {
            "account": ["A"] * 3,
            "respondent": ["a"] * 3,
            "day": [TURN + timedelta(days=place) for place in (-1, 2, 9)],
            "recommend": [10, 8, 3],
        }
    )
    around = answers_around(turning(promises.lazy()).collect(), answers.lazy())
    assert compared(around, TURN + timedelta(days=4)).rows() == [("A", False, 1, 0)]
    assert compared(around, TURN + timedelta(days=5)).rows() == [("A", True, 0, -1)]
    assert compared(around, TURN - timedelta(days=1)).is_empty()
