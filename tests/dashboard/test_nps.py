"""The score: its interval, its columns, its rounding."""

from __future__ import annotations

from itertools import product
from random import Random

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.nps import (
    NOBODY,
    Counts,
    adjusted_wald,
    critical,
    goodman,
    net_promoter_score,
    out_of_hundred,
    required_answers,
    required_per_period,
    sampling_variance,
    score_interval,
    shown,
    wald,
    with_counts,
    with_scores,
)
from dashboard.tables import SCORES
from dashboard.thresholds import Display

COUNTS = st.builds(Counts, *[st.integers(0, 3000)] * 3)


def small_counts(most: int) -> list[Counts]:
    return [
        Counts(detractors, n - detractors - promoters, promoters)
        for n in range(1, most + 1)
        for detractors in range(n + 1)
        for promoters in range(n + 1 - detractors)
    ]


def test_the_interval_holds_the_score_for_every_table_of_up_to_forty_answers() -> None:
    for counts in small_counts(40):
        nps = net_promoter_score(counts)
        assert nps.points is not None
        assert nps.low is not None
        assert nps.high is not None
        assert -100 <= nps.low <= nps.points <= nps.high <= 100, counts


def test_the_adjustment_alone_holds_the_score_from_two_answers_on_at_95() -> None:
    quantile = critical(0.95)
    for counts in small_counts(40):
        if counts.n < 2:
            continue
        total = counts.n + 3
        plus, minus = (counts.promoters + 0.75) / total, (counts.detractors + 0.75) / total
        half = quantile * ((plus + minus - (plus - minus) ** 2) / total) ** 0.5
        assert abs((counts.promoters - counts.detractors) / counts.n - (plus - minus)) <= half, counts


@pytest.mark.parametrize("confidence", [0.5, 0.8, 0.9, 0.95, 0.995])
def test_the_interval_holds_the_score_at_every_level(confidence: float) -> None:
    for counts in small_counts(25):
        nps = net_promoter_score(counts, confidence)
        assert nps.low is not None
        assert nps.high is not None
        assert nps.points is not None
        assert nps.low - 1e-9 <= nps.points <= nps.high + 1e-9, counts


@given(COUNTS)
def test_a_higher_level_gives_a_wider_interval(counts: Counts) -> None:
    narrow, wide = net_promoter_score(counts, 0.8), net_promoter_score(counts, 0.99)
    if counts.n:
        assert wide.low <= narrow.low + 1e-9  # type: ignore[operator]  # there are answers
        assert narrow.high <= wide.high + 1e-9  # type: ignore[operator]
        assert narrow.margin is not None


def test_nobody_is_no_score_and_never_zero() -> None:
    nps = net_promoter_score(NOBODY)
    assert (nps.points, nps.low, nps.high, nps.n, nps.margin) == (None, None, None, 0, None)
    assert nps.display is Display.HIDDEN
    assert (wald(NOBODY), goodman(NOBODY), score_interval(NOBODY), out_of_hundred(net_promoter_score(NOBODY))) == (
        None,
    ) * 4


@pytest.mark.parametrize("counts", [Counts(0, 0, 12), Counts(12, 0, 0), Counts(0, 12, 0)])
def test_all_the_same_answer_still_has_a_margin(counts: Counts) -> None:
    nps = net_promoter_score(counts)
    assert nps.margin is not None
    assert nps.margin > 5


@pytest.mark.parametrize(("n", "display"), [(9, "hidden"), (10, "indicative"), (29, "indicative"), (30, "normal")])
def test_display_follows_the_answers(n: int, display: str) -> None:
    assert net_promoter_score(Counts(0, 0, n)).display == display


def test_mirrored_answers_give_the_mirrored_interval() -> None:
    for counts in small_counts(20):
        nps = net_promoter_score(counts)
        mirror = net_promoter_score(Counts(counts.promoters, counts.passives, counts.detractors))
        assert mirror.points == pytest.approx(-nps.points)  # type: ignore[operator]  # there are answers
        assert mirror.low == pytest.approx(-nps.high)  # type: ignore[operator]


@given(st.lists(st.tuples(*[st.integers(0, 2000)] * 3), max_size=20))
def test_whole_columns_and_single_scores_agree(rows: list[tuple[int, int, int]]) -> None:
    names = ("detractors", "passives", "promoters")
    frame = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.Int64), orient="row")
    scored = with_scores(frame.with_columns(n=pl.sum_horizontal(names)))
    for row, counts in zip(scored.iter_rows(named=True), (Counts(*row) for row in rows), strict=True):
        nps = net_promoter_score(counts)
        assert row["n"] == nps.n
        for column, value in (("points", nps.points), ("low", nps.low), ("high", nps.high)):
            assert row[column] == (None if value is None else pytest.approx(value, abs=1e-9))


