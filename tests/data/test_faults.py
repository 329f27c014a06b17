"""What a disk does is told in one sentence, whichever library noticed it; other errors are left alone."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa
from deltalake import DeltaTable, write_deltalake

from data.database import make_engine
from data.faults import Fault, StorageError, fault_of, sentence
from tests.data.damage import DAMAGES

GOOD = pl.DataFrame({"a": range(10_000), "b": [f"word {place % 50}" for place in range(10_000)]})


def raised(act: Callable[[], object]) -> BaseException:
    with pytest.raises(Exception) as found:
        act()
    return found.value


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        (errno.ENOSPC, Fault.FULL),
        (errno.EDQUOT, Fault.FULL),
        (errno.EROFS, Fault.CLOSED),
        (errno.EACCES, Fault.CLOSED),
        (errno.EIO, Fault.DAMAGED),
        (errno.ENOENT, None),
        (errno.EADDRINUSE, None),
    ],
)
def test_the_systems_numbers(number: int, fault: Fault | None) -> None:
    found = fault_of(OSError(number, "words"))
    assert (found and found.fault) == fault


def test_a_full_disk_is_told_by_polars_and_by_the_cause_of_another_error() -> None:
    error = raised(lambda: GOOD.write_parquet("/dev/full"))
    assert fault_of(error) == sentence(Fault.FULL) or str(fault_of(error)) == str(sentence(Fault.FULL))
    try:
        raise RuntimeError("while importing") from error
    except RuntimeError as other:
        found = fault_of(other)
    assert found is not None
    assert found.fault is Fault.FULL


@pytest.mark.parametrize("damage", ["footer", "cut", "empty", "text"])
def test_a_damaged_parquet_file_is_told(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "rows.parquet"
    GOOD.write_parquet(path)
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    found = fault_of(raised(lambda: pl.scan_parquet(path).select(pl.all().hash().max()).collect()))
    assert found is not None
    assert found.fault is Fault.DAMAGED


def test_a_missing_parquet_file_is_named(tmp_path: Path) -> None:
    found = fault_of(raised(lambda: pl.scan_parquet(tmp_path / "gone.parquet", schema={"a": pl.Int64}).collect()))
    assert "gone.parquet" in str(found)


def test_a_damaged_history_of_the_log_is_told(tmp_path: Path) -> None:
    write_deltalake(str(tmp_path / "t"), GOOD)
    next((tmp_path / "t" / "_delta_log").glob("*.json")).write_text("not json")
    found = fault_of(raised(lambda: DeltaTable(str(tmp_path / "t")).file_uris()))
    assert found is not None
    assert found.fault is Fault.DAMAGED


def test_a_damaged_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    path.write_bytes(b"no database at all" * 100)
    engine = make_engine(f"sqlite:///{path}")
    found = fault_of(raised(engine.connect))
    assert found is not None
    assert found.fault is Fault.DAMAGED


def test_what_is_not_the_disks_fault_is_left_alone(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/r.db")
    with engine.connect() as connection:
        wrong = raised(lambda: connection.execute(sa.text("select nothing from nowhere")))
    wrong_column = raised(lambda: GOOD.select("c"))
    for error in (wrong, wrong_column, ValueError("parquet"), sqlite3.IntegrityError("unique"), ZeroDivisionError()):
        assert fault_of(error) is None, repr(error)


def test_what_people_wrote_is_in_no_message_of_the_database(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/r.db")
    with engine.connect() as connection:
        error = raised(lambda: connection.execute(sa.text("insert into t values (:words)"), {"words": "secreto"}))
    assert "secreto" not in str(error)


def test_a_sentence_carries_its_fault() -> None:
    assert {sentence(fault).fault for fault in Fault} == set(Fault)
    assert isinstance(sentence(Fault.DAMAGED, "x.parquet"), StorageError)
    assert "x.parquet" in str(sentence(Fault.DAMAGED, "x.parquet"))
