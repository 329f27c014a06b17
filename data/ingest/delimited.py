"""CSV and TSV, whatever their encoding, separator and line ends.

Polars reads the whole file at once when every row has as many fields as the header; that is proven by counting
separators. Otherwise Python's csv module reads it row by row and the rows of the wrong shape go to quarantine.
"""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

import polars as pl

from data.ingest.raw import LONGEST_CELL, MOST_ROWS, REJECTED, ROW, ImportRefusedError, Raw, tidy_header

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
SAMPLE_ROWS = 50


def read_delimited(data: bytes, encoding: str | None = None, separator: str | None = None, header_row: int = 1) -> Raw:
    """Return the cells of a delimited text.

    Parameters
    ----------
    data : bytes
        The whole file.
    encoding, separator : str, optional
        As the mapping declares them; found out when absent.
    header_row : int
        Row that names the columns, from 1; what stands above is skipped.

    Raises
    ------
    ImportRefusedError
        When it is not a table, the text cannot be decoded or a quote is never closed.
    """
    text, found = decode(data, encoding)
    refuse_other_formats(text)
    text, declared = without_separator_line(text)
    separator = separator or declared or sniff_separator(text)
    lines = rows_of(text, separator)
    try:
        for _ in range(header_row - 1):
            next(lines)
        header = next(lines)
    except StopIteration:
        raise ImportRefusedError("the file is empty: there is no header") from None
    except csv.Error as error:
        raise ImportRefusedError(f"the header cannot be read: {error}") from None
    columns = tidy_header(header)
    how = f"{SEPARATORS.get(separator, repr(separator))}, {found}"
    fast = _read_fast(text, separator, columns, len(header)) if header_row == 1 else None
    if fast is not None:
        return Raw(_numbered(fast), columns, how)
    cells, rejected = _read_carefully(lines, columns, header_row)
    return Raw(cells, columns, how, rejected)


def decode(data: bytes, encoding: str | None) -> tuple[str, str]:  # noqa: PLR0911 (one return per encoding)
    """Return the text and the name of its encoding; without a declared one: BOM, UTF-8, UTF-16 by its zeros, CP1252."""
    if not data.strip(b"\x00\r\n\t "):
        raise ImportRefusedError("the file is empty")
    if encoding:
        try:
            return data.decode(encoding).removeprefix("\ufeff"), encoding
        except LookupError:
            raise ImportRefusedError(f"the mapping names the encoding {encoding!r}, which does not exist") from None
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise ImportRefusedError(f"line {line} is not {encoding}; name the file's real encoding") from None
    if data.startswith(BOM_UTF8):
        return _strictly(data[3:], "utf-8"), "utf-8"
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return _strictly(data, "utf-16").removeprefix("\ufeff"), "utf-16"
    start = data[:4096]
    if start.count(0) > len(start) // 4:
        return _strictly(data, "utf-16-le" if start[1:2] == b"\x00" else "utf-16-be"), "utf-16"
    if 0 in start:
        raise ImportRefusedError("this is not a text file: it holds zero bytes")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), "cp1252"
    except UnicodeDecodeError:
        return data.decode("latin-1"), "latin-1"


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ImportRefusedError(f"the file says it is {encoding}, but byte {error.start} is not") from None


def refuse_other_formats(text: str) -> None:
    """Raise `ImportRefusedError` for a web page or a document that only has the name of a table."""
    start = text[:2048].lstrip().lower()
    if start.startswith(("<!doctype", "<html", "<?xml", "<table")):
        raise ImportRefusedError("this is a web page, not a table; download the export itself")
    if start.startswith("%pdf"):
        raise ImportRefusedError("this is a PDF, not a table")
    if start.startswith(("{", "[{")):
        raise ImportRefusedError("this is JSON, not a table; export it as CSV, Excel or Parquet")


def without_separator_line(text: str) -> tuple[str, str | None]:
    """Return the text without Excel's `sep=;` line, and the separator that it declared."""
    if text[:4].lower() != "sep=":
        return text, None
    line, _, rest = text.partition("\n")
    return rest, line[4:].strip("\r") or None


