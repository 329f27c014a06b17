"""Real data through the browser: read, answered for, imported, seen, taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser.looking import SOURCES, open_view
from tests.browser.serving import Served

SFO = "sfo_survey_2016_2017/2017_SFO_Customer_Survey_20250817.csv"


@pytest.mark.real_data
def test_the_airport_of_2017_is_40(page: Any, empty: Served, shared_data: Path) -> None:
    page.goto(f"{empty.url}/sources")
    page.set_input_files("input[type=file]", shared_data / SFO)
    page.wait_for_selector("input[type=month]", timeout=90_000)
    page.fill("input[type=month]", "2017-05")
    page.wait_for_function("() => document.getElementById('sources-mapping').value.includes('2017')")
    page.get_by_role("button", name="Comprobar sin importar").click()
    page.wait_for_selector("#sources-import", timeout=90_000)
    page.locator("#sources-import").click()
    page.get_by_role("link", name="Ver el marcador").click(timeout=90_000)
    page.wait_for_selector("#scoreboard-headline .mc-number")
    assert page.locator("#scoreboard-headline .mc-number").inner_text() == "40"
    open_view(page, empty.url, SOURCES)
    page.get_by_role("button", name="Deshacer").click()
    page.get_by_role("cell", name="deshecho").wait_for(timeout=60_000)
    page.goto(empty.url)
    page.wait_for_selector(".mc-welcome")


def test_a_file_that_is_none_says_so_in_the_language_of_the_page(page: Any, empty: Served, tmp_path: Path) -> None:
    file = tmp_path / "photo.csv"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    page.goto(f"{empty.url}/sources?lang=es")
    page.set_input_files("input[type=file]", file)
    page.wait_for_selector(".mc-alert", timeout=60_000)
    assert "No se ha podido" in page.locator(".mc-alert").inner_text()
    assert "the file" not in page.locator(".mc-alert").inner_text().lower()
