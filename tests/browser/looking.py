"""Chromium as all walks and pictures use it, and when a page has settled."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--hide-scrollbars",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
]


@dataclass(frozen=True, slots=True)
class View:
    """A view as a browser asks for it: its path, and what is there once it is drawn."""

    name: str
    path: str
    query: str
    drawn: tuple[str, ...]


GRAPHS = ("#scoreboard-path .main-svg .trace", "#scoreboard-distribution .main-svg .trace")
SCOREBOARD = View("scoreboard", "/", "", ("#scoreboard-headline .mc-muted", *GRAPHS))
WALL = View("wall-score", "/wall", "scene=score", (".mc-wall[data-on=score] .mc-scene-score",))
WALL_TEAMS = View("wall-teams", "/wall", "scene=teams", (".mc-wall[data-on=teams] .mc-scene-teams .mc-wall-row",))
WALL_DEEDS = View("wall-done", "/wall", "scene=done", (".mc-wall[data-on=done] .mc-scene-done .mc-wall-deed-row",))
VOICE = View("wall-voice", "/wall", "scene=voice", (".mc-wall[data-on=voice] .mc-scene-voice",))
TEAMS = View("teams", "/teams", "", ("#teams-list .mc-indicator", "#reporting-save", "#teams-test p"))
TEAM = View("team", "/teams", "team=Ventas", ("#teams-list .mc-team-goal", "#reporting-save", "#teams-test p"))
JOURNEY = View(
    "journey",
    "/journey",
    "",
    ("#journey-grid .mc-heat-cell", "#journey-drawer h3", "#journey-priorities .main-svg .trace"),
)
SPOKEN = View("voice", "/voice", "", ("#voice-list .mc-said-by", "#voice-facts dd", "#voice-panel h2"))
HEARING = View("hearing", "/hear", "team=Transporte", ("#hearing-send",))
ACCOUNTS = View("accounts", "/accounts", "", ("#accounts-page table",))
IMPROVEMENTS = View("improvements", "/improvements", "", ("#improvements-content .mc-lane", "#improvements-form"))
IMPROVEMENT = View(
    "improvement",
    "/improvements",
    "card=1",
    ("#improvements-content .mc-story", "#improving-save", "#improvements-effect .main-svg"),
)
COMMITMENTS = View(
    "commitments",
    "/commitments",
    "",
    ("#commitments-numbers .mc-figure-number", "#commitments-waits .main-svg .trace", "#promising-save", "#grid-place"),
)
COMMITMENT = View(
    "commitment", "/commitments", "open=1", ("#commitments-story .mc-story", "#promising-take", "#grid-place")
)
WALL_COMMITMENTS = View(
    "wall-commitments", "/wall", "scene=commitments", (".mc-wall[data-on=commitments] .mc-scene-commitments",)
)
PROMISES = View("promises", "/promises", "", (".promises li",))
PEOPLE = View("people", "/people", "", ("#people-list *",))
SCREENS = View("screens", "/screens", "", ("#screens-list *",))
AUDIT = View("audit", "/audit", "", ("#audit-list table",))
MEETING = View(
    "meeting", "/meeting", "team=Transporte", ("#meeting-table h2", "#meeting-method dl", "#meeting-history *")
)
PLAN = View("plan", "/plan", "", (".mc-plan-team", "#plan-reader option"))
SOURCES = View("sources", "/sources", "", ("#sources-list .mc-card", "input[type=file]"))
SETTINGS = View("settings", "/settings", "", ("#settings-members .mc-card", "#settings-goals > *", "#indicators-save"))
SCORE = View("score", "/score", "", (".number",))
FIRST_RUN = View("first-run", "/", "", (".mc-welcome",))
WALLS = (WALL, WALL_TEAMS, WALL_DEEDS, WALL_COMMITMENTS, VOICE)
DESKS = (
    *(SCOREBOARD, TEAMS, TEAM, JOURNEY, COMMITMENTS, COMMITMENT, MEETING, IMPROVEMENTS, IMPROVEMENT),
    *(SPOKEN, HEARING, ACCOUNTS, PLAN, SOURCES, SETTINGS, SCREENS, PEOPLE, AUDIT),
)
VIEWS = (*DESKS, *WALLS, PROMISES, SCORE)
AWAY = ("ERR_", "503")
"""What a browser says of a server that is away."""


@contextmanager
def chromium() -> Iterator[Any]:
    """Yield the machine's own Chromium, without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def new_context(browser: Any, width: int = 1366, height: int = 900, *, theme: str = "light", **more: Any) -> Any:
    """Return a fresh browser profile of one size and theme."""
    size = {"width": width, "height": height}
    options = {"reduced_motion": "reduce", "locale": "en-GB", "timezone_id": "UTC", "device_scale_factor": 1}
    context = browser.new_context(viewport=size, color_scheme=theme, **options | more)
    context.set_default_timeout(20_000)
    return context


def open_view(page: Any, base: str, view: View, language: str = "es", theme: str = "light", more: str = "") -> None:
    """Open a view in a language and theme, and wait until it is drawn."""
    query = "&".join(part for part in (view.query, f"lang={language}", f"theme={theme}", more) if part)
    page.goto(f"{base}{view.path}?{query}")
    settle(page, view)


def expect(page: Any, *marks: str) -> None:
    """Let a watched page complain of what the test itself provokes; a browser tells some of it late."""
    page.expected.extend(marks)


def settle(page: Any, view: View) -> None:
    """Wait until everything of a view is drawn in its own fonts."""
    page.wait_for_selector("#first-paint:not(:empty)", state="detached")
    for selector in view.drawn:
        page.wait_for_selector(selector, state="attached")
    page.evaluate("document.fonts.ready.then(() => 1)")
    page.wait_for_function("() => !document.querySelector('[data-dash-is-loading=true]')")
