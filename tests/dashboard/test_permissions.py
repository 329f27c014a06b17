"""Who may do what: the same rule greys the button and refuses the write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.permissions import (
    NotAllowedError,
    Role,
    Scope,
    can_configure,
    can_lead,
    can_read_comments,
    can_report,
    check_can_configure,
    check_can_lead,
    check_can_read_comments,
    check_can_report,
)

SCOPES = st.builds(
    Scope,
    st.sampled_from(Role),
    st.lists(st.text("ab,|' ", max_size=3), max_size=3).map(tuple),
    st.lists(st.text("ab,|' ", max_size=3), max_size=3).map(tuple),
)


@pytest.mark.parametrize(
    ("role", "comments", "configure"),
    [
        (Role.KIOSK, False, False),
        (Role.VIEWER, False, False),
        (Role.MEMBER, True, False),
        (Role.CAPTAIN, True, False),
        (Role.MANAGER, True, True),
        (Role.ADMINISTRATOR, True, True),
    ],
)
def test_the_table_of_roles(role: Role, comments: bool, configure: bool) -> None:
    scope = Scope(role)
    assert can_read_comments(scope) is comments
    assert can_configure(scope) is configure
    for is_allowed, check in ((comments, check_can_read_comments), (configure, check_can_configure)):
        if is_allowed:
            check(scope)
        else:
            with pytest.raises(NotAllowedError):
                check(scope)


@given(SCOPES, SCOPES)
def test_two_who_see_different_things_never_share_a_key(left: Scope, right: Scope) -> None:
    assert (left == right) == (left.key == right.key)


def test_a_team_with_a_comma_in_its_name_is_not_two_teams() -> None:
    assert Scope(Role.MEMBER, ("a,b",)).key != Scope(Role.MEMBER, ("a", "b")).key


def test_whoever_sits_at_this_machine_is_the_administrator() -> None:
    assert Scope.administrator().role is Role.ADMINISTRATOR


@pytest.mark.parametrize(
    ("role", "report", "lead"),
    [
        (Role.KIOSK, False, False),
        (Role.VIEWER, False, False),
        (Role.MEMBER, True, False),
        (Role.CAPTAIN, True, True),
        (Role.MANAGER, True, True),
    ],
)
def test_people_report_and_captains_decide_for_their_own_team(role: Role, report: bool, lead: bool) -> None:
    own, other = Scope(role, ("Ventas",)), Scope(role, ("Almacén",))
    for can, check, is_allowed in ((can_report, check_can_report, report), (can_lead, check_can_lead, lead)):
        assert can(own, "Ventas") is is_allowed
        assert can(Scope(role), "Ventas") is is_allowed
        assert not can(other, "Ventas")
        with pytest.raises(NotAllowedError):
            check(other, "Ventas")
    assert not can_lead(Scope(Role.CAPTAIN, ("Ventas",)), ""), "what is of the whole company is not one team's"
