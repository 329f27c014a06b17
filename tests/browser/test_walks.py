"""The same product under Dash's own fixture: selenium and chromedriver."""

from __future__ import annotations

from typing import Any

from dash.testing.browser import Browser

from tests.browser.serving import Served


def severe(dash_br: Browser) -> list[Any]:
    """Return the errors of the console."""
    return [one for one in dash_br.driver.get_log("browser") if one["level"] == "SEVERE"]


def test_the_scoreboard_is_drawn(dash_br: Browser, site: Served) -> None:
    dash_br.server_url = f"{site.url}/?lang=es"
    dash_br.wait_for_text_to_equal("#scoreboard-headline .mc-number", "37", timeout=20)
    dash_br.wait_for_element("#scoreboard-path .main-svg", timeout=20)
    assert "Vamos perdiendo" in dash_br.find_element("#scoreboard-headline").text
    assert dash_br.redux_state_is_loading is False
    assert severe(dash_br) == []


def test_a_filter_and_back(dash_br: Browser, site: Served) -> None:
    dash_br.server_url = f"{site.url}/?lang=es"
    dash_br.wait_for_text_to_equal("#scoreboard-headline .mc-number", "37", timeout=20)
    dash_br.driver.execute_script("document.querySelectorAll('.mc-filters details')[1].open = true")
    dash_br.find_elements(".mc-filters details[open] input[type=checkbox]")[0].click()
    dash_br.wait_for_element(".mc-filters .mc-chosen", timeout=20)
    assert "team=" in dash_br.driver.current_url
    dash_br.driver.back()
    dash_br.wait_for_no_elements(".mc-filters .mc-chosen", timeout=20)
    dash_br.wait_for_text_to_equal("#scoreboard-headline .mc-number", "37", timeout=20)
    assert severe(dash_br) == []


def test_the_wall_needs_no_plotly(dash_br: Browser, site: Served) -> None:
    dash_br.server_url = f"{site.url}/wall?lang=es"
    dash_br.wait_for_text_to_equal(".mc-wall-now .mc-wall-number", "37", timeout=20)
    assert dash_br.driver.execute_script("return typeof window.Plotly") == "undefined"
    loaded = dash_br.driver.execute_script("return performance.getEntriesByType('resource').map((one) => one.name)")
    assert not [name for name in loaded if "plotly" in name]
    assert severe(dash_br) == []


def test_from_the_scoreboard_to_the_settings(dash_br: Browser, site: Served) -> None:
    dash_br.server_url = f"{site.url}/?lang=es"
    dash_br.wait_for_text_to_equal("#scoreboard-headline .mc-number", "37", timeout=20)
    dash_br.wait_for_no_elements("#first-paint > *", timeout=20)
    dash_br.driver.find_element("css selector", ".mc-nav-more > summary").click()
    dash_br.driver.find_element("link text", "Ajustes").click()
    dash_br.wait_for_element("#settings-members .mc-members", timeout=20)
    assert dash_br.driver.current_url.endswith("/settings")
    dash_br.driver.back()
    dash_br.wait_for_text_to_equal("#scoreboard-headline .mc-number", "37", timeout=20)
    assert severe(dash_br) == []
