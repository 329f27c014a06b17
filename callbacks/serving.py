"""Serving until told to stop: then nobody new is let in, and what was begun is finished and answered."""

from __future__ import annotations

import logging
import signal
import time
from types import FrameType
from typing import Any

from waitress import create_server, wasyncore

SECONDS_TO_FINISH = 8.0
"""What systemd and containers wait before they kill is 10 or more."""

log = logging.getLogger("marcador.server")


def serve_until_told(application: Any, **options: Any) -> None:
    """Serve with waitress until SIGTERM or SIGINT, then finish what was begun.

    Raises
    ------
    OSError
        When the address cannot be used.
    """
    server = create_server(application, **options)
    told: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        told.append(number)

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    channels = server._map
    try:
        while not told:
            wasyncore.loop(timeout=0.5, map=channels, count=1)
        log.info("stopping")
        server.accepting = False
        server.socket.close()
        server.del_channel()
        until = time.monotonic() + SECONDS_TO_FINISH
        while any(_is_busy(one) for one in list(channels.values())) and time.monotonic() < until:
            wasyncore.loop(timeout=0.1, map=channels, count=1)
        server.task_dispatcher.shutdown(timeout=max(0.5, until - time.monotonic()))
        wasyncore.close_all(channels)
        log.info("stopped")
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _is_busy(channel: Any) -> bool:
    """Return whether a connection is in the middle of a question, waits for an answer, or for the rest of one."""
    is_asking = getattr(channel, "request", None) is not None or bool(getattr(channel, "requests", ()))
    return is_asking or getattr(channel, "total_outbufs_len", 0) > 0
