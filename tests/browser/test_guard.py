"""The wall's own guard: it needs no callback, and its clock is told the time instead of waiting for it."""

from __future__ import annotations

import signal
from collections.abc import Callable
from typing import Any

import pytest

from data.services import Services
from tests.browser.looking import AWAY, SCOREBOARD, WALL, expect, open_view, settle
from tests.browser.serving import Served
from tests.homes import add_survey, copy, csv_of, demo
from tests.processes import Server

BAND = """() => {
  const band = document.querySelector('.mc-stale');
  return getComputedStyle(band).display === 'none' ? '' : band.textContent;
}"""
NUMBER = "() => document.querySelector('.mc-wall-now .mc-wall-number').textContent"
HALF = "Math.random = () => 0.5;"
MINUTE = 60_000
ONE_MORE = 16_600
"""Milliseconds within which a wall that asks every 15 s has asked once more."""


def counted_loads(page: Any) -> list[str]:
    """Return a list that grows with every page that is loaded."""
    loads: list[str] = []
    page.on("load", lambda: loads.append(page.url))
    return loads


def says(page: Any, words: str) -> None:
    """Wait until the band says something; nothing when `words` are empty."""
    page.wait_for_function(f"(words) => words ? ({BAND})().includes(words) : ({BAND})() === ''", arg=words)


def test_after_five_minutes_the_band_asks_for_help(screen: Any, own: Served) -> None:
    screen.clock.install()
    open_view(screen, own.url, WALL, theme="dark")
    before = screen.evaluate(NUMBER)
    expect(screen, *AWAY)
    own.stop()
    screen.clock.fast_forward(30_000)
    says(screen, "estos números pueden ser viejos")
    screen.clock.fast_forward(5 * MINUTE)
    says(screen, "Avisa a quien lleva el marcador")
    says(screen, "hace 6 min")
    assert screen.evaluate(NUMBER) == before, "the last numbers stay"
    own.start()
    screen.clock.fast_forward(MINUTE)
    says(screen, "")


def test_setting_the_clock_makes_no_number_old_and_hides_no_silence(screen: Any, own: Served) -> None:
    screen.clock.install()
    open_view(screen, own.url, WALL, theme="dark")
    for time in ("2027-11-22T12:00:00Z", "2020-01-01T00:00:00Z"):
        with screen.expect_response("**/api/v1/pulse"):
            screen.clock.run_for(1_000)
        screen.clock.set_system_time(time)
        screen.clock.run_for(1_100)
        assert screen.evaluate(BAND) == ""
    expect(screen, *AWAY)
    own.stop()
    screen.clock.fast_forward(30_000)
    says(screen, "Sin contacto con el servidor")


@pytest.mark.parametrize("view", [WALL, SCOREBOARD], ids=lambda view: str(view.name))
def test_what_the_disk_does_is_said_on_every_open_page(
    screen: Any, own: Served, view: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_folder: object) -> None:
        raise OSError(28, "No space left on device")

    open_view(screen, own.url, view)
    said = "() => document.body.innerText.includes('El disco está lleno')"
    assert not screen.evaluate(said)
    monkeypatch.setattr("callbacks.health.try_writing", full)
    screen.wait_for_function(said)
    monkeypatch.undo()
    screen.wait_for_function(f"() => !({said})()")


def test_another_version_is_loaded_once_after_a_moment_that_differs_from_wall_to_wall(screen: Any, own: Served) -> None:
    def another(route: Any) -> None:
        route.fulfill(json={"data": "0", "build": "another", "seconds": 15})

    screen.add_init_script(HALF)
    screen.clock.install()
    open_view(screen, own.url, WALL, theme="dark")
    loads = counted_loads(screen)
    screen.route("**/api/v1/pulse", another)
    screen.clock.run_for(2_000)
    screen.wait_for_function("() => sessionStorage.getItem('marcador-reloaded-for') === 'another'")
    screen.clock.run_for(27_000)
    assert loads == [], "half of a minute has not passed"
    with screen.expect_event("load"):
        screen.clock.run_for(5_000)
    settle(screen, WALL)
    for span in (1_000, *[ONE_MORE] * 16):  # it goes on asking; no question is given up while the clock is put on
        with screen.expect_response("**/api/v1/pulse"):
            screen.clock.run_for(span)
    assert len(loads) == 1, "a server that stays another is no reason to load again and again"


@pytest.mark.parametrize("zone", ["Europe/Madrid", "America/Santiago"])
def test_every_night_at_four_the_wall_loads_itself_anew(screen: Any, serve: Callable[..., Served], zone: str) -> None:
    served = serve(in_zone(copy(demo(), pulse_seconds=600), zone))
    screen.add_init_script(HALF)
    noon_to_four = {"Europe/Madrid": 15, "America/Santiago": 19}[zone]
    screen.clock.install(time="2026-11-22T12:00:00Z")
    open_view(screen, served.url, WALL, theme="dark")
    loads = counted_loads(screen)
    screen.clock.fast_forward((noon_to_four * 60 - 12) * MINUTE)
    says(screen, "")
    assert loads == []
    with screen.expect_event("load"):
        screen.clock.fast_forward(14 * MINUTE)
    settle(screen, WALL)
    screen.clock.fast_forward(15 * MINUTE)
    screen.wait_for_timeout(500)
    assert len(loads) == 1


