"""Saying who we are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.organisation import Organisation
from dashboard.permissions import NotAllowedError, Role, Scope
from data.services import Services
from data.writes.decision import ChangedMeanwhileError
from data.writes.organisation import save_organisation
from tests.data.stores import ADMINISTRATOR


def test_a_saved_organisation_is_read_back_with_a_new_version(services: Services) -> None:
    save_organisation(services, ADMINISTRATOR, Organisation("Ñandú", "en", "America/Santiago", "lunes 9:00"))
    found = services.state().organisation
    assert found == Organisation("Ñandú", "en", "America/Santiago", "lunes 9:00", 1)
    save_organisation(services, ADMINISTRATOR, replace(found, name="Otra"))
    assert services.state().organisation.version == 2


def test_a_stale_version_is_refused_and_nothing_changes(services: Services) -> None:
    save_organisation(services, ADMINISTRATOR, Organisation("A"))
    read = services.state().organisation
    save_organisation(services, ADMINISTRATOR, replace(read, name="B"))
    before = services.revision()
    for stale in (replace(read, name="C"), Organisation("D")):
        with pytest.raises(ChangedMeanwhileError, match="look again and repeat"):
            save_organisation(services, ADMINISTRATOR, stale)
    assert services.state().organisation.name == "B"
    assert services.revision() == before


def test_who_may_not_saves_nothing(services: Services) -> None:
    with pytest.raises(NotAllowedError):
        save_organisation(services, Scope(Role.MEMBER), Organisation("A"))
    assert services.state().organisation.name == "Marcador"


def test_the_zone_says_what_day_and_week_it_is(services: Services) -> None:
    assert str(services.state().week) == "2026-11-09"
    save_organisation(services, ADMINISTRATOR, Organisation("A", zone="Pacific/Kiritimati"))
    state = services.state()
    assert (str(state.today), str(state.week)) == ("2026-11-23", "2026-11-16")