def sniff_separator(text: str) -> str:
    """Return the separator that cuts the first rows into the same, largest number of fields."""
    sample = text[:200_000]
    best, best_rank = ",", (0.0, 0)
    for separator in SEPARATORS:
        widths: list[int] = []
        try:
            for fields in rows_of(sample, separator):
                if fields:
                    widths.append(len(fields))
                if len(widths) == SAMPLE_ROWS:
                    break
        except csv.Error:
            pass
        if not widths or widths[0] < 2:
            continue
        same = sum(width == widths[0] for width in widths) / len(widths)
        if (rank := (same, widths[0])) > best_rank:
            best, best_rank = separator, rank
    return best


def rows_of(text: str, separator: str) -> csv._reader:  # type: ignore[name-defined]  # typeshed's private name
    """Return a strict reader of rows; bare carriage returns end lines too."""
    csv.field_size_limit(64 * LONGEST_CELL)
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


def _read_fast(text: str, separator: str, columns: tuple[str, ...], width: int) -> pl.DataFrame | None:
    """Return all cells in one go, None when some row may have another number of fields than the header."""
    if "\n" not in text:
        if "\r" not in text:
            return None
        text = text.replace("\r", "\n")
    body = text.rstrip("\r\n").encode()
    try:
        cells = pl.read_csv(
            body,
            separator=separator,
            infer_schema=False,
            empty_string_is_null=False,
            raise_if_empty=False,
        )
    except pl.exceptions.PolarsError:
        return None
    if cells.width != width or cells.height > MOST_ROWS:
        return None
    inside = sum(cells.select(pl.all().str.count_matches(separator, literal=True).sum()).row(0) or (0,))
    in_header = sum(name.count(separator) for name in cells.columns)
    found = body.count(separator.encode())
    if found - inside - in_header != (width - 1) * (cells.height + 1):
        return None
    if width == 1 and "\n\n" in text:
        return None
    cells = cells.rename(dict(zip(cells.columns, (*columns, *_spare(columns, width)), strict=True)))
    return cells.select(columns)


def _spare(columns: tuple[str, ...], width: int) -> list[str]:
    """Return names for the nameless columns at the right end, which are dropped."""
    return [f"__spare_{index}__" for index in range(width - len(columns))]


def _numbered(cells: pl.DataFrame, first: int = 2) -> pl.DataFrame:
    return cells.with_row_index(ROW, offset=first).with_columns(pl.col(ROW).cast(pl.Int64))


def _read_carefully(
    lines: csv._reader,  # type: ignore[name-defined]  # typeshed's private name
    columns: tuple[str, ...],
    header_row: int,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the rows that fit the header and those that do not, read one by one."""
    good: list[list[str]] = []
    numbers: list[int] = []
    bad: list[tuple[int, str, str, str, str]] = []
    row, width = header_row, len(columns)
    try:
        for fields in lines:
            row += 1
            if not fields:
                continue
            if row > MOST_ROWS:
                raise ImportRefusedError(f"the file has more than {MOST_ROWS:,} rows; cut it into parts")
            if len(fields) > width and not any(fields[width:]):
                fields = fields[:width]  # noqa: PLW2901 (separators at the right end, nothing lost)
            if len(fields) == width:
                good.append(fields)
                numbers.append(row)
            else:
                reason = "fields_too_few" if len(fields) < width else "fields_too_many"
                joined = "¦".join(fields)[:LONGEST_CELL]
                bad.append((row, "", f"{len(fields)} / {width}", reason, joined))
    except csv.Error as error:
        trouble = "a quote is opened and never closed" if "end of data" in str(error) else str(error)
        raise ImportRefusedError(f"row {row + 1}, line {lines.line_num}: {trouble}") from None
    data = {name: [fields[place] for fields in good] for place, name in enumerate(columns)}
    cells = pl.DataFrame({ROW: numbers, **data}, schema={ROW: pl.Int64, **dict.fromkeys(columns, pl.String)})
    return cells, pl.DataFrame(bad, schema=REJECTED, orient="row")
