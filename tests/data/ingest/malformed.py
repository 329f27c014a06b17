"""Malformed and awkward files, made when a test asks for them: name → bytes.

All but those that say otherwise speak of the columns id, date and score.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import datetime

import polars as pl
import xlsxwriter

Builder = Callable[[], bytes]
PLAIN = "id,date,score\na,2026-05-04,9\nb,2026-05-05,3\n"


def text(content: str, encoding: str = "utf-8") -> Builder:
    return lambda: content.encode(encoding)


def rows(*lines: str) -> Builder:
    return text("\n".join(["id,date,score", *lines, ""]))


def workbook(fill: Callable[[xlsxwriter.Workbook], None]) -> Builder:
    def build() -> bytes:
        target = io.BytesIO()
        with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
            fill(book)
        return target.getvalue()

    return build


def sheet(*lines: list[object]) -> Builder:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet()
        for place, line in enumerate([["id", "date", "score"], *lines]):
            page.write_row(place, 0, line)

    return workbook(fill)


def _far_cell(book: xlsxwriter.Workbook) -> None:
    book.add_worksheet().write("XFD1048576", "x")


def _far_corners(book: xlsxwriter.Workbook) -> None:
    page = book.add_worksheet()
    page.write("A1", "id")
    page.write("XFD1048576", "x")


def _several_sheets(book: xlsxwriter.Workbook) -> None:
    for name, score in (("May", 9), ("June", 2)):
        page = book.add_worksheet(name)
        page.write_row(0, 0, ["id", "date", "score"])
        page.write_row(1, 0, [name, "2026-05-04", score])


def _formulas(book: xlsxwriter.Workbook) -> None:
    page = book.add_worksheet()
    page.write_row(0, 0, ["id", "date", "score"])
    page.write_row(1, 0, ["a", "2026-05-04"])
    page.write_formula(1, 2, "=4+5", None, 9)
    page.write_row(2, 0, ["b", "2026-05-04"])
    page.write_formula(2, 2, "=NA()", None, "#N/A")


def _real_dates(book: xlsxwriter.Workbook) -> None:
    page = book.add_worksheet()
    page.write_row(0, 0, ["id", "date", "score"])
    page.write(1, 0, "a")
    page.write_datetime(1, 1, datetime(2026, 5, 4), book.add_format({"num_format": "yyyy-mm-dd"}))
    page.write(1, 2, 9)


def bomb() -> bytes:
    """An archive of a few kilobytes that says it unpacks to more than a gigabyte."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 5_000_000)
    content = target.getvalue()
    return content.replace(struct.pack("<L", 5_000_000), struct.pack("<L", 2_000_000_000))


def archive() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("survey.csv", PLAIN)
    return target.getvalue()


def parquet(**columns: list[object]) -> Builder:
    def build() -> bytes:
        target = io.BytesIO()
        pl.DataFrame(columns).write_parquet(target)
        return target.getvalue()

    return build


GOOD_PARQUET = parquet(id=["a", "b"], date=["2026-05-04", "2026-05-05"], score=[9, 3])
GOOD_SHEET = sheet(["a", "2026-05-04", 9], ["b", "2026-05-05", 3])


def damaged_at(build: Builder, mark: bytes) -> Builder:
    """Return the file with sixteen bytes overwritten, 40 bytes after `mark`, else in the middle."""

    def damaged() -> bytes:
        content = bytearray(build())
        place = content.find(mark) + 40 if mark else len(content) // 2
        content[place : place + 16] = b"\xff" * 16
        return bytes(content)

    return damaged


