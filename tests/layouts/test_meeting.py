"""The page of a meeting: forms that stand still, each field with its label."""

from __future__ import annotations

from datetime import date

from layouts.meeting import Ids, page
from tests.boards import EN, ES, NASTY
from tests.trees import assert_only_text, components, ids, of_type, texts

TABLES = [("Almacén", "Almacén"), (NASTY, NASTY), ("", "Reunión común")]


def test_every_field_has_a_label_and_every_id_is_there_once() -> None:
    shown = page(EN, "Almacén", TABLES, date(2026, 11, 27), may_lead=True)
    labelled = {id(one) for label in of_type(shown, "Label") for one in components(label.children)}
    fields = [one for one in components(shown) if one._type in ("Input", "Select")]
    assert all(id(one) in labelled for one in fields)
    found = [one for one in ids(shown) if isinstance(one, str)]
    assert len(found) == len(set(found))


def test_the_four_blocks_and_their_drafts_are_of_one_team() -> None:
    shown = page(ES, "Almacén", TABLES, date(2026, 11, 27), may_lead=False)
    (panels,) = [one for one in of_type(shown, "Div") if getattr(one, "data-mc-drafts", None)]
    assert getattr(panels, "data-mc-drafts") == "Almacén"
    assert len(panels.children) == 4
    assert Ids.PAUSE not in ids(shown)
    assert next(one.value for one in of_type(shown, "Input") if one.id == Ids.DUE) == "2026-11-27"


def test_preferences_named_before_are_offered_as_text() -> None:
    shown = page(ES, "Almacén", TABLES, date(2026, 11, 27), (NASTY, "que esté todo"), may_lead=True)
    typed = next(one for one in of_type(shown, "Input") if one.id == Ids.PREFERENCE)
    (offered,) = [one for one in of_type(shown, "Datalist") if one.id == typed.list]
    assert [one.value for one in of_type(offered, "Option")] == [NASTY, "que esté todo"]
    assert typed.maxLength == 200


def test_the_table_one_sits_at_is_marked_and_names_are_text() -> None:
    shown = page(ES, NASTY, TABLES, date(2026, 11, 27), may_lead=True)
    current = [one for one in of_type(shown, "Li") if getattr(one, "aria-current", None)]
    assert [texts(one) for one in current] == [NASTY]
    assert_only_text(shown, NASTY)


def test_nobody_is_seated_at_the_common_table_itself() -> None:
    for team, hidden in (("", True), ("Almacén", False)):
        shown = page(ES, team, TABLES, date(2026, 11, 27), may_lead=True)
        seat = next(one for one in of_type(shown, "Div") if Ids.SEAT in ids(one) and len(ids(one)) == 2)
        assert seat.hidden is hidden
