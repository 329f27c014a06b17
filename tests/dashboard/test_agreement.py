"""Do people agree?"""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.agreement import (
    Kappa,
    Scale,
    between_teams,
    concordance,
    juries,
    kappa,
    krippendorff,
    within_teams,
)

NONE = float("nan")
RATINGS = st.lists(st.tuples(st.sampled_from("abc"), st.none() | st.integers(1, 5)), max_size=40)
TABLES = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 10), min_size=width, max_size=width), min_size=2, max_size=8)
)


def answers(rows: list[tuple[str, float | None]]) -> pl.DataFrame:
    frame = pl.DataFrame(rows, schema={"team": pl.String, "rating": pl.Float64}, orient="row")
    return frame.with_columns(item=pl.lit("values"))


@pytest.mark.parametrize(
    ("ratings", "agreement", "is_polarised"),
    [
        ([], None, None),
        ([4], None, None),
        ([None, 4], None, None),
        ([4, 4, 4], 1, False),
        ([1, 5, 1, 5], 0, True),
        ([4, None, 5], 0.75, False),
    ],
)
def test_a_team_agrees_by_how_much_less_than_chance_it_differs(
    ratings: list[float | None], agreement: float | None, is_polarised: bool | None
) -> None:
    found = within_teams(answers([("a", rating) for rating in ratings]), 5)
    assert found["agreement"].to_list() == ([agreement] if ratings else [])
    assert found["is_polarised"].to_list() == ([is_polarised] if ratings else [])


def test_each_team_and_item_is_its_own_and_a_scale_of_one_point_says_nothing() -> None:
    both = pl.concat([answers([("b", 1), ("b", 5), ("a", 3), ("a", 3)]), answers([("a", 1), ("a", 5)])])
    rows = both.with_columns(item=pl.Series(["x", "x", "x", "x", "y", "y"]))
    found = within_teams(rows, 5)
    assert found.select("team", "item", "agreement").rows() == [("a", "x", 1), ("a", "y", 0), ("b", "x", 0)]
    assert within_teams(rows, 1)["agreement"].to_list() == [None] * 3


@given(RATINGS)
def test_agreement_is_a_share_and_never_invented(rows: list[tuple[str, int | None]]) -> None:
    found = within_teams(answers(list(rows)), 5)
    for n, agreement, raw, deviation in found.select("n", "agreement", "raw", "mean_deviation").iter_rows():
        assert (n < 2) == (agreement is None) == (raw is None) == (deviation is None)
        assert agreement is None or 0 <= agreement <= 1


@pytest.mark.parametrize(
    ("rows", "share", "reliability"),
    [
        ([], None, None),
        ([("a", 3), ("a", 4)], None, None),
        ([("a", 3), ("b", 4)], None, None),
        ([("a", 3), ("a", 3), ("b", 3), ("b", 3)], None, None),
        ([("a", 3), ("a", 3), ("b", 5), ("b", 5)], 1, 1),
        ([("a", 1), ("a", 5), ("b", 1), ("b", 5)], -1, None),
    ],
)
def test_how_much_of_an_answer_is_the_team(
    rows: list[tuple[str, float | None]], share: float | None, reliability: float | None
) -> None:
    found = between_teams(answers(rows))
    assert (found.share, found.reliability) == (share, reliability)


@given(RATINGS, st.integers(-5, 5))
def test_moving_every_answer_leaves_the_teams_as_unlike_as_they_were(
    rows: list[tuple[str, int | None]], step: int
) -> None:
    here = between_teams(answers(list(rows)))
    there = between_teams(answers([(team, None if rating is None else rating + step) for team, rating in rows]))
    assert (here.n, here.teams) == (there.n, there.teams)
    assert here.n == sum(rating is not None for _, rating in rows)
    if here.share is not None and there.share is not None:
        assert there.share == pytest.approx(here.share, abs=1e-9)
        assert here.share <= 1


@given(TABLES)
def test_juries_that_only_differ_in_level_agree_as_themselves(table: list[list[int]]) -> None:
    ratings = np.array(table, dtype=float)
    shifted = ratings[:, :1] + np.arange(3) * 2.0
    found = juries(shifted)
    assert found is not None
    if np.ptp(ratings[:, 0]) == 0:
        assert found.fixed is None
    else:
        assert found.fixed == pytest.approx(1)
        assert found.chance is not None
        assert found.chance < 1


