"""Files to take away: CSV and Excel that no spreadsheet will execute."""

from __future__ import annotations

import io
import re

import polars as pl

FORBIDDEN_IN_SHEET = re.compile(r"[\[\]:*?/\\]")
DANGEROUS = "^[=+\\-@\t\r\n＝＋－＠]"


def formula_safe(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with an apostrophe before texts that a spreadsheet would run as a formula.

    Numbers in number columns stay numbers; only texts are touched.
    """
    texts = [name for name, dtype in frame.schema.items() if dtype == pl.String]
    risky = pl.col(texts).str.contains(DANGEROUS)
    return frame.with_columns(pl.when(risky).then("'" + pl.col(texts)).otherwise(pl.col(texts)).name.keep())


def csv_bytes(frame: pl.DataFrame) -> bytes:
    """Return a CSV in UTF-8 with the mark that Excel needs to see accents."""
    return b"\xef\xbb\xbf" + formula_safe(frame).write_csv().encode()


def xlsx_bytes(frame: pl.DataFrame, sheet: str, notes: tuple[str, ...] = ()) -> bytes:
    """Return a workbook with one sheet, and `notes` (what, when, which filters) on a second one.

    Characters that a sheet's name cannot hold become blanks.
    """
    import xlsxwriter  # here: it takes 15 MB of a server that may never write a workbook

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(target, options)
    name = FORBIDDEN_IN_SHEET.sub(" ", sheet)[:31].strip(" '") or "1"
    formula_safe(frame).write_excel(book, name, autofit=True)
    if notes:
        page = book.add_worksheet("Marcador" if name.casefold() != "marcador" else "Marcador 2")
        for row, note in enumerate(notes):
            page.write_string(row, 0, note)
    book.close()
    return target.getvalue()
