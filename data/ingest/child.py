"""Child processes with limits: what parses a stranger's file must not take the server down with it."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class ChildFailedError(RuntimeError):
    """The child ended badly. `message` is its last line when it had something to say."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message or f"the process ended with code {code}")
        self.code = code
        self.message = message


def limit_self(megabytes: int, seconds: int) -> None:
    """Limit this process's address space and processor time."""
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run_module(module: str, arguments: Sequence[str], seconds: int) -> None:
    """Run `python -m module arguments` and wait.

    Raises
    ------
    ChildFailedError
        When it fails, is killed or takes longer than `seconds`.
    """
    command = [sys.executable, "-m", module, *arguments]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        raise ChildFailedError(-1, f"it took longer than {seconds} seconds") from None
    if done.returncode:
        lines = [line for line in done.stdout.splitlines() if line.startswith("refused: ")]
        raise ChildFailedError(done.returncode, lines[-1].removeprefix("refused: ") if lines else "")
