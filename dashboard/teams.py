"""What each team watches, how this week went, and what may be said of it: the page and the wall of the teams."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.evidence import Evidence, Pooled, Proof
from dashboard.indicators import Course, Indicator, Kind, Posture, Week, posture


@dataclass(frozen=True, slots=True)
class Watched:
    """One indicator as it stands.

    Attributes
    ----------
    course : Course
        Its weeks, the last closed one at the end.
    evidence : Evidence or None
        None of a lag indicator: it tells, it does not foretell.
    result : str or None
        Name of the lag indicator that it is tested against; None is the NPS.
    amended : frozenset of date
        Weeks whose value was corrected.
    running : float or None
        What was already reported of the week that has not ended.
    """

    course: Course
    evidence: Evidence | None
    result: str | None
    amended: frozenset[date] = frozenset()
    running: float | None = None

    @property
    def indicator(self) -> Indicator:
        """Return the indicator."""
        return self.course.indicator

    @property
    def is_proven(self) -> bool:
        """Return whether it may be said to foretell, surely or seemingly."""
        return self.evidence is not None and self.evidence.proof in (Proof.STRONG, Proof.MODERATE)


@dataclass(frozen=True, slots=True)
class Team:
    """A team, its name on screen and what it watches."""

    key: str
    name: str
    watched: tuple[Watched, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A dated change of policy or process; an empty team is the whole company."""

    mark_id: int
    day: date
    name: str
    team: str


@dataclass(frozen=True, slots=True)
class Teams:
    """The teams in their order.

    Attributes
    ----------
    week : date
        Monday of the last closed week.
    teams : tuple of Team
        Those that watch something.
    marks : tuple of Mark
    pooled : tuple of Pooled
        What several teams show together.
    """

    week: date
    teams: tuple[Team, ...]
    marks: tuple[Mark, ...] = ()
    pooled: tuple[Pooled, ...] = ()

    @property
    def leads(self) -> tuple[Watched, ...]:
        """Return the lead indicators of all teams that owe a value of the last closed week."""
        every = (one for team in self.teams for one in team.watched if one.indicator.kind is Kind.LEAD)
        return tuple(one for one in every if self.week in one.course.weeks)

    @property
    def states(self) -> tuple[Week, ...]:
        """Return what the last closed week says of each lead indicator that has a target."""
        return tuple(one.course.last for one in self.leads if one.course.last is not Week.AIMLESS)

    @property
    def posture(self) -> Posture | None:
        """Return the second word."""
        return posture(self.states)

    @property
    def met(self) -> int:
        """Return how many lead indicators were met in the last closed week."""
        return sum(state is Week.MET for state in self.states)

    @property
    def silent(self) -> tuple[Watched, ...]:
        """Return the indicators whose value of the last closed week nobody has reported."""
        every = (one for team in self.teams for one in team.watched)
        return tuple(one for one in every if self.week in one.course.weeks and one.course.last is Week.MISSING)

    def only(self, keys: Sequence[str]) -> Teams:
        """Return the teams of these keys alone; none is all."""
        kept = tuple(team for team in self.teams if not keys or team.key in keys)
        return Teams(self.week, kept, self.marks, self.pooled)

    def by_id(self, indicator_id: int | None) -> Watched | None:
        """Return one indicator, None when no team watches it."""
        every = (one for team in self.teams for one in team.watched)
        return next((one for one in every if one.indicator.indicator_id == indicator_id), None)

    @property
    def telling(self) -> Watched | None:
        """Return the indicator whose evidence is worth opening first: proven before tried before waiting."""
        order = [Proof.STRONG, Proof.MODERATE, Proof.NONE, Proof.INSUFFICIENT]
        leads = [one for team in self.teams for one in team.watched if one.evidence is not None]
        return min(leads, key=lambda one: order.index(one.evidence.proof), default=None)  # type: ignore[union-attr]  # leads have evidence


def teams(
    week: date,
    watched: Sequence[Watched],
    names: Mapping[str, str],
    order: Mapping[str, int],
    marks: Sequence[Mark] = (),
    pooled: Sequence[Pooled] = (),
) -> Teams:
    """Return the teams in the company's order, each with its indicators: leads first, then by age."""
    keys = sorted({one.indicator.team for one in watched}, key=lambda key: (order.get(key, len(order)), key))
    found = []
    for key in keys:
        own = [one for one in watched if one.indicator.team == key]
        own.sort(key=lambda one: (one.indicator.kind is not Kind.LEAD, one.indicator.indicator_id))
        found.append(Team(key, names.get(key, key), tuple(own)))
    return Teams(week, tuple(found), tuple(marks), tuple(pooled))
