"""Logs: one line of JSON per event, with the id of its request.

Never a body, an address or a query, and of an error that is not ours neither its message: they hold what customers
said, who asked for whom, and the tokens of screens. A request is told by its route, an error by its kind and place.
"""

from __future__ import annotations

import logging
import re
import sys
import time
import traceback
from datetime import UTC, datetime
from typing import TextIO
from uuid import uuid4

import orjson
from flask import Flask, Response, g, has_request_context, request

from dashboard.refusals import Refusal

HEADER = "X-Request-Id"
GIVEN = re.compile(r"[A-Za-z0-9._-]{1,64}")
QUIET = ("/api/v1/pulse", "/healthz/live", "/healthz/ready", "/metrics")
"""Routes asked every few seconds by somebody: told at the level debug."""

TOLD = (Refusal, OSError)
"""Errors whose message is ours or the system's."""

log = logging.getLogger("marcador.requests")


class JsonLine(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        told: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        error = record.exc_info[1] if record.exc_info else None
        told["event"] = record.getMessage() if error is None else "unexpected error"
        if has_request_context():
            told |= {"request": request_id(), "route": route()}
        told |= getattr(record, "told", {})
        if error is not None:
            told |= {"error": type(error).__name__, "where": _where(error)}
            if isinstance(error, TOLD):
                told["message"] = str(error)
        return orjson.dumps(told, default=str).decode()


def _where(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames[-8:]]


def start_logging(level: str, stream: TextIO | None = None) -> None:
    """Send every event of the process to one stream, standard error by default."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLine())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.captureWarnings(True)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a page asks for eight things at once


def request_id() -> str:
    """Return the id of the request: the one a proxy gave it, else one of ours."""
    if "request_id" not in g:
        given = request.headers.get(HEADER, "")
        g.request_id = given if GIVEN.fullmatch(given) else uuid4().hex
    return str(g.request_id)


def route() -> str:
    """Return the pattern of the address that was asked for: never the address itself."""
    return request.url_rule.rule if request.url_rule is not None else "(none)"


def install_logs(server: Flask) -> None:
    """Give every answer its request's id and write a line about it; the first to be installed is the last to look."""

    @server.before_request
    def begin() -> None:
        g.begun = time.perf_counter()

    @server.after_request
    def tell(response: Response) -> Response:
        response.headers[HEADER] = request_id()
        seconds = time.perf_counter() - g.get("begun", time.perf_counter())
        told = {"method": request.method, "status": response.status_code, "seconds": round(seconds, 4)}
        is_quiet = route() in QUIET and response.status_code < 400
        log.log(logging.DEBUG if is_quiet else logging.INFO, "request", extra={"told": told})
        return response
