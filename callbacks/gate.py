"""The gate: who may talk to the server at all, and the headers of every answer.

Until people sign in only this very machine is served: loopback addresses, loopback host names, same-origin writes.
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from dash import Dash
from flask import Flask, Response, abort, request

SAFE = ("GET", "HEAD", "OPTIONS")
HOSTS = ("localhost", "127.0.0.1", "::1")


def is_loopback(address: str | None) -> bool:
    """Return whether an address is this machine's own; anything unreadable is not."""
    try:
        return ip_address(address or "").is_loopback
    except ValueError:
        return False


def host_name(host: str) -> str:
    """Return the name in a Host header, without its port."""
    return (urlsplit(f"//{host}").hostname or "").lower()


def is_same_origin() -> bool:
    """Return whether a write comes from our own pages, by what browsers say and pages cannot forge."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host


def install_gate(server: Flask) -> None:
    """Refuse other machines, foreign host names and writes from other sites."""

    @server.before_request
    def gate() -> None:
        if not is_loopback(request.remote_addr):
            abort(403)
        if host_name(request.host) not in HOSTS:
            abort(400)
        if request.method not in SAFE and not is_same_origin():
            abort(403)


def install_headers(app: Dash) -> None:
    """Send the headers that keep pages to themselves; called after every callback is registered."""
    hashes = " ".join(app.csp_hashes())
    policy = (
        f"default-src 'none'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; "
        "font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'; object-src 'none'"
    )
    fixed = {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    }

    @app.server.after_request
    def headers(response: Response) -> Response:
        for name, value in fixed.items():
            response.headers.setdefault(name, value)
        if "Cache-Control" not in response.headers or response.mimetype in ("application/json", "text/html"):
            response.headers["Cache-Control"] = "no-store, private"
            response.headers["Vary"] = "Cookie"
        return response
