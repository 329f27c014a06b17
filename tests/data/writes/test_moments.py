"""Looking after moments: what is kept, and who may say it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from dashboard.moments import Care, Duty, Kept, MomentError
from dashboard.permissions import NotAllowedError, Role, Scope
from data.database import reading
from data.moments import read_care
from data.services import Services
from data.writes.moments import estimate, forget_moments, keep_moment, note_walk, set_duties
from tests.data.stores import ADMINISTRATOR

DAY = date(2026, 11, 20)
MEMBER, VIEWER = Scope(Role.MEMBER, ("Ventas",)), Scope(Role.VIEWER)


def care(services: Services) -> Care:
    with reading(services.database) as connection:
        return read_care(connection)


def test_owner_walk_and_review_are_kept_together(services: Services) -> None:
    keep_moment(services, ADMINISTRATOR, "Esperar", " Marta ", date(2027, 1, 4))
    note_walk(services, MEMBER, "Esperar", DAY, "Luis")
    keep_moment(services, ADMINISTRATOR, "Esperar", "Ana", None)
    assert care(services).of("Esperar") == Kept("Esperar", "Ana", DAY, "Luis", None)


def test_the_teams_of_a_moment_are_those_said_last(services: Services) -> None:
    set_duties(services, ADMINISTRATOR, "Esperar", {"Ventas": Duty.DIRECT, "Almacén": Duty.INDIRECT})
    set_duties(services, ADMINISTRATOR, "Esperar", {"Almacén": Duty.DIRECT})
    assert care(services).duties == {"Esperar": {"Almacén": Duty.DIRECT}}


def test_a_team_says_what_it_believes_once(services: Services) -> None:
    estimate(services, MEMBER, "Ventas", "Esperar", 8)
    with pytest.raises(MomentError, match="has already said"):
        estimate(services, MEMBER, "Ventas", "Esperar", 3)
    assert care(services).estimates == {("Ventas", "Esperar"): 8.0}


@pytest.mark.parametrize(
    "write",
    [
        lambda services: keep_moment(services, MEMBER, "Esperar", "Ana", None),
        lambda services: set_duties(services, MEMBER, "Esperar", {}),
        lambda services: note_walk(services, VIEWER, "Esperar", DAY, "Ana"),
        lambda services: estimate(services, MEMBER, "Almacén", "Esperar", 5),
        lambda services: forget_moments(services, MEMBER, "demo"),
    ],
)
def test_a_role_that_may_not_changes_nothing(services: Services, write: Callable[[Services], None]) -> None:
    with pytest.raises(NotAllowedError):
        write(services)
    assert care(services) == Care()


@pytest.mark.parametrize(
    ("write", "why"),
    [
        (lambda services: note_walk(services, MEMBER, "Esperar", date(2026, 11, 23), "Ana"), "not come yet"),
        (lambda services: note_walk(services, MEMBER, "Esperar", DAY, "  "), "who walked"),
        (lambda services: keep_moment(services, ADMINISTRATOR, " ", "Ana", None), "choose a moment"),
        (lambda services: estimate(services, MEMBER, "Ventas", "Esperar", 11), "from 0 to 10"),
    ],
)
def test_what_cannot_be_is_refused(services: Services, write: Callable[[Services], None], why: str) -> None:
    with pytest.raises(MomentError, match=why):
        write(services)
    assert care(services) == Care()


def test_what_a_source_said_goes_with_it(services: Services) -> None:
    keep_moment(services, ADMINISTRATOR, "Esperar", "Ana", None, "demo")
    set_duties(services, ADMINISTRATOR, "Esperar", {"Ventas": Duty.DIRECT}, "demo")
    keep_moment(services, ADMINISTRATOR, "Pagar", "Luis", None)
    forget_moments(services, ADMINISTRATOR, "demo")
    assert care(services) == Care({"Pagar": Kept("Pagar", "Luis")})
