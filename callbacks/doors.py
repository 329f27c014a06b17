"""Coming in and going out: sign-in, the first administrator, links, passwords, and looking through other eyes."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

from flask import Flask, Response, abort, redirect, request

from callbacks.asked import here, words
from callbacks.gate import public
from callbacks.principals import begin_session, end_session
from dashboard.people import PersonError
from dashboard.permissions import Capability, Role, can
from data.database import reading
from data.people import has_people
from data.secrets import tidy_code
from data.services import Services
from data.writes.failures import LockedError
from data.writes.people import PassError, change_password, choose_password, name_of_link, set_up, setup_address
from data.writes.sessions import look_through, sign_in, sign_out
from layouts.doors import closed_page, join_page, password_page, setup_page, sign_in_page
from layouts.words import Words

LONGEST_FIELD = 500
ANNOUNCED_EVERY = 60.0


def onwards(wanted: str | None) -> str:
    """Return where to go after signing in: only ever a path of our own."""
    text = wanted or "/"
    parts = urlsplit(text)
    is_ours = text.startswith("/") and not text.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return text if is_ours and text.isprintable() and "\\" not in text else "/"


def install_doors(server: Flask, services: Services) -> None:
    """Add the routes."""
    _install_sign_in(server, services)
    _install_setup(server, services)
    _install_links(server, services)
    _install_password(server, services)


def _t(services: Services) -> Words:
    return words(services.state())


def _field(name: str) -> str:
    return request.form.get(name, "")[:LONGEST_FIELD]


def _address() -> str:
    return request.remote_addr or ""


def _locked(page: str, error: LockedError) -> Response:
    return Response(page, 429, headers={"Retry-After": str(error.seconds)})


def _go(address: str) -> Response:
    return redirect(address, 303)  # type: ignore[return-value]  # werkzeug's own Response


def _install_sign_in(server: Flask, services: Services) -> None:
    @server.get("/sign-in")
    @public
    def sign_in_form() -> Response:
        with reading(services.database) as connection:
            if not has_people(connection):
                return _go("/setup")
        wanted = onwards(request.args.get("next"))
        return _go(wanted) if here() else Response(sign_in_page(_t(services), "", wanted))

    @server.post("/sign-in")
    @public
    def sign_in_answer() -> Response:
        t, name, wanted = _t(services), _field("name"), onwards(request.form.get("next"))
        try:
            token = sign_in(services, name, _field("password"), _address())
        except LockedError as error:
            minutes = -(-error.seconds // 60)
            return _locked(sign_in_page(t, name, wanted, t("door.locked", n=minutes)), error)
        if token is None:
            return Response(sign_in_page(t, name, wanted, t("door.wrong")), 401)
        begin_session(services, token)
        return _go(wanted)

    @server.post("/sign-out")
    @public
    def sign_out_answer() -> Response:
        if (found := here()) is not None:
            sign_out(services, found)
        end_session()
        return _go("/sign-in")

    @server.post("/eyes")
    @public
    def eyes() -> Response:
        found = here()
        if found is None or not can(found.person.scope, Capability.MANAGE_PEOPLE):
            abort(403)
        role = request.form.get("role", "")
        if role and role not in Role.__members__:
            abort(400)
        look_through(services, found, Role[role] if role else None, request.form.getlist("team")[:50])
        return _go("/")


def _install_setup(server: Flask, services: Services) -> None:
    told = {"at": 0.0}

    def is_open() -> bool:
        with reading(services.database) as connection:
            return services.settings.sign_in == "required" and not has_people(connection)

    @server.get("/setup")
    @public
    def setup_form() -> Response:
        if not is_open():
            abort(404)
        code = request.args.get("code", "")[:20]
        if not code and time.monotonic() - told["at"] > ANNOUNCED_EVERY:
            told["at"] = time.monotonic()
            print(setup_address(services, request.host_url.rstrip("/")), flush=True)  # noqa: T201 (to the console alone)
        return Response(setup_page(_t(services), tidy_code(code) if code else "", ""))

    @server.post("/setup")
    @public
    def setup_answer() -> Response:
        if not is_open():
            abort(404)
        t, code, name = _t(services), _field("code"), _field("name")
        try:
            token = set_up(services, code, name, _field("new_password"), _address())
        except PersonError as refusal:
            return Response(setup_page(t, code, name, t.refusal(refusal.told())), 400)
        except PassError:
            return Response(setup_page(t, "", name, t("door.wrong_code")), 401)
        except LockedError as error:
            return _locked(setup_page(t, "", name, t("door.locked", n=-(-error.seconds // 60))), error)
        begin_session(services, token)
        return _go("/")


def _install_links(server: Flask, services: Services) -> None:
    @server.get("/join/<token>")
    @public
    def join_form(token: str) -> Response:
        t, name = _t(services), name_of_link(services, token)
        if name is None:
            return Response(closed_page(t, t("door.link_over")), 404)
        return Response(join_page(t, name, token))

    @server.post("/join")
    @public
    def join_answer() -> Response:
        t, token = _t(services), _field("token")
        try:
            opened = choose_password(services, token, _field("new_password"), _address())
        except PersonError as refusal:
            return Response(join_page(t, name_of_link(services, token) or "", token, t.refusal(refusal.told())), 400)
        except PassError:
            return Response(closed_page(t, t("door.link_over")), 404)
        except LockedError as error:
            return _locked(closed_page(t, t("door.locked", n=-(-error.seconds // 60))), error)
        begin_session(services, opened)
        return _go("/")


def _install_password(server: Flask, services: Services) -> None:
    @server.get("/password")
    @public
    def password_form() -> Response:
        return Response(password_page(_t(services))) if here() else _go("/sign-in?next=/password")

    @server.post("/password")
    @public
    def password_answer() -> Response:
        t, found = _t(services), here()
        if found is None:
            abort(401)
        try:
            change_password(services, found, _field("password"), _field("new_password"), _address())
        except PersonError as refusal:
            return Response(password_page(t, t.refusal(refusal.told())), 400)
        except PassError:
            return Response(password_page(t, t("door.wrong_old")), 401)
        except LockedError as error:
            return _locked(password_page(t, t("door.locked", n=-(-error.seconds // 60))), error)
        return Response(password_page(t, done=t("door.changed")))
