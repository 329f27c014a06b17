"""One server per folder. The lock is the system's: it goes away with the process, however that ends."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from dashboard.refusals import Refusal


class ServedAlreadyError(Refusal):
    """Another server works on the same folder."""


def server_lock(home: Path) -> FileLock:
    """Take the folder for this server and return the lock to hold.

    A folder that is read-only is not locked: nothing can be spoilt there.

    Raises
    ------
    ServedAlreadyError
        Naming the process that has it.
    """
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = FileLock(str(home / "server.lock"), timeout=0)
    if not os.access(home, os.W_OK):
        return lock
    try:
        lock.acquire()
    except Timeout:
        raise ServedAlreadyError("another server (process {}) already uses {}", serving(home) or "?", home) from None
    with suppress(OSError):  # a full disk keeps the number from being told, not the lock from being held
        (home / "server.pid").write_text(str(os.getpid()), encoding="ascii")
    return lock


def serving(home: Path) -> int | None:
    """Return the process that last said it serves the folder, None when there is none alive."""
    try:
        process = int((home / "server.pid").read_text(encoding="ascii"))
        os.kill(process, 0)
    except (OSError, ValueError):
        return None
    return process
