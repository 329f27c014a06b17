"""The page of an account in words."""

from __future__ import annotations

import pytest

from dashboard.account_page import account_of
from layouts.accounts import Ids, account, page
from layouts.words import Words
from tests.boards import EN, ES, NASTY
from tests.dashboard.test_account_page import NOTHING, answers
from tests.trees import components, ids, texts


@pytest.mark.parametrize("t", [ES, EN])
def test_each_person_is_told_with_mean_and_worst(t: Words) -> None:
    words = texts(account(t, account_of("C1", answers(("ana", 1, 2), ("luis", 2, 10)), NOTHING), {}))
    assert t.points(6.0, 1) in words
    assert "usuario · compras" in words
    assert "ana" not in words, "a person is told by role and area"


def test_an_account_of_nobody_says_so() -> None:
    assert "no hay respuestas" in texts(account(ES, None, {}))


def test_the_chosen_account_is_offered_even_where_it_is_not_listed() -> None:
    drawn = page(ES, ["C1"], NASTY)
    assert set(Ids) <= set(ids(drawn))
    (which,) = [one for one in components(drawn) if getattr(one, "id", None) == Ids.WHICH]
    assert which.value == NASTY
    assert {option["value"] for option in which.options} == {"C1", NASTY}
    assert page(ES, [], "")
