"""Filters live in the address: reload keeps them, Back takes them away, one change is one request."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.browser.looking import SCOREBOARD, open_view, settle
from tests.browser.serving import Served


def query(page: Any) -> dict[str, list[str]]:
    """Return the query of the address, language and theme left out."""
    return {name: value for name, value in parse_qs(urlsplit(page.url).query).items() if name not in ("lang", "theme")}


def number(page: Any) -> str:
    """Return how many answers the headline stands on."""
    text: str = page.locator("#scoreboard-headline .mc-numbers").inner_text()
    return text


@contextmanager
def counted(page: Any) -> Iterator[list[str]]:
    """Count the requests for the scoreboard."""
    found: list[str] = []

    def note(asked: Any) -> None:
        if "/_dash-update-component" in asked.url and "scoreboard-headline.children" in (asked.post_data or ""):
            found.append(asked.url)

    page.on("request", note)
    yield found
    page.remove_listener("request", note)


def choose(page: Any, pill: str, name: str) -> None:
    """Choose a value in the pill of a dimension and wait for its numbers."""
    box = page.locator("details.mc-dropdown", has_text=pill).first
    if not box.evaluate("(one) => one.open"):
        box.locator("summary").click()
    before = number(page)
    box.get_by_label(name, exact=True).check()
    page.wait_for_function(
        "(before) => document.querySelector('#scoreboard-headline .mc-numbers').innerText !== before", arg=before
    )


def test_two_teams_a_period_reload_and_back(page: Any, site: Served) -> None:
    open_view(page, site.url, SCOREBOARD)
    whole = number(page)
    with counted(page) as asked:
        choose(page, "Equipo", "Ventas")
        page.wait_for_timeout(400)
        assert len(asked) == 1
        choose(page, "Equipo", "Posventa")
        page.wait_for_timeout(400)
        assert len(asked) == 2
    assert query(page) == {"team": ["Posventa", "Ventas"]} or query(page) == {"team": ["Ventas", "Posventa"]}
    both = number(page)
    assert both != whole
    page.reload()
    settle(page, SCOREBOARD)
    assert number(page) == both
    assert "Posventa y Ventas" in page.locator(".mc-filters").inner_text()
    page.go_back()
    page.wait_for_function("() => !location.search.includes('Posventa')")
    page.go_back()
    page.wait_for_function("() => !location.search.includes('team')")
    page.wait_for_function(
        "(whole) => document.querySelector('#scoreboard-headline .mc-numbers').innerText === whole", arg=whole
    )
    assert "Equipo todos" in page.locator(".mc-filters").inner_text().replace("\n", " ")


def test_a_ready_made_period_is_in_the_address(page: Any, site: Served) -> None:
    open_view(page, site.url, SCOREBOARD)
    whole = number(page)
    with counted(page) as asked:
        page.locator("details.mc-dropdown", has_text="Periodo").first.locator("summary").click()
        page.get_by_role("button", name="últimas 4 semanas").click()
        page.wait_for_function(
            "(whole) => document.querySelector('#scoreboard-headline .mc-numbers').innerText !== whole", arg=whole
        )
        page.wait_for_timeout(400)
    assert len(asked) == 1
    assert query(page) == {"since": ["2026-10-19"], "until": ["2026-11-15"]}
    assert "19 oct – 15 nov" in page.locator(".mc-filters").inner_text()
    page.go_back()
    page.wait_for_function("() => !location.search.includes('since')")


def test_see_opens_what_changed(page: Any, site: Served) -> None:
    open_view(page, site.url, SCOREBOARD)
    link = page.locator("#scoreboard-changes .mc-see").first
    wanted = link.get_attribute("href")
    with counted(page) as asked:
        link.click()
        page.wait_for_selector(".mc-filters .mc-chosen")
        page.wait_for_timeout(400)
    assert urlsplit(page.url).query == (wanted or "").lstrip("?")
    assert len(asked) == 1
    page.go_back()
    page.wait_for_selector(".mc-filters .mc-chosen", state="detached")


def test_a_cold_link_is_drawn_as_it_says(page: Any, site: Served) -> None:
    with counted(page) as asked:
        open_view(page, site.url, SCOREBOARD, more="team=Ventas&since=2026-09-07&until=2026-11-15")
        page.wait_for_timeout(400)
    assert "Ventas" in page.locator(".mc-filters .mc-chosen").last.inner_text()
    assert len(asked) == 1


def test_downloads_follow_the_filters(page: Any, site: Served) -> None:
    open_view(page, site.url, SCOREBOARD, more="team=Ventas")
    page.get_by_text("Descargar", exact=True).click()
    with page.expect_download() as started:
        page.get_by_role("link", name="Tabla (CSV)").click()
    assert started.value.suggested_filename == "marcador-scoreboard-2026-11-22.csv"
    assert "team=Ventas" in started.value.url


CELLS = "() => [...document.querySelectorAll('#scoreboard-path-words th, #scoreboard-path-words td')]"
HEADS = CELLS + ".slice(0, 6).map((one) => [one.tagName, one.scope])"


def test_the_table_behind_a_figure_is_drawn_by_the_browser_and_follows_the_filters(page: Any, site: Served) -> None:
    open_view(page, site.url, SCOREBOARD)
    told = page.evaluate(CELLS + ".map((one) => one.textContent)")
    assert page.evaluate(HEADS) == [*[["TH", "col"]] * 5, ["TH", "row"]]
    page.evaluate("() => marcadorPeriod('team=Posventa')")
    page.wait_for_function(f"(before) => ({CELLS})().map((one) => one.textContent).join() !== before.join()", arg=told)
    assert page.locator("#scoreboard-path-words table").count() == 1


def test_what_the_browser_draws_stays_text(page: Any, site: Served) -> None:
    open_view(page, site.url, SCOREBOARD)
    drawn = page.evaluate(
        """() => {
          const place = document.createElement('div');
          const nasty = '<img src=x onerror=alert(1)>';
          place.setAttribute('data-mc-tree', JSON.stringify(['div', {}, nasty, ['p', {title: nasty}, nasty]]));
          document.body.append(place);
          return new Promise((done) => setTimeout(() => {
            const first = [place.querySelectorAll('img').length, place.textContent === nasty + nasty,
              place.querySelector('p').title === nasty];
            place.removeAttribute('data-mc-tree');
            setTimeout(() => done([...first, place.childNodes.length]), 50);
          }, 50));
        }"""
    )
    assert drawn == [0, True, True, 0]


def test_what_somebody_opened_or_closed_stays_so_until_the_page_says_otherwise(page: Any, site: Served) -> None:
    open_view(page, site.url, SCOREBOARD)
    found = page.evaluate(
        """async () => {
          const place = document.createElement('div');
          const say = async (text, ...opens) => {
            const told = opens.map((open) => ['details', open ? {open: ''} : {}, text]);
            place.setAttribute('data-mc-tree', JSON.stringify(['div', {}, ...told]));
            await new Promise((done) => setTimeout(done, 50));
            return [...place.children].map((one) => one.open);
          };
          document.body.append(place);
          const seen = [await say('a', true, false)];
          [...place.children].forEach((one) => { one.open = !one.open; });
          seen.push(await say('b', true, false));
          seen.push(await say('c', false, true));
          seen.push(await say('d', true, false));
          place.remove();
          return seen;
        }"""
    )
    assert found == [[True, False], [False, True], [False, True], [True, False]]
