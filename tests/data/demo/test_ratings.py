"""The demo's ratings: what weighs is known, and what came before stays as it was."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.voice import Outcome
from data.demo.answers import answers
from data.demo.company import MOMENTS, SIZES
from data.demo.moments import HELPING, OWNERS, duties, walks
from data.demo.ratings import ATTRIBUTES, PARTS, TRUTH, column, columns, mapping, ratings
from data.demo.voice import outcomes
from data.ingest.mapping import parse_mapping

DAY = date(2026, 11, 22)


@pytest.mark.parametrize("size", list(SIZES))
def test_ratings_stand_beside_the_answers_row_by_row(size: str) -> None:
    found = ratings(2026, SIZES[size], DAY)
    assert found.height == answers(2026, SIZES[size], DAY).height
    assert set(found.columns) == {column(part, *one) for part in PARTS for one in columns()}
    assert found.min_horizontal().min() == 0
    assert found.max_horizontal().max() == 10


def test_the_same_seed_and_day_give_the_same_ratings() -> None:
    small = SIZES["small"]
    assert ratings(7, small, DAY).equals(ratings(7, small, DAY))
    assert not ratings(8, small, DAY).equals(ratings(7, small, DAY))


def test_the_mapping_reads_every_column() -> None:
    text = 'version = 1\nsource = "demo"\n[dates]\ncolumn = "d"\nformats = ["%Y-%m-%d"]\n' + mapping()
    parsed = parse_mapping(text)
    assert len(parsed.ratings) == len(columns()) == len(MOMENTS) + len(ATTRIBUTES)
    assert set(TRUTH) == set(MOMENTS)


def test_every_moment_has_a_team_and_some_have_no_owner() -> None:
    assert set(duties()) == set(MOMENTS)
    assert set(MOMENTS) - set(OWNERS) == {"Reclamar", "Volver a comprar"}
    assert set(HELPING) <= set(MOMENTS)
    assert all(walk.day < DAY for walk in walks(DAY))


def test_outcomes_are_of_comments_and_nobody_is_answered_before_they_spoke() -> None:
    found = outcomes(2026, SIZES["normal"], DAY)
    assert len({one.response_id for one in found}) == len(found) > 12
    assert {one.verdict.outcome for one in found} == {Outcome.DO, Outcome.PARK, Outcome.NO}
    assert all(one.told_ago is None or one.told_ago.total_seconds() >= 0 for one in found)
