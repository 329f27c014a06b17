"""What each team can move this week: indicators, their targets with history, and whether the weeks were met.

Source: McChesney, Covey & Huling 2012 (lead measures are predictive and influenceable).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum

from dashboard.periods import WEEK
from dashboard.refusals import Refusal

SHARE = "%"
"""The unit of indicators that are a share: their values are 0 … 100."""

NEARLY = 0.95
"""Share of the target from which a missed week was missed by little."""

RECENT, SEASON = 6, 13
"""Weeks of the two looks back."""


class IndicatorError(Refusal):
    """An indicator, target or reading that cannot be. The message says what to change."""


class Kind(StrEnum):
    """Whether an indicator foretells or tells."""

    LEAD = "lead"
    LAG = "lag"


class Direction(IntEnum):
    """What is better."""

    MORE = 1
    LESS = -1


class Cadence(StrEnum):
    """How often a value is due."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"

    def is_due(self, week: date) -> bool:
        """Return whether the week of this Monday owes a value; a month's belongs to the week that ends it."""
        if self is Cadence.MONTHLY:
            return week.month != (week + WEEK).month
        return self is Cadence.WEEKLY or week.toordinal() // 7 % 2 == 0


@dataclass(frozen=True, slots=True)
class Target:
    """What is aimed at from the week `since` on, and why it was changed."""

    since: date
    value: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """What one team watches.

    Attributes
    ----------
    indicator_id : int
        0 before it is stored.
    team, name, unit : str
    kind : Kind
    direction : Direction
    cadence : Cadence
    targets : tuple of Target
        Oldest first; the last whose week has come is in force.
    avoids : str
        The situation that it lets us avoid.
    belief : str
        Why the team believes that it foretells the result.
    moments : tuple of str
        Moments of the customer's journey that it serves.
    reporter : str
        Who must report, and by which day of the week (`due_day`, 0 is Monday).
    result_id : int or None
        The lag indicator that it is tested against; None is the NPS.
    is_retired : bool
    """

    indicator_id: int
    team: str
    name: str
    unit: str
    kind: Kind = Kind.LEAD
    direction: Direction = Direction.MORE
    cadence: Cadence = Cadence.WEEKLY
    targets: tuple[Target, ...] = ()
    avoids: str = ""
    belief: str = ""
    moments: tuple[str, ...] = ()
    reporter: str = ""
    due_day: int = 0
    result_id: int | None = None
    is_retired: bool = False

    def __post_init__(self) -> None:
        if not self.team.strip() or not self.name.strip():
            raise IndicatorError("an indicator needs a team and a name")
        if self.kind is Kind.LEAD and not self.belief.strip():
            raise IndicatorError("say why the team believes that it foretells the result")
        if not 0 <= self.due_day <= 6:
            raise IndicatorError("the day to report is one of the seven of the week")

    @property
    def is_share(self) -> bool:
        """Return whether values are per cent of something."""
        return self.unit == SHARE

    def target(self, week: date) -> float | None:
        """Return the target in force in a week, None before there was one."""
        past = [target.value for target in self.targets if target.since <= week]
        return past[-1] if past else None

    def due(self, week: date) -> date:
        """Return the day by which the value of a week is due, in the week after it."""
        return week + WEEK + timedelta(days=self.due_day)


def is_met(value: float, target: float, direction: Direction) -> bool:
    """Return whether a value reaches its target."""
    return value >= target if direction is Direction.MORE else value <= target


def attained(value: float, target: float, direction: Direction) -> float:
    """Return the share of the target that was reached, 1 at most; the target is above zero where more is better."""
    if direction is Direction.MORE:
        return min(value / target, 1.0)
    return 1.0 if value <= 0 or value <= target else target / value


def _counts(value: float | None, target: float | None, direction: Direction) -> bool:
    return value is not None and target is not None and (target > 0 or direction is Direction.LESS)


@dataclass(frozen=True, slots=True)
class Attainment:
    """How a stretch of weeks went against the target. A week without value is not reported: never zero, never met.

    Attributes
    ----------
    weeks, reported, met : int
    mean : float or None
        Mean share of the target over reported weeks.
    streak : int
        Weeks met in a row up to the last.
    """

    weeks: int
    reported: int
    met: int
    mean: float | None
    streak: int

    @property
    def rate(self) -> float | None:
        """Return weeks met of all weeks: not reporting is not doing."""
        return self.met / self.weeks if self.weeks else None

    @property
    def rate_of_reported(self) -> float | None:
        """Return weeks met of those reported."""
        return self.met / self.reported if self.reported else None

    @property
    def reporting_rate(self) -> float | None:
        """Return weeks reported of all."""
        return self.reported / self.weeks if self.weeks else None


