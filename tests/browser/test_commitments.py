"""The commitments in a browser: promised from a phone, delivered late, seen everywhere, taken back; the grid."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import axe
from tests.browser.looking import COMMITMENT, COMMITMENTS, PROMISES, WALL, WALL_COMMITMENTS, open_view
from tests.browser.serving import Served
from tests.browser.test_wall import OVERFLOWING, SIZES, SMALL_CAPITALS
from tests.homes import copy, demo

FOCUSED = "(column) => document.activeElement.getAttribute('col-id') === column"
GRID_SCRIPT = "/_dash-component-suites/dash_ag_grid/"


def promise(phone: Any, what: str, due: str) -> None:
    phone.locator(".mc-new > summary").tap()
    phone.locator("#promising-what").tap()
    phone.keyboard.type(what)
    phone.locator("#promising-whom").fill("Cliente 03")
    phone.locator("#promising-due").fill(due)
    phone.locator("#promising-team").select_option("Transporte")
    phone.locator("#promising-save").tap()
    phone.get_by_text(f"Apuntado: {what}").wait_for()


def test_a_promise_asks_four_things_and_nothing_else_at_first_sight(phone: Any, site: Served) -> None:
    open_view(phone, site.url, COMMITMENTS)
    phone.locator(".mc-new > summary").tap()
    asked = phone.locator(".mc-promising").locator("input, select, textarea")
    seen = [one.get_attribute("id") for one in asked.all() if one.is_visible()]
    assert seen == [f"promising-{name}" for name in ("what", "whom", "due", "team")]


def test_a_promise_made_in_a_call_is_delivered_late_seen_everywhere_and_taken_back(phone: Any, own: Served) -> None:
    open_view(phone, own.url, COMMITMENTS)
    promise(phone, "Traer la muestra", "2026-11-22")
    link = phone.locator(".mc-ledger a", has_text="Traer la muestra")
    link.tap()
    phone.locator("#promising-hoped").fill("9")
    phone.locator("#promising-lived").fill("4")
    phone.locator("#promising-step-words").fill("llegó sin la ficha")
    phone.locator("#promising-step").select_option("deliver_partly")
    phone.locator("#promising-take").tap()
    phone.get_by_text("Apuntado: entregado en parte").wait_for()
    phone.get_by_text("«llegó sin la ficha»").wait_for()
    phone.locator(".mc-ledger tr", has_text="Traer la muestra").filter(has_text="−5,0").wait_for()
    phone.goto(f"{own.url}/teams?team=Transporte&lang=es")
    phone.locator(".mc-lines", has_text="Traer la muestra").wait_for()
    phone.locator("a", has_text="Traer la muestra").tap()
    phone.locator("#promising-undo").tap()
    phone.get_by_text("Deshecho").wait_for()
    phone.locator(".mc-story .mc-chip", has_text="prometido").wait_for()
    assert "llegó sin la ficha" not in phone.locator("#commitments-story").inner_text()


def test_an_overdue_promise_is_counted_everywhere_and_delivered_late(page: Any, screen: Any, own: Served) -> None:
    open_view(page, own.url, COMMITMENTS)
    before = page.locator(".mc-figure-number").nth(1).inner_text()
    open_view(screen, own.url, WALL_COMMITMENTS)
    assert screen.locator(".mc-scene-commitments .mc-wall-number").nth(1).inner_text() == before
    page.locator(".mc-ledger a", has_text="Catálogo 2027 en papel").click()
    page.locator("#promising-lived").fill("3")
    page.locator("#promising-take").click()
    page.get_by_text("Apuntado: entregado tarde").wait_for()
    after = str(int(before) - 1)
    page.wait_for_function("(n) => document.querySelectorAll('.mc-figure-number')[1].textContent === n", arg=after)
    screen.wait_for_function(
        "(n) => document.querySelectorAll('.mc-scene-commitments .mc-wall-number')[1].textContent === n", arg=after
    )
    page.locator("#promising-undo").click()
    page.get_by_text("Deshecho").wait_for()
    page.wait_for_function("(n) => document.querySelectorAll('.mc-figure-number')[1].textContent === n", arg=before)


def test_a_vague_promise_is_warned_of(page: Any, own: Served) -> None:
    open_view(page, own.url, COMMITMENTS)
    page.locator(".mc-new > summary").click()
    page.locator("#promising-what").fill("Llamar pronto")
    page.locator("#promising-vague").wait_for(state="visible")
    page.locator("#promising-due").fill("2026-11-27")
    page.locator("#promising-vague").wait_for(state="hidden")


def test_the_grid_loads_last_and_only_here(page: Any, site: Served) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site.url}/teams?lang=es")
    page.wait_for_selector("#teams-list .mc-indicator")
    assert not [url for url in asked if GRID_SCRIPT in url]
    open_view(page, site.url, COMMITMENTS)
    assert not [url for url in asked if GRID_SCRIPT in url]
    page.locator("#grid-place").scroll_into_view_if_needed()
    page.locator("#grid .ag-row").first.wait_for()
    assert axe(page) == []
    place = next(number for number, url in enumerate(asked) if GRID_SCRIPT in url)
    assert any("_dash-update-component" in url for url in asked[:place])
    assert not [url for url in asked if "enterprise" in url]


def test_the_grid_is_walked_by_keyboard_and_opens_a_story(page: Any, site: Served) -> None:
    open_view(page, site.url, COMMITMENTS)
    page.locator("#grid-place").scroll_into_view_if_needed()
    page.locator("#grid .ag-row").first.wait_for()
    page.wait_for_load_state("networkidle")  # rows that arrive take the focus away
    first = page.locator("#grid .ag-cell[col-id=what]").first
    first.focus()
    for key, column in (("ArrowDown", "what"), ("ArrowRight", "team"), ("ArrowUp", "team")):
        page.keyboard.press(key)
        page.wait_for_function(FOCUSED, arg=column)
    page.locator("#grid input[aria-label*='Commitment'], #grid .ag-floating-filter input").first.fill("factura única")
    row = page.locator("#grid .ag-row", has_text="Factura única mensual").first
    row.wait_for()
    row.locator(".ag-cell").first.click()
    page.locator(".mc-story h2", has_text="Factura única mensual").wait_for()
    assert "open=" in page.url


def test_rows_are_grouped_on_the_server(page: Any, site: Served) -> None:
    open_view(page, site.url, COMMITMENTS)
    page.locator("#grid-place").scroll_into_view_if_needed()
    page.locator("#grid-group").select_option("team")
    page.locator("#grid .ag-row", has_text="Transporte").first.wait_for()
    page.wait_for_function("() => document.querySelectorAll('#grid .ag-row').length === 5")


def test_what_others_write_reaches_the_grid_before_it_is_there_and_after(page: Any, phone: Any, own: Served) -> None:
    open_view(page, own.url, COMMITMENTS)
    counted = page.locator("#grid").get_by_role("row")
    for what in ("Antes de la lista", "Con la lista delante"):
        open_view(phone, own.url, COMMITMENTS)
        promise(phone, what, "2026-11-23")
        page.locator("#commitments-ledger", has_text=what).wait_for()
        page.locator("#grid-place").scroll_into_view_if_needed()
        page.locator("#grid .ag-floating-filter input").first.fill("lista")
        counted.filter(has_text=what).wait_for()
    assert page.locator("#grid .ag-floating-filter input").first.input_value() == "lista", "nobody's search is lost"


def test_a_story_can_be_sent(page: Any, site: Served) -> None:
    open_view(page, site.url, COMMITMENT)
    assert page.locator(".mc-story h2").inner_text() == "Entrega en franja de 2 h"
    page.get_by_text("Cerrar").click()
    page.locator(".mc-story").wait_for(state="detached")
    page.go_back()
    page.locator(".mc-story h2").wait_for()


@pytest.mark.parametrize("size", ["small", "normal"])
def test_the_wall_of_the_commitments_is_read_from_eight_metres(
    screen: Any, serve: Callable[..., Served], size: str
) -> None:
    served = serve(copy(demo(size)))
    for language in ("es", "en"):
        for theme in ("dark", "light"):
            open_view(screen, served.url, WALL_COMMITMENTS, language, theme)
            for width, height in SIZES:
                screen.set_viewport_size({"width": width, "height": height})
                assert screen.evaluate(OVERFLOWING) == [], f"{language} {width}×{height}"
            screen.set_viewport_size({"width": 1920, "height": 1080})
            assert screen.evaluate(SMALL_CAPITALS) == []


def test_visitors_see_no_commitment_and_everybody_may_read_what_to_expect(screen: Any, site: Served) -> None:
    open_view(screen, site.url, WALL, more="preset=visitors")
    assert screen.locator(".mc-scene-commitments").count() == 0
    open_view(screen, site.url, PROMISES)
    told = screen.locator("main").inner_text()
    assert "Qué puedes esperar de nosotros" in told
    assert "Catálogo" not in told
    assert "Cliente" not in told


def correct(page: Any, owner: str) -> None:
    page.locator(".mc-correcting .mc-more > summary").click()
    page.locator("#correcting-owner").fill(owner)
    page.locator("#correcting-save").click()


def test_what_was_said_is_corrected_on_a_phone_and_of_two_the_second_is_told_and_keeps_the_text(
    phone: Any, page: Any, own: Served
) -> None:
    for one in (phone, page):
        open_view(one, own.url, COMMITMENT)
        one.locator(".mc-correcting > summary").click()
    before = phone.locator("#correcting-owner").input_value()
    assert phone.locator("#correcting-what").input_value() == "Entrega en franja de 2 h"
    assert phone.locator("#correcting-due").is_disabled()
    assert axe(phone) == []
    correct(phone, "Eva Ruiz")
    phone.get_by_text("Corregido: Entrega en franja de 2 h").wait_for()
    phone.locator(".mc-story .mc-lines", has_text=f"antes, responde de ello: «{before}»").wait_for()
    correct(page, "Luis Paz")
    page.get_by_text("Otra persona lo ha cambiado mientras escribías").wait_for()
    page.locator("#correcting-said .mc-lines", has_text="«Eva Ruiz»").wait_for()
    assert page.locator("#correcting-owner").input_value() == "Luis Paz"
    assert axe(page) == []


def test_who_can_count_on_us_is_listed_with_its_arithmetic_and_leads_to_the_account(page: Any, site: Served) -> None:
    open_view(page, site.url, COMMITMENTS)
    card = page.locator("#commitments-accounts .mc-card")
    card.wait_for()
    card.get_by_text("¿De dónde sale?").click()
    card.get_by_text("se ordena por el extremo alto").wait_for()
    assert axe(page) == []
    first = card.locator("tbody a").first
    name = first.inner_text()
    first.click()
    told = page.locator("#accounts-page .mc-card", has_text="¿Puede contar con nosotros?")
    told.wait_for()
    assert page.locator("#accounts-which").input_value() == name
