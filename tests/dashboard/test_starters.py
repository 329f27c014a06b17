"""Themes to begin with mark what customers of the demo write, and nothing marks everything."""

from __future__ import annotations

import polars as pl

from dashboard.starters import STARTERS
from dashboard.themes import marked
from data.demo.words import COMPLAINT, PRAISE


def test_most_of_what_the_demo_says_is_about_something_and_nothing_is_about_everything() -> None:
    texts = [text for words in (PRAISE, COMPLAINT) for said in words.values() for text in said]
    comments = pl.DataFrame({"response_id": [str(place) for place in range(len(texts))], "verbatim": texts})
    found = marked(comments, STARTERS)
    assert found["response_id"].n_unique() / len(texts) > 0.7
    assert found.group_by("theme").len()["len"].max() / len(texts) < 0.5  # type: ignore[operator]
    assert set(found["theme"]) == {theme.key for theme in STARTERS}


def test_keys_are_unique_and_every_theme_has_words() -> None:
    assert len({theme.key for theme in STARTERS}) == len(STARTERS)
    assert all(theme.patterns for theme in STARTERS)
