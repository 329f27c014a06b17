"""The form of what was heard: one team is never asked for, and nobody's team is told what to do."""

from __future__ import annotations

import pytest

from dashboard.voice import Mood
from layouts.hearing import OTHER, Ids, page
from layouts.words import Words
from tests.boards import EN, ES, NASTY
from tests.trees import components, ids, texts

TEAMS = [("Ventas", "Ventas"), ("Almacén", "Almacén")]


@pytest.mark.parametrize("t", [ES, EN])
def test_the_form_asks_words_mood_moment_and_customer(t: Words) -> None:
    drawn = page(t, TEAMS, "Ventas", [("Esperar", "Esperar")], ["Hotel"])
    assert set(Ids) <= set(ids(drawn))
    options = {
        one.id: [option["value"] for option in one.options] for one in components(drawn) if hasattr(one, "options")
    }
    assert options[Ids.MOOD] == [mood.value for mood in Mood]
    assert options[Ids.MOMENT] == ["Esperar", OTHER]


@pytest.mark.parametrize(("teams", "is_hidden"), [(TEAMS, False), (TEAMS[:1], True)])
def test_who_is_in_one_team_is_not_asked_which(teams: list[tuple[str, str]], is_hidden: bool) -> None:
    drawn = page(ES, teams, "Ventas", [], [])
    assert [one.hidden for one in components(drawn) if getattr(one, "hidden", None) is not None] == [is_hidden]


def test_who_is_in_no_team_is_told_what_to_do() -> None:
    assert "pide que te añadan" in texts(page(ES, [], "", [], []))


def test_names_stay_what_they_are() -> None:
    assert NASTY in texts(page(ES, [(NASTY, NASTY)], NASTY, [(NASTY, NASTY)], [NASTY]))
