"""Language, theme, keyboard, the arithmetic and the settings, as a person uses them."""

from __future__ import annotations

from typing import Any

from tests.browser.looking import AUDIT, PLAN, SCOREBOARD, SETTINGS, TEAMS, expect, open_view, settle
from tests.browser.serving import Served


def test_language_and_theme_survive_navigation(page: Any, site: Served) -> None:
    page.goto(site.url)
    settle(page, SCOREBOARD)
    page.get_by_role("link", name="English").click()
    page.get_by_text("Path to the goal").first.wait_for()
    settle(page, SCOREBOARD)
    page.get_by_role("button", name="Light / dark").click()
    assert page.evaluate("document.documentElement.dataset.bsTheme") == "dark"
    page.locator(".mc-nav-more > summary").click()
    page.get_by_role("link", name="Data", exact=True).click()
    page.get_by_text("Choose a file").first.wait_for()
    page.goto(f"{site.url}/settings")
    page.get_by_text("Time zone").first.wait_for()
    assert page.evaluate("document.documentElement.dataset.bsTheme") == "dark"
    assert page.evaluate("document.documentElement.lang") == "en"


def test_the_language_link_keeps_the_filters(page: Any, site: Served) -> None:
    open_view(page, site.url, SCOREBOARD, more="team=Ventas")
    page.get_by_role("link", name="English").click()
    page.get_by_text("Path to the goal").first.wait_for()
    assert "team=Ventas" in page.url


def test_where_does_it_come_from_opens_from_the_headline(page: Any, site: Served) -> None:
    open_view(page, site.url, SCOREBOARD)
    details = page.locator("#scoreboard-explain details")
    assert not details.evaluate("(one) => one.open")
    page.locator("#scoreboard-headline .mc-why").click()
    assert details.evaluate("(one) => one.open")
    assert "promotores (9–10)" in details.inner_text()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_the_keyboard_is_enough(page: Any, site: Served) -> None:
    open_view(page, site.url, SCOREBOARD)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Saltar al contenido"
    box = page.evaluate("(({x, width}) => [x, width])(document.activeElement.getBoundingClientRect())")
    assert box[0] >= 0, "the skip link is seen when it has the focus"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    pill = page.locator("details.mc-dropdown", has_text="Equipo").first
    pill.locator("summary").focus()
    page.keyboard.press("Enter")
    assert pill.evaluate("(one) => one.open")
    page.keyboard.press("Escape")
    assert not pill.evaluate("(one) => one.open")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_goal_is_set(page: Any, own: Served) -> None:
    open_view(page, own.url, SETTINGS)
    page.get_by_label("De (X)").fill("30")
    page.get_by_label("A (Y)").fill("50")
    page.get_by_label("Último día").fill("2027-06-30")
    page.get_by_role("button", name="Fijar objetivo").click()
    page.get_by_text("Objetivo fijado.").wait_for()
    page.locator("#settings-goals", has_text="NPS de 30 a 50").wait_for()
    page.goto(f"{own.url}/?lang=es")
    settle(page, SCOREBOARD)
    assert "NPS de 30 a 50 antes del 30 de junio" in page.locator("#scoreboard-headline").inner_text()


def test_a_team_is_renamed_merged_and_separated(page: Any, own: Served) -> None:
    open_view(page, own.url, SETTINGS)
    page.get_by_label("Nombre de Ventas").fill("Comercial")
    page.get_by_label("Nombre de Ventas").press("Enter")
    page.get_by_text("Cambiado el nombre").wait_for()
    page.get_by_label("Unir Comercial a otro").select_option(label="Posventa")
    page.get_by_text("Ventas cuenta como Posventa").wait_for()
    page.get_by_role("button", name="Separar").click()
    page.get_by_text("Separados otra vez.").wait_for()
    page.get_by_label("Nombre de Comercial").wait_for()


def test_a_page_that_does_not_exist_says_so(page: Any, site: Served) -> None:
    expect(page, "404")
    page.goto(f"{site.url}/nothing?lang=es")
    page.get_by_text("Esta página no existe").wait_for()


def test_the_rest_of_the_menu_is_open_where_one_is_there_and_as_people_leave_it(page: Any, site: Served) -> None:
    more = page.locator(".mc-nav-more")
    open_view(page, site.url, AUDIT)
    assert more.evaluate("(one) => one.open")
    page.locator("a.mc-nav-link[href='/plan']").click()
    settle(page, PLAN)
    assert more.evaluate("(one) => one.open"), "another one of the rest"
    more.locator("summary").click()
    page.locator("a.mc-nav-link[href='/teams']").click()
    settle(page, TEAMS)
    assert not more.evaluate("(one) => one.open")
    more.locator("summary").click()
    more.locator("a[href='/audit']").click()
    settle(page, AUDIT)
    assert more.evaluate("(one) => one.open")
    page.locator("a.mc-nav-link[href='/teams']").click()
    settle(page, TEAMS)
    assert not more.evaluate("(one) => one.open"), "it closes behind who leaves it"
    assert page.locator("[aria-current=page]").inner_text() == "Equipos"
