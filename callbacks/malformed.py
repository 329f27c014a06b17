"""Callbacks called with what no page of ours sends: refused, not failed."""

from __future__ import annotations

import logging

import orjson
from dash.exceptions import CallbackException
from flask import Flask, Response

from callbacks.logs import route

UPDATE = "/_dash-update-component"
SHAPE = (TypeError, KeyError, IndexError, AttributeError, ValueError, RecursionError, CallbackException)
"""What Python and Dash say when a value has not the shape that a callback reads."""

log = logging.getLogger("marcador.callbacks")


def install_malformed(server: Flask) -> None:
    """Answer 400 to a callback whose values have not the shape it reads.

    A mistake of ours looks the same from here: so each is an error in the log, with its place.
    """

    def refused(error: Exception) -> Response:
        if route() != UPDATE:
            raise error
        log.error("malformed callback", exc_info=error)
        return Response(orjson.dumps({"error": "malformed"}), 400, mimetype="application/json")

    for kind in SHAPE:
        server.register_error_handler(kind, refused)
