"""`serve`: the scoreboard under a production server."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import typer
import waitress

from callbacks.commands.report import CommandError, read_settings, say
from callbacks.gate import HOSTS
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
        logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
        services = open_services(settings)
        app = create_app(services)
        address = f"http://{settings.host}:{settings.port}"
        state = services.state()
        has_answers = services.scores(state).has_answers
        say(f"Marcador is at {address}")
        if has_answers:
            say(f"Next: open {address}/wall on the office TV, {address} on your desk")
        else:
            say(f"Next: open {address} and choose: see the demo, or start with your own survey")
        try:
            waitress.serve(
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
