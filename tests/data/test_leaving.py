"""What could be left: weighed by the journey, warned by what is promised."""

from __future__ import annotations

import pytest

from dashboard.leaving import Activity
from dashboard.permissions import NotAllowedError, Role, Scope
from data.leaving import read_candidates
from data.services import Services
from data.writes.activities import add_activity
from tests.data.stores import ADMINISTRATOR
from tests.homes import copy, demo


def test_without_answers_there_is_no_signal(services: Services) -> None:
    assert read_candidates(services, services.state(), ADMINISTRATOR) == []
    add_activity(services, ADMINISTRATOR, Activity(0, "Ventas", "Catálogo", "Descubrir", 310))
    found = read_candidates(services, services.state(), ADMINISTRATOR)
    assert [(one.weight, one.promised) for one in found] == [(None, 0)]
    with pytest.raises(NotAllowedError):
        read_candidates(services, services.state(), Scope(Role.KIOSK))


def test_the_demo_weighs_its_moments_and_warns_of_promises() -> None:
    services = copy(demo("normal"))
    add_activity(services, ADMINISTRATOR, Activity(0, "Transporte", "Llamar antes de llegar", "Esperar", 900))
    found = {one.activity.name: one for one in read_candidates(services, services.state(), ADMINISTRATOR)}
    assert found["Llamar antes de llegar"].promised > 0 and not found["Llamar antes de llegar"].is_light
    assert found["Catálogo en papel"].is_light
