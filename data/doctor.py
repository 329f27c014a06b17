"""Is everything in order? Looks, changes nothing, and says of each finding what to do."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

import sqlalchemy as sa

from dashboard.refusals import Refusal
from data import records
from data.backup import last_backup, rows_of
from data.cache import Answers
from data.clock import Clock
from data.database import make_engine, reading, records_file
from data.faults import fault_of
from data.lock import serving
from data.log import STORED, Log
from data.publications import current
from data.secrets import Secrets
from data.services import Services
from data.settings import Settings
from data.upgrade import check_sound, needs_upgrade
from data.upkeep import check_cubes

LEAST_FREE = 200 << 20
"""Free bytes under which the disk is called nearly full."""

OLD_BACKUP = timedelta(days=8)
"""A copy a week, and a day for a missed one."""


class Level(StrEnum):
    """How bad a finding is."""

    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it is, and what to do when it is not good."""

    name: str
    level: Level
    words: str


def examine(settings: Settings, clock: Clock) -> Iterator[Finding]:
    """Yield a finding per part; parts that need another that is broken are left out."""
    home = settings.home
    if not home.is_dir():
        yield Finding("folder", Level.BAD, f"there is no folder {home}; 'serve' or 'demo' creates it")
        return
    yield _folder(home)
    yield _disk(home)
    yield _server(home)
    yield _sqlite(settings)
    sound = _tried("records", lambda: _records(settings))
    yield sound
    yield _backups(home, clock.now())
    if sound.level is Level.BAD:
        return
    database, log_ = make_engine(settings.records_url), Log(home / "log")
    services = Services(settings, clock, database, log_, Answers(None, ""), Secrets(home))
    try:
        yield _tried("clock", lambda: _clock(services))
        log = [_tried(table, lambda table=table: _table(services, table)) for table in STORED]  # type: ignore[misc]  # mypy knows no default of a lambda
        yield from log
        if all(one.level is Level.GOOD for one in log):
            yield _tried("agreement", lambda: _agreement(services))
    finally:
        services.database.dispose()


def _tried(name: str, look: Callable[[], Finding]) -> Finding:
    try:
        return look()
    except Refusal as refusal:
        return Finding(name, Level.BAD, str(refusal))
    except Exception as error:
        fault = fault_of(error)
        if fault is None:
            raise
        return Finding(name, Level.BAD, str(fault))


def _folder(home: Path) -> Finding:
    if not os.access(home, os.W_OK):
        return Finding("folder", Level.BAD, f"{home} is read-only: numbers are shown, nothing is saved")
    if home.stat().st_mode & 0o077:
        return Finding("folder", Level.WARNING, f"other users may read {home.resolve()}: chmod 700 it")
    return Finding("folder", Level.GOOD, str(home.resolve()))


def _disk(home: Path) -> Finding:
    free = shutil.disk_usage(home).free
    level = Level.GOOD if free >= LEAST_FREE else Level.BAD
    return Finding("disk", level, f"{free >> 20} MB free" + ("" if level is Level.GOOD else ": make room"))


def _server(home: Path) -> Finding:
    process = serving(home)
    return Finding("server", Level.GOOD, f"runs as process {process}" if process else "not running")


def _sqlite(settings: Settings) -> Finding:
    file = records_file(settings.records_url)
    if file is None:
        return Finding("database", Level.GOOD, "PostgreSQL: copy it with pg_dump")
    mode = "WAL" if sqlite3.sqlite_version_info >= (3, 51, 3) else "TRUNCATE: this version resets WAL unsafely"
    return Finding("database", Level.GOOD, f"SQLite {sqlite3.sqlite_version}, journal {mode}")


def _records(settings: Settings) -> Finding:
    file = records_file(settings.records_url)
    if file is not None:
        if not file.exists():
            return Finding("records", Level.BAD, f"there is no {file}; 'serve' creates it")
        check_sound(file, settings.home)
    if needs_upgrade(settings.records_url):
        return Finding("records", Level.WARNING, "older than the program: 'migrate' copies and upgrades them")
    return Finding("records", Level.GOOD, "every page can be read")


def _backups(home: Path, now: datetime) -> Finding:
    made = last_backup(home)
    if made is None:
        return Finding("backup", Level.WARNING, "there is none: run 'backup', and keep it on another disk")
    age = now - made
    level = Level.GOOD if age < OLD_BACKUP else Level.WARNING
    return Finding("backup", level, f"{max(0, age.days)} days old")


def _clock(services: Services) -> Finding:
    with reading(services.database) as connection:
        newest = connection.execute(sa.select(sa.func.max(records.audit.c.at))).scalar()
    if newest is not None and newest > services.clock.now() + timedelta(minutes=5):
        return Finding("clock", Level.BAD, f"something was written at {newest:%Y-%m-%d %H:%M} UTC: that is not yet")
    return Finding("clock", Level.GOOD, f"{services.clock.now():%Y-%m-%d %H:%M} UTC")


def _table(services: Services, table: str) -> Finding:
    with reading(services.database) as connection:
        publication = current(connection)
    if publication is None:
        return Finding(table, Level.WARNING, "nothing is published yet; 'serve' publishes the empty log")
    try:
        rows = rows_of(services.log, table, publication.versions.of(table))
    except Exception as error:
        if fault_of(error) is None:
            raise
        mend = "'rollup' computes it again" if table.endswith("cubes") else "restore a backup into a new folder"
        names = ", ".join(services.log.damaged(table, publication.versions.of(table)))
        return Finding(table, Level.BAD, f"damaged: {names}; {mend}")
    return Finding(table, Level.GOOD, f"{rows} rows can be read")


def _agreement(services: Services) -> Finding:
    differing, cells = check_cubes(services)
    if differing:
        return Finding("agreement", Level.BAD, f"{differing} of {cells} cells differ from the log: 'rollup' mends them")
    return Finding("agreement", Level.GOOD, f"{cells} cells are as the log says")
