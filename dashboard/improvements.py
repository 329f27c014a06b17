"""Improvements: what is changed for customers, on its way through steps that each ask for evidence.

What is planned for the medium term passes eight steps, a quick win three. A card stands where its passages have brought
it: forward with that step's evidence, back with a reason. Nothing that was written on the way is lost.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from dashboard.refusals import Refusal
from dashboard.steps import DECIDING, LAUNCHING, STEPS, Change, Depth, Horizon, Route, Step, Verb

SHORTEST_EVIDENCE = 12
"""Characters under which a sentence proves nothing."""

QUICK = timedelta(days=30)
"""From here a quick win that is not launched was not quick, and a launched one that nobody looked at is forgotten."""

TOO_MANY_PATCHES = 3
"""The third patch on one cause: the cause wants a redesign."""


class ImprovementError(Refusal):
    """An improvement cannot be stored or moved. The message says what is missing."""


class Move(StrEnum):
    """What was done to a card."""

    FORWARD = "forward"
    BACK = "back"
    DROPPED = "dropped"
    LOOKED = "looked"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class Passage:
    """One move of a card: from which step, with what evidence or reason, when and by whom."""

    move: Move
    step: Step | None
    words: str
    day: date
    who: str


@dataclass(frozen=True, slots=True)
class Measure:
    """How its effect will be seen, written before the launch.

    Attributes
    ----------
    dimension, value : str
        The group that lives it, such as site Getafe; empty: everybody.
    has_control : bool
        Whether the other values of the dimension are compared with it.
    indicator_id : int or None
        An indicator instead of the NPS of that group.
    since : date or None
        When this was written down.
    """

    dimension: str = ""
    value: str = ""
    has_control: bool = False
    indicator_id: int | None = None
    since: date | None = None


def same_measure(one: Measure, other: Measure | None) -> bool:
    """Return whether two measures are the same, whenever they were written down."""
    return other is not None and replace(one, since=other.since) == other


@dataclass(frozen=True, slots=True)
class Worth:
    """What it takes and what a point is worth; None is not known, and then no money is shown.

    Attributes
    ----------
    hours, cost : float or None
        Work and money to do it, ≥ 0.
    clients : float or None
        How many it reaches.
    point, point_error : float or None
        Money that one point is worth per client, and its standard error.
    source : str
        Where the worth of a point comes from.
    """

    hours: float | None = None
    cost: float | None = None
    clients: float | None = None
    point: float | None = None
    point_error: float | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Improvement:
    """An idea and how far it came.

    Attributes
    ----------
    improvement_id : int
        0 before it is stored.
    team : str
        Who carries it.
    name, cause, preference, pillar : str
        `cause` is what goes wrong, `preference` what the customer values, `pillar` of the organisation.
    owner : str
        Exactly one name from the decision on, empty before.
    due : date or None
        Exactly one day from the decision on.
    origins : tuple of str
        Answers whose words led to it.
    born : date
        When it was proposed.
    passages : tuple of Passage
        Oldest first.
    measure : Measure or None
        Without one nothing is said of its effect: what is looked for afterwards is always found.
    version : int
        Grows with every change: two who edit at once notice.
    """

    improvement_id: int
    team: str
    name: str
    route: Route
    verb: Verb
    depth: Depth
    horizon: Horizon
    born: date
    change: Change = Change.PROCESS
    cause: str = ""
    preference: str = ""
    pillar: str = ""
    is_internal: bool = False
    with_customers: bool = False
    moments: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    owner: str = ""
    due: date | None = None
    measure: Measure | None = None
    worth: Worth = Worth()
    passages: tuple[Passage, ...] = ()
    version: int = 1

    @property
    def way(self) -> tuple[Step, ...]:
        """Return its steps, in order."""
        return STEPS[self.horizon]

    @property
    def evidence(self) -> dict[Step, Passage]:
        """Return the evidence in force of each step that was passed; going back takes it out of force."""
        found: dict[Step, Passage] = {}
        for passage in self.passages:
            if passage.step is None:
                continue
            if passage.move is Move.FORWARD:
                found[passage.step] = passage
            elif passage.move is Move.BACK:
                place = self.way.index(passage.step)
                found = {step: known for step, known in found.items() if self.way.index(step) < place}
        return found

    @property
    def step(self) -> Step | None:
        """Return the step it stands in: the first without evidence; None when all are passed."""
        passed = self.evidence
        return next((step for step in self.way if step not in passed), None)

    @property
    def is_dropped(self) -> bool:
        """Return whether it was given up."""
        return any(passage.move is Move.DROPPED for passage in self.passages)

    @property
    def is_open(self) -> bool:
        """Return whether it is still on its way."""
        return not self.is_dropped and self.step is not None

    @property
    def launched(self) -> date | None:
        """Return the day since which all customers live it."""
        return next((passage.day for step, passage in self.evidence.items() if step in LAUNCHING), None)

    @property
    def piloted(self) -> date | None:
        """Return the first day on which somebody lived it: the pilot's, or the launch's."""
        pilot = self.evidence.get(Step.PILOT)
        return pilot.day if pilot else self.launched

    @property
    def decided(self) -> date | None:
        """Return the day of the decision."""
        return next((passage.day for step, passage in self.evidence.items() if step in DECIDING), None)

    def is_late(self, today: date) -> bool:
        """Return whether its date has passed while it is on its way."""
        return self.is_open and self.due is not None and self.due < today

    def is_slow_win(self, today: date) -> bool:
        """Return whether it is a quick win that was not launched within thirty days."""
        is_waiting = self.horizon is Horizon.QUICK_WIN and self.is_open and self.launched is None
        return is_waiting and today - self.born > QUICK

    def is_forgotten(self, today: date) -> bool:
        """Return whether it was launched thirty days ago and nobody has looked at what it did."""
        if self.launched is None or today - self.launched <= QUICK:
            return False
        looked = (passage for passage in self.passages if passage.day > self.launched)
        return not any(passage.move is Move.LOOKED or passage.step is Step.CHECKED for passage in looked)

    @property
    def is_untold(self) -> bool:
        """Return whether it was launched and those whose words led to it were not told."""
        is_told = any(passage.move is Move.TOLD for passage in self.passages)
        return self.launched is not None and bool(self.origins) and not is_told


JOINERS = (",", ";", "/", "&", "+", " y ", " e ", " and ")
"""What stands between names when somebody writes two: one answers for it, or nobody does."""


def one_owner(name: str) -> str:
    """Return a name trimmed.

    Raises
    ------
    ImprovementError
        When it names nobody, or more than one.
    """
    trimmed = " ".join(name.split())
    if not trimmed:
        raise ImprovementError("name the one who answers for it")
    if any(joiner in f" {trimmed} ".casefold() for joiner in JOINERS):
        raise ImprovementError("'{}' are several; name the one who answers for it", trimmed)
    return trimmed


ASKED: Mapping[Step, tuple[tuple[str, ImprovementError], ...]] = {
    Step.ANALYSIS: (("cause", ImprovementError("write the cause first: what goes wrong, not what to do")),),
    Step.ALIGNMENT: (("pillar", ImprovementError("say which pillar it serves")),),
    Step.JOURNEY: (("moments", ImprovementError("choose the moments that it changes")),),
    Step.CUSTOMERS: (("preference", ImprovementError("say which preference of the customer it serves")),),
    **dict.fromkeys(
        DECIDING,
        (
            ("owner", ImprovementError("name the one who answers for it")),
            ("due", ImprovementError("say until when")),
        ),
    ),
}
"""What a card must say to pass a step, besides its sentence of evidence; and what to tell who has not said it."""


def asked_of(improvement: Improvement, step: Step) -> ImprovementError | None:
    """Return what a card lacks to pass a step; None when nothing is missing."""
    for field, told in ASKED.get(step, ()):
        value = getattr(improvement, field)
        if not (value.strip() if isinstance(value, str) else value):
            return ImprovementError(told.template)
    return None


def proved(words: str) -> str:
    """Return evidence or a reason trimmed.

    Raises
    ------
    ImprovementError
        When it says too little to be read later.
    """
    trimmed = words.strip()
    if len(trimmed) < SHORTEST_EVIDENCE:
        raise ImprovementError(
            "write it so that it can be understood in a year: {} letters at least", SHORTEST_EVIDENCE
        )
    return trimmed


def advanced(improvement: Improvement, step: Step, words: str, day: date, who: str) -> Improvement:
    """Return the card one step further.

    Raises
    ------
    ImprovementError
        When it does not stand in that step, or the step's evidence is missing.
    """
    _check_open(improvement)
    if step is not improvement.step:
        raise ImprovementError("the card does not stand in that step any more; look again")
    missing = asked_of(improvement, step)
    if missing is not None:
        raise missing
    return _with(improvement, Passage(Move.FORWARD, step, proved(words), day, who))


def returned(improvement: Improvement, step: Step, reason: str, day: date, who: str) -> Improvement:
    """Return the card back in a step that it had passed.

    Raises
    ------
    ImprovementError
        When it had not passed that step, or no reason is given.
    """
    if improvement.is_dropped:
        raise ImprovementError("it was given up; propose it again")
    if step not in improvement.evidence:
        raise ImprovementError("it can only go back to a step that it has passed")
    return _with(improvement, Passage(Move.BACK, step, proved(reason), day, who))


def dropped(improvement: Improvement, reason: str, day: date, who: str) -> Improvement:
    """Return the card given up, with the reason."""
    _check_open(improvement)
    return _with(improvement, Passage(Move.DROPPED, improvement.step, proved(reason), day, who))


def looked_at(improvement: Improvement, words: str, day: date, who: str) -> Improvement:
    """Return the card with what somebody saw after the launch."""
    if improvement.launched is None:
        raise ImprovementError("there is nothing to look at before it is launched")
    return _with(improvement, Passage(Move.LOOKED, None, proved(words), day, who))


def told(improvement: Improvement, day: date, who: str) -> Improvement:
    """Return the card whose customers were told that their words led to it."""
    if improvement.launched is None:
        raise ImprovementError("tell customers once it is launched")
    return _with(improvement, Passage(Move.TOLD, None, "", day, who))


def _check_open(improvement: Improvement) -> None:
    if not improvement.is_open:
        raise ImprovementError("it is not on its way any more")


def _with(improvement: Improvement, passage: Passage) -> Improvement:
    return replace(improvement, passages=(*improvement.passages, passage))


def same_cause(one: str, other: str) -> bool:
    """Return whether two causes are the same but for accents, case and blanks; nothing is the same as nothing."""
    return bool(_plain(one)) and _plain(one) == _plain(other)


def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(letter for letter in parts if not unicodedata.combining(letter)).split())


def patches_on(cause: str, every: Sequence[Improvement]) -> int:
    """Return how many patches were put on one cause, those that were given up left out."""
    return sum(one.depth is Depth.PATCH and not one.is_dropped and same_cause(cause, one.cause) for one in every)


def consistent(improvement: Improvement) -> Improvement:
    """Return the card if what it says still bears the steps it has passed.

    Raises
    ------
    ImprovementError
        When something is gone that one of them asked for.
    """
    for step in improvement.evidence:
        missing = asked_of(improvement, step)
        if missing is not None:
            raise missing
    return improvement
