"""`/score`: the number, the word, the objective and the week, as a plain page for everybody's phone and for paper."""

from __future__ import annotations

from flask import Flask

from callbacks.asked import words
from callbacks.gate import public
from dashboard.permissions import Role, Scope
from data.board import read_scoreboard
from data.services import Services
from layouts.public import score_page

EVERYBODY = Scope(Role.KIOSK, who="everybody")
"""The public page sees what a wall sees, and shows less."""


def install_public(server: Flask, services: Services) -> None:
    """Add the page."""

    @server.get("/score")
    @public
    def score() -> str:
        state = services.state()
        return score_page(words(state), read_scoreboard(services, state, EVERYBODY), state.organisation.name)
