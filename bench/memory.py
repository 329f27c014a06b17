"""The memory of a real server process while it answers every desk view and the wall to a real browser."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser

from bench.answers import TODAY

ROOT = Path(__file__).resolve().parents[1]
PATHS = (
    *("/", "/teams", "/journey", "/commitments", "/meeting", "/improvements", "/voice", "/accounts", "/plan"),
    *("/sources", "/settings", "/screens", "/people", "/audit", "/wall"),
)


@contextmanager
def server(home: Path) -> Iterator[tuple[str, int]]:
    """Yield address and process id of `python app.py serve` over a home."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    settings = {"HOME": home, "TODAY": TODAY, "SIGN_IN": "off", "PORT": port, "LOG_LEVEL": "warning"}
    named = {f"MARCADOR_{name}": str(value) for name, value in settings.items()}
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "app.py"), "serve"],
        stdout=subprocess.DEVNULL,
        env={**os.environ, **named},
        cwd=ROOT,
    )
    try:
        yield _until_it_answers(process, f"http://127.0.0.1:{port}"), process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _until_it_answers(process: subprocess.Popen[bytes], address: str) -> str:
    until = time.monotonic() + 120
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/healthz/live", timeout=5):  # noqa: S310 (this machine)
                return address
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server does not answer")


def megabytes(process: int, what: str) -> float:
    """Return `VmRSS` or `VmHWM` of a process."""
    told = Path(f"/proc/{process}/status").read_text()
    return int(next(line for line in told.splitlines() if line.startswith(what)).split()[1]) / 1024


def measure(browser: Browser, home: Path) -> tuple[dict[str, float], float]:
    """Return the memory before any view (by no path) and after each in MB, and the most there ever was."""
    found = {}
    with server(home) as (address, process):
        found[""] = megabytes(process, "VmRSS")
        for path in PATHS:
            context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="es-ES")
            page = context.new_page()
            page.goto(address + path)
            page.wait_for_selector("#first-paint:not(:empty)", state="detached", timeout=120_000)
            page.wait_for_load_state("networkidle", timeout=120_000)
            found[path] = megabytes(process, "VmRSS")
            context.close()
        return found, megabytes(process, "VmHWM")
