"""Uploaded files: streamed to disk, named by us, removed when they are old."""

from __future__ import annotations

import re
import secrets
import time
from pathlib import Path
from typing import IO

from data.ingest.raw import ImportRefusedError

DAY = 86_400


class TooLargeError(ImportRefusedError):
    """The upload is larger than the setting allows."""


def upload_path(home: Path, upload: str) -> Path:
    """Return where an upload lies.

    Raises
    ------
    ImportRefusedError
        For a name that we did not give, or a file that is gone.
    """
    if not re.fullmatch(r"[0-9a-f]{32}", upload):
        raise ImportRefusedError("that is not an upload")
    path = home / "uploads" / upload
    if not path.is_file():
        raise ImportRefusedError("the uploaded file is no longer here; choose it again")
    return path


def keep_upload(home: Path, stream: IO[bytes], most_bytes: int) -> str:
    """Write a stream to disk and return the upload's name.

    Raises
    ------
    TooLargeError
        When it holds more than `most_bytes`; nothing is kept.
    """
    folder = home / "uploads"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    forget_uploads(home, DAY)
    name = secrets.token_hex(16)
    path = folder / name
    size = 0
    try:
        with path.open("wb") as file:
            while block := stream.read(1 << 20):
                size += len(block)
                if size > most_bytes:
                    raise TooLargeError("the file is larger than {} MB; import it from the shell", most_bytes >> 20)
                file.write(block)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return name


def forget_uploads(home: Path, seconds: float = 0) -> int:
    """Delete the uploads that are older than so many seconds; return how many there were."""
    folder = home / "uploads"
    old = [path for path in folder.glob("*") if time.time() - path.stat().st_mtime >= seconds]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
