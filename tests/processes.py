"""The program as operators run it: a process of its own that is stopped, frozen and killed."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def hold_port(port: int = 0) -> socket.socket:
    """Return a socket that keeps a port, a free one unless it is given: only who asks for this very one gets it."""
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", port))
    return held


def environment(home: Path, **settings: object) -> dict[str, str]:
    """Return the variables of a process over a home; today is the tests' own unless it says otherwise."""
    chosen: dict[str, object] = {
        "home": home,
        "today": "2026-11-22",
        "pulse_seconds": 0.5,
        "log_level": "warning",
        "sign_in": "off",
    }
    named = {f"MARCADOR_{name.upper()}": str(value) for name, value in (chosen | settings).items()}
    return {**os.environ, "POLARS_MAX_THREADS": "2", **named}


def program(home: Path, *words: str, **settings: object) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    command = [sys.executable, str(ROOT / "app.py"), *words]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env=environment(home, **settings), cwd=ROOT, timeout=120
    )


class Server:
    """`python app.py serve` over a home, on a port that stays the same."""

    def __init__(self, home: Path, **settings: object) -> None:
        self.home = home
        self._held = hold_port()
        self.port = int(self._held.getsockname()[1])
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def url(self) -> str:
        """Return the address of the home page, without its slash."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """Return the running process."""
        assert self._process is not None
        return self._process

    def start(self) -> None:
        """Start and wait until it answers."""
        self._process = subprocess.Popen(
            [sys.executable, str(ROOT / "app.py"), "serve"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment(self.home, port=self.port, **self._settings),
            cwd=ROOT,
        )
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                if self.get("/healthz/live")[0] == 200:
                    return
            except OSError:
                assert self.process.poll() is None, "the server ended"
                time.sleep(0.05)
        raise AssertionError("the server does not answer")

    def get(self, path: str, timeout: float = 20) -> tuple[int, bytes]:
        """Return status and body."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            line.request("GET", path)
            answer = line.getresponse()
            return answer.status, answer.read()
        finally:
            line.close()

    def pulse(self) -> dict[str, Any]:
        """Return what open pages are told."""
        told: dict[str, Any] = json.loads(self.get("/api/v1/pulse")[1])
        return told

    def signal(self, number: signal.Signals) -> None:
        """Send a signal."""
        self.process.send_signal(number)

    def kill(self) -> None:
        """Kill it, as a power cut would."""
        self.process.kill()
        self.process.wait()

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.signal(signal.SIGCONT)
            self.kill()
        self._held.close()
