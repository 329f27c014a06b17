"""Copies of everything: one file, taken while people work, and verified by restoring it.

The records are copied first, in one transaction. They name the published version of every table of the log; of those
versions every file is copied. Nothing has to wait: published files stay for a week after nobody needs them.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
from deltalake.exceptions import DeltaError

from dashboard.refusals import Refusal
from data.database import records_file
from data.faults import Fault, fault_of
from data.log import NEVER, STORED, Log, Versions
from data.settings import Settings

FORMAT = 1
MANIFEST, RECORDS = "manifest.json", "records.db"
DATED = "marcador-[0-9]*.zip"
"""Names that `back_up` gives by itself; they sort by time."""
LEFT_OUT = {"backups", "cache", "log", "uploads", "backup.json", "server.pid"}
"""What a copy does not hold: what can be made again, and the log, which is copied version by version."""


class BackupError(Refusal):
    """A copy cannot be made or used."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified copy.

    Attributes
    ----------
    file : Path
    at : datetime
        When the records in it were read.
    version : str
        Shape of the records.
    rows : dict
        How many rows each table of the records (`records.…`) and of the log (`log.…`) has.
    note : str
        Why it was made.
    """

    file: Path
    at: datetime
    version: str
    rows: dict[str, int]
    note: str


def back_up(settings: Settings, at: datetime, file: Path | None = None, note: str = "") -> Backup:
    """Copy records, log and what lies beside them into one file, verify it by restoring it, and return it.

    Parameters
    ----------
    settings : Settings
    at : datetime
        Now.
    file : Path, optional
        A new file; default is one in the folder `backups`, named by the time.
    note : str
        Why.

    Raises
    ------
    BackupError
        When the records are not a SQLite file, or the copy is not what it should be; nothing is left behind.
    """
    source = records_file(settings.records_url)
    if source is None:
        raise BackupError(
            "the records are not in a SQLite file: copy them with pg_dump, and then the folder {} with them",
            settings.home,
        )
    if not source.is_file():
        raise BackupError("there is nothing to back up: {} does not exist", source)
    target = (file or settings.home / "backups" / f"marcador-{at.astimezone(UTC):%Y%m%d-%H%M%S-%f}.zip").resolve()
    if target.exists():
        raise BackupError("{} exists already; choose another name", target)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent) as folder:
        staged = Path(folder)
        _copy_records(source, staged / RECORDS)
        versions = published_in(staged / RECORDS)
        rows = counted(staged / RECORDS, Log(settings.home / "log"), versions)
        made = Backup(target, at, _version(staged / RECORDS), rows, note)
        _pack(settings.home, staged, made, versions)
        if restore(staged / "copy.zip", staged / "restored").rows != rows:
            raise BackupError("the copy does not hold what it should; nothing was kept")
        _keep(staged / "copy.zip", target)
    with suppress(OSError):  # the folder may be read-only: the copy is made all the same
        (settings.home / "backup.json").write_text(json.dumps({"at": at.isoformat(), "file": str(target)}))
    return made


def restore(file: Path, into: Path) -> Backup:
    """Unpack a copy into a new folder and count what is there.

    Raises
    ------
    BackupError
        When the folder is not empty, the file is no copy of ours, or anything in it is missing or damaged. The folder
        appears whole or not at all.
    """
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise BackupError("{} is not empty; restore into a new folder", into)
    told = manifest(file)
    into.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".restoring-", dir=into.parent))
    try:
        with zipfile.ZipFile(file) as archive:
            archive.extractall(fresh)
        (fresh / MANIFEST).unlink()
        rows = counted(fresh / RECORDS, Log(fresh / "log"), published_in(fresh / RECORDS))
        if rows != told.rows:
            raise BackupError("{} does not hold what it says it holds", file)
        fresh.chmod(0o700)
        os.sync()
        fresh.replace(into)
    except (zipfile.BadZipFile, EOFError, sqlite3.DatabaseError) as error:
        raise BackupError("{} is damaged: {}", file, error) from error
    except (OSError, DeltaError, pl.exceptions.PolarsError) as error:
        fault = fault_of(error)
        if fault is None or fault.fault is not Fault.DAMAGED:
            raise
        raise BackupError("{} cannot be restored: {}", file, fault) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return told


def manifest(file: Path) -> Backup:
    """Return what a copy says it holds.

    Raises
    ------
    BackupError
        When it is no copy of ours.
    """
    if not file.is_file():
        raise BackupError("there is no file {}", file)
    try:
        with zipfile.ZipFile(file) as archive:
            told = json.loads(archive.read(MANIFEST))
        if told["format"] != FORMAT:
            raise BackupError("{} was made by a newer program; install that one", file)
        return Backup(file, datetime.fromisoformat(told["at"]), told["version"], told["rows"], told["note"])
    except (zipfile.BadZipFile, EOFError, KeyError, ValueError, OSError) as error:
        if isinstance(error, BackupError):
            raise
        raise BackupError("{} is not a backup, or it is damaged", file) from error


def prune(home: Path, keep: int) -> list[Path]:
    """Delete the oldest copies in the folder `backups` beyond `keep`, and return them, oldest first.

    Only what `back_up` named by the time is ever deleted; copies that somebody named, or put elsewhere, stay.

    Raises
    ------
    BackupError
        When none would be kept.
    """
    if keep < 1:
        raise BackupError("keep at least one copy, not {}", keep)
    gone = sorted((home / "backups").glob(DATED))[:-keep]
    for file in gone:
        file.unlink(missing_ok=True)
    return gone


def newest_good(home: Path) -> Path | None:
    """Return the newest copy in the folder that can be read to its end, None when there is none."""
    for file in sorted((home / "backups").glob("*.zip"), reverse=True):
        with suppress(BackupError, zipfile.BadZipFile, EOFError, OSError):
            manifest(file)
            with zipfile.ZipFile(file) as archive:
                if archive.testzip() is None:
                    return file
    return None


def last_backup(home: Path) -> datetime | None:
    """Return when the last copy was made, wherever it lies; None when none ever was."""
    try:
        return datetime.fromisoformat(json.loads((home / "backup.json").read_text())["at"])
    except (OSError, ValueError, KeyError):
        return None


def published_in(records: Path) -> Versions | None:
    """Return the versions that a records file publishes, None before the first; it may be of an older shape."""
    with closing(_opened(records)) as connection:
        columns = {row[1] for row in connection.execute("pragma table_info(publications)")}
        tables = [table for table in Versions.__slots__ if f"{table}_version" in columns]
        names = ", ".join(f"{table}_version" for table in tables)
        newest = f"select {names} from publications order by id desc limit 1"  # noqa: S608 (names of our own columns)
        row = connection.execute(newest).fetchone()
    return Versions(**dict(zip(tables, row, strict=True))) if row else None


def counted(records: Path, log: Log, versions: Versions | None) -> dict[str, int]:
    """Return how many rows every table of the records and of the published log has; each is read to its end."""
    with closing(_opened(records)) as connection:
        if connection.execute("pragma integrity_check(1)").fetchone() != ("ok",):
            raise BackupError("{} is damaged", records)
        tables = [row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")]
        found = {}
        for name in tables:
            quoted = name.replace('"', '""')
            count = connection.execute(f'select count(*) from "{quoted}"').fetchone()[0]  # noqa: S608 (quoted above)
            found[f"records.{name}"] = int(count)
    if versions is not None:
        found |= {f"log.{table}": rows_of(log, table, versions.of(table)) for table in STORED}
    return found


def rows_of(log: Log, table: str, version: int) -> int:
    """Return how many rows a version of a table has, every column of every file decoded."""
    frame = log.scan(table, version)
    nulls = frame.select(pl.len(), pl.all().exclude("month").hash().max().name.prefix("read_"))
    return int(nulls.collect(engine="streaming")["len"].item())


def _opened(records: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{records.resolve().as_uri()}?mode=ro", uri=True, timeout=30)


def _copy_records(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source, timeout=30, isolation_level=None)) as connection:
        connection.execute("vacuum into ?", (str(target),))


def _version(records: Path) -> str:
    with closing(_opened(records)) as connection:
        row = connection.execute("select version_num from alembic_version").fetchone()
    return str(row[0]) if row else ""


def _pack(home: Path, staged: Path, made: Backup, versions: Versions | None) -> None:
    told = {"format": FORMAT, **asdict(made), "at": made.at.isoformat(), "file": made.file.name}
    with zipfile.ZipFile(staged / "copy.zip", "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(MANIFEST, json.dumps(told, indent=1))
        archive.write(staged / RECORDS, RECORDS, zipfile.ZIP_DEFLATED)
        for path in _beside(home):
            archive.write(path, path.relative_to(home))
        if versions is not None:
            log = Log(home / "log")
            for path in _log_files(log, versions):
                archive.write(path, Path("log") / path.relative_to(log.folder.resolve()))


def _beside(home: Path) -> Iterator[Path]:
    """Yield what lies in the folder beside records and log: quarantines, the demo's truth, keys."""
    for top in sorted(home.iterdir()):
        if top.name in LEFT_OUT or top.name.startswith((".", "records.")) or top.suffix == ".lock":
            continue
        yield from (path for path in sorted([top, *top.rglob("*")]) if path.is_file())


def _log_files(log: Log, versions: Versions) -> Iterator[Path]:
    """Yield the files of the published versions and the history that leads to them."""
    for table in STORED:
        version = versions.of(table)
        if version == NEVER:
            continue
        yield from (Path(name) for name in log.files(table, version))
        history = Path(log.path(table)) / "_delta_log"
        yield from (path for path in sorted(history.glob("0*")) if int(path.name[:20]) <= version)


def _keep(made: Path, target: Path) -> None:
    """Give the finished copy its name; afterwards it survives a power cut too."""
    made.chmod(0o600)
    with made.open("rb") as file:
        os.fsync(file.fileno())
    made.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