@given(st.lists(st.integers(0, 10), max_size=60), st.randoms(use_true_random=False), st.integers(1, 9))
def test_merged_sums_equal_all_rows_and_their_order_does_not_matter(
    answers: list[int], random: Random, pieces: int
) -> None:
    def counts_of(some: list[int]) -> Counts:
        sums = {name: [some.count(points)] for points, name in enumerate(SCORES)}
        row = with_counts(pl.DataFrame(sums)).row(0, named=True)
        return Counts(row["detractors"], row["passives"], row["promoters"])

    mixed = random.sample(answers, len(answers))
    merged = sum((counts_of(mixed[start::pieces]) for start in range(pieces)), NOBODY)
    assert net_promoter_score(merged) == net_promoter_score(counts_of(answers))


@pytest.mark.parametrize(("answer", "category"), [*product(range(7), [0]), (7, 1), (8, 1), (9, 2), (10, 2)])
def test_each_answer_has_its_category(answer: int, category: int) -> None:
    frame = pl.DataFrame({name: [int(points == answer)] for points, name in enumerate(SCORES)})
    assert with_counts(frame).select("detractors", "passives", "promoters").row(0)[category] == 1


@pytest.mark.parametrize(
    ("points", "decimals", "text"),
    [(40.5, 0, "41.0"), (-40.5, 0, "-41.0"), (-0.4, 0, "0.0"), (0.5, 0, "1.0"), (44.95, 1, "45.0"), (-0.04, 1, "0.0")],
)
def test_points_are_rounded_half_away_from_zero_and_never_minus_zero(points: float, decimals: int, text: str) -> None:
    assert str(shown(points, decimals)) == text


@given(COUNTS)
def test_of_each_hundred_customers_the_difference_is_the_score_as_shown(counts: Counts) -> None:
    pair = out_of_hundred(net_promoter_score(counts))
    if counts.n == 0:
        assert pair is None
        return
    assert pair is not None
    promoters, detractors = pair
    score = net_promoter_score(counts).points
    assert score is not None
    assert promoters - detractors == shown(score)
    assert promoters >= 0
    assert detractors >= 0
    assert promoters + detractors <= 100
    assert abs(promoters - 100 * counts.promoters / counts.n) <= 1.01
    assert abs(detractors - 100 * counts.detractors / counts.n) <= 1.01


def test_of_each_hundred_the_difference_is_the_score_for_every_small_table() -> None:
    for counts in small_counts(60):
        pair = out_of_hundred(net_promoter_score(counts))
        assert pair is not None
        score = 100 * (counts.promoters - counts.detractors) / counts.n
        assert pair[0] - pair[1] == shown(score), counts
        assert min(pair) >= 0, counts
        assert sum(pair) <= 100, counts


@given(COUNTS)
def test_the_other_intervals_hold_the_score_and_goodman_is_the_widest_of_the_textbook_ones(counts: Counts) -> None:
    if counts.n == 0:
        return
    points = 100 * (counts.promoters - counts.detractors) / counts.n
    for interval in (wald(counts), goodman(counts), score_interval(counts)):
        assert interval is not None
        assert interval[0] - 1e-6 <= points <= interval[1] + 1e-6
        assert np.isfinite(interval).all()
    assert goodman(counts)[0] <= wald(counts)[0] + 1e-9  # type: ignore[index]  # there are answers


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.01, 1e6), st.floats(0.1, 20))
def test_the_interval_of_any_shares_and_worth_is_finite_and_holds_the_score(
    promoters: float, rest: float, worth: float, quantile: float
) -> None:
    detractors = (1 - promoters) * rest
    low, high = adjusted_wald(promoters, detractors, worth, quantile)
    assert -100 <= low <= 100 * (promoters - detractors) + 1e-9
    assert 100 * (promoters - detractors) - 1e-9 <= high <= 100


def test_more_is_asked_of_a_smaller_margin_and_a_smaller_change() -> None:
    assert required_answers(0.45, 0.2, 5) < required_answers(0.45, 0.2, 2)
    assert required_per_period(0.45, 0.2, 4) == 5765
    assert required_per_period(0.45, 0.2, 8) < 5765


@given(st.lists(st.tuples(*[st.integers(0, 400)] * 3).filter(any), min_size=1, max_size=9))
def test_the_variance_of_a_score_is_one_formula_for_arrays_and_columns(counts: list[tuple[int, int, int]]) -> None:
    detractors, passives, promoters = np.array(counts, dtype=float).T
    n = detractors + passives + promoters
    found = sampling_variance(n, detractors, promoters)
    frame = pl.DataFrame({"n": n, "detractors": detractors, "promoters": promoters})
    columns = frame.select(sampling_variance(*map(pl.col, frame.columns))).to_series()
    assert columns.to_list() == pytest.approx(found.tolist())
    assert (found > 0).all()
