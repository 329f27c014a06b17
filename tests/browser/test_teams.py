"""The teams in a browser: a reading in a few seconds, a target with its history, and how long a young one must wait."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.looking import SETTINGS, TEAM, TEAMS, WALL, WALL_DEEDS, WALL_TEAMS, open_view
from tests.browser.serving import Served
from tests.browser.test_wall import OVERFLOWING, SIZES, SMALL_CAPITALS
from tests.homes import add_survey, copy, csv_of, demo


def test_a_reading_is_logged_on_a_phone_with_one_field_and_one_tap(phone: Any, own: Served) -> None:
    open_view(phone, own.url, TEAMS)
    phone.locator("#reporting-value").tap()
    phone.keyboard.type("5.5")
    phone.locator("#reporting-save").tap()
    phone.get_by_text("Anotado: Días hasta el abono").wait_for()
    phone.get_by_text("la última semana está completa").wait_for()
    row = phone.locator(".mc-indicator", has_text="Días hasta el abono")
    row.get_by_text("5,5").first.wait_for()


def test_what_is_being_typed_survives_a_change_of_the_data(phone: Any, own: Served) -> None:
    open_view(phone, own.url, TEAMS)
    phone.locator("#reporting-value").fill("7")
    before = phone.evaluate("() => document.querySelector('.mc-stance').textContent")
    add_survey(own.services, csv_of([10] * 40))
    phone.wait_for_timeout(2500)
    assert phone.locator("#reporting-value").input_value() == "7"
    assert phone.evaluate("() => document.querySelector('.mc-stance').textContent") == before


def test_a_correction_asks_why(page: Any, own: Served) -> None:
    open_view(page, own.url, TEAM)
    page.locator("details.mc-reporting summary").click()
    page.get_by_text("Si lo cambias, se guarda también el anterior").wait_for()
    page.locator("#reporting-value").fill("50")
    page.locator("#reporting-save").click()
    page.locator(".mc-refused", has_text="di por qué cambia").wait_for()
    assert page.locator("#reporting-value").input_value() == "50", "what was refused is still there"
    page.locator("#reporting-reason").fill("contado dos veces")
    page.locator("#reporting-save").click()
    page.get_by_text("Anotado: Visitas con próximo paso acordado").wait_for()
    page.locator(".mc-cell sup").first.wait_for(state="attached")


def test_a_target_changes_and_its_history_is_kept(page: Any, own: Served) -> None:
    open_view(page, own.url, SETTINGS)
    page.locator("#indicators-which").select_option(label="Ventas: Visitas con próximo paso acordado")
    page.wait_for_function("() => document.getElementById('indicators-name').value.startsWith('Visitas')")
    page.locator("#indicators-target").fill("75")
    page.locator("#indicators-save").click()
    page.get_by_text("Di por qué cambia").wait_for()
    page.locator("#indicators-which").select_option(label="Ventas: Visitas con próximo paso acordado")
    page.wait_for_function("() => document.getElementById('indicators-name').value.startsWith('Visitas')")
    page.locator("#indicators-target").fill("75")
    page.locator("#indicators-target-reason").fill("ya llegamos a 70")
    page.locator("#indicators-save").click()
    page.get_by_text("Guardado").wait_for()
    open_view(page, own.url, TEAM)
    card = page.locator(".mc-card.mc-team", has_text="Visitas con próximo paso acordado")
    assert "/ 70" in card.locator(".mc-now").inner_text(), "the last closed week keeps the target it had"
    card.get_by_text("Historia del valor que se busca").click()
    history = card.locator("details li").all_inner_texts()
    assert len(history) == 2
    assert history[0].startswith("75")
    assert "ya llegamos a 70" in history[0]
    assert history[1].startswith("70")


def test_a_young_indicator_shows_the_weeks_it_still_needs(page: Any, site: Served) -> None:
    open_view(page, site.url, TEAM)
    row = page.locator(".mc-indicator", has_text="Ofertas enviadas en 24 h")
    assert "aún no se sabe" in row.inner_text()
    assert "apuesta del equipo" in row.inner_text()
    assert "faltan 11 semanas de datos" in row.inner_text()
    row.get_by_role("button").click()
    page.get_by_text("Ofertas enviadas en 24 h: ¿anticipa el marcador?").wait_for()
    assert page.locator("#teams-profile-words progress").get_attribute("value") == "15"
    assert not page.locator("#teams-profile-figure").is_visible()


def test_the_evidence_of_a_true_driver_opens_below_a_click(page: Any, serve: Callable[..., Served]) -> None:
    served = serve(copy(demo("normal")))
    open_view(page, served.url, TEAMS)
    row = page.locator(".mc-indicator", has_text="Avisos de retraso a tiempo")
    assert "anticipa el NPS" in row.inner_text()
    row.get_by_role("button").click()
    page.get_by_text("Avisos de retraso a tiempo: ¿anticipa el marcador?").wait_for()
    page.wait_for_selector("#teams-profile .main-svg .trace .point")
    page.locator("#teams-profile-words summary").click()
    assert "Barajando las semanas mil veces" in page.locator("#teams-profile-words").inner_text()
    assert "Anticipar no es causar" in page.locator("#teams-test").inner_text()


def test_a_lag_entered_as_a_lead_is_warned_of(page: Any, own: Served) -> None:
    open_view(page, own.url, SETTINGS)
    assert not page.locator("#indicators-nature").is_visible()
    page.get_by_label("El equipo puede moverlo esta misma semana").uncheck()
    page.get_by_text("Parece histórico").wait_for()
    page.locator("#indicators-kind").select_option("lag")
    page.locator("#indicators-nature").wait_for(state="hidden")


def test_an_example_becomes_an_indicator(page: Any, own: Served) -> None:
    open_view(page, own.url, SETTINGS)
    page.locator("#indicators-team").select_option("Ventas")
    page.locator("#indicators-starter").select_option("complete_orders")
    page.wait_for_function("() => document.getElementById('indicators-name').value === 'Pedidos completos'")
    page.locator("#indicators-save").click()
    page.get_by_text("Indicador añadido").wait_for()
    open_view(page, own.url, TEAM)
    card = page.locator(".mc-card.mc-team", has_text="Pedidos completos")
    assert "sin dato" in card.locator(".mc-now").inner_text()


def test_readings_come_from_a_file(page: Any, own: Served, tmp_path: Path) -> None:
    file = tmp_path / "datos.csv"
    file.write_text(
        "indicador,equipo,semana,valor\nDías hasta el abono,Administración,2026-11-09,5\n", encoding="utf-8"
    )
    open_view(page, own.url, TEAMS)
    page.get_by_text("Importar datos (CSV o Excel)").click()
    page.set_input_files("#teams-import input[type=file]", file)
    page.wait_for_function("() => document.getElementById('reporting-mapping').value.includes('indicador')")
    page.locator("#reporting-import").click()
    page.get_by_text("1 fila leída: 1 datos nuevos").wait_for()


@pytest.mark.parametrize("size", ["small", "normal"])
def test_the_wall_of_the_teams_is_read_from_eight_metres(screen: Any, serve: Callable[..., Served], size: str) -> None:
    served = serve(copy(demo(size)))
    for language in ("es", "en"):
        for theme in ("dark", "light"):
            open_view(screen, served.url, WALL_TEAMS, language, theme)
            for width, height in SIZES:
                screen.set_viewport_size({"width": width, "height": height})
                assert screen.evaluate(OVERFLOWING) == [], f"{language} {width}×{height}"
            screen.set_viewport_size({"width": 1920, "height": 1080})
            assert screen.evaluate(SMALL_CAPITALS) == []


@pytest.mark.parametrize("size", ["small", "normal"])
def test_the_wall_of_the_deeds_is_read_from_eight_metres(screen: Any, serve: Callable[..., Served], size: str) -> None:
    served = serve(copy(demo(size)))
    for language in ("es", "en"):
        open_view(screen, served.url, WALL_DEEDS, language)
        for width, height in SIZES:
            screen.set_viewport_size({"width": width, "height": height})
            assert screen.evaluate(OVERFLOWING) == [], f"{language} {width}×{height}"
        screen.set_viewport_size({"width": 1920, "height": 1080})
        assert screen.evaluate(SMALL_CAPITALS) == []


def test_visitors_see_no_team(screen: Any, site: Served) -> None:
    open_view(screen, site.url, WALL, more="preset=visitors")
    assert screen.locator(".mc-scene").count() == 1
    assert "ataque" not in screen.locator(".mc-wall").inner_text()
    assert "defensiva" not in screen.locator(".mc-wall").inner_text()
