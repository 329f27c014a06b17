"""What may be said of an indicator, and when it changes."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.evidence import Lack, Proof, is_mark, marks, pooled_proof, proofs, shared_stretch, steady, trial
from dashboard.periods import WEEK
from tests.dashboard.test_lags import planted

S, M, N, I = Proof.STRONG, Proof.MODERATE, Proof.NONE, Proof.INSUFFICIENT  # noqa: E741 (a table of verdicts)
MONDAY = date(2026, 11, 9)


def test_a_true_driver_is_called() -> None:
    found = trial(*planted(1), [200] * 104)
    assert proofs([found]) == [Proof.STRONG]
    assert found.effect is not None
    assert found.effect == pytest.approx(10 * 4 / 3, rel=0.3)  # 4 points per unit that weighs 3 in the readings


@given(st.integers(0, 10_000))
@settings(max_examples=10, deadline=None)
def test_shuffled_readings_print_no_evidence(seed: int) -> None:
    draw = np.random.default_rng(seed)
    lead, result = planted(seed)
    trials = [trial(draw.permutation(lead), result, None, seed=place) for place in range(5)]
    assert Proof.STRONG not in proofs(trials)


def test_of_many_companies_with_shuffled_readings_hardly_any_indicator_seems_to_foretell() -> None:
    told: list[Proof] = []
    for seed in range(40):
        draw = np.random.default_rng(seed)
        lead, result = planted(seed)
        told += proofs([trial(draw.permutation(lead), result, None, seed=place) for place in range(6)])
    assert told.count(Proof.STRONG) <= 0.01 * len(told)
    assert told.count(Proof.MODERATE) <= 0.05 * len(told)


@given(st.integers(0, 10_000), st.floats(-500, 500), st.floats(0.1, 50))
@settings(max_examples=15, deadline=None)
def test_a_constant_or_another_unit_changes_no_verdict(seed: int, constant: float, unit: float) -> None:
    lead, result = planted(seed, effect=1.5)
    plain = trial(lead, result, None, is_share=False, target=90)
    other = trial(constant + unit * lead, result, None, is_share=False, target=90 * unit)
    assert proofs([plain]) == proofs([other])
    assert other.effect == pytest.approx(plain.effect, rel=1e-5)


@pytest.mark.parametrize(
    ("weeks", "answers", "spread", "lack", "needed"),
    [
        (25, 200, 3.0, Lack.WEEKS, 1),
        (4, 200, 3.0, Lack.WEEKS, 22),
        (0, 200, 3.0, Lack.WEEKS, 26),
        (30, 9, 3.0, Lack.ANSWERS, 0),
        (30, 200, 0.1, Lack.FLAT, 0),
        (30, 200, 3.0, None, 0),
    ],
)
def test_what_is_not_known_yet_says_what_is_missing(
    weeks: int, answers: int, spread: float, lack: Lack | None, needed: int
) -> None:
    lead, result = planted(2, weeks=40)
    found = trial(80 + spread / 3 * (lead[:weeks] - 80), result[:weeks], [answers] * weeks)
    assert (found.lack, found.weeks_needed) == (lack, needed)
    assert (proofs([found]) == [Proof.INSUFFICIENT]) is (lack is not None)


def test_a_result_that_never_moves_shows_nothing() -> None:
    lead, _ = planted(2, weeks=40)
    assert trial(lead, [5.0] * 40, None).lack is Lack.FLAT


@pytest.mark.parametrize(
    ("holes", "weeks", "gaps", "is_cut"),
    [
        ((), 40, 0, False),
        ((20,), 40, 1, False),
        ((10, 20), 40, 2, False),
        ((10, 20, 30), 29, 2, True),
        ((20, 21), 18, 0, True),
        ((0, 1, 39), 37, 0, False),
    ],
)
def test_small_holes_are_filled_and_large_ones_cut(holes: tuple[int, ...], weeks: int, gaps: int, is_cut: bool) -> None:
    lead: list[float | None] = [float(week) for week in range(40)]
    for hole in holes:
        lead[hole] = None
    found = shared_stretch(lead, [1.0 * week for week in range(40)])
    assert (found.lead.size, found.gaps, found.is_cut) == (weeks, gaps, is_cut)
    assert np.all(np.diff(found.lead) == 1), "a hole is filled with the mean of its neighbours"


def test_answers_are_counted_over_the_weeks_that_are_tried() -> None:
    lead, result = planted(2, weeks=60)
    asked: list[float | None] = [*lead[:30], *[None] * 30]
    assert trial(asked, result, [50] * 30 + [0] * 30).lack is None
    assert trial(asked, result, [0] * 30 + [50] * 30).lack is Lack.ANSWERS


def test_nothing_shared_is_nothing_to_try() -> None:
    assert shared_stretch([None, 1.0], [1.0, None]).lead.size == 0
    assert trial([], [], []).weeks_needed == 26


def test_searching_many_indicators_costs_its_price() -> None:
    draw = np.random.default_rng(1)
    _, result = planted(1)
    empty = [trial(80 + 3 * draw.normal(size=104), result, None, seed=seed) for seed in range(40)]
    alone = sum(proofs([one]) != [Proof.NONE] for one in empty)
    together = sum(proof is not Proof.NONE for proof in proofs(empty))
    assert together <= alone
    assert together == 0


@pytest.mark.parametrize(
    ("judged", "told"),
    [
        ([], I),
        ([S], I),
        ([S, S], S),
        ([S, M], I),
        ([N, N, S], N),
        ([N, N, S, S], S),
        ([N, N, S, N, S], N),
        ([S, S, M, N, M, M], M),
    ],
)
def test_a_verdict_changes_when_two_marks_in_a_row_agree(judged: list[Proof], told: Proof) -> None:
    assert steady(judged) is told


def test_marks_are_four_weeks_apart_and_the_same_for_all() -> None:
    found = marks(MONDAY - 30 * WEEK, MONDAY)
    assert all(is_mark(week) for week in found)
    assert {(later - earlier) // WEEK for earlier, later in pairwise(found)} == {4}
    assert MONDAY - found[-1] < 4 * WEEK
    assert found[0] >= MONDAY - 30 * WEEK
    assert marks(MONDAY, MONDAY - WEEK) == []


@pytest.mark.parametrize(("chance", "proof"), [(0.01, S), (0.02, M), (0.05, M), (0.06, N)])
def test_a_panel_has_stricter_levels(chance: float, proof: Proof) -> None:
    assert pooled_proof(chance) is proof
