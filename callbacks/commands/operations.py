"""`migrate`, `rollup`, `check`, `job`, `upkeep`, `settings`: the operator's commands."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from callbacks.commands.report import AS_JSON, CommandError, read_settings, say, services, show
from data.settings import describe
from data.upgrade import prepare_records
from data.upkeep import check_cubes, rebuild_cubes, run_upkeep
from data.work import run_job

PAGE = """# Settings

Made by `python app.py settings --markdown`; do not edit by hand.

Every setting is a variable of the environment, or a line of one TOML file that `MARCADOR_CONFIG` names, there without
the prefix and in small letters: `port = 8051`. Variables win over the file, the file over the defaults.

| variable | default | what it is for |
| --- | --- | --- |
"""


def add_to(cli: typer.Typer) -> None:
    """Add the commands."""
    for command in (migrate, rollup, check, job, upkeep, settings):
        cli.command()(command)


def migrate() -> None:
    """Bring the records database to the newest shape, after a verified copy of what is there."""
    chosen = read_settings()
    chosen.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    copy = prepare_records(chosen)
    say("the records are up to date" + (f"; before, they were copied to {copy}" if copy else ""))


def rollup(
    engine: str = typer.Option("", help="polars, duckdb or spark; default the setting."), as_json: bool = AS_JSON
) -> None:
    """Compute all cubes anew from the log and publish them."""
    if engine not in ("", "polars", "duckdb", "spark"):
        raise CommandError(f"there is no engine '{engine}'; there are polars, duckdb and spark")
    cells = rebuild_cubes(services(), engine or None)
    show({"cells": cells, "engine": engine or "default"}, as_json, f"{cells} cells computed and published")


def check(as_json: bool = AS_JSON) -> None:
    """Do cubes and log agree? Exit code 1 when they do not."""
    differing, cells = check_cubes(services())
    words = (
        f"{cells} cells, all as the log says" if not differing else f"{differing} of {cells} cells differ: run rollup"
    )
    show({"cells": cells, "differing": differing}, as_json, words)
    if differing:
        raise typer.Exit(1)


def job(job_id: int = typer.Argument(help="Number of the job.")) -> None:
    """Do a job that the browser asked for; the server starts this by itself."""
    run_job(services(), job_id)


def upkeep(as_json: bool = AS_JSON) -> None:
    """Do what is due once a day: close weeks, compact the log, drop old files."""
    done = run_upkeep(services())
    show(done, as_json, ", ".join(f"{name}: {count}" for name, count in done.items()))


def settings(
    as_json: bool = AS_JSON,
    markdown: bool = typer.Option(False, "--markdown", help="Print the page docs/settings.md."),
) -> None:
    """List every setting with its default and what it is for."""
    rows = describe()
    if markdown:
        typer.echo(settings_page(rows), nl=False)
        return
    words = "\n".join(f"{name}={default}\n    {text}" for name, default, text in rows)
    show({"settings": [{"name": n, "default": d, "help": h} for n, d, h in rows]}, as_json, words)


def settings_page(rows: Sequence[tuple[str, str, str]]) -> str:
    """Return the documentation of all settings: variable, default and help of each."""
    lines = [f"| `{name}` | {f'`{default}`' if default else ''} | {text} |" for name, default, text in rows]
    return PAGE + "\n".join(lines) + "\n"
