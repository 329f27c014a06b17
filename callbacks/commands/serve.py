"""`serve`: the scoreboard under a production server."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import typer

from callbacks.commands.report import CommandError, read_settings, say
from data.faults import fault_of
from data.jobs import fail_orphans
from data.lock import server_lock
from data.services import Services, open_services
from data.settings import LOOPBACK, Settings
from data.writes.people import setup_address

CreateApp = Callable[[Services], Any]


def add_to(cli: typer.Typer, create_app: CreateApp) -> None:
    """Add the command."""

    @cli.command()
    def serve() -> None:
        """Serve the scoreboard."""
        from callbacks.logs import start_logging
        from callbacks.serving import serve_until_told

        settings = read_settings()
        refuse_open_doors(settings)
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
                **behind_proxy(settings),
            )
        except OSError as error:
            raise CommandError(
                f"port {settings.port} cannot be used ({error.strerror}); choose another with PORT=…"
            ) from None
        finally:
            held.release()


def _next(services: Services, address: str) -> str:
    """Return what to do next; with damaged files the server goes on, and says so."""
    from callbacks.health import STORAGE

    try:
        has_answers = services.scores(services.state()).has_answers
    except STORAGE as error:
        return f"Careful: {fault_of(error) or error}"
    if first := setup_address(services, address):
        return f"Next: open {first} to become the first administrator; the code is good for 15 minutes, once"
    if has_answers:
        return f"Next: open {address}/wall on the office TV, {address} on your desk"
    return f"Next: open {address} and choose: see the demo, or start with your own survey"


def refuse_open_doors(settings: Settings) -> None:
    """Raise `CommandError` for settings that would let in whoever passes by."""
    is_outside = settings.host not in LOOPBACK
    if is_outside and settings.sign_in == "off":
        raise CommandError(f"MARCADOR_HOST={settings.host}: with MARCADOR_SIGN_IN=off only 127.0.0.1 is served")
    if is_outside and not settings.hosts:
        raise CommandError(
            f"MARCADOR_HOST={settings.host}: say by which names people call this server, as in "
            "MARCADOR_HOSTS=marcador.example.com"
        )


def behind_proxy(settings: Settings) -> dict[str, Any]:
    """Return what waitress must know of a proxy: without one, whatever a request claims of proxies is thrown away."""
    plain: dict[str, Any] = {"clear_untrusted_proxy_headers": True}
    if not settings.trusted_proxy:
        return plain
    claims = {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"}
    return plain | {
        "trusted_proxy": settings.trusted_proxy,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": claims,
    }
