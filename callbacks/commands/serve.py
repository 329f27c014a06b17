"""`serve`: the scoreboard under a production server."""

from __future__ import annotations

import typer


def add_to(cli: typer.Typer) -> None:
    """Add the command."""
    cli.command()(serve)


def serve() -> None:
    """Serve."""
