"""The journey in a browser: by keyboard, by link, from the number to a customer's sentence, and what a phone hears."""

from __future__ import annotations

from collections.abc import Callable
from time import sleep
from typing import Any

import pytest

from data.voice import Search, read_stream
from tests.browser.looking import HEARING, JOURNEY, SCOREBOARD, SPOKEN, open_view
from tests.browser.serving import Served
from tests.data.stores import ADMINISTRATOR
from tests.homes import copy, demo

ACTIVE = "() => document.activeElement.getAttribute('aria-label') || document.activeElement.textContent"


def test_the_heat_map_is_walked_with_the_keyboard(page: Any, serve: Callable[..., Served]) -> None:
    open_view(page, serve(copy(demo("normal"))).url, JOURNEY, more="cell=Descubrir&of=industrial")
    page.locator(".mc-heat-cell[tabindex='0']").focus()
    assert page.evaluate(ACTIVE).startswith("industrial, Descubrir")
    for key, told in (
        ("ArrowRight", "industrial, Pedir oferta"),
        ("ArrowUp", "hostelería, Pedir oferta"),
        ("Home", "hostelería, Descubrir"),
        ("End", "hostelería, Volver a comprar"),
        ("ArrowRight", "hostelería, Volver a comprar"),
        ("ArrowLeft", "hostelería, Reclamar"),
    ):
        page.keyboard.press(key)
        assert page.evaluate(ACTIVE).startswith(told), key
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.id === 'journey-drawer-title'")
    assert page.locator("#journey-drawer h2").inner_text() == "hostelería · Reclamar"
    page.keyboard.press("Escape")
    assert page.evaluate(ACTIVE).startswith("hostelería, Reclamar")
    assert page.locator(".mc-heat-cell[tabindex='0']").count() == 1


def test_a_link_to_a_cell_opens_the_same_drawer(page: Any, serve: Callable[..., Served]) -> None:
    served = serve(copy(demo("normal")))
    open_view(page, served.url, JOURNEY)
    page.locator(".mc-heat-cell[data-moment='Recibir'][data-row='industrial']").click()
    page.get_by_role("heading", name="industrial · Recibir").wait_for()
    link = page.url
    told = page.locator("#journey-drawer").inner_text()
    page.goto("about:blank")
    page.goto(link)
    page.get_by_role("heading", name="industrial · Recibir").wait_for()
    assert page.locator("#journey-drawer").inner_text() == told
    page.locator("#journey-pivot").select_option("channel")
    page.locator(".mc-heat-cell[data-row='web']").first.wait_for()
    assert "pivot=channel" in page.url
    assert "cell=" not in page.url


def test_from_the_number_to_a_customers_sentence_in_four_clicks(page: Any, serve: Callable[..., Served]) -> None:
    open_view(page, serve(copy(demo("normal"))).url, SCOREBOARD)
    clicks = 0
    for selector in ("a.mc-nav-link[href='/journey']", ".mc-heat-cell[data-moment='Esperar'][data-row='industrial']"):
        page.locator(selector).click()
        clicks += 1
    page.get_by_role("heading", name="industrial · Esperar").wait_for()
    page.locator("#journey-drawer blockquote").first.wait_for()
    assert clicks <= 4


def test_weeks_are_brushed_on_the_timeline(page: Any, serve: Callable[..., Served]) -> None:
    open_view(page, serve(copy(demo("normal"))).url, JOURNEY)
    page.wait_for_selector("#journey-timeline .nsewdrag", state="attached")
    drag = page.locator("#journey-timeline .nsewdrag").first
    drag.scroll_into_view_if_needed()
    box = drag.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + 40, steps=8)
    page.mouse.up()
    page.wait_for_function("() => location.search.includes('since=') && location.search.includes('until=')")
    page.locator("#journey-filters .mc-chosen").first.wait_for()


def test_what_a_phone_hears_lands_in_the_right_inbox(phone: Any, own: Served) -> None:
    open_view(phone, own.url, HEARING)
    phone.locator("#hearing-words").fill("Si llega tarde, que alguien llame")
    phone.get_by_label("le molesta").tap()
    phone.get_by_label("Esperar").tap()
    phone.locator("#hearing-customer").fill("Hotel de ejemplo · jefe de cocina")
    phone.get_by_role("button", name="Enviar a Transporte").tap()
    phone.get_by_text("Enviado a Transporte. Gracias.").wait_for()
    services = own.services
    row = read_stream(services, services.state(), ADMINISTRATOR, Search(inbox="Transporte")).row(0, named=True)
    assert (row["verbatim"], row["moment"], row["mood"]) == ("Si llega tarde, que alguien llame", "Esperar", "dislike")
    open_view(phone, own.url, SPOKEN)
    phone.locator(".mc-said-by", has_text="Si llega tarde").get_by_text("Transporte").wait_for()


def test_a_comment_is_opened_though_the_list_is_drawn_again_meanwhile(
    page: Any, own: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_view(page, own.url, SPOKEN)
    answer, waits = own.app.server.wsgi_app, iter((0.6, 1.2))

    def slow(environ: Any, start: Any) -> Any:
        if environ["REQUEST_METHOD"] == "POST":
            sleep(next(waits, 0))
        return answer(environ, start)

    monkeypatch.setattr(own.app.server, "wsgi_app", slow)
    page.locator("#voice-outcome").select_option("open")
    page.locator(".mc-said-by .mc-link").first.click()
    page.locator("#voice-panel").get_by_label("se aparca").wait_for()


def test_a_comment_is_decided_on_with_its_reason(page: Any, own: Served) -> None:
    open_view(page, own.url, SPOKEN)
    page.locator("#voice-outcome").select_option("open")
    page.locator(".mc-said-by .mc-link").first.click()
    page.locator("#voice-panel").get_by_label("se aparca").check()
    page.locator("#voice-save").click()
    page.get_by_text("Di por qué").wait_for()
    page.locator("#voice-reason").fill("después del verano")
    page.locator("#voice-save").click()
    page.get_by_text("Guardado").wait_for()
    page.locator("#voice-panel").get_by_text("después del verano").wait_for()
