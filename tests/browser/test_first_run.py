"""From an empty home to a score on the screen in fewer than five clicks, both ways."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.browser.looking import FIRST_RUN, SCOREBOARD, open_view, settle
from tests.browser.serving import Served
from tests.homes import csv_of


def test_the_demo_is_one_click_away(page: Any, empty: Served) -> None:
    open_view(page, empty.url, FIRST_RUN)
    page.get_by_role("button", name="Demo pequeña").click()
    page.wait_for_selector("#scoreboard-headline .mc-number", timeout=90_000)
    settle(page, SCOREBOARD)
    assert page.locator(".mc-number").first.inner_text() == "37"


def test_a_survey_of_ones_own_is_four_clicks_away(page: Any, empty: Served, tmp_path: Path) -> None:
    file = tmp_path / "encuesta.csv"
    file.write_text(
        csv_of([10] * 20 + [9] * 10 + [8] * 10 + [7] * 10 + [3] * 5 + [5] * 5).replace("score", "recomendaría"),
        encoding="utf-8",
    )
    open_view(page, empty.url, FIRST_RUN)
    page.get_by_role("link", name="Elegir un fichero").click()
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Comprobar sin importar").click(timeout=60_000)
    page.wait_for_selector("#sources-import", timeout=60_000)
    assert page.locator("#sources-side .mc-number").inner_text() == "+33"
    page.get_by_role("button", name="Importar 60 respuestas").click()
    page.get_by_role("link", name="Ver el marcador").click(timeout=60_000)
    settle(page, SCOREBOARD)
    assert page.locator("#scoreboard-headline .mc-number").inner_text() == "33"
