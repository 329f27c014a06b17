"""Bringing improvements on their way. The card is read, moved and written inside one decision: two never both win."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import sqlalchemy as sa

from dashboard.improvements import (
    Improvement,
    ImprovementError,
    Move,
    advanced,
    consistent,
    dropped,
    looked_at,
    one_owner,
    returned,
    same_measure,
    told,
)
from dashboard.permissions import Scope, check_can_decide, check_can_propose
from dashboard.steps import DECIDING, Step
from data import records
from data.improvements import read_improvements, stored
from data.services import Services
from data.writes.decision import ChangedMeanwhileError, Decision, decision


def propose(services: Services, scope: Scope, improvement: Improvement, source: str = "") -> int:
    """Store a new improvement at the beginning of its way and return its id.

    Raises
    ------
    NotAllowedError
        When the role may not propose for the team.
    ImprovementError
        When it has no name, or more than one owner.
    """
    check_can_propose(scope, improvement.team)
    table = records.improvements
    with decision(services, scope.who) as made:
        row = stored(_checked(replace(improvement, passages=())))
        row |= {"source": source, "created_at": made.at, "version": 1}
        created = int(made.connection.execute(sa.insert(table).values(row).returning(table.c.id)).scalar_one())
        made.record("propose", "improvement", created, team=improvement.team, route=improvement.route.value)
    return created


def change_improvement(services: Services, scope: Scope, improvement: Improvement) -> None:
    """Store what is said of an improvement; its team, horizon, birth and passages stay as they are.

    A measure that changes is dated today: whether it was written before the launch can be read later.

    Raises
    ------
    ChangedMeanwhileError
        When somebody else changed it since `improvement.version`.
    ImprovementError
        When something is gone that a passed step asked for.
    """
    today = services.state().today
    with decision(services, scope.who) as made:
        known = improvement_by_id(made, improvement.improvement_id)
        check_can_propose(scope, known.team)
        if known.version != improvement.version:
            raise ChangedMeanwhileError(str(known.improvement_id))
        if (improvement.owner, improvement.due) != (known.owner, known.due) and DECIDING & known.evidence.keys():
            check_can_decide(scope, known.team)
        measure = improvement.measure
        if measure is not None and not same_measure(measure, known.measure):
            measure = replace(measure, since=today)
        changed = replace(improvement, measure=measure, passages=known.passages)
        changed = _checked(replace(changed, team=known.team, horizon=known.horizon, born=known.born))
        _store(made, changed)
        made.record("change", "improvement", known.improvement_id, team=known.team)


def advance(
    services: Services, scope: Scope, improvement_id: int, step: Step, words: str, version: int | None = None
) -> None:
    """Bring a card one step further with that step's evidence; deciding is for the captain.

    `version` is the card as it was seen, here and in every move; None moves it as it stands.

    Raises
    ------
    ChangedMeanwhileError
        When somebody else changed or moved it since.
    ImprovementError
        When the card does not stand there, or the evidence is missing.
    """

    def move(known: Improvement, today: date) -> Improvement:
        if step in DECIDING:
            check_can_decide(scope, known.team)
        return advanced(known, step, words, today, scope.who)

    _move(services, scope, improvement_id, move, version)


def go_back(
    services: Services, scope: Scope, improvement_id: int, step: Step, reason: str, version: int | None = None
) -> None:
    """Bring a card back in a step that it had passed, with the reason."""
    _move(
        services, scope, improvement_id, lambda known, today: returned(known, step, reason, today, scope.who), version
    )


def drop(services: Services, scope: Scope, improvement_id: int, reason: str, version: int | None = None) -> None:
    """Give a card up, with the reason."""

    def move(known: Improvement, today: date) -> Improvement:
        check_can_decide(scope, known.team)
        return dropped(known, reason, today, scope.who)

    _move(services, scope, improvement_id, move, version)


def look(services: Services, scope: Scope, improvement_id: int, words: str, version: int | None = None) -> None:
    """Write down what somebody saw after the launch."""
    _move(services, scope, improvement_id, lambda known, today: looked_at(known, words, today, scope.who), version)


def tell(services: Services, scope: Scope, improvement_id: int, version: int | None = None) -> None:
    """Write down that those whose words led to it were told."""
    _move(services, scope, improvement_id, lambda known, today: told(known, today, scope.who), version)


def import_passages(services: Services, scope: Scope, improvement: Improvement) -> None:
    """Write down the passages of a card whose story is older than this scoreboard; each is checked as if it were now.

    Raises
    ------
    ImprovementError
        When one of them could not have been made.
    """
    with decision(services, scope.who) as made:
        known = improvement_by_id(made, improvement.improvement_id)
        check_can_decide(scope, known.team)
        for passage in improvement.passages:
            known = _again(known, passage.move, passage.step, passage.words, passage.day, passage.who)
            _add(made, known)
        _store(made, known)
        made.record("move", "improvement", known.improvement_id, moves=len(improvement.passages))


def _again(known: Improvement, move: Move, step: Step | None, words: str, day: date, who: str) -> Improvement:
    if move is Move.FORWARD and step is not None:
        return advanced(known, step, words, day, who)
    if move is Move.BACK and step is not None:
        return returned(known, step, words, day, who)
    if move is Move.DROPPED:
        return dropped(known, words, day, who)
    return looked_at(known, words, day, who) if move is Move.LOOKED else told(known, day, who)


def forget_improvements(services: Services, scope: Scope, source: str) -> int:
    """Remove every improvement and activity of a source; return how many improvements."""
    table = records.improvements
    with decision(services, scope.who) as made:
        gone = list(made.connection.execute(sa.select(table.c.id, table.c.team).where(table.c.source == source)))
        for _, team in gone:
            check_can_decide(scope, team)
        ids = [improvement_id for improvement_id, _ in gone]
        made.connection.execute(sa.delete(records.passages).where(records.passages.c.improvement_id.in_(ids)))
        made.connection.execute(sa.delete(table).where(table.c.id.in_(ids)))
        made.connection.execute(sa.delete(records.activities).where(records.activities.c.source == source))
        made.record("forget", "improvement", "all", source=source, improvements=len(ids))
    return len(ids)


def improvement_by_id(made: Decision, improvement_id: int) -> Improvement:
    """Return an improvement inside an open decision; until its end nobody else changes or moves it.

    Raises
    ------
    ImprovementError
        When there is none of that number.
    """
    table = records.improvements
    made.connection.execute(sa.select(table.c.id).where(table.c.id == improvement_id).with_for_update())
    for known in read_improvements(made.connection):
        if known.improvement_id == improvement_id:
            return known
    raise ImprovementError("there is no such improvement")


def _move(
    services: Services,
    scope: Scope,
    improvement_id: int,
    move: Callable[[Improvement, date], Improvement],
    version: int | None,
) -> None:
    today = services.state().today
    with decision(services, scope.who) as made:
        known = improvement_by_id(made, improvement_id)
        check_can_propose(scope, known.team)
        if version not in (None, known.version):
            raise ChangedMeanwhileError(f"somebody else changed improvement {improvement_id} meanwhile; look again")
        moved = move(known, today)
        _store(made, moved)
        _add(made, moved)
        last = moved.passages[-1]
        where = last.step.value if last.step else ""
        made.record("move", "improvement", improvement_id, team=known.team, move=last.move.value, step=where)


def _add(made: Decision, moved: Improvement) -> None:
    last = moved.passages[-1]
    row = {
        "improvement_id": moved.improvement_id,
        "move": last.move.value,
        "step": last.step.value if last.step else None,
        "words": last.words,
        "day": last.day,
        "who": last.who,
        "at": made.at,
    }
    made.connection.execute(sa.insert(records.passages).values(row))


def _store(made: Decision, improvement: Improvement) -> None:
    """Store a card in its next version, unless another decision has changed the one that was read."""
    made.change(records.improvements, improvement.improvement_id, improvement.version, stored(improvement))


def _checked(improvement: Improvement) -> Improvement:
    if not improvement.name.strip():
        raise ImprovementError("give it a name")
    owner = one_owner(improvement.owner) if improvement.owner.strip() else ""
    return consistent(replace(improvement, name=improvement.name.strip(), owner=owner))
