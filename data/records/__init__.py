"""The tables of the records database. Frames live in the log; here is what people decide and what was done."""

from data.records.answers import imports, publications, shown_weeks
from data.records.base import Instant, UtcInstant, metadata
from data.records.commitments import commitment_steps, commitments, corrections, opinions, recipients
from data.records.house import audit, forgotten, goals, jobs, members, organisation, revision
from data.records.improvements import activities, improvements, passages
from data.records.indicators import indicators, marks, readings, targets, trials
from data.records.journey import duties, estimates, moments, outcomes
from data.records.meetings import (
    action_answers,
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
from data.records.themes import theme_labels, themes

__all__ = [
    "Instant",
    "UtcInstant",
    "action_answers",
    "actions",
    "activities",
    "attendance",
    "audit",
    "commitment_steps",
    "commitments",
    "corrections",
    "duties",
    "estimates",
    "failures",
    "forgotten",
    "goals",
    "imports",
    "improvements",
    "indicators",
    "jobs",
    "marks",
    "meetings",
    "members",
    "metadata",
    "moments",
    "obstacles",
    "opinions",
    "organisation",
    "outcomes",
    "pairings",
    "passages",
    "passes",
    "pauses",
    "peers",
    "people",
    "plan_readers",
    "publications",
    "quotes",
    "readings",
    "recipients",
    "revision",
    "rhythms",
    "screens",
    "sessions",
    "shown_weeks",
    "targets",
    "theme_labels",
    "themes",
    "trials",
]
