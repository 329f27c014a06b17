"""CSV and TSV, whatever their encoding, separator and line ends.

Polars reads the whole file at once when every row has as many fields as the header; that is proven by counting
separators. Otherwise Python's csv module reads it row by row and the rows of the wrong shape go to quarantine.
"""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from itertools import islice

import numpy as np
import polars as pl

from dashboard.refusals import Refusal
from data.ingest.raw import (
    CELL_BREAK,
    LONGEST_CELL,
    MOST_ROWS,
    REJECTED,
    ROW,
    ImportRefusedError,
    Raw,
    Reason,
    tidy_header,
)

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
SAMPLE_ROWS = 50
LARGEST_FIELD = 64 * LONGEST_CELL


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
    separator = separator or declared or sniff_separator(text, header_row)
    lines = rows_of(text, separator)
    try:
        for _ in range(header_row - 1):
            next(lines)
        header = next(lines)
    except StopIteration:
        raise ImportRefusedError("the file is empty: there is no header") from None
    except csv.Error as error:
        raise ImportRefusedError("row {}, the header, cannot be read: {}", header_row, _trouble(error)) from None
    columns = tidy_header(header, header_row)
    how = f"{SEPARATORS.get(separator, 'other')}, {found}"
    fast = _read_fast(text, separator, columns, len(header)) if header_row == 1 else None
    if fast is not None:
        return Raw(_numbered(fast), columns, how)
    cells, rejected = _read_carefully(lines, columns, header_row)
    return Raw(cells, columns, how, rejected)


def decode(data: bytes, encoding: str | None) -> tuple[str, str]:
    """Return the text and the name of its encoding; without a declared one: BOM, UTF-8, UTF-16 by its zeros, CP1252."""
    if not data.strip(b"\x00\r\n\t "):
        raise ImportRefusedError("the file is empty")
    text, found = _declared(data, encoding) if encoding else _found(data)
    text = text.removeprefix("\ufeff")
    place = text.find("\x00")
    if place >= 0:
        line = text.count("\n", 0, place) + 1
        raise ImportRefusedError("line {} holds a zero byte: the file is damaged or not text; export it again", line)
    return text, found


