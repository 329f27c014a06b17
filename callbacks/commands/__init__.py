"""The command line: `python app.py …`. A command is an entry point like a click."""

from __future__ import annotations

import sys

import sqlalchemy as sa
import typer

from callbacks.commands import (
    backup,
    commitments,
    demo,
    doctor,
    erasure,
    goal,
    imports,
    indicators,
    operations,
    people,
    score,
    serve,
)
from callbacks.commands.report import EXPECTED
from data.faults import fault_of


def make_cli(create_app: serve.CreateApp) -> typer.Typer:
    """Return the command line; `create_app` makes what `serve` serves."""
    cli = typer.Typer(
        help="Marcador: the scoreboard of a company that wants its customers to recommend it.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    serve.add_to(cli, create_app)
    for noun in (demo, imports, erasure, indicators, commitments, goal, score, people, backup, doctor, operations):
        noun.add_to(cli)
    return cli


def main(create_app: serve.CreateApp) -> None:
    """Run the command line; an expected error is one plain sentence and exit code 1."""
    try:
        make_cli(create_app)(prog_name="python app.py")
    except Exception as error:
        fault = None if isinstance(error, PermissionError) else fault_of(error)
        if fault is None and not isinstance(error, EXPECTED):
            raise
        plain = error.orig if isinstance(error, sa.exc.DBAPIError) else error  # without the statement
        print(f"marcador: {fault or plain}", file=sys.stderr)  # noqa: T201 (the command line speaks)
        sys.exit(1)
