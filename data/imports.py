"""The ledger of imports and their quarantines."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

import polars as pl
import sqlalchemy as sa

from data import records
from data.ingest.raw import REJECTED


class ImportState(StrEnum):
    """Where an import stands."""

    READING = "reading"
    PUBLISHED = "published"
    UNDONE = "undone"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Import:
    """One import: rows read = accepted + rejected."""

    import_id: int
    source: str
    file_name: str
    file_hash: str
    mapping: str
    state: ImportState
    rows_read: int
    accepted: int
    rejected: int
    ratings: int
    invited: int
    promises: int
    first_day: date | None
    last_day: date | None
    message: str
    created_at: datetime
    finished_at: datetime | None


def _import(row: sa.RowMapping) -> Import:
    values = {key: value for key, value in row.items() if key not in ("id", "state")}
    return Import(import_id=row["id"], state=ImportState(row["state"]), **values)


def every_import(connection: sa.Connection) -> list[Import]:
    """Return all imports, newest first."""
    table = records.imports
    rows = connection.execute(sa.select(table).order_by(table.c.id.desc())).mappings()
    return [_import(row) for row in rows]


def import_by_id(connection: sa.Connection, import_id: int) -> Import | None:
    """Return one import, None when there is none of that number."""
    table = records.imports
    row = connection.execute(sa.select(table).where(table.c.id == import_id)).mappings().first()
    return _import(row) if row else None


def same_import(connection: sa.Connection, source: str, file_hash: str, mapping: str) -> Import | None:
    """Return the published import of the very same file and mapping, None when it is new."""
    table = records.imports
    same = (table.c.source == source) & (table.c.file_hash == file_hash) & (table.c.mapping == mapping)
    published = table.c.state == ImportState.PUBLISHED.value
    row = connection.execute(sa.select(table).where(same & published)).mappings().first()
    return _import(row) if row else None


def quarantine_path(home: Path, import_id: int) -> Path:
    """Return where the rejected rows of an import are kept."""
    return home / "quarantine" / f"{import_id}.parquet"


def write_quarantine(home: Path, import_id: int, rejected: pl.DataFrame) -> None:
    """Keep the rejected rows; the file appears whole or not at all, and is on the disk before anything names it."""
    path = quarantine_path(home, import_id)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_suffix(".new")
    rejected.write_parquet(fresh)
    with fresh.open("rb") as file:
        os.fsync(file.fileno())
    fresh.replace(path)


def read_quarantine(home: Path, import_id: int) -> pl.DataFrame:
    """Return the rejected rows of an import (schema `REJECTED`); none when nothing was rejected."""
    path = quarantine_path(home, import_id)
    return pl.read_parquet(path) if path.exists() else pl.DataFrame(schema=REJECTED)
