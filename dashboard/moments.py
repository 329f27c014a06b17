"""Who holds each moment: its owner, the teams behind it, when it was last walked, and what teams believed of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from dashboard.refusals import Refusal

BLIND_BY = 1.5
"""How far a team's own estimate must lie above what customers live to be called a blind spot, on 0–10."""


class MomentError(Refusal):
    """What is said of a moment cannot be. The message says why."""


class Duty(StrEnum):
    """How a team bears on a moment."""

    DIRECT = "direct"
    INDIRECT = "indirect"


@dataclass(frozen=True, slots=True)
class Kept:
    """How a moment is looked after.

    Attributes
    ----------
    owner : str
        A person; empty is nobody.
    walked_on : date or None
        When somebody last lived it in a customer's shoes.
    walked_by : str
    review_on : date or None
        When it is looked at again.
    """

    moment: str
    owner: str = ""
    walked_on: date | None = None
    walked_by: str = ""
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class Care:
    """How all moments are looked after.

    Attributes
    ----------
    kept : mapping
        Moment to `Kept`.
    duties : mapping
        Moment to team to `Duty`.
    estimates : mapping
        (team, moment) to what the team said before it saw the data, 0..10.
    """

    kept: Mapping[str, Kept] = field(default_factory=dict)
    duties: Mapping[str, Mapping[str, Duty]] = field(default_factory=dict)
    estimates: Mapping[tuple[str, str], float] = field(default_factory=dict)

    def of(self, moment: str) -> Kept:
        """Return how one moment is looked after."""
        return self.kept.get(moment, Kept(moment))

    @property
    def owners(self) -> dict[str, str]:
        """Return moment to owner, of those that have one."""
        return {moment: one.owner for moment, one in self.kept.items() if one.owner}

    def direct_team(self, moment: str | None) -> str | None:
        """Return the team that answers for a moment: the first by name of those that do."""
        teams = self.duties.get(moment or "", {})
        return min((team for team, duty in teams.items() if duty is Duty.DIRECT), default=None)


@dataclass(frozen=True, slots=True)
class BlindSpot:
    """A moment that a team believes it does better than customers live it: both on 0–10."""

    team: str
    moment: str
    believed: float
    lived: float


def blind_spots(care: Care, lived: Mapping[str, float]) -> list[BlindSpot]:
    """Return what teams overestimate, the widest first.

    Parameters
    ----------
    care : Care
    lived : mapping
        Moment to what customers live, 0..10; a moment without data is no blind spot.
    """
    found = [
        BlindSpot(team, moment, believed, lived[moment])
        for (team, moment), believed in care.estimates.items()
        if moment in lived and believed - lived[moment] >= BLIND_BY
    ]
    return sorted(found, key=lambda one: (one.lived - one.believed, one.team, one.moment))


def checked_estimate(value: float | None) -> float:
    """Return a team's estimate.

    Raises
    ------
    MomentError
        When it is not on 0–10.
    """
    if value is None or not 0 <= value <= 10:
        raise MomentError("an estimate goes from 0 to 10")
    return float(value)
