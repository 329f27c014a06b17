"""The card asks for whom and whether one is sure, and tells what was erased and what is left."""

from __future__ import annotations

import pytest

from dashboard.erasure import Known
from layouts.erasure import ERASED, Ids, erased, erasure
from layouts.words import Words
from tests.boards import EN, ES, NASTY
from tests.trees import assert_only_text, components, ids, of_type, texts

RESULT = dict.fromkeys(ERASED, 2) | {"backups": [{"name": "lunes.tar", "day": "2026-11-16"}]}


def test_the_card_has_every_place_once_and_a_label_for_every_field() -> None:
    shown = erasure(ES, ["demo", "tool"])
    assert sorted(ids(shown)) == sorted(Ids)
    labelled = {id(one) for label in of_type(shown, "Label") for one in components(label.children)}
    fields = [one for one in components(shown) if one._type in ("Input", "Select")]
    assert [id(one) in labelled for one in fields] == [True] * 3


def test_a_person_may_be_known_in_every_way() -> None:
    choices = {one.id: one.options for one in of_type(erasure(ES, ["tool"]), "Select")}
    assert [option["value"] for option in choices[Ids.KNOWN]] == list(Known)
    assert [option["value"] for option in choices[Ids.SOURCE]] == ["tool"]


def test_nobody_is_sure_before_they_say_so() -> None:
    assert of_type(erasure(ES, []), "Checkbox")[0].value is False


@pytest.mark.parametrize("t", [ES, EN], ids=["es", "en"])
def test_everything_that_was_erased_is_told(t: Words) -> None:
    told = erased(t, RESULT)
    assert len(of_type(told, "Li")) == len(ERASED) + 1
    assert "lunes.tar · 16 " in texts(told)
    assert "lunes.tar" not in texts(erased(t, RESULT | {"backups": []}))


def test_what_people_wrote_never_becomes_markup() -> None:
    shown = [erasure(ES, [NASTY]), erased(ES, RESULT | {"backups": [{"name": NASTY, "day": "2026-11-16"}]})]
    assert_only_text(shown, NASTY)
