"""Before the records are used: refused when damaged or newer than the program, copied before they are changed."""

from __future__ import annotations

import os
from pathlib import Path

import sqlalchemy as sa
from filelock import FileLock

from data.backup import back_up, newest_good
from data.clock import SystemClock
from data.database import MIGRATIONS, known_revisions, make_engine, migrate, reading, records_file, stored_revision
from data.faults import Fault, StorageError, fault_of, sentence
from data.settings import Settings


def prepare_records(settings: Settings, scripts: Path = MIGRATIONS) -> Path | None:
    """Create the records where there are none, upgrade older ones, and return the copy that was made before.

    Raises
    ------
    StorageError
        When the file is empty, damaged, missing beside its log, or newer than the program. Nothing is touched.
    BackupError
        When the copy cannot be made; nothing is upgraded.
    """
    url, file = settings.records_url, records_file(settings.records_url)
    if file is not None and not file.exists():
        _create(settings.home, file, scripts)
        return None
    if file is not None:
        check_sound(file, settings.home)
    if not needs_upgrade(url, scripts):
        return None
    if not os.access(settings.home, os.W_OK):
        raise sentence(Fault.CLOSED)
    with FileLock(str(settings.home / "records.lock")):
        if not needs_upgrade(url, scripts):
            return None
        copy = back_up(settings, SystemClock().now(), note="before an upgrade").file if file else None
        migrate(url, scripts)
    return copy


def needs_upgrade(url: str, scripts: Path = MIGRATIONS) -> bool:
    """Return whether the records are older than the program.

    Raises
    ------
    StorageError
        When they are newer; naming both versions.
    """
    known, stored = known_revisions(scripts), stored_revision(url)
    if stored is not None and stored not in known:
        raise StorageError(
            "the records have version {}, this program knows versions up to {}: install the newer program again, "
            "or restore a backup from before",
            stored,
            known[0],
        )
    return stored != known[0]


def _create(home: Path, file: Path, scripts: Path) -> None:
    """Make new records under another name first: a file of the right name is never half made."""
    if any((home / "log").glob("*/_delta_log/*.json")):
        raise _with_copy(home, StorageError("{} is missing, but the log that belongs to it is there", file))
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with FileLock(str(file.parent / "records.lock")):
        if file.exists():
            return
        fresh = file.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        migrate(f"sqlite:///{fresh}", scripts)
        fresh.chmod(0o600)
        fresh.replace(file)


def check_sound(file: Path, home: Path) -> None:
    """Read every page of a SQLite file and leave it as it is.

    Raises
    ------
    StorageError
        When it is empty, damaged, or no records at all; with the newest good copy.
    """
    if not file.stat().st_size:
        raise _with_copy(home, StorageError("{} is empty (0 bytes)", file))
    engine = make_engine(f"sqlite:///{file}")
    try:
        with reading(engine) as connection:
            found = str(connection.exec_driver_sql("pragma quick_check(1)").scalar())
            tables = sa.inspect(connection).get_table_names()
    except sa.exc.DBAPIError as error:
        fault = fault_of(error)
        if fault is None or fault.fault is not Fault.DAMAGED:
            raise
        raise _with_copy(home, StorageError("{} is damaged ({})", file, error.orig)) from error
    finally:
        engine.dispose()
    if found != "ok":
        raise _with_copy(home, StorageError("{} is damaged ({})", file, " ".join(found.split())))
    if not tables:
        raise _with_copy(home, StorageError("{} holds no records", file))


def _with_copy(home: Path, refusal: StorageError) -> StorageError:
    copy = newest_good(home)
    if copy is None:
        return StorageError("{}; there is no good backup in {}", refusal, home / "backups")
    return StorageError("{}; the newest good backup is {}: see 'restore'", refusal, copy)
