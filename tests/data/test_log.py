"""The log: versions that stay, heads that go back, folders of any name."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from deltalake import write_deltalake
from deltalake.exceptions import DeltaError

from dashboard.tables import RATED
from data.log import STORED, Log, LogFolderError
from tests.data.stores import awkward_responses, responses


@pytest.mark.parametrize("folder", ["plain", "con espacio", "ñandú", "東京 #1", "it's"])
def test_what_is_written_is_read_back_in_a_folder_of_any_name(tmp_path: Path, folder: str) -> None:
    log = Log(tmp_path / folder)
    assert not log.exists()
    before = log.create()
    assert log.exists()
    rows = awkward_responses(50)
    log.append("responses", rows, "t")
    assert (
        log.scan("responses", log.version("responses")).sort("response_id").collect().equals(rows.sort("response_id"))
    )
    assert log.scan("responses", before.responses).collect().is_empty()
    assert log.scan("responses", before.responses).collect().schema == rows.schema


def test_a_first_start_that_was_killed_between_two_tables_is_completed(tmp_path: Path) -> None:
    log = Log(tmp_path / "log")
    log.create()
    for table in ("ratings", "cubes"):
        for path in (tmp_path / "log" / table / "_delta_log").iterdir():
            path.unlink()
    assert not Log(tmp_path / "log").exists()
    Log(tmp_path / "log").create()
    assert log.exists()


@pytest.mark.parametrize("folder", ["a[1]", "100%", "a=b"])
def test_a_folder_that_delta_cannot_open_is_refused_in_a_sentence(tmp_path: Path, folder: str) -> None:
    with pytest.raises(LogFolderError, match="cannot hold the log: its name has"):
        Log(tmp_path / folder)


@pytest.fixture
def log(tmp_path: Path) -> Log:
    made = Log(tmp_path / "log")
    made.create()
    made.append("responses", responses([{"at": "2026-11-10T09:00"}, {"at": "2026-10-06T09:00"}]), "a")
    return made


def test_months_are_text_and_only_those_asked_for_are_read(log: Log) -> None:
    version = log.version("responses")
    assert log.scan("responses", version, ["2026-10"]).collect()["month"].to_list() == ["2026-10"]
    assert log.scan("responses", version, []).collect().is_empty()
    assert log.scan("responses", version, ["1999-01"]).collect().is_empty()
    assert log.scan("responses", version).collect_schema()["month"] == pl.String


def test_replacing_a_month_leaves_the_others(log: Log) -> None:
    log.replace_months("responses", ["2026-11"], responses([{"recommend": 1}, {"recommend": 2}]), "b")
    rows = log.scan("responses", log.version("responses")).collect()
    assert sorted(rows["recommend"].to_list()) == [1, 2, 9]
    log.replace_months("responses", ["2026-11"], rows.clear(), "c")
    assert log.scan("responses", log.version("responses")).collect()["recommend"].to_list() == [9]
    log.replace_months("responses", [], rows, "d")
    assert log.scan("responses", log.version("responses")).collect().height == 1


def test_an_old_version_stays_what_it_was(log: Log) -> None:
    old = log.version("responses")
    log.append("responses", responses([{"recommend": 3}]), "b")
    log.replace_months("responses", ["2026-10", "2026-11"], responses([]), "c")
    log.tidy()
    assert log.scan("responses", old).collect().height == 2


def test_going_back_hides_what_was_written_after(log: Log) -> None:
    published = log.versions()
    log.append("responses", responses([{"recommend": 3}]), "b")
    log.return_to(published)
    assert log.scan("responses", log.version("responses")).collect().height == 2
    heads = log.versions()
    log.return_to(heads)
    assert log.versions() == heads


def test_compacting_changes_no_row(log: Log) -> None:
    for index in range(5):
        log.append("responses", responses([{"response_id": f"s:n{index}"}]), f"n{index}")
    before = log.scan("responses", log.version("responses")).sort("response_id").collect()
    files = len(log.files("responses", log.version("responses")))
    log.tidy()
    assert log.scan("responses", log.version("responses")).sort("response_id").collect().equals(before)
    assert len(log.files("responses", log.version("responses"))) < files


@pytest.mark.parametrize(("column", "dtype"), [("recommend", pl.Float64), ("weight", pl.String), ("counts", pl.Int8)])
def test_a_column_of_another_type_is_refused_and_nothing_is_written(
    log: Log, column: str, dtype: type[pl.DataType]
) -> None:
    before = log.versions()
    with pytest.raises(Exception, match=column):
        log.append("responses", responses([{"recommend": 7}]).with_columns(pl.col(column).cast(dtype)), "b")
    assert log.versions() == before


def test_nothing_to_add_makes_no_version(log: Log) -> None:
    before = log.versions()
    log.append("responses", responses([]), "b")
    assert log.versions() == before


def test_swept_and_without_history_only_the_newest_version_can_be_read(log: Log) -> None:
    older, rows = log.version("responses"), log.scan("responses", log.version("responses")).collect()
    log.replace_months("responses", ["2026-10"], rows.filter(pl.col("month") == "2026-10"), "again")
    orphan = Path(log.path("responses")) / "month=2026-10" / "part-00000-left-by-a-crash.parquet"
    orphan.write_bytes(b"half a file")
    assert log.sweep(["responses"]) == 2
    assert not orphan.exists()
    assert log.sweep(["responses"]) == 0
    log.forget_history(["responses"])
    fresh = Log(log.folder)
    assert fresh.scan("responses", fresh.version("responses")).collect().sort("day").equals(rows.sort("day"))
    with pytest.raises(DeltaError):
        fresh.files("responses", older)
    assert fresh.version("ratings") == 0, "other tables keep theirs"


def test_a_table_made_before_it_had_all_its_columns_is_read_and_written(tmp_path: Path) -> None:
    log = Log(tmp_path / "log")
    old = {name: dtype for name, dtype in STORED["cubes"].columns.items() if name not in (*RATED, "scale", "attribute")}
    row = {name: 1 if dtype == pl.Int64 else None for name, dtype in old.items()}
    told = pl.DataFrame([row | {"month": "2026-11", "cube": "total"}], schema=old)
    (tmp_path / "log").mkdir()
    write_deltalake(log.path("cubes"), told, partition_by=["month"])
    version = log.create().cubes
    found = log.scan("cubes", version).collect()
    assert found.schema == STORED["cubes"].columns
    assert (found["answers"][0], found["rated"][0]) == (1, None)
    assert log.damaged("cubes", version) == []
    fresh = found.with_columns(pl.lit(3, pl.Int64).alias(name) for name in RATED)
    log.replace_months("cubes", ["2026-11"], fresh, "test")
    assert log.scan("cubes", log.version("cubes")).collect()["rated"].to_list() == [3]
