"""How much names the preference of the customer that it serves, and which preferences were named."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.improvements import dropped
from dashboard.preferences import Serving, actions_serving, improvements_serving, preferences_in
from tests.dashboard.test_actions import CALL
from tests.dashboard.test_improvements import DAY, PROOF, card


@pytest.mark.parametrize(("named", "n", "share"), [(0, 0, None), (0, 4, 0.0), (3, 4, 0.75), (4, 4, 1.0)])
def test_the_share_of_nothing_is_no_share(named: int, n: int, share: float | None) -> None:
    assert Serving(named, n).share == share


@given(st.lists(st.tuples(st.booleans(), st.booleans())))
def test_each_action_counts_once_however_often_it_is_carried_over(told: list[tuple[bool, bool]]) -> None:
    every = [
        replace(CALL, action_id=place, preference="que esté todo" if is_named else "", follows=1 if follows else None)
        for place, (is_named, follows) in enumerate(told, start=2)
    ]
    first = [is_named for is_named, follows in told if not follows]
    assert actions_serving(every) == Serving(sum(first), len(first))


def test_improvements_that_were_given_up_count_too() -> None:
    gone = dropped(card(preference=""), PROOF, DAY, "Ana")
    assert improvements_serving([card(), gone]) == Serving(1, 2)
    assert improvements_serving([]) == Serving(0, 0)


def test_what_was_named_most_comes_first_and_once_and_only_what_fits_on_a_line() -> None:
    said = ("que esté todo", "", "saber  cuándo llega", "saber cuándo llega", "acertar", "x" * 201, "  ")
    assert preferences_in(card(preference=words) for words in said) == (
        "saber cuándo llega",
        "acertar",
        "que esté todo",
    )
    assert preferences_in([]) == ()
