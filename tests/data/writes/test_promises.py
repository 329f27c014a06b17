"""Promises in the log: a later file updates what was open, undo brings it back, cubes agree, people are forgotten."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from dashboard.erasure import ErasureError, Subject
from dashboard.tables import PROMISED
from data.backup import counted, published_in
from data.commitments import read_entries
from data.database import reading
from data.ingest.mapping import parse_mapping
from data.ingest.raw import Reason
from data.services import Services
from data.upkeep import check_cubes, rebuild_cubes
from data.writes.commitments import change_commitment, promise
from data.writes.erasure import forget
from data.writes.imports import Outcome, import_file, undo_import
from data.writes.publications import published_versions
from tests.data.stores import ADMINISTRATOR
from tests.data.writes.test_commitments import CATALOGUE, EXPECTED
from tests.traces import traces

ORDERS = """
source = "erp"
kind = "commitments"
id = "order"
respondent = "customer"
[dates]
column = "due"
formats = ["%Y-%m-%d"]
[commitment]
standard = "order in 24 h"
made = { column = "made", formats = ["%Y-%m-%d"] }
delivered = { column = "done", formats = ["%Y-%m-%d"] }
[dimensions]
team = "team"
account = "account"
"""
HEADER = "order,customer,made,due,done,team,account\n"
FIRST = (
    "1,ana-CANARY,2026-10-26,2026-10-30,2026-10-29,Transporte,A\n"
    "2,eva,2026-10-26,2026-10-30,2026-11-02,Transporte,B\n"
    "3,ana-CANARY,2026-11-09,2026-11-13,,Almacén,A\n"
    "4,luis,2026-11-09,2026-12-04,,Almacén,C\n"
)
SECOND = (
    FIRST.replace("13,,", "13,2026-11-17,").replace("12-04,,", "12-11,,") + "5,luis,2026-11-16,2026-11-18,,Almacén,C\n"
)


def sent(services: Services, folder: Path, rows: str, name: str = "orders.csv", mapping: str = ORDERS) -> Outcome:
    path = folder / name
    path.write_text(HEADER + rows, encoding="utf-8")
    return import_file(services, ADMINISTRATOR, path, parse_mapping(mapping))


def current(services: Services) -> list[tuple[object, ...]]:
    rows = services.log.scan("promises", published_versions(services).promises).filter("is_current")
    return rows.select("promise_id", "outcome", pl.col("day").cast(pl.String)).sort("promise_id").collect().rows()


def sums(services: Services) -> tuple[int, ...]:
    cells = services.log.scan("promise_cubes", published_versions(services).promise_cubes)
    return cells.filter(pl.col("cube") == "total").select(pl.col(PROMISED).sum()).collect().row(0)


BEFORE = [
    ("erp:1", "kept", "2026-10-30"),
    ("erp:2", "late", "2026-10-30"),
    ("erp:3", None, "2026-11-13"),
    ("erp:4", None, "2026-12-04"),
]


def test_an_export_becomes_promises_and_cubes(services: Services, outside: Path) -> None:
    outcome = sent(services, outside, FIRST)
    assert (outcome.promises, outcome.accepted, outcome.rejected) == (4, 4, 0)
    assert current(services) == BEFORE
    assert sums(services) == (4, 1, 1, 0, 2, 3 * 1440, 0)
    assert check_cubes(services)[0] == 0


def test_a_newer_export_updates_what_was_open_and_rejects_what_is_known(services: Services, outside: Path) -> None:
    sent(services, outside, FIRST)
    outcome = sent(services, outside, SECOND, "later.csv")
    assert (outcome.promises, outcome.rejected) == (3, 2)
    assert set(outcome.rejections["reason"]) == {Reason.ALREADY_IMPORTED.value}
    assert current(services) == [
        *BEFORE[:2],
        ("erp:3", "late", "2026-11-13"),
        ("erp:4", None, "2026-12-11"),
        ("erp:5", None, "2026-11-18"),
    ]
    assert sums(services) == (5, 1, 2, 0, 2, (3 + 4) * 1440, 0)
    assert check_cubes(services)[0] == 0


def test_undo_lets_the_first_export_speak_again(services: Services, outside: Path) -> None:
    sent(services, outside, FIRST)
    before = sums(services)
    later = sent(services, outside, SECOND, "later.csv")
    undo_import(services, ADMINISTRATOR, later.import_id)
    assert (current(services), sums(services)) == (BEFORE, before)
    assert check_cubes(services)[0] == 0
    undo_import(services, ADMINISTRATOR, later.import_id - 1)
    assert current(services) == []
    assert sums(services) == (0,) * 7


def test_undoing_the_first_export_leaves_what_the_second_said(services: Services, outside: Path) -> None:
    first = sent(services, outside, FIRST)
    sent(services, outside, SECOND, "later.csv")
    undo_import(services, ADMINISTRATOR, first.import_id)
    assert [row[0] for row in current(services)] == ["erp:3", "erp:4", "erp:5"]
    assert check_cubes(services)[0] == 0


def test_the_very_same_file_changes_nothing(services: Services, outside: Path) -> None:
    sent(services, outside, FIRST)
    assert not sent(services, outside, FIRST).is_new


def test_a_rebuild_gives_the_same_cells(services: Services, outside: Path) -> None:
    sent(services, outside, FIRST)
    before = sums(services)
    rebuild_cubes(services)
    assert sums(services) == before


def test_a_forgotten_customer_is_in_no_promise_and_the_numbers_stay(services: Services, outside: Path) -> None:
    sent(services, outside, FIRST)
    number = promise(services, ADMINISTRATOR, replace(CATALOGUE, words="CANARY", recipients=("ana-CANARY", "Luis")))
    told = replace(EXPECTED, recipient="ana-CANARY")
    promise(services, ADMINISTRATOR, CATALOGUE, [told])
    erased = forget(services, ADMINISTRATOR, Subject("erp", "ana-CANARY"))
    assert (erased.promises, erased.commitments) == (2, 2)
    assert sums(services) == (3, 1, 1, 0, 1, 3 * 1440, 1), "what was open is waited for no more"
    assert check_cubes(services)[0] == 0
    with reading(services.database) as connection:
        (entry,) = read_entries(connection, number)
    assert entry.commitment.words == ""
    assert "Luis" in entry.commitment.recipients
    if services.database.dialect.name == "sqlite":
        assert traces(services.home, "CANARY") == []
    again = sent(services, outside, FIRST + FIRST.replace("1,ana", "9,ana").splitlines()[0] + "\n", "again.csv")
    assert Reason.FORGOTTEN.value in set(again.rejections["reason"])
    assert not {"erp:1", "erp:9"} & {row[0] for row in current(services)}


def test_who_was_named_until_a_correction_is_forgotten_too(services: Services, outside: Path) -> None:
    sent(services, outside, FIRST)
    number = promise(services, ADMINISTRATOR, replace(CATALOGUE, words="CANARY", recipients=("ana-CANARY", "Luis")))
    said = replace(CATALOGUE, commitment_id=number, version=1, words="", recipients=("Luis",))
    change_commitment(services, ADMINISTRATOR, said)
    assert forget(services, ADMINISTRATOR, Subject("erp", "ana-CANARY")).commitments == 1
    with reading(services.database) as connection:
        (entry,) = read_entries(connection, number)
    assert [one.before for one in entry.corrections] == [{}]
    if services.database.dialect.name == "sqlite":
        assert traces(services.home, "CANARY") == []


def test_nobody_is_forgotten_whom_no_promise_names(services: Services, outside: Path) -> None:
    sent(services, outside, FIRST)
    with pytest.raises(ErasureError):
        forget(services, ADMINISTRATOR, Subject("erp", "nobody"))


def test_a_copy_counts_promises(services: Services, outside: Path) -> None:
    sent(services, outside, FIRST)
    records = services.home / "records.db"
    if records.exists():
        found = counted(records, services.log, published_in(records))
        assert found["log.promises"] == 4
