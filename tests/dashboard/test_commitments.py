"""What may happen to a commitment, what it lacks, and what its customers make of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.commitments import (
    OPEN,
    TRANSITIONS,
    Commitment,
    CommitmentError,
    Entry,
    Event,
    Missing,
    Opinion,
    Reach,
    Side,
    Stage,
    Step,
    Teller,
    stage_after,
    steps_from,
    under_control,
    vague_words,
)

MADE, DUE = date(2026, 11, 2), date(2026, 11, 20)
CATALOGUE = Commitment(1, "Ventas", "Catálogo en papel", MADE, "Marta Gil", DUE, account="Cliente 07", people=3)


@given(st.lists(st.tuples(st.sampled_from(Step), st.booleans()), max_size=12))
def test_no_step_outside_the_table_is_ever_taken(steps: list[tuple[Step, bool]]) -> None:
    stage = Stage.PROMISED
    for step, is_overdue in steps:
        if step in steps_from(stage, is_overdue=is_overdue):
            end = stage_after(stage, step, is_overdue=is_overdue)
            assert end is TRANSITIONS[stage][step][is_overdue]
            stage = end
        else:
            with pytest.raises(CommitmentError):
                stage_after(stage, step, is_overdue=is_overdue)


def test_every_stage_is_in_the_table_and_can_be_reached() -> None:
    assert set(TRANSITIONS) == set(Stage)
    reached = {end for steps in TRANSITIONS.values() for ends in steps.values() for end in ends if end}
    assert reached == set(Stage)
    assert not any(Step.PROMISE in steps for steps in TRANSITIONS.values())


@pytest.mark.parametrize(
    ("stage", "step", "is_overdue", "end"),
    [
        (Stage.PROMISED, Step.DELIVER, False, Stage.ON_TIME),
        (Stage.PROMISED, Step.DELIVER, True, Stage.LATE),
        (Stage.UNDER_WAY, Step.MOVE, False, Stage.MOVED),
        (Stage.MOVED, Step.WITHDRAW, False, Stage.WITHDRAWN),
        (Stage.MOVED, Step.WITHDRAW, True, Stage.BROKEN),
        (Stage.WAITING, Step.RESUME, True, Stage.UNDER_WAY),
        (Stage.CONDITIONAL, Step.TRIGGER, False, Stage.OWED),
        (Stage.OWED, Step.DELIVER_PARTLY, False, Stage.PARTLY),
        (Stage.PARTLY, Step.DELIVER, True, Stage.LATE),
        (Stage.BROKEN, Step.RECOVER, True, Stage.BROKEN),
    ],
)
def test_the_day_decides_between_the_two_ends(stage: Stage, step: Step, is_overdue: bool, end: Stage) -> None:
    assert stage_after(stage, step, is_overdue=is_overdue) is end


def test_a_date_is_not_moved_after_it_was_due() -> None:
    for stage in OPEN:
        assert Step.MOVE not in steps_from(stage, is_overdue=True)
        with pytest.raises(CommitmentError, match="already due"):
            stage_after(stage, Step.MOVE, is_overdue=True)


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (("Te llamo pronto",), "pronto"),
        (("El catálogo", "lo antes posible, dijo"), "lo antes posible"),
        (("We will call you ASAP",), "ASAP"),
        (("Entrega el 3 de mayo",), ""),
        (("Aprontar la pieza",), ""),
        ((), ""),
    ],
)
def test_words_without_a_date_are_noticed(texts: tuple[str, ...], found: str) -> None:
    assert vague_words(*texts) == found


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({}, ()),
        ({"owner": " "}, (Missing.OWNER,)),
        ({"due": None}, (Missing.DATE,)),
        ({"due": None, "standard": "respuesta en 4 h"}, ()),
        ({"people": 0, "account": ""}, (Missing.SCOPE, Missing.RECIPIENTS)),
        ({"reach": Reach.EVERYONE, "account": ""}, ()),
        ({"reach": Reach.INTERLOCUTORS}, (Missing.RECIPIENTS,)),
        ({"reach": Reach.INTERLOCUTORS, "recipients": ("Ana",)}, ()),
    ],
)
def test_control_is_knowing_which_for_whom_when_and_who(changes: dict[str, Any], missing: tuple[Missing, ...]) -> None:
    one = replace(CATALOGUE, **changes)
    assert one.missing == missing
    assert under_control([CATALOGUE, one]) == 1 + (not missing)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"what": " "}, "what was promised"),
        ({"team": ""}, "which team"),
        ({"people": -1}, "number of people"),
        ({"weight": 4}, "weighs"),
        ({"due": date(2026, 11, 1)}, "before it was promised"),
        ({"standard": "en 4 h"}, "not both"),
        ({"stage": Stage.CONDITIONAL}, "then owed"),
        ({"words": "x" * 1001}, "shorten"),
    ],
)
def test_what_cannot_be_is_told(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(CommitmentError, match=words):
        replace(CATALOGUE, **changes)


def said(side: Side, value: float, teller: Teller = Teller.CUSTOMER, who: str = "", day: date = MADE) -> Opinion:
    return Opinion(who, side, value, teller, day)


def event(step: Step, day: date, stage: Stage, words: str = "") -> Event:
    return Event(step, day, stage, DUE, words, "Ana", datetime(2026, 11, 20, tzinfo=UTC))


def test_satisfaction_is_lived_less_expected_as_customers_say() -> None:
    opinions = [said(Side.EXPECTED, 8), said(Side.LIVED, 6), said(Side.LIVED, 2, Teller.ESTIMATE)]
    assert Entry(CATALOGUE, opinions=tuple(opinions)).satisfaction == -2
    assert Entry(CATALOGUE, opinions=tuple(opinions[:1])).satisfaction is None
    assert Entry(CATALOGUE, opinions=tuple(opinions)).said(Side.LIVED, by_customers=False) == 2


def test_the_newest_of_each_recipient_counts() -> None:
    opinions = (said(Side.LIVED, 2, who="a"), said(Side.LIVED, 6, who="a"), said(Side.LIVED, 8, who="b"))
    assert Entry(CATALOGUE, opinions=opinions).said(Side.LIVED) == 7


def test_an_expectation_told_after_the_delivery_is_hindsight() -> None:
    delivered = replace(CATALOGUE, stage=Stage.LATE)
    entry = Entry(delivered, (event(Step.DELIVER, DUE, Stage.LATE, "entero"),))
    assert entry.delivered == entry.ended == DUE
    assert entry.words_of(Step.DELIVER) == "entero"
    assert entry.is_hindsight(said(Side.EXPECTED, 8, day=date(2026, 11, 21)))
    assert not entry.is_hindsight(said(Side.EXPECTED, 8, day=DUE))
    assert not entry.is_hindsight(said(Side.LIVED, 8, day=date(2026, 11, 21)))


def test_moves_are_counted_and_an_open_commitment_has_no_end() -> None:
    entry = Entry(replace(CATALOGUE, stage=Stage.MOVED), (event(Step.MOVE, MADE, Stage.MOVED),) * 2)
    assert entry.moves == 2
    assert entry.ended is None
    assert entry.delivered is None
    assert not entry.commitment.is_overdue(DUE)
    assert entry.commitment.is_overdue(date(2026, 11, 21))


def test_a_value_beyond_the_scale_is_refused() -> None:
    with pytest.raises(CommitmentError, match="between 0 and 10"):
        said(Side.LIVED, 11)