def test_things_that_not_all_rated_are_left_out_and_one_alone_says_nothing() -> None:
    full = np.array([[9.0, 8], [2, 3], [5, 5]])
    assert juries(np.vstack([full, [[NONE, 1]]])) == juries(full)
    assert juries(full[:1]) is None
    assert juries(full[:, :1]) is None
    assert juries(np.empty((0, 0))) is None


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ([], Kappa(None, None)),
        ([[0, 0], [0, 0]], Kappa(None, None)),
        ([[5, 0], [0, 0]], Kappa(None, None)),
        ([[5, 0], [0, 5]], Kappa(1, 1)),
        ([[0, 5], [5, 0]], Kappa(-1, -1)),
        ([[25, 25], [25, 25]], Kappa(0, 0)),
    ],
)
def test_the_ends_of_the_scale_of_kappa(table: list[list[float]], expected: Kappa) -> None:
    assert kappa(table) == expected


def test_near_misses_are_forgiven_on_ordered_classes() -> None:
    near, far = ([[20, 5, 0], [5, 20, 5], [0, 5, 20]], [[20, 0, 5], [5, 20, 5], [5, 0, 20]])
    quadratic = [kappa(table).quadratic for table in (near, far)]
    assert quadratic[0] is not None
    assert quadratic[1] is not None
    assert quadratic[0] > quadratic[1]


def codings(rows: list[list[object]]) -> pl.DataFrame:
    long = [(unit, value) for row in rows for unit, value in enumerate(row)]
    return pl.DataFrame(long, schema=["unit", "value"], orient="row")


@pytest.mark.parametrize("scale", Scale)
@pytest.mark.parametrize(
    ("rows", "alpha"),
    [
        ([[1, 2, 3], [1, 2, 3]], 1),
        ([[1, 1, 1], [1, 1, 1]], None),
        ([[1, None], [None, 2]], None),
        ([[1, 2, 3, None], [1, 2, 3, None], [None, None, None, 9]], 1),
    ],
)
def test_the_ends_of_the_scale_of_alpha(rows: list[list[object]], alpha: float | None, scale: Scale) -> None:
    assert krippendorff(codings(rows), scale) == (None if alpha is None else pytest.approx(alpha))


def test_names_of_topics_agree_or_not_and_nobody_has_no_alpha() -> None:
    said = codings([["late", "bill", "late", "rude"], ["late", "bill", "late", "late"]])
    numbered = codings([[1, 2, 1, 3], [1, 2, 1, 1]])
    assert krippendorff(said, Scale.NOMINAL) == pytest.approx(krippendorff(numbered, Scale.NOMINAL))
    assert krippendorff(codings([]).cast(pl.String), Scale.NOMINAL) is None


@given(st.lists(st.lists(st.none() | st.integers(1, 5), min_size=6, max_size=6), min_size=2, max_size=4))
def test_alpha_is_at_most_one_whoever_comes_first(rows: list[list[int | None]]) -> None:
    frame = codings([list(row) for row in rows]).with_columns(pl.col("value").cast(pl.Int64))
    for scale in Scale:
        alpha = krippendorff(frame, scale)
        turned = krippendorff(frame.reverse(), scale)
        assert turned == (None if alpha is None else pytest.approx(alpha))
        assert alpha is None or alpha <= 1 + 1e-12


def test_a_rank_between_is_a_step_and_a_difference_is_its_size() -> None:
    stretched = codings([[1, 2, 30, 4], [1, 3, 30, 30]])
    squeezed = codings([[1, 2, 5, 4], [1, 3, 5, 5]])
    assert krippendorff(stretched, Scale.ORDINAL) == krippendorff(squeezed, Scale.ORDINAL)
    assert krippendorff(stretched, Scale.INTERVAL) != krippendorff(squeezed, Scale.INTERVAL)


@pytest.mark.parametrize(
    ("orders", "w"),
    [
        ([[1, 2, 3], [1, 2, 3]], 1),
        ([[1, 2, 3], [3, 2, 1]], 0),
        ([[1, 1, 1], [2, 2, 2]], None),
        ([[1, 2, 3]], None),
        ([[1], [1]], None),
        ([[1, 2, NONE, 3], [10, 20, 5, 30]], 1),
    ],
)
def test_the_ends_of_the_scale_of_concordance(orders: list[list[float]], w: float | None) -> None:
    found = concordance(np.array(orders))
    assert (None if found is None else found.w) == (None if w is None else pytest.approx(w))


@given(TABLES)
def test_concordance_is_a_share_and_looks_at_order_only(table: list[list[int]]) -> None:
    here, there = concordance(np.array(table, dtype=float)), concordance(np.array(table, dtype=float) ** 3)
    if here is None:
        assert there is None
        return
    assert there is not None
    assert there.w == pytest.approx(here.w)
    assert -1e-12 <= here.w <= 1 + 1e-12
    assert 0 <= here.p_value <= 1
