"""What the house does again and again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.leaving import Activity, ActivityError
from dashboard.permissions import NotAllowedError, Role, Scope
from data.database import reading
from data.improvements import read_activities
from data.services import Services
from data.writes.activities import add_activity, remove_activity

MEMBER = Scope(Role.MEMBER, ("Ventas",), who="Luis")
PAPER = Activity(0, "Ventas", " Catálogo ", "Descubrir", 310)


def test_an_activity_comes_back_and_can_be_removed(services: Services) -> None:
    stored = add_activity(services, MEMBER, PAPER)
    with reading(services.database) as connection:
        assert read_activities(connection) == (Activity(stored, "Ventas", "Catálogo", "Descubrir", 310),)
    with pytest.raises(NotAllowedError):
        remove_activity(services, Scope(Role.MEMBER, ("Almacén",)), stored)
    remove_activity(services, MEMBER, stored)
    with pytest.raises(ActivityError, match="no such"):
        remove_activity(services, MEMBER, stored)


@pytest.mark.parametrize(
    ("lacking", "said"),
    [
        ({"name": " "}, "what is done"),
        ({"moment": ""}, "moment"),
        ({"hours": 0}, "hours"),
        ({"hours": float("nan")}, "hours"),
    ],
)
def test_what_is_missing_is_said(services: Services, lacking: dict[str, object], said: str) -> None:
    with pytest.raises(ActivityError, match=said):
        add_activity(services, MEMBER, replace(PAPER, **lacking))  # type: ignore[arg-type]
    with pytest.raises(NotAllowedError):
        add_activity(services, MEMBER, replace(PAPER, team="Almacén"))
