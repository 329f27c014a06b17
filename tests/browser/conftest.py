"""Chromium for walks: a page fails on any console error, any answer of 400 or more, any request to another host."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest

from tests.browser.looking import CHROMIUM, FLAGS, chromium, new_context
from tests.browser.serving import Served
from tests.homes import copy, demo, open_home

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RUN_AXE = """() => axe.run(document, {resultTypes: ['violations']}).then((found) => found.violations.map((one) =>
  ({id: one.id, impact: one.impact, nodes: one.nodes.map((node) => node.html.slice(0, 160))})))"""
OURS = ("http://127.0.0.1", "http://localhost", "data:", "blob:")


def pytest_configure(config: pytest.Config) -> None:
    """Show no window."""
    if hasattr(config.option, "headless"):
        config.option.headless = True


def pytest_setup_options() -> Any:
    """Return how selenium starts Chromium."""
    from selenium.webdriver.chrome.options import Options

    options = Options()
    options.binary_location = CHROMIUM
    folder = tempfile.mkdtemp(prefix="chromium-")
    for flag in [*FLAGS, "--window-size=1366,900", f"--user-data-dir={folder}"]:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "SEVERE"})
    return options


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every walk."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all walks."""
    with chromium() as found:
        yield found


def watched(context: Any) -> Any:
    """Return a page that remembers in `bad` whatever no page of ours may do."""
    page = context.new_page()
    bad: list[str] = []
    page.on("console", lambda said: said.type == "error" and bad.append("console: " + said.text[:300]))
    page.on("pageerror", lambda error: bad.append("pageerror: " + str(error)[:300]))
    page.on("response", lambda answer: answer.status >= 400 and bad.append(f"{answer.status} {answer.url}"))
    page.on("request", lambda asked: asked.url.startswith(OURS) or bad.append("outside: " + asked.url))
    page.bad, page.expected = bad, []
    return page


def complaints(page: Any) -> list[str]:
    """Return what a watched page did that it may not, except what its test expects; asked at the end, once."""
    return [one for one in page.bad if not any(mark in one for mark in page.expected)]


@pytest.fixture
def page(browser: Any, serve: Callable[..., Served]) -> Iterator[Any]:
    """A desk; what it looks at is stopped only after it is closed."""
    del serve
    context = new_context(browser)
    found = watched(context)
    yield found
    context.close()
    assert complaints(found) == []


@pytest.fixture
def phone(browser: Any, serve: Callable[..., Served]) -> Iterator[Any]:
    """A phone."""
    del serve
    context = new_context(browser, 390, 844, has_touch=True, is_mobile=True)
    found = watched(context)
    yield found
    context.close()
    assert complaints(found) == []


@pytest.fixture
def screen(browser: Any, serve: Callable[..., Served]) -> Iterator[Any]:
    """A television."""
    del serve
    context = new_context(browser, 1920, 1080)
    found = watched(context)
    yield found
    context.close()
    assert complaints(found) == []


@pytest.fixture(scope="session")
def site() -> Iterator[Served]:
    """The small demo, only looked at."""
    with Served(copy(demo())) as served:
        yield served


@pytest.fixture
def serve() -> Iterator[Callable[..., Served]]:
    """Serve a home of one's own."""
    with ExitStack() as live:
        yield lambda services, port=0: live.enter_context(Served(services, port))


@pytest.fixture
def own(serve: Callable[..., Served]) -> Served:
    """A copy of the small demo, free to be changed."""
    return serve(copy(demo()))


@pytest.fixture
def empty(serve: Callable[..., Served]) -> Served:
    """A home where nothing was imported yet."""
    return serve(open_home())


def axe(page: Any) -> list[Any]:
    """Return what axe finds wrong with a page; a grid that comes when it is in sight is looked at with its rows."""
    if page.locator("#grid-place").count():
        page.locator("#grid-place").scroll_into_view_if_needed()
        page.locator("#grid .ag-row").first.wait_for()
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    found: list[Any] = page.evaluate(RUN_AXE)
    return found


def axe_in_both_themes(page: Any) -> list[Any]:
    """Return what axe finds wrong with a page in each theme, whether it follows its device or keeps a theme."""
    found = []
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        page.evaluate("(theme) => { document.documentElement.dataset.bsTheme = theme; }", theme)
        found += [(theme, one) for one in axe(page)]
    return found