def in_zone(services: Services, zone: str) -> Services:
    """Return services whose company lives in a zone."""
    with services.database.begin() as connection:
        connection.exec_driver_sql(f"update organisation set zone = '{zone}'")  # noqa: S608 (a zone of ours)
    return services


def test_at_night_a_server_that_is_away_keeps_the_last_numbers(screen: Any, own: Served) -> None:
    screen.clock.install(time="2026-11-22T12:00:00Z")
    open_view(screen, own.url, WALL, theme="dark")
    loads = counted_loads(screen)
    before = screen.evaluate(NUMBER)
    expect(screen, *AWAY)
    own.stop()
    screen.clock.fast_forward(MINUTE)
    says(screen, "Sin contacto")
    screen.clock.fast_forward(16 * 60 * MINUTE)
    screen.clock.run_for(2 * MINUTE)
    assert loads == []
    assert screen.evaluate(NUMBER) == before


def test_a_frozen_server_is_not_asked_again_and_again(screen: Any) -> None:
    services = copy(demo())
    services.database.dispose()
    with Server(services.home) as server:
        open_view(screen, server.url, WALL, theme="dark")
        expect(screen, *AWAY)
        server.signal(signal.SIGSTOP)
        asked: list[str] = []
        screen.on("request", lambda request: asked.append(request.url))
        says(screen, "Sin contacto con el servidor")
        screen.wait_for_timeout(12_000)
        assert 1 <= len(asked) <= 2
        server.signal(signal.SIGCONT)
        says(screen, "")


def test_a_killed_server_that_comes_back_is_shown_with_fresh_numbers(screen: Any) -> None:
    services = copy(demo())
    with Server(services.home) as server:
        open_view(screen, server.url, WALL, theme="dark")
        before = screen.evaluate(NUMBER)
        screen.evaluate("() => { window.stayed = true; }")
        expect(screen, *AWAY)
        server.kill()
        says(screen, "Sin contacto con el servidor")
        add_survey(services, csv_of([10] * 400))
        server.start()
        screen.wait_for_function(f"(before) => ({NUMBER})() !== before", arg=before)
        says(screen, "")
        assert screen.evaluate("() => window.stayed") is True


def test_the_first_paint_stays_until_the_page_is_there_and_goes_even_if_its_numbers_never_come(
    page: Any, own: Served
) -> None:
    def without_numbers(route: Any) -> None:
        if "commitments-numbers" in (route.request.post_data or ""):
            route.abort()
        else:
            route.fallback()

    expect(page, "ERR_FAILED", "Failed to fetch", "Callback")
    page.clock.install()
    page.route("**/_dash-update-component*", without_numbers)
    page.goto(f"{own.url}/commitments?lang=es")
    page.wait_for_selector("#shell-screen #commitments-numbers", state="attached")
    assert page.locator("#first-paint .mc-figure-number").count() == 4
    page.clock.run_for(21_000)
    page.wait_for_selector("#first-paint:not(:empty)", state="detached")
    assert page.locator("#shell-screen h1").is_visible()


def test_who_leaves_before_the_page_is_real_arrives_where_they_went(page: Any, own: Served) -> None:
    page.route("**/deps/react@*", lambda _: None)  # the first of Dash's scripts is still under way
    page.goto(f"{own.url}/?lang=es", wait_until="commit")
    page.locator("#first-paint a[href='/journey']").click()
    page.wait_for_url("**/journey", wait_until="commit")
    page.locator("#first-paint .mc-heat-cell").first.wait_for()


def test_a_cell_that_is_chosen_before_the_page_is_real_is_open_when_it_is(page: Any, own: Served) -> None:
    waiting: list[Any] = []
    page.route("**/deps/react@*", lambda route: waiting.append(route))  # noqa: PLW0108 (a built-in carries no marks)
    page.goto(f"{own.url}/journey?lang=es", wait_until="commit")
    cell = page.locator("#first-paint .mc-heat-cell").nth(1)
    name = cell.get_attribute("aria-label").split(":")[0]
    page.wait_for_function("() => window.dash_clientside && dash_clientside.marcador", polling=50)  # ours are there
    cell.click()
    page.wait_for_url("**cell=**", wait_until="commit")
    waiting[0].continue_()
    page.wait_for_selector("#first-paint:not(:empty)", state="detached")
    opened = page.locator("#shell-screen .mc-heat-cell.mc-open")
    opened.wait_for()
    assert opened.get_attribute("aria-label").split(":")[0] == name
