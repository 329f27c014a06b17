"""Commitments by hand: stored with their story, changed step by step, by those who may, one at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from dashboard.commitments import Commitment, CommitmentError, Entry, Opinion, Reach, Side, Stage, Step, Teller
from dashboard.permissions import NotAllowedError, Role, Scope
from data import records
from data.commitments import read_entries
from data.database import reading
from data.services import Services
from data.writes.commitments import Taken, change_commitment, forget_commitments, promise, take_step, undo_step
from data.writes.decision import ChangedMeanwhileError
from tests.data.stores import ADMINISTRATOR

MADE, DUE, TODAY = date(2026, 11, 2), date(2026, 11, 20), date(2026, 11, 22)
CATALOGUE = Commitment(
    0,
    "Ventas",
    "Catálogo en papel",
    MADE,
    "Marta Gil",
    DUE,
    reach=Reach.INTERLOCUTORS,
    account="Cliente 07",
    recipients=("Ana", "Luis"),
    people=2,
    words="«lo tendréis el viernes»",
    announced="en papel, gratis",
)
EXPECTED = Opinion("Ana", Side.EXPECTED, 8, Teller.CUSTOMER, MADE)
LIVED = Opinion("Ana", Side.LIVED, 5, Teller.CUSTOMER, TODAY)


def known(services: Services, number: int) -> Entry:
    with reading(services.database) as connection:
        (entry,) = read_entries(connection, number)
    return entry


def test_a_commitment_comes_back_as_it_was_said(services: Services) -> None:
    number = promise(services, ADMINISTRATOR, CATALOGUE, [EXPECTED])
    entry = known(services, number)
    assert entry.commitment == replace(CATALOGUE, commitment_id=number, version=1)
    assert entry.opinions == (EXPECTED,)
    assert [event.step for event in entry.events] == [Step.PROMISE]


def test_delivered_late_with_a_lived_value_and_taken_back(services: Services) -> None:
    number = promise(services, ADMINISTRATOR, CATALOGUE, [EXPECTED])
    taken = Taken(Step.DELIVER, TODAY, words="en PDF", opinions=[LIVED])
    assert take_step(services, ADMINISTRATOR, number, 1, taken) is Stage.LATE
    entry = known(services, number)
    assert (entry.satisfaction, entry.delivered, entry.words_of(Step.DELIVER)) == (-3, TODAY, "en PDF")
    undo_step(services, ADMINISTRATOR, number, 2)
    entry = known(services, number)
    assert (entry.commitment.stage, entry.opinions, entry.commitment.version) == (Stage.PROMISED, (EXPECTED,), 3)
    undo_step(services, ADMINISTRATOR, number, 3)
    with reading(services.database) as connection:
        assert read_entries(connection) == ()
        for part in (records.commitment_steps, records.opinions, records.recipients):
            assert connection.execute(sa.select(sa.func.count()).select_from(part)).scalar() == 0


def test_a_moved_date_is_kept_and_comes_back(services: Services) -> None:
    number = promise(services, ADMINISTRATOR, CATALOGUE)
    later = date(2026, 12, 1)
    take_step(services, ADMINISTRATOR, number, 1, Taken(Step.MOVE, date(2026, 11, 18), later, "la imprenta"))
    entry = known(services, number)
    assert (entry.commitment.due, entry.commitment.stage, entry.events[-1].due) == (later, Stage.MOVED, DUE)
    undo_step(services, ADMINISTRATOR, number, 2)
    assert known(services, number).commitment.due == DUE


@pytest.mark.parametrize(
    ("taken", "words"),
    [
        (Taken(Step.RESUME, TODAY), "cannot happen"),
        (Taken(Step.MOVE, TODAY, date(2026, 12, 1)), "already due"),
        (Taken(Step.MOVE, date(2026, 11, 10)), "new date"),
        (Taken(Step.MOVE, date(2026, 11, 10), date(2026, 11, 9)), "new date"),
        (Taken(Step.DELIVER, date(2026, 11, 23)), "not come yet"),
        (Taken(Step.DELIVER, date(2026, 11, 1)), "before the last"),
        (Taken(Step.PROMISE, TODAY), "cannot happen"),
    ],
)
def test_a_step_that_cannot_be_is_refused_and_changes_nothing(services: Services, taken: Taken, words: str) -> None:
    number = promise(services, ADMINISTRATOR, CATALOGUE)
    with pytest.raises(CommitmentError, match=words):
        take_step(services, ADMINISTRATOR, number, 1, taken)
    assert known(services, number).commitment.version == 1


WRITES: list[Any] = [
    lambda services, scope, number, version: take_step(
        services, scope, number, version, Taken(Step.DELIVER, TODAY, opinions=[LIVED])
    ),
    undo_step,
    lambda services, scope, number, version: change_commitment(
        services, scope, replace(CATALOGUE, commitment_id=number, version=version, owner="Otra")
    ),
]


@pytest.mark.parametrize("write", WRITES)
def test_of_two_who_change_one_commitment_the_second_is_told_and_nothing_is_lost(
    services: Services, write: Any
) -> None:
    number = promise(services, ADMINISTRATOR, CATALOGUE)
    take_step(services, ADMINISTRATOR, number, 1, Taken(Step.START, TODAY))
    before = known(services, number)
    with pytest.raises(ChangedMeanwhileError):
        write(services, ADMINISTRATOR, number, 1)
    assert known(services, number) == before
    write(services, ADMINISTRATOR, number, 2)
    assert known(services, number) != before


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize(
    "scope",
    [Scope(Role.VIEWER, ("Ventas",)), Scope(Role.CAPTAIN, ("Almacén",)), Scope(Role.MANAGER, sites=("Norte",))],
)
def test_other_teams_and_sites_change_nothing(services: Services, write: Any, scope: Scope) -> None:
    number = promise(services, ADMINISTRATOR, CATALOGUE)
    with pytest.raises(NotAllowedError):
        promise(services, scope, CATALOGUE)
    with pytest.raises(NotAllowedError):
        write(services, scope, number, 1)


def test_what_is_said_of_it_may_change_but_neither_team_nor_date(services: Services) -> None:
    number = promise(services, ADMINISTRATOR, CATALOGUE)
    said = replace(
        CATALOGUE, commitment_id=number, version=1, owner="Luis", team="Otro", due=TODAY, recipients=("Eva",)
    )
    change_commitment(services, ADMINISTRATOR, said)
    expected = replace(CATALOGUE, commitment_id=number, version=2, owner="Luis", recipients=("Eva",))
    assert known(services, number).commitment == expected


def test_what_it_said_before_is_kept_with_who_corrected_it_and_the_audit_holds_no_words(services: Services) -> None:
    number = promise(services, ADMINISTRATOR, CATALOGUE)
    said = replace(CATALOGUE, commitment_id=number, version=1, words="«el lunes»", recipients=("Eva",))
    change_commitment(services, ADMINISTRATOR, said)
    (one,) = known(services, number).corrections
    assert (one.before, one.who) == ({"words": CATALOGUE.words, "recipients": ["Ana", "Luis"]}, ADMINISTRATOR.who)
    with reading(services.database) as connection:
        detail = connection.execute(sa.select(records.audit.c.detail).where(records.audit.c.verb == "change")).scalar()
    assert detail == {"fields": ["recipients", "words"]}
    undo_step(services, ADMINISTRATOR, number, 2)
    with reading(services.database) as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(records.corrections)).scalar() == 0


REFUND = replace(CATALOGUE, due=None, stage=Stage.CONDITIONAL, trigger="si llega tarde", owed="portes gratis")


@pytest.mark.parametrize(
    ("known_as", "changes", "words"),
    [
        (CATALOGUE, {}, "the same as before"),
        (CATALOGUE, {"trigger": "si llueve", "owed": "un paraguas"}, "neither adds"),
        (REFUND, {"trigger": "", "owed": "", "stage": Stage.PROMISED}, "says when it applies"),
        (CATALOGUE, {"standard": "respuesta en 4 h", "due": None}, "not both"),
    ],
)
def test_a_correction_that_makes_another_promise_of_it_is_refused_and_changes_nothing(
    services: Services, known_as: Commitment, changes: dict[str, Any], words: str
) -> None:
    number = promise(services, ADMINISTRATOR, known_as)
    before = known(services, number)
    with pytest.raises(CommitmentError, match=words):
        change_commitment(services, ADMINISTRATOR, replace(before.commitment, **changes))
    assert known(services, number) == before


def test_a_continuous_standard_gets_no_date_by_any_step(services: Services) -> None:
    number = promise(services, ADMINISTRATOR, replace(CATALOGUE, due=None, standard="respuesta en 4 h"))
    with pytest.raises(CommitmentError, match="not both"):
        take_step(services, ADMINISTRATOR, number, 1, Taken(Step.MOVE, TODAY, date(2026, 12, 1)))
    assert known(services, number).commitment.due is None


def test_a_commitment_begins_promised_or_conditional_and_not_tomorrow(services: Services) -> None:
    with pytest.raises(CommitmentError, match="begins"):
        promise(services, ADMINISTRATOR, replace(CATALOGUE, stage=Stage.ON_TIME))
    with pytest.raises(CommitmentError, match="not come"):
        promise(services, ADMINISTRATOR, replace(CATALOGUE, made=date(2026, 11, 23), due=None))
    with pytest.raises(CommitmentError, match="no such"):
        undo_step(services, ADMINISTRATOR, 99, 1)


def test_a_condition_that_comes_is_owed_by_a_date(services: Services) -> None:
    refund = replace(CATALOGUE, due=None, stage=Stage.CONDITIONAL, trigger="si llega tarde", owed="portes gratis")
    number = promise(services, ADMINISTRATOR, refund)
    assert take_step(services, ADMINISTRATOR, number, 1, Taken(Step.TRIGGER, TODAY, TODAY)) is Stage.OWED
    assert known(services, number).commitment.due == TODAY


def test_the_commitments_of_a_source_go_together(services: Services) -> None:
    own = promise(services, ADMINISTRATOR, CATALOGUE)
    promise(services, ADMINISTRATOR, CATALOGUE, [EXPECTED], source="demo")
    assert forget_commitments(services, ADMINISTRATOR, "demo") == 1
    with reading(services.database) as connection:
        assert [entry.commitment.commitment_id for entry in read_entries(connection)] == [own]
