"""The log: what was answered, as Delta tables. Facts are appended; readers use published versions, never the latest.

One writer at a time (the import lock). Before it writes, the head of every table is brought back to its published
version, so that what a crash left unpublished is never seen and never built upon.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import polars as pl
from deltalake import CommitProperties, DeltaTable, Transaction, write_deltalake
from deltalake.exceptions import DeltaError

from dashboard.tables import CUBE, INVITATIONS, PROMISE_CUBE, PROMISES, RATING_CUBE, RATINGS, RESPONSES, Table

CUBES = Table("cubes", {"cube": pl.String(), "month": pl.String(), **CUBE.columns, **RATING_CUBE.columns})
PROMISE_CUBES = Table("promise_cubes", {"cube": pl.String(), "month": pl.String(), **PROMISE_CUBE.columns})
UNREADABLE = frozenset("[]%=*?")
"""Characters in a folder's name that the Delta library, or who reads its files, takes for something else."""

STORED = {table.name: table for table in (RESPONSES, RATINGS, INVITATIONS, CUBES, PROMISES, PROMISE_CUBES)}

NEVER = -1
"""Version of a table that did not exist yet when something was published."""


@dataclass(frozen=True, slots=True)
class Versions:
    """One version of every table: together they are what a publication shows."""

    responses: int
    ratings: int
    invitations: int
    cubes: int
    promises: int = NEVER
    promise_cubes: int = NEVER

    def of(self, table: str) -> int:
        """Return the version of one table."""
        return int(getattr(self, table))


KEPT_VERSIONS = 64
"""Versions whose lists of files are remembered."""


class LogFolderError(ValueError):
    """The log cannot live in a folder of that name. The message says which characters are in the way."""


