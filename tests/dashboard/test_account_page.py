"""One account: everybody counts once, the unhappiest stands first."""

from __future__ import annotations

from datetime import UTC, datetime

import polars as pl

from dashboard.account_page import PEOPLE, account_of
from dashboard.voice import STREAM

NOTHING = pl.DataFrame(schema=STREAM)


def answers(*rows: tuple[str | None, int, int]) -> pl.DataFrame:
    """Return answers: who, day of November, 0–10."""
    told = [
        {
            "response_id": f"s:{place}",
            "respondent": who,
            "area": "compras",
            "role": "usuario",
            "recommend": score,
            "day": datetime(2026, 11, day).date(),
            "answered_at": datetime(2026, 11, day, 9, tzinfo=UTC),
        }
        for place, (who, day, score) in enumerate(rows)
    ]
    schema = {
        **dict.fromkeys(("response_id", "respondent", "area", "role"), pl.String),
        "recommend": pl.Int16,
        "day": pl.Date,
        "answered_at": pl.Datetime("us", "UTC"),
    }
    return pl.DataFrame(told, schema=schema)


def test_everybody_counts_once_by_their_last_answer() -> None:
    found = account_of("C1", answers(("ana", 1, 2), ("ana", 5, 10), ("ana", 3, 3), ("luis", 2, 4)), NOTHING)
    assert found is not None
    assert (found.mean, found.worst) == (7.0, 4)
    assert found.people.select("respondent", "n", "last", "worst").rows() == [("luis", 1, 4, 4), ("ana", 3, 10, 2)]
    assert found.people.schema == PEOPLE


def test_who_is_unknown_is_one_person_per_answer() -> None:
    found = account_of("C1", answers((None, 1, 2), (None, 2, 8)), NOTHING)
    assert found is not None
    assert found.people.height == 2


def test_an_account_that_only_spoke_has_no_mean() -> None:
    said = pl.DataFrame([dict.fromkeys(STREAM) | {"response_id": "s:1", "outcome": "open"}], schema=STREAM)
    found = account_of("C1", answers(), said)
    assert found is not None
    assert (found.mean, found.worst, found.open) == (None, None, 1)
    assert account_of("C1", answers(), NOTHING) is None
