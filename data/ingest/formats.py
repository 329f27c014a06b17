"""Which format a file has, by what it holds and not by its name."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from dashboard.refusals import Refusal
from data.ingest.delimited import read_delimited
from data.ingest.mapping import FileFormat
from data.ingest.raw import ROW, ImportRefusedError, Raw, tidy_header
from data.ingest.spreadsheet import read_spreadsheet

MAGIC = {
    b"PK\x03\x04": "excel",
    b"PK\x05\x06": "an empty ZIP archive",
    b"\xd0\xcf\x11\xe0": "excel",
    b"PAR1": "parquet",
    b"\x1f\x8b": "a compressed file",
    b"7z\xbc\xaf": "a compressed file",
    b"Rar!": "a compressed file",
    b"%PDF": "a PDF",
    b"SQLite format 3": "a database",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}


def read_file(path: Path, declared: FileFormat | None = None) -> Raw:
    """Return the cells of a file.

    Parameters
    ----------
    path : Path
    declared : FileFormat, optional
        What the mapping says of the file; the rest is found out.

    Raises
    ------
    ImportRefusedError
        When the file cannot be read as a table.
    """
    form = declared or FileFormat()
    if not path.is_file():
        raise ImportRefusedError("there is no file {}", path)
    with path.open("rb") as file:
        start = file.read(16)
    kind = next((name for magic, name in MAGIC.items() if start.startswith(magic)), "text")
    if kind == "excel":
        raw = read_spreadsheet(path, form.sheet, form.header_row)
    elif kind == "parquet":
        raw = _read_parquet(path)
    elif kind == "text":
        raw = read_delimited(path.read_bytes(), form.encoding, form.separator, form.header_row)
    else:
        raise ImportRefusedError("this is {}, not a table; Marcador reads CSV, TSV, Excel and Parquet", Refusal(kind))
    return _without_first_rows(raw, form)


def _read_parquet(path: Path) -> Raw:
    try:
        frame = pl.read_parquet(path)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        said = (str(error).splitlines() or ["it cannot be read"])[0]
        raise ImportRefusedError("the Parquet file is damaged: {}; export it again", said) from None
    nested = [name for name, dtype in frame.schema.items() if dtype.is_nested()]
    if nested:
        raise ImportRefusedError("the column {!r} holds lists or structures; flatten it first", nested[0])
    columns = tidy_header(frame.columns)
    try:
        texts = frame[:, : len(columns)].with_columns(pl.col(pl.Binary).cast(pl.String)).cast(pl.String).fill_null("")
    except pl.exceptions.PolarsError as error:
        said = str(error).splitlines()[0]
        raise ImportRefusedError("a column of the Parquet file cannot be written as text: {}", said) from None
    texts.columns = list(columns)
    return Raw(texts.with_row_index(ROW, offset=2).with_columns(pl.col(ROW).cast(pl.Int64)), columns, "Parquet")


def _without_first_rows(raw: Raw, form: FileFormat) -> Raw:
    if not form.skip_after_header:
        return raw
    last = form.header_row + form.skip_after_header
    return Raw(raw.cells.filter(pl.col(ROW) > last), raw.columns, raw.how, raw.rejected.filter(pl.col("row") > last))
