"""`serve`: the scoreboard under a production server."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import typer

from callbacks.commands.report import CommandError, read_settings, say
from callbacks.gate import HOSTS
from callbacks.health import STORAGE
from callbacks.logs import start_logging
from callbacks.serving import serve_until_told
from data.faults import fault_of
from data.jobs import fail_orphans
from data.lock import server_lock
from data.services import Services, open_services

CreateApp = Callable[[Services], Any]


def add_to(cli: typer.Typer, create_app: CreateApp) -> None:
    """Add the command."""

    @cli.command()
    def serve() -> None:
        """Serve the scoreboard to this machine."""
        settings = read_settings()
        if settings.host not in HOSTS:
            raise CommandError(f"MARCADOR_HOST={settings.host}: until people sign in, only 127.0.0.1 is served")
        start_logging(settings.log_level)
        held = server_lock(settings.home)
        services = open_services(settings)
        fail_orphans(services)
        app = create_app(services)
        address = f"http://{settings.host}:{settings.port}"
        say(f"Marcador is at {address}")
        say(_next(services, address))
        try:
            serve_until_told(
                app.server,
                host=settings.host,
                port=settings.port,
                threads=settings.threads,
                ident=None,
                max_request_body_size=(settings.upload_megabytes + 1) << 20,
                clear_untrusted_proxy_headers=True,
            )
        except OSError as error:
            raise CommandError(
                f"port {settings.port} cannot be used ({error.strerror}); choose another with PORT=…"
            ) from None
        finally:
            held.release()


def _next(services: Services, address: str) -> str:
    """Return what to do next; with damaged files the server goes on, and says so."""
    try:
        has_answers = services.scores(services.state()).has_answers
    except STORAGE as error:
        return f"Careful: {fault_of(error) or error}"
    if has_answers:
        return f"Next: open {address}/wall on the office TV, {address} on your desk"
    return f"Next: open {address} and choose: see the demo, or start with your own survey"
