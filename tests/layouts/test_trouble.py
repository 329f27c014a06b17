"""The page of trouble: words, nothing else needed, and it asks again."""

from __future__ import annotations

import pytest

from layouts.trouble import SECONDS, trouble_page
from layouts.words import Words
from tests.boards import EN, ES, NASTY


@pytest.mark.parametrize("t", [ES, EN])
def test_it_says_what_is_wrong_and_asks_again(t: Words) -> None:
    page = trouble_page(t, "El disco está lleno")
    assert f'<html lang="{t.language}">' in page
    assert "El disco está lleno" in page
    assert f'http-equiv="refresh" content="{SECONDS}"' in page
    assert "<script" not in page


def test_the_problem_is_text() -> None:
    assert NASTY not in trouble_page(ES, NASTY)
