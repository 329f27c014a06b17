"""Long work: a row in `jobs` and a child process, `python app.py job ID`, with limits of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from dashboard.refusals import Refusal
from data import records
from data.database import reading
from data.faults import fault_of
from data.services import Services

ROOT = Path(__file__).resolve().parents[1]
SECONDS_BETWEEN_TRIES = 5.0


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of long work: how far it is (0..1) and what came of it."""

    job_id: int
    kind: str
    payload: dict[str, Any]
    state: JobState
    stage: str
    done: float
    result: dict[str, Any] | None
    message: str


def job_by_id(services: Services, job_id: int) -> Job | None:
    """Return a job, None when there is none of that number."""
    table = records.jobs
    with reading(services.database) as connection:
        row = connection.execute(sa.select(table).where(table.c.id == job_id)).mappings().first()
    if row is None:
        return None
    state = JobState(row["state"])
    return Job(row["id"], row["kind"], row["payload"], state, row["stage"], row["done"], row["result"], row["message"])


def is_under_way(services: Services, kind: str) -> bool:
    """Return whether a job of a kind waits or runs; one older than a job may last has died without a word."""
    table = records.jobs
    oldest = services.clock.now() - timedelta(seconds=services.settings.job_seconds)
    is_open = table.c.state.in_([JobState.WAITING.value, JobState.RUNNING.value])
    query = sa.select(table.c.id).where((table.c.kind == kind) & is_open & (table.c.created_at > oldest))
    with reading(services.database) as connection:
        return connection.execute(query).first() is not None


def create_job(services: Services, kind: str, payload: dict[str, Any]) -> int:
    """Write down a job and return its number."""
    table = records.jobs
    row = {"kind": kind, "payload": payload, "state": JobState.WAITING.value, "stage": "", "done": 0.0, "message": ""}
    with services.database.begin() as connection:
        created = sa.insert(table).values(**row, created_at=services.clock.now()).returning(table.c.id)
        return int(connection.execute(created).scalar_one())


def tell(services: Services, job_id: int, **values: Any) -> None:
    """Write down how a job stands."""
    table = records.jobs
    if values.get("state") in (JobState.DONE, JobState.FAILED):
        values["finished_at"] = services.clock.now()
    with services.database.begin() as connection:
        connection.execute(sa.update(table).where(table.c.id == job_id).values(**values))


def fail_orphans(services: Services) -> int:
    """Write down that the jobs of a server that is gone are interrupted, and return how many.

    Called by the one server of a folder before it starts any job; one that is still at work corrects it when it ends.
    """
    if not os.access(services.home, os.W_OK):
        return 0
    table = records.jobs
    refusal = Refusal("the server was stopped meanwhile; look whether it is there, else do it again")
    is_open = table.c.state.in_((JobState.WAITING.value, JobState.RUNNING.value))
    ended = {"state": JobState.FAILED.value, "message": str(refusal), "result": {"refused": refusal.told()}}
    with services.database.begin() as connection:
        changed = connection.execute(sa.update(table).where(is_open).values(**ended, finished_at=services.clock.now()))
    return changed.rowcount


def forget_jobs(connection: sa.Connection) -> int:
    """Delete what was asked of long work and what came of it; return how many pieces there were.

    Unfinished imports stay, who wait for their turn, and erasures, which no longer say of whom.
    """
    table = records.jobs
    is_erasure = table.c.kind == "erase"
    is_waiting = table.c.kind.in_(("import", "demo")) & table.c.finished_at.is_(None)
    connection.execute(sa.update(table).where(is_erasure).values(payload={}))
    return connection.execute(sa.delete(table).where(~is_erasure & ~is_waiting)).rowcount


def failure_of(kind: str, refusal: Refusal) -> Refusal:
    """Return why a job failed: nothing of an erasure is taken back, it is finished by asking for it again."""
    return Refusal("it was interrupted; forget the person again, and it is finished") if kind == "erase" else refusal


def start_job(services: Services, kind: str, payload: dict[str, Any]) -> int:
    """Create a job and start its child process; a watcher thread writes down when it dies without a word."""
    job_id = create_job(services, kind, payload)
    settings = services.settings
    environment = {
        **os.environ,
        "MARCADOR_HOME": str(services.home.resolve()),
        "MARCADOR_DATABASE_URL": settings.database_url,
        "POLARS_MAX_THREADS": "2",
    }
    if settings.today is not None:
        environment["MARCADOR_TODAY"] = settings.today.isoformat()
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "app.py"), "job", str(job_id)],
        cwd=Path.cwd(),
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        start_new_session=True,  # what stops the server, like Ctrl-C, does not stop it
    )
    threading.Thread(target=_watch, args=(services, job_id, process), daemon=True).start()
    return job_id


def finished(services: Services, job_id: int, patience: timedelta) -> Job:
    """Wait for a short job and return it as it then stands."""
    until = time.monotonic() + patience.total_seconds()
    while True:
        job = job_by_id(services, job_id)
        assert job is not None
        if job.state in (JobState.DONE, JobState.FAILED) or time.monotonic() > until:
            return job
        time.sleep(0.1)


def _watch(services: Services, job_id: int, process: subprocess.Popen[bytes]) -> None:
    seconds = services.settings.job_seconds
    try:
        process.wait(seconds)
        refusal = Refusal("the file could not be read within the limits of memory and time; nothing was imported")
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        refusal = Refusal("it took longer than {} seconds and was stopped; nothing was imported", seconds)
    while not _told_for(services, job_id, refusal):
        time.sleep(SECONDS_BETWEEN_TRIES)


def _told_for(services: Services, job_id: int, refusal: Refusal) -> bool:
    """Write down how a job ended that did not say so itself; return whether that is done, or a full disk forbids it."""
    try:
        job = job_by_id(services, job_id)
        if job is not None and job.state in (JobState.WAITING, JobState.RUNNING):
            refusal = failure_of(job.kind, refusal)
            told = {"refused": refusal.told()}
            tell(services, job_id, state=JobState.FAILED.value, message=str(refusal), result=told)
    except sa.exc.DBAPIError as error:
        return fault_of(error) is None
    return True
