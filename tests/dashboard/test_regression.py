"""Least squares and the errors that survive rows being unlike, together or one after another."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.regression import Fit, least_squares


def fit(rows: int = 60, seed: int = 1, weight: np.ndarray | None = None) -> Fit:
    random = np.random.default_rng(seed)
    design = np.column_stack([np.ones(rows), random.normal(size=rows)])
    found = least_squares(design, design @ [2.0, 3.0] + random.normal(size=rows), weight)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("design", "outcome"),
    [
        (np.empty((0, 1)), []),
        (np.ones((1, 1)), [1.0]),
        (np.ones((5, 2)), [1.0, 2, 3, 4, 5]),
        (np.column_stack([np.ones(4), [1, 1, 0, 0], [0, 0, 1, 1]]), [1.0, 2, 3, 4]),
    ],
)
def test_columns_that_say_the_same_or_no_spare_row_give_no_fit(design: np.ndarray, outcome: list[float]) -> None:
    assert least_squares(design, np.array(outcome)) is None


@given(st.integers(0, 10**6), st.floats(1e-3, 1e3))
def test_weights_have_no_scale(seed: int, factor: float) -> None:
    weight = np.random.default_rng(seed).uniform(0.5, 2, 60)
    one, other = fit(seed=seed, weight=weight), fit(seed=seed, weight=factor * weight)
    assert other.coefficients == pytest.approx(one.coefficients)
    assert other.covariance() == pytest.approx(one.covariance())


def test_a_mean_has_the_error_of_a_mean() -> None:
    values = np.array([3.0, 5, 9, 1, 7, 7])
    found = least_squares(np.ones((6, 1)), values)
    assert found is not None
    assert found.coefficients[0] == pytest.approx(values.mean())
    assert found.covariance()[0, 0] == pytest.approx(values.var(ddof=1) / 6)


@given(st.integers(0, 10**6))
def test_every_row_its_own_group_is_no_grouping_and_no_lag_is_no_order(seed: int) -> None:
    found = fit(seed=seed)
    alone = found.clustered_covariance(np.arange(60), 60)
    assert alone == pytest.approx(found.covariance())
    assert found.serial_covariance(0) == pytest.approx(found.covariance())


def test_rows_written_twice_do_not_make_their_group_surer() -> None:
    once = least_squares(np.ones((8, 1)), np.arange(8.0))
    twice = least_squares(np.ones((16, 1)), np.repeat(np.arange(8.0), 2))
    assert once is not None
    assert twice is not None
    group = np.repeat(np.arange(8), 2)
    assert twice.clustered_covariance(group, 8) == pytest.approx(once.clustered_covariance(np.arange(8), 8))
    assert twice.covariance() < once.covariance()


def test_what_lasts_is_less_sure_than_what_alternates() -> None:
    lasting = least_squares(np.ones((40, 1)), np.repeat([1.0, -1.0] * 4, 5))
    alternating = least_squares(np.ones((40, 1)), np.tile([1.0, -1.0], 20))
    assert lasting is not None
    assert alternating is not None
    assert lasting.serial_covariance(3) > lasting.covariance()
    assert alternating.serial_covariance(3) < alternating.covariance()


def test_more_lags_than_rows_are_no_more_than_all() -> None:
    assert np.isfinite(fit(4).serial_covariance(9)).all()
