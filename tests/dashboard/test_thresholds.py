"""When a number may be shown."""

from __future__ import annotations

import pytest

from dashboard.thresholds import Display, display, may_show_group


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        (0, Display.HIDDEN),
        (9, Display.HIDDEN),
        (9.99, Display.HIDDEN),
        (10, Display.INDICATIVE),
        (29.5, Display.INDICATIVE),
        (30, Display.NORMAL),
        (10**9, Display.NORMAL),
    ],
)
def test_the_table_of_decision_ten(n: float, expected: Display) -> None:
    assert display(n) is expected


@pytest.mark.parametrize(
    ("n", "indicative", "normal", "expected"),
    [
        (9, 3, 5, Display.HIDDEN),  # never below ten
        (15, 20, 50, Display.HIDDEN),
        (25, 20, 50, Display.INDICATIVE),
        (50, 20, 50, Display.NORMAL),
        (35, 40, 30, Display.HIDDEN),
    ],
)
def test_a_tenant_may_raise_the_limits_and_never_lower_ten(
    n: int, indicative: int, normal: int, expected: Display
) -> None:
    assert display(n, indicative, normal) is expected


@pytest.mark.parametrize(("n", "is_private", "may"), [(4, True, False), (5, True, True), (1, False, True)])
def test_small_groups_are_private(n: int, is_private: bool, may: bool) -> None:
    assert may_show_group(n, is_private) is may