def _declared(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        text = data.decode(encoding)
        text.encode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ImportRefusedError("line {} is not {}; name the file's real encoding", line, encoding) from None
    except UnicodeError:
        raise ImportRefusedError("the file is not {}; name the file's real encoding", encoding) from None
    except (LookupError, ValueError):
        raise ImportRefusedError("the mapping names the encoding {!r}, which does not exist", encoding) from None
    return text, encoding


def _found(data: bytes) -> tuple[str, str]:
    if data.startswith(BOM_UTF8):
        return _strictly(data[3:], "utf-8"), "utf-8"
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return _strictly(data, "utf-16"), "utf-16"
    start = data[:4096]
    if start.count(0) > len(start) // 4:
        return _strictly(data, "utf-16-le" if start[1:2] == b"\x00" else "utf-16-be"), "utf-16"
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1"), "latin-1"


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ImportRefusedError(
            "the file seems to be {}, but its byte {} is not; export it again as UTF-8", encoding, error.start
        ) from None


def refuse_other_formats(text: str) -> None:
    """Raise `ImportRefusedError` for a web page or a document that only has the name of a table."""
    start = text[:2048].lstrip().lower()
    if re.match(r"<(!|\?xml|[a-z][a-z0-9]*[\s/>])", start):
        raise ImportRefusedError("this is a web page or XML, not a table; download the export itself")
    if start.startswith("%pdf"):
        raise ImportRefusedError("this is a PDF, not a table")
    if re.match(r"\{|\[\s*[\[{]", start):
        raise ImportRefusedError("this is JSON, not a table; export it as CSV, Excel or Parquet")


def without_separator_line(text: str) -> tuple[str, str | None]:
    """Return the text without Excel's `sep=;` line, and the separator that it declared."""
    line, *rest = re.split(r"\r\n|\r|\n", text[:200], maxsplit=1)
    separator = line[4:5]
    if line[:4].lower() != "sep=" or not rest or separator == '"' or line[4:].strip(separator or None):
        return text, None
    return rest[0] + text[200:], separator or None


def sniff_separator(text: str, header_row: int = 1) -> str:
    """Return the separator that cuts the first rows, from the header on, into the same, largest number of fields."""
    sample = text[:200_000]
    best, best_rank = ",", (0.0, 0)
    for separator in SEPARATORS:
        widths: list[int] = []
        try:
            for fields in islice(rows_of(sample, separator), header_row - 1, None):
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
    csv.field_size_limit(LARGEST_FIELD)
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


def _read_fast(text: str, separator: str, columns: tuple[str, ...], width: int) -> pl.DataFrame | None:
    """Return all cells in one go, None when some row may have another number of fields than the header."""
    if "\n" not in text and '"' not in text:
        text = text.replace("\r", "\n")
    if "\n" not in text or text.count("\r") != text.count("\r\n"):
        return None
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
    if cells.width != width or cells.height > MOST_ROWS or not _is_even(body, separator, cells.shape):
        return None
    cells.columns = [*columns, *_spare(columns, width)]
    spare = cells[:, len(columns) :]
    is_lost = spare.width > 0 and spare.select(pl.any_horizontal(pl.all() != "").any()).item()
    return None if is_lost else cells[:, : len(columns)]


def _is_even(body: bytes, separator: str, shape: tuple[int, int]) -> bool:
    """Return whether every line, quoted texts put aside, has exactly as many fields as the table that was read.

    Polars fills rows that are too short and drops empty fields too many, so that its shape alone proves nothing. A
    quote doubled inside a quoted text opens and closes twice: what lies between quotes is told by their parity.
    """
    height, width = shape
    if len(separator.encode()) != 1:
        return False
    signs = np.frombuffer(body, dtype=np.uint8)
    places = np.flatnonzero((signs == ord("\n")) | (signs == ord(separator)) | (signs == ord('"')))
    marks = signs[places]
    places = places[~np.bitwise_xor.accumulate(marks == ord('"'))]
    marks = signs[places]
    ends, cuts = np.append(places[marks == ord("\n")], signs.size), places[marks == ord(separator)]
    starts = np.concatenate([[0], ends[:-1] + 1])
    if ends.size != height + 1 or cuts.size != (width - 1) * ends.size:
        return False
    if width == 1:
        return bool((ends - starts - (signs[ends - 1] == ord("\r")) > 0).all())
    fields = cuts.reshape(ends.size, width - 1)
    return bool((fields[:, 0] >= starts).all() and (fields[:, -1] < ends).all())


def _trouble(error: csv.Error) -> Refusal:
    """Return in words what the csv module found."""
    said = str(error)
    if "end of data" in said:
        return Refusal("a quote is opened and never closed; close it or delete it")
    if "field limit" in said:
        return Refusal(
            "a cell is longer than {:,} characters; perhaps a quote before it is never closed", LARGEST_FIELD
        )
    if "expected after" in said:
        return Refusal('text follows a closing quote; write a quote inside a text twice, as ""')
    return Refusal("{}", said)


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
                raise ImportRefusedError("the file has more than {:,} rows; cut it into parts", MOST_ROWS)
            if len(fields) > width and not any(fields[width:]):
                fields = fields[:width]  # noqa: PLW2901 (separators at the right end, nothing lost)
            if len(fields) == width:
                good.append(fields)
                numbers.append(row)
            else:
                reason = Reason.FIELDS_TOO_FEW if len(fields) < width else Reason.FIELDS_TOO_MANY
                joined = CELL_BREAK.join(fields)[:LONGEST_CELL]
                bad.append((row, "", f"{len(fields)} / {width}", reason.value, joined))
    except csv.Error as error:
        raise ImportRefusedError("row {}, line {}: {}", row + 1, lines.line_num, _trouble(error)) from None
    data = {name: [fields[place] for fields in good] for place, name in enumerate(columns)}
    cells = pl.DataFrame({ROW: numbers, **data}, schema={ROW: pl.Int64, **dict.fromkeys(columns, pl.String)})
    return cells, pl.DataFrame(bad, schema=REJECTED, orient="row")
