"""What happens to files: five ways of damage, and folders that a disk no longer lets anybody write to."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "header": lambda good: b"\xff" * 64 + good[64:],
    "page": lambda good: good[: len(good) // 3] + b"\xff" * (len(good) // 3) + good[2 * (len(good) // 3) :],
    "footer": lambda good: good[:-4] + b"XXXX",
    "cut": lambda good: good[: len(good) // 2],
    "empty": lambda good: b"",
    "text": lambda good: b"<html>not what you look for</html>" * 20,
}


def may_mount() -> bool:
    """Return whether this process may mount: root, and not forbidden by a container."""
    if os.geteuid() != 0:
        return False
    done = subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False)
    return done.returncode == 0


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Close a folder to writing, for root too, by mounting it over itself."""
    subprocess.run(["mount", "--bind", folder, folder], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", folder], check=True)
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[None]:
    """Put a disk of a few megabytes where the folder is."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def fill(folder: Path) -> Path:
    """Fill a disk to its last byte and return the file that does it."""
    path = folder / "filler"
    with path.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue
    return path
