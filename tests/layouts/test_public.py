"""The public page: number, word, objective and week; no script, and names that stay names."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from dashboard.ledger import kept_of
from layouts.public import promises_page, score_page
from layouts.words import MINUS
from tests.boards import EN, ES, NASTY, board_of, empty, every_board, few, goal_of
from tests.dashboard.test_ledger import entry
from tests.layouts.test_commitments import ledger

BOARDS = dict(every_board())


class Tags(HTMLParser):
    """Collects the tags and the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember a tag."""
        self.tags.append(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        """Remember text."""
        self.words += data


def read(page: str) -> Tags:
    """Return the tags and words of a page."""
    found = Tags()
    found.feed(page)
    return found


@pytest.mark.parametrize("name", BOARDS)
def test_every_state_is_a_whole_page_without_script(name: str) -> None:
    for t in (ES, EN):
        page = read(score_page(t, BOARDS[name], "Suministros"))
        assert "script" not in page.tags
        assert page.tags.count("h1") == 1
        assert "None" not in page.words
        assert "{" not in page.words


def test_it_says_number_word_objective_and_week() -> None:
    words = read(score_page(ES, board_of(goal=goal_of()), "Suministros")).words
    for part in ("Suministros", "30", "Vamos perdiendo", "objetivo de hoy: 42", "Hasta el domingo 15 de noviembre"):
        assert part in words, part


def test_negative_numbers_are_written_well() -> None:
    assert f"{MINUS}100" in score_page(ES, BOARDS["negative"], "x")


@pytest.mark.parametrize("answers", [0, 1, 9])
def test_under_ten_answers_no_number(answers: int) -> None:
    page = score_page(ES, few(answers), "x")
    assert re.search(r'class="number">—<', page)
    assert "nos recomiendan" not in page, "a share of a few people is no number either"


def test_the_language_is_declared() -> None:
    assert '<html lang="en">' in score_page(EN, empty(), "x")


def test_what_people_wrote_never_becomes_markup() -> None:
    page = read(score_page(ES, board_of(goal=goal_of(why=NASTY)), NASTY))
    assert NASTY in page.words
    assert "script" not in page.tags


def test_the_public_reads_what_it_may_expect_and_how_much_was_kept() -> None:
    standard = entry(1, due=None, standard="4 h", is_public=True, conditions="en días laborables")
    nasty = entry(2, what="<script>x</script>", is_public=True)
    one = ledger(entries=(standard, nasty), standards={"4 h": kept_of(100, 92, 8)})
    page = promises_page(ES, one, one.entries, "La <b>Ficticia</b>")
    assert "92\u202f% cumplido · 92 de 100 con plazo ya cumplido" in page
    assert "en días laborables" in page
    assert "<script>" not in page
    assert "<b>Ficticia" not in page
    assert "Todavía no hemos publicado" in promises_page(ES, ledger(), (), "x")
