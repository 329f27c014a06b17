"""Actions: what one person undertakes towards the team. One line, exactly one owner, exactly one date.

An action that is not done, or only partly, is carried over: it ends as what it was, and another one follows it, so that
every week keeps what it said. Source: McChesney, Covey & Huling 2012 (cadence of accountability).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from dashboard.periods import WEEK, week_of
from dashboard.refusals import Refusal
from dashboard.workdays import is_working_day, next_working_day

LONGEST_TEXT = 200
LONGEST_PREFERENCE = 200
MOST_CARRIED = 2
"""Times that an action may be carried over: the third time it is done, dropped or handed over."""

MOST_AT_ONCE = 3
"""Actions that one person takes on in a week."""

KEPT_WEEKS = 8


class ActionError(Refusal):
    """An action, or a step of one, that cannot be. The message says what to change."""


class ActionState(StrEnum):
    """Where an action stands."""

    AGREED = "agreed"
    DONE = "done"
    PARTLY = "partly"
    NOT_DONE = "not_done"
    DROPPED = "dropped"
    HANDED_OVER = "handed_over"


TRANSITIONS: Mapping[ActionState, tuple[ActionState, ...]] = {
    ActionState.AGREED: (
        ActionState.DONE,
        ActionState.PARTLY,
        ActionState.NOT_DONE,
        ActionState.DROPPED,
        ActionState.HANDED_OVER,
    ),
    ActionState.DONE: (),
    ActionState.PARTLY: (),
    ActionState.NOT_DONE: (),
    ActionState.DROPPED: (),
    ActionState.HANDED_OVER: (),
}
"""What may follow each state."""

UNDOING: Mapping[ActionState, ActionState] = {
    ActionState.DONE: ActionState.AGREED,
    ActionState.PARTLY: ActionState.AGREED,
    ActionState.NOT_DONE: ActionState.AGREED,
    ActionState.DROPPED: ActionState.AGREED,
    ActionState.HANDED_OVER: ActionState.AGREED,
}
"""Where a wrong key is taken back to, while its meeting goes on."""

CARRYING = (ActionState.PARTLY, ActionState.NOT_DONE)
"""States after which the same owner owes the same again."""


@dataclass(frozen=True, slots=True)
class Action:
    """One person's undertaking.

    Attributes
    ----------
    action_id : int
        0 before it is stored.
    team : str
        Empty is the common meeting.
    text : str
    owner_id : int
        Of the one person who answers for it.
    due : date
        The one date.
    agreed_on : date
    indicator_id, moment : int or None, str
        What it should move: at least one of both.
    preference : str
        What the customer values that it serves, in their words; empty says none.
    witness_id : int or None
        A peer who saw it agreed; never the owner.
    is_weekly : bool
        Due within the week; other actions take as long as they need.
    state : ActionState
    told : str
        What its owner tells of it.
    carried, moves : int
        Times carried over, and times its date was moved.
    follows : int or None
        The action that it carries over or takes over.
    answered_on : date or None
    version : int
    """

    action_id: int
    team: str
    text: str
    owner_id: int
    due: date
    agreed_on: date
    indicator_id: int | None = None
    moment: str = ""
    witness_id: int | None = None
    is_weekly: bool = True
    state: ActionState = ActionState.AGREED
    told: str = ""
    carried: int = 0
    moves: int = 0
    follows: int | None = None
    answered_on: date | None = None
    version: int = 1
    preference: str = ""

    def __post_init__(self) -> None:
        if not 1 <= len(self.text.strip()) <= LONGEST_TEXT or "\n" in self.text.strip():
            raise ActionError("an action is one line of at most {} characters", LONGEST_TEXT)
        if len(self.preference) > LONGEST_PREFERENCE or "\n" in self.preference.strip():
            raise ActionError("a preference is one line of at most {} characters", LONGEST_PREFERENCE)
        if self.owner_id <= 0:
            raise ActionError("an action has exactly one owner: name one person")
        if self.witness_id == self.owner_id:
            raise ActionError("the witness is somebody else than the owner")

    @property
    def is_open(self) -> bool:
        """Return whether it is still owed."""
        return self.state is ActionState.AGREED

    @property
    def choices(self) -> tuple[ActionState, ...]:
        """Return what it may become: after two carry-overs only done, dropped or handed over."""
        every = TRANSITIONS[self.state]
        return every if self.carried < MOST_CARRIED else tuple(state for state in every if state not in CARRYING)


def latest_due(today: date, holidays: AbstractSet[date]) -> date:
    """Return the last day for an action of the week: seven days from today, later only where nobody works then."""
    return next_working_day(today + WEEK, holidays)


def check_due(due: date, today: date, holidays: AbstractSet[date], *, is_weekly: bool) -> None:
    """Raise `ActionError` unless an action may be due on a day."""
    if due < today:
        raise ActionError("the date has passed; choose one from today on")
    if not is_working_day(due, holidays):
        raise ActionError("nobody works on {}; choose a working day", due)
    if is_weekly and due > latest_due(today, holidays):
        raise ActionError("an action of the week is due by {} at the latest", latest_due(today, holidays))


def agree(action: Action, holidays: AbstractSet[date]) -> Action:
    """Return a new action as it is agreed on its day.

    Raises
    ------
    ActionError
        When the date cannot be, or it moves neither indicator nor moment.
    """
    check_due(action.due, action.agreed_on, holidays, is_weekly=action.is_weekly)
    if action.indicator_id is None and not action.moment:
        raise ActionError("say which indicator or moment it moves")
    preference = " ".join(action.preference.split())
    return replace(action, state=ActionState.AGREED, text=action.text.strip(), preference=preference)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of an action.

    Attributes
    ----------
    state : ActionState
    told : str
    due : date or None
        When what is left is owed: of a carry-over and of a hand-over. None is as late as the week allows.
    owner_id : int or None
        Who takes it over.
    """

    state: ActionState
    told: str = ""
    due: date | None = None
    owner_id: int | None = None


