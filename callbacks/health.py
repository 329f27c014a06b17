"""Is this server alive, can it answer, what is wrong: for balancers, for open pages, and instead of a page."""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

import orjson
import polars as pl
import sqlalchemy as sa
from dash import set_props
from deltalake.exceptions import DeltaError
from flask import Flask, Response, request

from callbacks.asked import chosen_language, words
from callbacks.gate import public
from data.faults import Fault, StorageError, fault_of, sentence, try_writing
from data.log import STORED
from data.services import Services
from layouts.shell import Ids
from layouts.trouble import trouble_page
from layouts.words import Words, words_of

LOOK_SECONDS = 30.0
"""How long what was found holds; a server with a quicker pulse looks as often as it is asked."""

STORAGE = (OSError, DeltaError, pl.exceptions.ComputeError, pl.exceptions.SchemaError, sa.exc.DBAPIError, StorageError)
"""Errors that may be the disk's doing."""

log = logging.getLogger("marcador.health")


class Health:
    """What is wrong with the storage at this moment, looked at once for all who ask."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._every = min(LOOK_SECONDS, services.settings.pulse_seconds)
        self._guard = threading.Lock()
        self._looked = float("-inf")
        self._found: StorageError | None = None
        self._is_log_suspected = False

    def problem(self) -> StorageError | None:
        """Return what is wrong, None when nothing is."""
        if time.monotonic() - self._looked > self._every and self._guard.acquire(blocking=False):
            try:
                self._remember(self._look())
            finally:
                self._guard.release()
        return self._found

    def notice(self, error: BaseException) -> StorageError | None:
        """Return what an error says about the storage and remember it; None when it says nothing."""
        fault = fault_of(error)
        if fault is None:
            return None
        if fault.fault is not Fault.DAMAGED:
            self._remember(fault)
        elif not self._is_log_suspected:
            self._is_log_suspected = True
            self._found, self._looked = fault, float("-inf")  # whoever asks next finds out which file it is
        return fault

    def _remember(self, found: StorageError | None) -> None:
        """Keep what was found; when it is new, the log is told, file name and all."""
        if str(found) != str(self._found):
            log.error("storage: %s", found or "mended")
        self._found, self._looked = found, time.monotonic()

    def _look(self) -> StorageError | None:
        try:
            state = self._services.state()
            if self._is_log_suspected:
                for table in STORED:
                    for file in self._services.log.damaged(table, state.publication.versions.of(table)):
                        return StorageError("the file {} is damaged; 'doctor' says how to mend it", file)
                self._is_log_suspected = False
            try_writing(self._services.home)
        except STORAGE as error:
            found = fault_of(error)
            if found is None:
                raise
            return found
        return None


def install_health(server: Flask, services: Services, health: Health) -> None:
    """Add the two routes of health, and say in words what the disk did to any other."""

    @server.get("/healthz/live")
    @public
    def live() -> Response:
        return _told({"alive": True})

    @server.get("/healthz/ready")
    @public
    def ready() -> Response:
        problem = health.problem()
        if problem is not None and problem.fault is Fault.DAMAGED:
            return _told({"ready": False, "problem": str(problem)}, 503)
        state = services.state()
        told: dict[str, Any] = {"ready": True, "revision": state.revision, "data_age_seconds": data_age(services)}
        return _told(told | ({"problem": str(problem)} if problem else {}))

    def failed(error: Exception) -> Response:
        problem = health.notice(error)
        if problem is None:
            raise error
        t = any_words(services)
        text = on_screen(t, problem)
        if "text/html" in request.headers.get("Accept", ""):
            return Response(trouble_page(t, text), 503, mimetype="text/html")
        return _told({"error": text, "problem": text}, 503)

    for kind in STORAGE:
        server.register_error_handler(kind, failed)


def tell_in_toast(services: Services, health: Health, error: Exception) -> None:
    """Say on the page what the disk did to a callback; any other error goes on.

    Raises
    ------
    Exception
        The error itself, when the disk is not to blame.
    """
    problem = health.notice(error)
    if problem is None:
        raise error
    set_props(Ids.TOAST.value, {"children": on_screen(any_words(services), problem)})


def on_screen(t: Words, problem: StorageError) -> str:
    """Return a problem as every screen may show it: which file it is, is for the log and for `/healthz/ready`."""
    return t.refusal(sentence(problem.fault).told())


def any_words(services: Services) -> Words:
    """Return the words to answer in, whether the records can be read or not."""
    try:
        return words(services.state())
    except STORAGE:
        return words_of(chosen_language())


def data_age(services: Services) -> int:
    """Return the seconds since something was published; never negative, whatever the clock did meanwhile."""
    return max(0, round((services.clock.now() - services.state().publication.at).total_seconds()))


def _told(values: dict[str, Any], status: int = 200) -> Response:
    return Response(orjson.dumps(values), status, mimetype="application/json")
