"""One guarded application over the small demo, and a browser for everybody who might come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient

from callbacks.application import create_app
from dashboard.permissions import Role
from data.services import Services
from tests.browser.looking import chromium
from tests.callbacks.doorway import browser_of
from tests.homes import copy, demo

EVERYBODY: tuple[Role | None, ...] = (None, *Role)
"""Nobody, and every role."""


@pytest.fixture(scope="session")
def services() -> Services:
    """The small demo behind the gate."""
    return copy(demo(), sign_in="required")


@pytest.fixture(scope="session")
def app(services: Services) -> Dash:
    """The application as production serves it."""
    return create_app(services)


@pytest.fixture(scope="session")
def browser_for(app: Dash, services: Services) -> Callable[..., FlaskClient]:
    """Return a browser for a role, always the same one unless it is limited to something."""
    kept: dict[Any, FlaskClient] = {}

    def find(role: Role | None, *, is_fresh: bool = False, **limits: Any) -> FlaskClient:
        if is_fresh or limits:
            return browser_of(app, services, role, **limits)
        if role not in kept:
            kept[role] = browser_of(app, services, role)
        return kept[role]

    return find


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium."""
    with chromium() as found:
        yield found