def attainment(
    values: Sequence[float | None], targets: Sequence[float | None], direction: Direction = Direction.MORE
) -> Attainment:
    """Return how weeks went, oldest first; weeks without a target above zero are as if not reported."""
    marks: list[float | None] = []
    met: list[bool] = []
    for value, target in zip(values, targets, strict=True):
        is_known = _counts(value, target, direction)
        marks.append(attained(value, target, direction) if is_known else None)  # type: ignore[arg-type]  # known
        met.append(is_known and is_met(value, target, direction))  # type: ignore[arg-type]  # known
    known = [mark for mark in marks if mark is not None]
    streak = next((place for place, is_hit in enumerate(reversed(met)) if not is_hit), len(met))
    mean = sum(known) / len(known) if known else None
    return Attainment(len(marks), len(known), sum(met), mean, streak)


class Week(StrEnum):
    """What may be said of one week of one indicator."""

    MET = "met"
    NEARLY = "nearly"
    BELOW = "below"
    MISSING = "missing"
    AIMLESS = "aimless"  # a value, and no target


def week_state(value: float | None, target: float | None, direction: Direction) -> Week:
    """Return what a week says."""
    if value is None:
        return Week.MISSING
    if not _counts(value, target, direction):
        return Week.AIMLESS
    assert target is not None
    if is_met(value, target, direction):
        return Week.MET
    return Week.NEARLY if attained(value, target, direction) >= NEARLY else Week.BELOW


@dataclass(frozen=True, slots=True)
class Course:
    """An indicator and its weeks, oldest first, the last closed week at the end.

    Attributes
    ----------
    indicator : Indicator
    weeks : tuple of date
        Mondays of the weeks that owe a value.
    values : tuple of float or None
        None where nothing was reported.
    """

    indicator: Indicator
    weeks: tuple[date, ...]
    values: tuple[float | None, ...]

    @property
    def targets(self) -> tuple[float | None, ...]:
        """Return the target of each week: old weeks keep theirs."""
        return tuple(self.indicator.target(week) for week in self.weeks)

    @property
    def states(self) -> tuple[Week, ...]:
        """Return what each week says."""
        direction = self.indicator.direction
        return tuple(week_state(*pair, direction) for pair in zip(self.values, self.targets, strict=True))

    @property
    def last(self) -> Week:
        """Return what the last week says."""
        return self.states[-1] if self.weeks else Week.MISSING

    def recent(self, weeks: int) -> Attainment:
        """Return how the last `weeks` went."""
        return attainment(self.values[-weeks:], self.targets[-weeks:], self.indicator.direction)

    @property
    def is_warning(self) -> bool:
        """Return whether the last two weeks were missed: what the indicator should avoid may be coming."""
        return len(self.weeks) >= 2 and all(state in (Week.NEARLY, Week.BELOW) for state in self.states[-2:])


def course(indicator: Indicator, readings: Mapping[date, float], last_week: date, weeks: int) -> Course:
    """Return the weeks that owe a value among the last `weeks` up to `last_week`, from the first reading or target."""
    known = [*readings, *(target.since for target in indicator.targets)]
    first = min(known, default=last_week)
    every = [last_week - place * WEEK for place in range(weeks - 1, -1, -1)]
    owed = tuple(week for week in every if week >= first and indicator.cadence.is_due(week))
    return Course(indicator, owed, tuple(readings.get(week) for week in owed))


class Posture(StrEnum):
    """The second word."""

    ATTACK = "attack"
    DEFENCE = "defence"


def posture(states: Sequence[Week]) -> Posture | None:
    """Return the second word of a closed week: at least half of the reported lead indicators met is attack.

    None when fewer than half reported: silence is not a result.
    """
    reported = [state for state in states if state is not Week.MISSING]
    if not states or 2 * len(reported) < len(states):
        return None
    met = sum(state is Week.MET for state in reported)
    return Posture.ATTACK if 2 * met >= len(reported) else Posture.DEFENCE


def nature(can_move: bool, comes_before: bool) -> Kind | None:
    """Return what an indicator is by the two questions; None when it is neither lead nor lag.

    A lead can be moved by the team this week and comes before the result. What cannot be moved is history.
    """
    if not can_move:
        return Kind.LAG
    return Kind.LEAD if comes_before else None


def reading_value(unit: str, value: float | None, numerator: float | None, denominator: float | None) -> float:
    """Return the value of a reading, given itself or as a numerator and a denominator.

    Raises
    ------
    IndicatorError
        When neither is whole, the denominator is not above zero, or a share lies outside 0 … 100.
    """
    if numerator is not None and denominator is not None:
        if denominator <= 0:
            raise IndicatorError("the total must be above zero; leave a week without cases unreported")
        value = numerator / denominator * (100 if unit == SHARE else 1)
    if value is None:
        raise IndicatorError("give a value, or a part and its total")
    if unit == SHARE and not 0 <= value <= 100:
        raise IndicatorError("a share lies between 0 and 100")
    return value
