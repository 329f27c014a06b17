"""What belongs to which meeting, and what is warned of."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from dashboard.actions import ActionState
from dashboard.agenda import Sitting, ahead, in_the_way, recovery, said, to_recover, warnings, weeks_met
from dashboard.commitments import Commitment, Stage
from dashboard.evidence import Proof
from dashboard.meetings import MeetingState, ObstacleState
from dashboard.periods import WEEK
from tests.boards import WEEK_OF
from tests.tables import CALL, FRIDAY, LYING, MEETING, MONDAY, table
from tests.watching import watched

HERE = Sitting(MONDAY, WEEK_OF)


@pytest.mark.parametrize(
    ("changes", "is_said", "is_ahead"),
    [
        ({}, True, False),
        ({"due": MONDAY}, True, False),
        ({"due": FRIDAY}, False, True),
        ({"agreed_on": MONDAY}, False, True),
        ({"state": ActionState.DONE, "answered_on": MONDAY}, True, False),
        ({"state": ActionState.DONE, "answered_on": WEEK_OF + timedelta(days=1)}, True, False),
        ({"state": ActionState.DONE, "answered_on": WEEK_OF}, False, False),
        ({"state": ActionState.DONE, "answered_on": MONDAY + WEEK}, False, False),
    ],
)
def test_a_meeting_answers_for_what_is_due_and_for_what_was_answered_since_the_last(
    changes: dict[str, object], is_said: bool, is_ahead: bool
) -> None:
    action = replace(CALL, **changes)  # type: ignore[arg-type]  # by name
    assert (said([action], HERE) == (action,)) is is_said
    assert (ahead([action], HERE) == (action,)) is is_ahead


def test_the_first_meeting_answers_for_everything_before_it() -> None:
    assert Sitting(MONDAY).holds(WEEK_OF - 90 * WEEK)
    assert not Sitting(MONDAY).holds(None)


def test_what_was_cleared_is_shown_once_more() -> None:
    cleared = replace(LYING, state=ObstacleState.CLEARED, cleared_on=MONDAY)
    old = replace(cleared, cleared_on=WEEK_OF)
    assert in_the_way([LYING, cleared, old], HERE) == (LYING, cleared)


def test_the_turn_is_of_the_one_asked_for_while_it_is_open() -> None:
    two = (replace(CALL, action_id=2), CALL)
    agenda = table(said=two)
    assert agenda.chosen(1) == CALL
    assert agenda.chosen(99) == two[0]
    assert table(said=(replace(CALL, state=ActionState.DONE),)).chosen(1) is None
    assert agenda.is_open
    assert not table(meeting=replace(MEETING, state=MeetingState.CLOSED)).is_open


@pytest.mark.parametrize("proof", Proof)
def test_an_indicator_that_shows_nothing_is_warned_of(proof: Proof) -> None:
    agenda = table(watched=(watched(proof=proof),), ahead=())
    assert warnings(agenda, CALL).shows_nothing is (proof is Proof.NONE)


def test_a_colleague_who_has_the_same_is_told_of() -> None:
    other = replace(CALL, action_id=9, owner_id=2)
    assert warnings(table(ahead=(other,)), CALL).same == other
    assert warnings(table(ahead=()), CALL).same is None


def test_weeks_without_value_are_neither_met_nor_missed() -> None:
    assert weeks_met([watched((96, 91, 97, 96, None, 94))], 6) == (4, 5)
    assert weeks_met([], 6) == (0, 0)


def promise(number: int, days: int, stage: Stage = Stage.PROMISED) -> Commitment:
    due = MONDAY + timedelta(days=days)
    return Commitment(number, "Almacén", "abrir a las 7", due - WEEK, due=due, stage=stage)


def test_commitments_are_looked_at_when_broken_overdue_or_due_soon_until_somebody_takes_them_on() -> None:
    every = [promise(1, 3), promise(2, -3), promise(3, 30), promise(4, -9, Stage.BROKEN), promise(5, -9, Stage.ON_TIME)]
    soon = MONDAY + timedelta(days=9)
    assert [one.commitment_id for one in to_recover(every, [], MONDAY, soon)] == [4, 2, 1]
    taken = replace(LYING, text=recovery(every[1]))
    assert [one.commitment_id for one in to_recover(every, [taken], MONDAY, soon)] == [4, 1]
    long = replace(every[0], what="x" * 200)
    assert len(recovery(long)) == 200
    assert recovery(long) != recovery(replace(long, commitment_id=9))
