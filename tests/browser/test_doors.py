"""Coming in with a real browser: the first administrator, a wall without a keyboard, and what is not let through."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from dashboard.permissions import Role
from data.services import Services
from data.writes.people import open_setup
from tests.browser.conftest import axe, axe_in_both_themes
from tests.browser.looking import expect
from tests.browser.serving import Served
from tests.callbacks.doorway import PASSWORD, add_person
from tests.homes import copy, demo, open_home

TAKEN_OVER = "#first-paint:not(:empty)"
"""Gone once Dash has read its layout: who leaves before that gets an error of Dash's own."""


@pytest.fixture
def guarded(serve: Callable[..., Served]) -> Served:
    """The small demo, where people sign in."""
    return serve(copy(demo(), sign_in="required"))


def enter(page: Any, served: Served, role: Role) -> None:
    """Sign in as somebody of a role."""
    name = add_person(served.services, role)
    page.goto(f"{served.url}/sign-in")
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url(f"{served.url}/")


def test_from_the_first_start_to_the_first_administrator(page: Any, serve: Callable[..., Served]) -> None:
    services: Services = open_home(sign_in="required")
    served = serve(services)
    code = open_setup(services)
    page.goto(f"{served.url}/setup?code={code}")
    assert axe(page) == []
    page.fill("#name", "Ana Gil")
    page.fill("#new_password", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_selector(".mc-welcome")
    assert page.locator(".mc-person").inner_text() == "Ana Gil"
    page.click("text=Salir")
    page.wait_for_url(f"{served.url}/sign-in")
    assert axe(page) == []
    page.fill("#name", "ana gil")
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector(".mc-welcome")


def test_a_wall_comes_in_without_a_keyboard_and_goes_out_for_good(page: Any, screen: Any, guarded: Served) -> None:
    screen.goto(f"{guarded.url}/wall")
    code = screen.locator(".code").inner_text()
    assert re.fullmatch(r"[A-Z2-9]{4}-[A-Z2-9]{4}", code)
    assert axe(screen) == []
    height = screen.evaluate("document.documentElement.scrollHeight")
    assert height <= 1080
    enter(page, guarded, Role.ADMINISTRATOR)
    page.wait_for_selector(TAKEN_OVER, state="detached")
    page.goto(f"{guarded.url}/pair/{code}")
    page.fill("#screen_name", "Recepción")
    page.select_option("#preset", "visitors")
    page.click("button[type=submit]")
    screen.wait_for_selector(".mc-wall-number")
    screen.wait_for_selector(TAKEN_OVER, state="detached")
    assert screen.url == f"{guarded.url}/wall", "no token in the address bar"
    assert screen.locator(".mc-wall-quote").count() == 0
    page.wait_for_selector("#screens-list summary >> text=Recepción")
    page.click("#screens-list summary")
    page.click("#screens-list >> text=Retirar")
    expect(screen, "401")
    page.wait_for_selector("text=Retirada para siempre")
    screen.wait_for_selector(".code", timeout=20_000)


def entries(page: Any) -> list[str]:
    """Return what stands under «Más», once the page has taken over from its first picture."""
    page.wait_for_selector(TAKEN_OVER, state="detached")
    found = page.eval_on_selector_all(".mc-nav-more a", "all => all.map(one => one.getAttribute('href'))")
    return sorted(found)


def test_a_viewer_who_posts_by_hand_what_only_a_manager_may_is_refused(page: Any, guarded: Served) -> None:
    enter(page, guarded, Role.VIEWER)
    page.wait_for_selector(".mc-headline .mc-number")
    assert entries(page) == ["/improvements", "/plan"]
    expect(page, "403")
    status = page.evaluate(
        """async () => {
          const body = {output: 'settings-saved.children', outputs: {id: 'settings-saved', property: 'children'},
            inputs: [{id: 'settings-save', property: 'n_clicks', value: 1}],
            state: ['name', 'language', 'zone', 'meeting'].map(
              (one) => ({id: 'settings-' + one, property: 'value', value: 'x'})),
            changedPropIds: ['settings-save.n_clicks']};
          const answer = await fetch('/_dash-update-component', {method: 'POST',
            headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body)});
          return answer.status; }"""
    )
    assert status == 403
    assert guarded.services.state().organisation.name != "x"


def test_a_page_of_nowhere_cannot_sign_anybody_out(page: Any, guarded: Served) -> None:
    enter(page, guarded, Role.VIEWER)
    other = page.context.new_page()
    other.goto("data:text/html,<form method=post></form>")
    other.evaluate(f"document.forms[0].action = '{guarded.url}/sign-out'")
    with other.expect_navigation() as left:
        other.evaluate("document.forms[0].submit()")
    assert left.value.status == 403
    other.close()
    page.reload()
    page.wait_for_selector(".mc-headline .mc-number")


def test_an_administrator_looks_through_the_eyes_of_a_viewer_and_comes_back(page: Any, guarded: Served) -> None:
    enter(page, guarded, Role.ADMINISTRATOR)
    page.wait_for_selector(TAKEN_OVER, state="detached")
    page.goto(f"{guarded.url}/people")
    page.wait_for_selector("#people-list *")
    page.wait_for_load_state("networkidle")  # what is still asked would be refused to other eyes
    page.click("form[action='/eyes'] button[value=VIEWER]")
    page.wait_for_selector(".mc-eyes")
    assert entries(page) == ["/improvements", "/plan"]
    assert page.locator(".mc-comments blockquote").count() == 0
    page.click(".mc-eyes button")
    page.wait_for_selector(".mc-nav-more a >> text=Personas", state="attached")


@pytest.mark.parametrize("language", ["es", "en"])
def test_what_only_administrators_see_is_accessible(page: Any, guarded: Served, language: str) -> None:
    enter(page, guarded, Role.ADMINISTRATOR)
    for path in ("/people", "/screens", "/pair", "/password"):
        page.goto(f"{guarded.url}{path}?lang={language}")
        page.wait_for_load_state("networkidle")
        if path == "/people":
            page.click("#people-list summary >> nth=0")
        assert axe_in_both_themes(page) == [], path
