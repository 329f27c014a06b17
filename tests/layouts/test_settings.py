"""Settings: who we are, the goal, and members under the names people gave them."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.goal import Vote
from dashboard.organisation import Organisation
from layouts.settings import EDITED, Ids, goals, members, page
from layouts.words import Words
from tests.boards import COMPANY, EN, ES, NASTY, goal_of
from tests.trees import assert_only_text, components, ids, of_type, texts

TODAY = date(2026, 11, 22)
TEAMS = {"team": [("a", "Almacén"), ("b", "Ventas")]}


def test_the_page_has_every_place_once() -> None:
    found = ids(page(ES, COMPANY, TODAY, has_demo=True))
    assert len(found) == len(set(found))
    assert {Ids.SAVE, Ids.SET, Ids.MEMBERS, Ids.DEMO_REMOVE} <= set(found)


def test_the_demo_is_offered_for_removal_only_where_it_is() -> None:
    assert Ids.DEMO_REMOVE not in ids(page(ES, COMPANY, TODAY, has_demo=False))


def test_every_field_has_a_label() -> None:
    shown = page(EN, COMPANY, TODAY, has_demo=False)
    labelled = {id(one) for label in of_type(shown, "Label") for one in components(label.children)}
    fields = [one for one in components(shown) if one._type in ("Input", "Select")]
    assert len(fields) == 12
    assert all(id(one) in labelled for one in fields)


def test_every_kind_of_vote_and_language_can_be_chosen() -> None:
    selects = {one.id: one for one in of_type(page(ES, COMPANY, TODAY, has_demo=False), "Select")}
    assert [option["value"] for option in selects[Ids.VOTE].options] == list(Vote)
    assert [option["value"] for option in selects[Ids.LANGUAGE].options] == ["es", "en"]


def test_goals_that_are_closed_stay() -> None:
    assert "Aún no hay objetivo" in texts(goals(ES, []))
    told = texts(goals(ES, [(goal_of(why="Por el cliente"), True), (goal_of(20, 30, window_weeks=1), False)]))
    assert "en juego" in told
    assert "cerrado" in told
    assert "Por el cliente" in told
    assert "1 semana ·" in told


def test_members_can_be_renamed_merged_ordered_and_added() -> None:
    found = ids(members(ES, TEAMS, {"team": [("c", "Almacén")]}))
    types = {one["type"] for one in found}
    assert types == {Ids.RENAME, Ids.MERGE, Ids.UP, Ids.ADD, Ids.ADD_BUTTON}
    assert len([one for one in found if one["type"] == Ids.ADD]) == len(EDITED)
    assert "c cuenta como Almacén" in texts(members(ES, TEAMS, {"team": [("c", "Almacén")]}))


def test_the_first_cannot_go_up() -> None:
    ups = [one for one in of_type(members(ES, TEAMS, {}), "Button") if one.id["type"] == Ids.UP]
    assert [one.disabled for one in ups] == [True, False]


def test_nobody_is_merged_into_himself() -> None:
    for select in of_type(members(ES, TEAMS, {}), "Select"):
        assert select.id["key"] not in [option["value"] for option in select.options]


def test_without_members_what_to_do() -> None:
    assert texts(members(ES, {}, {})).count("Aún no hay ninguno") == len(EDITED)


@pytest.mark.parametrize("t", [ES, EN])
def test_what_people_wrote_never_becomes_markup(t: Words) -> None:
    organisation = Organisation(NASTY, meeting=NASTY)
    shown = [
        page(t, organisation, TODAY, has_demo=True),
        goals(t, [(goal_of(why=NASTY), True)]),
        members(t, {"team": [(NASTY, NASTY)]}, {"team": [(NASTY, NASTY)]}),
    ]
    assert NASTY in texts(shown)
    assert_only_text(shown, NASTY)
