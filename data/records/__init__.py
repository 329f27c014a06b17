"""The tables of the records database. Frames live in the log; here is what people decide and what was done."""

from data.records.answers import imports, publications, shown_weeks
from data.records.base import Instant, UtcInstant, metadata
from data.records.commitments import commitment_steps, commitments, opinions, recipients
from data.records.house import audit, forgotten, goals, jobs, members, organisation, revision
from data.records.indicators import indicators, marks, readings, targets, trials
from data.records.people import failures, pairings, passes, people, screens, sessions

__all__ = [
    "Instant",
    "UtcInstant",
    "audit",
    "commitment_steps",
    "commitments",
    "failures",
    "forgotten",
    "goals",
    "imports",
    "indicators",
    "jobs",
    "marks",
    "members",
    "metadata",
    "opinions",
    "organisation",
    "pairings",
    "passes",
    "people",
    "publications",
    "readings",
    "recipients",
    "revision",
    "screens",
    "sessions",
    "shown_weeks",
    "targets",
    "trials",
]
