"""The audit in words: everything that is recorded has some, and names stay names."""

from __future__ import annotations

import ast
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dashboard.filters import DIMENSIONS
from layouts.audit import ANY, NOUNS, VERBS, Ids, Row, lines, noun_words, page, told, verb_words
from layouts.words import Words
from tests.boards import EN, ES, NASTY
from tests.trees import assert_only_text, components, ids, of_type, texts

ROOT = Path(__file__).resolve().parents[2]
MADRID = ZoneInfo("Europe/Madrid")
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
ROW = Row(AT, "Marta", "import", "import", "7", (("rows", "80"), ("accepted", "78")))


def recorded() -> tuple[set[str], set[str]]:
    """Return every verb and noun that the source writes into the audit, where both stand in the call."""
    verbs, nouns = set(), set()
    for path in (ROOT / "data").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "record":
                told = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args]
                verbs.add(told[0])
                nouns.add(told[1])
    return verbs - {None}, nouns - {None}


def test_everything_that_is_recorded_has_words() -> None:
    verbs, nouns = recorded()
    assert len(verbs) > 20
    assert verbs <= set(VERBS)
    assert nouns <= {*NOUNS, *DIMENSIONS}


@pytest.mark.parametrize("t", [ES, EN], ids=["es", "en"])
def test_every_verb_and_noun_is_told_in_both_languages(t: Words) -> None:
    assert all(verb_words(t, verb) for verb in VERBS)
    assert all(noun_words(t, noun) for noun in (*NOUNS, *DIMENSIONS))
    assert (verb_words(t, "juggle"), noun_words(t, "ball")) == ("juggle", "ball")


def test_the_page_has_every_place_once_and_a_label_for_every_field() -> None:
    shown = page(ES, ["Ana", "operator"], ["import", "undo"], ["import", "team"])
    assert sorted(ids(shown)) == sorted(Ids)
    labelled = {id(one) for label in of_type(shown, "Label") for one in components(label.children)}
    fields = [one for one in components(shown) if one._type in ("Input", "Select")]
    assert [id(one) in labelled for one in fields] == [True] * 5


def test_what_occurs_can_be_chosen_and_everything_too() -> None:
    selects = {one.id: one for one in of_type(page(ES, ["Ana"], ["undo", "import"], ["team"]), "Select")}
    assert [option["label"] for option in selects[Ids.VERB].options] == ["todos", "deshacer", "importar"]
    assert [option["value"] for option in selects[Ids.WHO].options] == [ANY, "Ana"]
    assert [one.value for one in selects.values()] == [ANY] * 3


def test_a_row_says_who_did_what_when() -> None:
    said = ["22 nov 2026, 13:00", "Marta", "importar", "importación", "7", "rows: 80 · accepted: 78"]
    assert told(ES, ROW, MADRID) == said
    assert all(part in texts(lines(ES, [ROW], MADRID)) for part in said)


def test_nothing_found_is_said() -> None:
    assert "Nada con esta búsqueda" in texts(lines(ES, [], MADRID))


def test_what_people_wrote_never_becomes_markup() -> None:
    row = Row(AT, NASTY, NASTY, NASTY, NASTY, ((NASTY, NASTY),))
    for shown in (lines(ES, [row], MADRID), page(ES, [NASTY], [NASTY], [NASTY])):
        assert_only_text(shown, NASTY)
    assert NASTY in texts(lines(ES, [row], MADRID))
