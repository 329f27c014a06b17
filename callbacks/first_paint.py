"""What stands on the first page before any script has run."""

from __future__ import annotations

from callbacks import commitments, journey, scoreboard, wall
from callbacks.asked import scope
from callbacks.router import framed
from callbacks.views import VIEWS
from dashboard.permissions import can
from data.services import Services, State
from layouts.prerender import to_html
from layouts.words import Words

FILLED = {view.PATH: view.first_words for view in (scoreboard, journey, commitments, wall)}
"""Views whose first words are worth showing at once: what their callback will put in."""


def first_paint(services: Services, state: State, t: Words, path: str, search: str) -> str:
    """Return the HTML of the page that an address names; empty for the views that need their controls."""
    fill = FILLED.get(path)
    if fill is None:
        return ""
    view = next(view for view in VIEWS if path == view.PATH)
    if not can(scope(), view.NEEDS):
        return ""
    return to_html(framed(view, services, state, t, search), fill(services, state, t, search))
