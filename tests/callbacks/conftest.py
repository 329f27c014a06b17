"""What the tests of the entry points share: one application over the small demo, and its client."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from dash import Dash
from flask import g
from flask.testing import FlaskClient

from callbacks.application import create_app
from dashboard.permissions import Scope
from data.services import Services
from tests.homes import copy, demo


@pytest.fixture(scope="session")
def services() -> Services:
    """The small demo, only read."""
    return copy(demo())


@pytest.fixture(scope="session")
def app(services: Services) -> Dash:
    """The application over the small demo."""
    return create_app(services, is_testing=True)


@pytest.fixture(autouse=True)
def asked(app: Dash) -> Iterator[None]:
    """Somebody at this machine asks, where a test draws without a request of its own."""
    with app.server.test_request_context("/"):
        g.scope = Scope.administrator()
        yield


@pytest.fixture
def client(app: Dash) -> Iterator[FlaskClient]:
    """Somebody at this machine."""
    with app.server.test_client() as client:
        yield client
