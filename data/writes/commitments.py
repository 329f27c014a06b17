"""Promising, and what becomes of it. Every change goes through the table of transitions; who holds an old version of a
commitment is told, and nothing is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa

from dashboard.commitments import (
    Commitment,
    CommitmentError,
    Entry,
    Opinion,
    Stage,
    Step,
    stage_after,
)
from dashboard.corrections import check_correction, differences
from dashboard.permissions import Scope, check_can_promise
from data import records
from data.commitments import read_entries
from data.services import Services
from data.writes.decision import Decision, decision

FIRST_STAGES = (Stage.PROMISED, Stage.CONDITIONAL)


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that somebody takes.

    Attributes
    ----------
    step : Step
    day : date
    due : date or None
        The new date, where it is moved or a condition has come.
    words : str
        What was delivered, why it was broken, how it was made good.
    opinions : sequence of Opinion
        What was expected or lived, as it was told on this occasion.
    """

    step: Step
    day: date
    due: date | None = None
    words: str = ""
    opinions: Sequence[Opinion] = ()


def promise(
    services: Services, scope: Scope, commitment: Commitment, opinions: Sequence[Opinion] = (), source: str = ""
) -> int:
    """Store a new commitment with what its recipients expect, and return its number.

    Raises
    ------
    NotAllowedError
        When the role may not promise for the team and site.
    CommitmentError
        When it would begin as anything but promised or conditional, or was made in the future.
    """
    check_can_promise(scope, commitment.team, commitment.site)
    if commitment.stage not in FIRST_STAGES:
        raise CommitmentError("a commitment begins as promised or as conditional")
    _check_day(services, commitment.made)
    with decision(services, scope.who) as made:
        table = records.commitments
        row = _row(commitment) | {"source": source, "stage": commitment.stage.value, "version": 1}
        number = int(made.connection.execute(sa.insert(table).values(row).returning(table.c.id)).scalar_one())
        _name(made, number, commitment.recipients)
        _take(made, commitment, number, Taken(Step.PROMISE, commitment.made, opinions=opinions), commitment.stage)
        made.record("promise", "commitment", number, team=commitment.team)
    return number


def change_commitment(services: Services, scope: Scope, commitment: Commitment) -> None:
    """Store what is said of a commitment, and what it said before; its team, site, dates and stage stay: those change
    step by step.

    Raises
    ------
    NotAllowedError, ChangedMeanwhileError
    CommitmentError
        As `check_correction`.
    """
    with decision(services, scope.who) as made:
        known = entry_by_id(made, scope, commitment.commitment_id).commitment
        kept = {name: getattr(known, name) for name in ("team", "site", "made", "due", "stage")}
        changed = replace(commitment, **kept)
        made.change(records.commitments, known.commitment_id, commitment.version, _row(changed))
        check_correction(known, changed)
        before = differences(known, changed)
        row = {"commitment_id": known.commitment_id, "before": before, "who": made.who, "at": made.at}
        made.connection.execute(sa.insert(records.corrections).values(row))
        part = records.recipients
        made.connection.execute(sa.delete(part).where(part.c.commitment_id == known.commitment_id))
        _name(made, known.commitment_id, changed.recipients)
        made.record("change", "commitment", known.commitment_id, fields=sorted(before))


def take_step(services: Services, scope: Scope, commitment_id: int, version: int, taken: Taken) -> Stage:
    """Take a step of the table and return where it led.

    Raises
    ------
    CommitmentError
        When the table has no such step, its day is in the future or before the last one, or a new date is missing.
    NotAllowedError
    ChangedMeanwhileError
        When somebody else changed the commitment since `version` was read.
    """
    _check_day(services, taken.day)
    with decision(services, scope.who) as made:
        entry = entry_by_id(made, scope, commitment_id)
        known = entry.commitment
        if taken.day < entry.events[-1].day:
            raise CommitmentError("this cannot have happened before the last thing that happened")
        stage = stage_after(known.stage, taken.step, is_overdue=known.is_overdue(taken.day))
        due = known.due
        if taken.step in (Step.MOVE, Step.TRIGGER):
            if taken.due is None or taken.due < taken.day:
                raise CommitmentError("give the new date: it cannot be past")
            due = replace(known, due=taken.due, stage=stage).due
        made.change(records.commitments, commitment_id, version, {"stage": stage.value, "due": due})
        _take(made, known, commitment_id, taken, stage)
        made.record(taken.step.value, "commitment", commitment_id)
    return stage


