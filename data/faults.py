"""What a disk does to us: full, closed to writing, damaged. One sentence each, whichever library noticed it."""

from __future__ import annotations

import errno
import os
import re
import sqlite3
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import polars as pl
from deltalake.exceptions import DeltaError

from dashboard.refusals import Refusal

PROBE_BYTES = 1 << 14
"""What must still fit on the disk: a decision's rows and the journal that protects them."""


class Fault(StrEnum):
    """What is wrong with the storage."""

    FULL = "full"
    CLOSED = "closed"
    DAMAGED = "damaged"


class StorageError(Refusal):
    """The data cannot be read or written. The sentence says what to do."""

    def __init__(self, template: str, *values: object, fault: Fault = Fault.DAMAGED) -> None:
        super().__init__(template, *values)
        self.fault = fault


ERRNO = {
    errno.ENOSPC: Fault.FULL,
    errno.EDQUOT: Fault.FULL,
    errno.EROFS: Fault.CLOSED,
    errno.EACCES: Fault.CLOSED,
    errno.EPERM: Fault.CLOSED,
    errno.EIO: Fault.DAMAGED,
}
SQLITE = {
    sqlite3.SQLITE_FULL: Fault.FULL,
    sqlite3.SQLITE_READONLY: Fault.CLOSED,
    sqlite3.SQLITE_CANTOPEN: Fault.CLOSED,
    sqlite3.SQLITE_PERM: Fault.CLOSED,
    sqlite3.SQLITE_CORRUPT: Fault.DAMAGED,
    sqlite3.SQLITE_NOTADB: Fault.DAMAGED,
    sqlite3.SQLITE_IOERR: Fault.DAMAGED,
}
SAID = (
    (re.compile(r"os error (28|122)\b|no space left|quota exceeded", re.I), Fault.FULL),
    (re.compile(r"os error (30|13)\b|read-only file system|permission denied", re.I), Fault.CLOSED),
    (
        re.compile(r"\bparquet\b|os error [25]\b|data type mismatch for column|kernel error|does not exist", re.I),
        Fault.DAMAGED,
    ),
)
"""What Polars and Delta say; their errors carry no numbers."""

NATIVE = (pl.exceptions.ComputeError, pl.exceptions.SchemaError, DeltaError, OSError)
"""Errors whose only sign may be their message."""


def fault_of(error: BaseException) -> StorageError | None:
    """Return in words what the disk did, None when the error is about something else."""
    for one in _causes(error):
        if isinstance(one, StorageError):
            return one
        fault = _fault(one)
        if fault is not None:
            return sentence(fault, _file(one))
    return None


def sentence(fault: Fault, file: str = "") -> StorageError:
    """Return what people are told of a fault."""
    if fault is Fault.FULL:
        return StorageError("the disk is full: nothing was saved; make room, then repeat", fault=fault)
    if fault is Fault.CLOSED:
        return StorageError("the data folder is read-only: nothing was saved; the numbers can be read", fault=fault)
    if file:
        return StorageError("the file {} is damaged; 'doctor' says how to mend it", file, fault=fault)
    return StorageError("a data file is damaged; 'doctor' says which and how to mend it", fault=fault)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _fault(error: BaseException) -> Fault | None:
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", None)
        return SQLITE.get(code & 0xFF) if code is not None else None
    if isinstance(error, OSError) and error.errno is not None:
        return ERRNO.get(error.errno)
    if not isinstance(error, NATIVE):
        return None
    return next((fault for pattern, fault in SAID if pattern.search(str(error))), None)


def _file(error: BaseException) -> str:
    """Return the name of the Parquet file that an error speaks of, without its folder; empty when it names none."""
    named = re.search(r"[^\s'\"]+\.parquet", str(error))
    return Path(named.group()).name if named else ""


def try_writing(folder: Path) -> None:
    """Write a few pages to the disk and take them away again.

    Raises
    ------
    OSError
        When the disk does not let us.
    """
    path = folder / f".probe-{os.getpid()}"
    try:
        with path.open("wb") as file:
            file.write(bytes(PROBE_BYTES))
            file.flush()
            os.fsync(file.fileno())
    finally:
        path.unlink(missing_ok=True)