REFUSED: dict[str, tuple[Builder, str]] = {
    "empty": (text(""), "the file is empty"),
    "only blank lines": (text("\n\n\r\n"), "the file is empty"),
    "html named csv": (text("<!DOCTYPE html><html><body>Sign in</body></html>"), "web page"),
    "json": (text('[{"id": 1, "score": 9}]'), "this is JSON"),
    "pdf": (text("%PDF-1.7\n%âãÏÓ"), "this is a PDF"),
    "png": (lambda: b"\x89PNG\r\n\x1a\n0000", "this is a picture"),
    "gzip": (lambda: b"\x1f\x8b\x08\x00abc", "this is a compressed file"),
    "sqlite": (lambda: b"SQLite format 3\x00" + bytes(80), "this is a database"),
    "zip of a csv": (archive, "ZIP archive, not an Excel workbook"),
    "empty zip": (lambda: b"PK\x05\x06" + bytes(18), "empty ZIP archive"),
    "cut zip": (lambda: archive()[:40], "damaged or cut off"),
    "duplicate header": (text("id,date,score,score\na,2026-05-04,9,9\n"), "row 1: the column 'score' appears twice"),
    "a million columns": (lambda: b",".join(b"c%d" % place for place in range(1_000_000)) + b"\n", "at most 512"),
    "other columns": (text("a,b\n1,2\n"), "the file has no column 'id', 'date', 'score'; it has a, b"),
    "unclosed quote": (text(PLAIN + 'c,"2026-05-06,9\nd,2026-05-06,9\n'), "row 4, line 5: a quote is opened"),
    "text after a quote": (text(PLAIN + 'c,"2026"-05-06,9\n'), "row 4, line 4: text follows a closing quote"),
    "zero bytes": (text("id,date,score\na\x00,2026-05-04,9\n"), "line 2 holds a zero byte"),
    "zero bytes far down": (text(PLAIN * 500 + "x\x00\n"), "line 1501 holds a zero byte"),
    "half of utf-16": (lambda: PLAIN.encode("utf-16")[:-1], "export it again as UTF-8"),
    "bom but not utf-8": (lambda: b"\xef\xbb\xbfid,date,score\n\xe9,2026-05-04,9\n", "seems to be utf-8"),
    "sep line but other separator": (text("sep=;\n" + PLAIN), "has no column"),
    "cell of 5 MB among ragged rows": (
        text(PLAIN + "c\n" + "x" * 5_000_000 + ",,\n"),
        "row 5, line 5: a cell is longer",
    ),
    "random bytes": (lambda: bytes(range(1, 256)) * 4, "column|quote|row"),
    "damaged parquet": (damaged_at(GOOD_PARQUET, b""), "Parquet file is damaged"),
    "cut parquet": (lambda: GOOD_PARQUET()[:-20], "Parquet file is damaged"),
    "only the magic of parquet": (lambda: b"PAR1", "Parquet file is damaged"),
    "nested parquet": (parquet(id=["a"], date=["2026-05-04"], score=[[9, 8]]), "column 'score' holds lists"),
    "parquet of bytes": (parquet(id=[b"\xff\xfe"], date=["2026-05-04"], score=[9]), "cannot be written as text"),
    "far cell": (workbook(_far_cell), "row 1 is empty"),
    "far corners": (workbook(_far_corners), "lie too far apart or it is damaged"),
    "workbook bomb": (bomb, "unpacks to more than 1 GB"),
    "cut workbook": (lambda: GOOD_SHEET()[:2000], "damaged or cut off"),
    "damaged workbook": (damaged_at(GOOD_SHEET, b"xl/worksheets/sheet1.xml"), "the workbook cannot be read"),
    "empty workbook": (workbook(lambda book: book.add_worksheet() and None), "is empty"),
}
"""Files that cannot be imported at all, and what the refusal says."""

