"""Names, order and merges of teams, segments, moments."""

from __future__ import annotations

import pytest

from dashboard.filters import filters
from dashboard.members import MemberError
from dashboard.permissions import NotAllowedError, Role, Scope
from data.services import Services
from data.writes.members import add_member, forget_members, merge_member, order_members, rename_member
from tests.data.stores import ADMINISTRATOR, answers_of, import_rows


def test_a_renamed_member_keeps_its_key_and_history(services: Services) -> None:
    import_rows(services, "a.csv", answers_of(2, 5, team="alm"))
    rename_member(services, ADMINISTRATOR, "team", "alm", "  Almacén ")
    state = services.state()
    assert state.members.name("team", "alm") == "Almacén"
    assert services.scores(state).weeks(filters({"team": ["alm"]}))["n"].sum() == 10
    with pytest.raises(MemberError, match="merge the two instead"):
        rename_member(services, ADMINISTRATOR, "team", "other", "Almacén")
    with pytest.raises(MemberError, match="cannot be empty"):
        rename_member(services, ADMINISTRATOR, "team", "alm", " ")


def test_a_merge_counts_in_all_history_and_can_be_taken_back(services: Services) -> None:
    rows = [row | {"id": f"b{row['id']}", "team": "warehouse"} for row in answers_of(2, 5)]
    import_rows(services, "a.csv", [*answers_of(2, 5, team="alm"), *rows])

    def answers() -> int:
        return int(services.scores(services.state()).weeks(filters({"team": ["alm"]}))["n"].sum())

    assert answers() == 10
    merge_member(services, ADMINISTRATOR, "team", "warehouse", "alm")
    assert answers() == 20
    with pytest.raises(MemberError, match="already part"):
        merge_member(services, ADMINISTRATOR, "team", "alm", "warehouse")
    merge_member(services, ADMINISTRATOR, "team", "warehouse", None)
    assert answers() == 10


def test_members_come_in_the_order_they_were_put(services: Services) -> None:
    order_members(services, ADMINISTRATOR, "moment", ["c", "a", "b"])
    add_member(services, ADMINISTRATOR, "moment", "z")
    assert services.state().members.order("moment") == {"c": 0, "a": 1, "b": 2, "z": 3}
    order_members(services, ADMINISTRATOR, "moment", ["z", "a"])
    assert services.state().members.order("moment")["z"] == 0
    with pytest.raises(MemberError, match="already"):
        add_member(services, ADMINISTRATOR, "moment", "z")


def test_forgetting_spares_what_answers_still_mention(services: Services) -> None:
    import_rows(services, "a.csv", answers_of(1, 3, team="alm"))
    order_members(services, ADMINISTRATOR, "team", ["alm", "gone"])
    forget_members(services, ADMINISTRATOR, "team", ["alm", "gone", "never"])
    assert [member.key for member in services.state().members.every] == ["alm"]


def test_a_dimension_that_does_not_exist_is_refused(services: Services) -> None:
    with pytest.raises(MemberError, match="no dimension 'colour'"):
        add_member(services, ADMINISTRATOR, "colour", "red")


def test_who_may_not_names_nothing(services: Services) -> None:
    with pytest.raises(NotAllowedError):
        add_member(services, Scope(Role.CAPTAIN), "team", "x")
    assert services.state().members.every == ()
