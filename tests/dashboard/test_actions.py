"""Actions: exactly one owner, exactly one date, whatever is tried."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from dashboard.actions import (
    CARRYING,
    MOST_CARRIED,
    TRANSITIONS,
    UNDOING,
    Action,
    ActionError,
    ActionState,
    Answer,
    Kept,
    agree,
    answer,
    check_due,
    kept,
    latest_due,
    move,
    owed,
    same_in,
    undone,
)
from dashboard.periods import WEEK, week_of

MONDAY = date(2026, 11, 23)
HOLIDAY = date(2026, 11, 30)
HOLIDAYS = frozenset({HOLIDAY})
CALL = Action(1, "Ventas", "Llamar a los 9 descontentos", 7, MONDAY + timedelta(days=4), MONDAY, indicator_id=3)


def test_what_is_agreed_is_one_line_with_one_owner_one_date_and_what_it_moves() -> None:
    assert agree(CALL, HOLIDAYS) == CALL
    for changed, said in (
        ({"text": " "}, "one line"),
        ({"text": "una\ny otra"}, "one line"),
        ({"text": "x" * 201}, "one line"),
        ({"owner_id": 0}, "exactly one owner"),
        ({"witness_id": 7}, "somebody else"),
        ({"indicator_id": None}, "which indicator or moment"),
        ({"preference": "x" * 201}, "a preference is one line"),
        ({"preference": "una\ny otra"}, "a preference is one line"),
        ({"due": MONDAY - timedelta(days=1)}, "has passed"),
        ({"due": date(2026, 11, 28)}, "nobody works"),
        ({"due": HOLIDAY}, "nobody works"),
        ({"due": date(2026, 12, 2)}, "at the latest"),
    ):
        with pytest.raises(ActionError, match=said):
            agree(replace(CALL, **changed), HOLIDAYS)


def test_a_week_that_ends_on_a_holiday_gives_the_next_working_day() -> None:
    assert latest_due(MONDAY, frozenset()) == HOLIDAY
    assert latest_due(MONDAY, HOLIDAYS) == HOLIDAY + timedelta(days=1)
    check_due(date(2027, 3, 1), MONDAY, HOLIDAYS, is_weekly=False)


@pytest.mark.parametrize("state", ActionState)
def test_the_table_knows_every_state_and_only_what_was_agreed_goes_on(state: ActionState) -> None:
    assert bool(TRANSITIONS[state]) is (state is ActionState.AGREED)


def test_what_follows_an_action_serves_the_same_preference() -> None:
    serving = agree(replace(CALL, preference=" saber  cuándo llega "), HOLIDAYS)
    assert serving.preference == "saber cuándo llega"
    for said in (Answer(ActionState.PARTLY), Answer(ActionState.HANDED_OVER, owner_id=8)):
        _, fresh = answer(serving, said, MONDAY, HOLIDAYS)
        assert fresh is not None and fresh.preference == "saber cuándo llega"


@pytest.mark.parametrize("state", ActionState)
def test_every_answer_is_taken_back_to_what_was_agreed_and_nothing_else_is(state: ActionState) -> None:
    assert UNDOING.get(state) is (ActionState.AGREED if state in TRANSITIONS[ActionState.AGREED] else None)


@given(
    st.sampled_from(TRANSITIONS[ActionState.AGREED]),
    st.text(max_size=9),
    st.integers(0, MOST_CARRIED),
    st.integers(0, 3),
)
def test_an_answer_that_is_taken_back_leaves_the_action_as_it_was(
    state: ActionState, told: str, carried: int, moves: int
) -> None:
    action = replace(CALL, carried=carried, moves=moves, preference="que esté todo")
    if state not in action.choices:
        return
    ended, fresh = answer(action, Answer(state, told, owner_id=8), MONDAY, HOLIDAYS)
    assert undone(ended, fresh, fresh and fresh.due) == action


def test_what_somebody_has_gone_on_with_is_not_taken_from_them() -> None:
    with pytest.raises(ActionError, match="nobody has answered"):
        undone(CALL, None)
    ended, fresh = answer(CALL, Answer(ActionState.PARTLY), MONDAY, HOLIDAYS)
    assert fresh is not None
    away = replace(fresh, due=fresh.due + timedelta(days=1))
    for later in (away, replace(fresh, moves=1), replace(fresh, state=ActionState.DONE)):
        with pytest.raises(ActionError, match="changed since"):
            undone(ended, later, fresh.due)
    assert undone(ended, replace(fresh, version=3), fresh.due) == CALL, "answered and taken back, it is what it was"


@pytest.mark.parametrize("state", [ActionState.DONE, ActionState.DROPPED])
def test_done_and_dropped_leave_nothing_behind(state: ActionState) -> None:
    ended, fresh = answer(CALL, Answer(state, " 7 de 9 "), MONDAY, HOLIDAYS)
    assert (ended.state, ended.told, ended.answered_on, fresh) == (state, "7 de 9", MONDAY, None)
    with pytest.raises(ActionError, match="already answered"):
        answer(ended, Answer(ActionState.DONE), MONDAY, HOLIDAYS)


def test_the_third_time_it_is_done_dropped_or_handed_over() -> None:
    action, today = CALL, MONDAY
    for times in range(MOST_CARRIED):
        ended, fresh = answer(action, Answer(ActionState.NOT_DONE), today, HOLIDAYS)
        assert ended.state is ActionState.NOT_DONE
        assert fresh is not None
        assert (fresh.carried, fresh.follows, fresh.owner_id) == (times + 1, action.action_id, 7)
        action, today = replace(fresh, action_id=times + 2), today + WEEK
    assert action.choices == (ActionState.DONE, ActionState.DROPPED, ActionState.HANDED_OVER)
    for state in CARRYING:
        with pytest.raises(ActionError, match="twice already"):
            answer(action, Answer(state), today, HOLIDAYS)
    _, handed = answer(action, Answer(ActionState.HANDED_OVER, owner_id=8), today, HOLIDAYS)
    assert handed is not None
    assert (handed.owner_id, handed.carried) == (8, 0)


def test_it_is_handed_over_to_exactly_one_other_person() -> None:
    for owner_id in (None, CALL.owner_id):
        with pytest.raises(ActionError, match="one person, and another one"):
            answer(CALL, Answer(ActionState.HANDED_OVER, owner_id=owner_id), MONDAY, HOLIDAYS)
    _, fresh = answer(replace(CALL, witness_id=8), Answer(ActionState.HANDED_OVER, owner_id=8), MONDAY, HOLIDAYS)
    assert fresh is not None
    assert fresh.witness_id is None


def test_a_moved_date_counts_unless_the_owner_is_away_and_said_so_beforehand() -> None:
    friday = CALL.due
    moved = move(CALL, friday - timedelta(days=1), MONDAY, HOLIDAYS)
    assert moved.moves == 1
    away = move(CALL, friday + 3 * WEEK, MONDAY, HOLIDAYS, is_away=True)
    assert (away.moves, away.due) == (0, friday + 3 * WEEK)
    with pytest.raises(ActionError, match="at the latest"):
        move(CALL, friday + 3 * WEEK, friday, HOLIDAYS, is_away=True)
    with pytest.raises(ActionError, match="already its date"):
        move(CALL, friday, MONDAY, HOLIDAYS)
    with pytest.raises(ActionError, match="nobody works"):
        move(CALL, HOLIDAY, MONDAY, HOLIDAYS, is_away=True)


def ended(state: ActionState, weeks_ago: int, answered: int = 0) -> Action:
    """Return an action due on a Friday, answered so many days after."""
    due = MONDAY + timedelta(days=4) - (weeks_ago + 1) * WEEK
    day = None if state is ActionState.AGREED else due + timedelta(days=answered)
    return replace(CALL, due=due, state=state, answered_on=day)


@pytest.mark.parametrize(
    ("actions", "expected"),
    [
        ([], Kept(0, 0, 0)),
        ([ended(ActionState.DONE, 0)], Kept(1, 1, 0)),
        ([ended(ActionState.PARTLY, 0), ended(ActionState.NOT_DONE, 1), ended(ActionState.DROPPED, 2)], Kept(0, 3, 0)),
        ([ended(ActionState.AGREED, 0), ended(ActionState.AGREED, 1)], Kept(0, 1, 1)),
        ([ended(ActionState.HANDED_OVER, 0, -1), ended(ActionState.HANDED_OVER, 0, 0)], Kept(0, 1, 0)),
        ([ended(ActionState.DONE, 7), ended(ActionState.DONE, 8), ended(ActionState.DONE, -1)], Kept(1, 1, 0)),
    ],
)
def test_what_is_kept_is_what_was_done_of_what_came_due(actions: list[Action], expected: Kept) -> None:
    assert kept(actions, MONDAY - WEEK) == expected
    assert expected.share == (expected.done / expected.due if expected.due else None)


def test_what_is_owed_is_open_and_due_the_oldest_first() -> None:
    late, soon = replace(CALL, action_id=2, due=MONDAY - WEEK), replace(CALL, action_id=3, due=MONDAY + 2 * WEEK)
    assert owed([CALL, late, soon, ended(ActionState.DONE, 0)], MONDAY + WEEK) == (late, CALL)


def test_a_colleague_who_moves_the_same_is_told_of() -> None:
    other = replace(CALL, action_id=2, owner_id=8, text="Otra cosa")
    assert same_in([other], CALL) == other
    assert same_in([replace(other, owner_id=7)], CALL) is None
    assert same_in([replace(other, indicator_id=9)], CALL) is None
    assert same_in([replace(other, indicator_id=9, text="llamar a los 9 DESCONTENTOS ")], CALL) is not None


DAYS = st.dates(MONDAY - 2 * WEEK, MONDAY + 6 * WEEK)
OWNERS = st.one_of(st.none(), st.integers(-1, 4))


class Undertakings(RuleBasedStateMachine):
    """Anybody who tries anything, day after day."""

    def __init__(self) -> None:
        super().__init__()
        self.actions: dict[int, Action] = {}
        self.today = MONDAY

    def keep(self, action: Action) -> None:
        number = action.action_id or len(self.actions) + 1
        self.actions[number] = replace(action, action_id=number)

    @rule(days=st.integers(0, 9))
    def time_passes(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(owner_id=st.integers(-1, 4), due=DAYS, text=st.text(max_size=5), indicator_id=OWNERS, is_weekly=st.booleans())
    def somebody_undertakes(
        self, owner_id: int, due: date, text: str, indicator_id: int | None, is_weekly: bool
    ) -> None:
        try:
            tried = Action(0, "Ventas", text, owner_id, due, self.today, indicator_id, is_weekly=is_weekly)
            self.keep(agree(tried, HOLIDAYS))
        except ActionError:
            return

    @rule(
        number=st.integers(1, 12), state=st.sampled_from(ActionState), owner_id=OWNERS, due=st.one_of(st.none(), DAYS)
    )
    def somebody_answers(self, number: int, state: ActionState, owner_id: int | None, due: date | None) -> None:
        known = self.actions.get(number)
        try:
            pair = answer(known, Answer(state, "", due, owner_id), self.today, HOLIDAYS) if known else ()
        except ActionError:
            return
        for one in pair:
            if one is not None:
                self.keep(one)

    @rule(number=st.integers(1, 12), due=DAYS, is_away=st.booleans())
    def somebody_moves_the_date(self, number: int, due: date, is_away: bool) -> None:
        known = self.actions.get(number)
        try:
            if known is not None:
                self.keep(move(known, due, self.today, HOLIDAYS, is_away=is_away))
        except ActionError:
            return

    @invariant()
    def each_has_one_owner_one_date_and_one_follower_at_most(self) -> None:
        followed = [one.follows for one in self.actions.values() if one.follows is not None]
        assert len(followed) == len(set(followed))
        for one in self.actions.values():
            assert one.owner_id > 0
            assert type(one.due) is date
            assert one.carried <= MOST_CARRIED
            assert one.due >= one.agreed_on
            assert (one.answered_on is None) is one.is_open
            if one.state in (*CARRYING, ActionState.HANDED_OVER):
                assert one.action_id in followed


TestUndertakings = Undertakings.TestCase


@given(st.lists(st.tuples(st.sampled_from(ActionState), st.integers(0, 9), st.integers(-3, 3)), max_size=20))
def test_the_share_kept_is_a_share(rows: list[tuple[ActionState, int, int]]) -> None:
    found = kept([ended(*row) for row in rows], week_of(MONDAY) - WEEK)
    assert 0 <= found.done <= found.due
    assert found.due + found.waiting <= len(rows)
