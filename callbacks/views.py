"""Every view of the browser; adding one is its files and its name here."""

from __future__ import annotations

from callbacks import (
    accounts,
    audit,
    commitments,
    hearing,
    improvements,
    journey,
    meeting,
    people,
    plan,
    scoreboard,
    screens,
    settings,
    sources,
    teams,
    voice,
    wall,
)

VIEWS = (
    *(scoreboard, teams, journey, commitments, meeting, improvements, voice, hearing, accounts, plan, wall),
    *(sources, settings, screens, people, audit),
)
