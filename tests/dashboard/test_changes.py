"""Has it changed, or may it be chance?"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.changes import (
    GroupChange,
    Profile,
    Verdict,
    adjusted_for_search,
    group_changes,
    paired_change,
    rolling_change,
    score_change,
    telling_changes,
)
from dashboard.nps import NOBODY, Counts

COUNTS = st.builds(Counts, *[st.integers(0, 400)] * 3)


@given(COUNTS, COUNTS, st.sampled_from(Profile))
def test_a_change_reads_the_same_backwards(before: Counts, after: Counts, profile: Profile) -> None:
    there, back = score_change(before, after, profile), score_change(after, before, profile)
    assert there.verdict is back.verdict
    assert there.adjusted == pytest.approx(-back.adjusted)
    assert there.outer == pytest.approx((-back.outer[1], -back.outer[0]))
    assert (there.points is None) == (not before.n or not after.n)


@given(COUNTS, COUNTS, st.sampled_from(Profile))
def test_few_answers_on_either_side_never_say_anything(before: Counts, after: Counts, profile: Profile) -> None:
    verdict = score_change(before, after, profile).verdict
    assert (verdict is Verdict.INSUFFICIENT) == (min(before.n, after.n) < 30)


@given(COUNTS, COUNTS, st.sampled_from(Profile))
def test_what_is_called_real_exceeds_what_was_needed(before: Counts, after: Counts, profile: Profile) -> None:
    change = score_change(before, after, profile)
    if change.verdict is Verdict.REAL:
        assert abs(change.adjusted) > change.needed
    if change.verdict in (Verdict.CHANCE, Verdict.POSSIBLE):
        assert abs(change.adjusted) <= change.needed + 1e-9
    assert change.outer[0] <= change.inner[0] <= change.inner[1] <= change.outer[1]


@given(COUNTS, COUNTS)
def test_looking_more_often_asks_for_more(before: Counts, after: Counts) -> None:
    needed = [score_change(before, after, profile).needed for profile in Profile]
    assert needed == sorted(needed)


def test_nobody_before_is_no_difference() -> None:
    change = score_change(NOBODY, Counts(1, 1, 40))
    assert change.points is None
    assert change.verdict is Verdict.INSUFFICIENT
    assert np.isfinite([change.adjusted, change.error, change.needed]).all()


def test_the_same_customers_need_two() -> None:
    assert paired_change([[0, 0, 0]] * 3) is None
    assert paired_change([[0, 0, 1], [0, 0, 0], [0, 0, 0]]) is None
    same = paired_change([[5, 0, 0], [0, 5, 0], [0, 0, 5]])
    assert same is not None
    assert (same.points, same.error, same.p_value) == (0, 0, 1)
    moved = paired_change([[0, 0, 5], [0, 0, 0], [0, 0, 0]])
    assert moved is not None
    assert (moved.points, moved.p_value) == (200, 0)


@given(COUNTS, COUNTS, COUNTS)
def test_overlapping_windows_differ_by_their_scores(old: Counts, both: Counts, new: Counts) -> None:
    result = rolling_change(old, both, new)
    if (old + both).n == 0 or (both + new).n == 0:
        assert result is None
        return
    assert result is not None
    assert result.points == pytest.approx(result.new_points - result.old_points)
    assert 0 <= result.p_value <= 1
    assert result.error >= 0


def test_the_same_window_twice_has_not_changed() -> None:
    result = rolling_change(NOBODY, Counts(5, 5, 9), NOBODY)
    assert result is not None
    assert result.points == 0
    assert result.p_value == 1


@given(st.lists(st.floats(0, 1), max_size=30))
def test_searching_makes_no_p_value_smaller_and_keeps_their_order(p_values: list[float]) -> None:
    adjusted = adjusted_for_search(p_values)
    assert len(adjusted) == len(p_values)
    assert all(p <= q + 1e-12 <= 1 + 1e-9 for p, q in zip(p_values, adjusted, strict=True))
    ordered = [q for _, q in sorted(zip(p_values, adjusted, strict=True))]
    assert all(left <= right + 1e-12 for left, right in pairwise(ordered))


GROUPS = pl.DataFrame(
    {
        "team": ["A", "A", "B", "B", "C", None, None],
        "is_after": [False, True, False, True, True, False, True],
        "detractors": [10, 90, 30, 30, 5, 0, 90],
        "passives": [30, 10, 30, 30, 5, 0, 0],
        "promoters": [80, 20, 60, 61, 5, 90, 0],
    }
)


def test_groups_without_a_name_or_without_a_past_are_not_told() -> None:
    changes = group_changes(GROUPS, "team")
    assert [group.value for group in changes] == ["A", "B", "C"]
    assert changes[2].change.verdict is Verdict.INSUFFICIENT
    told = telling_changes(changes)
    assert [(group.value, group.change.verdict) for group in told] == [("A", Verdict.REAL), ("B", Verdict.CHANCE)]
    assert telling_changes([]) == []
    assert telling_changes(changes[2:]) == []


def test_the_largest_of_many_searched_groups_must_survive_the_search() -> None:
    before = Counts(100, 100, 100)
    lucky = GroupChange("team", "lucky", score_change(before, Counts(70, 96, 134)))
    assert lucky.change.verdict is Verdict.REAL
    crowd = [GroupChange("team", f"{index}", score_change(before, before)) for index in range(200)]
    assert telling_changes([lucky])[0].change.verdict is Verdict.REAL
    told = telling_changes([lucky, *crowd])
    assert told[0].value == "lucky"
    assert told[0].change.verdict is Verdict.POSSIBLE
    assert len(told) == 3
