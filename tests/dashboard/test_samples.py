"""Answers that are not worth one vote each."""

from __future__ import annotations

from random import Random

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.nps import NOBODY, Counts, Nps, net_promoter_score
from dashboard.samples import (
    FEWEST_CLUSTERS,
    account_scores,
    capped_weights,
    clustered_score,
    finite_population_score,
    weight_sums,
    weighted_score,
)

ANSWERS = st.lists(st.tuples(st.integers(0, 10), st.integers(0, 5000)), max_size=40)


def holds(nps: Nps) -> bool:
    assert nps.points is not None
    return nps.low is None or nps.high is None or nps.low - 1e-9 <= nps.points <= nps.high + 1e-9


@given(ANSWERS, st.integers(2, 1000))
def test_weights_are_scale_free(answers: list[tuple[int, int]], factor: int) -> None:
    scores, weights = [score for score, _ in answers], [weight for _, weight in answers]
    once = weighted_score(*weight_sums(scores, weights))
    again = weighted_score(*weight_sums(scores, [weight * factor for weight in weights]))
    if once is None:
        assert again is None
        return
    assert again is not None
    assert again.nps.points == pytest.approx(once.nps.points)
    assert again.nps.low == pytest.approx(once.nps.low)
    assert again.nps.high == pytest.approx(once.nps.high)
    assert again.standard_error == pytest.approx(once.standard_error, abs=1e-6)


@given(ANSWERS, st.randoms(use_true_random=False))
def test_a_weighted_interval_holds_its_score_whatever_the_order(answers: list[tuple[int, int]], random: Random) -> None:
    mixed = random.sample(answers, len(answers))
    first = weighted_score(*weight_sums([s for s, _ in answers], [w for _, w in answers]))
    second = weighted_score(*weight_sums([s for s, _ in mixed], [w for _, w in mixed]))
    if first is None:
        assert second is None
        return
    assert second is not None
    assert holds(first.nps)
    assert second.nps.points == pytest.approx(first.nps.points)
    assert first.nps.n_effective is not None
    assert 0 < first.nps.n_effective <= first.nps.n + 1e-9


@given(st.lists(st.integers(0, 10), min_size=1, max_size=60))
def test_equal_weights_are_worth_at_most_plain_answers(scores: list[int]) -> None:
    weighted = weighted_score(*weight_sums(scores, [1000] * len(scores)))
    assert weighted is not None
    plain = net_promoter_score(weighted.nps.counts)
    assert weighted.nps.points == pytest.approx(plain.points)
    assert weighted.n_kish == pytest.approx(len(scores))


def test_no_weight_is_no_score() -> None:
    assert weighted_score(*weight_sums([], [])) is None
    assert weighted_score(*weight_sums([9, 3], [0, None])) is None


def test_a_negative_weight_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be negative"):
        weight_sums([9], [-1])


def test_one_group_has_no_score_and_few_groups_no_interval() -> None:
    assert clustered_score([], []) is None
    assert clustered_score(["a", "a"], [9, 3]) is None
    for groups in range(2, 8):
        result = clustered_score([str(index) for index in range(groups)] * 3, [9, 3, 8] * groups)
        assert result is not None
        assert (result.nps.low is None) == (groups < FEWEST_CLUSTERS)
        assert holds(result.nps)


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(0, 10)), min_size=2, max_size=40))
def test_groups_never_make_answers_worth_more_than_they_are(rows: list[tuple[str, int]]) -> None:
    result = clustered_score([group for group, _ in rows], [score for _, score in rows])
    if len({group for group, _ in rows}) < 2:
        assert result is None
        return
    assert result is not None
    assert holds(result.nps)
    assert result.nps.n_effective is not None
    assert result.nps.n_effective <= len(rows) + 1e-9


@given(st.builds(Counts, *[st.integers(0, 30)] * 3), st.integers(0, 200))
def test_asking_everybody_leaves_no_margin_and_asking_fewer_leaves_less_than_a_sample(
    counts: Counts, more: int
) -> None:
    nps = finite_population_score(counts, counts.n + more)
    plain = net_promoter_score(counts)
    if counts.n == 0:
        assert (nps.points, nps.low, nps.high) == (None, None, None)
        return
    assert holds(nps)
    assert nps.points == plain.points
    if more == 0:
        assert nps.low == nps.high == nps.points


ACCOUNTS = pl.DataFrame(
    {
        "account": ["A", "A", "A", "B", "C", "D", "E"],
        "role": ["decisor", "usuario", None, "usuario", "usuario", "nuevo", "usuario"],
        "recommend": [10, 3, 8, 9, 2, 7, 10],
    },
    schema={"account": pl.String, "role": pl.String, "recommend": pl.Int16},
)


def test_one_account_is_one_vote_however_many_answer() -> None:
    result = account_scores(ACCOUNTS, {"decisor": 3.0, "usuario": 1.0}, {})
    assert result is not None
    assert result.accounts["account"].to_list() == ["A", "B", "C", "D", "E"]
    assert result.accounts["points"].to_list() == pytest.approx([40.0, 100.0, -100.0, 0.0, 100.0])
    assert result.one_vote.points == pytest.approx(28.0)
    assert result.by_answer == net_promoter_score(Counts(2, 2, 3))
    assert holds(result.one_vote)


def test_a_role_that_counts_nothing_is_left_out_and_nobody_left_is_no_score() -> None:
    result = account_scores(ACCOUNTS, {"usuario": 0.0}, {})
    assert result is not None
    assert result.accounts["account"].to_list() == ["A", "D"]
    assert result.one_vote.low is None
    assert account_scores(ACCOUNTS.clear(), {"usuario": 1.0}, {}) is None
    assert account_scores(ACCOUNTS.filter(pl.col("role") == "usuario"), {"usuario": 0.0}, {}) is None


def test_without_any_role_weight_every_role_counts_one() -> None:
    result = account_scores(ACCOUNTS, {}, {})
    assert result is not None
    assert result.one_vote.n == 7


def test_one_account_alone_has_a_score_and_no_interval() -> None:
    result = account_scores(ACCOUNTS.head(3), {}, {})
    assert result is not None
    assert (result.one_vote.low, result.one_vote.high) == (None, None)


@given(st.lists(st.none() | st.floats(0, 1e9), max_size=30), st.floats(0.05, 1))
def test_no_account_weighs_more_than_its_cap(revenue: list[float | None], cap: float) -> None:
    weights = capped_weights(revenue, cap)
    assert weights.size == len(revenue)
    if weights.size and cap * weights.size > 1 and weights.sum() > 0 and set(weights) != {1.0}:
        assert weights.max() / weights.sum() <= cap + 1e-9


def test_nobody_has_no_weighted_score() -> None:
    sums, counts = weight_sums([], [])
    assert counts == NOBODY
    assert sums.n == 0
