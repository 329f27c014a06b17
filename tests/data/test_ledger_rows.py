"""Rows of promises: who sees which, one by one."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.permissions import NotAllowedError, Role, Scope
from data.ledger_rows import block, grouped, ledger_rows, row_by_key
from data.services import Services
from data.writes.commitments import promise
from tests.data.stores import ADMINISTRATOR
from tests.data.writes.test_commitments import CATALOGUE
from tests.data.writes.test_promises import SECOND, sent


@pytest.fixture
def stored(services: Services, outside: Path) -> Services:
    """A home with five orders and one commitment by hand."""
    sent(services, outside, SECOND)
    promise(services, ADMINISTRATOR, CATALOGUE)
    return services


@pytest.mark.parametrize(
    ("scope", "keys"),
    [
        (ADMINISTRATOR, {"1", "erp:1", "erp:2", "erp:3", "erp:4", "erp:5"}),
        (Scope(Role.MANAGER), {"1", "erp:1", "erp:2", "erp:3", "erp:4", "erp:5"}),
        (Scope(Role.CAPTAIN, ("Transporte",)), {"1", "erp:1", "erp:2"}),
        (Scope(Role.MEMBER, ("Transporte",)), {"1"}),
        (Scope(Role.VIEWER), {"1"}),
        (Scope(Role.MANAGER, sites=("Norte",)), set()),
    ],
)
def test_single_orders_are_for_captains_of_the_team_and_above(stored: Services, scope: Scope, keys: set[str]) -> None:
    assert set(ledger_rows(stored, stored.state(), scope).collect()["key"]) == keys


def test_a_kiosk_sees_no_row(stored: Services) -> None:
    with pytest.raises(NotAllowedError):
        ledger_rows(stored, stored.state(), Scope(Role.KIOSK))


def test_a_row_says_how_it_stands_and_how_late_it_is(stored: Services) -> None:
    rows = ledger_rows(stored, stored.state(), ADMINISTRATOR).sort("key").select("key", "state", "days").collect()
    assert rows.rows() == [
        ("1", "overdue", 2),
        ("erp:1", "kept", -1),
        ("erp:2", "late", 3),
        ("erp:3", "late", 4),
        ("erp:4", "open", None),
        ("erp:5", "overdue", 4),
    ]
    page, count = block(grouped(ledger_rows(stored, stored.state(), ADMINISTRATOR), "team"), {"endRow": 2})
    assert count == 3
    assert page.row(0, named=True) == {"key": "Almacén", "count": 3, "kept": 0, "late": 1, "overdue": 1}


def test_one_row_is_found_by_whoever_may_see_it(stored: Services) -> None:
    state = stored.state()
    row = row_by_key(stored, state, ADMINISTRATOR, "erp:3")
    assert row is not None
    assert (row["account"], row["state"]) == ("A", "late")
    assert row_by_key(stored, state, Scope(Role.VIEWER), "erp:3") is None
    assert row_by_key(stored, state, ADMINISTRATOR, "erp:99") is None
