"""The question of what could be left: what the house does, what its moment weighs, what is promised on it."""

from __future__ import annotations

from collections import Counter

from dashboard.leaving import Candidate, candidates
from dashboard.permissions import Capability, NotAllowedError, Scope, check
from data.commitments import read_entries
from data.database import reading
from data.improvements import read_activities
from data.journey import Asked, read_journey
from data.services import Services, State


def read_candidates(services: Services, state: State, scope: Scope) -> list[Candidate]:
    """Return activities, those that customers value little first; promises are those that are still open."""
    check(scope, Capability.SEE_SCORE)
    with reading(services.database) as connection:
        activities, entries = read_activities(connection), read_entries(connection)
    if not activities:
        return []
    promised = Counter(entry.commitment.moment for entry in entries if entry.commitment.is_open)
    return candidates(activities, _weights(services, state, scope), promised)


def _weights(services: Services, state: State, scope: Scope) -> dict[str, float]:
    """Return what each moment weighs in the recommendation; nothing while that is not known, or not for the role."""
    try:
        moments = read_journey(services, state, scope, Asked()).moments
    except NotAllowedError:
        return {}
    return {moment.key: moment.share for moment in moments if moment.share is not None}
