"""Wall screens: where each hangs, what it shows and to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from dashboard.permissions import Role, Scope
from dashboard.refusals import Refusal

LONGEST_NAME = 80
ROTATE_SECONDS = (10, 600)


class ScreenError(Refusal):
    """A screen that cannot be kept so. The message says what to change."""


class Preset(StrEnum):
    """Who passes by the screen."""

    INNER = "inner"  # colleagues: consented comments, team figures
    VISITORS = "visitors"  # anybody: no team below its objective, no comment


class Scene(StrEnum):
    """What a wall can show."""

    SCORE = "score"
    TEAMS = "teams"
    DONE = "done"
    COMMITMENTS = "commitments"
    VOICE = "voice"


class Theme(StrEnum):
    """How a wall is lit."""

    DARK = "dark"
    LIGHT = "light"


@dataclass(frozen=True, slots=True)
class Look:
    """What a screen shows.

    Attributes
    ----------
    name, place : str
        «Recepción», «planta baja».
    preset : Preset
    scenes : tuple of Scene
        In order; at least one.
    rotate_seconds : int
        How long each scene stays.
    theme : Theme
    night_from, night_until : time or None
        Dimmed between the two, in the organisation's zone; None is never.
    drifts : bool
        Whether the picture moves by a few pixels, against burn-in.
    """

    name: str
    place: str = ""
    preset: Preset = Preset.INNER
    scenes: tuple[Scene, ...] = (Scene.SCORE, Scene.TEAMS, Scene.DONE, Scene.COMMITMENTS, Scene.VOICE)
    rotate_seconds: int = 30
    theme: Theme = Theme.DARK
    night_from: time | None = None
    night_until: time | None = None
    drifts: bool = True

    def __post_init__(self) -> None:
        if not 1 <= len(self.name.strip()) <= LONGEST_NAME or len(self.place) > LONGEST_NAME:
            raise ScreenError("a screen has a name of between 1 and {} characters", LONGEST_NAME)
        if not self.scenes:
            raise ScreenError("a screen shows at least one scene")
        low, high = ROTATE_SECONDS
        if not low <= self.rotate_seconds <= high:
            raise ScreenError("a scene stays between {} and {} seconds", low, high)
        if (self.night_from is None) != (self.night_until is None):
            raise ScreenError("the night needs both its hours, or neither")

    def is_night(self, now: time) -> bool:
        """Return whether the screen is dimmed at a local time; the night may go over midnight."""
        if self.night_from is None or self.night_until is None or self.night_from == self.night_until:
            return False
        if self.night_from < self.night_until:
            return self.night_from <= now < self.night_until
        return now >= self.night_from or now < self.night_until


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen that was let in.

    Attributes
    ----------
    screen_id : int
    look : Look
    is_paused : bool
        Shows nothing until it is resumed.
    seen_at : datetime or None
        When it last asked, to the minute.
    created_at : datetime
    version : int
        Grows with every change.
    """

    screen_id: int
    look: Look
    is_paused: bool
    seen_at: datetime | None
    created_at: datetime
    version: int

    @property
    def scope(self) -> Scope:
        """Return what the screen may see: as little as there is."""
        return Scope(Role.KIOSK, who=f"screen {self.screen_id}")
