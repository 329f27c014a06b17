"""What browsers load: compressed once, cached for long where the address changes with the content.

plotly.js is answered with our smaller bundle at the address where Dash's graph looks for it.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import brotli
from dash import Dash
from flask import Response, request

PLOTLY = "/_dash-component-suites/plotly/package_data/plotly.min.js"
KEPT = ("/_dash-component-suites/", "/assets/")
COMPRESSED = ("text/javascript", "application/javascript", "text/css", "application/json", "text/html", "image/svg+xml")
YEAR, HOUR = 31_536_000, 3600
QUALITY = 9
"""A tenth larger than the best of Brotli in a tenth of its time: whoever asks first after a start waits for it."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that never changes while the server runs."""

    body: bytes
    encoding: str
    mimetype: str
    etag: str
    cache: str


def install_bundles(app: Dash, vendor: Path) -> None:
    """Keep the answers for scripts and styles in memory, compressed with Brotli where the browser takes it."""
    kept: dict[tuple[str, bool], Kept] = {}
    guard = threading.Lock()
    server = app.server

    def accepts_brotli() -> bool:
        return "br" in request.headers.get("Accept-Encoding", "")

    @server.before_request
    def answer_kept() -> Response | None:
        if request.method not in ("GET", "HEAD") or not request.path.startswith(KEPT):
            return None
        key = (request.full_path, accepts_brotli())
        if request.path == PLOTLY and key not in kept:
            bundle = _plotly(vendor, key[1])
            if bundle is not None:
                kept[key] = bundle
        found = kept.get(key)
        return _response(found) if found else None

    @server.after_request
    def keep(response: Response) -> Response:
        if request.method != "GET" or response.status_code != 200 or not request.path.startswith(KEPT):
            return response
        if response.headers.get("Content-Encoding") or response.headers.get("X-Marcador-Kept"):
            return response
        response.direct_passthrough = False
        with guard:
            found = _kept(response, key_is_brotli=accepts_brotli())
            kept[request.full_path, accepts_brotli()] = found
        return _response(found)


def _kept(response: Response, *, key_is_brotli: bool) -> Kept:
    body = response.get_data()
    is_text = response.mimetype in COMPRESSED
    encoding = "br" if key_is_brotli and is_text and len(body) > 500 else ""
    is_fixed = (
        request.path.startswith("/_dash-component-suites/") and ".v" in request.path
    ) or "m=" in request.query_string.decode()
    cache = (
        f"public, max-age={YEAR}, immutable" if is_fixed else f"public, max-age={HOUR}, stale-while-revalidate={YEAR}"
    )
    etag = sha256(body).hexdigest()[:24]
    return Kept(
        brotli.compress(body, quality=QUALITY) if encoding else body, encoding, response.mimetype or "", etag, cache
    )


def _plotly(vendor: Path, is_brotli: bool) -> Kept | None:
    path = vendor / ("plotly.min.js.br" if is_brotli else "plotly.min.js")
    if not path.exists():
        return None
    body = path.read_bytes()
    etag = sha256(body).hexdigest()[:24]
    cache = f"public, max-age={YEAR}, stale-while-revalidate={YEAR}"
    return Kept(body, "br" if is_brotli else "", "text/javascript", etag, cache)


def _response(kept: Kept) -> Response:
    headers = {"ETag": f'"{kept.etag}"', "Cache-Control": kept.cache, "Vary": "Accept-Encoding", "X-Marcador-Kept": "1"}
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return Response(status=304, headers=headers)
    if kept.encoding:
        headers["Content-Encoding"] = kept.encoding
    return Response(kept.body, mimetype=kept.mimetype, headers=headers)
