"""The gate: one place that says who may talk to the server. By endpoint, default deny, before anything else runs."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit

import orjson
from dash import Dash
from dash.exceptions import DependencyException
from flask import Response, abort, g, redirect, request

from callbacks.asked import scope
from callbacks.policies import Guarded, Policy, has_shape
from callbacks.principals import CODE, anybody, recognise
from dashboard.permissions import Capability, NotAllowedError, Role, can
from data.database import reading
from data.people import has_people
from data.services import Services
from data.settings import LOOPBACK

SAFE = ("GET", "HEAD", "OPTIONS")

READ_BY_ALL = {"/_dash-layout", "/_dash-dependencies"}
"""What Dash's own script reads, for anybody who has come in: the frame, no data."""

PAGES = ("/", "/<path:path>")
UPDATE = "/_dash-update-component"
LARGEST_BODY = 8 << 20
OWN_ARGUMENT = "endId"
"""What Dash's own script adds to every callback; handles of background work are none of ours."""

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Mark a route as open to everybody."""
    view.is_public = True  # type: ignore[attr-defined]  # read by the gate
    return view


def needs(capability: Capability) -> Callable[[View], View]:
    """Mark a route as open to whoever has a capability."""

    def mark(view: View) -> View:
        view.needs = capability  # type: ignore[attr-defined]  # read by the gate
        return view

    return mark


def is_loopback(address: str | None) -> bool:
    """Return whether an address is this machine's own; anything unreadable is not."""
    try:
        return ip_address(address or "").is_loopback
    except ValueError:
        return False


def host_name(host: str) -> str:
    """Return the name in a Host header, without its port."""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def own_hosts(services: Services) -> frozenset[str]:
    """Return the names by which this server may be called."""
    told = (name.strip().lower() for name in services.settings.hosts.split(","))
    return frozenset([*LOOPBACK, *(name for name in told if name)])


def is_same_origin() -> bool:
    """Return whether a write comes from our own pages, by what browsers say and pages cannot forge."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or origin == f"{request.scheme}://{request.host}"


def install_gate(app: Guarded, services: Services, paths: dict[str, Capability]) -> None:
    """Stand before every request; `paths` are the pages of the views and what each needs."""
    server, policies = app.server, app.policies
    hosts = own_hosts(services)
    is_open = services.settings.sign_in == "off"

    @server.before_request
    def strangers() -> None:
        """Refuse foreign host names, other machines where nobody signs in, and writes from other sites."""
        if host_name(request.host) not in hosts:
            abort(400)
        is_foreign = request.method not in SAFE and not is_same_origin()
        if is_foreign or (is_open and not is_loopback(request.remote_addr)):
            abort(403)

    @server.before_request
    def gate() -> Response | None:
        """Let through what the one who asks may do."""
        endpoint = request.endpoint or ""
        if endpoint in CODE:
            return None
        recognise(services)
        view = server.view_functions.get(endpoint)
        if getattr(view, "is_public", False):
            return None
        if not anybody():
            return _who_are_you(services, endpoint)
        if request.routing_exception is not None:
            raise request.routing_exception
        return _let_through(endpoint, getattr(view, "needs", None), policies, paths)

    @server.errorhandler(DependencyException)
    def no_such_file(_error: DependencyException) -> Response:
        return _refused(404)

    @server.errorhandler(NotAllowedError)
    def not_allowed(_error: NotAllowedError) -> Response:
        return _refused(403)


def _who_are_you(services: Services, endpoint: str) -> Response:
    """Send a person who reads to the door, and tell a program that it is nobody."""
    if endpoint not in PAGES or request.method not in SAFE:
        return _refused(401)
    if request.path.rstrip("/") == "/wall":
        return _to("/pairing")
    with reading(services.database) as connection:
        if not has_people(connection):
            return _to("/setup")
    wanted = request.full_path.rstrip("?")
    return _to("/sign-in" + (f"?next={quote(wanted)}" if wanted != "/" else ""))


def _let_through(
    endpoint: str, wanted: Capability | None, policies: dict[str, Policy], paths: dict[str, Capability]
) -> Response | None:
    if endpoint == UPDATE:
        return _check_callback(policies)
    if endpoint in READ_BY_ALL:
        return None
    if endpoint in PAGES:
        return _check_page(paths)
    if wanted is None:
        return _refused(404)
    return None if can(scope(), wanted) else _refused(403)


def _check_page(paths: dict[str, Capability]) -> Response | None:
    """Let a page's frame out; a screen has its wall and nothing else."""
    path = request.path.rstrip("/") or "/"
    if scope().role is Role.KIOSK and path != "/wall":
        return _to("/wall")
    g.is_refused = path in paths and not can(scope(), paths[path])
    return None


def _check_callback(policies: dict[str, Policy]) -> Response | None:
    if set(request.args) - {OWN_ARGUMENT}:
        return _refused(400)
    if (request.content_length or 0) > LARGEST_BODY:
        return _refused(413)
    try:
        body = request.get_json()
    except RecursionError:
        return _refused(400)
    output = body.get("output") if isinstance(body, dict) else None
    policy = policies.get(output) if isinstance(output, str) else None
    if policy is None:
        return _refused(404 if isinstance(output, str) else 400)
    if not can(scope(), policy.needs):
        return _refused(403)
    return None if has_shape(body, policy.declared) else _refused(400)


def _to(address: str) -> Response:
    return redirect(address, 303)  # type: ignore[return-value]  # werkzeug's own Response


def _refused(status: int) -> Response:
    """Return a refusal that repeats nothing of what was asked."""
    return Response(orjson.dumps({"error": status}), status, mimetype="application/json")


def install_headers(app: Dash, own: str, *, is_https: bool) -> None:
    """Send the headers that keep pages to themselves; called after every callback is registered.

    `own` is the hash of our own script that stands in the page.
    """
    hashes = " ".join([own, *app.csp_hashes()])
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
    if is_https:
        fixed["Strict-Transport-Security"] = "max-age=31536000"

    @app.server.after_request
    def headers(response: Response) -> Response:
        for name, value in fixed.items():
            response.headers.setdefault(name, value)
        if "Cache-Control" not in response.headers or response.mimetype in ("application/json", "text/html"):
            response.headers["Cache-Control"] = "no-store, private"
            response.headers["Vary"] = "Cookie"
        return response
