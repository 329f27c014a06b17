"""Publishing: log and cubes as they are now become what everybody sees, in one row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from filelock import FileLock

from dashboard.filters import Filters
from dashboard.goal import Goal
from dashboard.members import Members
from dashboard.periods import last_closed_week
from dashboard.scoreboard import Shown, judged_weeks
from data.board import votes_by_account
from data.database import reading
from data.engines import Rows, compute_cubes, compute_promise_cubes, engine_named
from data.log import Versions
from data.organisation import active_goal, keep_shown, read_members, read_organisation
from data.publications import current, publish
from data.scores import Scores
from data.services import Services
from data.writes.decision import Decision, decision


def writer_lock(home: Path) -> FileLock:
    """Return the lock of the one who may write the log."""
    return FileLock(str(home / "log.lock"))


def ensure_published(services: Services) -> None:
    """Create and publish the empty log where there is none yet."""
    with reading(services.database) as connection:
        if current(connection) is not None:
            return
    with writer_lock(services.home):
        with reading(services.database) as connection:
            if current(connection) is not None:
                return
        versions = services.log.create()
        with decision(services, "marcador") as made:
            publication_id = publish(made.connection, versions, made.at, "the empty log")
            made.record("publish", "publication", publication_id)


def published_versions(services: Services) -> Versions:
    """Return the published versions."""
    with reading(services.database) as connection:
        publication = current(connection)
    assert publication is not None
    return publication.versions


def refresh_cubes(
    services: Services, months: Sequence[str] | None, transaction: str, engine: str | None = None
) -> Versions:
    """Recompute the cubes of the touched months (None: all) and return the versions to publish."""
    log = services.log
    versions = log.versions()
    chosen = engine_named(engine or services.settings.engine, services.settings.spark_master)
    cells = compute_cubes(Rows(log, versions, None if months is None else tuple(months)), chosen)
    if months is None:
        months = sorted({*log.months("cubes", versions.cubes), *cells["month"].to_list()})
    log.replace_months("cubes", months, cells, transaction)
    return log.versions()


def refresh_promise_cubes(services: Services, months: Sequence[str] | None, transaction: str) -> Versions:
    """Recompute the cubes of promises that fall due in the touched months (None: all); return what to publish."""
    log = services.log
    versions = log.versions()
    cells = compute_promise_cubes(Rows(log, versions, None if months is None else tuple(months)))
    if months is None:
        months = sorted({*log.months("promise_cubes", versions.promise_cubes), *cells["month"].to_list()})
    log.replace_months("promise_cubes", months, cells, transaction)
    return log.versions()


def publish_versions(services: Services, made: Decision, versions: Versions, reason: str) -> int:
    """Publish inside an open decision, and keep what newly closed weeks say."""
    publication_id = publish(made.connection, versions, made.at, reason)
    keep_closed_weeks(services, made, publication_id, versions)
    return publication_id


def keep_closed_weeks(services: Services, made: Decision, publication_id: int, versions: Versions) -> int:
    """Store what the goal's closed weeks say where nothing is stored yet; return how many weeks were new."""
    goal = active_goal(made.connection)
    if goal is None:
        return 0
    organisation = read_organisation(made.connection)
    week = last_closed_week(made.at, organisation.tz)
    weeks = told(services, goal, versions, read_members(made.connection), week)
    return len(keep_shown(made.connection, goal.goal_id, publication_id, weeks, made.at))


def told(services: Services, goal: Goal, versions: Versions, members: Members, week: date) -> list[Shown]:
    """Return what the goal's closed weeks say by the given versions."""
    scores = Scores(services.log, versions, members)
    asked = Filters(goal.scope.where)
    votes = votes_by_account(scores, goal, asked, week, goal.window_weeks)
    return judged_weeks(goal, scores.weeks(asked), week, votes)
