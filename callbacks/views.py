"""Every view of the browser; adding one is its files and its name here."""

from __future__ import annotations

from callbacks import scoreboard, settings, sources, wall

VIEWS = (scoreboard, wall, sources, settings)