def answer(action: Action, said: Answer, today: date, holidays: AbstractSet[date]) -> tuple[Action, Action | None]:
    """Return the action as it ends, and the one that follows it: carried over or handed over, else None.

    Raises
    ------
    ActionError
        When the action may not become that, or a hand-over names nobody else.
    """
    if said.state not in action.choices:
        if action.is_open:
            raise ActionError("carried over twice already: now it is done, dropped or handed over")
        raise ActionError("somebody has already answered for this action")
    ended = replace(action, state=said.state, told=said.told.strip(), answered_on=today)
    owner_id, carried = action.owner_id, action.carried + 1
    if said.state is ActionState.HANDED_OVER:
        if said.owner_id is None or said.owner_id == action.owner_id:
            raise ActionError("say who takes it over: one person, and another one")
        owner_id, carried = said.owner_id, 0
    elif said.state not in CARRYING:
        return ended, None
    due = said.due or latest_due(today, holidays)
    check_due(due, today, holidays, is_weekly=action.is_weekly)
    witness_id = None if action.witness_id == owner_id else action.witness_id
    fresh = replace(
        action,
        action_id=0,
        owner_id=owner_id,
        witness_id=witness_id,
        due=due,
        agreed_on=today,
        carried=carried,
        moves=0,
        follows=action.action_id,
        version=1,
    )
    return ended, fresh


def undone(action: Action, following: Action | None, due: date | None = None) -> Action:
    """Return the action as it was before its answer; what follows it is to be removed.

    Parameters
    ----------
    following : Action or None
        What was carried over or handed over by that answer.
    due : date or None
        When it was owed then.

    Raises
    ------
    ActionError
        When nobody has answered, or somebody has changed what follows: that is not taken away from them.
    """
    if action.state not in UNDOING:
        raise ActionError("nobody has answered for this action yet")
    if following is not None and (not following.is_open or following.moves or following.due != due):
        raise ActionError("what is left of it has been changed since; go on with that one")
    return replace(action, state=UNDOING[action.state], told="", answered_on=None)


def move(action: Action, due: date, today: date, holidays: AbstractSet[date], *, is_away: bool = False) -> Action:
    """Return the action with another date. Each move counts, but for an owner who is away and says so beforehand."""
    if not action.is_open:
        raise ActionError("somebody has already answered for this action")
    if due == action.due:
        raise ActionError("this is already its date")
    is_excused = is_away and today < action.due
    if not is_excused:
        check_due(due, today, holidays, is_weekly=action.is_weekly)
    elif due < today or not is_working_day(due, holidays):
        raise ActionError("nobody works on {}; choose a working day", due)
    return replace(action, due=due, moves=action.moves + (not is_excused))


@dataclass(frozen=True, slots=True)
class Kept:
    """How many of the actions that came due were done.

    Attributes
    ----------
    done, due : int
        Handed over before its date, an action is not counted; unanswered for a whole week it was not done.
    waiting : int
        Those of the last closed week that nobody has answered for yet: not counted.
    """

    done: int
    due: int
    waiting: int

    @property
    def share(self) -> float | None:
        """Return the share that was done, None when none was due."""
        return self.done / self.due if self.due else None


def kept(actions: Iterable[Action], last_week: date, weeks: int = KEPT_WEEKS) -> Kept:
    """Return what was kept of the actions due in the `weeks` weeks that end with `last_week`."""
    first = last_week - (weeks - 1) * WEEK
    mine = [one for one in actions if first <= week_of(one.due) <= last_week and not _is_excused(one)]
    waiting = sum(one.is_open and week_of(one.due) == last_week for one in mine)
    done = sum(one.state is ActionState.DONE for one in mine)
    return Kept(done, len(mine) - waiting, waiting)


def _is_excused(action: Action) -> bool:
    is_handed = action.state is ActionState.HANDED_OVER
    return is_handed and action.answered_on is not None and action.answered_on < action.due


def owed(actions: Iterable[Action], until: date) -> tuple[Action, ...]:
    """Return the open actions due by a day, the oldest date first."""
    return tuple(sorted((one for one in actions if one.is_open and one.due <= until), key=lambda one: one.due))


def same_in(actions: Sequence[Action], action: Action) -> Action | None:
    """Return an open action of somebody else that says the same or moves the same indicator, None without any."""
    text = action.text.strip().casefold()
    for one in actions:
        is_same = one.text.strip().casefold() == text
        is_beside = one.indicator_id is not None and one.indicator_id == action.indicator_id
        if one.is_open and one.owner_id != action.owner_id and (is_same or is_beside):
            return one
    return None
