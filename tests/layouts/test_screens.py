"""Pantallas: what hangs where, whether it runs, and a link that is told once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from dashboard.screens import Look
from layouts.screens import Ids, every, link, page
from tests.boards import ES, NASTY, SCREEN
from tests.trees import addresses, assert_only_text, ids, texts

NOW = SCREEN.created_at + timedelta(days=5)


def test_a_screen_comes_in_by_code_or_by_link() -> None:
    drawn = page(ES, "https://tv.example/wall")
    assert "https://tv.example/wall" in texts(drawn)
    assert "/pair" in addresses(drawn)
    assert {"type": Ids.SAVE.value, "screen": 0, "version": 0} in ids(drawn)


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (None, "aún no se ha encendido"),
        (timedelta(minutes=1), "vista hace 1 minuto"),
        (timedelta(hours=3), "vista hace 3 horas"),
        (timedelta(days=4), "vista hace 4 días"),
        (-timedelta(hours=1), "vista hace 0 minutos"),
    ],
)
def test_a_silent_screen_says_since_when(ago: timedelta | None, words: str) -> None:
    seen = None if ago is None else NOW - ago
    assert words in texts(every(ES, [replace(SCREEN, seen_at=seen)], [False], NOW))


def test_a_running_and_a_paused_one() -> None:
    assert "en marcha" in texts(every(ES, [SCREEN], [True], NOW))
    rests = texts(every(ES, [replace(SCREEN, is_paused=True)], [True], NOW))
    assert "en pausa" in rests
    assert "Reanudar" in rests


def test_without_screens_it_says_so() -> None:
    assert "ninguna pantalla" in texts(every(ES, [], [], NOW))


def test_names_never_become_markup() -> None:
    nasty = replace(SCREEN, look=Look(NASTY[:80], NASTY[:80]))
    drawn = [every(ES, [nasty], [True], NOW), link(ES, NASTY, "http://x/wall/y")]
    assert_only_text(drawn, NASTY[:80])
