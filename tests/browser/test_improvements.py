"""Improvements in a browser: from a cell of the journey to its last step, by hand, by keyboard and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from dashboard.improvements import Improvement
from data.database import reading
from data.improvements import read_improvements
from data.services import Services
from tests.browser.conftest import axe, complaints, watched
from tests.browser.looking import IMPROVEMENTS, JOURNEY, new_context, open_view
from tests.browser.serving import Served

WITHIN = 5000
SIDEWAYS = "() => document.scrollingElement.scrollWidth - window.innerWidth"
SAID = "#improvements-said"
MEDIUM = 6
"""«Instrucciones en castellano»: eight steps, and still in the first, without a cause."""


@pytest.fixture
def other(browser: Any, own: Served) -> Iterator[Any]:
    """Somebody else at another desk, looking at the same card."""
    context = new_context(browser)
    found = watched(context)
    open_card(found, own, MEDIUM)
    yield found
    context.close()
    assert complaints(found) == []


def cards(services: Services) -> dict[str, Improvement]:
    with reading(services.database) as connection:
        return {one.name: one for one in read_improvements(connection)}


def card(services: Services, number: int) -> Improvement:
    return next(one for one in cards(services).values() if one.improvement_id == number)


def open_card(page: Any, served: Served, number: int) -> None:
    page.goto(f"{served.url}/improvements?card={number}&lang=es")
    page.wait_for_selector("#improving-words")


def told(page: Any, words: str) -> None:
    page.locator(SAID, has_text=words).wait_for(timeout=WITHIN)


def step_here(page: Any) -> str:
    return str(page.locator(".mc-story [aria-current] b").inner_text())


def settled(page: Any, version: int) -> None:
    """Wait until the forms are of a card's version: what is typed before is of the one before."""
    page.wait_for_function(f"() => document.getElementById('improving-version').value === '{version}'")


def advance(page: Any, evidence: str) -> None:
    page.locator("#improving-words").fill(evidence)
    page.locator("#improving-advance").click()


