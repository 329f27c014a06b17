"""What may be asked of improvements, by whom."""

from __future__ import annotations

import pytest

from dashboard.improvements import Measure
from dashboard.permissions import NotAllowedError, Role, Scope
from dashboard.steps import Horizon, Step
from dashboard.studies import Method
from data.services import Services
from data.studies import read_studies
from data.writes.improvements import advance, propose
from tests.dashboard.test_improvements import PROOF, card
from tests.data.stores import ADMINISTRATOR, answers_of, import_rows


def launched(services: Services, measure: Measure | None) -> int:
    stored = propose(services, ADMINISTRATOR, card(Horizon.QUICK_WIN, measure=measure))
    advance(services, ADMINISTRATOR, stored, Step.DECIDED, PROOF)
    advance(services, ADMINISTRATOR, stored, Step.LAUNCHED, PROOF)
    return stored


@pytest.fixture
def surveyed(services: Services) -> Services:
    rows = [{**row, "team": "Ventas" if place % 2 else "Almacén"} for place, row in enumerate(answers_of(12, 10))]
    import_rows(services, "a.csv", rows)
    return services


def test_only_what_is_lived_and_was_to_be_measured_is_studied(surveyed: Services) -> None:
    launched(surveyed, None)
    propose(surveyed, ADMINISTRATOR, card(measure=Measure("team", "Ventas", True)))
    by_team = launched(surveyed, Measure("team", "Ventas", has_control=True))
    everybody = launched(surveyed, Measure())
    nobody = launched(surveyed, Measure("team", "Compras", has_control=True))
    found = read_studies(surveyed, surveyed.state(), ADMINISTRATOR)
    assert set(found) == {by_team, everybody, nobody}
    assert found[by_team].method is Method.CONTROL and found[everybody].method is Method.TREND
    assert not found[by_team].is_told and found[by_team].more_weeks == 8, "it began this week"
    assert found[nobody].effect is None, "a group that nobody is in has no weeks"


def test_a_kiosk_asks_nothing_and_a_site_sees_its_own(surveyed: Services) -> None:
    stored = launched(surveyed, Measure("team", "Ventas", has_control=True))
    with pytest.raises(NotAllowedError):
        read_studies(surveyed, surveyed.state(), Scope(Role.KIOSK))
    limited = Scope(Role.VIEWER, sites=("Getafe",))
    assert stored not in read_studies(surveyed, surveyed.state(), limited), "team × site is too fine for a viewer"
    captain = read_studies(surveyed, surveyed.state(), Scope(Role.CAPTAIN, sites=("Getafe",)))
    assert not any(captain[stored].treated)
