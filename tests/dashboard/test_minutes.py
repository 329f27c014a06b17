"""Minutes hold what belongs to their meeting, and are found by what was said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.actions import ActionState
from dashboard.agenda import Sitting
from dashboard.meetings import ObstacleState
from dashboard.minutes import agreed_in, answered_in, folded, obstacles_of
from dashboard.periods import WEEK
from tests.boards import WEEK_OF
from tests.tables import CALL, LYING, MONDAY, minutes

HERE = Sitting(MONDAY, WEEK_OF)


def test_only_the_last_meeting_waits_for_answers() -> None:
    assert answered_in([CALL], HERE, is_last=True) == (CALL,)
    assert answered_in([CALL], HERE, is_last=False) == ()
    done = replace(CALL, state=ActionState.DONE, answered_on=MONDAY)
    assert answered_in([done], HERE, is_last=False) == (done,)


def test_what_was_agreed_stays_in_its_minutes_whatever_became_of_it() -> None:
    later = replace(CALL, agreed_on=MONDAY, state=ActionState.DONE, answered_on=MONDAY + WEEK)
    assert agreed_in([later, CALL], HERE) == (later,)


def test_an_obstacle_is_in_the_minutes_until_it_was_cleared() -> None:
    gone = replace(LYING, obstacle_id=9, state=ObstacleState.CLEARED, cleared_on=WEEK_OF)
    after = replace(gone, obstacle_id=10, cleared_on=MONDAY + WEEK)
    young = replace(LYING, obstacle_id=11, raised_on=MONDAY + WEEK)
    assert obstacles_of([LYING, gone, after, young], HERE) == (LYING, after)


@pytest.mark.parametrize(
    ("words", "is_found"), [("", True), ("ANA", True), ("ána gil", True), ("gil nadie", False), ("compras", False)]
)
def test_a_meeting_is_found_by_all_its_words(words: str, is_found: bool) -> None:
    assert minutes().holds(words) is is_found


def test_case_and_accents_do_not_matter() -> None:
    assert folded("ÁRBOL Ñandú") == "arbol nandu"


def test_what_customers_wrote_is_not_searched() -> None:
    quiet = replace(minutes(), said=(), agreed=(), obstacles=())
    assert quiet.quotes[0].words not in " ".join(quiet.texts)
    assert quiet.done == 0
