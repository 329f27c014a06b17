"""Marcador's composition root: puts the layers together and is imported by nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.allocators import give_memory_back

if TYPE_CHECKING:
    from dash import Dash

    from data.services import Services


def create_app(services: Services) -> Dash:
    """Return the application; only the server needs Dash, so commands start without it."""
    from callbacks.application import create_app as create

    return create(services)


if __name__ == "__main__":
    give_memory_back()
    from callbacks.commands import main

    main(create_app)
