"""Excel workbooks, read in a child process with limits: one far-away cell can abort the reader."""

from __future__ import annotations

import json
import sys
import tempfile
import zipfile
from pathlib import Path

import polars as pl

from dashboard.refusals import Refusal
from data.ingest.child import ChildFailedError, limit_self, run_module
from data.ingest.raw import MOST_COLUMNS, ROW, ImportRefusedError, Raw, tidy_header

LARGEST_UNPACKED = 1 << 30
MEGABYTES, SECONDS = 3072, 120


def read_spreadsheet(path: Path, sheet: str | None = None, header_row: int = 1) -> Raw:
    """Return the cells of one sheet, the first when none is named, as text.

    Raises
    ------
    ImportRefusedError
        When it is not a workbook, has no such sheet, or is too large to read safely.
    """
    refuse_bombs(path)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "cells.parquet"
        try:
            run_module(__name__, [str(path.resolve()), str(target), sheet or "", str(header_row)], SECONDS)
        except ChildFailedError as error:
            raise ImportRefusedError("the workbook cannot be read: {}", _reason(error.message)) from None
        cells = pl.read_parquet(target)
    columns = tidy_header([name for name in cells.columns if name != ROW])
    cells.columns = [ROW, *columns]
    return Raw(cells, columns, "Excel")


def _reason(message: str) -> Refusal:
    """Return why the child gave up, from its last words."""
    if not message:
        return Refusal("its cells lie too far apart or it is damaged")
    told = json.loads(message)
    return Refusal(told["template"], *told["values"])


def refuse_bombs(path: Path) -> None:
    """Raise `ImportRefusedError` for an archive that unpacks to more than a gigabyte or is damaged."""
    with path.open("rb") as file:
        if file.read(2) != b"PK":
            return
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise ImportRefusedError("the workbook is damaged or cut off; save or download it again") from None
    if sum(member.file_size for member in members) > LARGEST_UNPACKED:
        raise ImportRefusedError("the workbook unpacks to more than 1 GB; export the sheet as CSV")
    if not {member.filename for member in members} & {"xl/workbook.xml", "xl/workbook.bin"}:
        raise ImportRefusedError("this is a ZIP archive, not an Excel workbook; unpack it first")


def main(source: str, target: str, sheet: str, header_row: str) -> None:
    """Write the cells of a sheet as Parquet: the work of the child process."""
    import fastexcel  # here: only this child reads workbooks

    limit_self(MEGABYTES, SECONDS)
    try:
        book = fastexcel.read_excel(source)
    except Exception as error:
        raise ImportRefusedError("it is not a workbook: {}", str(error).splitlines()[0]) from None
    if sheet and sheet not in book.sheet_names:
        raise ImportRefusedError("there is no sheet {!r}; there are {}", sheet, ", ".join(book.sheet_names))
    loaded = book.load_sheet(sheet or 0, header_row=None, skip_rows=int(header_row) - 1, dtypes="string")
    if loaded.width > MOST_COLUMNS:
        raise ImportRefusedError("the sheet has {} columns; at most {} can be read", loaded.width, MOST_COLUMNS)
    table = loaded.to_polars().cast(pl.String)
    if table.is_empty():
        raise ImportRefusedError("the sheet is empty")
    header = [value or "" for value in table.row(0)]
    columns = tidy_header(header, int(header_row))
    cells = table[1:, : len(columns)].fill_null("")
    cells.columns = list(columns)
    numbered = cells.with_row_index(ROW, offset=int(header_row) + 1).with_columns(pl.col(ROW).cast(pl.Int64))
    filled = pl.any_horizontal(pl.exclude(ROW) != "")
    numbered.filter(filled).write_parquet(target)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except ImportRefusedError as refusal:
        print(f"refused: {json.dumps(refusal.told())}")  # noqa: T201 (the parent reads this line)
        sys.exit(1)
