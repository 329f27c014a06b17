"""The format is told by what the file holds; whatever the bytes, a table or a refusal."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.ingest.formats import read_file
from data.ingest.mapping import FileFormat, MappingError, parse_mapping
from data.ingest.parse import parse
from data.ingest.raw import ROW, ImportRefusedError
from data.ingest.suggest import draft
from tests.data.ingest.helpers import MADRID, TODAY, file, mapping
from tests.data.ingest.malformed import GOOD_PARQUET, GOOD_SHEET, PLAIN

ROWS = [(2, "a", "2026-05-04", "9"), (3, "b", "2026-05-05", "3")]


@pytest.mark.parametrize("content", [PLAIN.encode(), GOOD_PARQUET(), GOOD_SHEET()], ids=["csv", "parquet", "excel"])
def test_the_name_of_the_file_says_nothing(tmp_path: Path, content: bytes) -> None:
    raw = read_file(file(tmp_path, content, "survey.docx"))
    assert (raw.columns, raw.cells.rows()) == (("id", "date", "score"), ROWS)


def test_rows_below_the_header_are_skipped_by_their_number(tmp_path: Path) -> None:
    text = "id,date,score\nQuestion text\n{import},x,y\n\na,2026-05-04,9\n"
    raw = read_file(file(tmp_path, text), FileFormat(skip_after_header=2))
    assert (raw.cells[ROW].to_list(), raw.rejected.height, raw.rows) == ([5], 0, 1)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ImportRefusedError, match=r"there is no file .*nothing\.csv"):
        read_file(tmp_path / "nothing.csv")


def test_a_parquet_without_columns_or_names_is_refused(tmp_path: Path) -> None:
    pl.DataFrame({"": ["x"]}).write_parquet(tmp_path / "a.parquet")
    with pytest.raises(ImportRefusedError, match="row 1 is empty"):
        read_file(tmp_path / "a.parquet")
    pl.DataFrame({"a": ["x"], "": ["y"]}).write_parquet(tmp_path / "b.parquet")
    assert read_file(tmp_path / "b.parquet").columns == ("a",)


def check_any(content: bytes, folder: Path) -> None:
    """Read, draft and parse: nothing but a refusal may be raised, and no row may be lost."""
    path = file(folder, content, "fuzzed")
    try:
        raw = read_file(path)
    except ImportRefusedError as error:
        assert str(error)
        return
    meanings = [mapping(dates={"constant": "2026-05-04"}, id=None, recommend=raw.columns[-1])]
    try:
        meanings.append(parse_mapping(draft(raw, "fuzzed")))
    except MappingError as error:
        assert str(error)
    for meaning in meanings:
        found = parse(raw, meaning, MADRID, TODAY)
        assert found.rows == found.accepted_rows + found.rejected_rows == raw.rows


def mutated(content: bytes, changes: list[tuple[float, int]], kept: float) -> bytes:
    """Return the file with some bytes changed and its end cut off."""
    made = bytearray(content)
    for place, value in changes:
        made[int(place * (len(made) - 1))] = value
    return bytes(made[: int(len(made) * kept)])


shares = st.floats(0, 1)
changes = st.lists(st.tuples(shares, st.integers(0, 255)), max_size=6)


@settings(max_examples=100)
@given(st.binary(max_size=400))
def test_random_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    check_any(content, tmp_path_factory.getbasetemp())


LONGER = "id,fecha,nps,comentario,peso\n" + "".join(
    f'{place},{place % 28 + 1:02d}/05/2026,{place % 12},"dijo ""{place}"",\n y más",{place / 7:.3f}\n'
    for place in range(40)
)


@settings(max_examples=100)
@given(changes, st.sampled_from([1.0, 0.99, 0.5]), st.sampled_from(["utf-8", "cp1252", "utf-16"]))
def test_a_mutated_csv_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[float, int]], kept: float, encoding: str
) -> None:
    check_any(mutated(LONGER.encode(encoding), changes, kept), tmp_path_factory.getbasetemp())


@settings(max_examples=100)
@given(changes, st.sampled_from([1.0, 1.0, 0.9]))
def test_a_mutated_parquet_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[float, int]], kept: float
) -> None:
    check_any(mutated(GOOD_PARQUET(), changes, kept), tmp_path_factory.getbasetemp())


@settings(max_examples=8)
@given(changes, st.sampled_from([1.0, 1.0, 0.9]))
def test_a_mutated_workbook_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[float, int]], kept: float
) -> None:
    check_any(mutated(GOOD_SHEET(), changes, kept), tmp_path_factory.getbasetemp())
