"""The audit: looked for, turned page by page, taken away, and closed to those who may not read it."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from callbacks.application import create_app
from callbacks.audit import ROWS, draw, query_of, search_in, search_of
from callbacks.downloads import NEEDS as OF_DOWNLOADS
from dashboard.permissions import Capability, Role, Scope, can
from data.audit import Search
from data.services import Services
from data.writes.decision import decision
from layouts.audit import ANY, Ids
from layouts.shell import MORE
from tests.boards import ES
from tests.callbacks.asking import ask
from tests.homes import open_home
from tests.trees import texts

FORMULA = "=cmd|' /C calc'!A1"


@pytest.fixture(scope="module")
def own() -> Services:
    """A home in which Ana did two pages and a half of things, and Luis one."""
    services = open_home()
    for place in range(2 * ROWS + ROWS // 2):
        with decision(services, "Ana") as made:
            made.record("rename", "team", place, before=FORMULA, after=place)
    with decision(services, FORMULA) as made:
        made.record("import", "import", FORMULA, rows=3)
    return services


@pytest.fixture(scope="module")
def browser(own: Services) -> FlaskClient:
    return create_app(own, is_testing=True).server.test_client()


def shown(client: FlaskClient, page: int = 0, changed: str = f"{Ids.WHO}.value", **values: str) -> dict[str, Any]:
    """Return what a search answers; `changed` is what the person touched."""
    named = {f"audit-{name}.value": value for name, value in values.items()} | {f"{Ids.PAGE}.data": page}
    answer = ask(client, f"{Ids.LIST}.children", named, changedPropIds=[changed])
    assert answer.status_code == 200
    found: dict[str, Any] = json.loads(answer.data)["response"]
    return found


def turned(found: dict[str, Any]) -> tuple[int, bool, bool]:
    """Return the page, and whether there is nothing newer or older."""
    return found[Ids.PAGE]["data"], found[Ids.NEWER]["disabled"], found[Ids.OLDER]["disabled"]


def test_the_newest_come_first_and_the_rest_by_turning(browser: FlaskClient) -> None:
    first = shown(browser, who="Ana")
    assert turned(first) == (0, True, False)
    assert first[Ids.COUNT]["children"] == "Líneas 1 a 100 de 250"
    older = shown(browser, 1, f"{Ids.OLDER}.n_clicks", who="Ana")
    assert turned(older) == (2, False, True)
    assert older[Ids.COUNT]["children"] == "Líneas 201 a 250 de 250"
    assert turned(shown(browser, 2, f"{Ids.NEWER}.n_clicks", who="Ana")) == (1, False, False)


def test_a_new_search_begins_at_the_newest_and_new_data_stay_where_one_is(browser: FlaskClient) -> None:
    assert turned(shown(browser, 2, who="Ana"))[0] == 0
    assert turned(shown(browser, 1, "data-version.data", who="Ana"))[0] == 1
    assert turned(shown(browser, 99, "data-version.data", who="Ana"))[0] == 2


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"verb": "import"}, "Línea 1 a 1 de 1"),
        ({"noun": "goal"}, ""),
        ({"who": "Ana", "verb": "import"}, ""),
        ({"since": "2026-11-23"}, ""),
        ({"until": "2026-11-21"}, ""),
        ({"who": "Ana", "since": "2026-11-22", "until": "2026-11-22"}, "Líneas 1 a 100 de 250"),
        ({"who": "Ana", "since": "soon"}, "Líneas 1 a 100 de 250"),
    ],
)
def test_searches_narrow(browser: FlaskClient, values: dict[str, str], said: str) -> None:
    assert shown(browser, **values)[Ids.COUNT]["children"] == said


def test_what_is_found_can_be_taken_away_and_no_spreadsheet_runs_it(own: Services, browser: FlaskClient) -> None:
    search = Search(verb="import", since=date(2026, 11, 22))
    menu = draw(own, own.state(), ES, search, 0)[0]
    assert query_of(search) in str(menu)
    answer = browser.get(f"/download/audit.csv?{query_of(search)}")
    assert answer.status_code == 200
    head, *rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert head == ["Cuándo", "Quién", "Qué hizo", "Con qué", "Cuál", "Detalle"]
    assert rows == [["22 nov 2026, 13:00", f"'{FORMULA}", "importar", "importación", f"'{FORMULA}", "rows: 3"]]
    assert len(browser.get("/download/audit.csv?who=Ana").data.splitlines()) == 251


@pytest.mark.parametrize("search", [Search(), Search("a&b=c", "x y", "ñ"), Search(since=date(2026, 1, 1))])
def test_a_search_survives_the_address(search: Search) -> None:
    assert search_in(query_of(search)) == search


def test_nonsense_is_no_search() -> None:
    assert search_of({"who": None, "verb": ANY, "noun": "", "since": "yesterday", "until": None}) == Search()


def test_rows_say_what_was_done(own: Services) -> None:
    found = texts(draw(own, own.state(), ES, Search(verb="import"), 0)[2])
    assert "importar" in found
    assert FORMULA in found


def test_only_who_may_read_the_audit_is_offered_it() -> None:
    needs = {entry.path: entry.needs for entry in MORE}
    assert needs["/audit"] is OF_DOWNLOADS["audit"] is Capability.READ_AUDIT
    assert [can(Scope(role), Capability.READ_AUDIT) for role in Role] == [False] * 5 + [True]
