"""Bytes and time to the score in Chromium, against a bare page that draws with the same small plotly bundle."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask, Response
from playwright.sync_api import Browser, sync_playwright
from waitress import create_server

from bench.pairs import Pair
from callbacks.application import VENDOR

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run")
NETWORK = {"offline": False, "latency": 40, "downloadThroughput": 1_250_000, "uploadThroughput": 1_250_000}

BARE = """<!DOCTYPE html><html lang="es"><head><title>bare</title></head><body><div id="graph" style="height:400px"></div>
<script src="/plotly.js"></script><script>
const x=[...Array(52).keys()];Plotly.newPlot('graph',[{x,y:x.map(v=>Math.sin(v))},{x,y:x}],{}).then(()=>{
document.body.insertAdjacentHTML('beforeend','<p class="ready">42</p>')});</script></body></html>"""


def bare_script(server: Flask) -> None:
    """Serve the cartesian bundle, Brotli, to be kept."""
    script = (VENDOR / "plotly.min.js.br").read_bytes()
    headers = {"Content-Encoding": "br", "Cache-Control": "max-age=31536000"}
    server.add_url_rule("/plotly.js", "script", lambda: Response(script, mimetype="text/javascript", headers=headers))


def bare_server() -> Flask:
    """Return a server of one page that loads the bundle and draws two lines."""
    server = Flask("bare")
    server.add_url_rule("/", "page", lambda: BARE)
    bare_script(server)
    return server


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield the machine's own Chromium."""
    found = shutil.which("chromium")
    assert found, "Chromium is needed: make chromium"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(Path(found)), args=list(FLAGS))
        yield browser
        browser.close()


@contextmanager
def served(server: Any) -> Iterator[str]:
    """Serve a WSGI application on a free port."""
    listening = create_server(server, host="127.0.0.1", port=0, threads=8)
    threading.Thread(target=listening.run, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listening.effective_port}"
    finally:
        listening.close()


@dataclass
class Load:
    """One first load and one second load."""

    seconds: float
    first_bytes: int
    second_bytes: int


def load(browser: Browser, address: str, ready: str) -> Load:
    """Load a page with an empty cache over a throttled line until `ready` is there, then once more."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="es-ES")
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", NETWORK)
    sizes: list[int] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    page.goto(address, wait_until="commit")
    page.wait_for_selector(ready, timeout=60_000)
    seconds = page.evaluate("performance.now()") / 1000
    page.wait_for_load_state("networkidle")
    first = sum(sizes)
    sizes.clear()
    page.reload()
    page.wait_for_selector(ready, timeout=60_000)
    page.wait_for_load_state("networkidle")
    second = sum(sizes)
    context.close()
    return Load(seconds, first, second)


@dataclass(frozen=True)
class Place:
    """A view: its path, its first number, what that is called, and its budgets; a ratio of 0 has none."""

    path: str
    ready: str
    what: str
    ratio: float
    kilobytes: int


SCORES = {
    "desk": Place("/", ".mc-headline .mc-number", "score", 1.0, 900),
    "wall": Place("/wall", ".mc-wall-number", "score", 0.5, 500),
}
VIEWS = {
    "journey": Place("/journey", ".mc-heat-cell", "map", 1.0, 900),
    "commitments": Place("/commitments", ".mc-figure-number", "numbers", 1.0, 900),
}


def measure(app: Any, rounds: int, places: dict[str, Place] = SCORES) -> dict[str, tuple[Pair, list[Load]]]:
    """Return each view in turn with the bare page."""
    results: dict[str, tuple[Pair, list[Load]]] = {}
    with chromium() as browser, served(app.server) as ours, served(bare_server()) as bare:
        for name, one in places.items():
            address = ours + one.path
            load(browser, address, one.ready), load(browser, bare, ".ready")
            pairs = [(load(browser, address, one.ready), load(browser, bare, ".ready")) for _ in range(rounds)]
            timings = Pair([a.seconds for a, _ in pairs], [b.seconds for _, b in pairs])
            results[name] = (timings, [a for a, _ in pairs])
    return results
