"""Members of a dimension: names, order, merges."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.members import Member, MemberError, Members, check_can_merge

TEAMS = Members(
    (
        Member("team", "alm", "Almacén", position=1),
        Member("team", "almacen", "almacen", "alm", 2),
        Member("team", "warehouse", "Warehouse", "almacen", 3),
        Member("team", "ven", "Ventas", position=0),
        Member("site", "alm", "Otro"),
    )
)


def test_a_key_nobody_named_is_its_own_name() -> None:
    assert TEAMS.name("team", "alm") == "Almacén"
    assert TEAMS.name("team", "new") == "new"
    assert TEAMS.name("site", "alm") == "Otro"


def test_merged_members_have_no_name_and_chains_are_followed_to_their_end() -> None:
    assert TEAMS.names("team") == {"alm": "Almacén", "ven": "Ventas"}
    assert TEAMS.merges("team") == {"almacen": "alm", "warehouse": "alm"}
    assert TEAMS.order("team") == {"alm": 1, "almacen": 2, "warehouse": 3, "ven": 0}


def test_merging_replaces_keys_in_the_asked_dimensions_only() -> None:
    frame = pl.LazyFrame({"team": ["warehouse", "ven", None], "site": ["warehouse", "alm", None]})
    merged = TEAMS.merged(frame, ("team",)).collect()
    assert merged["team"].to_list() == ["alm", "ven", None]
    assert merged["site"].to_list() == ["warehouse", "alm", None]
    assert TEAMS.merged(frame, ()).collect().equals(frame.collect())


@pytest.mark.parametrize(("key", "into"), [("alm", "alm"), ("alm", "almacen"), ("alm", "warehouse")])
def test_a_member_cannot_become_part_of_itself(key: str, into: str) -> None:
    with pytest.raises(MemberError):
        check_can_merge(TEAMS, "team", key, into)


def test_two_that_are_not_related_can_merge() -> None:
    check_can_merge(TEAMS, "team", "ven", "warehouse")


@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("abcdef")))
def test_merges_end_even_if_the_database_holds_a_circle(into: dict[str, str]) -> None:
    members = Members(tuple(Member("team", key, key, target) for key, target in into.items()))
    assert set(members.merges("team")) == set(into)
