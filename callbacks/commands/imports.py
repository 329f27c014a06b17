"""`suggest`, `import`, `imports`, `undo`, `rejected`: files in, and back out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import typer

from callbacks.commands.report import AS_JSON, LOCAL, CommandError, progress_line, say, services, show
from data.database import reading
from data.imports import every_import, import_by_id, read_quarantine
from data.ingest.formats import read_file
from data.ingest.mapping import Mapping, mapping_of, parse_mapping
from data.ingest.suggest import draft, source_name
from data.writes.comment_readings import note_reading
from data.writes.imports import Outcome, import_file, preview, undo_import


def add_to(cli: typer.Typer) -> None:
    """Add the commands."""
    cli.command()(suggest)
    cli.command("import")(import_)
    cli.command()(imports)
    cli.command()(undo)
    cli.command()(rejected)


def suggest(
    file: Path = typer.Argument(help="The file of answers or promises: CSV, TSV, Excel or Parquet."),
    source: str = typer.Option("", help="Name of the source; default the file's name."),
    out: Path | None = typer.Option(None, help="Write the mapping here instead of printing it."),
) -> None:
    """Draft a mapping from a file. Check it, then import."""
    text = draft(read_file(file), source or source_name(file))
    if out is None:
        typer.echo(text, nl=False)
        return
    if out.exists():
        raise CommandError(f"{out} exists already; choose another name")
    out.write_text(text, encoding="utf-8")
    say(f"written to {out}: check it, then: python app.py import {file} --mapping {out}")


def import_(
    file: Path = typer.Argument(help="The survey file: CSV, TSV, Excel or Parquet."),
    mapping: Path = typer.Option(..., help="What each column means: a TOML file, see 'suggest'."),
    source: str = typer.Option("", help="Name of the source, instead of the mapping's."),
    dry_run: bool = typer.Option(False, "--dry-run", help="Say what would happen and do nothing."),
    as_json: bool = AS_JSON,
) -> None:
    """Import a file: rows read = accepted + rejected; the same file twice changes nothing."""
    meaning = _read_mapping(mapping, source)
    opened = services()
    if dry_run:
        outcome = preview(opened, file, meaning, progress_line)
    else:
        outcome = import_file(opened, LOCAL, file, meaning, progress=progress_line)
    show(_values(outcome, dry_run), as_json, _words(outcome, dry_run))


def _read_mapping(path: Path, source: str) -> Mapping:
    if not path.is_file():
        raise CommandError(f"there is no mapping {path}")
    try:
        meaning = parse_mapping(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise CommandError(f"{path} is not UTF-8 text") from None
    return mapping_of({**meaning.model_dump(exclude_none=True), "source": source}) if source else meaning


def _values(outcome: Outcome, dry_run: bool) -> dict[str, Any]:
    return {
        "import": outcome.import_id,
        "dry_run": dry_run,
        "changed": outcome.is_new and not dry_run,
        "rows": outcome.rows,
        "accepted": outcome.accepted,
        "rejected": outcome.rejected,
        "ratings": outcome.ratings,
        "invited": outcome.invited,
        "promises": outcome.promises,
        "reasons": _reasons(outcome.rejections),
        "first_rejections": outcome.rejections.drop("raw").head(20).to_dicts(),
        "how": outcome.how,
    }


def _reasons(rejections: pl.DataFrame) -> dict[str, int]:
    counted = (
        rejections.group_by("reason").agg(pl.col("row").n_unique()).sort("row", "reason", descending=[True, False])
    )
    return {str(reason): int(count) for reason, count in counted.iter_rows()}


def _words(outcome: Outcome, dry_run: bool) -> str:
    if not outcome.is_new:
        return f"already imported as {outcome.import_id}: nothing changed"
    head = "would read" if dry_run else f"import {outcome.import_id}: read"
    lines = [f"{head} {outcome.rows} rows ({outcome.how}): {outcome.accepted} accepted, {outcome.rejected} rejected"]
    if outcome.ratings:
        lines.append(f"  {outcome.ratings} ratings of moments")
    if outcome.invited:
        lines.append(f"  {outcome.invited} customers asked")
    if outcome.promises:
        lines.append(f"  {outcome.promises} things promised, new or known better")
    lines += [f"  {count} rows: {reason}" for reason, count in _reasons(outcome.rejections).items()]
    for row, column, value, reason in outcome.rejections.select("row", "column", "value", "reason").head(5).iter_rows():
        lines.append(f"  row {row}, {column or 'row'} «{value[:60]}»: {reason}")
    return "\n".join(lines)


def imports(as_json: bool = AS_JSON) -> None:
    """List the imports, newest first."""
    opened = services()
    with reading(opened.database) as connection:
        found = every_import(connection)
    rows = [
        {
            "id": one.import_id,
            "source": one.source,
            "file": one.file_name,
            "state": one.state.value,
            "rows": one.rows_read,
            "accepted": one.accepted,
            "rejected": one.rejected,
            "since": one.first_day,
            "until": one.last_day,
            "message": one.message,
        }
        for one in found
    ]
    lines = [
        f"{one.import_id:>4}  {one.state.value:<10} {one.source:<16} "
        f"{one.accepted:>9} of {one.rows_read:>9}  {one.file_name}"
        for one in found
    ]
    show({"imports": rows}, as_json, "\n".join(lines) or "nothing was imported yet")


def undo(import_id: int = typer.Argument(help="Number of the import, see 'imports'.")) -> None:
    """Take an import back. Its rows leave the score; closed weeks that change are amendments."""
    found = undo_import(services(), LOCAL, import_id)
    say(f"import {found.import_id} ({found.file_name}) is undone: {found.accepted} rows taken back")


def rejected(
    import_id: int = typer.Argument(help="Number of the import, see 'imports'."),
    out: Path | None = typer.Option(None, help="Write a CSV here instead of printing."),
) -> None:
    """Print the rejected rows of an import with row, column, value and reason, as CSV."""
    from data.exports import csv_bytes

    opened = services()
    with reading(opened.database) as connection:
        if import_by_id(connection, import_id) is None:
            raise CommandError(f"there is no import {import_id}; 'imports' lists them")
    rows = read_quarantine(opened.home, import_id)
    note_reading(opened, opened.state(), LOCAL, "rejected", str(import_id), rows.height)
    content = csv_bytes(rows)
    if out is None:
        typer.echo(content.decode("utf-8-sig"), nl=False)
    else:
        out.write_bytes(content)
        say(f"written to {out}")
