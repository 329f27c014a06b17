"""A server in a thread, as production serves: threaded, on a port that stays its own while it answers and while not."""

from __future__ import annotations

import threading
from typing import Any

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from app import create_app
from data.services import Services
from tests.processes import hold_port


class Quiet(WSGIRequestHandler):
    """Says nothing of the requests it answers."""

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 (the name that werkzeug gives it)
        """Say nothing."""


class Served:
    """An application that answers until it is stopped."""

    def __init__(self, services: Services, port: int = 0) -> None:
        self.services = services
        self.app = create_app(services)
        self._server: BaseWSGIServer | None = None
        self._held = hold_port(port)
        self.port = int(self._held.getsockname()[1])
        self.start()

    @property
    def url(self) -> str:
        """Return the address of the home page, without its slash."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Answer, on the same port as before."""
        self._server = make_server("127.0.0.1", self.port, self.app.server, threaded=True, request_handler=Quiet)
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def stop(self) -> None:
        """Answer no more."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def __enter__(self) -> Served:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._held.close()
