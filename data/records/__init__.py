"""The tables of the records database. Frames live in the log; here is what people decide and what was done."""

from data.records.answers import imports, publications, shown_weeks
from data.records.base import Instant, UtcInstant, metadata
from data.records.house import audit, forgotten, goals, jobs, members, organisation, revision
from data.records.indicators import indicators, marks, readings, targets, trials
from data.records.meetings import (
    actions,
    attendance,
    meetings,
    obstacles,
    pauses,
    peers,
    plan_readers,
    quotes,
    rhythms,
)
from data.records.people import failures, pairings, passes, people, screens, sessions

__all__ = [
    "Instant",
    "UtcInstant",
    "actions",
    "attendance",
    "audit",
    "failures",
    "forgotten",
    "goals",
    "imports",
    "indicators",
    "jobs",
    "marks",
    "meetings",
    "members",
    "metadata",
    "obstacles",
    "organisation",
    "pairings",
    "passes",
    "pauses",
    "peers",
    "people",
    "plan_readers",
    "publications",
    "quotes",
    "readings",
    "revision",
    "rhythms",
    "screens",
    "sessions",
    "shown_weeks",
    "targets",
    "trials",
]
