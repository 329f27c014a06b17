"""One vote per respondent, moment and ISO week: the latest."""

from __future__ import annotations

from itertools import permutations
from random import Random
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.services import Services
from data.upkeep import check_cubes
from data.writes.imports import undo_import
from data.writes.votes import RATING_KEY, RESPONSE_KEY, with_votes
from tests.data.stores import ADMINISTRATOR, import_rows, points, responses

CASES = st.lists(
    st.fixed_dictionaries(
        {
            "respondent": st.sampled_from([None, "s:a", "s:b"]),
            "moment": st.sampled_from([None, "Esperar", "Pagar"]),
            "at": st.sampled_from(["2026-11-15T23:59", "2026-11-16T00:00", "2026-11-22T12:00", "2026-11-22T12:01"]),
            "source": st.sampled_from(["s", "t"]),
        }
    ),
    max_size=12,
)


@given(CASES, st.randoms(use_true_random=False))
def test_the_latest_counts_and_exactly_one_whatever_the_order(rows: list[dict[str, Any]], random: Random) -> None:
    frame = responses(rows)
    voted = with_votes(frame.sample(fraction=1, shuffle=True, seed=random.randrange(1000)), RESPONSE_KEY)
    anonymous = voted.filter(pl.col("respondent").is_null())
    assert anonymous["counts"].all()
    known = voted.filter(pl.col("respondent").is_not_null())
    for _, group in known.group_by(RESPONSE_KEY):
        latest = group.sort("answered_at", "response_id").tail(1)
        assert group.filter("counts")["response_id"].to_list() == latest["response_id"].to_list()


def test_what_one_answer_rates_twice_stands_or_falls_together() -> None:
    row = {"respondent": "s:a", "moment": "Pagar"}
    frame = responses([row, row]).with_columns(
        attribute=pl.lit(None, dtype=pl.String), measure_source=pl.lit("survey"), response_id=pl.lit("s:1")
    )
    assert with_votes(frame, RATING_KEY)["counts"].to_list() == [True, True]
    assert with_votes(frame.clear(), RATING_KEY).is_empty()


ANSWERS = [
    {"id": "1", "who": "ana", "when": "2026-11-10 09:00", "score": 0},
    {"id": "2", "who": "ana", "when": "2026-11-11 09:00", "score": 7},
    {"id": "3", "who": "ana", "when": "2026-11-12 09:00", "score": 10},
]


@pytest.mark.parametrize("order", list(permutations(range(3)))[::2])
def test_the_order_of_imports_does_not_matter_and_undo_lets_the_earlier_one_count(
    services: Services, order: tuple[int, ...]
) -> None:
    numbers = {}
    for place in order:
        numbers[place] = import_rows(services, f"{place}.csv", [ANSWERS[place]]).import_id
    assert (points(services).n, points(services).points) == (1, 100)
    undo_import(services, ADMINISTRATOR, numbers[2])
    assert (points(services).n, points(services).points) == (1, 0)
    undo_import(services, ADMINISTRATOR, numbers[0])
    assert (points(services).n, points(services).points) == (1, 0)
    undo_import(services, ADMINISTRATOR, numbers[1])
    assert points(services).n == 0
    assert check_cubes(services)[0] == 0


@pytest.mark.parametrize(
    ("change", "votes"),
    [
        ({}, 1),
        ({"who": ""}, 2),
        ({"who": "eva"}, 2),
        ({"moment": "Pagar"}, 2),
        ({"when": "2026-11-16 00:00"}, 2),
        ({"when": "2026-11-15 23:59"}, 1),
    ],
)
def test_a_vote_is_of_one_person_one_moment_and_one_week(
    services: Services, change: dict[str, str], votes: int
) -> None:
    first = {"id": "1", "who": "ana", "when": "2026-11-10 09:00", "score": 0}
    import_rows(services, "a.csv", [first, first | {"id": "2", "score": 9} | change])
    assert points(services).n == votes


def test_two_sources_never_mistake_one_person_for_another(services: Services) -> None:
    import_rows(services, "a.csv", [ANSWERS[0]], source="one")
    import_rows(services, "b.csv", [ANSWERS[1]], source="two")
    assert points(services).n == 2
