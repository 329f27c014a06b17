"""Told to stop, a server lets nobody new in and finishes what it began."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from callbacks.serving import serve_until_told
from tests.processes import hold_port


def get(port: int) -> tuple[int, bytes]:
    """Return status and body, trying until the server is there."""
    for _ in range(100):
        try:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            line.request("GET", "/")
            answer = line.getresponse()
            return answer.status, answer.read()
        except ConnectionRefusedError:
            time.sleep(0.05)
    raise AssertionError("no server")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_what_was_begun_is_finished_and_answered(number: signal.Signals) -> None:
    held, begun, answers = hold_port(), threading.Event(), []
    port = int(held.getsockname()[1])
    body = b"x" * 3_000_000

    def slow(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        begun.set()
        time.sleep(1)
        start("200 OK", [("Content-Length", str(len(body)))])
        return [body]

    asking = threading.Thread(target=lambda: answers.append(get(port)))

    def stop_it() -> None:
        begun.wait()
        os.kill(os.getpid(), number)

    asking.start()
    threading.Thread(target=stop_it).start()
    started = time.monotonic()
    serve_until_told(slow, host="127.0.0.1", port=port, threads=2)
    asking.join()
    assert answers == [(200, body)]
    assert time.monotonic() - started < 10
    with pytest.raises(ConnectionRefusedError):
        http.client.HTTPConnection("127.0.0.1", port, timeout=2).request("GET", "/")
    held.close()


def test_a_port_that_is_taken_is_an_error_of_the_system() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OSError, match="in use"):
            serve_until_told(lambda *_: [], host="127.0.0.1", port=taken.getsockname()[1])
