"""How a wall screen comes in without a keyboard: its link, or a code and a QR that somebody confirms on a phone."""

from __future__ import annotations

import segno
from flask import Flask, Response, abort, redirect, request

from callbacks.api import answer
from callbacks.asked import here, scope, words
from callbacks.gate import needs, public
from callbacks.principals import keep_screen
from dashboard.permissions import Capability, check
from dashboard.screens import Look, Preset, ScreenError
from data.screens import pairing_with, screen_with
from data.secrets import tidy_code
from data.services import Services
from data.writes.failures import LockedError
from data.writes.screens import claim_screen, confirm_pairing, start_pairing
from layouts.doors import closed_page, confirm_page, pairing_page

PAIRING = "marcador-pairing"
"""Cookie of a screen that waits to be let in: what only it knows."""


def install_walls(server: Flask, services: Services) -> None:
    """Add the routes."""
    _install_links(server, services)
    _install_waiting(server, services)
    _install_confirming(server, services)


def _go(address: str) -> Response:
    return redirect(address, 303)  # type: ignore[return-value]  # werkzeug's own Response


def _install_links(server: Flask, services: Services) -> None:
    @server.get("/wall/<token>")
    @public
    def wall_link(token: str) -> Response:
        if screen_with(services, token) is None:
            t = words(services.state())
            return Response(closed_page(t, t("door.screen_over")), 404)
        response = _go("/wall")
        keep_screen(services, response, token)
        return response


def _install_waiting(server: Flask, services: Services) -> None:
    @server.get("/pairing")
    @public
    def pairing() -> Response:
        t = words(services.state())
        try:
            code, secret = start_pairing(services, request.remote_addr or "")
        except LockedError as error:
            page = closed_page(t, t("door.locked", n=-(-error.seconds // 60)))
            return Response(page, 429, headers={"Retry-After": str(error.seconds), "Refresh": str(error.seconds)})
        address = request.host_url.rstrip("/")
        picture = segno.make(f"{address}/pair/{code}", error="m").svg_data_uri(scale=8, border=3)
        response = Response(pairing_page(t, code, picture, f"{address}/pair"))
        secure = services.settings.https
        response.set_cookie(PAIRING, secret, max_age=700, httponly=True, samesite="Lax", secure=secure, path="/pairing")
        return response

    @server.get("/pairing/state")
    @public
    def state() -> Response:
        return answer({"state": pairing_with(services, request.cookies.get(PAIRING, "")).value})

    @server.get("/pairing/enter")
    @public
    def enter() -> Response:
        token = claim_screen(services, request.cookies.get(PAIRING, ""))
        if token is None:
            return _go("/pairing")
        response = _go("/wall")
        keep_screen(services, response, token)
        response.delete_cookie(PAIRING, path="/pairing")
        return response


def _install_confirming(server: Flask, services: Services) -> None:
    @server.get("/pair")
    @server.get("/pair/<code>")
    @public
    def confirm_form(code: str = "") -> Response:
        t = words(services.state())
        if here() is None and services.settings.sign_in == "required":
            return _go(f"/sign-in?next=/pair/{tidy_code(code)}" if code else "/sign-in?next=/pair")
        check(scope(), Capability.MANAGE_SCREENS)
        return Response(confirm_page(t, tidy_code(code) if code else ""))

    @server.post("/pair")
    @needs(Capability.MANAGE_SCREENS)
    def confirm() -> Response:
        t, code = words(services.state()), request.form.get("code", "")[:20]
        try:
            preset = Preset(request.form.get("preset", "inner"))
            look = Look(request.form.get("screen_name", "").strip(), request.form.get("place", "").strip(), preset)
            confirm_pairing(services, scope(), code, look)
        except ScreenError as refusal:
            return Response(confirm_page(t, code, t.refusal(refusal.told())), 400)
        except ValueError:
            abort(400)
        except LockedError as error:
            page = confirm_page(t, code, t("door.locked", n=-(-error.seconds // 60)))
            return Response(page, 429, headers={"Retry-After": str(error.seconds)})
        return _go("/screens")
