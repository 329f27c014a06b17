"""Workbooks: sheets, header rows, the numbers of rows; a stranger's workbook never takes the process down."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.ingest.raw import ImportRefusedError
from data.ingest.spreadsheet import read_spreadsheet
from tests.data.ingest.helpers import file
from tests.data.ingest.malformed import QUARANTINED, sheet


def test_a_sheet_is_chosen_by_name(tmp_path: Path) -> None:
    path = file(tmp_path, QUARANTINED["several sheets"][0](), "a.xlsx")
    assert read_spreadsheet(path, "June").cells.row(0) == (2, "June", "2026-05-04", "2")
    with pytest.raises(ImportRefusedError, match="no sheet 'July'; there are May, June"):
        read_spreadsheet(path, "July")


def test_rows_keep_the_numbers_that_excel_shows(tmp_path: Path) -> None:
    path = file(tmp_path, sheet(["report"], ["key", "n"], [], ["a", 9.0], ["b", 9.5])(), "a.xlsx")
    raw = read_spreadsheet(path, header_row=3)
    assert (raw.columns, raw.cells.rows()) == (("key", "n"), [(5, "a", "9"), (6, "b", "9.5")])
