"""Whether two groupings of the same comments say the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.groupings import likeness

PAIRS = st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 3)), max_size=30)


@given(PAIRS)
def test_names_of_groups_do_not_matter_and_neither_does_which_comes_first(pairs: list[tuple[str, int]]) -> None:
    truth, found = [left for left, _ in pairs], [right for _, right in pairs]
    here = likeness(truth, found)
    renamed = likeness(truth, [f"group {3 - label}" for label in found])
    turned = likeness(found, truth)
    assert renamed == here
    assert turned.rand == (None if here.rand is None else pytest.approx(here.rand))
    assert turned.information == (None if here.information is None else pytest.approx(here.information))


@given(PAIRS)
def test_likeness_has_its_limits(pairs: list[tuple[str, int]]) -> None:
    result = likeness([left for left, _ in pairs], [right for _, right in pairs])
    assert result.n == len(pairs)
    assert result.rand is None or -1 <= result.rand <= 1 + 1e-9
    assert result.information is None or -1e-9 <= result.information <= 1 + 1e-9
    assert (result.purity is None) == (not pairs)


@pytest.mark.parametrize(
    ("truth", "found", "rand", "information", "purity"),
    [
        ([], [], None, None, None),
        (["a"], [1], None, None, 1),
        (["a", "a"], [1, 1], None, None, 1),
        (["a", "b"], [1, 2], None, 1, 1),
        (["a", "a", "b", "b"], [2, 2, 1, 1], 1, 1, 1),
        (["a", "a", "b", "b"], [1, 2, 1, 2], -0.5, 0, 0.5),
        (["a", "a", "b", "b"], [1, 1, 1, 1], 0, 0, 0.5),
    ],
)
def test_the_ends_of_the_scale_of_likeness(
    truth: list[str], found: list[int], rand: float | None, information: float | None, purity: float | None
) -> None:
    result = likeness(truth, found)
    for value, expected in ((result.rand, rand), (result.information, information), (result.purity, purity)):
        assert value == (None if expected is None else pytest.approx(expected))
