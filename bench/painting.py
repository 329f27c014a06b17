"""A filter change until it is painted: a desk view against a bare page that draws the same charts from ready JSON.

The bare page has the figures of every round in memory, in boxes of the same size, and a click is one `Plotly.react` each:
what is measured is what the product adds — request, answer, everything else that is drawn — to drawing alone. A heat
map, which the product draws as an HTML grid, is a chart of the bare page too.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import dash
from flask import Flask, Response
from playwright.sync_api import Browser, Page

from bench.pages import bare_script, served
from bench.pairs import Pair
from bench.server import somebody
from callbacks import commitments, journey, scoreboard
from callbacks.application import create_app
from dashboard.filters import Filters, filters
from dashboard.journey import Journey
from dashboard.permissions import Scope
from data.cache import Answers
from data.journey import Asked, read_journey
from data.services import Services
from layouts.words import Words

TEAMS = 8
"""Teams of the bench's company: each round chooses or leaves one more, so that no question is asked twice."""

MOST_ROUNDS = 2 * TEAMS - 1

PAINTED = """(act) => new Promise((resolve, reject) => {
  const graphs = Array.from(document.querySelectorAll('.js-plotly-plot'));
  const seen = new Set();
  let painted = 0, timer = null;
  const begun = performance.now();
  const late = setTimeout(() => reject(new Error('not painted: ' + seen.size + ' of ' + graphs.length)), 30000);
  graphs.forEach((graph) => graph.on('plotly_afterplot', () => {
    seen.add(graph);
    clearTimeout(timer);
    requestAnimationFrame(() => requestAnimationFrame(() => {
      painted = performance.now();
      clearTimeout(timer);
      if (seen.size === graphs.length) timer = setTimeout(() => {
        clearTimeout(late);
        graphs.forEach((one) => one.removeAllListeners('plotly_afterplot'));
        resolve((painted - begun) / 1000);
      }, 500);
    }));
  }));
  window.marcadorBench(act);
})"""

OURS = """window.marcadorBench = (round) => {
  const boxes = Array.from(document.querySelectorAll('.mc-filters input[type=checkbox]')).slice(0, %d);
  boxes[round %% %d].click();
};""" % (TEAMS, TEAMS)  # noqa: UP031 (braces everywhere)

BARE = """<!DOCTYPE html><html lang="es"><head><title>bare</title><style>body{margin:0}</style></head><body><div id="all"></div>
<script src="/plotly.js"></script><script src="/figures.js"></script><script>
const divs = boxes.map(([width, height]) => { const div = document.createElement('div'); div.style.width = width + 'px';
  div.style.height = height + 'px'; document.getElementById('all').append(div); return div; });
window.marcadorBench = (round) => figures[round].forEach((one, place) => Plotly.react(divs[place], one.data, one.layout, {responsive: true}));
Promise.all(figures[0].map((one, place) => Plotly.newPlot(divs[place], one.data, one.layout, {responsive: true}))).then(() => {
  document.body.insertAdjacentHTML('beforeend', '<p class="ready">42</p>'); });</script></body></html>"""


@dataclass(frozen=True)
class Drawn:
    """A view: where it is, when it is there, and what its answer draws."""

    path: str
    ready: tuple[str, ...]
    figures: Any
    boxes: str = ".js-plotly-plot"


def of_scoreboard(services: Services, asked: Filters) -> list[Any]:
    """Return the charts of the desk under filters."""
    answer = scoreboard.draw(services, services.state(), Words("es"), asked)
    return _figures(answer)


def of_journey(services: Services, asked: Filters) -> list[Any]:
    """Return the charts of the journey under filters, its heat map first."""
    found = read_journey(services, services.state(), Scope.administrator(), Asked(asked))
    return [heat_map(found), *_figures(journey.draw(services, services.state(), Words("es"), Asked(asked), None))]


def of_commitments(services: Services, asked: Filters) -> list[Any]:
    """Return the charts of the commitments under filters."""
    return _figures(commitments.draw(services, services.state(), Words("es"), asked))