QUARANTINED: dict[str, tuple[Builder, int, list[tuple[int, str, str]]]] = {
    "plain": (text(PLAIN), 2, []),
    "header only": (text("id,date,score\n"), 0, []),
    "bom": (text(PLAIN, "utf-8-sig"), 2, []),
    "cp1252": (text(PLAIN + "ñ€,2026-05-06,9\n", "cp1252"), 3, []),
    "utf-16 with bom": (text(PLAIN, "utf-16"), 2, []),
    "utf-16 without bom": (text(PLAIN, "utf-16-le"), 2, []),
    "semicolons": (text(PLAIN.replace(",", ";")), 2, []),
    "tabs": (text(PLAIN.replace(",", "\t")), 2, []),
    "sep line": (text("sep=;\r\n" + PLAIN.replace(",", ";")), 2, []),
    "cr only": (text(PLAIN.replace("\n", "\r")), 2, []),
    "cr only with quotes": (text(PLAIN.replace("\n", "\r").replace("a,", '"a\rb",')), 2, []),
    "crlf": (text(PLAIN.replace("\n", "\r\n")), 2, []),
    "spaces around headers": (text(PLAIN.replace("id,date,score", " id , date ,score ")), 2, []),
    "quoted newlines": (text(PLAIN.replace("a,", '"a\nb, ""c""",')), 2, []),
    "trailing separators": (text(PLAIN.replace("\n", ",,\n")), 2, []),
    "blank lines": (text(PLAIN.replace("\n", "\n\n")), 2, []),
    "row too short": (rows("a,2026-05-04", "b,2026-05-04,9"), 2, [(2, "", "fields_too_few")]),
    "row too long": (rows("a,2026-05-04,9,x", "b,2026-05-04,9"), 2, [(2, "", "fields_too_many")]),
    "short row beside a trailing separator": (rows("a,2026-05-04", "b,2026-05-04,9,"), 2, [(2, "", "fields_too_few")]),
    "empty row": (
        rows(",,", "b,2026-05-04,9"),
        2,
        [(2, "date", "date_missing"), (2, "id", "id_missing"), (2, "", "row_is_empty")],
    ),
    "score 11": (rows("a,2026-05-04,11"), 1, [(2, "score", "score_out_of_range")]),
    "score -1": (rows("a,2026-05-04,-1"), 1, [(2, "score", "score_out_of_range")]),
    "score 100000": (rows("a,2026-05-04,100000"), 1, [(2, "score", "score_out_of_range")]),
    "score NaN": (rows("a,2026-05-04,NaN"), 1, [(2, "score", "score_unreadable")]),
    "score inf": (rows("a,2026-05-04,inf"), 1, [(2, "score", "score_unreadable")]),
    "score 9.5": (rows("a,2026-05-04,9.5"), 1, [(2, "score", "score_unreadable")]),
    "score in words": (rows("a,2026-05-04,7 - perhaps"), 1, [(2, "score", "score_unreadable")]),
    "score 1e300": (rows("a,2026-05-04,1e300"), 1, [(2, "score", "score_unreadable")]),
    "nothing answered": (rows("a,2026-05-04,"), 1, [(2, "", "nothing_answered")]),
    "mixed dates": (rows("a,2026-05-04,9", "b,04/05/2026,9"), 2, [(3, "date", "date_unreadable")]),
    "the 31st of April": (rows("a,2026-04-31,9"), 1, [(2, "date", "date_unreadable")]),
    "the day after tomorrow": (rows("a,2026-11-24,9"), 1, [(2, "date", "date_in_future")]),
    "year 1": (rows("a,0001-01-01,9"), 1, [(2, "date", "date_too_old")]),
    "year 12026": (rows("a,12026-01-01,9"), 1, [(2, "date", "date_unreadable")]),
    "no date": (rows("a,,9"), 1, [(2, "date", "date_missing")]),
    "no id": (rows(",2026-05-04,9"), 1, [(2, "id", "id_missing")]),
    "the same id twice": (rows("a,2026-05-04,9", "a,2026-05-05,3"), 2, [(3, "id", "id_repeated")]),
    "a long id": (rows("a" * 201 + ",2026-05-04,9"), 1, [(2, "id", "name_too_long")]),
    "cell of 5 MB": (rows("a" * 5_000_000 + ",2026-05-04,9"), 1, [(2, "id", "name_too_long")]),
    "two reasons": (rows("a,soon,11"), 1, [(2, "date", "date_unreadable"), (2, "score", "score_out_of_range")]),
    "parquet": (GOOD_PARQUET, 2, []),
    "parquet of dates and floats": (
        parquet(id=[1, 2], date=[datetime(2026, 5, 4).date(), None], score=[9.0, float("nan")]),
        2,
        [(3, "date", "date_missing"), (3, "score", "score_unreadable")],
    ),
    "workbook": (GOOD_SHEET, 2, []),
    "numbers as text": (sheet(["1", "2026-05-04", "9"], [2, "2026-05-04", " 3 "]), 2, []),
    "workbook with gaps": (
        sheet(["a", "2026-05-04", 9], [], ["b", "2026-05-04", 30]),
        2,
        [(4, "score", "score_out_of_range")],
    ),
    "several sheets": (workbook(_several_sheets), 1, []),
    "formulas": (workbook(_formulas), 2, [(3, "", "nothing_answered")]),
    "real dates": (workbook(_real_dates), 1, []),
}
"""Files that are imported: rows read, and row, column and reason of what is rejected."""
