"""The first page: language, theme before the first paint, and nothing from another host."""

from __future__ import annotations

import re
from typing import Any

import pytest

from layouts.page import index_page
from layouts.words import Words
from tests.boards import EN, ES, NASTY

PARTS = {
    "css": "/styles.css",
    "own": "/own.js",
    "theme": "/* theme */",
    "app_entry": "<!--app-->",
    "config": "",
    "scripts": "<!--scripts-->",
    "renderer": "",
}


def made(t: Words, **more: Any) -> str:
    """Return the first page."""
    values = {
        "version": "7.20261109",
        "age": 60,
        "zone": "Europe/Madrid",
        "build": "abc",
        "seconds": 15.0,
        "plotly": "/plotly.js",
        "path": "/",
        "is_pinned": False,
        "parts": PARTS,
    } | more
    return index_page(t, **values)


@pytest.mark.parametrize("t", [ES, EN])
def test_the_page_declares_language_and_dash_parts(t: Words) -> None:
    page = made(t)
    assert f'<html lang="{t.language}">' in page
    assert all(part in page for part in PARTS.values())
    assert page.index("/* theme */") < page.index("/styles.css"), "the theme is known before anything is painted"


def test_the_pulse_knows_what_it_needs() -> None:
    page = made(ES, age=-5)
    for told in ('data-version="7.20261109"', 'data-build="abc"', 'data-seconds="15.0"', 'data-age="0"'):
        assert told in page
    assert 'data-zone="Europe/Madrid"' in page
    assert "data-no-contact=" in page
    assert 'data-pinned=""' in page
    assert 'data-pinned="1"' in made(ES, is_pinned=True)


def test_charts_are_fetched_early_only_where_they_are_drawn() -> None:
    assert 'rel="preload" as="script" fetchpriority="low" href="/plotly.js"' in made(ES)
    assert "/plotly.js" not in made(ES, path="/wall")


@pytest.mark.parametrize(("path", "is_there"), [("/", True), ("/wall", True), ("/journey", False), ("/people", False)])
def test_the_letters_of_a_great_number_come_with_the_page_that_begins_with_it(path: str, is_there: bool) -> None:
    page = made(ES, path=path)
    assert ("barlow-condensed-700" in page) is is_there
    assert "inter.woff2" in page


def test_no_script_delays_the_first_paint() -> None:
    page = made(ES, parts=PARTS | {"scripts": '<script src="/dash.js"></script><script src="/other.js"></script>'})
    found = re.findall(r"<script ([^>]*)>", page)
    assert len(found) == 3
    assert all('fetchpriority="low"' in one for one in found)


def test_nothing_comes_from_another_host() -> None:
    assert not re.search(r"https?://", made(ES))


def test_values_cannot_break_out_of_their_attribute() -> None:
    page = made(ES, version=NASTY, zone=NASTY, build=NASTY)
    assert "<script>alert" not in page
    assert '"quoted"' not in page
