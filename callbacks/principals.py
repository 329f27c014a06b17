"""Who sends a request: a person with a session, a wall screen with its cookie, or nobody."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, g, request, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from dashboard.permissions import Scope
from data.screens import screen_with
from data.services import Services
from data.sessions import SignedIn, signed_in

SCREEN_DAYS = 400
"""The longest that browsers keep a cookie; every page load renews it."""


CODE = {
    "_dash_assets.static",
    "styles",
    "scripts",
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>",
    "/_favicon.ico",
}
"""Scripts, styles, fonts: the program itself, the same for everybody. No data, and no session is looked at."""


class Sessions(SecureCookieSessionInterface):
    """Flask's own, but what is the same for everybody never depends on a cookie."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write the cookie where there is one to write."""
        if request.endpoint not in CODE:
            super().save_session(app, session, response)


class Visitor(UserMixin):
    """A person as Flask-Login knows them: by the token of their session, never by their number."""

    def __init__(self, token: str, found: SignedIn) -> None:
        self.token = token
        self.found = found

    def get_id(self) -> str:
        """Return the token."""
        return self.token


def install_principals(server: Flask, services: Services) -> None:
    """Keep sessions in a signed cookie that holds only a token."""
    is_https = services.settings.https
    server.secret_key = services.secrets.key
    server.config.update(
        SESSION_COOKIE_NAME=_named("marcador", is_https),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=is_https,
        SESSION_COOKIE_PATH="/",
    )
    server.session_interface = Sessions()
    manager = LoginManager(server)
    manager.session_protection = None  # the row behind the token decides, not the browser's name

    @manager.user_loader
    def load(token: str) -> Visitor | None:
        found = signed_in(services, token)
        return Visitor(token, found) if found else None


def recognise(services: Services) -> None:
    """Find out who asks and keep it for this request."""
    if services.settings.sign_in == "off":
        g.scope = Scope.administrator()
        return
    if (token := request.cookies.get(screen_cookie(services))) and (screen := screen_with(services, token)):
        g.screen = screen
        g.scope = screen.scope
    visitor: Any = current_user
    if visitor.is_authenticated:
        g.signed_in = visitor.found
        g.scope = visitor.found.scope


def anybody() -> bool:
    """Return whether the gate knows who asks."""
    return isinstance(g.get("scope"), Scope)


def begin_session(services: Services, token: str) -> None:
    """Let the browser hold a session, and nothing of what it held before."""
    found = signed_in(services, token)
    assert found is not None, "a session just opened is open"
    session.clear()
    login_user(Visitor(token, found))


def end_session() -> None:
    """Let the browser forget its session."""
    logout_user()
    session.clear()


def screen_cookie(services: Services) -> str:
    """Return the name of the cookie of wall screens."""
    return _named("marcador-screen", services.settings.https)


def keep_screen(services: Services, response: Response, token: str) -> None:
    """Let the browser be a wall screen from now on."""
    is_https = services.settings.https
    age = SCREEN_DAYS * 86_400
    name = screen_cookie(services)
    response.set_cookie(name, token, max_age=age, httponly=True, samesite="Lax", secure=is_https, path="/")


def _named(name: str, is_https: bool) -> str:
    return f"__Host-{name}" if is_https else name
