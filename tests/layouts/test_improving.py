"""The forms: what can be done with a card where it stands, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.improvements import Improvement, dropped
from layouts.improving import Ids, Options, form, moves, proposed
from tests.boards import ES, NASTY
from tests.dashboard.test_improvements import DAY, PROOF, card, moved
from tests.trees import assert_only_text, ids, of_type, texts

OPTIONS = Options([("v", NASTY)], [("m", NASTY)], [("score", "NPS")], [NASTY], [NASTY])


def there(one: Improvement, may_decide: bool = True) -> set[str]:
    """Return the ids of the buttons that are not hidden."""
    found = of_type(moves(ES, one, may_decide), "Button")
    return {node.id.value for node in found if not getattr(node, "hidden", False)}


@pytest.mark.parametrize(
    ("one", "may", "buttons"),
    [
        (card(), True, {Ids.ADVANCE, Ids.DROP}),
        (card(), False, {Ids.ADVANCE}),
        (moved(card(), 2), True, {Ids.ADVANCE, Ids.BACK, Ids.DROP}),
        (moved(card(), 8), True, {Ids.BACK, Ids.LOOK}),
        (moved(card(origins=("s:1",)), 8), True, {Ids.BACK, Ids.LOOK, Ids.TELL}),
        (dropped(moved(card(), 2), PROOF, DAY, "Ana"), True, set()),
    ],
)
def test_only_what_can_be_done_is_there(one: Improvement, may: bool, buttons: set[Ids]) -> None:
    assert there(one, may) == {button.value for button in buttons}


def test_a_new_card_and_a_known_one_have_every_field_once() -> None:
    for one in (None, replace(card(name=NASTY, cause=NASTY), improvement_id=3)):
        tree = form(ES, OPTIONS, one, "score", ["m"], "s:1")
        found = [identity for identity in ids(tree) if isinstance(identity, str)]
        assert len(found) == len(set(found)) and Ids.SAVE in found and Ids.MEASURE in found
        assert_only_text(tree, NASTY)


def test_a_new_card_is_a_click_away() -> None:
    assert "Abrirla" in texts(proposed(ES, 7))
