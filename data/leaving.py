"""The question of what could be left: what the house does, what its moment weighs, what is promised on it."""

from __future__ import annotations

from dashboard.leaving import Candidate, candidates
from dashboard.permissions import Capability, Scope, check
from data.database import reading
from data.improvements import read_activities
from data.services import Services, State


def read_candidates(services: Services, state: State, scope: Scope) -> list[Candidate]:
    """Return activities, those that customers value little first."""
    check(scope, Capability.SEE_SCORE)
    del state
    with reading(services.database) as connection:
        activities = read_activities(connection)
    return candidates(activities, {}, {})
