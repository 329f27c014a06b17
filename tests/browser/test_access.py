"""axe finds nothing on any page, in both languages and both themes; figures are images with a sentence and a table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import axe, axe_in_both_themes
from tests.browser.looking import (
    ACCOUNTS,
    COMMITMENT,
    COMMITMENTS,
    FIRST_RUN,
    HEARING,
    JOURNEY,
    MEETING,
    PLAN,
    PROMISES,
    SCORE,
    SCOREBOARD,
    SETTINGS,
    SOURCES,
    SPOKEN,
    TEAM,
    TEAMS,
    VOICE,
    WALL,
    WALL_COMMITMENTS,
    WALL_DEEDS,
    WALL_TEAMS,
    View,
    open_view,
)
from tests.browser.serving import Served
from tests.homes import csv_of

DESK = (
    SCOREBOARD,
    TEAMS,
    TEAM,
    JOURNEY,
    SPOKEN,
    HEARING,
    ACCOUNTS,
    COMMITMENTS,
    COMMITMENT,
    MEETING,
    PLAN,
    SOURCES,
    SETTINGS,
)


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("view", DESK, ids=lambda view: view.name)
def test_the_desk(page: Any, site: Served, view: View, language: str) -> None:
    open_view(page, site.url, view, language)
    assert axe_in_both_themes(page) == []
    if view in (SCOREBOARD, TEAM, COMMITMENTS):
        page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert axe_in_both_themes(page) == []


@pytest.mark.parametrize("language", ["es", "en"])
def test_wall_and_score(page: Any, site: Served, language: str) -> None:
    for theme in ("dark", "light"):
        for view in (WALL, WALL_TEAMS, WALL_DEEDS, WALL_COMMITMENTS, VOICE):
            open_view(page, site.url, view, language, theme)
            assert axe(page) == [], (view.name, theme)
        page.emulate_media(color_scheme=theme)
        for view in (SCORE, PROMISES):
            open_view(page, site.url, view, language, theme)
            assert axe(page) == [], (view.name, theme)


@pytest.mark.parametrize("language", ["es", "en"])
def test_first_run_and_every_step_of_an_import(page: Any, empty: Served, tmp_path: Path, language: str) -> None:
    open_view(page, empty.url, FIRST_RUN, language)
    assert axe_in_both_themes(page) == []
    file = tmp_path / "encuesta.csv"
    text = csv_of([10] * 20 + [9] * 10 + [8] * 10 + [7] * 10 + [3] * 5 + [5] * 5).replace("score", "recomendaría")
    file.write_text(text + '2026-11-31,9,"",Ventas,C99\n', encoding="utf-8")
    page.goto(f"{empty.url}/sources?lang={language}")
    page.set_input_files("input[type=file]", file)
    page.wait_for_selector("#sources-check", timeout=60_000)
    assert axe_in_both_themes(page) == []
    page.locator("#sources-check").click()
    page.wait_for_selector("#sources-import", timeout=60_000)
    assert axe_in_both_themes(page) == []


def test_figures_are_images_with_a_sentence_and_a_table(page: Any, site: Served) -> None:
    open_view(page, site.url, SCOREBOARD)
    figures = page.locator(".mc-figure")
    assert figures.count() == 2
    for place in range(2):
        figure = figures.nth(place)
        assert figure.get_attribute("role") == "img"
        assert figure.get_attribute("aria-label")
        words = page.locator(f"#{figure.get_attribute('aria-describedby')}")
        assert len(words.inner_text()) > 10
        assert words.locator("table").count() == 1


def test_no_button_sends_a_chart_away(page: Any, site: Served) -> None:
    open_view(page, site.url, SCOREBOARD)
    assert page.locator('.modebar-btn[data-title^="Share"]').count() == 0
    assert page.evaluate("() => Plotly.version").startswith("4.")
