"""Actions as they are stored: one owner, one date, written once, and nobody overwrites anybody."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.actions import ActionError, ActionState, Answer
from dashboard.meetings import MeetingError
from dashboard.permissions import NotAllowedError, Role, Scope
from data import records
from data.database import reading
from data.meetings import read_actions
from data.services import Services
from data.writes.actions import agree_action, answer_action, move_action
from data.writes.decision import ChangedMeanwhileError
from data.writes.peers import mark_peer
from tests.data.stores import ADMINISTRATOR, opened
from tests.data.writes.tables import FRIDAY, SUNDAY, TEAM, set_table
from tests.homes import new_folder


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


@settings(max_examples=12)
@given(st.lists(STEPS, max_size=15))
def test_no_sequence_of_posts_leaves_an_action_without_one_owner_and_one_date(steps: list[tuple[object, ...]]) -> None:
    services = opened(new_folder())
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