def undo_step(services: Services, scope: Scope, commitment_id: int, version: int) -> None:
    """Take the last step back, with what was told at it; of a commitment without any other, the commitment itself.

    Raises
    ------
    CommitmentError, NotAllowedError, ChangedMeanwhileError
        As `take_step`.
    """
    steps = records.commitment_steps
    with decision(services, scope.who) as made:
        entry_by_id(made, scope, commitment_id)
        own = sa.select(steps).where(steps.c.commitment_id == commitment_id).order_by(steps.c.id.desc())
        last = made.connection.execute(own).mappings().first()
        assert last is not None, "a commitment begins with a step"
        before = {"stage": last["stage_before"], "due": last["due_before"]}
        made.change(records.commitments, commitment_id, version, before)
        made.connection.execute(sa.delete(records.opinions).where(records.opinions.c.step_id == last["id"]))
        made.connection.execute(sa.delete(steps).where(steps.c.id == last["id"]))
        if last["step"] == Step.PROMISE.value:
            _delete(made, [commitment_id])
        made.record("undo", "commitment", commitment_id, step=last["step"])


def forget_commitments(services: Services, scope: Scope, source: str) -> int:
    """Remove every commitment of a source with all that hangs on it; return how many there were."""
    table = records.commitments
    with decision(services, scope.who) as made:
        gone = made.connection.execute(
            sa.select(table.c.id, table.c.team, table.c.site).where(table.c.source == source)
        ).all()
        for _, team, site in gone:
            check_can_promise(scope, team, site)
        _delete(made, [number for number, _, _ in gone])
        made.record("forget", "commitment", "all", source=source, commitments=len(gone))
    return len(gone)


def entry_by_id(made: Decision, scope: Scope, commitment_id: int) -> Entry:
    """Return a commitment inside an open decision, for somebody who may change it.

    Raises
    ------
    CommitmentError
        When there is none of that number.
    NotAllowedError
    """
    found = read_entries(made.connection, commitment_id)
    if not found:
        raise CommitmentError("there is no such commitment any more")
    check_can_promise(scope, found[0].commitment.team, found[0].commitment.site)
    return found[0]


def _check_day(services: Services, day: date) -> None:
    if day > services.state().today:
        raise CommitmentError("{} has not come yet", day)


def _name(made: Decision, number: int, names: Sequence[str]) -> None:
    rows = [{"commitment_id": number, "name": name.strip()} for name in names if name.strip()]
    if rows:
        made.connection.execute(sa.insert(records.recipients), rows)


def _take(made: Decision, known: Commitment, number: int, taken: Taken, stage: Stage) -> None:
    steps = records.commitment_steps
    row = {
        "commitment_id": number,
        "step": taken.step.value,
        "day": taken.day,
        "stage_before": known.stage.value,
        "stage": stage.value,
        "due_before": known.due,
        "words": taken.words.strip(),
        "who": made.who,
        "at": made.at,
    }
    step_id = made.connection.execute(sa.insert(steps).values(row).returning(steps.c.id)).scalar_one()
    told = [
        {
            "commitment_id": number,
            "step_id": step_id,
            "recipient": one.recipient.strip(),
            "side": one.side.value,
            "value": one.value,
            "teller": one.teller.value,
            "day": one.day,
        }
        for one in taken.opinions
    ]
    if told:
        made.connection.execute(sa.insert(records.opinions), told)


def _delete(made: Decision, numbers: Sequence[int]) -> None:
    for part in (records.opinions, records.commitment_steps, records.recipients, records.corrections):
        made.connection.execute(sa.delete(part).where(part.c.commitment_id.in_(numbers)))
    made.connection.execute(sa.delete(records.commitments).where(records.commitments.c.id.in_(numbers)))


def _row(commitment: Commitment) -> dict[str, object]:
    texts = ("team", "what", "owner", "standard", "account", "segment", "site", "moment", "words", "conditions")
    return {
        **{name: getattr(commitment, name).strip() for name in (*texts, "announced", "owed", "exposure")},
        **{name: getattr(commitment, name) for name in ("made", "due", "people", "weight", "is_public")},
        "trigger_when": commitment.trigger.strip(),
        "origin": commitment.origin.value,
        "reach": commitment.reach.value,
    }
