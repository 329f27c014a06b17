"""What to stop doing: work that costs much and that customers value little."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.refusals import Refusal

HEAVIEST = 0.5
"""A moment counts as valued little when it weighs less than this part of an even share."""


class ActivityError(Refusal):
    """An activity cannot be stored. The message says why."""


@dataclass(frozen=True, slots=True)
class Activity:
    """Something the house does, again and again.

    Attributes
    ----------
    activity_id : int
    team, name : str
    moment : str
        The moment of the customer's journey that it serves.
    hours : float
        Work a year, > 0.
    """

    activity_id: int
    team: str
    name: str
    moment: str
    hours: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """An activity that could be left.

    Attributes
    ----------
    weight : float or None
        What its moment weighs in the recommendation, 0..1 of all moments; None: not known, no signal either way.
    is_light : bool
        It weighs less than half of an even share.
    promised : int
        Open commitments to customers on its moment: whoever stops doing it breaks them.
    """

    activity: Activity
    weight: float | None
    is_light: bool
    promised: int


def candidates(
    activities: Sequence[Activity], weights: Mapping[str, float], promised: Mapping[str, int]
) -> list[Candidate]:
    """Return activities, those that customers value little first, then the dearest.

    Parameters
    ----------
    activities : sequence
    weights : mapping
        Moment to its share of what weighs, 0..1, summing to 1; moments without enough answers are missing.
    promised : mapping
        Moment to the number of its open commitments.
    """
    even = 1 / len(weights) if weights else 0.0
    found = []
    for activity in activities:
        weight = weights.get(activity.moment)
        is_light = weight is not None and weight < HEAVIEST * even
        found.append(Candidate(activity, weight, is_light, promised.get(activity.moment, 0)))
    return sorted(found, key=lambda one: (not one.is_light, one.weight is not None, -one.activity.hours))