def tab_to(page: Any, selector: str) -> None:
    """Press Tab until the keyboard is where it is wanted."""
    for _ in range(120):
        if page.evaluate("(wanted) => Boolean(document.activeElement.matches(wanted))", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no key leads to {selector}")


def test_from_a_cell_of_the_journey_to_a_card_after_seeing_those_already_open(page: Any, own: Served) -> None:
    open_view(page, own.url, JOURNEY)
    page.locator(".mc-heat-cell[data-moment='Recibir']").first.click()
    page.locator("#journey-drawer h2", has_text="Recibir").wait_for()
    page.locator("#journey-drawer").get_by_role("link", name="Proponer una mejora").click()
    page.wait_for_selector("#improving-save")
    form = page.locator("#improvements-form")
    assert form.locator(".mc-card").first.locator("h2").inner_text() == "Ya están abiertas en este momento"
    assert form.locator(".mc-plain a").all_inner_texts() == [
        "Franja de una hora en centro ciudad",
        "Ficha de embalaje con foto",
    ]
    assert page.get_by_label("Recibir", exact=True).is_checked()
    page.locator("#improving-cause").fill("nadie mira la hora que se prometió")
    page.locator("#improving-save").click()
    told(page, "ponle un nombre")
    assert page.locator("#improving-cause").input_value() == "nadie mira la hora que se prometió", "nothing is lost"
    page.locator("#improving-name").fill("La hora prometida, en el albarán")
    page.locator("#improving-save").click()
    told(page, "Guardada.")
    found = cards(own.services)["La hora prometida, en el albarán"]
    assert (found.moments, found.cause) == (("Recibir",), "nadie mira la hora que se prometió")
    page.get_by_role("link", name="Abrirla").click()
    page.get_by_role("heading", name="La hora prometida, en el albarán", level=1).wait_for()
    assert f"card={found.improvement_id}" in page.url
    page.wait_for_function(f"() => document.querySelector('{SAID}').textContent === ''")


def test_a_card_moves_only_with_evidence_and_goes_back_only_with_a_reason(page: Any, own: Served) -> None:
    open_card(page, own, MEDIUM)
    assert step_here(page) == "● 1 Análisis"
    advance(page, "pocas letras")
    told(page, "escribe antes la causa")
    assert page.locator("#improving-words").input_value() == "pocas letras", "what was typed stays"
    page.get_by_text("Cambiar lo que se dice de ella").click()
    page.locator("#improving-cause").fill("las instrucciones llegan solo en alemán")
    page.locator("#improving-save").click()
    told(page, "Guardada.")
    settled(page, 3)
    advance(page, "poco")
    told(page, "se entienda dentro de un año: 12 letras como mínimo")
    assert step_here(page) == "● 1 Análisis"
    steps = (
        ("leídos 30 comentarios de montaje", "● 2 Pilares"),
        ("confirmado con dirección el lunes", "● 3 Viaje"),
        ("dibujado con Posventa y Almacén", "● 4 Clientes"),
    )
    for version, (words, then) in enumerate(steps, start=4):
        advance(page, words)
        settled(page, version)
        page.locator(".mc-story [aria-current]", has_text=then[2:]).wait_for(timeout=WITHIN)
        assert page.locator(".mc-story .mc-passed", has_text=words).count() == 1
        assert page.locator("#improving-words").input_value() == ""
    page.locator("#improving-back-to").select_option("alignment")
    page.locator("#improving-back").click()
    told(page, "12 letras como mínimo")
    assert step_here(page) == "● 4 Clientes"
    page.locator("#improving-words").fill("el pilar era el otro")
    page.locator("#improving-back").click()
    page.locator(".mc-story [aria-current]", has_text="2 Pilares").wait_for(timeout=WITHIN)
    assert page.locator(".mc-story-notes", has_text="el pilar era el otro").count() == 1
    assert axe(page) == []
    found = card(own.services, MEDIUM)
    assert [one.words for one in found.passages][-1] == "el pilar era el otro"
    assert len(found.passages) == 4


@pytest.mark.parametrize("button", ["save", "advance", "drop"])
def test_whoever_holds_an_old_card_is_told_and_changes_nothing(page: Any, other: Any, own: Served, button: str) -> None:
    open_card(page, own, MEDIUM)
    page.get_by_text("Cambiar lo que se dice de ella").click()
    page.locator("#improving-cause").fill("las instrucciones llegan en alemán")
    page.locator("#improving-save").click()
    told(page, "Guardada.")
    settled(page, 3)
    other.get_by_text("Cambiar lo que se dice de ella").click()
    other.locator("#improving-cause").fill("nadie las traduce a tiempo")
    other.locator("#improving-words").fill("esto era la prueba del análisis")
    advance(page, "leídos 30 comentarios de montaje")
    for screen in (page, other):
        screen.locator(".mc-story [aria-current]", has_text="2 Pilares").wait_for(timeout=20_000)
    before = card(own.services, MEDIUM)
    other.locator(f"#improving-{button}").click()
    told(other, "Alguien la ha cambiado mientras tanto")
    assert other.locator("#improving-cause").input_value() == "nadie las traduce a tiempo"
    assert other.locator("#improving-words").input_value() == "esto era la prueba del análisis"
    assert card(own.services, MEDIUM) == before


def test_the_whole_way_of_a_quick_win_by_keyboard_alone(page: Any, own: Served) -> None:
    open_view(page, own.url, IMPROVEMENTS)
    tab_to(page, "#improvements-actions a.mc-primary")
    page.keyboard.press("Enter")
    page.wait_for_selector("#improving-save")
    tab_to(page, "#improving-name")
    page.keyboard.type("Llamar el día antes")
    tab_to(page, "#improving-owner")
    page.keyboard.type("Ana Ruiz")
    tab_to(page, "#improving-due")
    page.keyboard.type("12012026")
    tab_to(page, "#improving-save")
    page.keyboard.press("Enter")
    told(page, "Guardada.")
    tab_to(page, f"{SAID} a")
    page.keyboard.press("Enter")
    page.wait_for_selector("#improving-words")
    for place, words in enumerate(("lo decidió el equipo el lunes", "en marcha desde hoy mismo", "mirado, y funciona")):
        tab_to(page, "#improving-words")
        page.keyboard.type(words)
        tab_to(page, "#improving-advance")
        page.keyboard.press("Enter")
        page.wait_for_function(f"() => document.querySelectorAll('.mc-story .mc-passed').length === {place + 1}")
        page.wait_for_function("() => document.getElementById('improving-words').value === ''")
    found = cards(own.services)["Llamar el día antes"]
    assert (found.step, found.owner, found.due.isoformat()) == (None, "Ana Ruiz", "2026-12-01")


def test_on_a_phone_nothing_scrolls_sideways_and_a_thumb_moves_a_card(phone: Any, own: Served) -> None:
    open_view(phone, own.url, IMPROVEMENTS)
    assert phone.evaluate(SIDEWAYS) <= 0
    phone.goto(f"{own.url}/improvements?card=new&moment=Recibir&lang=es")
    phone.wait_for_selector("#improving-save")
    phone.get_by_text("Efecto, esfuerzo y origen").tap()
    assert phone.evaluate(SIDEWAYS) <= 0
    open_card(phone, own, 8)
    phone.get_by_text("Cambiar lo que se dice de ella").tap()
    phone.locator("#improving-words").fill("el sello sale en todos los albaranes")
    phone.locator("#improving-advance").tap()
    phone.locator(".mc-story .mc-passed", has_text="el sello sale").wait_for(timeout=WITHIN)
    assert phone.evaluate(SIDEWAYS) <= 0
