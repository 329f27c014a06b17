"""`backup` and `restore`: everything in one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from callbacks.commands.report import AS_JSON, read_settings, show
from data.backup import Backup, back_up, prune
from data.backup import restore as restore_backup
from data.clock import SystemClock


def add_to(cli: typer.Typer) -> None:
    """Add the commands."""
    cli.command()(backup)
    cli.command()(restore)


def backup(
    file: Path | None = typer.Argument(None, help="A new file; default one in the data folder's 'backups'."),
    keep: int | None = typer.Option(
        None, min=1, help="Then delete the oldest dated copies in 'backups' beyond this many; without it none is."
    ),
    as_json: bool = AS_JSON,
) -> None:
    """Copy everything into one file and verify it by restoring it. The server may go on working."""
    settings = read_settings()
    made = back_up(settings, SystemClock().now(), file)
    gone = prune(settings.home, keep) if keep else []
    told = "".join(f"\ndeleted {old}" for old in gone)
    show(_values(made) | {"deleted": gone}, as_json, f"{made.file}: {_words(made)}, verified{told}")


def restore(
    file: Path = typer.Argument(help="A file that 'backup' made."),
    into: Path = typer.Option(..., help="A new folder; serve it with MARCADOR_HOME."),
    as_json: bool = AS_JSON,
) -> None:
    """Unpack a backup into a new folder, every row counted. The folder in use is never touched."""
    found = restore_backup(file, into)
    show(_values(found) | {"into": into}, as_json, f"{into}: {_words(found)}. Next: MARCADOR_HOME={into}")


def _values(made: Backup) -> dict[str, Any]:
    return {"file": made.file, "at": made.at, "version": made.version, "rows": made.rows}


def _words(made: Backup) -> str:
    count = {
        name: sum(rows for table, rows in made.rows.items() if table.startswith(name)) for name in ("rec", "log.r")
    }
    return f"{count['rec']} records and {count['log.r']} answers and ratings of {made.at:%Y-%m-%d %H:%M} UTC"