class Log:
    """The Delta tables under one folder.

    Raises
    ------
    LogFolderError
        For a folder whose name the Delta library cannot open.
    """

    def __init__(self, folder: Path) -> None:
        if bad := sorted(set(str(folder.resolve())) & UNREADABLE):
            raise LogFolderError(f"the folder {folder.resolve()} cannot hold the log: its name has {' '.join(bad)}")
        self.folder = folder
        self._files: dict[tuple[str, int], tuple[str, ...]] = {}

    def path(self, table: str) -> str:
        """Return the folder of one table."""
        return str((self.folder / table).resolve())

    def create(self) -> Versions:
        """Create the tables that are missing, empty, and return the versions they have."""
        for name, table in STORED.items():
            if not DeltaTable.is_deltatable(self.path(name)):
                self.folder.mkdir(parents=True, exist_ok=True)
                write_deltalake(self.path(name), table.empty(), partition_by=["month"])
        return self.versions()

    def versions(self) -> Versions:
        """Return the newest versions, published or not."""
        return Versions(*(self.version(name) for name in Versions.__slots__))

    def version(self, table: str) -> int:
        """Return the newest version of one table, `NEVER` where there is none."""
        if not DeltaTable.is_deltatable(self.path(table)):
            return NEVER
        return int(DeltaTable(self.path(table)).version())

    def scan(self, table: str, version: int, months: Sequence[str] | None = None) -> pl.LazyFrame:
        """Return a table as it was at `version`, only the given months when told."""
        files, columns = self.files(table, version), STORED[table].columns
        if not files:
            return STORED[table].empty().lazy()
        months_only = {"month": columns["month"]}
        own = {name: dtype for name, dtype in columns.items() if name not in months_only}
        frame = pl.scan_parquet(
            files,
            glob=False,
            schema=own,
            hive_partitioning=True,
            hive_schema=months_only,
            missing_columns="insert",  # written before the table had them
        )
        if months is not None:
            frame = frame.filter(pl.col("month").is_in(list(months)))
        return frame.select(list(columns))

    def files(self, table: str, version: int) -> list[str]:
        """Return the Parquet files of a version.

        Delta writes their names as addresses; read as they are, a blank or an accent in the folder hides them all.
        A version never changes, so its files are asked for once.
        """
        key = (table, version)
        if version == NEVER:
            return []
        if key not in self._files:
            if len(self._files) >= KEPT_VERSIONS:
                self._files.pop(next(iter(self._files)))
            uris = DeltaTable(self.path(table), version=version).file_uris()
            self._files[key] = tuple(unquote(uri) for uri in uris)
        return list(self._files[key])

    def months(self, table: str, version: int) -> list[str]:
        """Return the months that a version has rows of; no row is read."""
        if version == NEVER:
            return []
        partitions = DeltaTable(self.path(table), version=version).partitions()
        return sorted({str(one["month"]) for one in partitions})

    def damaged(self, table: str, version: int) -> list[str]:
        """Return the names of the files of a version that are missing or cannot be read to their end."""
        try:
            files = self.files(table, version)
        except DeltaError:
            return [f"{table}/_delta_log"]
        own = {name: dtype for name, dtype in STORED[table].columns.items() if name != "month"}
        return [f"{table}/{Path(file).parent.name}/{Path(file).name}" for file in files if not _is_whole(file, own)]

    def return_to(self, versions: Versions) -> None:
        """Bring every head back to its published version; what was written after it disappears from view.

        A table that the publication did not know yet is created, or goes back to its empty beginning.
        """
        self.create()
        for name in STORED:
            table, version = DeltaTable(self.path(name)), max(0, versions.of(name))
            if table.version() != version:
                table.restore(version)

    def append(self, table: str, frame: pl.DataFrame, transaction: str) -> None:
        """Add rows in one commit that carries the transaction's name."""
        if frame.is_empty():
            return
        rows = STORED[table].require(frame)
        write_deltalake(self.path(table), rows, mode="append", commit_properties=_named(transaction))

    def replace_months(self, table: str, months: Sequence[str], frame: pl.DataFrame, transaction: str) -> None:
        """Replace all rows of the given months in one commit."""
        if not months:
            return
        predicate = f"month in ({', '.join(repr(month) for month in sorted(months))})"
        if frame.is_empty():
            DeltaTable(self.path(table)).delete(predicate, commit_properties=_named(transaction))
            return
        rows = STORED[table].require(frame)
        write_deltalake(
            self.path(table),
            rows,
            mode="overwrite",
            predicate=predicate,
            schema_mode="merge",  # a table made before it had all its columns gets them
            commit_properties=_named(transaction),
        )

    def tidy(self) -> dict[str, int]:
        """Compact small files and drop files that no version of the last week needs; return files dropped per table."""
        dropped = {}
        for name in STORED:
            table = DeltaTable(self.path(name))
            table.optimize.compact()
            dropped[name] = len(table.vacuum(retention_hours=168, dry_run=False))
        return dropped

    def sweep(self, tables: Sequence[str]) -> int:
        """Delete every file that the newest version does not need, whoever left it; return how many there were."""
        dropped = 0
        for name in tables:
            before = self._on_disk(name)
            DeltaTable(self.path(name)).vacuum(
                retention_hours=0, enforce_retention_duration=False, dry_run=False, full=True
            )
            dropped += len(before - self._on_disk(name))
        return dropped

    def _on_disk(self, table: str) -> set[Path]:
        return set((self.folder / table).glob("month=*/*.parquet"))

    def forget_history(self, tables: Sequence[str]) -> None:
        """Make the newest version, which must be published, the oldest one that can be read.

        The commits before it hold the least and greatest text of every column.
        """
        for name in tables:
            table = DeltaTable(self.path(name))
            table.create_checkpoint()
            for path in (self.folder / name / "_delta_log").iterdir():
                number = path.name.partition(".")[0]
                if number.isdigit() and int(number) < table.version():
                    path.unlink()

    def exists(self) -> bool:
        """Return whether the log was created."""
        return all(self.version(name) > NEVER for name in STORED)


def _is_whole(file: str, columns: dict[str, pl.DataType]) -> bool:
    try:
        frame = pl.scan_parquet(file, glob=False, schema=columns, missing_columns="insert")
        frame.select(pl.all().hash().max()).collect(engine="streaming")
    except (pl.exceptions.PolarsError, OSError):
        return False
    return True


def _named(transaction: str) -> CommitProperties:
    return CommitProperties(app_transactions=[Transaction(transaction, 1)])
