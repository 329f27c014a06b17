"""The same indicator in several teams."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.panel import panel, pooled_evidence

Sites = tuple[np.ndarray, np.ndarray]


def sites(seed: int, count: int = 10, weeks: int = 40, effect: float = 1.5) -> Sites:
    """Return indicators and results of sites: results follow one week later, beside what is common to all."""
    draw = np.random.default_rng(seed)
    lead = draw.normal(size=(count, weeks + 1))
    common, level = 5 * draw.normal(size=weeks), 5 * draw.normal(size=(count, 1))
    return lead[:, 1:], effect * lead[:, :-1] + common + level + 3 * draw.normal(size=(count, weeks))


def test_sites_together_show_what_one_cannot() -> None:
    lead, result = sites(1)
    found = pooled_evidence(lead, result, 4)
    assert found is not None
    assert found.panel.lag == 1
    assert found.chance <= 0.01
    assert found.panel.sites == 10
    assert found.panel.pairs == 390


@given(st.integers(0, 1000))
@settings(max_examples=10, deadline=None)
def test_what_is_common_to_all_sites_or_always_true_of_one_changes_nothing(seed: int) -> None:
    lead, result = sites(seed)
    draw = np.random.default_rng(seed)
    moved = lead + draw.normal(size=(1, 40)) + draw.normal(size=(10, 1))
    plain, other = panel(lead, result, 1), panel(moved, result, 1)
    assert plain is not None
    assert other is not None
    assert np.isclose(plain.slope, other.slope)
    assert np.isclose(plain.error, other.error)


def test_empty_indicators_are_rarely_called() -> None:
    called = 0
    for seed in range(100):
        lead, result = sites(seed, effect=0)
        found = pooled_evidence(lead, result, 4, shuffles=199)
        assert found is not None
        called += found.chance <= 0.05
    assert called <= 12  # 5 expected at most; 12 is three standard errors above


def test_few_sites_or_weeks_are_not_pooled() -> None:
    lead, result = sites(1)
    assert pooled_evidence(lead[:5], result[:5], 4) is None
    assert pooled_evidence(lead[:6, :20], result[:6, :20], 4) is None


def test_what_never_moves_has_no_slope() -> None:
    _, result = sites(1)
    assert panel(np.ones((10, 40)), result, 1) is None
    assert pooled_evidence(np.ones((10, 40)), result, 4) is None


def test_less_is_better_looks_the_other_way() -> None:
    lead, result = sites(1)
    found = pooled_evidence(-lead, result, 4, -1)
    assert found is not None
    assert found.panel.slope < 0
    assert found.chance <= 0.01
