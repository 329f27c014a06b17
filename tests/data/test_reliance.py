"""Who can count on us: by hand and in bulk, to those who see small groups, captains of their own teams alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dashboard.commitments import Step
from dashboard.filters import EVERYTHING, Filters, filters
from dashboard.permissions import Capability, NotAllowedError, Role, Scope
from data.reliance import read_reliance
from data.services import Services
from data.writes.commitments import Taken, promise, take_step
from data.writes.members import merge_member
from tests.data.stores import ADMINISTRATOR
from tests.data.writes.test_commitments import CATALOGUE, DUE
from tests.data.writes.test_promises import SECOND, sent


@pytest.fixture
def stored(services: Services, outside: Path) -> Services:
    """A home with five orders of three accounts and two commitments by hand, one kept."""
    sent(services, outside, SECOND)
    kept = promise(services, ADMINISTRATOR, replace(CATALOGUE, account="A"))
    take_step(services, ADMINISTRATOR, kept, 1, Taken(Step.DELIVER, DUE))
    promise(services, ADMINISTRATOR, replace(CATALOGUE, account="D", team="Almacén", site="Norte"))
    return services


def told(services: Services, scope: Scope = ADMINISTRATOR, asked: Filters = EVERYTHING) -> dict[str, tuple[int, int]]:
    """Return due and kept by account."""
    found = read_reliance(services, services.state(), scope, asked)
    return {one.key: (one.promised, one.kept) for one in found.first(found.n)}


def test_hand_and_bulk_of_an_account_are_counted_together_by_what_was_due_yesterday(stored: Services) -> None:
    assert told(stored) == {"A": (3, 2), "B": (1, 0), "C": (1, 0), "D": (1, 0)}


def test_filters_and_the_period_in_which_things_fell_due_narrow_it(stored: Services) -> None:
    assert told(stored, asked=filters({"team": ["Transporte"]})) == {"A": (1, 1), "B": (1, 0)}
    assert told(stored, asked=EVERYTHING.within(date(2026, 11, 16), date(2026, 11, 22))) == {
        "A": (1, 1),
        "C": (1, 0),
        "D": (1, 0),
    }


def test_merged_accounts_are_one(stored: Services) -> None:
    for one in ("B", "D"):
        merge_member(stored, ADMINISTRATOR, "account", one, "A")
    assert told(stored) == {"A": (5, 2), "C": (1, 0)}


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(Role.CAPTAIN, ("Transporte",)), {"A": (1, 1), "B": (1, 0)}),
        (Scope(Role.CAPTAIN, ("Ventas",)), {"A": (1, 1)}),
        (Scope(Role.CAPTAIN), {}),
        (Scope(Role.MANAGER, sites=("Norte",)), {"D": (1, 0)}),
    ],
)
def test_captains_are_told_of_their_teams_and_everybody_of_their_sites(
    stored: Services, scope: Scope, expected: dict[str, tuple[int, int]]
) -> None:
    assert told(stored, scope) == expected


@pytest.mark.parametrize(
    "scope",
    [
        Scope(Role.KIOSK),
        Scope(Role.VIEWER),
        Scope(Role.MEMBER, ("Almacén",)),
        Scope(Role.MANAGER, denied=frozenset({Capability.SEE_SMALL_GROUPS})),
    ],
)
def test_an_account_is_a_small_group(stored: Services, scope: Scope) -> None:
    with pytest.raises(NotAllowedError):
        told(stored, scope)


def test_a_captain_who_asks_of_another_team_is_told_nothing(stored: Services) -> None:
    assert told(stored, Scope(Role.CAPTAIN, ("Transporte",)), filters({"team": ["Almacén"]})) == {}


def test_where_nothing_was_promised_there_is_nobody(services: Services) -> None:
    assert told(services) == {}
