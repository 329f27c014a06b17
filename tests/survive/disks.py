"""Disks that are full, closed or damaged, and a disk that fails at every single write in turn."""

from __future__ import annotations

import errno
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import polars as pl
import sqlalchemy as sa
from deltalake import DeltaTable

import data.log
from dashboard.filters import EVERYTHING
from dashboard.refusals import Refusal
from data.backup import back_up
from data.database import reading
from data.doctor import Level, examine
from data.faults import Fault, StorageError, fault_of
from data.services import Services
from data.upkeep import check_cubes, run_upkeep
from data.writes.goals import close_goal
from data.writes.imports import undo_import
from data.writes.members import add_member
from data.writes.publications import published_versions
from tests.data.damage import DAMAGES, fill, may_mount, read_only, small_disk
from tests.data.stores import TODAY
from tests.homes import ADMINISTRATOR, add_survey, copy, csv_of, demo, new_folder, open_home
from tests.processes import Server, program
from tests.survive.rows import NEEDS_ROOT, Outcome

Action = Callable[[Services], object]

ACTIONS: dict[str, Action] = {
    "decide": lambda services: add_member(services, ADMINISTRATOR, "team", "fresh"),
    "close": lambda services: close_goal(services, ADMINISTRATOR),
    "import": lambda services: add_survey(services, csv_of([10] * 30 + [0] * 11 + [12])),
    "undo": lambda services: undo_import(services, ADMINISTRATOR, 1),
    "upkeep": run_upkeep,
    "backup": lambda services: back_up(services.settings, TODAY, services.home / "backups" / "one.zip"),
}


def full() -> Outcome:
    """Fill a small disk: every write is refused in our words, reads go on, room heals it without a restart."""
    if not may_mount():
        return NEEDS_ROOT
    home, lost = new_folder(), 0
    with small_disk(home, 32):
        services = open_home(home / "data")
        add_survey(services, csv_of([10] * 40 + [2] * 20))
        before = counts(services)
        filler = fill(home)
        for act in ACTIONS.values():
            lost += not is_refused(act, services, Fault.FULL)
            lost += counts(services) != before
        filler.unlink()
        add_member(services, ADMINISTRATOR, "team", "after")
        add_survey(services, csv_of([9] * 10))
        lost += counts(services) != before + 10 or check_cubes(services)[0] != 0
        services.database.dispose()
    tried = len(ACTIONS) + 1
    return Outcome(tried, tried - lost, lost)


def is_refused(act: Action, services: Services, fault: Fault) -> bool:
    """Return whether an action fails, and for that reason."""
    try:
        act(services)
    except Exception as error:
        found = fault_of(error)
        return found is not None and found.fault is fault
    return False


def counts(services: Services) -> int:
    """Return how many answers are shown, the files read again."""
    services._scores.clear()
    return sum(services.scores(services.state()).distribution(EVERYTHING))


def closed() -> Outcome:
    """Close the disk to writing: the server starts, shows the wall, says so, and refuses writes in words."""
    if not may_mount():
        return NEEDS_ROOT
    services = copy(demo())
    services.database.dispose()
    with read_only(services.home), Server(services.home) as server:
        checks = {
            "wall": server.get("/wall")[0] == 200,
            "score": server.get("/score")[0] == 200,
            "ready": server.get("/healthz/ready")[0] == 200,
            "banner": "solo lectura" in server.pulse().get("problem", ""),
            "import": "read-only" in program(services.home, "demo", "--remove").stderr,
            "doctor": "read-only" in program(services.home, "doctor").stdout,
            "backup": program(services.home, "backup", str(new_folder()) + ".zip").returncode == 0,
        }
    failed = [name for name, is_good in checks.items() if not is_good]
    return Outcome(len(checks), len(checks) - len(failed), len(failed), ", ".join(failed))


def damaged_records() -> Outcome:
    """Damage the records in five ways: refused with the file's name and the newest good backup, and left alone."""
    home = copy(demo()).home
    good, lost = (home / "records.db").read_bytes(), 0
    made = json.loads(program(home, "backup", "--json").stdout)["file"]
    ways = [name for name in DAMAGES if name != "footer"]
    for name in ways:
        (home / "records.db").write_bytes(DAMAGES[name](good))
        before = (home / "records.db").read_bytes()
        told = refusal_of(home)
        lost += "records.db" not in told or made not in told or (home / "records.db").read_bytes() != before
    return Outcome(len(ways), len(ways) - lost, lost)


def refusal_of(home: Path) -> str:
    """Return why a home cannot be opened; empty when it can."""
    try:
        open_home(home).database.dispose()
    except StorageError as refusal:
        return str(refusal)
    return ""


