"""`doctor`: is everything in order?"""

from __future__ import annotations

import typer

from callbacks.commands.report import AS_JSON, read_settings, show
from data.clock import SystemClock
from data.doctor import Finding, Level, examine

SIGNS = {Level.GOOD: "ok", Level.WARNING: "warning", Level.BAD: "BAD"}


def add_to(cli: typer.Typer) -> None:
    """Add the command."""
    cli.command()(doctor)


def doctor(as_json: bool = AS_JSON) -> None:
    """Look at folder, disk, records, log and backups, and say what to do. Exit code 1 when something is bad."""
    found = list(examine(read_settings(), SystemClock()))
    values = [{"name": one.name, "level": one.level.value, "words": one.words} for one in found]
    is_bad = any(one.level is Level.BAD for one in found)
    show({"good": not is_bad, "findings": values}, as_json, "\n".join(_line(one) for one in found))
    if is_bad:
        raise typer.Exit(1)


def _line(finding: Finding) -> str:
    return f"{SIGNS[finding.level]:<8} {finding.name:<12} {finding.words}"
