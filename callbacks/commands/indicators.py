"""`readings`, `evidence`: what the teams report, and what may be said of it."""

from __future__ import annotations

from pathlib import Path

import typer

from callbacks.commands.report import AS_JSON, LOCAL, CommandError, say, services, show
from data.database import reading
from data.evidence import read_evidence
from data.indicators import read_indicators
from data.ingest.formats import read_file
from data.ingest.readings import draft_readings, parse_readings_mapping
from data.writes.evidence import judge
from data.writes.readings import import_readings


def add_to(cli: typer.Typer) -> None:
    """Add the commands."""
    cli.command()(readings)
    cli.command()(evidence)


def readings(
    file: Path = typer.Argument(help="The file of readings: CSV, TSV, Excel or Parquet."),
    mapping: Path | None = typer.Option(None, help="What each column means; without it a mapping is drafted."),
    reason: str = typer.Option("", help="Why values that were already reported change."),
    as_json: bool = AS_JSON,
) -> None:
    """Import readings of indicators, or draft the mapping of such a file."""
    if mapping is None:
        typer.echo(draft_readings(read_file(file)), nl=False)
        return
    if not mapping.is_file():
        raise CommandError(f"there is no mapping {mapping}")
    meaning = parse_readings_mapping(mapping.read_text(encoding="utf-8"))
    opened = services()
    found, changed = import_readings(opened, LOCAL, read_file(file, meaning.file), meaning, reason)
    judge(opened)
    values = {
        "rows": found.rows,
        "accepted": found.readings.height,
        "blank": found.blank,
        "rejected": found.rejected["row"].n_unique(),
        "changed": changed,
        "first_rejections": found.rejected.drop("raw").head(20).to_dicts(),
    }
    lines = [
        f"read {found.rows} rows: {found.readings.height} readings, {found.blank} blank, "
        f"{values['rejected']} rejected; {changed} new or changed"
    ]
    lines += [
        f"  row {row}, {column or 'row'} «{value[:60]}»: {why}"
        for row, column, value, why in found.rejected.select("row", "column", "value", "reason").head(5).iter_rows()
    ]
    show(values, as_json, "\n".join(lines))


def evidence(as_json: bool = AS_JSON) -> None:
    """Judge the evidence of every lead indicator with the present data, and list it."""
    opened = services()
    judge(opened)
    found = read_evidence(opened, opened.state())
    with reading(opened.database) as connection:
        watched = [one for one in read_indicators(connection) if one.indicator_id in found]
    rows = []
    for one in watched:
        said = found[one.indicator_id]
        profile = said.trial.profile
        rows.append(
            {
                "team": one.team,
                "indicator": one.name,
                "proof": said.proof.value,
                "weeks": said.trial.weeks,
                "weeks_needed": said.weeks_needed,
                "lag": profile.best_lag if profile else None,
                "effect": said.trial.effect,
            }
        )
    if not rows and not as_json:
        say("no lead indicator is watched yet")
        return
    show(
        {"indicators": rows},
        as_json,
        "\n".join(f"{row['proof']:<12} {row['team']:<16} {row['indicator']}" for row in rows),
    )
