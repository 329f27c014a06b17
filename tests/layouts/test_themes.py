"""The themes' form: one a line, with the names of the reader's language until there are own ones."""

from __future__ import annotations

from dashboard.starters import STARTERS
from dashboard.themes import Theme, parse_themes
from layouts.themes import Ids, form, named, section
from tests.boards import EN, ES, NASTY
from tests.trees import ids, of_type


def test_what_stands_in_the_form_can_be_stored_as_it_is() -> None:
    for t in (ES, EN):
        area = of_type(form(t, STARTERS), "Textarea")[0]
        found = parse_themes(area.value)
        assert [theme.words for theme in found] == [theme.words for theme in STARTERS]
        assert len({theme.key for theme in found}) == len(STARTERS)


def test_an_own_name_stays_in_every_language() -> None:
    assert named(EN, Theme("x", NASTY, ("a",))).name == NASTY
    assert named(ES, STARTERS[0]).name == "Plazo y entrega"


def test_every_place_is_there_once() -> None:
    found = ids(section(ES)) + ids(form(ES, STARTERS))
    assert {Ids.FORM, Ids.SAID, Ids.TEXT, Ids.SAVE} == set(found) and len(found) == 4
