"""The wall: alone for months, and read from eight metres."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from dashboard.goal import Goal
from data.board import read_scoreboard
from data.services import Services
from data.writes.goals import set_goal
from layouts.wall import quote_class
from tests.browser.looking import AWAY, VOICE, WALL, expect, open_view, settle
from tests.browser.serving import Served
from tests.homes import ADMINISTRATOR, add_survey, copy, csv_of, demo, survey_home

NUMBER = "() => document.querySelector('.mc-wall-now .mc-wall-number').textContent"
WATCH = """() => {
  window.stayed = true; window.wasEmpty = 0;
  const stage = document.getElementById('wall-stage');
  new MutationObserver(() => { if (!stage.querySelector('.mc-wall-number')) window.wasEmpty += 1; })
    .observe(stage, {childList: true, subtree: true});
}"""
IS_STALE = "() => getComputedStyle(document.querySelector('.mc-stale')).display === '{}'"
SIZES = ((960, 540), (1280, 720), (1920, 1080), (3840, 2160))
LEAST_CAPITALS = 48

SMALL_CAPITALS = """() => Array.from(document.querySelectorAll('.mc-far')).filter((one) => one.offsetParent)
 .map((one) => {
  const style = getComputedStyle(one);
  const share = style.fontFamily.includes('Barlow') ? .7 : .727;
  return [one.textContent, parseFloat(style.fontSize) * share];
}).filter(([, capitals]) => capitals < LEAST)""".replace("LEAST", str(LEAST_CAPITALS))

OVERFLOWING = """() => {
  const bad = [];
  const scene = Array.from(document.querySelectorAll('.mc-scene')).find((one) => one.getClientRects().length);
  const name = (one) => one.className + ': ' + one.textContent.slice(0, 60);
  const isInline = (one) => getComputedStyle(one).display === 'inline';
  const root = document.scrollingElement;
  if (root.scrollWidth > innerWidth || root.scrollHeight > innerHeight) bad.push('the page scrolls');
  for (const one of scene.querySelectorAll('*')) {
    if (one.closest('.visually-hidden')) continue;
    const box = one.getBoundingClientRect();
    const isOff = box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1;
    if (isOff) bad.push('off screen ' + name(one));
    if (one.matches('.mc-path-label')) {
      if (box.top < scene.children[0].getBoundingClientRect().bottom - 1) bad.push('over the head ' + name(one));
      continue;
    }
    const around = one.parentElement.getBoundingClientRect();
    if (box.right > around.right + 1.5 || box.left < around.left - 1.5) bad.push('wider than its parent ' + name(one));
    if (!isInline(one) && one.scrollWidth > one.clientWidth + 1) bad.push('cut off ' + name(one));
  }
  const rows = Array.from(scene.children).map((one) => [one, one.getBoundingClientRect()]);
  rows.slice(1).forEach(([one, box], place) => {
    if (box.top < rows[place][1].bottom - 1) bad.push('over its neighbour ' + name(one));
  });
  for (const [one] of rows) for (const inner of one.children) {
    const below = inner.getBoundingClientRect().bottom - one.getBoundingClientRect().bottom;
    if (!isInline(inner) && below > 2) bad.push('higher than its row ' + name(inner));
  }
  return bad;
}"""


def started() -> Services:
    """«El partido acaba de empezar»: a goal and a few answers."""
    return survey_home([10] * 12 + [2] * 8, Goal(0, 0, 45, date(2026, 11, 2), date(2027, 9, 30)))


def won() -> Services:
    """«Objetivo conseguido», at the deadline."""
    services = copy(demo())
    set_goal(services, ADMINISTRATOR, Goal(0, 20, 30, date(2026, 6, 1), date(2026, 9, 30)))
    return services


def decimals() -> Services:
    """«No hemos llegado» by less than a rounded point."""
    services = copy(demo())
    points = read_scoreboard(services, services.state(), ADMINISTRATOR).score.points or 0.0
    set_goal(services, ADMINISTRATOR, Goal(0, -12.5, round(points + 0.1, 2), date(2026, 6, 1), date(2026, 9, 30)))
    return services


def negative() -> Services:
    """−100 against −98."""
    return survey_home([0] * 60, Goal(0, -100, -98, date(2026, 6, 1), date(2026, 11, 1)))


def without_goal() -> Services:
    """A score before there is a goal."""
    return survey_home([10] * 40 + [2] * 20)


def normal() -> Services:
    """The demo company."""
    return copy(demo("normal"))


def small() -> Services:
    """The small demo company."""
    return copy(demo())


HOMES = (normal, small, started, won, decimals, negative, without_goal)


def changed(page: Any, before: str) -> None:
    """Wait until the wall shows another number."""
    page.wait_for_function(f"(before) => ({NUMBER})() !== before", arg=before)


def test_a_wall_left_alone_picks_up_an_import_without_flicker(screen: Any, own: Served) -> None:
    open_view(screen, own.url, WALL, theme="dark")
    before = screen.evaluate(NUMBER)
    screen.evaluate(WATCH)
    add_survey(own.services, csv_of([10] * 400))
    changed(screen, before)
    assert screen.evaluate("() => [window.stayed, window.wasEmpty]") == [True, 0]


def test_a_wall_notices_a_lost_server_and_heals_by_itself(screen: Any, own: Served) -> None:
    open_view(screen, own.url, WALL, theme="dark")
    before = screen.evaluate(NUMBER)
    screen.evaluate(WATCH)
    assert screen.evaluate(IS_STALE.format("none"))
    expect(screen, *AWAY)
    own.stop()
    screen.wait_for_function(IS_STALE.format("block"))
    assert "Sin contacto con el servidor" in screen.locator(".mc-stale").inner_text()
    assert screen.evaluate(NUMBER) == before, "the last numbers stay"
    own.start()
    screen.wait_for_function(IS_STALE.format("none"))
    assert screen.evaluate("() => window.stayed") is True


def test_a_new_version_loads_itself(
    screen: Any, own: Served, serve: Callable[..., Served], monkeypatch: pytest.MonkeyPatch
) -> None:
    open_view(screen, own.url, WALL, theme="dark")
    screen.evaluate(WATCH)
    expect(screen, *AWAY)
    own.stop()
    monkeypatch.setattr("callbacks.application.build_of", lambda folder: "a newer program")
    serve(own.services, own.port)
    screen.wait_for_function("() => window.stayed === undefined && document.querySelector('.mc-wall-number')")
    settle(screen, WALL)
    told = screen.evaluate("() => document.querySelector('meta[name=marcador]').dataset.build")
    assert told == "a newer program"


@pytest.mark.parametrize("make", HOMES)
def test_the_wall_is_read_from_eight_metres(
    screen: Any, serve: Callable[..., Served], make: Callable[[], Services]
) -> None:
    served = serve(make())
    for language in ("es", "en"):
        open_view(screen, served.url, WALL, language, "dark")
        for width, height in SIZES:
            screen.set_viewport_size({"width": width, "height": height})
            assert screen.evaluate(OVERFLOWING) == [], f"{language} {width}×{height}"
            if height == 1080:
                assert screen.evaluate(SMALL_CAPITALS) == []
    screen.set_viewport_size({"width": 1920, "height": 1080})
    open_view(screen, served.url, WALL, "es", "light")
    assert screen.evaluate(OVERFLOWING) == []
    assert screen.evaluate(SMALL_CAPITALS) == []


@pytest.mark.parametrize("size", ["small", "normal"])
def test_the_voice_is_read_from_eight_metres(screen: Any, serve: Callable[..., Served], size: str) -> None:
    served = serve(copy(demo(size)))
    for language in ("es", "en"):
        open_view(screen, served.url, VOICE, language, "dark")
        for width, height in SIZES:
            screen.set_viewport_size({"width": width, "height": height})
            assert screen.evaluate(OVERFLOWING) == [], f"{language} {width}×{height}"
        screen.set_viewport_size({"width": 1920, "height": 1080})
        assert screen.evaluate(SMALL_CAPITALS) == []


def test_the_longest_comment_that_may_be_drawn_fits(screen: Any, serve: Callable[..., Served]) -> None:
    served = serve(small())
    open_view(screen, served.url, VOICE, "es", "dark")
    longest = "«" + " ".join(["Estupendamente"] * 11)[:160] + "»"
    assert "mc-wall-quote-long" in quote_class(longest)
    put = """([words, name]) => {
      const quote = document.querySelector('.mc-wall-quote');
      quote.textContent = words;
      quote.className = name;
      document.querySelector('.mc-wall-thanks')?.remove();
    }"""
    screen.evaluate(put, [longest, quote_class(longest)])
    for width, height in SIZES:
        screen.set_viewport_size({"width": width, "height": height})
        assert screen.evaluate(OVERFLOWING) == [], f"{width}×{height}"
