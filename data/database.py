"""The records database: SQLite by default, PostgreSQL by URL.

SQLite's driver begins a transaction too late by default and loses updates silently; here every write transaction
begins with BEGIN IMMEDIATE. WAL only where the library has the fix of its reset bug (3.51.3), else TRUNCATE.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event

MIGRATIONS = Path(__file__).parent / "migrations"

MIGRATING = Lock()
"""Alembic keeps one context per process."""


def make_engine(url: str) -> sa.Engine:
    """Return an engine with the settings that keep every acknowledged write."""
    is_sqlite = url.startswith("sqlite")
    if is_sqlite:
        url = _immutable(url)
    options: dict[str, Any] = {"connect_args": {"timeout": 30}} if is_sqlite else {"pool_pre_ping": True}
    engine = sa.create_engine(url, hide_parameters=True, **options)  # what people wrote stays out of every log
    if is_sqlite:
        event.listen(engine, "connect", _configure)
        event.listen(engine, "begin", _begin)
    return engine


def records_file(url: str) -> Path | None:
    """Return the file of a SQLite database, None for a database elsewhere."""
    parsed = sa.make_url(url)
    is_file = parsed.get_backend_name() == "sqlite" and parsed.database and not parsed.database.startswith("file:")
    return Path(str(parsed.database)) if is_file else None


def _immutable(url: str) -> str:
    """Return the URL that opens a file in WAL mode where nothing may be written: SQLite needs to be told."""
    path = records_file(url)
    if path is None or not path.is_file() or os.access(path.parent, os.W_OK):
        return url
    with path.open("rb") as file:
        is_wal = file.read(19)[18:] == b"\x02"
    return f"sqlite:///file:{quote(str(path))}?immutable=1&uri=true" if is_wal else url


def _configure(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    mode = "wal" if sqlite3.sqlite_version_info >= (3, 51, 3) else "truncate"
    for setting in (f"journal_mode={mode}", "synchronous=full", "foreign_keys=on", "busy_timeout=30000"):
        connection.execute(f"pragma {setting}")


def _begin(connection: sa.Connection) -> None:
    is_reading = connection.get_execution_options().get("readonly", False)
    connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Yield a connection for questions: it takes no write lock, and all its answers are of one moment."""
    options: dict[str, Any] = {"readonly": True}
    if engine.dialect.name == "postgresql":
        options["isolation_level"] = "REPEATABLE READ"
    with engine.connect().execution_options(**options) as connection:
        yield connection


def shrink(engine: sa.Engine) -> None:
    """Write the database anew, so that nothing that was deleted can be read in its files."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM FULL")
        return
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("VACUUM")
        raw.cursor().execute("pragma wal_checkpoint(truncate)")
    finally:
        raw.close()


def migrate(url: str, scripts: Path = MIGRATIONS) -> None:
    """Bring the database to the newest shape, in one transaction; one database at a time in a process."""
    with MIGRATING:
        command.upgrade(_config(url, scripts), "head")


def known_revisions(scripts: Path = MIGRATIONS) -> list[str]:
    """Return every shape that this program knows, newest first."""
    return [one.revision for one in ScriptDirectory.from_config(_config("", scripts)).walk_revisions()]


def stored_revision(url: str) -> str | None:
    """Return the shape that a database has, None before its first; nothing is written."""
    engine = make_engine(url)
    try:
        with reading(engine) as connection:
            return MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()


def _config(url: str, scripts: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(scripts))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config
