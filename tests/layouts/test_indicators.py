"""The indicators in settings: what is said may change, what is measured may not."""

from __future__ import annotations

import pytest

from dashboard.catalogue import STARTERS
from layouts.indicators import NEW, NONE, Ids, Options, form, marks, section
from layouts.words import Words
from tests.boards import EN, ES, NASTY, WEEK_OF
from tests.trees import assert_only_text, components, ids, of_type, texts
from tests.watching import MARK, PACKED

OPTIONS = Options(
    [("1", "Almacén: Pedidos completos")], [("Almacén", "Almacén"), (NASTY, NASTY)], [("Recibir", "Recibir")], []
)


def values(shown: object) -> dict[str, object]:
    return {one.id: getattr(one, "value", None) for one in components(shown) if getattr(one, "id", None)}


def test_a_new_indicator_offers_examples_and_asks_the_two_questions() -> None:
    shown = form(ES, OPTIONS, None)
    found = values(shown)
    assert (found[Ids.WHICH], found[Ids.STARTER], found[Ids.RESULT]) == (NEW, NONE, NONE)
    starters = next(one for one in of_type(shown, "Select") if one.id == Ids.STARTER)
    assert len(starters.options) == len(STARTERS) + 1
    assert "El equipo puede moverlo esta misma semana" in str([one.label for one in of_type(shown, "Checkbox")])


def test_of_a_known_indicator_unit_team_and_direction_stay() -> None:
    shown = form(ES, OPTIONS, PACKED)
    found = values(shown)
    assert (found[Ids.NAME], found[Ids.TARGET], found[Ids.BELIEF]) == (PACKED.name, 95, PACKED.belief)
    fixed = {one.id for one in components(shown) if getattr(one, "disabled", None)}
    assert fixed == {Ids.TEAM, Ids.UNIT, Ids.DIRECTION}
    assert "¿por qué?" in texts(shown)


@pytest.mark.parametrize("t", [ES, EN])
def test_every_field_has_a_label(t: Words) -> None:
    shown = [form(t, OPTIONS, None), marks(t, (MARK,), OPTIONS.teams, WEEK_OF)]
    labelled = {id(one) for label in of_type(shown, "Label") for one in components(label.children)}
    fields = [one for one in components(shown) if one._type in ("Input", "Select")]
    assert len(fields) > 12
    assert all(id(one) in labelled for one in fields)


def test_no_choice_is_an_empty_value() -> None:
    shown = [form(ES, OPTIONS, None), marks(ES, (), OPTIONS.teams, WEEK_OF)]
    assert all(option["value"] for one in of_type(shown, "Select") for option in one.options)


def test_marks_are_told_newest_first_and_may_be_taken_away() -> None:
    told = marks(ES, (MARK,), OPTIONS.teams, WEEK_OF)
    assert "19 oct 2026 · Turno de tarde · toda la empresa" in texts(told)
    assert {"type": Ids.MARK_REMOVE.value, "mark": 1} in ids(told)


def test_places_are_there_once_and_names_are_text() -> None:
    found = ids([section(ES)])
    assert len(found) == len(set(found))
    assert_only_text(form(ES, OPTIONS, PACKED), NASTY)
