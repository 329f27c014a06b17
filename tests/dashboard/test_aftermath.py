"""Who answered before and after the promise to their company: the rows that are compared."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl

from dashboard.aftermath import before_and_after
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
