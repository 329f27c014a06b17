"""What weighs in the recommendation."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.importance import (
    Weighing,
    average_over_orders,
    correlations,
    importance,
    pair_sums,
    relative_weights,
    repaired,
    share_margins,
    sums_by_group,
)

NONE = float("nan")


def answers(moments: int, n: int, seed: int, missing: float = 0.0) -> np.ndarray:
    """Return answers (n, moments + 1), the recommendation first, that a common mood ties together."""
    random = np.random.default_rng(seed)
    lived = random.normal(size=(n, moments)) + random.normal(size=(n, 1))
    table = np.column_stack([lived @ np.arange(1, moments + 1) + 3 * random.normal(size=n), lived])
    table[:, 1:][random.random((n, moments)) < missing] = NONE
    return table


CASES = st.tuples(st.integers(1, 6), st.integers(20, 200), st.integers(0, 10**6))


@given(CASES)
def test_the_parts_add_up_to_what_least_squares_explains(case: tuple[int, int, int]) -> None:
    table = answers(*case)
    matrix = np.corrcoef(table, rowvar=False)
    design = np.column_stack([np.ones(len(table)), table[:, 1:]])
    fitted = design @ np.linalg.lstsq(design, table[:, 0])[0]
    for weights in (relative_weights(matrix), average_over_orders(matrix)):
        assert weights.explained == pytest.approx(fitted.var() / table[:, 0].var())
        assert sum(part for part in weights.share if part is not None) == pytest.approx(1)
        assert all(part is not None and part >= -1e-12 for part in weights.raw)


@given(CASES)
def test_weights_go_with_their_moment_whatever_the_order(case: tuple[int, int, int]) -> None:
    matrix = np.corrcoef(answers(*case), rowvar=False)
    turned = [0, *range(len(matrix) - 1, 0, -1)]
    for weigh in (relative_weights, average_over_orders):
        assert weigh(matrix[np.ix_(turned, turned)]).raw == pytest.approx(weigh(matrix).raw[::-1])


@given(CASES, st.floats(0, 0.5))
def test_sums_give_the_correlations_of_the_pairs_that_are_there(case: tuple[int, int, int], missing: float) -> None:
    table = answers(*case, missing)
    found = correlations(pair_sums(table))
    for left in range(table.shape[1]):
        for right in range(left):
            both = ~np.isnan(table[:, [left, right]]).any(axis=1)
            if both.sum() > 2:
                expected = np.corrcoef(table[both][:, [left, right]], rowvar=False)[0, 1]
                assert found[left, right] == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("matrix", "explained", "share", "sign"),
    [
        ([[1]], None, (), ()),
        ([[1, 0.5], [0.5, 1]], 0.25, (1,), (1,)),
        ([[1, 0], [0, 1]], 0, (None,), (0,)),
        ([[1, -0.5, NONE], [-0.5, 1, NONE], [NONE, NONE, NONE]], 0.25, (1, None), (-1, None)),
        ([[1, 0.5, 0.5], [0.5, 1, 1], [0.5, 1, 1]], 0.25, (0.5, 0.5), (1, 1)),
    ],
)
def test_the_ends_of_the_scale_of_weights(
    matrix: list[list[float]], explained: float | None, share: tuple[float | None, ...], sign: tuple[int | None, ...]
) -> None:
    for weigh in (relative_weights, average_over_orders):
        weights = weigh(np.array(matrix, dtype=float))
        assert weights.explained == (None if explained is None else pytest.approx(explained, abs=1e-6))
        assert weights.share == tuple(None if part is None else pytest.approx(part) for part in share)
        assert weights.sign == sign


def test_a_matrix_that_cannot_be_is_repaired_and_explains_no_more_than_everything() -> None:
    impossible = np.array([[1, 0.9, 0.9], [0.9, 1, -0.9], [0.9, -0.9, 1.0]])
    mended = repaired(impossible)
    assert np.linalg.eigvalsh(mended).min() > 0
    assert np.diag(mended) == pytest.approx(1)
    weights = relative_weights(impossible)
    assert weights.explained is not None
    assert weights.explained <= 1
    assert repaired(mended) is mended or np.linalg.eigvalsh(mended).min() < 1e-6


def test_all_orders_of_too_many_moments_are_refused() -> None:
    with pytest.raises(ValueError, match="13 moments are too many"):
        average_over_orders(np.eye(14))


def test_groups_give_margins_and_groups_without_answers_change_nothing() -> None:
    table = answers(3, 300, 7)
    groups = [pair_sums(part) for part in np.array_split(table, 10)]
    margins = share_margins(groups)
    same = share_margins([*groups, pair_sums(table[:0])])
    assert margins is not None
    assert same is not None
    assert margins.n == 300
    assert margins.error is not None
    assert margins.low is not None
    assert margins.high is not None
    assert (margins.low >= 0).all()
    assert (margins.low <= margins.share).all()
    assert (margins.share <= margins.high).all()
    assert (margins.high <= 1).all()
    assert same.error == pytest.approx(margins.error)
    draws = margins.draws(20_000, np.random.default_rng(1))
    assert draws.std(axis=0) == pytest.approx(margins.error, rel=0.05)


def test_one_group_has_no_margin_and_no_answers_have_no_shares() -> None:
    alone = share_margins([pair_sums(answers(2, 60, 1))])
    assert alone is not None
    assert alone.error is None
    assert share_margins([]) is None
    assert share_margins([pair_sums(np.empty((0, 3)))]) is None
    assert share_margins([pair_sums(np.ones((9, 3)))] * 2) is None


def frame(n: int, seed: int = 3, **columns: object) -> pl.DataFrame:
    table = answers(3, n, seed)
    return pl.DataFrame(
        {
            "cluster": [f"account {index % max(n // 4, 1)}" for index in range(n)],
            "recommend": table[:, 0],
            "wait": table[:, 1],
            "buy": table[:, 2],
            "use": table[:, 3],
        },
        schema={"cluster": pl.String} | dict.fromkeys(("recommend", "wait", "buy", "use"), pl.Float64),
    ).with_columns(**columns)


MOMENTS = ("wait", "buy", "use")


def test_the_moment_that_was_made_to_weigh_most_does() -> None:
    found = importance(frame(800), MOMENTS)
    assert found.state is Weighing.WEIGHED
    assert found.moments["moment"].to_list() == list(MOMENTS)
    assert found.moments.sort("share")["moment"].to_list() == list(MOMENTS)
    assert found.moments["share"].sum() == pytest.approx(1)
    assert (
        found.moments.select((pl.col("low") <= pl.col("share")) & (pl.col("share") <= pl.col("high"))).to_series().all()
    )


def test_a_moment_that_few_rated_or_that_never_varies_is_left_out_and_named() -> None:
    rare = pl.when(pl.int_range(pl.len()) < 49).then(pl.col("buy"))
    found = importance(frame(400, buy=rare, use=pl.lit(7.0)), MOMENTS)
    assert found.state is Weighing.WEIGHED
    assert found.moments["moment"].to_list() == ["wait"]
    assert found.left_out == ("buy", "use")


def test_two_moments_never_lived_by_the_same_customer_cannot_both_be_weighed() -> None:
    place = pl.int_range(pl.len())
    wait, buy = pl.when(place < 150).then(pl.col("wait")), pl.when(place >= 150).then(pl.col("buy"))
    found = importance(frame(400, wait=wait, buy=buy), MOMENTS)
    assert found.left_out == ("wait",)


@pytest.mark.parametrize(
    ("rows", "state", "n"),
    [
        (frame(0), Weighing.INSUFFICIENT, 0),
        (frame(99), Weighing.INSUFFICIENT, 99),
        (frame(400, recommend=pl.lit(None, pl.Float64)), Weighing.INSUFFICIENT, 0),
        (frame(400, recommend=pl.lit(9.0)), Weighing.INSUFFICIENT, 400),
        (frame(400, cluster=pl.lit("the only account")), Weighing.INSUFFICIENT, 400),
        (frame(400, recommend=pl.int_range(pl.len()) % 11), Weighing.UNEXPLAINED, 400),
    ],
)
def test_without_enough_to_weigh_nothing_is_weighed(rows: pl.DataFrame, state: Weighing, n: int) -> None:
    found = importance(rows, MOMENTS)
    assert (found.state, found.n) == (state, n)
    assert found.moments.is_empty()


def test_a_scale_of_few_values_is_ranked() -> None:
    coarse = frame(300, wait=pl.col("wait").round().clip(-2, 2))
    stretched = coarse.with_columns(wait=pl.col("wait").exp())
    assert importance(coarse, MOMENTS).moments.equals(importance(stretched, MOMENTS).moments)


def test_an_account_is_never_split_between_groups() -> None:
    rows = frame(600)
    groups = sums_by_group(rows, MOMENTS)
    assert len(groups) == 50
    assert sum(group.n[0, 0] for group in groups) == 600
    assert {int(group.n[0, 0]) for group in groups} == {12}
