"""`/score` and `/promises`: plain pages for everybody's phone and for paper.

The number, the word, the objective and the week; what customers may expect, and how much of it was kept.
"""

from __future__ import annotations

from flask import Flask

from callbacks.asked import words
from callbacks.gate import public
from dashboard.permissions import Role, Scope
from data.board import read_scoreboard
from data.ledger import read_public
from data.services import Services
from layouts.public import promises_page, score_page

EVERYBODY = Scope(Role.KIOSK, who="everybody")
"""The public page sees what a wall sees, and shows less."""


def install_public(server: Flask, services: Services) -> None:
    """Add the pages."""

    @server.get("/score")
    @public
    def score() -> str:
        state = services.state()
        return score_page(words(state), read_scoreboard(services, state, EVERYBODY), state.organisation.name)

    @server.get("/promises")
    @public
    def promises() -> str:
        state = services.state()
        ledger, shown = read_public(services, state, EVERYBODY)
        return promises_page(words(state), ledger, shown, state.organisation.name)
