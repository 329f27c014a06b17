"""Coming in, for tests: people of any role, each with a browser of their own."""

from __future__ import annotations

from itertools import count
from typing import Any

from dash import Dash
from flask.testing import FlaskClient

from dashboard.permissions import Role, Scope
from dashboard.screens import Look
from data.services import Services
from data.writes.people import choose_password, invite
from data.writes.screens import add_screen

PASSWORD = "cuatro palabras que nadie junta"
ADMINISTRATOR = Scope.administrator()

_numbers = count()


def add_person(services: Services, role: Role, teams: tuple[str, ...] = (), sites: tuple[str, ...] = ()) -> str:
    """Let somebody in who has chosen a password, and return their name."""
    name = f"{role.name.title()} {next(_numbers)}"
    given = teams or (("Ventas",) if role in (Role.MEMBER, Role.CAPTAIN) else ())
    token = invite(services, ADMINISTRATOR, name, role, given, sites)
    choose_password(services, token, PASSWORD, f"setup-{name}")
    return name


def browser_of(app: Dash, services: Services, role: Role | None, **limits: Any) -> FlaskClient:
    """Return a browser in which somebody of a role is signed in; a wall screen for kiosk, nobody for None."""
    client: FlaskClient = app.server.test_client()
    if role is Role.KIOSK:
        _, token = add_screen(services, ADMINISTRATOR, Look("Sala"))
        assert client.get(f"/wall/{token}").status_code == 303
    elif role is not None:
        name = add_person(services, role, **limits)
        answer = client.post("/sign-in", data={"name": name, "password": PASSWORD}, environ_base=address_of(name))
        assert answer.status_code == 303, answer.text
    return client


def address_of(name: str) -> dict[str, str]:
    """Return the environment of an address of one's own, so that the tries of others do not count."""
    number = sum(name.encode())
    return {"REMOTE_ADDR": f"10.{number % 200}.{len(name)}.{number % 251}"}
