"""Personas: who comes in, with which rights, and a link that is told once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.permissions import Capability, Role
from layouts.people import GIVEN, Ids, Places, everybody, link, page
from tests.boards import ANA, EN, ES, NASTY
from tests.trees import assert_only_text, ids, of_type, texts

PLACES = Places([("Ventas", "Ventas"), ("Almacén", "Logística")], [("n", "Norte")])


def of_kind(node: object, kind: Ids) -> list[object]:
    return [one for one in ids(node) if isinstance(one, dict) and one["type"] == kind.value]


def test_one_is_invited_with_a_role_teams_and_sites() -> None:
    drawn = page(ES, PLACES)
    for kind in (Ids.ROLE, Ids.TEAMS, Ids.SITES, Ids.SAVE):
        assert len(of_kind(drawn, kind)) == 1, kind
    assert Ids.NAME in ids(drawn)
    (roles,) = [one for one in of_type(drawn, "Select") if one.id["type"] == Ids.ROLE]
    assert [option["value"] for option in roles.options] == [role.name for role in GIVEN]
    assert "KIOSK" not in str(roles.options), "a screen is not a person"


def test_looking_through_other_eyes_is_a_plain_form() -> None:
    (form,) = of_type(page(ES, PLACES), "Form")
    assert (form.action, form.method) == ("/eyes", "post")
    offered = [one.value for one in of_type(form, "Button")]
    assert offered == ["VIEWER", "MEMBER", "CAPTAIN", "MANAGER"]


@pytest.mark.parametrize(
    ("active", "has_password", "word"),
    [(True, True, "dentro"), (True, False, "invitada"), (False, True, "no puede entrar")],
)
def test_a_person_says_where_they_stand(active: bool, has_password: bool, word: str) -> None:
    told = texts(everybody(ES, [(replace(ANA, is_active=active), has_password)], PLACES))
    assert word in told
    assert "responsable de equipo · Ventas" in told


def test_only_rights_that_the_role_has_can_be_taken_away() -> None:
    drawn = everybody(ES, [(replace(ANA, role=Role.VIEWER, denied=frozenset()), True)], PLACES)
    (denied,) = [one for one in of_type(drawn, "Checklist") if one.id["type"] == Ids.DENIED]
    assert {option["value"] for option in denied.options} == {Capability.SEE_SCORE.value}


def test_the_version_of_a_person_goes_with_the_button_that_saves() -> None:
    assert {"type": Ids.SAVE.value, "person": 7, "version": 3} in ids(everybody(EN, [(ANA, True)], PLACES))


def test_a_team_that_is_gone_can_still_be_taken_away() -> None:
    drawn = everybody(ES, [(replace(ANA, teams=("Vieja",)), True)], PLACES)
    (teams,) = [one for one in of_type(drawn, "Checklist") if one.id["type"] == Ids.TEAMS]
    assert "Vieja" in [option["value"] for option in teams.options]


def test_names_never_become_markup() -> None:
    drawn = [everybody(ES, [(replace(ANA, name=NASTY), True)], PLACES), link(ES, NASTY, "http://x/join/y")]
    assert NASTY in texts(drawn)
    assert_only_text(drawn, NASTY)