def heat_map(found: Journey) -> dict[str, Any]:
    """Return the cells of the journey as a tutorial would draw them."""
    value = {(one["moment"], one["row"]): one["value"] for one in found.cells.iter_rows(named=True)}
    moments, rows = [one.name for one in found.moments], [name for _, name in found.rows]
    cells = [[value.get((moment.key, key)) for moment in found.moments] for key, _ in found.rows]
    trace = {"type": "heatmap", "x": moments, "y": rows, "z": cells, "texttemplate": "%{z:.0f}"}
    return {"data": [trace], "layout": {"margin": {"l": 120, "t": 20}}}


def _figures(answer: tuple[Any, ...]) -> list[Any]:
    return [one for one in answer if isinstance(one, dict) and "data" in one]


VIEWS = {
    "scoreboard": Drawn(
        "/", ("#scoreboard-path .main-svg .trace", "#scoreboard-distribution .main-svg .trace"), of_scoreboard
    ),
    "journey": Drawn(
        "/journey",
        ("#journey-priorities .main-svg", "#journey-timeline .main-svg .trace"),
        of_journey,
        "#journey-grid, .js-plotly-plot",
    ),
    "commitments": Drawn("/commitments", ("#commitments-waits .main-svg .trace", "#grid-place *"), of_commitments),
}


def ready(view: Drawn, services: Services, asked: Filters) -> list[Any]:
    """Return the charts of a view, nothing kept: what the browser asks later is computed then."""
    kept, services.answers = services.answers, Answers(None, "")
    try:
        with somebody():
            return list(view.figures(services, asked))
    finally:
        services.answers = kept


def asked_at(values: list[str], round_: int) -> Filters:
    """Return the filters after the click of a round: teams are chosen one by one, then left one by one."""
    clicked = [place % TEAMS for place in range(round_ + 1)]
    return filters({"team": [value for place, value in enumerate(values[:TEAMS]) if clicked.count(place) % 2]})


def bare_server(figures: list[list[Any]], boxes: list[list[float]]) -> Flask:
    """Return a server of the bare page: the same bundle, the figures of every round ready."""
    server = Flask("bare")
    bare_script(server)
    told = "const figures = " + dash._utils.to_json(figures) + f";const boxes = {json.dumps(boxes)};"
    server.add_url_rule("/", "page", lambda: BARE)
    server.add_url_rule("/figures.js", "figures", lambda: Response(told, mimetype="text/javascript"))
    return server


def opened(browser: Browser, address: str, ready: tuple[str, ...]) -> Page:
    """Return a page that stands still."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}, locale="es-ES").new_page()
    page.goto(address)
    for selector in ready:
        page.wait_for_selector(selector, timeout=60_000, state="attached")
    page.wait_for_load_state("networkidle")
    return page


def measure(browser: Browser, services: Services, rounds: int) -> dict[str, Pair]:
    """Return for each view the seconds from change to paint, ours and bare in turn."""
    rounds = min(rounds, MOST_ROUNDS - 1)
    found = {}
    values = services.scores(services.state()).values("team")
    for name, view in VIEWS.items():
        figures = [ready(view, services, asked_at(values, place)) for place in range(rounds + 1)]
        with served(create_app(services).server) as ours:
            page = opened(browser, ours + view.path, view.ready)
            page.evaluate(OURS)
            boxes = page.evaluate(
                "(boxes) => Array.from(document.querySelectorAll(boxes)).map((one) => [one.clientWidth, one.clientHeight])",
                view.boxes,
            )
            with served(bare_server(figures, boxes)) as bare:
                other = opened(browser, bare, (".ready",))
                pairs = [(page.evaluate(PAINTED, place), other.evaluate(PAINTED, place)) for place in range(rounds + 1)]
                other.context.close()
            page.context.close()
        found[name] = Pair([a for a, _ in pairs[1:]], [b for _, b in pairs[1:]])
    return found
