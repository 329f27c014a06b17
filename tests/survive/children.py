"""Processes to be killed. They are forked from one that has imported everything and used nothing: starting is quick."""

from __future__ import annotations

import contextlib
import multiprocessing
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import polars as pl

import data.writes.imports
from data.imports import write_quarantine
from data.ingest.mapping import parse_mapping
from data.ingest.raw import REJECTED
from data.settings import Settings
from data.upgrade import prepare_records
from data.writes.decision import decision
from data.writes.imports import import_file
from data.writes.members import add_member
from data.writes.publications import publish_versions, published_versions, refresh_cubes, writer_lock
from tests.data.stores import responses
from tests.homes import ADMINISTRATOR, open_home

Say = Callable[[Any], None]
BATCH = 50

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload([__name__])


@dataclass
class Child:
    """A process, and what it has said so far."""

    process: BaseProcess
    ear: Connection

    def first(self) -> Any:
        """Return its first word."""
        return self.ear.recv()

    def killed(self, seconds: float) -> list[Any]:
        """Let it work for a while, kill it, and return every word that it said meanwhile."""
        time.sleep(seconds)
        self.process.kill()
        self.process.join()
        return self.rest()

    def rest(self) -> list[Any]:
        """Return the words that are left."""
        said = []
        with contextlib.suppress(EOFError, OSError):
            while self.ear.poll():
                said.append(self.ear.recv())
        return said


@contextmanager
def child(work: Callable[..., None], *given: Any) -> Iterator[Child]:
    """Start a process that does `work(say, *given)`; afterwards it is gone."""
    ear, mouth = FORKS.Pipe(duplex=False)
    process = FORKS.Process(target=_speak, args=(mouth, work, *given), daemon=True)
    process.start()
    mouth.close()
    try:
        yield Child(process, ear)
    finally:
        process.kill()
        process.join()
        ear.close()


def _speak(mouth: Connection, work: Callable[..., None], *given: Any) -> None:
    work(mouth.send, *given)


def commits(say: Say, home: Path, name: str) -> None:
    """Commit, and say what was acknowledged."""
    services = open_home(home)
    for number in range(10**6):
        add_member(services, ADMINISTRATOR, "team", f"{name}-{number}")
        say(f"{name}-{number}")


def ten_commits(say: Say, home: Path, name: str) -> None:
    """Commit ten times, and say how long each took."""
    services = open_home(home)
    for number in range(10):
        begun = time.perf_counter()
        add_member(services, ADMINISTRATOR, "team", f"{name}-{number}")
        say(time.perf_counter() - begun)


def files(say: Say, home: Path, rows: int) -> None:
    """Write ever longer Parquet files over one another, and say how long the last was."""
    for height in range(rows, 10**7, 500):
        columns = [pl.col("row").cast(dtype).alias(name) for name, dtype in REJECTED.items()]
        write_quarantine(home, 1, pl.DataFrame({"row": range(height)}).select(columns))
        say(height)


def appends(say: Say, home: Path, name: str) -> None:
    """Append batches to the log and publish them, as an import does."""
    services = open_home(home)
    for number in range(10**6):
        batch = f"{name}-{number}"
        with writer_lock(services.home):
            services.log.return_to(published_versions(services))
            rows = responses([{"response_id": f"{batch}:{row}"} for row in range(BATCH)])
            services.log.append("responses", rows, batch)
            versions = refresh_cubes(services, ["2026-11"], batch)
            with decision(services, "tests") as made:
                made.record("append", "batch", batch)
                publish_versions(services, made, versions, batch)
        say(batch)


def imports(say: Say, home: Path, survey: Path, mapping: str) -> None:
    """Import a file; say when reading begins, and whether it was new."""
    read = data.writes.imports.read_file

    def told(*given: Any) -> Any:
        say("begin")
        return read(*given)

    data.writes.imports.read_file = told
    services = open_home(home)
    say(import_file(services, ADMINISTRATOR, survey, parse_mapping(mapping)).is_new)


def upgrade(say: Say, home: Path, scripts: Path) -> None:
    """Upgrade the records, a verified copy first."""
    say("begin")
    prepare_records(Settings(home=home), scripts)
