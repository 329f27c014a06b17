"""The grid's blocks: sorted, filtered, grouped on the server, in words."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from layouts.commitment_grid import Ids
from tests.callbacks.asking import ask

TRANSPORT = {"team": {"filterType": "text", "type": "contains", "filter": "transp"}}


def rows(client: FlaskClient, group: str = "none", query: str = "", **request: Any) -> dict[str, Any]:
    asked = {"startRow": 0, "endRow": 50, "sortModel": [], "filterModel": {}} | request
    values = {f"{Ids.GRID}.getRowsRequest": asked, f"{Ids.GROUP}.value": group, "shell-filters.data": {"query": query}}
    answer = ask(client, f"{Ids.GRID}.getRowsResponse", values)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json["response"][Ids.GRID.value]["getRowsResponse"]
    return found


def test_a_block_has_its_rows_and_knows_how_many_there_are(client: FlaskClient) -> None:
    first, second = rows(client), rows(client, startRow=50, endRow=70)
    assert (len(first["rowData"]), len(second["rowData"])) == (50, 20)
    assert first["rowCount"] == second["rowCount"] > 100
    keys = [row["key"] for row in [*first["rowData"], *second["rowData"]]]
    assert len(set(keys)) == 70


@pytest.mark.parametrize("direction", ["asc", "desc"])
def test_rows_are_sorted_where_they_are(client: FlaskClient, direction: str) -> None:
    found = rows(client, sortModel=[{"colId": "days", "sort": direction}])["rowData"]
    days = [row["days"] for row in found if row["days"] is not None]
    assert days == sorted(days, reverse=direction == "desc")


def test_rows_are_filtered_where_they_are(client: FlaskClient) -> None:
    found = rows(client, filterModel=TRANSPORT)
    assert {row["team"] for row in found["rowData"]} == {"Transporte"}
    late = rows(client, filterModel={"days": {"filterType": "number", "type": "greaterThan", "filter": 5}})
    assert min(row["days"] for row in late["rowData"]) > 5
    assert late["rowCount"] < found["rowCount"] or late["rowCount"] > 0


def test_groups_add_up_to_all_rows(client: FlaskClient) -> None:
    every = rows(client)["rowCount"]
    for group in ("team", "state", "what", "account"):
        found = rows(client, group, endRow=500)["rowData"]
        assert sum(row["count"] for row in found) == every
    assert {row["key"] for row in rows(client, "state")["rowData"]} >= {"a tiempo", "tarde"}


@pytest.mark.parametrize(
    "request_",
    [
        {"sortModel": [{"colId": "password", "sort": "asc"}]},
        {"sortModel": "x", "filterModel": [1]},
        {"filterModel": {"team": {"filter": None}, "nothing": {"filter": "x"}}},
        {"startRow": -5, "endRow": 10**9},
        {"startRow": "a", "endRow": None},
    ],
)
def test_what_cannot_be_understood_is_ignored(client: FlaskClient, request_: dict[str, Any]) -> None:
    assert rows(client, **request_)["rowCount"] > 100
