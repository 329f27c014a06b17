"""`demo`: make or remove the demo company."""

from __future__ import annotations

import typer

from callbacks.commands.report import LOCAL, CommandError, progress_line, say, services
from data.demo.company import NAME, SIZES
from data.writes.demo import make_demo, remove_demo


def add_to(cli: typer.Typer) -> None:
    """Add the command."""
    cli.command()(demo)


def demo(
    size: str = typer.Option("normal", help=f"How large: {', '.join(SIZES)}."),
    remove: bool = typer.Option(False, "--remove", help="Remove every row of the demo company."),
) -> None:
    """Make the demo company «Suministros La Ficticia», or remove it."""
    if size not in SIZES:
        raise CommandError(f"there is no size '{size}'; there are {', '.join(SIZES)}")
    opened = services()
    if remove:
        count = remove_demo(opened, LOCAL)
        say(f"{NAME}: removed ({count} imports taken back)")
        return
    make_demo(opened, LOCAL, size, progress_line)
    say(f"{NAME}: ready ({size}). Next: python app.py serve")
