"""Everything that a callback or command may ask of the outside world, in one frozen value."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from dashboard.goal import Goal
from dashboard.members import Members
from dashboard.organisation import Organisation
from dashboard.periods import last_closed_week, local_day
from data import records
from data.cache import Answers
from data.clock import Clock, SystemClock, make_clock
from data.database import make_engine, reading
from data.log import Log
from data.organisation import active_goal, read_members, read_organisation
from data.promises import Promises
from data.publications import Publication, current
from data.scores import Scores
from data.secrets import Secrets
from data.settings import Settings
from data.upgrade import prepare_records


@dataclass(frozen=True, slots=True)
class State:
    """What is true at one revision, read in one transaction.

    Attributes
    ----------
    revision : int
        Grows with every change of anything.
    version : str
        Revision and day: changes whenever a screen should; what was due yesterday is overdue today.
    week : date
        Monday of the last closed week.
    today : date
        The organisation's day.
    """

    revision: int
    version: str
    week: date
    today: date
    organisation: Organisation
    goal: Goal | None
    members: Members
    publication: Publication


@dataclass
class Services:
    """The outside world of one process.

    `clock` may be pinned to a day, for demos and pictures; `watch` never is: sessions and locks end by it.
    """

    settings: Settings
    clock: Clock
    database: sa.Engine
    log: Log
    answers: Answers
    secrets: Secrets
    watch: Clock = field(default_factory=SystemClock)
    _scores: dict[tuple[int, int], Scores] = field(default_factory=dict)
    _promises: dict[tuple[int, int], Promises] = field(default_factory=dict)
    _guard: threading.Lock = field(default_factory=threading.Lock)
    _zone: tuple[int, ZoneInfo] = (-1, ZoneInfo("UTC"))

    @property
    def home(self) -> Path:
        """Return the folder that holds all data."""
        return self.settings.home

    def revision(self) -> int:
        """Return the revision: one indexed row, cheap enough for every pulse."""
        with reading(self.database) as connection:
            return _revision(connection)

    def version(self) -> str:
        """Return what changes whenever a screen should: revision and day, from one indexed row.

        The organisation's zone is read again only when the revision grows.
        """
        revision = self.revision()
        if self._zone[0] != revision:
            self._zone = (revision, self.state().organisation.tz)
        return _version(revision, local_day(self.clock.now(), self._zone[1]))

    def state(self) -> State:
        """Return what is true now."""
        with reading(self.database) as connection:
            revision = _revision(connection)
            organisation = read_organisation(connection)
            now = self.clock.now()
            week = last_closed_week(now, organisation.tz)
            publication = current(connection)
            assert publication is not None, "open_services publishes the empty log"
            return State(
                revision,
                _version(revision, local_day(now, organisation.tz)),
                week,
                local_day(now, organisation.tz),
                organisation,
                active_goal(connection),
                read_members(connection),
                publication,
            )

    def scores(self, state: State) -> Scores:
        """Return the questions about the published answers; the cubes of the last few versions stay in memory."""
        key = (state.publication.publication_id, hash(state.members))
        with self._guard:
            if key not in self._scores:
                while len(self._scores) >= 2:
                    self._scores.pop(next(iter(self._scores)))
                self._scores[key] = Scores(self.log, state.publication.versions, state.members)
            return self._scores[key]

    def promises(self, state: State) -> Promises:
        """Return the questions about the published promises, kept as `scores` are."""
        key = (state.publication.publication_id, hash(state.members))
        with self._guard:
            if key not in self._promises:
                while len(self._promises) >= 2:
                    self._promises.pop(next(iter(self._promises)))
                self._promises[key] = Promises(self.log, state.publication.versions, state.members)
            return self._promises[key]


def _version(revision: int, today: date) -> str:
    return f"{revision}.{today:%Y%m%d}"


def _revision(connection: sa.Connection) -> int:
    return int(connection.execute(sa.select(records.revision.c.number)).scalar() or 0)


def open_services(settings: Settings, clock: Clock | None = None, answers: Answers | None = None) -> Services:
    """Open the home folder, creating what is missing, and return the services."""
    from data.writes.publications import ensure_published

    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    prepare_records(settings)
    services = Services(
        settings,
        clock or make_clock(settings.today),
        make_engine(settings.records_url),
        Log(settings.home / "log"),
        answers or Answers(None, ""),
        Secrets(settings.home),
    )
    ensure_published(services)
    return services
