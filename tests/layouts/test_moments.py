"""The forms of those who look after moments."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.moments import Care, Duty, Kept
from layouts.moments import Ids, form, matrix, section, telling
from layouts.words import Words
from tests.boards import EN, ES, NASTY
from tests.trees import components, ids, texts

CARE = Care(
    {"Esperar": Kept("Esperar", "Marta", review_on=date(2027, 1, 4))},
    {"Esperar": {"A": Duty.DIRECT, "B": Duty.INDIRECT}},
)
MOMENTS, TEAMS = [("Esperar", "Esperar"), ("Pagar", "Pagar")], [("A", "Almacén"), ("B", NASTY)]


@pytest.mark.parametrize("t", [ES, EN])
def test_the_form_says_what_is_known_of_a_moment(t: Words) -> None:
    drawn = {one.id: one for one in components(form(t, MOMENTS, TEAMS, "Esperar", CARE)) if getattr(one, "id", None)}
    assert drawn[Ids.OWNER].value == "Marta"
    assert drawn[Ids.REVIEW].value == "2027-01-04"
    assert (drawn[Ids.DIRECT].value, drawn[Ids.INDIRECT].value) == (["A"], ["B"])


def test_a_moment_of_no_team_stands_out() -> None:
    rows = [one for one in components(matrix(ES, MOMENTS, TEAMS, CARE)) if type(one).__name__ == "Tr"]
    assert [one.className for one in rows[1:]] == ["", "mc-row-alone"]
    assert NASTY in texts(rows)


def test_every_place_is_there() -> None:
    found = {
        *ids(section(ES)),
        *ids(form(ES, MOMENTS, TEAMS, "Pagar", CARE)),
        *ids(telling(ES, MOMENTS, TEAMS, date(2026, 11, 22))),
    }
    assert found == set(Ids)


def test_who_is_in_no_team_is_asked_for_nothing() -> None:
    assert ids(telling(ES, MOMENTS, [], date(2026, 11, 22))) == []
    assert ids(form(ES, [], TEAMS, "", CARE)) == []
