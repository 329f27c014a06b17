"""Phone and paper: nothing sticks out sideways, everything can be printed."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.browser.looking import (
    ACCOUNTS,
    COMMITMENT,
    COMMITMENTS,
    FIRST_RUN,
    HEARING,
    JOURNEY,
    PROMISES,
    SCORE,
    SCOREBOARD,
    SETTINGS,
    SOURCES,
    SPOKEN,
    TEAM,
    TEAMS,
    WALL,
    WALL_TEAMS,
    View,
    open_view,
)
from tests.browser.serving import Served

SIDEWAYS = "() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth"


def pages(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))


@pytest.mark.parametrize("language", ["es", "en"])
def test_no_page_of_a_phone_scrolls_sideways(phone: Any, site: Served, empty: Served, language: str) -> None:
    for view in (
        SCOREBOARD,
        TEAMS,
        TEAM,
        JOURNEY,
        SPOKEN,
        HEARING,
        ACCOUNTS,
        COMMITMENTS,
        COMMITMENT,
        PROMISES,
        WALL,
        WALL_TEAMS,
        SOURCES,
        SETTINGS,
        SCORE,
    ):
        open_view(phone, site.url, view, language)
        assert phone.evaluate(SIDEWAYS) <= 0, view.name
    open_view(phone, empty.url, FIRST_RUN, language)
    assert phone.evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize(
    "view",
    [SCOREBOARD, TEAMS, TEAM, JOURNEY, COMMITMENTS, SPOKEN, SCORE, SOURCES, SETTINGS],
    ids=lambda view: view.name,
)
def test_everything_can_be_printed(page: Any, site: Served, view: View) -> None:
    open_view(page, site.url, view)
    printed = page.pdf(format="A4")
    assert printed.startswith(b"%PDF")
    assert pages(printed) >= 1
    if view is SCORE:
        assert pages(printed) == 1
    if view is SCOREBOARD:
        assert pages(printed) <= 3


def test_paper_is_white_even_when_the_screen_is_dark(page: Any, site: Served) -> None:
    open_view(page, site.url, SCOREBOARD, theme="dark")
    page.emulate_media(media="print")
    light = page.evaluate("() => getComputedStyle(document.querySelector('.mc-card h2')).color")
    assert light == "rgb(20, 32, 46)", "ink must be dark on paper"
