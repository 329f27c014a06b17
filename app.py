"""Marcador's composition root: puts the layers together and is imported by nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callbacks.commands import main
from data.services import Services

if TYPE_CHECKING:
    from dash import Dash


def create_app(services: Services) -> Dash:
    """Return the application; only the server needs Dash, so commands start without it."""
    from callbacks.application import create_app as create

    return create(services)


if __name__ == "__main__":
    main(create_app)
