"""Actions as they are stored: one owner, one date, written once, and nobody overwrites anybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.actions import TRANSITIONS, ActionError, ActionState, Answer
from dashboard.meetings import MeetingError
from dashboard.permissions import NotAllowedError, Role, Scope
from data import records
from data.database import reading
from data.meetings import last_answered, read_actions, read_meetings
from data.services import Services
from data.writes.actions import agree_action, answer_action, move_action, undo_answer
from data.writes.decision import ChangedMeanwhileError
from data.writes.meetings import close_meeting, open_meeting
from data.writes.peers import mark_peer
from tests.data.stores import ADMINISTRATOR
from tests.data.writes.tables import FRIDAY, SUNDAY, TEAM, Table, at_once, set_table

MONDAY = SUNDAY + timedelta(days=1)


def every(services: Services) -> list[tuple[int, str, int]]:
    with reading(services.database) as connection:
        return [(one.action_id, one.state.value, one.owner_id) for one in read_actions(connection)]


def test_what_is_sent_twice_is_one_action(services: Services) -> None:
    table = set_table(services)
    first = agree_action(services, ADMINISTRATOR, table.action())
    assert agree_action(services, ADMINISTRATOR, table.action()) == first
    assert agree_action(services, ADMINISTRATOR, table.action(owner_id=table.luis)) != first
    assert len(every(services)) == 2


def test_what_is_not_done_is_carried_over_and_what_is_handed_over_has_a_new_owner(services: Services) -> None:
    table = set_table(services)
    first = agree_action(services, ADMINISTRATOR, table.action())
    second = answer_action(services, ADMINISTRATOR, first, 1, Answer(ActionState.PARTLY, "3 de 5"))
    assert second is not None
    handed = Answer(ActionState.HANDED_OVER, due=FRIDAY, owner_id=table.luis)
    third = answer_action(services, ADMINISTRATOR, second, 1, handed)
    assert every(services) == [
        (first, "partly", table.ana),
        (second, "handed_over", table.ana),
        (third, "agreed", table.luis),
    ]
    with reading(services.database) as connection:
        assert next(one.told for one in read_actions(connection)) == "3 de 5"


def test_the_preference_it_serves_goes_along_and_stays_out_of_the_audit(services: Services) -> None:
    table = set_table(services)
    first = agree_action(services, ADMINISTRATOR, table.action(preference="saber cuándo llega"))
    answer_action(services, ADMINISTRATOR, first, 1, Answer(ActionState.PARTLY))
    with reading(services.database) as connection:
        assert [one.preference for one in read_actions(connection)] == ["saber cuándo llega"] * 2
        noted = connection.execute(sa.select(records.audit)).all()
    assert "cuándo llega" not in str(noted)


def test_the_second_who_answers_is_told(services: Services) -> None:
    table = set_table(services)
    number = agree_action(services, ADMINISTRATOR, table.action())
    move_action(services, ADMINISTRATOR, number, 1, FRIDAY - timedelta(days=1))
    with pytest.raises(ChangedMeanwhileError):
        answer_action(services, ADMINISTRATOR, number, 1, Answer(ActionState.NOT_DONE))
    assert every(services) == [(number, "agreed", table.ana)]
    answer_action(services, ADMINISTRATOR, number, 2, Answer(ActionState.DONE))
    with pytest.raises(ActionError, match="already answered"):
        answer_action(services, ADMINISTRATOR, number, 3, Answer(ActionState.DONE))


def test_it_is_of_the_people_at_the_table(services: Services) -> None:
    table = set_table(services)
    mark_peer(services, ADMINISTRATOR, table.luis, "is_active", value=False)
    for owner in (table.other, table.luis, 99):
        with pytest.raises(MeetingError):
            agree_action(services, ADMINISTRATOR, table.action(owner_id=owner))
        with pytest.raises(MeetingError):
            agree_action(services, ADMINISTRATOR, table.action(witness_id=owner))
    assert every(services) == []
    stranger = Scope(Role.MEMBER, ("Ventas",))
    number = agree_action(services, ADMINISTRATOR, table.action())
    for write in (
        lambda: agree_action(services, stranger, table.action()),
        lambda: answer_action(services, stranger, number, 1, Answer(ActionState.DONE)),
        lambda: move_action(services, stranger, number, 1, SUNDAY + timedelta(days=1)),
    ):
        with pytest.raises(NotAllowedError):
            write()


def test_three_at_once_are_enough_and_nothing_moves_what_nobody_watches(services: Services) -> None:
    table = set_table(services)
    for moment in ("Esperar", "Recibir", "Pagar"):
        agree_action(services, ADMINISTRATOR, table.action(moment=moment))
    with pytest.raises(ActionError, match="fewer, and done"):
        agree_action(services, ADMINISTRATOR, table.action())
    with pytest.raises(ActionError, match="no longer watched"):
        agree_action(services, ADMINISTRATOR, table.action(owner_id=table.luis, indicator_id=99))
    with pytest.raises(ActionError, match="no such action"):
        answer_action(services, ADMINISTRATOR, 99, 1, Answer(ActionState.DONE))


def rows(services: Services, *, with_versions: bool = False) -> list[dict[str, object]]:
    """Return the actions as they are stored; how often they were written is no part of what they are."""
    with reading(services.database) as connection:
        found = connection.execute(sa.select(records.actions).order_by(records.actions.c.id)).mappings().all()
    return [{name: one for name, one in row.items() if with_versions or name != "version"} for row in found]


def test_a_wrong_key_is_taken_back_and_said_in_the_audit(services: Services) -> None:
    table = set_table(services)
    number = agree_action(services, ADMINISTRATOR, table.action())
    open_meeting(services, ADMINISTRATOR, TEAM)
    before = rows(services)
    following = answer_action(services, ADMINISTRATOR, number, 1, Answer(ActionState.PARTLY, "3 de 5"))
    undo_answer(services, ADMINISTRATOR, number, 2)
    assert rows(services) == before
    assert answer_action(services, ADMINISTRATOR, number, 3, Answer(ActionState.DONE)) is None
    assert every(services) == [(number, "done", table.ana)]
    with reading(services.database) as connection:
        noted = connection.execute(sa.select(records.audit).where(records.audit.c.verb == "undo")).mappings().one()
    assert (noted["noun"], noted["noun_id"]) == ("action", str(number))
    assert noted["detail"] == {"state": "partly", "removed": following}


def test_only_the_last_answer_and_only_once_whichever_device_asks(services: Services) -> None:
    table = set_table(services)
    first, second = (
        agree_action(services, ADMINISTRATOR, table.action(owner_id=one)) for one in (table.ana, table.luis)
    )
    open_meeting(services, ADMINISTRATOR, TEAM)
    for number in (first, second):
        answer_action(services, ADMINISTRATOR, number, 1, Answer(ActionState.NOT_DONE))
    before = rows(services, with_versions=True)
    for number, version in ((first, 2), (second, 1), (second, 9)):
        with pytest.raises(ChangedMeanwhileError):
            undo_answer(services, ADMINISTRATOR, number, version)
    with pytest.raises(NotAllowedError):
        undo_answer(services, Scope(Role.MEMBER, ("Ventas",)), second, 2)
    assert rows(services, with_versions=True) == before
    undo_answer(services, ADMINISTRATOR, second, 2)
    with pytest.raises(ChangedMeanwhileError):
        undo_answer(services, ADMINISTRATOR, second, 2)
    undo_answer(services, ADMINISTRATOR, first, 2)
    assert {state for _, state, _ in every(services)} == {"agreed"}


def test_an_answer_stands_once_its_meeting_is_closed_and_where_none_went_on(services: Services) -> None:
    table = set_table(services)
    before, during = (agree_action(services, ADMINISTRATOR, table.action(due=day)) for day in (FRIDAY, MONDAY))
    answer_action(services, ADMINISTRATOR, before, 1, Answer(ActionState.DONE))
    with pytest.raises(MeetingError, match="closed"):
        undo_answer(services, ADMINISTRATOR, before, 2)
    meeting = open_meeting(services, ADMINISTRATOR, TEAM)
    with pytest.raises(ChangedMeanwhileError):
        undo_answer(services, ADMINISTRATOR, before, 2)
    answer_action(services, ADMINISTRATOR, during, 1, Answer(ActionState.DONE))
    close_meeting(services, ADMINISTRATOR, meeting)
    with pytest.raises(MeetingError, match="closed"):
        undo_answer(services, ADMINISTRATOR, during, 2)
    assert [state for _, state, _ in every(services)] == ["done", "done"]
    open_meeting(services, ADMINISTRATOR, TEAM)
    undo_answer(services, ADMINISTRATOR, during, 2)
    assert [state for _, state, _ in every(services)] == ["done", "agreed"]


def test_what_was_moved_meanwhile_is_not_taken_away(services: Services) -> None:
    table = set_table(services)
    number = agree_action(services, ADMINISTRATOR, table.action())
    open_meeting(services, ADMINISTRATOR, TEAM)
    following = answer_action(services, ADMINISTRATOR, number, 1, Answer(ActionState.PARTLY, due=FRIDAY))
    assert following is not None
    move_action(services, ADMINISTRATOR, following, 1, FRIDAY - timedelta(days=1))
    before = rows(services, with_versions=True)
    with pytest.raises(ActionError, match="changed since"):
        undo_answer(services, ADMINISTRATOR, number, 2)
    assert rows(services, with_versions=True) == before


def test_what_is_sent_twice_at_the_same_moment_is_one_action(services: Services) -> None:
    table = set_table(services)
    numbers = at_once(*[lambda: agree_action(services, ADMINISTRATOR, table.action())] * 4)
    assert len(set(numbers)) == 1
    assert len(every(services)) == 1


def test_of_those_who_answer_or_take_back_at_the_same_moment_one_does_and_the_others_are_told(
    services: Services,
) -> None:
    table = set_table(services)
    number = agree_action(services, ADMINISTRATOR, table.action())
    open_meeting(services, ADMINISTRATOR, TEAM)
    before = rows(services)
    said = Answer(ActionState.PARTLY)
    told = at_once(*[lambda: answer_action(services, ADMINISTRATOR, number, 1, said)] * 4)
    assert sum(isinstance(one, int) for one in told) == 1
    assert sum(isinstance(one, ChangedMeanwhileError | ActionError) for one in told) == 3
    assert [state for _, state, _ in every(services)] == ["partly", "agreed"]
    told = at_once(*[lambda: undo_answer(services, ADMINISTRATOR, number, 2)] * 4)
    assert sum(one is None for one in told) == 1
    assert sum(isinstance(one, ChangedMeanwhileError) for one in told) == 3
    assert rows(services) == before


def test_a_date_that_is_moved_while_the_answer_is_taken_back_is_never_lost(services: Services) -> None:
    table = set_table(services)
    open_meeting(services, ADMINISTRATOR, TEAM)
    earlier = FRIDAY - timedelta(days=1)
    for moment in ("Esperar", "Pagar", "Usar"):
        number = agree_action(services, ADMINISTRATOR, table.action(moment=moment))
        following = answer_action(services, ADMINISTRATOR, number, 1, Answer(ActionState.PARTLY, due=FRIDAY))
        moved, undone = at_once(
            lambda of=following: move_action(services, ADMINISTRATOR, of, 1, earlier),
            lambda of=number: undo_answer(services, ADMINISTRATOR, of, 2),
        )
        states = {row["id"]: (row["state"], row["due"]) for row in rows(services)}
        assert (moved is None) is not (undone is None), (moved, undone)
        assert isinstance(moved or undone, ChangedMeanwhileError | ActionError)
        assert states.get(following) == (("agreed", earlier) if moved is None else None)
        assert states[number][0] == ("partly" if moved is None else "agreed")


PRESSES = st.lists(
    st.one_of(
        st.tuples(st.integers(0, 5), st.sampled_from(TRANSITIONS[ActionState.AGREED]), st.text("ab ", max_size=3)),
        st.none(),
    ),
    max_size=14,
)
"""Keys pressed at a table: which of the open actions, what is said of it; None takes the last answer back."""


def press(services: Services, table: Table, key: tuple[int, ActionState, str] | None) -> bool:
    """Press one key and return whether anything was written."""
    with reading(services.database) as connection:
        known = read_actions(connection)
        (meeting,) = read_meetings(connection)
        last = last_answered(connection, meeting.meeting_id)
    if key is None:
        if last is None:
            return False
        undo_answer(services, ADMINISTRATOR, last, version_of(services, last))
        return True
    place, state, told = key
    owed = [one for one in known if one.is_open]
    action = owed[place % len(owed)] if owed else None
    if action is None or state not in action.choices:
        return False
    other = table.luis if action.owner_id == table.ana else table.ana
    answer_action(services, ADMINISTRATOR, action.action_id, action.version, Answer(state, told, None, other))
    return True


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(keys=PRESSES)
def test_any_answers_and_undos_leave_exactly_what_the_answers_that_stand_say(
    fresh: Callable[[], Services], keys: list[tuple[int, ActionState, str] | None]
) -> None:
    services = fresh()
    table = set_table(services)
    for owner_id in (table.ana, table.luis):
        agree_action(services, ADMINISTRATOR, table.action(owner_id=owner_id))
    open_meeting(services, ADMINISTRATOR, TEAM)
    standing = [rows(services)]
    for key in keys:
        if not press(services, table, key):
            continue
        if key is None:
            standing.pop()
            assert rows(services) == standing[-1]
        else:
            standing.append(rows(services))
    while press(services, table, None):
        standing.pop()
        assert rows(services) == standing[-1]
    services.database.dispose()
    assert len(standing) == 1


DAYS = st.dates(SUNDAY - timedelta(days=9), SUNDAY + timedelta(days=20))
OWNERS = st.integers(-1, 5)
STEPS = st.one_of(
    st.tuples(st.just("agree"), OWNERS, DAYS),
    st.tuples(st.just("answer"), st.integers(1, 9), st.sampled_from(ActionState), OWNERS, st.none() | DAYS),
    st.tuples(st.just("move"), st.integers(1, 9), DAYS, st.booleans()),
)


def version_of(services: Services, number: int) -> int:
    with reading(services.database) as connection:
        return next((one.version for one in read_actions(connection) if one.action_id == number), 1)


def take(services: Services, step: tuple[object, ...], table: object) -> None:
    """Try one step as somebody might post it."""
    kind, *rest = step
    if kind == "agree":
        agree_action(services, ADMINISTRATOR, table.action(owner_id=rest[0], due=rest[1]))  # type: ignore[attr-defined]
    elif kind == "answer":
        number, state, owner_id, due = rest
        said = Answer(state, "", due, owner_id)  # type: ignore[arg-type]
        answer_action(services, ADMINISTRATOR, number, version_of(services, number), said)  # type: ignore[arg-type]
    else:
        number, due, is_away = rest
        move_action(services, ADMINISTRATOR, number, version_of(services, number), due, is_away=is_away)  # type: ignore[arg-type]


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=st.lists(STEPS, max_size=15))
def test_no_sequence_of_posts_leaves_an_action_without_one_owner_and_one_date(
    fresh: Callable[[], Services], steps: list[tuple[object, ...]]
) -> None:
    services = fresh()
    table = set_table(services)
    for step in steps:
        try:
            take(services, step, table)
        except (ActionError, MeetingError, ChangedMeanwhileError):
            continue
    with reading(services.database) as connection:
        rows = connection.execute(sa.select(records.actions)).mappings().all()
    services.database.dispose()
    followed = [row["follows"] for row in rows if row["follows"] is not None]
    assert len(followed) == len(set(followed))
    for row in rows:
        assert row["owner_id"] in (table.ana, table.luis)
        assert isinstance(row["due"], date)
        assert row["team"] == TEAM
        assert (row["state"] in ("partly", "not_done", "handed_over")) is (row["id"] in followed)