def damaged_log() -> Outcome:
    """Damage a Parquet file of the log in five ways: the doctor says it is bad and names table and remedy."""
    lost, tried, found = 0, 0, []
    for table in ("responses", "cubes"):
        for name in ("footer", "page", "cut", "empty", "text"):
            services = copy(demo())
            path = Path(services.log.files(table, published_versions(services).of(table))[0])
            path.write_bytes(DAMAGES[name](path.read_bytes()))
            services.database.dispose()
            is_told = any(one.level is Level.BAD for one in examine(services.settings, services.clock))
            tried, lost = tried + 1, lost + (not is_told)
            if not is_told:
                found.append(f"{table} {name}")
    return Outcome(tried, tried - lost, lost, ", ".join(found))


class FailingDisk:
    """Counts writes and lets one of them fail, before it is done or after."""

    def __init__(self, nth: int, is_done: bool) -> None:
        self.nth, self.is_done, self.writes = nth, is_done, 0

    def wrap(self, write: Callable[..., Any]) -> Callable[..., Any]:
        """Return a write that may fail."""

        def failing(*arguments: Any, **named: Any) -> Any:
            self.writes += 1
            if self.writes == self.nth and not self.is_done:
                raise OSError(errno.ENOSPC, "No space left on device")
            result = write(*arguments, **named)
            if self.writes == self.nth:
                raise OSError(errno.ENOSPC, "No space left on device")
            return result

        return failing

    @contextmanager
    def under(self, services: Services) -> Iterator[None]:
        """Put it under everything that writes: Delta, Parquet, renames, statements and commits of the records."""

        def statement(*told: Any) -> None:
            if not str(told[2]).lstrip().upper().startswith(("SELECT", "BEGIN", "PRAGMA")):
                self.wrap(lambda: None)()

        def commit(_connection: Any) -> None:
            self.wrap(lambda: None)()

        engine = services.database
        sa.event.listen(engine, "before_cursor_execute", statement)
        sa.event.listen(engine, "commit", commit)
        try:
            with (
                patch.object(data.log, "write_deltalake", self.wrap(data.log.write_deltalake)),
                patch.object(DeltaTable, "restore", self.wrap(DeltaTable.restore)),
                patch.object(DeltaTable, "delete", self.wrap(DeltaTable.delete)),
                patch.object(DeltaTable, "vacuum", self.wrap(DeltaTable.vacuum)),
                patch.object(pl.DataFrame, "write_parquet", self.wrap(pl.DataFrame.write_parquet)),
                patch.object(Path, "replace", self.wrap(Path.replace)),
                patch("os.fsync", self.wrap(lambda _number: None)),
                patch.object(shutil, "copyfileobj", self.wrap(shutil.copyfileobj)),
            ):
                yield
        finally:
            sa.event.remove(engine, "before_cursor_execute", statement)
            sa.event.remove(engine, "commit", commit)


def nth_write() -> Outcome:
    """Let the first, second … last write of every action fail: afterwards all is as before, or all is done."""
    tried = lost = 0
    failed: list[str] = []
    template = demo()
    for name, act in ACTIONS.items():
        done = copy(template)
        act(done)
        wanted = fingerprint(done)
        done.database.dispose()
        for is_done in (False, True):
            for nth in range(1, 200):
                services = copy(template)
                before = fingerprint(services)
                disk = FailingDisk(nth, is_done)
                try:
                    with disk.under(services):
                        act(services)
                except (OSError, Refusal):
                    pass
                services.database.dispose()
                again = open_home(services.home)
                is_whole = fingerprint(again) in (before, wanted) and check_cubes(again)[0] == 0
                is_whole = is_whole and is_repeatable(again, act, before, wanted)
                again.database.dispose()
                shutil.rmtree(services.home)
                if disk.writes < nth:
                    break
                tried, lost = tried + 1, lost + (not is_whole)
                if not is_whole:
                    failed.append(f"{name} {'after' if is_done else 'at'} write {nth}")
    return Outcome(tried, tried - lost, lost, "; ".join(failed[:3]))


def fingerprint(services: Services) -> tuple[object, ...]:
    """Return what is shown: answers, goal, members, imports in force, and whether each revision has its audit row."""
    state = services.state()
    with reading(services.database) as connection:
        one = connection.exec_driver_sql(
            "select (select count(*) from audit) - (select number from revision), "
            "(select count(*) from imports where state = 'published')"
        ).one()
    return (services.scores(state).distribution(EVERYTHING), state.goal is None, len(state.members.every), *one)


def is_repeatable(services: Services, act: Action, before: object, wanted: object) -> bool:
    """Return whether the action, done again after the failure, ends as it should have."""
    if fingerprint(services) == before != wanted:
        act(services)
    return fingerprint(services) == wanted
