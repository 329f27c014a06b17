"""Personas: inviting, changing rights and giving links, as a browser asks for it."""

from __future__ import annotations

from typing import Any

import pytest

from callbacks import people
from dashboard.people import PersonError
from dashboard.permissions import Capability, Role
from data.database import reading
from data.people import every_person
from data.services import Services
from data.writes.decision import ChangedMeanwhileError
from layouts.people import Ids
from tests.boards import ES
from tests.callbacks.doorway import add_person
from tests.homes import copy, demo
from tests.trees import texts


@pytest.fixture
def own() -> Services:
    """A copy of the small demo, free to be changed."""
    return copy(demo())


def asked(kind: Ids, number: int, version: int = 0) -> dict[str, Any]:
    return {"type": kind.value, "person": number, "version": version}


def form(
    number: int, role: str, *, name: str = "", teams: tuple[str, ...] = (), denied: tuple[str, ...] = ()
) -> tuple[Any, ...]:
    """Return the values of the form of one person, as the callback gets them: 0 is the one to be invited."""
    ids = [{"type": Ids.ROLE.value, "person": 0}, {"type": Ids.ROLE.value, "person": number}]
    more = [{"type": Ids.DENIED.value, "person": number}]
    roles = [role, role]
    return name, roles, [list(teams)] * 2, [[], []], [list(denied)], [["active"]], ids, more


def only(services: Services) -> Any:
    with reading(services.database) as connection:
        ((person, _),) = every_person(connection)
    return person


def test_an_invitation_is_a_link_that_is_told_once(own: Services) -> None:
    told = texts(people.change(own, ES, asked(Ids.SAVE, 0), form(0, "VIEWER", name="Luis Mora")))
    assert "http://localhost/join/" in told
    assert "Luis Mora" in told
    assert only(own).role is Role.VIEWER
    assert "/join/" not in texts(people.draw_list(own, own.state(), ES))


@pytest.mark.parametrize(
    ("role", "name", "teams"), [("KIOSK", "Tele", ()), ("MEMBER", "Eva", ()), ("KING", "Eva", ()), ("VIEWER", " ", ())]
)
def test_what_cannot_be_is_refused_in_words(own: Services, role: str, name: str, teams: tuple[str, ...]) -> None:
    with pytest.raises(PersonError):
        people.change(own, ES, asked(Ids.SAVE, 0), form(0, role, name=name, teams=teams))


def test_rights_are_changed_and_single_ones_taken_away(own: Services) -> None:
    add_person(own, Role.VIEWER)
    person = only(own)
    values = form(person.person_id, "CAPTAIN", teams=("Ventas",), denied=("export",))
    assert "sesiones" in people.change(own, ES, asked(Ids.SAVE, person.person_id, person.version), values)
    changed = only(own)
    assert (changed.role, changed.teams, changed.denied) == (Role.CAPTAIN, ("Ventas",), {Capability.EXPORT})
    with pytest.raises(ChangedMeanwhileError):
        people.change(own, ES, asked(Ids.SAVE, person.person_id, person.version), values)


def test_a_person_gets_another_link(own: Services) -> None:
    add_person(own, Role.VIEWER)
    told = people.change(own, ES, asked(Ids.LINK, only(own).person_id), form(1, "VIEWER"))
    assert "http://localhost/join/" in texts(told)


def test_nobody_is_changed_who_is_not_there(own: Services) -> None:
    with pytest.raises(PersonError):
        people.change(own, ES, asked(Ids.SAVE, 77, 1), form(1, "VIEWER"))


def test_teams_and_sites_are_those_of_the_answers(own: Services) -> None:
    places = people.places_of(own, own.state())
    assert ("Ventas", "Ventas") in places.teams
    assert places.sites
