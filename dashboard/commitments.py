"""What was promised to customers, what may happen to it, and what is missing to have it under control.

A commitment creates an expectation; control is knowing which, its scope and its recipients. Which step may follow which
is one table; the day decides between its two ends.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dashboard.refusals import Refusal

LONGEST_WHAT, LONGEST_WORDS = 200, 1000
MOST_PEOPLE = 10_000_000
WEIGHTS = (1, 2, 3)
"""How much a commitment matters to whom it was made: little, normally, very much."""


class CommitmentError(Refusal):
    """A commitment or a step that cannot be. The message says what to change."""


class Origin(StrEnum):
    """How it was promised."""

    WRITTEN = "written"
    SPOKEN = "spoken"
    ADVERTISED = "advertised"
    IMPLIED = "implied"


class Reach(StrEnum):
    """To whom it was promised."""

    ACCOUNT = "account"
    INTERLOCUTORS = "interlocutors"
    SEGMENT = "segment"
    EVERYONE = "everyone"


class Stage(StrEnum):
    """Where a commitment stands."""

    CONDITIONAL = "conditional"
    OWED = "owed"
    PROMISED = "promised"
    MOVED = "moved"
    UNDER_WAY = "under_way"
    WAITING = "waiting"
    ON_TIME = "on_time"
    LATE = "late"
    PARTLY = "partly"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"
    RELEASED = "released"


class Step(StrEnum):
    """What can happen to a commitment; the first is how it begins."""

    PROMISE = "promise"
    TRIGGER = "trigger"
    START = "start"
    WAIT = "wait"
    RESUME = "resume"
    MOVE = "move"
    DELIVER = "deliver"
    DELIVER_PARTLY = "deliver_partly"
    BREAK = "break"
    WITHDRAW = "withdraw"
    RELEASE = "release"
    RECOVER = "recover"
    TELL = "tell"


Ends = tuple[Stage, Stage | None]
"""Where a step leads until the day it is due, and after it; None where it is then too late for the step."""


def _always(stage: Stage) -> Ends:
    return stage, stage


_DELIVERED: dict[Step, Ends] = {Step.DELIVER: (Stage.ON_TIME, Stage.LATE)}
_OPEN: dict[Step, Ends] = {
    **_DELIVERED,
    Step.DELIVER_PARTLY: _always(Stage.PARTLY),
    Step.MOVE: (Stage.MOVED, None),
    Step.BREAK: _always(Stage.BROKEN),
    Step.WITHDRAW: (Stage.WITHDRAWN, Stage.BROKEN),
    Step.RELEASE: (Stage.RELEASED, Stage.BROKEN),
}
_WAITS, _STARTS = {Step.WAIT: _always(Stage.WAITING)}, {Step.START: _always(Stage.UNDER_WAY)}

_STEPS: dict[Stage, dict[Step, Ends]] = {
    Stage.CONDITIONAL: {
        Step.TRIGGER: _always(Stage.OWED),
        Step.WITHDRAW: _always(Stage.WITHDRAWN),
        Step.RELEASE: _always(Stage.RELEASED),
    },
    Stage.OWED: {**_OPEN, **_STARTS, **_WAITS},
    Stage.PROMISED: {**_OPEN, **_STARTS, **_WAITS},
    Stage.MOVED: {**_OPEN, **_STARTS, **_WAITS},
    Stage.UNDER_WAY: {**_OPEN, **_WAITS},
    Stage.WAITING: {**_OPEN, Step.RESUME: _always(Stage.UNDER_WAY)},
    Stage.PARTLY: {**_DELIVERED, Step.BREAK: _always(Stage.BROKEN), Step.RECOVER: _always(Stage.PARTLY)},
    Stage.LATE: {Step.RECOVER: _always(Stage.LATE)},
    Stage.BROKEN: {**_DELIVERED, Step.RECOVER: _always(Stage.BROKEN)},
    Stage.ON_TIME: {},
    Stage.WITHDRAWN: {},
    Stage.RELEASED: {},
}

TRANSITIONS = {stage: {**steps, Step.TELL: _always(stage)} for stage, steps in _STEPS.items()}
"""Which step may follow, and where it leads. Nothing else may happen to a commitment, whichever the door."""

OPEN = frozenset({Stage.OWED, Stage.PROMISED, Stage.MOVED, Stage.UNDER_WAY, Stage.WAITING})
"""Stages in which somebody still waits for what was promised."""


def steps_from(stage: Stage, *, is_overdue: bool) -> tuple[Step, ...]:
    """Return what may happen next."""
    return tuple(step for step, ends in TRANSITIONS[stage].items() if ends[is_overdue] is not None)


def stage_after(stage: Stage, step: Step, *, is_overdue: bool) -> Stage:
    """Return where a step leads.

    Raises
    ------
    CommitmentError
        When the table has no such step from there.
    """
    ends = TRANSITIONS[stage].get(step)
    if ends is None:
        raise CommitmentError("this cannot happen to a commitment that stands like this one; look at its story again")
    end = ends[is_overdue]
    if end is None:
        raise CommitmentError(
            "it was already due: another date would only hide it; deliver it, or say that it is broken"
        )
    return end


VAGUE = re.compile(
    r"\b(pronto|cuanto antes|lo antes posible|en breve|enseguida|en cuanto (?:pueda|podamos|sea posible)|ya mismo|"
    r"uno de estos d[ií]as|m[aá]s adelante|a la mayor brevedad|soon|shortly|asap|as soon as (?:possible|we can)|"
    r"in a while|one of these days|at some point|right away)\b",
    re.IGNORECASE,
)
"""Words that promise without saying when, as people say them."""


def vague_words(*texts: str) -> str:
    """Return the first words that say no date; empty when all is plain."""
    found = (VAGUE.search(text) for text in texts)
    return next((match.group(0) for match in found if match), "")


class Missing(StrEnum):
    """What a commitment lacks to be under control."""

    SCOPE = "scope"
    RECIPIENTS = "recipients"
    DATE = "date"
    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Commitment:
    """What one team promised to customers.

    Attributes
    ----------
    commitment_id : int
        0 before it is stored.
    team, what, owner : str
        Whose it is, what was promised, and who answers for it by name.
    made : date
    due : date or None
        None of a continuous standard, of a condition that has not come, and where nobody said when.
    standard : str
        A continuous standard in words, such as «respuesta en 4 h».
    origin : Origin
    reach : Reach
    account, segment, site, moment : str
        Empty where it is not about one.
    recipients : tuple of str
        Interlocutors by name.
    people : int
        How many customers wait for it; 0 = nobody counted them.
    words, conditions, announced : str
        What was said literally, the small print, and the terms as they were announced.
    trigger, owed, exposure : str
        Of a conditional one: when it applies, what is then owed, and what it could cost.
    weight : int
        One of `WEIGHTS`.
    is_public : bool
        Whether customers may read it on the public page.
    stage : Stage
    version : int
        Grows with every change: who changes an old version is told.
    """

    commitment_id: int
    team: str
    what: str
    made: date
    owner: str = ""
    due: date | None = None
    standard: str = ""
    origin: Origin = Origin.SPOKEN
    reach: Reach = Reach.ACCOUNT
    account: str = ""
    segment: str = ""
    site: str = ""
    moment: str = ""
    recipients: tuple[str, ...] = ()
    people: int = 0
    words: str = ""
    conditions: str = ""
    announced: str = ""
    trigger: str = ""
    owed: str = ""
    exposure: str = ""
    weight: int = 2
    is_public: bool = False
    stage: Stage = Stage.PROMISED
    version: int = 0

    def __post_init__(self) -> None:
        if not self.team.strip() or not 1 <= len(self.what.strip()) <= LONGEST_WHAT:
            raise CommitmentError(
                "say what was promised, in at most {} characters, and which team it is of", LONGEST_WHAT
            )
        if not 0 <= self.people <= MOST_PEOPLE:
            raise CommitmentError("the number of people lies between 0 and {}", MOST_PEOPLE)
        if self.weight not in WEIGHTS:
            raise CommitmentError("a commitment weighs 1, 2 or 3")
        if self.due is not None and self.due < self.made:
            raise CommitmentError("it was due on {}, before it was promised on {}", self.due, self.made)
        if self.due is not None and self.standard.strip():
            raise CommitmentError("give a date or a continuous standard, not both")
        if (self.stage is Stage.CONDITIONAL) and not (self.trigger.strip() and self.owed.strip()):
            raise CommitmentError("a conditional commitment says when it applies and what is then owed")
        longest = max(map(len, (self.words, self.conditions, self.announced, self.trigger, self.owed, self.exposure)))
        if longest > LONGEST_WORDS:
            raise CommitmentError("a text has more than {} characters; shorten it", LONGEST_WORDS)

    @property
    def is_continuous(self) -> bool:
        """Return whether it holds all the time, without a date."""
        return bool(self.standard.strip())

    @property
    def is_open(self) -> bool:
        """Return whether somebody still waits for it."""
        return self.stage in OPEN

    def is_overdue(self, day: date) -> bool:
        """Return whether its day is past."""
        return self.due is not None and day > self.due

    @property
    def missing(self) -> tuple[Missing, ...]:
        """Return what is missing to have it under control."""
        named = {
            Reach.ACCOUNT: self.account,
            Reach.SEGMENT: self.segment,
            Reach.INTERLOCUTORS: "".join(self.recipients),
        }
        lacks = {
            Missing.SCOPE: self.people == 0,
            Missing.RECIPIENTS: self.reach in named and not named[self.reach],
            Missing.DATE: self.due is None and not self.is_continuous and self.stage is not Stage.CONDITIONAL,
            Missing.OWNER: not self.owner.strip(),
        }
        return tuple(field for field, is_missing in lacks.items() if is_missing)


class Side(StrEnum):
    """The two sides of satisfaction."""

    EXPECTED = "expected"
    LIVED = "lived"


class Teller(StrEnum):
    """Who says what was expected or lived."""

    CUSTOMER = "customer"
    SURVEY = "survey"
    ESTIMATE = "estimate"  # ours: hollow and apart, never in the headline


@dataclass(frozen=True, slots=True)
class Opinion:
    """A value from 0 to 10 of what one recipient (empty: all of them) expected or lived, and who says so."""

    recipient: str
    side: Side
    value: float
    teller: Teller
    day: date

    def __post_init__(self) -> None:
        if not 0 <= self.value <= 10:
            raise CommitmentError("what was expected or lived lies between 0 and 10")


@dataclass(frozen=True, slots=True)
class Event:
    """A step that was taken: on which day, with what words, by whom; `due` is the date that it left."""

    step: Step
    day: date
    stage: Stage
    due: date | None
    words: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Correction:
    """What was said until somebody corrected it, by name of its field."""

    before: Mapping[str, object]
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """A commitment with its story: what happened and was corrected, oldest first, what was expected and lived."""

    commitment: Commitment
    events: tuple[Event, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    corrections: tuple[Correction, ...] = ()

    @property
    def delivered(self) -> date | None:
        """Return the day on which all of it was delivered, None until then."""
        if self.commitment.stage not in (Stage.ON_TIME, Stage.LATE):
            return None
        return next(event.day for event in reversed(self.events) if event.step is Step.DELIVER)

    @property
    def moves(self) -> int:
        """Return how often its date was moved, always before it was due."""
        return sum(event.step is Step.MOVE for event in self.events)

    @property
    def ended(self) -> date | None:
        """Return the day of the last step of a commitment that nobody waits for any more."""
        return self.events[-1].day if self.events and not self.commitment.is_open else None

    def words_of(self, step: Step) -> str:
        """Return what was written at the last step of a kind, empty without any."""
        return next((event.words for event in reversed(self.events) if event.step is step), "")

    def is_hindsight(self, opinion: Opinion) -> bool:
        """Return whether an expectation was written down after the delivery."""
        return opinion.side is Side.EXPECTED and self.delivered is not None and opinion.day > self.delivered

    def said(self, side: Side, *, by_customers: bool = True) -> float | None:
        """Return the mean of what was expected or lived, the newest of each recipient; None when nobody said."""
        values = {
            one.recipient: one.value
            for one in self.opinions
            if one.side is side and (one.teller is not Teller.ESTIMATE) is by_customers
        }
        return sum(values.values()) / len(values) if values else None

    @property
    def satisfaction(self) -> float | None:
        """Return lived − expected as customers say, None where one of the two is not known."""
        lived, expected = self.said(Side.LIVED), self.said(Side.EXPECTED)
        return None if lived is None or expected is None else lived - expected


def under_control(commitments: Sequence[Commitment]) -> int:
    """Return how many commitments lack nothing."""
    return sum(not one.missing for one in commitments)
