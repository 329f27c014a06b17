"""A against B in a browser: chosen by hand and by keyboard, kept by the address, on a phone, and for everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import axe
from tests.browser.looking import JOURNEY, open_view, settle
from tests.browser.serving import Served
from tests.browser.test_filters import query
from tests.homes import copy, demo

AB = {"versus": ["segment"], "a": ["industrial"], "b": ["instaladores"]}
LINK = "versus=segment&a=industrial&b=instaladores"
THEME = "(theme) => { document.documentElement.dataset.bsTheme = theme; }"


@pytest.fixture
def company(serve: Callable[..., Served]) -> Served:
    return serve(copy(demo("normal")))


def title(page: Any) -> str:
    told: str = page.locator("#journey-head h2").inner_text()
    return told


def until_title(page: Any, part: str) -> None:
    page.wait_for_function("(part) => document.querySelector('#journey-head h2').innerText.includes(part)", arg=part)


def test_two_segments_are_compared_reloaded_and_left_by_back(page: Any, company: Served) -> None:
    open_view(page, company.url, JOURNEY)
    plain = title(page)
    asked: list[str] = []
    page.on("request", lambda one: "journey-grid.children" in (one.post_data or "") and asked.append(one.url))
    page.locator("#journey-versus").select_option("segment")
    until_title(page, "construcción frente a hostelería")
    page.locator("#journey-side-a").select_option("industrial")
    until_title(page, "industrial frente a hostelería")
    page.locator("#journey-side-b").select_option("instaladores")
    until_title(page, "industrial frente a instaladores")
    page.wait_for_timeout(400)
    assert len(asked) <= 3, "one change, one request"
    assert {key: query(page)[key] for key in AB} == AB
    map_ = page.locator("#journey-grid").inner_text()
    page.locator(".mc-heat-cell[data-moment='Esperar']").click()
    page.get_by_role("heading", name="industrial frente a instaladores · Esperar").wait_for()
    drawer = page.locator("#journey-drawer").inner_text()
    page.reload()
    settle(page, JOURNEY)
    assert title(page).endswith("industrial frente a instaladores")
    assert page.locator("#journey-grid").inner_text() == map_
    assert page.locator("#journey-drawer").inner_text() == drawer
    assert page.locator("#journey-side-a").input_value() == "industrial"
    for told in ("industrial frente a hostelería", "construcción frente a hostelería"):
        page.go_back()
        until_title(page, told)
    page.go_back()
    page.wait_for_function("(plain) => document.querySelector('#journey-head h2').innerText === plain", arg=plain)
    assert page.locator("#journey-versus").input_value() == "marks"
    assert page.locator("#journey-choices select").count() == 0


def test_a_period_of_ones_own_is_compared_by_keyboard_alone(page: Any, company: Served) -> None:
    open_view(page, company.url, JOURNEY)
    page.locator("#journey-versus").focus()
    page.keyboard.type("otro periodo")
    page.locator("#journey-side-from").wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "journey-side-from"
    page.keyboard.type("05052026")
    page.wait_for_function("() => location.search.includes('from=2026-05-05')")
    until_title(page, "5 may")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('mc-heat-cell')"):
            break
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.id === 'journey-drawer-title'")
    assert "¿De dónde sale?" in page.locator("#journey-drawer").inner_text()


def test_weeks_are_chosen_by_keyboard_where_others_brush_them(page: Any, company: Served) -> None:
    open_view(page, company.url, JOURNEY)
    pill = page.locator("#journey-filters details", has_text="Periodo").first
    pill.locator("summary").focus()
    page.keyboard.press("Enter")
    edges = pill.locator("input[type=date]")
    edges.nth(0).focus()
    page.keyboard.type("09092026")
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.search.includes('since=2026-09-09')")
    page.locator("#journey-filters .mc-chosen").first.wait_for()


def test_a_phone_compares_without_scrolling_the_page_sideways(phone: Any, company: Served) -> None:
    for more in (LINK, "versus=period&pivot=team", "versus=year"):
        open_view(phone, company.url, JOURNEY, more=more)
        wide = phone.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide[0] <= wide[1], (more, wide)
        phone.locator("#journey-behind summary").tap()
        assert phone.locator("#journey-behind table").is_visible()
        wide = phone.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide[0] <= wide[1], (more, wide)


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_comparison_is_for_everybody(page: Any, company: Served, language: str) -> None:
    for more in (LINK, "versus=period&pivot=team"):
        open_view(page, company.url, JOURNEY, language, more=more)
        page.evaluate("() => document.querySelectorAll('details.mc-more').forEach((one) => { one.open = true; })")
        for theme in ("light", "dark"):
            page.evaluate(THEME, theme)
            assert axe(page) == [], (more, theme)


def test_the_file_of_a_comparison_is_that_of_the_screen(page: Any, company: Served) -> None:
    open_view(page, company.url, JOURNEY, more=LINK)
    page.locator("details.mc-dropdown", has_text="Descargar").locator("summary").click()
    with page.expect_download() as started:
        page.get_by_role("link", name="Tabla (CSV)").click()
    for key, values in AB.items():
        assert f"{key}=" in started.value.url, values
