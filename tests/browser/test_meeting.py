"""A whole meeting with two browsers: what one enters the other sees, nothing acknowledged is ever lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from data.database import reading
from data.meetings import read_actions
from data.minutes import read_minutes
from data.services import Services
from tests.browser.conftest import axe_in_both_themes, complaints, watched
from tests.browser.looking import MEETING, new_context, open_view
from tests.browser.serving import Served
from tests.data.stores import ADMINISTRATOR
from tests.homes import copy, demo
from tests.processes import Server

PULSES = 2
"""An open meeting asks every second: who sees a thing by the second pulse sees it within two seconds."""
TEAM = "Transporte"


@pytest.fixture
def slow(serve: Callable[..., Served]) -> Served:
    """The small demo with a pulse as slow as in production: only an open meeting is faster."""
    return serve(copy(demo(), pulse_seconds=15))


@pytest.fixture
def desk(page: Any, slow: Served) -> Any:
    """The shared screen, with the meeting open."""
    open_view(page, slow.url, MEETING)
    page.get_by_role("button", name="Empezar la reunión").click()
    page.wait_for_selector(".mc-room-1")
    return page


@pytest.fixture
def other(browser: Any, desk: Any, slow: Served) -> Iterator[Any]:
    """A phone beside it."""
    del desk
    context = new_context(browser, 390, 844, has_touch=True, is_mobile=True)
    found = watched(context)
    open_view(found, slow.url, MEETING)
    found.wait_for_selector(".mc-room-1")
    yield found
    context.close()
    assert complaints(found) == []


def seen_soon(page: Any, selector: str, state: str = "visible") -> None:
    """Wait for what another entered; it is asked for by the second pulse, however long a busy machine then draws."""
    asked: list[str] = []

    def note(request: Any) -> None:
        asked.append(request.url.rpartition("/")[2])

    page.on("request", note)
    page.wait_for_selector(selector, state=state)
    page.remove_listener("request", note)
    drawn = asked.index("_dash-update-component") if "_dash-update-component" in asked else 0
    assert asked[:drawn].count("pulse") <= PULSES, asked


def undertake(page: Any, text: str, owner: str = "Lola Cid") -> None:
    page.fill("#meeting-text", text)
    page.select_option("#meeting-owner", label=owner)
    page.select_option("#meeting-moves", index=1)
    page.click("#meeting-agree")


def agreed(services: Services) -> list[str]:
    with reading(services.database) as connection:
        return [one.text for one in read_actions(connection, [TEAM]) if one.agreed_on == services.state().today]


def test_a_whole_meeting_and_its_minutes_hold_exactly_what_was_entered(desk: Any, other: Any, slow: Served) -> None:
    """Four blocks by two people, every step seen by the other within two seconds."""
    assert desk.locator("#meeting-quotes blockquote").count() == 3
    for one in (desk, other):
        assert one.locator("[data-mc-pulse]").get_attribute("data-mc-pulse") == "1"
    other.get_by_role("button", name="Lola Cid").tap()
    seen_soon(desk, ".mc-toggle.mc-on:has-text('Lola Cid')")
    other.locator(".mc-step-button").nth(1).tap()
    seen_soon(desk, ".mc-room-2")
    first = desk.locator(".mc-turn h3").inner_text().partition(": ")[2]
    desk.fill("#meeting-told", "11 de 12")
    desk.locator("h1").click()
    desk.keyboard.press("1")
    seen_soon(other, "td:has-text('11 de 12')")
    assert desk.input_value("#meeting-told") == ""
    second = desk.locator(".mc-turn h3").inner_text().partition(": ")[2]
    desk.locator(".mc-key.mc-action-partly").click()
    seen_soon(other, ".mc-chip.mc-action-partly")
    desk.locator(".mc-step-button").nth(2).click()
    seen_soon(other, ".mc-room-3")
    other.fill("#meeting-obstacle", "la hora que se promete")
    other.select_option("#meeting-send-to", "Ventas")
    other.tap("#meeting-raise")
    other.wait_for_selector("text=Enviado a la próxima reunión")
    desk.locator(".mc-step-button").nth(3).click()
    seen_soon(other, ".mc-room-4")
    undertake(other, "Llamar a los tres de Paterna")
    seen_soon(desk, "#meeting-ahead >> text=Llamar a los tres de Paterna")
    desk.get_by_role("button", name="Cerrar la reunión").click()
    seen_soon(other, "text=Acta (PDF)")
    found = read_minutes(slow.services, slow.services.state(), ADMINISTRATOR, _meeting(desk))
    assert found.here == ("Lola Cid",)
    answered = {one.text: (one.state.value, one.told) for one in found.said if not one.is_open}
    assert answered == {first: ("done", "11 de 12"), second: ("partly", "")}
    assert sorted(one.text for one in found.agreed) == sorted(["Llamar a los tres de Paterna", second])
    assert "la hora que se promete" in [one.text for one in found.obstacles]
    with urlopen(f"{slow.url}/download/minutes/{found.meeting.meeting_id}.md") as answer:
        assert "Llamar a los tres de Paterna" in answer.read().decode()


def states(page: Any) -> list[str]:
    return page.locator("#meeting-table tbody .mc-chip").all_inner_texts()  # type: ignore[no-any-return]


def test_a_wrong_key_is_taken_back_by_keyboard_or_by_anybodys_thumb(desk: Any, other: Any, slow: Served) -> None:
    """Every way back, each seen by the other screen within two seconds, carry-overs restored; not while typing."""
    desk.locator(".mc-step-button").nth(1).click()
    seen_soon(other, ".mc-room-2")
    with reading(slow.services.database) as connection:
        known = {one.action_id: replace(one, version=0) for one in read_actions(connection)}
    before, turn = states(desk), desk.locator(".mc-turn h3").inner_text()
    assert set(before) == {"○ pendiente"}
    for back in ("u", "U", "Control+z", "thumb"):
        desk.keyboard.press("3")
        seen_soon(other, ".mc-chip.mc-action-not_done")
        assert desk.locator(".mc-turn h3").inner_text() != turn
        desk.wait_for_selector(".mc-undo")
        if back == "thumb":
            other.locator(".mc-undo").tap()
        else:
            desk.keyboard.press(back)
        for screen in (desk, other):
            seen_soon(screen, ".mc-chip.mc-action-not_done", state="detached")
            seen_soon(screen, ".mc-undo", state="detached")
        assert (states(desk), states(other)) == (before, before)
        assert desk.locator(".mc-turn h3").inner_text() == turn
    with reading(slow.services.database) as connection:
        assert {one.action_id: replace(one, version=0) for one in read_actions(connection)} == known
    desk.keyboard.press("1")
    desk.wait_for_selector(".mc-undo")
    desk.locator("#meeting-told").press_sequentially("un minuto")
    desk.keyboard.press("Control+z")
    assert desk.locator(".mc-chip.mc-action-done").count() == 1, "what is typed is undone there, not at the table"
    desk.get_by_role("button", name="Cerrar la reunión").click()
    for screen in (desk, other):
        seen_soon(screen, ".mc-undo", state="detached")


def _meeting(page: Any) -> int:
    address = page.get_by_text("Acta (PDF)").get_attribute("href")
    return int(address.rpartition("/")[2].partition(".")[0])


def test_what_is_typed_outlives_a_killed_server_and_what_was_acknowledged_is_there(browser: Any) -> None:
    """`kill -9` in the middle of a meeting: the draft stays in the browser, over a reload too, until it is stored."""
    services = copy(demo(), pulse_seconds=15)
    context = new_context(browser)
    desk = context.new_page()
    with Server(services.home, pulse_seconds=15) as server:
        open_view(desk, server.url, MEETING)
        desk.get_by_role("button", name="Empezar la reunión").click()
        desk.wait_for_selector(".mc-room-1")
        desk.locator(".mc-step-button").nth(3).click()
        desk.wait_for_selector(".mc-room-4")
        undertake(desk, "antes del corte")
        desk.wait_for_selector("#meeting-said:has-text('Acordada')")
        server.kill()
        undertake(desk, "durante el corte")
        desk.wait_for_function("() => document.body.classList.contains('mc-is-stale')")
        assert desk.input_value("#meeting-text") == "durante el corte"
        server.start()
        desk.wait_for_function("() => !document.body.classList.contains('mc-is-stale')")
        assert agreed(services) == ["antes del corte"]
        desk.reload()
        desk.wait_for_selector(".mc-room-4")
        desk.wait_for_function("() => document.getElementById('meeting-text').value === 'durante el corte'")
        undertake(desk, "durante el corte")
        desk.wait_for_function("() => document.getElementById('meeting-text').value === ''")
        assert agreed(services) == ["antes del corte", "durante el corte"]
        desk.wait_for_function("() => !Object.keys(localStorage).some((key) => key.startsWith('marcador-draft'))")
        desk.reload()
        desk.wait_for_selector("#meeting-ahead >> text=durante el corte")
        assert desk.input_value("#meeting-text") == ""
        context.close()


def test_typing_is_left_alone_while_others_enter_things(desk: Any, other: Any) -> None:
    desk.locator(".mc-step-button").nth(3).click()
    seen_soon(other, ".mc-room-4")
    desk.locator("#meeting-text").press_sequentially("a medio escribir")
    undertake(other, "desde el móvil")
    seen_soon(desk, "#meeting-ahead >> text=desde el móvil")
    assert desk.input_value("#meeting-text") == "a medio escribir"
    assert desk.evaluate("document.activeElement.id") == "meeting-text"
    desk.keyboard.press("1")
    assert desk.input_value("#meeting-text") == "a medio escribir1", "no key acts while somebody types"


def test_the_timer_turns_amber_and_blocks_nothing(desk: Any) -> None:
    desk.locator(".mc-step-button").nth(1).click()
    desk.wait_for_selector(".mc-room-2")
    assert desk.locator(".mc-timer-clock").inner_text() in ("10:00", "9:59", "9:58")
    desk.evaluate("document.querySelector('.mc-timer').dataset.elapsed = '615'")
    desk.wait_for_selector(".mc-timer-over")
    assert desk.locator(".mc-timer-clock").inner_text() in ("0:15", "0:16", "0:17")
    desk.keyboard.press("1")
    desk.wait_for_selector(".mc-chip.mc-action-done")


def test_single_keys_are_turned_off_and_stay_off(desk: Any) -> None:
    desk.locator(".mc-step-button").nth(1).click()
    desk.wait_for_selector(".mc-room-2")
    desk.locator("[data-mc-keys]").click()
    desk.wait_for_selector("[data-mc-keys][aria-pressed=false]")
    desk.reload()
    desk.wait_for_selector(".mc-room-2 .mc-turn h3")
    desk.wait_for_selector("[data-mc-keys][aria-pressed=false]")
    turn = desk.locator(".mc-turn h3").inner_text()
    desk.keyboard.press("1")
    desk.wait_for_timeout(500)
    assert desk.locator(".mc-turn h3").inner_text() == turn
    assert desk.locator(".mc-chip.mc-action-done").count() == 0
    desk.locator("[data-mc-keys]").click()
    desk.keyboard.press("1")
    desk.wait_for_selector(".mc-chip.mc-action-done")


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_block_is_accessible(page: Any, own: Served, language: str) -> None:
    open_view(page, own.url, MEETING, language)
    assert axe_in_both_themes(page) == []
    page.locator("#meeting-commands button.mc-primary").click()
    for place in range(4):
        page.locator(".mc-step-button").nth(place).click()
        page.wait_for_selector(f".mc-room-{place + 1}")
        assert axe_in_both_themes(page) == [], place + 1


def test_a_member_sees_only_their_own_tables(browser: Any, serve: Callable[..., Served]) -> None:
    from dashboard.permissions import Role
    from tests.browser.test_doors import enter

    served = serve(copy(demo(), sign_in="required"))
    context = new_context(browser)
    page = watched(context)
    enter(page, served, Role.MEMBER)
    page.goto(f"{served.url}/meeting?team={quote(TEAM)}")
    page.wait_for_selector("#meeting-table h2")
    assert page.locator(".mc-tables li").all_inner_texts() == ["Ventas", "Reunión común"]
    assert "Ventas" in page.locator("#meeting-subtitle").inner_text()
    context.close()
    assert complaints(page) == []
