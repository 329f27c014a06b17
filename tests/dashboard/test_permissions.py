"""Who may do what: the same rule greys the button and refuses the write."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.filters import EVERYTHING, filters
from dashboard.permissions import (
    DENIABLE,
    LEAST,
    NOBODY_THERE,
    Capability,
    NotAllowedError,
    Role,
    Scope,
    can,
    can_lead,
    can_promise,
    can_report,
    check,
    check_can_lead,
    check_can_promise,
    check_can_report,
    matrix,
    viewing_as,
    within,
    within_comments,
)

NAMES = st.lists(st.text("ab,|' ", min_size=1, max_size=3), max_size=3).map(tuple)
SCOPES = st.builds(Scope, st.sampled_from(Role), NAMES, NAMES, st.frozensets(st.sampled_from(Capability), max_size=3))

TABLE = {
    Role.KIOSK: {"see_wall"},
    Role.VIEWER: {"see_score"},
    Role.MEMBER: {"meet", "promise", "read_comments", "report"},
    Role.CAPTAIN: {"see_small_groups", "export", "lead"},
    Role.MANAGER: {"read_whole_comments", "configure"},
    Role.ADMINISTRATOR: {"manage_screens", "manage_people", "read_audit", "erase"},
}
"""What each role adds to the one below."""


@pytest.mark.parametrize("capability", Capability)
@pytest.mark.parametrize("role", Role)
def test_a_role_may_what_it_adds_and_what_the_lower_ones_may(role: Role, capability: Capability) -> None:
    allowed = {name for lower in Role if lower <= role for name in TABLE[lower]}
    assert can(Scope(role), capability) is (capability.value in allowed)
    if capability.value not in allowed:
        with pytest.raises(NotAllowedError):
            check(Scope(role), capability)


def test_every_capability_is_in_the_table_and_the_matrix_prints_it() -> None:
    assert set(LEAST) == set(Capability)
    assert dict(matrix())[Capability.EXPORT] == (False, False, False, True, True, True)


@given(SCOPES, st.sampled_from(Capability))
def test_an_explicit_no_wins_over_every_role(scope: Scope, capability: Capability) -> None:
    if capability in scope.denied:
        assert not can(scope, capability)


@given(SCOPES, SCOPES)
def test_two_who_see_different_things_never_share_a_key(left: Scope, right: Scope) -> None:
    assert (left == right) == (left.key == right.key)


def test_a_team_with_a_comma_in_its_name_is_not_two_teams() -> None:
    assert Scope(Role.MEMBER, ("a,b",)).key != Scope(Role.MEMBER, ("a", "b")).key


def test_whoever_has_the_command_line_is_the_administrator() -> None:
    assert Scope.administrator().role is Role.ADMINISTRATOR


@given(SCOPES, st.sampled_from(Role), NAMES, NAMES)
def test_looking_through_other_eyes_never_shows_more(
    scope: Scope, role: Role, teams: tuple[str, ...], sites: tuple[str, ...]
) -> None:
    seen = viewing_as(scope, role, teams, sites)
    assert all(can(scope, capability) for capability in Capability if can(seen, capability))
    if scope.sites:
        assert set(seen.sites) <= set(scope.sites)
        assert seen.sites


@pytest.mark.parametrize(
    ("asked", "expected"),
    [((), ("Norte", "Sur")), (("Sur",), ("Sur",)), (("Sur", "Este"), ("Sur",)), (("Este",), (NOBODY_THERE,))],
)
def test_somebody_of_two_sites_sees_no_other(asked: tuple[str, ...], expected: tuple[str, ...]) -> None:
    for role in (Role.CAPTAIN, Role.MANAGER, Role.VIEWER):
        assert within(Scope(role, sites=("Norte", "Sur")), filters({"site": asked})).values("site") == expected


@pytest.mark.parametrize("role", [Role.KIOSK, Role.VIEWER, Role.MEMBER])
def test_roles_that_could_single_people_out_cross_declared_pairs_of_whole_weeks_only(role: Role) -> None:
    scope = Scope(role, ("A",))
    for allowed in ({"team": ["A"], "segment": ["x"]}, {"moment": ["m"]}, {"channel": ["w"], "site": ["s"]}, {}):
        assert within(scope, filters(allowed)).where == filters(allowed).where
    for refused in (
        {"team": ["A"], "moment": ["m"]},
        {"account": ["C1"]},
        {"role": ["r"]},
        {"team": ["A"], "site": ["s"]},
    ):
        with pytest.raises(NotAllowedError):
            within(scope, filters(refused))
        assert within(Scope(Role.CAPTAIN, ("A",)), filters(refused)) == filters(refused)
    widened = within(scope, filters({}, date(2026, 11, 4), date(2026, 11, 10)))
    assert (widened.since, widened.until) == (date(2026, 11, 2), date(2026, 11, 15))


def test_a_viewer_of_one_site_cannot_cross_it_with_teams() -> None:
    with pytest.raises(NotAllowedError):
        within(Scope(Role.VIEWER, sites=("Norte",)), filters({"team": ["A"]}))


@pytest.mark.parametrize(
    ("role", "teams", "asked", "expected"),
    [
        (Role.MEMBER, ("A",), (), ("A",)),
        (Role.CAPTAIN, ("A", "B"), ("B", "C"), ("B",)),
        (Role.MEMBER, ("A",), ("C",), (NOBODY_THERE,)),
        (Role.MEMBER, (), (), (NOBODY_THERE,)),
        (Role.MANAGER, ("A",), ("C",), ("C",)),
        (Role.MANAGER, (), (), ()),
    ],
)
def test_comments_are_those_of_ones_own_teams(
    role: Role, teams: tuple[str, ...], asked: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert within_comments(Scope(role, teams), filters({"team": asked})).values("team") == expected


@pytest.mark.parametrize("role", [Role.KIOSK, Role.VIEWER])
def test_lower_roles_read_no_comment(role: Role) -> None:
    with pytest.raises(NotAllowedError):
        within_comments(Scope(role, ("A",)), EVERYTHING)


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
    for may, insist, is_allowed in ((can_report, check_can_report, report), (can_lead, check_can_lead, lead)):
        assert may(own, "Ventas") is is_allowed
        assert may(other, "Ventas") is (is_allowed and role >= Role.MANAGER)
        if not may(other, "Ventas"):
            with pytest.raises(NotAllowedError):
                insist(other, "Ventas")
    assert not can_lead(Scope(Role.CAPTAIN, ("Ventas",)), ""), "what is of the whole company is not one team's"


def test_what_everything_stands_on_cannot_be_taken_away() -> None:
    assert set(Capability) - DENIABLE == {Capability.SEE_WALL}


@pytest.mark.parametrize(
    ("scope", "team", "site", "may"),
    [
        (Scope(Role.VIEWER, ("a",)), "a", "", False),
        (Scope(Role.MEMBER, ("a",)), "a", "", True),
        (Scope(Role.MEMBER, ("a",)), "b", "", False),
        (Scope(Role.MEMBER, ("a",), ("Norte",)), "a", "Norte", True),
        (Scope(Role.MEMBER, ("a",), ("Norte",)), "a", "Sur", False),
        (Scope(Role.MEMBER, ("a",), ("Norte",)), "a", "", False),
        (Scope(Role.MANAGER), "b", "", True),
        (Scope(Role.MANAGER, denied=frozenset({Capability.PROMISE})), "b", "", False),
    ],
)
def test_commitments_are_written_down_by_the_team_for_its_sites(scope: Scope, team: str, site: str, may: bool) -> None:
    assert can_promise(scope, team, site) is may
    if may:
        check_can_promise(scope, team, site)
    else:
        with pytest.raises(NotAllowedError, match="people of the team"):
            check_can_promise(scope, team, site)
