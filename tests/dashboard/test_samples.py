"""Answers that are not worth one vote each."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.nps import NOBODY, Counts, Nps, net_promoter_score
from dashboard.samples import (
    FEWEST_CLUSTERS,
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


def test_nobody_has_no_weighted_score() -> None:
    sums, counts = weight_sums([], [])
    assert counts == NOBODY
    assert sums.n == 0
