"""Files to take away that no spreadsheet will execute."""

from __future__ import annotations

import csv
import io
import zipfile

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.exports import csv_bytes, formula_safe, xlsx_bytes

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠x", '=cmd|" /C calc"!A0']


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert formula_safe(pl.DataFrame({"a": [text]})).item() == "'" + text


@pytest.mark.parametrize("text", ["Almacén", "a=b", "", "1-2", " x", "«=»", None])
def test_other_texts_stay_as_they_are(text: str | None) -> None:
    frame = pl.DataFrame({"a": [text]}, schema={"a": pl.String})
    assert formula_safe(frame).item() == text


def test_numbers_stay_numbers_and_a_frame_without_texts_is_untouched() -> None:
    frame = pl.DataFrame({"points": [-41.5, None], "n": [-3, 4]})
    assert formula_safe(frame).equals(frame)
    assert csv_bytes(frame) == b"\xef\xbb\xbfpoints,n\n-41.5,-3\n,4\n"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20), max_size=8))
def test_every_text_is_read_back_as_text(texts: list[str]) -> None:
    content = csv_bytes(
        pl.DataFrame({"n": range(len(texts)), "words": texts}, schema={"n": pl.Int64, "words": pl.String})
    )
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))[1:]
    assert len(rows) == len(texts)
    for (_, found), text in zip(rows, texts, strict=True):
        assert found in (text, "'" + text)
        assert not found.startswith(("=", "+", "-", "@"))


def sheets(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return book.read("xl/workbook.xml").decode()


@pytest.mark.parametrize("sheet", ["Marcador", "marcador", "Viaje", "a/b: [c]?*\\", "x" * 60, "'", ""])
def test_any_name_makes_a_workbook(sheet: str) -> None:
    content = xlsx_bytes(pl.DataFrame({"a": ["=1", "x"], "b": [1, 2]}), sheet, ("NPS", "=1+1"))
    assert "Marcador" in sheets(content)
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert not any(b"<f>" in book.read(name) for name in book.namelist() if "sheets" in name)


def test_a_workbook_without_notes_has_one_sheet() -> None:
    assert sheets(xlsx_bytes(pl.DataFrame({"a": [1]}), "Viaje")).count("<sheet ") == 1
