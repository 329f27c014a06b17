"""Weeks that remember the week before are judged as often rightly as the margin says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import stdtrit

from dashboard.memory import remembering


def series(draw: np.random.Generator, weeks: int, memory: float) -> np.ndarray:
    noise = draw.normal(size=weeks + 50)
    for place in range(1, noise.size):
        noise[place] = memory * noise[place - 1] + np.sqrt(1 - memory**2) * noise[place]
    return noise[50:]


def step(weeks: int, before: int) -> np.ndarray:
    time = np.arange(weeks)
    return np.column_stack([np.ones(weeks), time >= before]).astype(float)


def test_without_memory_and_with_equal_noise_it_is_least_squares() -> None:
    design, outcome = step(20, 12), np.sin(np.arange(20) * 2.4)
    found = remembering(design, outcome, np.ones(20), np.arange(20))
    assert found is not None and found.memory == 0 and found.freedom == 18
    plain, *_ = np.linalg.lstsq(design, outcome, rcond=None)
    np.testing.assert_allclose(found.coefficients, plain)
    residual = outcome - design @ plain
    np.testing.assert_allclose(found.covariance, np.linalg.inv(design.T @ design) * (residual @ residual) / 18)


@pytest.mark.parametrize("memory", [0.0, 0.25, 0.5])
def test_the_margin_holds_the_truth_about_as_often_as_it_says(memory: float) -> None:
    draw, design, hits = np.random.default_rng(7), step(52, 26), 0
    for _ in range(200):
        found = remembering(design, series(draw, 52, memory), np.ones(52), np.arange(52))
        assert found is not None
        hits += abs(found.coefficients[1]) < stdtrit(50, 0.975) * found.covariance[1, 1] ** 0.5
    assert 0.88 <= hits / 200 <= 0.985


def test_strong_memory_is_found_and_widens_the_margin() -> None:
    outcome = series(np.random.default_rng(3), 52, 0.8)
    found = remembering(step(52, 26), outcome, np.ones(52), np.arange(52))
    apart = remembering(step(52, 26), outcome, np.ones(52), np.arange(52) * 1000)
    assert found is not None and apart is not None and found.memory > 0.4
    assert found.covariance[1, 1] > apart.covariance[1, 1], "weeks a thousand apart are not remembered"


@given(st.floats(0.1, 50), st.floats(-20, 20))
def test_the_scale_of_the_noise_and_a_constant_change_no_effect(scale: float, shift: float) -> None:
    design, outcome = step(24, 12), np.cos(np.arange(24) ** 1.3)
    noise = 1 + np.arange(24) / 24
    first = remembering(design, outcome, noise, np.arange(24))
    second = remembering(design, outcome + shift, noise * scale, np.arange(24))
    assert first is not None and second is not None
    np.testing.assert_allclose(first.coefficients[1], second.coefficients[1], atol=1e-8)
    np.testing.assert_allclose(first.covariance, second.covariance, rtol=1e-6, atol=1e-10)


def test_too_few_weeks_or_the_same_column_twice_is_nothing() -> None:
    assert remembering(step(2, 1), np.zeros(2), np.ones(2), np.arange(2)) is None
    assert remembering(np.ones((9, 2)), np.zeros(9), np.ones(9), np.arange(9)) is None


def test_a_perfect_fit_has_no_margin() -> None:
    design = step(10, 5)
    found = remembering(design, design @ [1.0, 2.0], np.ones(10), np.arange(10))
    assert found is not None and found.covariance[1, 1] == pytest.approx(0, abs=1e-12)
